//! Which names a profile may have: its files have to be its own on every system.

use super::error::Error;

/// The longest name of a profile.
const LONGEST_NAME: usize = 64;

/// Names that stand for devices on Windows, whatever follows a dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Checks a profile's name, which becomes part of file names and keyring accounts.
pub(crate) fn check_name(name: &str) -> Result<(), Error> {
    let fits = |character: char| character.is_ascii_alphanumeric() || ".-_".contains(character);
    let why = if name.is_empty() {
        "it is empty".to_owned()
    } else if name.len() > LONGEST_NAME {
        format!("it has more than {LONGEST_NAME} characters")
    } else if name.starts_with('.') {
        "it begins with a dot".to_owned()
    } else if !name.chars().all(fits) {
        "use letters, digits, `.`, `_` and `-`".to_owned()
    } else {
        return Ok(());
    };
    Err(bad_name(name, why))
}

/// Checks the name of a profile that is not there yet: its files have to be told from those of the
/// others on every system.
pub(crate) fn check_new_name(name: &str, known: &[String]) -> Result<(), Error> {
    check_name(name)?;
    let same = known.iter().find(|known| known.eq_ignore_ascii_case(name));
    let why = if let Some(same) = same {
        format!("it differs from the profile `{same}` only in upper and lower case")
    } else if is_device(name) {
        "Windows reserves it for a device".to_owned()
    } else if name.ends_with('.') {
        "it ends with a dot".to_owned()
    } else if name.starts_with('-') {
        "it begins with `-`, like a flag".to_owned()
    } else {
        return Ok(());
    };
    Err(bad_name(name, why))
}

/// Whether Windows takes a file of this name for a device.
pub(crate) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let device = stem.trim_end_matches(|character: char| character.is_ascii_digit());
    let is_numbered = stem.len() == device.len() + 1;
    DEVICES.contains(&device) && is_numbered == matches!(device, "com" | "lpt")
}

fn bad_name(name: &str, why: String) -> Error {
    Error::BadName {
        name: name.chars().take(LONGEST_NAME + 1).collect(),
        why,
    }
}
