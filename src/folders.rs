//! Where the program keeps its files.
//!
//! Knows the platform's conventions and the three variables that override them, and the one folder
//! that no variable moves. Creates nothing.

use std::ffi::OsStr;
use std::path::PathBuf;

use directories::ProjectDirs;

use crate::env;
use crate::environment::Environment;
use crate::error::Error;

/// The program's folders.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    /// `config.toml`.
    pub config: PathBuf,
    /// File stores, locks, intent records, what logins remember.
    pub state: PathBuf,
    /// Discovery documents and key sets.
    pub cache: PathBuf,
}

impl Folders {
    /// Finds the folders. Refuses a folder that would depend on where the program is started:
    /// tokens would be scattered.
    pub(crate) fn find(environment: &Environment) -> Result<Self, Error> {
        let own = ProjectDirs::from("com", "eprospera", "eprospera");
        let folder = |variable: &'static str, own: Option<PathBuf>| {
            if let Some(named) = environment.get(variable) {
                return absolute(variable, named, variable);
            }
            let own = own.ok_or_else(|| {
                Error::usage("this user has no home folder")
                    .hint(format!("set {variable} to a folder of yours"))
            })?;
            // A relative XDG_* is ignored, as its specification asks; HOME is taken as it is.
            absolute("HOME", own.as_os_str(), variable)
        };
        let own_state = own.as_ref().map(|dirs| {
            dirs.state_dir()
                .unwrap_or_else(|| dirs.data_local_dir())
                .to_owned()
        });
        Ok(Self {
            state: folder(env::STATE_DIR, own_state)?,
            config: folder(
                env::CONFIG_DIR,
                own.as_ref().map(|dirs| dirs.config_dir().to_owned()),
            )?,
            cache: folder(
                env::CACHE_DIR,
                own.as_ref().map(|dirs| dirs.cache_dir().to_owned()),
            )?,
        })
    }

    /// The configuration file.
    pub(crate) fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The folder with what the last login of each profile used.
    pub(crate) fn logins(&self) -> PathBuf {
        self.state.join("logins")
    }
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
        "Library/Application Support/com.eprospera.eprospera"
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
    ProjectDirs::from("com", "eprospera", "eprospera").map(|own| own.data_local_dir().to_owned())
}

fn absolute(source: &str, folder: &OsStr, variable: &str) -> Result<PathBuf, Error> {
    let path = PathBuf::from(folder);
    if path.is_absolute() {
        return Ok(path);
    }
    let shown = path.display();
    let error = Error::usage(format!(
        "{source} leads to `{shown}`, which is not an absolute path"
    ));
    Err(error.hint(if path.starts_with("~") {
        format!("write the home folder out: nothing replaces `~` in quotes; {variable} takes a path that begins with `/`")
    } else {
        format!("set {variable} to a path that begins with `/`")
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_move_every_folder() {
        let table = [
            (env::CONFIG_DIR, "/c"),
            (env::STATE_DIR, "/s"),
            (env::CACHE_DIR, "/k"),
        ];
        let folders = Folders::find(&Environment::from_table(&table)).unwrap();
        assert_eq!(folders.config_file(), PathBuf::from("/c/config.toml"));
        assert_eq!(folders.state, PathBuf::from("/s"));
        assert_eq!(folders.cache, PathBuf::from("/k"));
    }
}
