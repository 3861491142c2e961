//! Errors of the Secret Service and of the bus, by what a person can do about them.
//!
//! Names are those of the D-Bus specification ("Standard error names") and of the Secret Service API
//! draft ("Errors").

use ::secret_service::Error as ServiceError;
use zbus::DBusError as _;

use crate::store::error::Error;

/// Whether an entry is there no more: another process has removed it.
pub(super) fn is_gone(error: &ServiceError) -> bool {
    let name = name_of(error);
    name.is_some_and(|name| {
        matches!(
            name.as_str(),
            "org.freedesktop.Secret.Error.NoSuchObject"
                | "org.freedesktop.DBus.Error.UnknownObject"
                | "org.freedesktop.DBus.Error.UnknownMethod"
        )
    })
}

/// What the bus or the service calls an error; `None` where it came from neither.
fn name_of(error: &ServiceError) -> Option<String> {
    match error {
        ServiceError::Zbus(error) => name_on_bus(error),
        ServiceError::ZbusFdo(error) => standard_name(error),
        _ => None,
    }
}

fn name_on_bus(error: &zbus::Error) -> Option<String> {
    match error {
        zbus::Error::MethodError(name, ..) => Some(name.to_string()),
        zbus::Error::FDO(error) => standard_name(error),
        _ => None,
    }
}

fn standard_name(error: &zbus::fdo::Error) -> Option<String> {
    match error {
        zbus::fdo::Error::ZBus(error) => name_on_bus(error),
        error => Some(error.name().to_string()),
    }
}

/// No connection came about: whatever the reason, there is no service here, unless it refused.
pub(super) fn unreachable(error: &ServiceError) -> Error {
    match sort_service(error) {
        Error::Keyring { cause } => Error::Absent { cause },
        sorted => sorted,
    }
}

/// Sorts an error of the service by what a person can do about it.
#[expect(
    clippy::needless_pass_by_value,
    reason = "this is how `map_err` hands it over"
)]
pub(super) fn sort(error: ServiceError) -> Error {
    sort_service(&error)
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
        ServiceError::PromptDisconnected => locked("the prompt to unlock it disappeared"),
        ServiceError::NoResult => absent("the Secret Service has no default collection"),
        ServiceError::Unavailable => {
            absent("there is no D-Bus session, or it has no Secret Service")
        }
        ServiceError::Zbus(cause) => sort_bus(name_of(error).as_deref(), &cause.to_string()),
        ServiceError::ZbusFdo(cause) => sort_bus(name_of(error).as_deref(), &cause.to_string()),
        other => Error::Keyring {
            cause: other.to_string(),
        },
    }
}

/// Sorts an error of the bus by its name.
fn sort_bus(name: Option<&str>, words: &str) -> Error {
    // What follows names processes and rules of the bus.
    let cause = words.split(';').next().unwrap_or(words).to_owned();
    let standard = name.and_then(|name| name.strip_prefix("org.freedesktop.DBus.Error."));
    match standard {
        Some("AccessDenied" | "AuthFailed") => Error::Denied {
            place: String::from("the OS keyring"),
            cause,
        },
        Some("ServiceUnknown" | "NameHasNoOwner" | "NoServer") => Error::Absent { cause },
        Some(name) if name.starts_with("Spawn.") => Error::Absent { cause },
        Some("NoMemory" | "LimitsExceeded") => Error::Full {
            place: String::from("the OS keyring"),
        },
        _ if name == Some("org.freedesktop.Secret.Error.IsLocked") => Error::Locked { cause },
        _ => Error::Keyring { cause },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_bus_are_sorted_by_their_names() {
        use zbus::fdo;
        let sorted = |error| sort(ServiceError::ZbusFdo(error));
        let words = || String::from("Rejected; uid=0");
        let denied = sorted(fdo::Error::AccessDenied(words()));
        assert!(matches!(denied, Error::Denied { cause, .. } if !cause.contains("uid")));
        assert!(matches!(
            sort_bus(Some("org.freedesktop.Secret.Error.IsLocked"), "locked"),
            Error::Locked { .. }
        ));
        for absent in [
            fdo::Error::ServiceUnknown(words()),
            fdo::Error::SpawnChildExited(words()),
        ] {
            assert!(matches!(sorted(absent), Error::Absent { .. }));
        }
        assert!(matches!(
            sorted(fdo::Error::LimitsExceeded(words())),
            Error::Full { .. }
        ));
        assert!(matches!(
            sorted(fdo::Error::NoReply(words())),
            Error::Keyring { .. }
        ));
        let within = zbus::Error::FDO(Box::new(fdo::Error::UnknownObject(words())));
        assert!(is_gone(&ServiceError::Zbus(within)));
        // Words that quote a name are not the name.
        let quoted = zbus::Error::Failure(String::from("org.freedesktop.DBus.Error.NoMemory"));
        assert!(matches!(
            sort(ServiceError::Zbus(quoted)),
            Error::Keyring { .. }
        ));
    }

    #[test]
    fn a_dismissed_prompt_a_missing_service_and_a_missing_collection_differ() {
        assert!(matches!(sort(ServiceError::Prompt), Error::Locked { .. }));
        let service = sort(ServiceError::Unavailable).to_string();
        let collection = sort(ServiceError::NoResult).to_string();
        assert_ne!(service, collection);
    }
}
