//! A value, and who said it. It knows nothing of what the values mean.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::error::Error;

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SettingSource {
    /// A flag of this command line.
    Flag(&'static str),
    Variable(&'static str),
    Profile,
    /// What the last login of this profile used.
    LastLogin,
    /// A profile that exists without a configuration file.
    BuiltIn,
    /// The program.
    Default,
}

impl fmt::Display for SettingSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Flag(name) | Self::Variable(name) => name,
            Self::Profile => "profile",
            Self::LastLogin => "last login",
            Self::BuiltIn => "built-in profile",
            Self::Default => "default",
        })
    }
}

impl Serialize for SettingSource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A value with its source.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Setting<T> {
    pub value: T,
    pub source: SettingSource,
}

impl<T> Setting<T> {
    /// The value that is made of this one; a failure names the source.
    pub(super) fn try_map<U>(
        self,
        parse: impl FnOnce(T) -> Result<U, String>,
    ) -> Result<Setting<U>, Error> {
        let source = self.source;
        let value = parse(self.value)
            .map_err(|reason| Error::usage(format!("{reason} (from {source})")))?;
        Ok(Setting { value, source })
    }
}
