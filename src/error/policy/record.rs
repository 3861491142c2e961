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
            "put it back where it belongs, or give it up with `eprospera logout \
             --discard-unreadable`"
        }
        Error::Unreadable(Unreadable::Newer { .. }) => {
            "use the newer version of this program that wrote it"
        }
        Error::Crypto(KeyError::WrongKey { .. } | KeyError::KeyKind { .. }) => {
            "give the key that it was written with; if that is lost for good, `eprospera logout \
             --discard-unreadable` deletes the session unread"
        }
        Error::Crypto(KeyError::NotTyped) => {
            "run the command again, or set EPROSPERA_STORE_KEY or EPROSPERA_STORE_KEY_FILE"
        }
        Error::LockedApart { .. } => {
            "run the command where you signed in, such as outside this container or Flatpak; if this is \
             your home folder now, run `eprospera login` here"
        }
        Error::Crypto(KeyError::Mistyped) => {
            "nothing was changed; run the command again, and type the same one twice"
        }
        Error::Crypto(KeyError::KeyMissing) => {
            "set EPROSPERA_STORE_KEY or EPROSPERA_STORE_KEY_FILE; `openssl rand -hex 32` makes a key"
        }
        Error::Crypto(KeyError::KeySource(_)) => {
            "check the variable or the file that is named there"
        }
        _ => return None,
    })
}
