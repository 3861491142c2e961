//! Files and folders of other owners, odd modes, odd variables, and what the process itself leaves behind.
#![cfg(unix)]

mod inherited;
mod limits;
mod settings;
mod variables;

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

pub(crate) fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

pub(crate) fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
}
