//! Where the program keeps its files.
//!
//! Knows the platform's conventions and the three variables that override them, and the one folder
//! that no variable moves. Creates nothing.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::env;
use crate::environment::Environment;
use crate::error::Error;

/// The program's folders: each is asked for by what needs it, and only then it has to be there.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    /// `config.toml`.
    config: Folder,
    /// File stores, locks, intent records, what logins remember.
    state: Folder,
    /// Discovery documents and key sets.
    cache: Folder,
}

type Folder = Result<PathBuf, FolderError>;

/// Why a folder cannot be used.
#[derive(Clone, Debug, thiserror::Error)]
enum FolderError {
    #[error("this user has no home folder")]
    NoHome { variable: &'static str },
    /// It would depend on where the program is started, and tokens would be scattered.
    #[error("{from} points to `{}`, which is not an absolute path", path.display())]
    Relative {
        from: &'static str,
        path: PathBuf,
        variable: &'static str,
    },
}

/// What a variable has to name.
const ABSOLUTE: &str = if cfg!(windows) {
    r"a path that begins with a drive, such as `C:\Users\NAME`"
} else {
    "a path that begins with `/`"
};

impl From<&FolderError> for Error {
    fn from(error: &FolderError) -> Self {
        let hint = match error {
            FolderError::NoHome { variable } => {
                format!("set {variable} to a folder of your own, such as /var/lib/NAME")
            }
            FolderError::Relative { path, variable, .. } if path.starts_with("~") => {
                format!(
                    "write out the home folder: `~` is not expanded in quotes; set {variable} to \
                     {ABSOLUTE}"
                )
            }
            FolderError::Relative { variable, .. } => {
                format!("set {variable} to {ABSOLUTE}")
            }
        };
        Self::usage(error.clone()).hint(hint)
    }
}

impl Folders {
    /// Finds the folders.
    pub(crate) fn find(environment: &Environment) -> Self {
        let own = own();
        let folder = |variable: &'static str, own: Option<&Path>| {
            if let Some(named) = environment.get(variable) {
                return absolute(variable, named, variable);
            }
            let own = own.ok_or(FolderError::NoHome { variable })?;
            // A relative XDG_* is ignored, as its specification asks; HOME is taken as it is.
            absolute("HOME", own.as_os_str(), variable)
        };
        let own = own.as_ref();
        let own_state = own.map(|dirs| dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()));
        Self {
            state: folder(env::STATE_DIR, own_state),
            config: folder(env::CONFIG_DIR, own.map(ProjectDirs::config_dir)),
            cache: folder(env::CACHE_DIR, own.map(ProjectDirs::cache_dir)),
        }
    }

    /// The folder of the configuration.
    ///
    /// # Errors
    /// When it is not known, or not an absolute path. The same of the others.
    pub(crate) fn config(&self) -> Result<&Path, Error> {
        self.required(&self.config)
    }

    /// The folder of the state.
    pub(crate) fn state(&self) -> Result<&Path, Error> {
        self.required(&self.state)
    }

    /// The folder of the cache.
    pub(crate) fn cache(&self) -> Result<&Path, Error> {
        self.required(&self.cache)
    }

    /// The same; `None` for a user without a home folder, of whom nothing is stored.
    pub(crate) fn state_if_any(&self) -> Result<Option<&Path>, Error> {
        self.if_any(&self.state)
    }

    /// The same of the cache.
    pub(crate) fn cache_if_any(&self) -> Result<Option<&Path>, Error> {
        self.if_any(&self.cache)
    }

    /// The configuration file.
    pub(crate) fn config_file(&self) -> Result<PathBuf, Error> {
        Ok(self.config()?.join(CONFIG_FILE))
    }

    /// The same; `None` for a user without a home folder.
    pub(crate) fn config_file_if_any(&self) -> Result<Option<PathBuf>, Error> {
        let folder = self.if_any(&self.config)?;
        Ok(folder.map(|folder| folder.join(CONFIG_FILE)))
    }

    /// The folder with what the last login of each profile used.
    pub(crate) fn logins(&self) -> Result<PathBuf, Error> {
        Ok(self.state()?.join("logins"))
    }

    /// A path that is not absolute is a slip, which is said before anything is made in another folder.
    fn required<'a>(&'a self, folder: &'a Folder) -> Result<&'a Path, Error> {
        let all = [&self.state, &self.config, &self.cache];
        let mut slips = all.into_iter().filter_map(|folder| folder.as_ref().err());
        if let Some(slip) = slips.find(|error| matches!(error, FolderError::Relative { .. })) {
            return Err(slip.into());
        }
        folder.as_deref().map_err(Error::from)
    }

    fn if_any<'a>(&'a self, folder: &'a Folder) -> Result<Option<&'a Path>, Error> {
        match self.required(folder) {
            Err(_) if matches!(folder, Err(FolderError::NoHome { .. })) => Ok(None),
            found => found.map(Some),
        }
    }
}

const CONFIG_FILE: &str = "config.toml";

/// The folders of this user by the system's rules. Without a maker's name, there is one `eprospera` in
/// each path: `%LOCALAPPDATA%\eprospera\data` and not `…\eprospera\eprospera\data`.
fn own() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "eprospera")
}

/// The folder for what belongs to a store that no folder holds, such as the locks of the keyring.
///
/// Neither `HOME` nor an `XDG_*` variable moves it: the keyring follows none of them, and two
/// processes with one session must meet in one folder, also when one of them runs in a Flatpak, in
/// a snap or below `sudo -E`. So the system is asked for the home of the effective user. `None`
/// where it knows none.
#[cfg(unix)]
pub fn of_user() -> Option<PathBuf> {
    let below_home = if cfg!(target_os = "macos") {
        "Library/Application Support/eprospera"
    } else {
        ".local/state/eprospera"
    };
    let user = nix::unistd::User::from_uid(nix::unistd::Uid::effective());
    let home = user.ok().flatten()?.dir;
    home.is_absolute().then(|| home.join(below_home))
}

/// The folder for what belongs to a store that no folder holds. The system itself says where it
/// is, and no variable moves it.
#[cfg(not(unix))]
pub fn of_user() -> Option<PathBuf> {
    own().map(|own| own.data_local_dir().to_owned())
}

fn absolute(from: &'static str, folder: &OsStr, variable: &'static str) -> Folder {
    let path = PathBuf::from(folder);
    if path.is_absolute() {
        return Ok(path);
    }
    Err(FolderError::Relative {
        from,
        path,
        variable,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_move_every_folder() {
        let [c, s, k] = if cfg!(windows) {
            ["C:/c", "C:/s", "C:/k"]
        } else {
            ["/c", "/s", "/k"]
        };
        let table = [
            (env::CONFIG_DIR, c),
            (env::STATE_DIR, s),
            (env::CACHE_DIR, k),
        ];
        let folders = Folders::find(&Environment::from_table(&table));
        let config = Path::new(c).join("config.toml");
        assert_eq!(folders.config_file().unwrap(), config);
        assert_eq!(folders.state().unwrap(), Path::new(s));
        assert_eq!(folders.cache().unwrap(), Path::new(k));
    }

    #[test]
    fn a_user_without_a_home_has_no_files_and_is_told_which_variable_gives_them_a_place() {
        let folders = Folders {
            config: Err(FolderError::NoHome {
                variable: env::CONFIG_DIR,
            }),
            state: Err(FolderError::NoHome {
                variable: env::STATE_DIR,
            }),
            cache: Err(FolderError::NoHome {
                variable: env::CACHE_DIR,
            }),
        };
        assert_eq!(folders.config_file_if_any().unwrap(), None);
        assert_eq!(folders.state_if_any().unwrap(), None);
        assert_eq!(folders.cache_if_any().unwrap(), None);
        let error = folders.state().unwrap_err();
        assert!(error.hints()[0].contains(env::STATE_DIR), "{error:?}");
        let relative = Environment::from_table(&[(env::STATE_DIR, "state")]);
        assert!(Folders::find(&relative).state_if_any().is_err());
    }
}
