//! What the checks of one run work with, and the commands that several of them give.

use std::path::Path;

use crate::context::Context;
use crate::files::{quoted, unsetting};
use crate::settings::{Setting, SettingSource};

/// What the checks of one run work with.
pub(super) struct Checkup<'a> {
    /// The run, but that it asks a person for nothing.
    pub(super) context: &'a Context,
    /// The run as it was started.
    pub(super) as_given: &'a Context,
    pub(super) is_offline: bool,
    /// Whether the provider is a sandbox of this run.
    pub(super) is_sandbox: bool,
}

#[cfg(unix)]
pub(super) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
pub(super) fn is_root() -> bool {
    false
}

/// The command that makes a path the user's own.
pub(super) fn own(path: &Path) -> String {
    let sudo = if is_root() { "" } else { "sudo " };
    format!("{sudo}chown -R \"$(id -u)\" {}", quoted(path))
}

impl Checkup<'_> {
    /// The command that leaves a setting to what comes after it.
    pub(super) fn leave<T>(&self, setting: &Setting<T>, key: &str) -> Option<String> {
        match setting.source {
            SettingSource::Variable(name) => Some(unsetting(name)),
            SettingSource::Profile => {
                let profile = self.context.settings().map(|settings| &settings.profile);
                Some(match profile {
                    Ok(Setting {
                        value,
                        source: SettingSource::Variable(_),
                    }) => format!("eprospera --profile {value} profile unset {key}"),
                    _ => format!("eprospera profile unset {key}"),
                })
            }
            _ => None,
        }
    }
}

/// The command that sets the clock from the network.
pub(super) fn set_clock() -> Option<String> {
    if cfg!(target_os = "linux") {
        Some("sudo timedatectl set-ntp true".to_owned())
    } else if cfg!(target_os = "macos") {
        Some("sudo sntp -sS time.apple.com".to_owned())
    } else if cfg!(windows) {
        Some("w32tm /resync".to_owned())
    } else {
        None
    }
}
