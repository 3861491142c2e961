//! Which profiles there are, and what is said about one that is not there: a name that was mistyped is
//! otherwise a new profile of the real portal.

use super::Context;
use crate::config::{self, Config, DEFAULT_PROFILE};
use crate::error::Error;
use crate::nearest::nearest;
use crate::provider;
use crate::settings::Settings;

impl Context {
    /// The profiles of a configuration, those with a login and those that are built in.
    pub(crate) fn known_profiles(&self, config: &Config) -> Result<Vec<String>, Error> {
        Ok(names(config, self.profiles_with_logins()?))
    }

    /// Refuses a name under which no new profile can be kept. One that is there stays usable. Gives the
    /// known profiles, where the name is none of them.
    pub(crate) fn check_profile(&self, name: &str) -> Result<Option<Vec<String>>, Error> {
        let known = self.known_beside(name)?;
        if let Some(known) = &known {
            config::check_new_name(name, known)?;
        }
        Ok(known)
    }

    /// An error about a profile that is not there, with the one that was probably meant.
    pub(crate) fn unknown_profile(name: &str, known: &[String]) -> Error {
        let error = Error::from(config::Error::UnknownProfile(name.to_owned()));
        match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => error
                .only_hint(format!("did you mean `{near}`?"))
                .hint("run `eprospera profile list`"),
            None => error,
        }
    }

    /// Says that the profile in use is not there yet, where that is probably a slip: another has nearly
    /// the same name, or nothing says which client it is for.
    pub(super) fn warn_of_unknown_profile(&self, settings: &Settings, known: &[String]) {
        let name = &settings.profile.value;
        match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => self.output.caution(format!(
                "there is no profile `{name}` yet (from {}); did you mean `{near}`?",
                settings.profile.source
            )),
            None if settings.client_id.is_none() => self.output.caution(format!(
                "there is no profile `{name}` yet (from {}); `eprospera profile list` shows yours",
                settings.profile.source
            )),
            None => {}
        }
    }

    /// The known profiles, where a name is none of them. That of a session that was found is one.
    fn known_beside(&self, name: &str) -> Result<Option<Vec<String>>, Error> {
        if self.provider.is_some() {
            return Ok(None);
        }
        let config = self.config()?;
        let is_among = |known: &[String]| known.iter().any(|known| known == name);
        // Most runs need no look at the logins.
        if is_among(&names(config, Vec::new())) {
            return Ok(None);
        }
        // Whatever is in the way of what logins used is said when it is needed.
        let known = names(config, self.profiles_with_logins().unwrap_or_default());
        Ok((!is_among(&known)).then_some(known))
    }
}

fn names(config: &Config, with_logins: Vec<String>) -> Vec<String> {
    let built_in = provider::ALL.iter().flat_map(|provider| provider.profiles);
    let built_in = built_in.map(|profile| profile.name.to_owned());
    let names = config
        .names()
        .into_iter()
        .chain(with_logins)
        .chain(built_in);
    let mut names: Vec<_> = names.chain([DEFAULT_PROFILE.to_owned()]).collect();
    names.sort();
    names.dedup();
    names
}
