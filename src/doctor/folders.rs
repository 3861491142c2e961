//! The folders of this program: whose they are, who else can write there, and whether files in
//! them can be written, renamed and locked.

use std::fs::{self, Metadata};
use std::path::Path;

use super::checkup::Checkup;
#[cfg(unix)]
use super::checkup::own;
use super::code::Code;
use super::row::{Row, set_aside};
use crate::cli::DoctorGroup::Folders as GROUP;
use crate::crypto;
use crate::env;
use crate::error::Error;
#[cfg(unix)]
use crate::files::quoted;
use crate::files::{self, unsetting};
use crate::folders::Folders;
use crate::private_file;

/// Less room than this and nothing can be stored.
#[cfg(unix)]
const LEAST_ROOM: u64 = 1024 * 1024;

/// One folder, and the codes for what can be wrong with it.
struct Folder<'a> {
    name: &'static str,
    /// The variable that moves it.
    variable: &'static str,
    path: &'a Path,
    owner: Code,
    mode: Code,
    other_kind: Code,
    unwritable: Code,
    /// Whether others may not even look into it.
    is_private: bool,
    /// Whether commands go on without it.
    is_spare: bool,
}

pub(super) fn check(checkup: &Checkup<'_>) -> Vec<Row> {
    let folders = checkup.context.folders();
    let each = match each(folders) {
        Ok(each) => each,
        Err(error) => {
            let row = Row::failed(GROUP, "home", Code::NoHome, error.sentence());
            return vec![row.maybe_fix(home_fix(checkup))];
        }
    };
    let mut rows: Vec<_> = each.iter().map(Folder::check).collect();
    let state = &each[0];
    if rows[0].code == Code::Ok && state.path.is_dir() {
        rows.push(state.try_out());
        rows.extend(state.room());
    }
    rows
}

/// The state folder comes first: it is the one that counts.
fn each(folders: &Folders) -> Result<[Folder<'_>; 3], Error> {
    Ok([
        Folder {
            name: "state",
            variable: env::STATE_DIR,
            path: folders.state()?,
            owner: Code::StateOwner,
            mode: Code::StateMode,
            other_kind: Code::StateNotAFolder,
            unwritable: Code::StateUnwritable,
            is_private: true,
            is_spare: false,
        },
        Folder {
            name: "config",
            variable: env::CONFIG_DIR,
            path: folders.config()?,
            owner: Code::ConfigOwner,
            mode: Code::ConfigMode,
            other_kind: Code::ConfigNotAFolder,
            unwritable: Code::ConfigUnwritable,
            is_private: false,
            is_spare: false,
        },
        Folder {
            name: "cache",
            variable: env::CACHE_DIR,
            path: folders.cache()?,
            owner: Code::CacheOwner,
            mode: Code::CacheMode,
            other_kind: Code::CacheNotAFolder,
            unwritable: Code::CacheUnwritable,
            is_private: true,
            is_spare: true,
        },
    ])
}

/// The variable that leads to a folder which cannot be one.
fn home_fix(checkup: &Checkup<'_>) -> Option<String> {
    let names = [env::CONFIG_DIR, env::STATE_DIR, env::CACHE_DIR];
    let mut set = names
        .into_iter()
        .filter(|name| checkup.context.environment.get(name).is_some());
    let culprit = set.find(|name| {
        Folders::find(&checkup.context.environment.without(&[name]))
            .state()
            .is_ok()
    });
    // `~USER` is replaced by the shell, from the system's own list of users. Windows needs no variable to know the home.
    let home = cfg!(unix).then(|| r#"export HOME="$(eval echo "~$(id -un)")""#.to_owned());
    culprit.map(unsetting).or(home)
}

impl Folder<'_> {
    fn bad(&self, code: Code, what: &str) -> Row {
        let (name, path) = (self.name, self.path.display());
        let message = format!("the {name} folder {path} {what}");
        if self.is_spare {
            Row::warning(GROUP, name, code, message)
        } else {
            Row::failed(GROUP, name, code, message)
        }
    }

    fn check(&self) -> Row {
        let found = match fs::symlink_metadata(self.path) {
            Ok(found) if found.is_symlink() && !self.is_private => fs::metadata(self.path),
            found => found,
        };
        match found {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => self.missing(),
            Err(error) => self
                .bad(self.unwritable, &format!("cannot be used: {error}"))
                .fix(self.elsewhere()),
            Ok(found) if !found.is_dir() => {
                let what = "is a file or a link, not a folder";
                self.bad(self.other_kind, what).fix(set_aside(self.path))
            }
            Ok(found) => self.judge(&found),
        }
    }

    /// A folder that the first login makes.
    fn missing(&self) -> Row {
        if let Err(problem) = files::check_creation(self.path) {
            return self
                .bad(self.owner, &format!("cannot be created: {problem}"))
                .fix(self.elsewhere());
        }
        // The system's own list of processes has folders that root "may" write to.
        if !private_file::can_be_written(self.path) || self.path.starts_with("/proc") {
            return self
                .bad(
                    self.unwritable,
                    "cannot be created: the parent folder is not writable",
                )
                .fix(self.elsewhere());
        }
        let path = self.path.display();
        Row::ok(
            GROUP,
            self.name,
            format!("{path} is created when it is needed"),
        )
    }

    #[cfg(unix)]
    fn judge(&self, found: &Metadata) -> Row {
        use std::os::unix::fs::MetadataExt as _;
        let (owner, mode) = (found.uid(), found.mode() & 0o7777);
        let me = rustix::process::geteuid().as_raw();
        if owner != me && (self.is_private || owner != 0) {
            return self
                .bad(
                    self.owner,
                    &format!("belongs to user {owner}, not to user {me}"),
                )
                .fix(own(self.path));
        }
        if mode & 0o022 != 0 {
            let what = format!("is writable by other users (mode {mode:04o})");
            let mode = if self.is_private { "700" } else { "go-w" };
            return self
                .bad(self.mode, &what)
                .fix(format!("chmod {mode} {}", quoted(self.path)));
        }
        if self.is_private && mode & 0o077 != 0 {
            let (name, path) = (self.name, self.path.display());
            let what = format!("the {name} folder {path} is open to other users (mode {mode:04o})");
            return Row::warning(GROUP, name, self.mode, what)
                .fix(format!("chmod 700 {}", quoted(self.path)));
        }
        if !private_file::can_be_written(self.path) {
            return self
                .bad(self.unwritable, "cannot be written to")
                .fix(format!("chmod u+rwx {}", quoted(self.path)));
        }
        Row::ok(
            GROUP,
            self.name,
            format!("{} is yours and private", self.path.display()),
        )
    }

    #[cfg(not(unix))]
    fn judge(&self, _found: &Metadata) -> Row {
        let (name, path) = (self.name, self.path.display());
        let Ok(access) = eprospera_owner_only::access_at(self.path) else {
            return Row::ok(GROUP, name, format!("{path} exists"));
        };
        let close = files::closing_to_others(self.path);
        if !access.is_own {
            return self
                .bad(self.owner, "belongs to another user")
                .fix(self.elsewhere());
        }
        if access.others_write {
            return self.bad(self.mode, "is writable by other users").fix(close);
        }
        if self.is_private && access.others_read {
            let what = format!("the {name} folder {path} is open to other users");
            return Row::warning(GROUP, name, self.mode, what).fix(close);
        }
        Row::ok(GROUP, name, format!("{path} is yours and private"))
    }

    /// Writes, syncs, renames and locks a file.
    fn try_out(&self) -> Row {
        use private_file::Error as E;
        let tried = crypto::random_name().map_err(|error| error.to_string());
        let tried = match tried {
            Ok(name) => private_file::try_out(self.path, &format!("probe-{name}.trial")),
            Err(why) => return Row::blocked(GROUP, "files", why),
        };
        let Err(error) = tried else {
            return Row::ok(
                GROUP,
                "files",
                "files can be written, synced, renamed and locked",
            );
        };
        let code = match &error {
            E::Full { .. } => Code::DiskFull,
            E::LockUnavailable { .. } | E::Busy { .. } => Code::LockUnavailable,
            _ => self.unwritable,
        };
        Row::failed(GROUP, "files", code, error.to_string()).fix(self.elsewhere())
    }

    /// The command that moves to a folder beside.
    fn elsewhere(&self) -> String {
        let (variable, name) = (self.variable, self.name);
        // Both shells know where the home folder is.
        if cfg!(windows) {
            format!(r#"$env:{variable} = "$HOME\.eprospera\{name}""#)
        } else {
            format!("export {variable}=\"$HOME/.eprospera/{name}\"")
        }
    }

    #[cfg(unix)]
    fn room(&self) -> Option<Row> {
        let found = rustix::fs::statvfs(self.path).ok()?;
        let free = found.f_bavail.saturating_mul(found.f_frsize);
        // Some file systems do not say.
        if found.f_blocks == 0 || free >= LEAST_ROOM {
            return None;
        }
        let message = format!("{} has {free} bytes left on its disk", self.path.display());
        Some(Row::failed(GROUP, "room", Code::DiskFull, message).fix(self.elsewhere()))
    }

    #[cfg(not(unix))]
    #[expect(clippy::unused_self, reason = "the standard library does not say")]
    fn room(&self) -> Option<Row> {
        None
    }
}
