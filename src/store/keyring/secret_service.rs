//! What only the Secret Service knows: whether it is locked, and what its errors mean.
//!
//! The keyring's crate unlocks whatever it touches and tells `locked` from `nothing found` only
//! after asking a person; this asks the service first. D-Bus error names are those of the D-Bus
//! specification ("Standard error names") and of the Secret Service API draft ("Errors").

use std::collections::HashMap;
use std::error::Error as StdError;

use ::secret_service::blocking::SecretService;
use ::secret_service::{EncryptionType, Error as ServiceError};

use super::SERVICE;
use crate::store::Error;

/// Checks that the service can be reached and that what `account` needs is unlocked; asks its
/// owner to unlock it only when it `may_unlock`.
pub(super) fn prepare(account: &str, may_unlock: bool) -> Result<(), Error> {
    // No secret travels over this connection, so it needs no session key.
    let service =
        SecretService::connect(EncryptionType::Plain).map_err(|error| unreachable(&error))?;
    let found = service
        .search_items(HashMap::from([("service", SERVICE), ("username", account)]))
        .map_err(|error| sort_service(&error))?;
    let is_item_locked = !found.locked.is_empty();
    let collection = match service.get_default_collection() {
        // Reading finds nothing there, and writing says why.
        Err(ServiceError::NoResult) => None,
        result => Some(result.map_err(|error| sort_service(&error))?),
    };
    let locked = match &collection {
        // A locked service may hide its items, so nothing found proves nothing.
        Some(collection) if found.unlocked.is_empty() => collection
            .is_locked()
            .map_err(|error| sort_service(&error))?,
        _ => false,
    };
    if (locked || is_item_locked) && !may_unlock {
        return Err(Error::Locked {
            cause: String::from("nobody can be asked to unlock it now"),
        });
    }
    match collection {
        Some(collection) if locked => collection.unlock().map_err(|error| sort_service(&error)),
        _ => Ok(()),
    }
}

/// Sorts an error that the keyring's crate passed on.
pub(super) fn sort(cause: &(dyn StdError + Send + Sync + 'static)) -> Error {
    match cause.downcast_ref::<ServiceError>() {
        Some(error) => sort_service(error),
        None => Error::Keyring {
            cause: cause.to_string(),
        },
    }
}

/// No connection came about: whatever the reason, there is no service here, unless it refused.
fn unreachable(error: &ServiceError) -> Error {
    match sort_service(error) {
        Error::Keyring { cause } => Error::Absent { cause },
        sorted => sorted,
    }
}

fn sort_service(error: &ServiceError) -> Error {
    let absent = |cause: &str| Error::Absent {
        cause: cause.to_owned(),
    };
    let locked = |cause: &str| Error::Locked {
        cause: cause.to_owned(),
    };
    match error {
        ServiceError::Locked => locked("it was not unlocked"),
        ServiceError::Prompt => locked("the prompt to unlock it was dismissed"),
        ServiceError::PromptDisconnected => locked("the prompt to unlock it went away"),
        ServiceError::NoResult => absent("the Secret Service has no default collection"),
        ServiceError::Unavailable => absent("there is no D-Bus session or no Secret Service on it"),
        ServiceError::Zbus(error) => sort_bus(&error.to_string()),
        ServiceError::ZbusFdo(error) => sort_bus(&error.to_string()),
        other => Error::Keyring {
            cause: other.to_string(),
        },
    }
}

/// Sorts an error of the bus, a text that begins with the error's name.
fn sort_bus(text: &str) -> Error {
    // What follows names processes and rules of the bus.
    let cause = text.split(';').next().unwrap_or(text).to_owned();
    let is = |name: &str| text.contains(name);
    if is("org.freedesktop.Secret.Error.IsLocked") {
        return Error::Locked { cause };
    }
    if is("org.freedesktop.DBus.Error.AccessDenied") || is("org.freedesktop.DBus.Error.AuthFailed")
    {
        return Error::Denied {
            place: String::from("the OS keyring"),
            cause,
        };
    }
    if is("org.freedesktop.DBus.Error.ServiceUnknown")
        || is("org.freedesktop.DBus.Error.NameHasNoOwner")
        || is("org.freedesktop.DBus.Error.Spawn.")
        || is("org.freedesktop.DBus.Error.NoServer")
    {
        return Error::Absent { cause };
    }
    if is("org.freedesktop.DBus.Error.NoMemory") || is("org.freedesktop.DBus.Error.LimitsExceeded")
    {
        return Error::Full {
            place: String::from("the OS keyring"),
        };
    }
    Error::Keyring { cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_bus_are_sorted_by_their_names() {
        let denied = sort_bus("org.freedesktop.DBus.Error.AccessDenied: Rejected; uid=0");
        assert!(matches!(denied, Error::Denied { cause, .. } if !cause.contains("uid")));
        assert!(matches!(
            sort_bus("org.freedesktop.Secret.Error.IsLocked: locked"),
            Error::Locked { .. }
        ));
        assert!(matches!(
            sort_bus("org.freedesktop.DBus.Error.ServiceUnknown: not provided"),
            Error::Absent { .. }
        ));
        assert!(matches!(
            sort_bus("org.freedesktop.DBus.Error.LimitsExceeded: too much"),
            Error::Full { .. }
        ));
        assert!(matches!(
            sort_bus("org.freedesktop.DBus.Error.NoReply: gone"),
            Error::Keyring { .. }
        ));
    }

    #[test]
    fn a_dismissed_prompt_a_missing_service_and_a_missing_collection_differ() {
        assert!(matches!(sort(&ServiceError::Prompt), Error::Locked { .. }));
        let service = sort(&ServiceError::Unavailable).to_string();
        let collection = sort(&ServiceError::NoResult).to_string();
        assert_ne!(service, collection);
    }
}
