//! What a person can do about a record that cannot be opened, and about its key.

use crate::crypto::{Error as KeyError, Unreadable};
use crate::store::Error;

/// The hint; `None` where something else is the matter.
pub(super) fn hint(error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::Unreadable(Unreadable::Corrupt { .. }) | Error::Ambiguous { .. } => {
            "run `eprospera logout`, then `eprospera login`"
        }
        Error::Unreadable(Unreadable::NotOurs { .. }) => {
            "move it back to where it came from. If you no longer need it, delete it with \
             `eprospera logout --discard-unreadable`"
        }
        Error::Unreadable(Unreadable::Newer { .. }) => {
            "update eprospera: a newer version wrote this"
        }
        Error::Crypto(KeyError::WrongKey { .. } | KeyError::KeyKind { .. }) => {
            "set EPROSPERA_STORE_KEY or EPROSPERA_STORE_KEY_FILE to the key it was encrypted \
             with. If that key is lost for good, `eprospera logout --discard-unreadable` deletes \
             the session without reading it"
        }
        Error::Crypto(KeyError::NotTyped) => {
            "run the command again and type the passphrase, or set EPROSPERA_STORE_KEY or \
             EPROSPERA_STORE_KEY_FILE"
        }
        Error::LockedApart { .. } => {
            "run the command where you signed in, for example outside this container or Flatpak. \
             If this is your home folder now, run `eprospera login` here"
        }
        Error::Crypto(KeyError::Mistyped) => {
            "nothing was changed; run the command again and type the same passphrase twice"
        }
        Error::Crypto(KeyError::KeyMissing) => {
            "set EPROSPERA_STORE_KEY or EPROSPERA_STORE_KEY_FILE to the key of your session. For a \
             new store, `openssl rand -hex 32` generates a key"
        }
        Error::Crypto(KeyError::KeySource(_)) => {
            "check the variable or the file that is named there"
        }
        _ => return None,
    })
}
