//! One result of a check.

use std::path::{Path, PathBuf};

use clap::ValueEnum as _;
use serde_json::{Value, json};

use super::code::Code;
use crate::cli::DoctorGroup as Group;
use crate::files::moving;

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Ok,
    Warning,
    Failed,
    Skipped,
}

impl State {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// What one check found, and the command that fixes it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The name of the check, such as `network.proxy`.
    pub(crate) id: String,
    pub(crate) group: Group,
    pub(crate) state: State,
    pub(crate) code: Code,
    /// One sentence without a full stop.
    pub(crate) message: String,
    /// A command line that can be pasted into a shell.
    pub(crate) fix: Option<String>,
}

/// The name of a group, as `--only` takes it.
pub(crate) fn name_of(group: Group) -> String {
    let value = group.to_possible_value();
    value.map_or_else(String::new, |value| value.get_name().to_owned())
}

impl Row {
    fn new(group: Group, id: &str, state: State, code: Code, message: impl Into<String>) -> Self {
        Self {
            id: format!("{}.{id}", name_of(group)),
            group,
            state,
            code,
            message: message.into(),
            fix: None,
        }
    }

    pub(super) fn ok(group: Group, id: &str, message: impl Into<String>) -> Self {
        Self::new(group, id, State::Ok, Code::Ok, message)
    }

    pub(super) fn warning(group: Group, id: &str, code: Code, message: impl Into<String>) -> Self {
        Self::new(group, id, State::Warning, code, message)
    }

    pub(super) fn failed(group: Group, id: &str, code: Code, message: impl Into<String>) -> Self {
        Self::new(group, id, State::Failed, code, message)
    }

    /// `why` completes "skipped because".
    pub(super) fn skipped(group: Group, id: &str, code: Code, why: impl Into<String>) -> Self {
        let message = format!("skipped because {}", why.into());
        Self::new(group, id, State::Skipped, code, message)
    }

    /// Skipped because `--offline` was given.
    pub(super) fn offline(group: Group, id: &str) -> Self {
        Self::skipped(group, id, Code::Offline, "of `--offline`")
    }

    /// Skipped because something else has to be fixed first.
    pub(super) fn blocked(group: Group, id: &str, why: impl Into<String>) -> Self {
        Self::skipped(group, id, Code::Blocked, why)
    }

    #[must_use]
    pub(super) fn fix(self, command: impl Into<String>) -> Self {
        Self {
            fix: Some(command.into()),
            ..self
        }
    }

    #[must_use]
    pub(super) fn maybe_fix(self, command: Option<String>) -> Self {
        Self {
            fix: command,
            ..self
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "group": name_of(self.group),
            "state": self.state.name(),
            "code": self.code.name(),
            "message": self.message,
            "fix": self.fix,
        })
    }
}

/// The groups that have rows, in their order.
pub(crate) fn groups(rows: &[Row]) -> Vec<Group> {
    let all = Group::value_variants().iter().copied();
    all.filter(|group| rows.iter().any(|row| row.group == *group))
        .collect()
}

/// A command that gives a file another name, and replaces nothing.
pub(super) fn set_aside(path: &Path) -> String {
    let is_free = |name: &PathBuf| name.symlink_metadata().is_err();
    let named = |number: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(if number == 1 {
            ".old".to_owned()
        } else {
            format!(".old{number}")
        });
        PathBuf::from(name)
    };
    let free = (1..1000)
        .map(named)
        .find(is_free)
        .unwrap_or_else(|| named(0));
    moving(path, &free)
}
