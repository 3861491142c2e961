//! What a failure of the store comes to.

use std::path::Path;

use super::{Error, Kind, STATE_DIR, record};
use crate::{crypto, files, private_file, store};

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        use store::Error as E;
        if let E::File(error) = error {
            return error.into();
        }
        if matches!(error, E::Crypto(crypto::Error::Interrupted)) {
            return Self::interrupted(error);
        }
        let ways_out = "To do without the keyring, use `--store encrypted-file` (with a key in \
                        EPROSPERA_STORE_KEY) or `--store plain-file`";
        if let Some(hint) = record::hint(&error) {
            return Self::store(error).hint(hint);
        }
        let hint = match &error {
            E::Absent { .. } => format!(
                "start a Secret Service such as gnome-keyring. {ways_out}. After `su` or `sudo`, \
                 DBUS_SESSION_BUS_ADDRESS may still point to another user's session, which \
                 refuses you"
            ),
            E::Locked { .. } => format!("unlock the keyring. {ways_out}"),
            E::LockedElsewhere { .. } => {
                "unlock that keyring, or run `eprospera login` to use the one that is open"
                    .to_owned()
            }
            E::NotConfirmed { .. } => format!(
                "run the command in a terminal and allow the access in the keyring's dialog. \
                 KeePassXC asks because of \"Confirm when passwords are retrieved by clients\" in \
                 its settings for Secret Service integration. {ways_out}"
            ),
            E::TimedOut { .. } => format!("look for an unlock dialog. {ways_out}"),
            E::Denied { place, .. } if Path::new(place).is_absolute() => denied(place),
            E::Denied { .. } => format!("allow eprospera to use it. {ways_out}"),
            E::Full { .. } => "free some space, then run the command again; what was stored \
                               before is intact"
                .to_owned(),
            E::TooSmall { .. } => format!("request fewer scopes. {ways_out}"),
            E::Busy { .. } => {
                "run the command again when the other process has finished".to_owned()
            }
            E::NoUserFolder => {
                format!("give this user a home folder, for example in /etc/passwd. {ways_out}")
            }
            other => of_helper(other),
        };
        let kind = if matches!(error, E::Busy { .. }) {
            Kind::Busy
        } else {
            Kind::Store
        };
        Self::new(kind, error).hint(hint)
    }
}

impl From<crypto::Error> for Error {
    fn from(error: crypto::Error) -> Self {
        store::Error::from(error).into()
    }
}

impl From<private_file::Error> for Error {
    fn from(error: private_file::Error) -> Self {
        use private_file::Error as E;
        let (kind, hint) = match &error {
            E::Foreign(cause) => (Kind::Usage, cause.way_out(STATE_DIR)),
            E::Busy { .. } => (
                Kind::Busy,
                "run the command again when the other process has finished".to_owned(),
            ),
            E::Denied { path, .. } => (Kind::Store, denied(&path.display().to_string())),
            E::Full { .. } => (
                Kind::Store,
                "free some space, then run the command again; what was there before is intact"
                    .to_owned(),
            ),
            E::LockUnavailable { path, .. } => (Kind::Store, keep_local(path)),
            E::NotPrivate { path, .. } => (Kind::Store, make_private(path)),
            E::TooLarge { path } => (
                Kind::Store,
                format!(
                    "move {} out of the way, then run the command again",
                    path.display()
                ),
            ),
            E::InUse { .. } => (
                Kind::Store,
                "close that program, or exclude the folder from its scans, then run the command \
                 again; what was there before is intact"
                    .to_owned(),
            ),
            E::OtherLock | E::Io { .. } => (
                Kind::Store,
                format!(
                    "check the disk and the folder, or set {STATE_DIR} to another folder, then \
                     run the command again"
                ),
            ),
        };
        Self::new(kind, error).hint(hint)
    }
}

/// What can be done about a file or a folder that this user may not use.
fn denied(path: &str) -> String {
    format!(
        "give your user read and write access to {path}, or set {STATE_DIR} to a folder that you own"
    )
}

fn keep_local(path: &Path) -> String {
    let folder = path.parent().unwrap_or(path).display();
    format!("keep {folder} on a local file system; {STATE_DIR} sets the state folder")
}

fn make_private(path: &Path) -> String {
    if cfg!(windows) {
        let command = files::closing_to_others(path);
        return format!("run `{command}`, or set {STATE_DIR} to another folder");
    }
    format!(
        "make {} yours and accessible only to you, or set {STATE_DIR} to another folder. With \
         sudo, use `sudo -H`",
        path.display()
    )
}

/// What can be done about a store helper.
fn of_helper(error: &store::Error) -> String {
    use store::Error as E;
    match error {
        E::HelperAbsent { program, .. } => {
            format!("check that {program} exists and is executable")
        }
        E::HelperVersion { .. } => {
            "use a helper that speaks the same version of the protocol".to_owned()
        }
        E::HelperEnded { .. } | E::HelperTimedOut { .. } | E::HelperRefused { .. } => {
            "run the command again with `-v` to see what the helper prints".to_owned()
        }
        E::HelperProtocol { .. } => {
            "fix the helper; docs/helper-protocol.md describes what it must answer".to_owned()
        }
        _ => "check the store, then run the command again".to_owned(),
    }
}
