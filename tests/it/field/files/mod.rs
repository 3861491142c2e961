//! Files and folders of other owners, odd modes, odd variables, and what the process itself leaves behind.
//! Modes, links, devices and limits are those of Unix; what stands for modes on Windows is an access list.

/// Signals and the umask, which Windows does not have.
#[cfg(unix)]
mod inherited;
mod limits;
mod settings;
mod variables;

#[cfg(unix)]
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

#[cfg(unix)]
pub(crate) fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
pub(crate) fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

/// What the program says of a file that everybody can write to.
pub(crate) const IS_OPEN: &str = if cfg!(windows) {
    "other users can write to"
} else {
    "everybody can write to"
};

/// Lets everybody write to a file or folder.
pub(crate) fn open_to_all(path: &Path) {
    #[cfg(unix)]
    set_mode(path, if path.is_dir() { 0o777 } else { 0o666 });
    #[cfg(windows)]
    eprospera_owner_only::open_to_all(path, true).unwrap();
}

/// Lets its owner alone write to it.
pub(crate) fn close_to_others(path: &Path) {
    #[cfg(unix)]
    set_mode(path, if path.is_dir() { 0o755 } else { 0o644 });
    #[cfg(windows)]
    eprospera_owner_only::close_to_others(path).unwrap();
}
