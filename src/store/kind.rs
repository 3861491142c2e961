//! The kinds of stores, as settings and help texts name them.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum StoreKind {
    /// The operating system's keyring: Secret Service, Keychain or Credential Manager.
    #[default]
    Keyring,
    /// A file encrypted with a key or passphrase.
    EncryptedFile,
    /// A file that only its mode protects.
    PlainFile,
    /// A helper program, by absolute path or by a name that is looked up on `PATH`
    /// (docs/helper-protocol.md).
    Command(String),
}

impl StoreKind {
    /// Every kind without a program, in the order in which help texts name them.
    pub const ALL: [Self; 3] = [Self::Keyring, Self::EncryptedFile, Self::PlainFile];

    /// Whether its records are files of the state folder, so that they move with it.
    pub fn is_in_state_folder(&self) -> bool {
        matches!(self, Self::EncryptedFile | Self::PlainFile)
    }
}

/// What precedes the program in the name of a [`StoreKind::Command`].
const COMMAND: &str = "command:";

impl fmt::Display for StoreKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keyring => formatter.write_str("keyring"),
            Self::EncryptedFile => formatter.write_str("encrypted-file"),
            Self::PlainFile => formatter.write_str("plain-file"),
            Self::Command(program) => write!(formatter, "{COMMAND}{program}"),
        }
    }
}

/// A text that names no store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownKind {
    /// It is none of the names.
    #[error(
        "unknown store `{0}`: expected `keyring`, `encrypted-file`, `plain-file` or \
         `command:PROGRAM`"
    )]
    Name(String),
    /// A relative path would name another program in another folder.
    #[error("the program in `{0}` must be an absolute path, or a name to look up on PATH")]
    Program(String),
}

impl FromStr for StoreKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        if let Some(program) = text.strip_prefix(COMMAND) {
            let is_name = !program.is_empty() && !program.contains(['/', '\\', '\0']);
            return if is_name || Path::new(program).is_absolute() {
                Ok(Self::Command(program.to_owned()))
            } else {
                Err(UnknownKind::Program(text.to_owned()))
            };
        }
        Self::ALL
            .into_iter()
            .find(|kind| kind.to_string() == text)
            .ok_or_else(|| UnknownKind::Name(text.to_owned()))
    }
}

impl Serialize for StoreKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StoreKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
