//! The session store: whether it works, and what earlier runs have left in it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::checkup::Checkup;
use super::code::Code;
use super::row::{Row, set_aside};
use crate::cli::DoctorGroup::Store as GROUP;
use crate::crypto::{Error as KeyError, Unreadable};
use crate::env;
use crate::error::Error;
use crate::file_sharing;
use crate::files::{closing_to_others, quoted, removing, setting, unsetting};
use crate::private_file;
use crate::session::{self, Record, SessionStore};
use crate::settings::{SettingSource, Settings};
use crate::store::{self, Entry, Store, StoreKind};

/// How long the keyring or a helper may take for one answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// A temporary file that is older than this belongs to a run that has ended.
const LEFT_BEHIND: Duration = Duration::from_secs(600);

/// What a check of the store has learned, for the checks of the session: nothing where it could not be read.
#[derive(Default)]
pub(super) struct StoredState {
    pub(super) session_store: Option<SessionStore>,
    pub(super) record: Option<Record>,
}

pub(super) fn check(checkup: &Checkup<'_>, wanted: bool) -> (Vec<Row>, StoredState) {
    let context = checkup.context;
    let Ok(settings) = context.settings() else {
        let why = "the settings cannot be used (see settings)";
        return (
            vec![Row::blocked(GROUP, "works", why)],
            StoredState::default(),
        );
    };
    let kind = settings.store.value.clone();
    let opened = context.store_within(&kind, PATIENCE);
    let store = match opened {
        Ok(store) => store,
        Err(error) => {
            let row = Row::failed(GROUP, "works", Code::StoreFailed, error.sentence());
            return (vec![row], StoredState::default());
        }
    };
    let exam = Exam {
        checkup,
        settings,
        kind,
        store,
    };
    let mut rows = Vec::new();
    if wanted {
        rows.push(exam.works());
    }
    // What failed or did not answer once is not asked again.
    let is_dead = rows
        .iter()
        .any(|row| row.code != Code::Ok && row.code != Code::NotApplicable);
    if is_dead && !exam.is_about_the_key(&rows) {
        rows.push(Row::blocked(GROUP, "session", "the store does not work"));
        return (rows, StoredState::default());
    }
    let (more, state) = exam.session();
    if wanted {
        rows.extend(more);
        rows.extend(exam.leftovers());
    }
    (rows, state)
}

struct Exam<'a> {
    checkup: &'a Checkup<'a>,
    settings: &'a Settings,
    kind: StoreKind,
    store: Arc<dyn Store>,
}

impl Exam<'_> {
    fn is_about_the_key(&self, rows: &[Row]) -> bool {
        let of_key = [Code::StoreKeyMissing, Code::StoreKeyUnusable];
        self.kind == StoreKind::EncryptedFile && rows.iter().any(|row| of_key.contains(&row.code))
    }

    /// Writes, reads and removes a record of its own.
    fn works(&self) -> Row {
        let kind = self.name();
        if self.asks_for_key() {
            let why = format!("{kind} asks for its passphrase when it is needed");
            return Row::skipped(GROUP, "works", Code::NotApplicable, why);
        }
        if self.lacks_key() {
            return self.failure("works", &store::Error::Crypto(KeyError::KeyMissing));
        }
        let made = self.missing_folders();
        let began = Instant::now();
        let tried = self.store.probe();
        // Only what is empty goes: nothing that another run has put there meanwhile.
        for folder in made.iter().rev() {
            drop(file_sharing::remove_dir(folder));
        }
        match tried {
            Ok(()) => {
                let took = began.elapsed().as_millis();
                let message =
                    format!("{kind}; a record can be written, read and removed ({took} ms)");
                Row::ok(GROUP, "works", message)
            }
            Err(error) => self.failure("works", &error),
        }
    }

    fn name(&self) -> String {
        match &self.kind {
            StoreKind::PlainFile => "plain-file (NOT encrypted)".to_owned(),
            kind => kind.to_string(),
        }
    }

    fn lacks_key(&self) -> bool {
        let environment = &self.checkup.context.environment;
        let given = [env::STORE_KEY, env::STORE_KEY_FILE];
        self.kind == StoreKind::EncryptedFile
            && given.iter().all(|name| environment.get(name).is_none())
    }

    /// Whether a person at the terminal would be asked for the key.
    fn asks_for_key(&self) -> bool {
        self.checkup.as_given.can_ask() && self.lacks_key()
    }

    /// The folders that a trial would make.
    fn missing_folders(&self) -> Vec<PathBuf> {
        let folders = self.checkup.context.own_folders();
        let below = ["", "sessions", "keyring", "helpers"];
        let all = folders
            .iter()
            .flat_map(|folder| below.map(|name| folder.join(name)));
        let mut missing: Vec<_> = all
            .flat_map(|folder| {
                let above: Vec<_> = folder.ancestors().map(Path::to_owned).collect();
                above
                    .into_iter()
                    .take_while(|folder| fs::symlink_metadata(folder).is_err())
            })
            .collect();
        missing.sort();
        missing.dedup();
        missing
    }

    /// What is stored for the client in use.
    fn session(&self) -> (Vec<Row>, StoredState) {
        let context = self.checkup.context;
        let Ok(identity) = context.identity() else {
            let row = Row::blocked(GROUP, "session", "no client id is known (see client)");
            return (vec![row], StoredState::default());
        };
        let Ok(session_store) = context.session_store_in(Arc::clone(&self.store), identity) else {
            return (Vec::new(), StoredState::default());
        };
        if self.asks_for_key() {
            let contains = self
                .store
                .contains(&Entry::Session(session_store.identity().clone()));
            let why = match contains {
                Ok(true) => "reading the stored session requires the passphrase",
                _ => "no session is stored",
            };
            let row = Row::skipped(GROUP, "session", Code::NotApplicable, why);
            return (vec![row], StoredState::default());
        }
        let mut rows = Vec::new();
        let loaded = session_store.load();
        let record = match loaded {
            Ok(record) => record,
            Err(error) => {
                rows.push(self.unreadable(&error));
                rows.extend(rescue(&session_store));
                return (rows, StoredState::default());
            }
        };
        rows.push(match &record {
            Some(_) => Row::ok(
                GROUP,
                "session",
                format!("stored in {}", session_store.location()),
            ),
            None => Row::ok(GROUP, "session", "no session is stored"),
        });
        rows.extend(rescue(&session_store));
        rows.extend(outcome(
            context.clock.now(),
            &session_store,
            record.as_ref(),
        ));
        rows.extend(unfinished(&session_store, record.as_ref()));
        let state = StoredState {
            session_store: Some(session_store),
            record,
        };
        (rows, state)
    }

    fn unreadable(&self, error: &session::Error) -> Row {
        match error {
            session::Error::Store(error) => self.failure("session", error),
            other => Row::failed(GROUP, "session", Code::StoreFailed, other.to_string()),
        }
    }

    /// Why the store does not do its work, and the command for that.
    fn failure(&self, id: &str, error: &store::Error) -> Row {
        use store::Error as E;
        let (code, fix) = match error {
            E::Absent { .. } | E::NoUserFolder => (Code::StoreAbsent, Some(self.encrypted_file())),
            E::Locked { .. } | E::LockedElsewhere { .. } => (Code::StoreLocked, unlock()),
            E::TimedOut { .. } => (Code::StoreTimeout, unlock()),
            E::Denied { place, .. } => (Code::StoreDenied, accessible(place)),
            E::Full { .. } => (Code::DiskFull, None),
            E::TooSmall { .. } => (Code::StoreTooSmall, Some(self.encrypted_file())),
            E::Unreadable(Unreadable::Corrupt { .. }) => {
                (Code::RecordDamaged, Some("eprospera logout".to_owned()))
            }
            E::Unreadable(Unreadable::Newer { .. }) => (Code::RecordNewer, None),
            // It may be the only copy of another account's session.
            E::Unreadable(Unreadable::NotOurs { .. }) => (Code::RecordForeign, None),
            E::Ambiguous { .. } => (Code::StoreDuplicates, Some("eprospera logout".to_owned())),
            E::LockedApart { .. } => (Code::StoreElsewhere, Some("eprospera login".to_owned())),
            E::HelperAbsent { program, source } if source.kind() == ErrorKind::PermissionDenied => {
                let program = quoted(Path::new(program));
                let fix = cfg!(unix).then(|| format!("chmod u+x {program}"));
                (Code::HelperNotExecutable, fix)
            }
            E::HelperAbsent { .. } => (Code::HelperMissing, self.leave()),
            E::HelperEnded { .. } => (Code::HelperCrashed, self.leave()),
            E::HelperTimedOut { .. } => (Code::HelperTimeout, self.leave()),
            E::HelperProtocol { .. } | E::HelperVersion { .. } => {
                (Code::HelperProtocol, self.leave())
            }
            E::HelperRefused { .. } => (Code::HelperRefused, self.leave()),
            E::Crypto(error) => self.of_key(error),
            E::File(private_file::Error::NotPrivate { path, .. }) => {
                (Code::StoreDenied, Some(closing_to_others(path)))
            }
            E::File(private_file::Error::LockUnavailable { .. }) => (Code::LockUnavailable, None),
            _ => (Code::StoreFailed, None),
        };
        let error = error.to_string();
        Row::failed(GROUP, id, code, error).maybe_fix(fix)
    }

    fn of_key(&self, error: &KeyError) -> (Code, Option<String>) {
        match error {
            // A command here would delete a session whose right key may turn up.
            KeyError::WrongKey { .. } | KeyError::KeyKind { .. } => (Code::StoreKeyWrong, None),
            KeyError::KeyMissing | KeyError::NotTyped => {
                // A new key opens nothing that is there.
                let is_empty = self
                    .checkup
                    .context
                    .folders()
                    .state()
                    .is_ok_and(|state| store::is_new(state).unwrap_or(false));
                (Code::StoreKeyMissing, is_empty.then(|| self.new_key()))
            }
            KeyError::KeySource(_) => {
                (Code::StoreKeyUnusable, Some(unsetting(env::STORE_KEY_FILE)))
            }
            _ => (Code::StoreFailed, None),
        }
    }

    /// Takes the key that an earlier fix has made, or makes one in a file, for this shell.
    fn new_key(&self) -> String {
        let folder = self
            .checkup
            .context
            .folders()
            .config()
            .map(Path::to_owned)
            .unwrap_or_default();
        let path = folder.join("store.key");
        let file = quoted(&path);
        let take = setting(env::STORE_KEY_FILE, &path.to_string_lossy());
        // Sessions of other profiles may be sealed with it.
        if path.symlink_metadata().is_ok() {
            return take;
        }
        let folder = quoted(&folder);
        if cfg!(windows) {
            // Below the user's own folder, so no other user can read it.
            return format!(
                "$key = [byte[]]::new(32); \
                 [Security.Cryptography.RandomNumberGenerator]::Create().GetBytes($key); \
                 New-Item -ItemType Directory -Force {folder} | Out-Null; \
                 [Convert]::ToBase64String($key) | Out-File -NoClobber -Encoding ascii {file}; {take}"
            );
        }
        format!(
            "(umask 077; set -C; mkdir -p {folder} && head -c 32 /dev/urandom | base64 > {file}) && {take}"
        )
    }

    fn encrypted_file(&self) -> String {
        let store = setting(env::STORE, "encrypted-file");
        let then = if cfg!(windows) { ";" } else { " &&" };
        format!("{}{then} {store}", self.new_key())
    }

    /// Takes away what chose this store.
    fn leave(&self) -> Option<String> {
        match self.settings.store.source {
            SettingSource::Variable(name) => Some(unsetting(name)),
            SettingSource::Profile => Some("eprospera profile unset store".to_owned()),
            SettingSource::LastLogin => Some("eprospera login --store keyring".to_owned()),
            _ => None,
        }
    }

    /// Temporary files of runs that were killed.
    fn leftovers(&self) -> Option<Row> {
        let state = self.checkup.context.folders().state().ok()?;
        let folders = ["sessions", "secrets", "logins", "helpers", ""].map(|name| state.join(name));
        let mut found: Vec<_> = folders
            .iter()
            .flat_map(|folder| private_file::all_leftovers(folder).unwrap_or_default())
            .filter(|path| is_old(path))
            .collect();
        found.sort();
        if found.is_empty() {
            return None;
        }
        let message = format!(
            "killed processes left {} temporary files behind",
            found.len()
        );
        let row = Row::warning(GROUP, "leftovers", Code::Leftovers, message);
        Some(row.fix(removing(&found)))
    }
}

fn is_old(path: &Path) -> bool {
    let changed = fs::symlink_metadata(path).and_then(|found| found.modified());
    changed.is_ok_and(|changed| {
        SystemTime::now()
            .duration_since(changed)
            .is_ok_and(|age| age > LEFT_BEHIND)
    })
}

fn accessible(place: &str) -> Option<String> {
    let path = Path::new(place);
    let folder = path.parent().filter(|_| path.is_absolute())?;
    // What an access list of Windows lacks cannot be told from here.
    cfg!(unix).then(|| format!("chmod u+rwX {} {}", quoted(folder), quoted(path)))
}

/// The command that unlocks the keyring, where there is one for every user of the system. On Linux the keyring may be
/// that of GNOME, of KDE or of `KeePassXC`, and starting one replaces the other.
fn unlock() -> Option<String> {
    cfg!(target_os = "macos").then(|| "security unlock-keychain".to_owned())
}

/// Tokens that wait beside the store because it failed.
fn rescue(session_store: &SessionStore) -> Option<Row> {
    if let Some(error) = session_store.unread_rescue() {
        let fix = match &error {
            session::Error::RescueUnreadable { path, .. } => Some(set_aside(path)),
            _ => None,
        };
        let words = Error::from(error).sentence();
        let row = Row::failed(GROUP, "rescue_file", Code::RescueFileUnreadable, words);
        return Some(row.maybe_fix(fix));
    }
    if !session_store.awaits_rescue().unwrap_or(false) {
        return None;
    }
    let message =
        "the newest tokens are in a rescue file; the next command moves them into the store";
    let row = Row::warning(GROUP, "rescue_file", Code::RescueFileLeft, message);
    Some(row.fix("eprospera whoami"))
}

/// A refresh that was cut off.
fn outcome(now: i64, session_store: &SessionStore, record: Option<&Record>) -> Option<Row> {
    let record = record?;
    session_store.pending(record).ok().flatten()?;
    let message =
        "a refresh was interrupted, and it is unknown whether the provider replaced the tokens";
    let row = Row::warning(GROUP, "outcome", Code::OutcomeUnknown, message);
    Some(if record.valid_access(now).is_some() {
        // Until the access token has expired nothing else is sent.
        row.fix("eprospera login")
    } else {
        row.fix("eprospera refresh")
    })
}

/// A login with a given token that was cut off.
fn unfinished(session_store: &SessionStore, record: Option<&Record>) -> Option<Row> {
    let found = session_store.waiting_beside(record).transpose()?;
    let message = match found {
        Ok(_) => {
            "a `login --with-token` was interrupted, and its new tokens are waiting".to_owned()
        }
        Err(error) => format!(
            "a `login --with-token` was interrupted, and what it left behind cannot be read: {}",
            Error::from(error).sentence()
        ),
    };
    let row = Row::warning(GROUP, "unfinished", Code::LoginUnfinished, message);
    Some(match record {
        None => row.fix("eprospera logout"),
        Some(_) => row,
    })
}
