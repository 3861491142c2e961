//! What logins used, remembered without a secret, so that later commands need no flags.

use super::Context;
use crate::error::{Error, Kind};
use crate::private_file;
use crate::settings::{LastLogin, SessionLocation, Settings};
use crate::store::{self, Identity};

impl Context {
    /// What the last login of a profile used.
    pub(crate) fn last_login(&self, profile: &str) -> Result<Option<LastLogin>, Error> {
        let path = self.folders()?.last_login_file(profile);
        // What is read there chooses issuer and store, and a store can be a program.
        private_file::check_dir(path.parent().unwrap_or(&path))?;
        let Some(text) = private_file::read(&path)? else {
            return Ok(None);
        };
        serde_json::from_slice(&text).map(Some).map_err(|error| {
            Error::msg(
                Kind::Store,
                format!("{} is damaged: {error}", path.display()),
            )
            .hint(
                "delete it and run `eprospera login` again; the session itself is not in it, and \
                 `eprospera logout --all` ends it all the same",
            )
        })
    }

    /// The profiles that anybody ever signed in with.
    pub(crate) fn profiles_with_logins(&self) -> Result<Vec<String>, Error> {
        let folder = self.folders()?.last_login_file("any");
        let folder = folder.parent().unwrap_or(&folder);
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(private_file::Error::from_io("list", folder, error).into()),
        };
        let mut names: Vec<_> = entries
            .filter_map(|entry| {
                let name = entry.ok()?.file_name().into_string().ok()?;
                name.strip_suffix(".json")
                    .filter(|name| !name.starts_with('.'))
                    .map(str::to_owned)
            })
            .collect();
        names.sort();
        Ok(names)
    }

    /// Takes an identity out of the places where sessions may be stored: it has none any more.
    pub(crate) fn forget_sessions(&self, identity: &Identity) -> Result<(), Error> {
        self.forget(identity, |_| true)
    }

    /// The same for one store: another may hold a session of the same identity, which a logout must
    /// find.
    pub(crate) fn forget_session_in(
        &self,
        kind: &store::StoreKind,
        identity: &Identity,
    ) -> Result<(), Error> {
        let store = kind.to_string();
        self.forget(identity, |place| place.store == store)
    }

    fn forget(
        &self,
        identity: &Identity,
        is_gone: impl Fn(&SessionLocation) -> bool,
    ) -> Result<(), Error> {
        self.change_login(&identity.profile, |last| {
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

    /// Remembers where a session is stored, and what it was asked for with.
    pub(crate) fn remember_session(&self, identity: &Identity, scope: &str) -> Result<(), Error> {
        let settings = self.settings()?;
        self.change_login(&identity.profile, |before| {
            Some(last_login(settings, identity, scope, before))
        })
    }

    /// Remembers where a session is about to begin, so that the next run finds what a killed one leaves.
    /// What later commands use without flags only changes where no other session is known. Returns what
    /// was remembered before.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub(crate) fn remember_beginning(
        &self,
        identity: &Identity,
        scope: &str,
    ) -> Result<Option<LastLogin>, Error> {
        let settings = self.settings()?;
        let mut known = None;
        self.change_login(&identity.profile, |before| {
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

    /// Takes that back: nothing has begun. Without an earlier login nothing stays.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub(crate) fn forget_beginning(
        &self,
        identity: &Identity,
        before: Option<&LastLogin>,
    ) -> Result<(), Error> {
        let kind = self.settings()?.store.value.to_string();
        let is_here = |place: &SessionLocation| {
            place.issuer == identity.issuer
                && place.client_id == identity.client_id
                && place.store == kind
        };
        if before.is_some_and(|before| before.sessions.iter().any(is_here)) {
            return Ok(());
        }
        let mut is_first = false;
        self.change_login(&identity.profile, |last| {
            let mut last = last?;
            last.sessions.retain(|place| !is_here(place));
            if !last.sessions.is_empty() {
                return Some(last);
            }
            is_first = before.is_none();
            Some(before.cloned().unwrap_or(last))
        })?;
        if is_first {
            private_file::remove(&self.folders()?.last_login_file(&identity.profile))?;
        }
        Ok(())
    }

    /// Changes what is remembered of a profile's logins, as `change` makes it of what was. Between
    /// reading and writing no other process may do the same: logins of one profile can run side by
    /// side, and none of them may lose another's session.
    fn change_login(
        &self,
        profile: &str,
        change: impl FnOnce(Option<LastLogin>) -> Option<LastLogin>,
    ) -> Result<(), Error> {
        let path = self.folders()?.last_login_file(profile);
        let _guard = private_file::lock(&path.with_extension("lock"), Self::SHORT_WAIT)?;
        let Some(login) = change(self.last_login(profile)?) else {
            return Ok(());
        };
        let text =
            serde_json::to_vec_pretty(&login).map_err(|error| Error::new(Kind::Failure, error))?;
        private_file::remove_leftovers(&path)?;
        Ok(private_file::replace(&path, &text)?)
    }
}

impl Context {
    /// The same for a session that is stored already: that nobody remembers what it was made with
    /// is no reason to give it up.
    pub(crate) fn remember_or_warn(&self, identity: &Identity, scope: &str) {
        if let Err(error) = self.remember_session(identity, scope) {
            self.output.warn(format!(
                "the session is stored, but what it was made with is not remembered, so give the \
                 same flags to later commands: {}",
                error.sentence()
            ));
        }
    }
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
        redirect_uris: settings
            .redirect_uris
            .value
            .iter()
            .map(|uri| uri.as_str().to_owned())
            .collect(),
        scopes: scope.to_owned(),
        store: here.store,
        sessions,
    }
}
