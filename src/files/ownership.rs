//! Who else could have written a file, or could exchange it: its owner and mode, and those of
//! every folder on the way to it.
//!
//! The rule is that of ssh and git: only this user and root are trusted.

#[cfg(unix)]
mod group;

#[cfg(not(unix))]
pub(crate) use other::{check_creation, check_secret, trusted_path};
#[cfg(not(unix))]
pub(super) use other::{check_settings, open_at_once};
#[cfg(unix)]
pub(crate) use unix::{check_creation, check_secret, trusted_path};
#[cfg(unix)]
pub(super) use unix::{check_settings, open_at_once};

#[cfg(unix)]
mod unix {
    use std::collections::VecDeque;
    use std::ffi::OsString;
    use std::fs::{self, File, Metadata};
    use std::io;
    use std::os::unix::fs::MetadataExt as _;
    use std::path::{Component, Path, PathBuf};

    use rustix::fs::{Mode, OFlags};

    use super::super::untrusted::{SettingsError, Untrusted};
    use super::group;

    /// As many links as the system itself follows.
    const MOST_LINKS: usize = 40;
    const OTHERS_WRITE: u32 = 0o002;
    const GROUP_WRITES: u32 = 0o020;
    const STICKY: u32 = 0o1000;
    const ROOT: u32 = 0;

    fn me() -> u32 {
        rustix::process::geteuid().as_raw()
    }

    /// Where an absolute path leads, links followed, after a look at every folder and link on the
    /// way. What is missing at its end is taken as it stands.
    pub(crate) fn trusted_path(path: &Path) -> Result<PathBuf, Untrusted> {
        let mut walk = PathWalk::along(path);
        while let Some((place, found)) = walk.step() {
            check_owner(&place, &found)?;
            if found.is_dir() {
                check_mode(&place, &found, true)?;
            }
        }
        Ok(walk.reached)
    }

    /// Refuses to create something in another user's folder, and for root anywhere below one:
    /// root with the home of a user would leave folders there that the user cannot write to.
    pub(crate) fn check_creation(path: &Path) -> Result<(), Untrusted> {
        let Ok(path) = std::path::absolute(path) else {
            return Ok(());
        };
        let mut nearest = Ok(());
        let mut walk = PathWalk::along(&path);
        while let Some((place, found)) = walk.step() {
            nearest = check_owner(&place, &found);
            if me() == ROOT {
                nearest.clone()?;
            }
        }
        nearest
    }

    /// Refuses a file with a secret that another user owns or that all users can write to. Pipes have
    /// neither, and secrets that the system hands out belong to root.
    pub(crate) fn check_secret(file: &File, path: &Path) -> Result<(), Untrusted> {
        let Ok(found) = file.metadata() else {
            return Ok(());
        };
        if !found.is_file() {
            return Ok(());
        }
        check_owner(path, &found)?;
        if found.mode() & OTHERS_WRITE != 0 {
            return Err(writable(path, &found, "everybody"));
        }
        if found.uid() == me() && found.mode() & 0o044 != 0 {
            let mode = found.mode() & 0o7777;
            tracing::info!("others can read {} (mode {mode:04o})", path.display());
        }
        Ok(())
    }

    /// Opens a file for reading without waiting for the writer of a pipe.
    pub(in crate::files) fn open_at_once(path: &Path) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
        Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
    }

    /// Looks at an open file of settings. What comes back is what a program's name in it would
    /// have to be refused for.
    pub(in crate::files) fn check_settings(
        file: &File,
        path: &Path,
    ) -> Result<Option<Untrusted>, SettingsError> {
        let found = file.metadata()?;
        check_owner(path, &found)?;
        check_mode(path, &found, false)?;
        // A sticky folder protects what is in it, not who gets a name in it first: a folder of
        // settings is not for all users.
        let folder = path.parent().unwrap_or(path);
        let of_folder = fs::metadata(folder)?;
        check_mode(folder, &of_folder, false)?;
        let group = |path: &Path, found: &Metadata| {
            (found.mode() & GROUP_WRITES != 0).then(|| writable(path, found, "its group"))
        };
        Ok(group(path, &found).or_else(|| group(folder, &of_folder)))
    }

    fn check_owner(path: &Path, found: &Metadata) -> Result<(), Untrusted> {
        let (me, owner) = (me(), found.uid());
        let is_of_system = owner == ROOT || !found.is_file() && group::is_unmapped_root(owner);
        if owner == me || is_of_system {
            return Ok(());
        }
        Err(Untrusted::Foreign {
            path: path.to_owned(),
            owner,
            me,
        })
    }

    /// `sticky_is_safe`: in a folder like `/tmp`, only the owner of a file can exchange it.
    fn check_mode(path: &Path, found: &Metadata, sticky_is_safe: bool) -> Result<(), Untrusted> {
        let mode = found.mode();
        if sticky_is_safe && mode & STICKY != 0 {
            return Ok(());
        }
        if mode & OTHERS_WRITE != 0 {
            return Err(writable(path, found, "everybody"));
        }
        if mode & GROUP_WRITES != 0 && !group::is_private(found.gid()) {
            return Err(writable(path, found, "its group"));
        }
        Ok(())
    }

    fn writable(path: &Path, found: &Metadata, who: &'static str) -> Untrusted {
        Untrusted::Writable {
            path: path.to_owned(),
            mode: found.mode() & 0o7777,
            who,
        }
    }

    /// Goes along a path as the system does, link by link.
    struct PathWalk {
        reached: PathBuf,
        ahead: VecDeque<OsString>,
        links: usize,
    }

    impl PathWalk {
        fn along(path: &Path) -> Self {
            let mut walk = Self {
                reached: PathBuf::from("/"),
                ahead: VecDeque::from([OsString::from("/")]),
                links: 0,
            };
            walk.ahead.extend(names(path));
            walk
        }

        /// The next folder, link or file; `None` at the end, which may be something missing.
        fn step(&mut self) -> Option<(PathBuf, Metadata)> {
            let name = self.ahead.pop_front()?;
            if name == ".." {
                self.reached.pop();
                return self.step();
            }
            let place = self.reached.join(&name);
            let Ok(found) = fs::symlink_metadata(&place) else {
                self.reached = place;
                self.reached.extend(self.ahead.drain(..));
                return None;
            };
            let target = match found.is_symlink().then(|| fs::read_link(&place)) {
                Some(Ok(target)) if self.links < MOST_LINKS => target,
                _ => {
                    self.reached.clone_from(&place);
                    return Some((place, found));
                }
            };
            self.links += 1;
            if target.is_absolute() {
                self.reached = PathBuf::from("/");
            }
            for name in names(&target).into_iter().rev() {
                self.ahead.push_front(name);
            }
            Some((place, found))
        }
    }

    /// The names of a path, without its root.
    fn names(path: &Path) -> Vec<OsString> {
        path.components()
            .filter(|part| matches!(part, Component::Normal(_) | Component::ParentDir))
            .map(|part| part.as_os_str().to_owned())
            .collect()
    }

    #[cfg(test)]
    mod tests {
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        use super::*;

        /// A folder whose own path has no link.
        fn home() -> (tempfile::TempDir, PathBuf) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().canonicalize().unwrap();
            (folder, path)
        }

        fn set_mode(path: &Path, mode: u32) {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }

        #[test]
        fn links_are_followed_to_the_file_even_when_it_is_missing() {
            let (_held, home) = home();
            fs::create_dir_all(home.join("dotfiles/eprospera")).unwrap();
            symlink("dotfiles/eprospera", home.join("config")).unwrap();
            symlink(
                "../eprospera/real.toml",
                home.join("dotfiles/eprospera/config.toml"),
            )
            .unwrap();
            assert_eq!(
                trusted_path(&home.join("config/config.toml")).unwrap(),
                home.join("dotfiles/eprospera/real.toml")
            );
            assert_eq!(
                trusted_path(&home.join("none/of/these")).unwrap(),
                home.join("none/of/these")
            );
        }

        #[test]
        fn a_link_in_a_circle_has_an_end() {
            let (_held, home) = home();
            symlink("b", home.join("a")).unwrap();
            symlink("a", home.join("b")).unwrap();
            trusted_path(&home.join("a")).unwrap();
        }

        #[test]
        fn everybody_may_write_to_a_sticky_folder_on_the_way_and_to_no_other() {
            let (_held, home) = home();
            let file = home.join("shared/mine/config.toml");
            fs::create_dir_all(home.join("shared/mine")).unwrap();
            File::create(&file).unwrap();
            let shared = home.join("shared");
            set_mode(&shared, 0o1777);
            trusted_path(&file).unwrap();
            let refused = |error: Untrusted| match error {
                Untrusted::Writable { path, .. } => path,
                other => panic!("{other}"),
            };
            let direct = shared.join("config.toml");
            File::create(&direct).unwrap();
            match crate::files::read_settings(&direct) {
                Err(SettingsError::Untrusted(error)) => {
                    assert_eq!(refused(error), shared);
                }
                _ => panic!("a sticky folder holds settings"),
            }
            set_mode(&shared, 0o777);
            assert_eq!(refused(trusted_path(&file).unwrap_err()), shared);
        }

        #[test]
        fn the_own_group_may_write_and_another_may_not() {
            let (_held, home) = home();
            let folder = home.join("folder");
            fs::create_dir(&folder).unwrap();
            set_mode(&folder, 0o775);
            let file = folder.join("config.toml");
            let own = fs::metadata(&folder).unwrap().gid();
            assert_eq!(trusted_path(&file).is_ok(), group::is_private(own));
            if me() == ROOT {
                std::os::unix::fs::chown(&folder, None, Some(12_345)).unwrap();
                let error = trusted_path(&file).unwrap_err();
                assert!(error.to_string().contains("its group can write"), "{error}");
            }
        }
    }
}

#[cfg(not(unix))]
mod other {
    use std::fs::File;
    use std::io;
    use std::path::{Component, Path, PathBuf, Prefix};

    use eprospera_owner_only::Access;

    use super::super::untrusted::{SettingsError, Untrusted};

    /// Where a path leads, links followed: the user's profile folder keeps others out by itself.
    #[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
    pub(crate) fn trusted_path(path: &Path) -> Result<PathBuf, Untrusted> {
        Ok(std::fs::canonicalize(path).map_or_else(|_| path.to_owned(), without_prefix))
    }

    /// A path as people write it: `C:\x` and not `\\?\C:\x`. The standard library asks for the long form
    /// by itself where a path needs it.
    fn without_prefix(path: PathBuf) -> PathBuf {
        let is_disk = matches!(
            path.components().next(),
            Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::VerbatimDisk(_))
        );
        let short = path.to_str().and_then(|text| text.strip_prefix(r"\\?\"));
        match short {
            Some(short) if is_disk => PathBuf::from(short),
            _ => path,
        }
    }

    /// The home of one user cannot be taken for another's here.
    #[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
    pub(crate) fn check_creation(_path: &Path) -> Result<(), Untrusted> {
        Ok(())
    }

    /// Refuses a file with a secret that another user owns or can write to. Where the system does not
    /// say, as of a pipe, there is nothing to refuse.
    pub(crate) fn check_secret(file: &File, path: &Path) -> Result<(), Untrusted> {
        let is_disk = winapi_util::file::typ(file).is_ok_and(|kind| kind.is_disk());
        let access = eprospera_owner_only::access(file);
        let Some(access) = access.ok().filter(|_| is_disk) else {
            return Ok(());
        };
        if access.others_read {
            tracing::info!("others can read {}", path.display());
        }
        check(access, path)
    }

    fn check(access: Access, path: &Path) -> Result<(), Untrusted> {
        let path = path.to_owned();
        if !access.is_own {
            return Err(Untrusted::OfAnother { path });
        }
        if access.others_write {
            return Err(Untrusted::OpenToOthers { path });
        }
        Ok(())
    }

    /// Opens a file for reading.
    pub(in crate::files) fn open_at_once(path: &Path) -> io::Result<File> {
        File::open(path)
    }

    /// Refuses settings that another user can have written, or could put in the place of this file.
    pub(in crate::files) fn check_settings(
        file: &File,
        path: &Path,
    ) -> Result<Option<Untrusted>, SettingsError> {
        check(eprospera_owner_only::access(file)?, path)?;
        if let Some(folder) = path.parent() {
            check(eprospera_owner_only::access_at(folder)?, folder)?;
        }
        Ok(None)
    }
}
