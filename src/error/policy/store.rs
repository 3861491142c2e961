//! What a failure of the store comes to.

use std::path::Path;

use super::{Error, Kind, STATE_DIR, record};
use crate::store;

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        use store::Error as E;
        if matches!(error, E::Interrupted) {
            return Self::new(Kind::Interrupted, error);
        }
        if let E::Foreign(cause) = &error {
            let hint = cause.way_out(STATE_DIR);
            return Self::new(Kind::Usage, error).hint(hint);
        }
        let ways_out = "or choose `--store encrypted-file` (a key in EPROSPERA_STORE_KEY) or \
                        `--store plain-file`";
        if let Some(hint) = record::hint(&error) {
            return Self::new(Kind::Store, error).hint(hint);
        }
        let hint = match &error {
            E::Absent { .. } => format!(
                "start a Secret Service such as gnome-keyring, {ways_out}; after `su` or `sudo`, \
                 DBUS_SESSION_BUS_ADDRESS may still lead to another user's, which refuses you"
            ),
            E::Locked { .. } => format!("unlock the keyring, {ways_out}"),
            E::LockedElsewhere { .. } => {
                "unlock that keyring, or run `eprospera login`, which uses the one that is open"
                    .to_owned()
            }
            E::TimedOut { .. } => format!("check for an unlock dialog, {ways_out}"),
            E::Denied { .. } => format!("allow this program to use it, {ways_out}"),
            E::Full { .. } => "free some space; the old record is intact".to_owned(),
            E::TooSmall { .. } => format!("ask for fewer scopes, {ways_out}"),
            E::Busy { .. } => "try again when the other process is done".to_owned(),
            E::LockUnavailable { path, .. } => {
                let folder = path.parent().unwrap_or(path).display();
                format!(
                    "keep {folder} on a local file system; EPROSPERA_STATE_DIR moves the state folder"
                )
            }
            E::NoUserFolder => {
                format!("give this user a home folder, in /etc/passwd for example, {ways_out}")
            }
            E::NotPrivate { path, .. } => make_private(path),
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

fn make_private(path: &Path) -> String {
    format!(
        "make {} your own and private, or set {STATE_DIR} to another folder; with sudo, use \
         `sudo -H`",
        path.display()
    )
}

/// What can be done about a store helper.
fn of_helper(error: &store::Error) -> String {
    use store::Error as E;
    match error {
        E::HelperAbsent { program, .. } => {
            format!("check that {program} is there and executable")
        }
        E::HelperVersion { .. } => {
            "use a helper and a program of the same protocol version".to_owned()
        }
        E::HelperEnded { .. } | E::HelperTimedOut { .. } | E::HelperRefused { .. } => {
            "run the command with `-v` to see what the helper says".to_owned()
        }
        E::HelperProtocol { .. } => {
            "mend the helper: docs/helper-protocol.md says what it must answer".to_owned()
        }
        _ => "check the store and try again".to_owned(),
    }
}
