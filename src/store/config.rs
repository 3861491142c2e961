//! Where the stores keep what they keep, and how long the keyring or a helper may take.

use std::path::PathBuf;

use super::command::StderrListener;
use super::deadline::Patience;
use crate::clock::Clock;

/// Where the stores may put things, and how long the keyring or a helper may take.
#[derive(Clone)]
pub struct StoreConfig {
    /// The state folder; the file stores keep their records in it. The user may move it.
    pub(crate) state_dir: PathBuf,
    /// A folder of the user that no setting and no variable moves, for the locks of the keyring:
    /// there is one keyring however many state folders there are. `None` where the system knows no
    /// such folder; then nothing can be locked, and nothing is written.
    pub(crate) user_lock_dir: Option<PathBuf>,
    /// What this machine keeps for sessions that a helper keeps.
    pub helper_dir: PathBuf,
    /// How long a call to the keyring, or one answer of a helper, may take.
    pub(crate) patience: Patience,
    /// The most bytes that one entry of the keyring holds; `None` for the platform's own limit.
    pub(crate) part_limit: Option<usize>,
    /// Names the files that are set aside.
    pub(crate) clock: Clock,
    /// Variables that hold secrets; no helper gets them.
    pub(crate) withheld: &'static [&'static str],
    /// Gets what a helper writes to stderr; without one, that is dropped.
    pub(crate) listener: Option<StderrListener>,
}

impl StoreConfig {
    /// The given folders, with the platform's limit and the default patience.
    pub fn new(state_dir: PathBuf, user_lock_dir: PathBuf) -> Self {
        Self {
            helper_dir: state_dir.join("helpers"),
            state_dir,
            user_lock_dir: Some(user_lock_dir),
            patience: Patience::default(),
            part_limit: None,
            clock: Clock::System,
            withheld: &[],
            listener: None,
        }
    }
}
