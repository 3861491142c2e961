//! Why a file is not used: who else may have written it.

use std::io;
use std::path::PathBuf;

use super::shell::quoted;

/// Another user may have written a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untrusted {
    /// It, or a folder on the way to it, is another user's.
    #[error("{path} belongs to user {owner}, not to user {me}", path = .path.display())]
    Foreign { path: PathBuf, owner: u32, me: u32 },
    /// Others can write to it, or exchange what is in the folder.
    #[error("{who} can write to {path} (mode {mode:04o})", path = .path.display())]
    Writable {
        path: PathBuf,
        mode: u32,
        /// `everybody` or `its group`.
        who: &'static str,
    },
    /// It is another user's, where users have no numbers.
    #[cfg(windows)]
    #[error("{path} belongs to another user", path = .path.display())]
    OfAnother { path: PathBuf },
    /// Others can write to it, where files have no modes.
    #[cfg(windows)]
    #[error("other users can write to {path}", path = .path.display())]
    OpenToOthers { path: PathBuf },
    /// It is a device, a pipe or a folder.
    #[error("{path} is not a regular file", path = .path.display())]
    NotRegular { path: PathBuf },
}

impl Untrusted {
    /// What the person can do, as a phrase; `variable` names the folder that they may move.
    pub fn way_out(&self, variable: &str) -> String {
        match self {
            Self::Foreign { me: 0, .. } => format!(
                "with sudo, use `sudo -H`. Otherwise, set {variable} to a folder that you own, or \
                 run the command as that user"
            ),
            Self::Foreign { path, .. } => format!(
                "set {variable} to a folder that you own, or take ownership of {} with `chown`",
                path.display()
            ),
            Self::Writable { path, .. } => format!("run `chmod go-w {}`", quoted(path)),
            #[cfg(windows)]
            Self::OfAnother { .. } => format!("set {variable} to a folder that you own"),
            #[cfg(windows)]
            Self::OpenToOthers { path } => {
                format!("run `{}`", super::shell::closing_to_others(path))
            }
            Self::NotRegular { path } => {
                format!(
                    "replace {} with a regular file, or remove it",
                    path.display()
                )
            }
        }
    }
}

/// Why a file of settings is not used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    #[error(transparent)]
    Untrusted(#[from] Untrusted),
    #[error(transparent)]
    Io(#[from] io::Error),
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_way_out_of_a_wide_mode_is_a_command_that_a_shell_takes() {
        let wide = |path: &str| Untrusted::Writable {
            path: PathBuf::from(path),
            mode: 0o777,
            who: "everybody",
        };
        assert_eq!(wide("/a/b-c").way_out("X"), "run `chmod go-w /a/b-c`");
        assert_eq!(wide("/a b").way_out("X"), "run `chmod go-w '/a b'`");
    }
}
