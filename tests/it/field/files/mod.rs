//! Files and folders of other owners, odd modes, odd variables, and what the process itself leaves behind.
//! Modes, links, devices and limits are those of Unix; what stands for them on Windows is in `field::windows`.

#[cfg(unix)]
mod inherited;
#[cfg(unix)]
mod limits;
#[cfg(unix)]
mod settings;
mod variables;

#[cfg(unix)]
use std::os::unix::fs::PermissionsExt as _;
#[cfg(unix)]
use std::path::Path;

#[cfg(unix)]
pub(crate) fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
pub(crate) fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
}
