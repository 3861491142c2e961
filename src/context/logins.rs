//! What logins used, remembered without a secret, so that later commands need no flags.

use std::path::PathBuf;
use std::time::Duration;

use crate::config;
use crate::error::Error;
use crate::private_file;
use crate::settings::{LastLogin, SessionLocation, Settings};
use crate::store::Identity;

/// How long a script may wait for a lock that is only needed to delete or store.
pub(super) const SHORT_WAIT: Duration = Duration::from_secs(20);

/// The files with what logins used, one for each profile.
pub(super) struct Logins {
    folder: PathBuf,
}

impl Logins {
    pub(super) fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The file of a profile, whether it is there or not.
    pub(super) fn file(&self, profile: &str) -> PathBuf {
        self.folder.join(format!("{}.json", stem(profile)))
    }

    /// What the last login of a profile used.
    pub(super) fn last(&self, profile: &str) -> Result<Option<LastLogin>, Error> {
        let path = self.file(profile);
        // What is read there chooses issuer and store, and a store can be a program.
        private_file::check_dir(&self.folder)?;
        let Some(text) = private_file::read(&path)? else {
            return Ok(None);
        };
        serde_json::from_slice(&text).map(Some).map_err(|error| {
            Error::store(format!("{} is damaged: {error}", path.display())).hint(
                "delete it and run `eprospera login` again. It does not contain the session \
                 itself; to end that, run `eprospera logout --all`",
            )
        })
    }

    /// The profiles with a login.
    pub(super) fn profiles(&self) -> Result<Vec<String>, Error> {
        if !private_file::check_dir(&self.folder)? {
            return Ok(Vec::new());
        }
        let entries = std::fs::read_dir(&self.folder)
            .map_err(|error| private_file::Error::from_io("list", &self.folder, error))?;
        let mut names: Vec<_> = entries
            .filter_map(|entry| {
                let name = entry.ok()?.file_name().into_string().ok()?;
                name.strip_suffix(".json")
                    .filter(|stem| !stem.starts_with('.'))
                    .map(profile_of)
            })
            .collect();
        names.sort();
        Ok(names)
    }

    /// Takes an identity out of the places where sessions may be, for those that are gone.
    pub(super) fn forget(
        &self,
        identity: &Identity,
        is_gone: impl Fn(&SessionLocation) -> bool,
    ) -> Result<(), Error> {
        self.change(&identity.profile, |last| {
            let mut last = last?;
            let before = last.sessions.len();
            last.sessions.retain(|place| {
                place.issuer != identity.issuer
                    || place.client_id != identity.client_id
                    || !is_gone(place)
            });
            (last.sessions.len() != before).then_some(last)
        })
    }

    /// Remembers where a session is, and what it was asked for with.
    pub(super) fn remember(
        &self,
        settings: &Settings,
        identity: &Identity,
        scope: &str,
    ) -> Result<(), Error> {
        self.change(&identity.profile, |before| {
            Some(last_login(settings, identity, scope, before))
        })
    }

    /// Remembers where a session is about to begin, so that the next run finds what a killed one leaves.
    /// What later commands use without flags only changes where no other session is known. Returns what
    /// was remembered before.
    pub(super) fn remember_beginning(
        &self,
        settings: &Settings,
        identity: &Identity,
        scope: &str,
    ) -> Result<Option<LastLogin>, Error> {
        let mut known = None;
        self.change(&identity.profile, |before| {
            known.clone_from(&before);
            let begun = last_login(settings, identity, scope, before.clone());
            Some(match before {
                Some(before) if !before.sessions.is_empty() => LastLogin {
                    sessions: begun.sessions,
                    ..before
                },
                _ => begun,
            })
        })?;
        Ok(known)
    }

    /// Takes that back: nothing has begun in this store. Without an earlier login nothing stays.
    pub(super) fn forget_beginning(
        &self,
        store: &str,
        identity: &Identity,
        before: Option<&LastLogin>,
    ) -> Result<(), Error> {
        let is_here = |place: &SessionLocation| {
            place.issuer == identity.issuer
                && place.client_id == identity.client_id
                && place.store == store
        };
        if before.is_some_and(|before| before.sessions.iter().any(is_here)) {
            return Ok(());
        }
        let mut is_first = false;
        self.change(&identity.profile, |last| {
            let mut last = last?;
            last.sessions.retain(|place| !is_here(place));
            if !last.sessions.is_empty() {
                return Some(last);
            }
            is_first = before.is_none();
            Some(before.cloned().unwrap_or(last))
        })?;
        if is_first {
            private_file::remove(&self.file(&identity.profile))?;
        }
        Ok(())
    }

    /// Changes what is remembered of a profile's logins, under a lock: logins of one profile can
    /// run side by side, and none of them may lose another's session.
    fn change(
        &self,
        profile: &str,
        change: impl FnOnce(Option<LastLogin>) -> Option<LastLogin>,
    ) -> Result<(), Error> {
        let path = self.file(profile);
        let _guard = private_file::lock(&path.with_extension("lock"), SHORT_WAIT)?;
        let Some(login) = change(self.last(profile)?) else {
            return Ok(());
        };
        let text = serde_json::to_vec_pretty(&login).map_err(Error::failure)?;
        private_file::remove_leftovers(&path)?;
        Ok(private_file::replace(&path, &text)?)
    }
}

/// Marks what a file name has in place of a profile's: a capital letter when it comes before a letter,
/// else a name that Windows reserves. No profile's name has it.
const MARK: char = '~';

/// Whether a file is called as its profile. Windows and macOS do not tell case apart, and Windows has
/// devices in the place of some names.
const IS_PROFILE: bool = cfg!(not(any(windows, target_os = "macos")));

/// The file name of a profile without its ending.
fn stem(profile: &str) -> String {
    if IS_PROFILE {
        profile.to_owned()
    } else {
        marked(profile)
    }
}

/// The profile of a file.
fn profile_of(stem: &str) -> String {
    if IS_PROFILE {
        stem.to_owned()
    } else {
        unmarked(stem)
    }
}

/// Profiles that have been there for long may differ only in case, or be called as a device of Windows:
/// their names in a form that is neither.
fn marked(profile: &str) -> String {
    let mut stem = String::with_capacity(profile.len() + 1);
    for letter in profile.chars() {
        if letter.is_ascii_uppercase() {
            stem.push(MARK);
        }
        stem.push(letter.to_ascii_lowercase());
    }
    if config::is_device(&stem) {
        stem.insert(stem.find('.').unwrap_or(stem.len()), MARK);
    }
    stem
}

fn unmarked(stem: &str) -> String {
    let mut profile = String::with_capacity(stem.len());
    let mut letters = stem.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != MARK {
            profile.push(letter);
        } else if let Some(capital) = letters.next_if(char::is_ascii_lowercase) {
            profile.push(capital.to_ascii_uppercase());
        }
    }
    profile
}

fn last_login(
    settings: &Settings,
    identity: &Identity,
    scope: &str,
    before: Option<LastLogin>,
) -> LastLogin {
    let here = SessionLocation {
        provider: settings.provider.value.name.to_owned(),
        issuer: identity.issuer.clone(),
        client_id: identity.client_id.clone(),
        store: settings.store.value.to_string(),
    };
    let mut sessions = before.map(|last| last.sessions).unwrap_or_default();
    // A store holds one session of an identity: the newest, which comes last.
    sessions.retain(|place| {
        let same = |one: fn(&SessionLocation) -> &String| one(place) == one(&here);
        !(same(|at| &at.issuer) && same(|at| &at.client_id) && same(|at| &at.store))
    });
    sessions.push(here.clone());
    LastLogin {
        provider: here.provider,
        issuer: here.issuer,
        client_id: here.client_id,
        redirect_uris: settings.redirect_uri_texts(),
        scopes: scope.to_owned(),
        store: here.store,
        sessions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_names_differ_on_every_system_and_name_their_profiles() {
        let mut stems = Vec::new();
        for (profile, expected) in [
            ("default", "default"),
            ("work.2_a-b", "work.2_a-b"),
            ("Work", "~work"),
            ("WORK", "~w~o~r~k"),
            ("work", "work"),
            ("con", "con~"),
            ("CON", "~c~o~n"),
            ("aux.txt", "aux~.txt"),
            ("lpt1.A.b", "lpt1~.~a.b"),
            ("con.", "con~."),
            ("1", "1"),
        ] {
            assert_eq!(marked(profile), expected);
            assert_eq!(unmarked(expected), profile);
            assert!(!config::is_device(expected), "{expected}");
            stems.push(expected.to_ascii_lowercase());
        }
        stems.sort();
        stems.dedup();
        assert_eq!(stems.len(), 11);
    }
}
