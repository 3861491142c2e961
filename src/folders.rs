//! Where the program's files lie.
//!
//! Knows the platform's conventions and the three variables that override them. Creates nothing.

use std::path::PathBuf;

use directories::ProjectDirs;

use crate::env;
use crate::environment::Environment;
use crate::error::{Error, Kind};

/// The program's folders.
#[derive(Clone, Debug)]
pub struct Folders {
    /// `config.toml`.
    pub config: PathBuf,
    /// File stores, locks, intent records, what logins remember.
    pub state: PathBuf,
    /// Discovery documents and key sets.
    pub cache: PathBuf,
    /// Locks and intents of the keyring, which no variable of this program moves: there is one
    /// keyring per user, whatever state folder a process has.
    pub keyring_locks: PathBuf,
}

impl Folders {
    /// Finds the folders.
    ///
    /// # Errors
    /// A usage error when the user has no home folder and the variables do not replace it.
    pub fn find(environment: &Environment) -> Result<Self, Error> {
        let own = ProjectDirs::from("com", "eprospera", "eprospera");
        let folder = |variable: &'static str, own: Option<PathBuf>| {
            environment
                .get(variable)
                .map(PathBuf::from)
                .or(own)
                .ok_or_else(|| {
                    Error::said(Kind::Usage, "this user has no home folder")
                        .hint(format!("set {variable} to a folder of yours"))
                })
        };
        let own_state = own.as_ref().map(|dirs| {
            dirs.state_dir()
                .unwrap_or_else(|| dirs.data_local_dir())
                .to_owned()
        });
        let state = folder(env::STATE_DIR, own_state.clone())?;
        Ok(Self {
            config: folder(
                env::CONFIG_DIR,
                own.as_ref().map(|dirs| dirs.config_dir().to_owned()),
            )?,
            cache: folder(
                env::CACHE_DIR,
                own.as_ref().map(|dirs| dirs.cache_dir().to_owned()),
            )?,
            keyring_locks: own_state.unwrap_or_else(|| state.clone()).join("keyring"),
            state,
        })
    }

    /// The configuration file.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// What the last login of a profile used.
    pub fn last_login_file(&self, profile: &str) -> PathBuf {
        self.state.join("logins").join(format!("{profile}.json"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_move_every_folder_but_the_locks_of_the_keyring() {
        let table = [
            (env::CONFIG_DIR, "/c"),
            (env::STATE_DIR, "/s"),
            (env::CACHE_DIR, "/k"),
        ];
        let folders = Folders::find(&Environment::from_table(&table)).unwrap();
        assert_eq!(folders.config_file(), PathBuf::from("/c/config.toml"));
        assert_eq!(folders.state, PathBuf::from("/s"));
        assert_eq!(folders.cache, PathBuf::from("/k"));
        assert!(
            !folders.keyring_locks.starts_with("/s"),
            "{:?}",
            folders.keyring_locks
        );
    }
}
