//! Paths as the system's own calls take them, also those that are longer than 260 characters.

use std::ffi::OsString;
use std::io;
use std::os::windows::ffi::OsStrExt as _;
use std::path::{self, Component, Path, Prefix};

/// A path in UTF-16 with a zero at its end. Like the standard library, it asks for the long form.
pub(crate) fn wide(path: &Path) -> io::Result<Vec<u16>> {
    let mut wide: Vec<u16> = long(path)?.encode_wide().collect();
    if wide.contains(&0) {
        let words = "a path cannot contain a NUL character";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, words));
    }
    wide.push(0);
    Ok(wide)
}

fn long(path: &Path) -> io::Result<OsString> {
    let absolute = path::absolute(path)?;
    let mut components = absolute.components();
    let prefix = match components.next() {
        Some(Component::Prefix(prefix)) => Some(prefix.kind()),
        _ => None,
    };
    let mut long = OsString::new();
    match prefix {
        Some(Prefix::Disk(_)) => long.push(r"\\?\"),
        Some(Prefix::UNC(server, share)) => {
            long.push(r"\\?\UNC\");
            long.push(server);
            long.push(r"\");
            long.push(share);
            long.push(components.as_path());
            return Ok(long);
        }
        _ => {}
    }
    long.push(absolute);
    Ok(long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_absolute_path_is_taken_in_its_long_form() {
        for (path, expected) in [
            (r"C:\a\b", r"\\?\C:\a\b"),
            ("C:/a/./b/../c", r"\\?\C:\a\c"),
            (r"\\server\share\a\b", r"\\?\UNC\server\share\a\b"),
            (r"\\?\C:\a", r"\\?\C:\a"),
        ] {
            assert_eq!(long(Path::new(path)).unwrap(), expected);
        }
        assert!(wide(Path::new("a\0b")).is_err());
    }
}
