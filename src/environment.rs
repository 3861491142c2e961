//! The process's surroundings, read once: variables, terminals, operating system.
//!
//! With [`context`](crate::context), which asks for it, the only module that touches
//! `std::env`. Tests build one from a table instead.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal as _};

use crate::secret::strip;

/// What the names of this program's own variables begin with.
const OWN: &str = "EPROSPERA_";

/// What switches a switch off.
const NO: [&str; 4] = ["0", "false", "no", "off"];

#[derive(Clone, Debug, Default)]
pub(crate) struct Environment {
    variables: HashMap<OsString, OsString>,
    pub stdin_is_terminal: bool,
    pub stderr_is_terminal: bool,
}

impl Environment {
    pub(crate) fn of_process() -> Self {
        Self {
            variables: std::env::vars_os()
                .map(|(name, value)| (key(&name), value))
                .collect(),
            stdin_is_terminal: io::stdin().is_terminal(),
            stderr_is_terminal: io::stderr().is_terminal(),
        }
    }

    /// Surroundings made up for a test.
    #[cfg(test)]
    pub(crate) fn from_table(table: &[(&str, &str)]) -> Self {
        let variables = table
            .iter()
            .map(|(name, value)| (key(OsStr::new(name)), OsString::from(value)));
        Self {
            variables: variables.collect(),
            ..Self::default()
        }
    }

    /// The same surroundings without some variables.
    #[must_use]
    pub(crate) fn without(&self, names: &[&str]) -> Self {
        let mut less = self.clone();
        for name in names {
            less.variables.remove(&key(OsStr::new(name)));
        }
        less
    }

    /// Sets a variable of this copy.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.variables.insert(key(OsStr::new(name)), value.into());
    }

    /// The names of all variables that are UTF-8, in capitals where names differ by more than case only.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        self.variables
            .keys()
            .filter_map(|name| name.to_str().map(str::to_owned))
    }

    /// A variable that is set to something. What is around the value of one of this program's does not
    /// count: files of variables come with the line breaks of other systems.
    pub(crate) fn get(&self, name: &str) -> Option<&OsStr> {
        let value = self.variables.get(&key(OsStr::new(name)))?.as_os_str();
        let stripped = value.to_str().filter(|_| name.starts_with(OWN));
        let value = stripped.map_or(value, |text| OsStr::new(strip(text)));
        (!value.is_empty()).then_some(value)
    }

    /// A variable as text; what is not UTF-8 is replaced and will not parse.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name)
            .map(|value| value.to_string_lossy().into_owned())
    }

    /// The first of some variables that holds more than blanks. Windows has one variable for both spellings of a name, which
    /// people know in capitals.
    pub(crate) fn first_set(&self, names: &[&'static str]) -> Option<&'static str> {
        let mut names = names.iter().copied();
        names.find(|name| {
            let is_known = cfg!(unix) || !name.contains(|letter: char| letter.is_ascii_lowercase());
            is_known && self.text(name).is_some_and(|text| !text.trim().is_empty())
        })
    }

    /// Whether a switch is on: set, and to none of the words that say no.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        let says_no = |value: &str| NO.iter().any(|no| value.eq_ignore_ascii_case(no));
        self.text(name)
            .is_some_and(|value| !value.trim().is_empty() && !says_no(value.trim()))
    }

    /// Whether a person can read stderr and answer on stdin.
    pub(crate) fn has_person(&self) -> bool {
        self.stdin_is_terminal && self.stderr_is_terminal
    }
}

/// The one spelling of a name: Windows takes `Path` and `PATH` for the same variable.
fn key(name: &OsStr) -> OsString {
    if cfg!(windows) {
        name.to_ascii_uppercase()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_case_are_the_same_where_the_system_has_it_so() {
        let mut environment =
            Environment::from_table(&[("Path", "1"), ("Eprospera_Store_Key", "2")]);
        let is_same = cfg!(windows);
        assert_eq!(environment.get("PATH").is_some(), is_same);
        assert_eq!(environment.get("EPROSPERA_STORE_KEY").is_some(), is_same);
        let withheld = environment
            .names()
            .filter(|name| crate::env::is_withheld(name));
        assert_eq!(withheld.count(), usize::from(is_same));
        assert_eq!(
            environment
                .without(&["EPROSPERA_STORE_KEY"])
                .names()
                .count(),
            if is_same { 1 } else { 2 }
        );
        environment.set("PATH", "3");
        assert_eq!(environment.names().count(), if is_same { 2 } else { 3 });
    }

    #[test]
    fn variables_that_are_left_out_are_gone_from_the_copy_alone() {
        let all = Environment::from_table(&[("A", "1"), ("B", "2")]);
        let less = all.without(&["A"]);
        assert_eq!(
            (less.get("A"), less.text("B")),
            (None, Some("2".to_owned()))
        );
        assert!(all.get("A").is_some());
    }

    #[test]
    fn what_is_around_the_value_of_an_own_variable_does_not_count() {
        let value = "\u{feff} keyring\r\n";
        let environment = Environment::from_table(&[
            ("EPROSPERA_STORE", value),
            ("PS1", value),
            ("EPROSPERA_TOKEN", " \r\n"),
        ]);
        assert_eq!(
            environment.text("EPROSPERA_STORE").as_deref(),
            Some("keyring")
        );
        assert_eq!(environment.text("PS1").as_deref(), Some(value));
        assert_eq!(environment.get("EPROSPERA_TOKEN"), None);
    }

    #[test]
    fn a_switch_is_off_when_it_is_empty_or_says_no() {
        for (value, on) in [
            ("", false),
            ("0", false),
            ("false", false),
            ("FALSE", false),
            ("no", false),
            ("No", false),
            ("OFF", false),
            (" ", false),
            (" no ", false),
            ("yes", true),
            ("on", true),
            ("github", true),
            ("1", true),
            ("true", true),
        ] {
            assert_eq!(
                Environment::from_table(&[("CI", value)]).is_on("CI"),
                on,
                "{value:?}"
            );
        }
        assert!(!Environment::default().is_on("CI"));
    }
}
