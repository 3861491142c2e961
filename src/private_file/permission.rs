//! Who may touch a file or folder: the one part of this module that differs between platforms.
//!
//! On Unix a folder is private when it is a real folder, belongs to the caller and has mode 0700;
//! a file likewise with 0600. On Windows an access list that names their owner alone does the same.

#[cfg(not(unix))]
pub(super) use other::{
    check_dir, check_file, create_dir, is_same, may_write, open_append, open_lock, open_read,
    sync_dir, temporary,
};
#[cfg(unix)]
pub(super) use unix::{
    check_dir, check_file, create_dir, is_same, may_write, open_append, open_lock, open_read,
    sync_dir, temporary,
};

#[cfg(unix)]
mod unix {
    use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{
        DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
    };
    use std::path::Path;

    use rustix::fs::{Access, AtFlags, Mode, OFlags};

    use crate::private_file::error::Error;

    /// Opens a file for reading; neither follows a link nor waits for the writer of a pipe.
    pub(in crate::private_file) fn open_read(path: &Path) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
    }

    /// Opens a lock file, creating it when it is missing; follows no link.
    pub(in crate::private_file) fn open_lock(path: &Path) -> io::Result<File> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR)?);
        // A hostile umask can make a new file unreadable to the next process.
        if file.metadata()?.mode() & 0o777 != 0o600 {
            file.set_permissions(Permissions::from_mode(0o600))?;
        }
        Ok(file)
    }

    /// Opens a file for adding to its end, creating it when it is missing. Follows no link, waits for
    /// no reader of a pipe, and is closed to others.
    pub(in crate::private_file) fn open_append(path: &Path) -> Result<File, Error> {
        let flags = OFlags::RDWR
            | OFlags::APPEND
            | OFlags::CREATE
            | OFlags::NOFOLLOW
            | OFlags::NONBLOCK
            | OFlags::NOCTTY
            | OFlags::CLOEXEC;
        let file = match rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR) {
            Ok(file) => File::from(file),
            Err(rustix::io::Errno::LOOP | rustix::io::Errno::ISDIR) => {
                return Err(Error::not_private(path, "it is not a regular file"));
            }
            Err(error) => return Err(Error::from_io("open", path, error.into())),
        };
        check_file(&file, path)?;
        Ok(file)
    }

    /// Creates the file at `path`, which must not exist, for its owner alone.
    pub(in crate::private_file) fn temporary(path: &Path) -> io::Result<File> {
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        // The umask may have taken bits away, never added any.
        file.set_permissions(Permissions::from_mode(0o600))?;
        Ok(file)
    }

    /// Creates one folder with mode 0700 whatever the umask.
    pub(in crate::private_file) fn create_dir(path: &Path) -> io::Result<()> {
        DirBuilder::new().mode(0o700).create(path)?;
        fs::set_permissions(path, Permissions::from_mode(0o700))
    }

    /// Refuses a folder that others own or can write to; closes one that others can only look
    /// into.
    pub(in crate::private_file) fn check_dir(path: &Path) -> Result<(), Error> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let folder: File = match rustix::fs::open(path, flags, Mode::empty()) {
            Ok(folder) => folder.into(),
            Err(rustix::io::Errno::LOOP | rustix::io::Errno::NOTDIR) => {
                return Err(Error::not_private(path, "it is a link or not a folder"));
            }
            Err(error) => return Err(Error::from_io("open", path, error.into())),
        };
        let metadata = folder
            .metadata()
            .map_err(|error| Error::from_io("inspect", path, error))?;
        check_owner(path, &metadata, rustix::process::geteuid().as_raw())?;
        if metadata.mode() & 0o022 != 0 {
            // Another user may have put something there already, so closing it now proves nothing.
            return Err(Error::not_private(
                path,
                format!(
                    "others can write to it (mode {:04o})",
                    metadata.mode() & 0o7777
                ),
            ));
        }
        tighten(&folder, &metadata, path, 0o700)
    }

    /// Refuses a file that is not a regular file or belongs to another user, and closes one that
    /// is open to others: it was readable until now, and refusing it would not undo that.
    pub(in crate::private_file) fn check_file(file: &File, path: &Path) -> Result<(), Error> {
        let metadata = file
            .metadata()
            .map_err(|error| Error::from_io("inspect", path, error))?;
        if !metadata.is_file() {
            return Err(Error::not_private(path, "it is not a regular file"));
        }
        check_owner(path, &metadata, rustix::process::geteuid().as_raw())?;
        tighten(file, &metadata, path, 0o600)
    }

    fn check_owner(path: &Path, metadata: &Metadata, me: u32) -> Result<(), Error> {
        if metadata.uid() == me {
            return Ok(());
        }
        Err(Error::not_private(
            path,
            format!("it belongs to user {}, not to user {me}", metadata.uid()),
        ))
    }

    fn tighten(file: &File, metadata: &Metadata, path: &Path, mode: u32) -> Result<(), Error> {
        if metadata.mode() & 0o077 != 0 {
            file.set_permissions(Permissions::from_mode(mode))
                .map_err(|error| {
                    Error::not_private(
                        path,
                        format!("others can read it, and that cannot be changed: {error}"),
                    )
                })?;
        }
        Ok(())
    }

    /// Whether `path` still names the open `file`.
    pub(in crate::private_file) fn is_same(file: &File, path: &Path) -> io::Result<bool> {
        let held = file.metadata()?;
        match fs::symlink_metadata(path) {
            Ok(named) => Ok(named.dev() == held.dev() && named.ino() == held.ino()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether this process may make something in a folder.
    pub(in crate::private_file) fn may_write(folder: &Path) -> bool {
        let access = Access::WRITE_OK | Access::EXEC_OK;
        rustix::fs::accessat(rustix::fs::CWD, folder, access, AtFlags::EACCESS).is_ok()
    }

    /// Makes renames and removals inside a folder durable.
    pub(in crate::private_file) fn sync_dir(path: &Path) -> io::Result<()> {
        match File::open(path)?.sync_all() {
            // Some network file systems have no such call; there is nothing better to do.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
                ) =>
            {
                Ok(())
            }
            result => result,
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_file_of_another_user_is_refused_with_both_users_named() {
            let file = tempfile::NamedTempFile::new().unwrap();
            let metadata = file.as_file().metadata().unwrap();
            let stranger = metadata.uid() + 1;
            let error = check_owner(file.path(), &metadata, stranger).unwrap_err();
            assert!(
                error
                    .to_string()
                    .contains(&format!("not to user {stranger}"))
            );
        }
    }
}

#[cfg(not(unix))]
mod other {
    use std::fs::{self, File, OpenOptions};
    use std::io;
    use std::path::Path;

    use eprospera_owner_only::{self as owner_only, Access};
    use winapi_util::Handle;

    use crate::file_sharing;
    use crate::private_file::error::Error;

    fn refuse_link(path: &Path) -> io::Result<()> {
        if fs::symlink_metadata(path)?.is_symlink() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "it is a symbolic link",
            ));
        }
        Ok(())
    }

    /// Opens a file for reading; follows no link.
    pub(in crate::private_file) fn open_read(path: &Path) -> io::Result<File> {
        refuse_link(path)?;
        file_sharing::open(path, || File::open(path))
    }

    /// Opens a lock file, creating it when it is missing.
    pub(in crate::private_file) fn open_lock(path: &Path) -> io::Result<File> {
        let file = open_or_create(OpenOptions::new().read(true).write(true), path)?;
        if has_others(owner_only::access(&file)?) {
            owner_only::close_to_others(path)?;
        }
        Ok(file)
    }

    /// Opens a file, or creates it for its owner alone where it is missing.
    fn open_or_create(options: &OpenOptions, path: &Path) -> io::Result<File> {
        loop {
            match file_sharing::open(path, || options.open(path)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                opened => return opened,
            }
            match owner_only::create_file(path) {
                // Another process was faster, or it is a link to something missing.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => refuse_link(path)?,
                Err(error) => return Err(error),
                Ok(_) => {}
            }
        }
    }

    /// Opens a file for adding to its end, creating it when it is missing.
    pub(in crate::private_file) fn open_append(path: &Path) -> Result<File, Error> {
        let mut options = OpenOptions::new();
        // A file that can only be added to could not be cut where a line did not fit: whoever writes
        // looks for its end.
        options.read(true).write(true);
        let file =
            open_or_create(&options, path).map_err(|error| Error::from_io("open", path, error))?;
        check_file(&file, path)?;
        Ok(file)
    }

    /// Creates the file at `path`, which must not exist.
    pub(in crate::private_file) fn temporary(path: &Path) -> io::Result<File> {
        owner_only::create_file(path)
    }

    /// Creates one folder for its owner alone.
    pub(in crate::private_file) fn create_dir(path: &Path) -> io::Result<()> {
        owner_only::create_dir(path)
    }

    /// Refuses anything but a real folder, and one that others own or have written to; closes one that
    /// others can look into. So much the more one that is empty: nothing in it can be theirs.
    pub(in crate::private_file) fn check_dir(path: &Path) -> Result<(), Error> {
        let metadata =
            fs::symlink_metadata(path).map_err(|error| Error::from_io("inspect", path, error))?;
        if metadata.is_symlink() || !metadata.is_dir() {
            return Err(Error::not_private(path, "it is a link or not a folder"));
        }
        let failed = |error| Error::from_io("inspect", path, error);
        let access = owner_only::access_at(path).map_err(failed)?;
        if access.others_write && access.is_own {
            let is_empty = fs::read_dir(path).map_err(failed)?.next().is_none();
            if !is_empty {
                return Err(Error::not_private(path, "others can write to it"));
            }
        }
        tighten(access, path)
    }

    fn has_others(access: Access) -> bool {
        access.others_read || access.others_write
    }

    /// Refuses what belongs to another user, and closes what is open to others.
    fn tighten(access: Access, path: &Path) -> Result<(), Error> {
        if !access.is_own {
            return Err(Error::not_private(path, "it belongs to another user"));
        }
        if has_others(access) {
            owner_only::close_to_others(path).map_err(|error| {
                let words = format!("others can read it, and that cannot be changed: {error}");
                Error::not_private(path, words)
            })?;
        }
        Ok(())
    }

    /// Refuses anything but a regular file of this user, and closes one that is open to others.
    pub(in crate::private_file) fn check_file(file: &File, path: &Path) -> Result<(), Error> {
        let metadata = file
            .metadata()
            .map_err(|error| Error::from_io("inspect", path, error))?;
        if !metadata.is_file() {
            return Err(Error::not_private(path, "it is not a regular file"));
        }
        let access = owner_only::access(file);
        tighten(
            access.map_err(|error| Error::from_io("inspect", path, error))?,
            path,
        )
    }

    /// Whether `path` still names the open file: both have the same number on the same volume. Both are
    /// open while that is compared, so that no number is given to another file.
    pub(in crate::private_file) fn is_same(file: &File, path: &Path) -> io::Result<bool> {
        let named = match file_sharing::open(path, || open_read(path)) {
            Ok(named) => named,
            // One that is about to go has no name any more.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied
                ) =>
            {
                return Ok(false);
            }
            Err(error) => return Err(error),
        };
        let identity = |file: &File| {
            let handle = Handle::from_file(file.try_clone()?);
            let found = winapi_util::file::information(&handle)?;
            io::Result::Ok((found.volume_serial_number(), found.file_index()))
        };
        Ok(identity(file)? == identity(&named)?)
    }

    /// Whether this process may make something in a folder: trying is the only way to know.
    pub(in crate::private_file) fn may_write(_folder: &Path) -> bool {
        true
    }

    /// Renames are journalled; a folder cannot be synced.
    #[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
    pub(in crate::private_file) fn sync_dir(_path: &Path) -> io::Result<()> {
        Ok(())
    }
}
