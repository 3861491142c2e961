//! What the errors of a sandbox mean for the person who starts it.

use crate::doctor;
use crate::error::Error;
use crate::nearest::nearest;

impl From<eprospera_sandbox::Error> for Error {
    fn from(error: eprospera_sandbox::Error) -> Self {
        match &error {
            eprospera_sandbox::Error::PortInUse { port } => {
                let holder = doctor::listener_on(*port);
                let holder = holder.map(|holder| format!(": {holder} listens there"));
                Self::failure(format!("{error}{}", holder.unwrap_or_default()))
                    .hint("choose another port with `--port`; `--port 0` takes any free one")
            }
            eprospera_sandbox::Error::UnknownPersona { .. } => unknown_persona(&error, ""),
            _ => Self::failure(error),
        }
    }
}

/// The error of options that cannot be used, with the place of the setting.
pub(super) fn unknown_persona(error: &eprospera_sandbox::Error, place: &str) -> Error {
    let near = match error {
        eprospera_sandbox::Error::UnknownPersona { persona, known } => {
            nearest(persona, known.split(", "))
        }
        _ => None,
    };
    let hint = near.map(|near| format!("did you mean `{near}`?"));
    with_hint(Error::usage(format!("{place}{error}")), hint)
}

pub(super) fn with_hint(error: Error, hint: Option<String>) -> Error {
    match hint {
        Some(hint) => error.hint(hint),
        None => error,
    }
}
