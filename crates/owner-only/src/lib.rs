//! Files and folders on Windows that only their owner can use: what modes 0600 and 0700 are on Unix.
//! On other systems this crate is empty.

#![cfg(windows)]

mod descriptor;
mod path;

use std::fs::{File, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt as _;
use std::os::windows::io::{AsRawHandle as _, FromRawHandle as _, OwnedHandle};
use std::path::Path;
use std::ptr;

use windows_sys::Win32::Foundation::{GENERIC_READ, GENERIC_WRITE, INVALID_HANDLE_VALUE};
use windows_sys::Win32::Storage::FileSystem::{
    CREATE_NEW, CreateDirectoryW, CreateFileW, FILE_ATTRIBUTE_NORMAL, FILE_FLAG_BACKUP_SEMANTICS,
    FILE_FLAG_OPEN_REPARSE_POINT, FILE_READ_ATTRIBUTES, FILE_SHARE_DELETE, FILE_SHARE_READ,
    FILE_SHARE_WRITE, READ_CONTROL, WRITE_DAC,
};

use descriptor::{Descriptor, Kind};

/// Who may use a file or a folder, beside the system and its administrators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Whether it belongs to this user, or to the administrators: an elevated program's files do.
    pub is_own: bool,
    /// Whether another user can read it.
    pub others_read: bool,
    /// Whether another user can change it, or who may use it.
    pub others_write: bool,
}

/// Creates a file, which must not exist, for its owner alone. It is open for reading and writing, and can
/// be renamed and removed while it is, as with [`File::create_new`].
pub fn create_file(path: &Path) -> io::Result<File> {
    let name = path::wide(path)?;
    let descriptor = Descriptor::of_owner(Kind::File)?;
    let attributes = descriptor.attributes();
    #[expect(unsafe_code, reason = "`OpenOptions` takes no access list")]
    // SAFETY: `name` ends with a zero, and what `attributes` points to lives on.
    let handle = unsafe {
        CreateFileW(
            name.as_ptr(),
            GENERIC_READ | GENERIC_WRITE,
            FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
            &raw const attributes,
            CREATE_NEW,
            FILE_ATTRIBUTE_NORMAL,
            ptr::null_mut(),
        )
    };
    if handle == INVALID_HANDLE_VALUE {
        return Err(io::Error::last_os_error());
    }
    #[expect(
        unsafe_code,
        reason = "std and safe crates cannot make a file of a handle with a descriptor"
    )]
    // SAFETY: the handle is open, and nothing else owns it.
    let handle = unsafe { OwnedHandle::from_raw_handle(handle) };
    Ok(handle.into())
}

/// Creates one folder for its owner alone. What is made in it by others than this crate is, too.
pub fn create_dir(path: &Path) -> io::Result<()> {
    let name = path::wide(path)?;
    let descriptor = Descriptor::of_owner(Kind::Folder)?;
    let attributes = descriptor.attributes();
    #[expect(unsafe_code, reason = "`DirBuilder` takes no access list")]
    // SAFETY: `name` ends with a zero, and what `attributes` points to lives on.
    let is_made = unsafe { CreateDirectoryW(name.as_ptr(), &raw const attributes) };
    if is_made == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// Who may use an open file or folder. It has to be open with the right `READ_CONTROL`, which reading
/// and writing bring along.
pub fn access(file: &File) -> io::Result<Access> {
    descriptor::access(file.as_raw_handle())
}

/// Who may use a file or a folder. A link is not followed.
pub fn access_at(path: &Path) -> io::Result<Access> {
    access(&open(path, READ_CONTROL)?)
}

/// Closes a file or a folder to everybody but its owner. A link is not followed. What is in a folder
/// keeps the access list that it has.
pub fn close_to_others(path: &Path) -> io::Result<()> {
    let file = open(path, READ_CONTROL | WRITE_DAC | FILE_READ_ATTRIBUTES)?;
    let is_folder = file.metadata()?.is_dir();
    let kind = if is_folder { Kind::Folder } else { Kind::File };
    Descriptor::of_owner(kind)?.apply_to(file.as_raw_handle())
}

/// Lets everybody read a file or a folder, or change it as well.
#[cfg(any(test, feature = "testing"))]
pub fn open_to_all(path: &Path, may_write: bool) -> io::Result<()> {
    let rights = if may_write { "FRFW" } else { "FR" };
    let list = format!("D:P(A;;FA;;;SY)(A;;{rights};;;WD)");
    let file = open(path, READ_CONTROL | WRITE_DAC)?;
    Descriptor::parse(&list)?.apply_to(file.as_raw_handle())
}

fn open(path: &Path, rights: u32) -> io::Result<File> {
    let mut options = OpenOptions::new();
    // Without the first flag, no folder can be opened.
    options
        .access_mode(rights)
        .custom_flags(FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT);
    options.open(path)
}

#[cfg(test)]
mod tests;
