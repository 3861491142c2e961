//! Secrets that come by variable, by file or by prompt, never by flag.

use std::path::{Path, PathBuf};

use super::Context;
use crate::crypto::{self, KeyMaterial, Sealer};
use crate::env;
use crate::environment::Environment;
use crate::error::Error;
use crate::files;
use crate::output;
use crate::prompt;
use crate::provider::Provider;
use crate::secret::{self, Secret};
use crate::store;

/// A bearer credential that was given from outside: used as it is, in place of the session.
#[derive(Debug)]
pub(crate) struct Given {
    pub token: Secret,
    pub source: &'static str,
}

impl Context {
    /// The bearer credential that a variable gives. It wins over the stored session.
    pub(crate) fn given_token(&self) -> Result<Option<Given>, Error> {
        let token = secret_of(&self.environment, env::TOKEN, env::TOKEN_FILE)?;
        let token = token.map(Secret::registered);
        let is_variable = self.environment.get(env::TOKEN).is_some();
        let source = if is_variable {
            env::TOKEN
        } else {
            env::TOKEN_FILE
        };
        if token
            .as_ref()
            .is_some_and(|token| !is_bearer(token.expose()))
        {
            let error = format!("{source} contains characters that are not allowed in a token");
            return Err(Error::usage(error)
                .hint("set it to the token alone, without spaces or line breaks"));
        }
        if let Some(token) = &token {
            self.require_own(token, source)?;
        }
        Ok(token.map(|token| Given { token, source }))
    }

    /// A credential of one provider is never sent to another.
    fn require_own(&self, token: &Secret, source: &str) -> Result<(), Error> {
        let settings = self.settings()?;
        let ours = settings.provider.value;
        match Provider::of_credential(token.expose()) {
            Some(owner) if owner != ours => Err(Error::usage(format!(
                "{source} holds a credential for {}, but profile {} is for {}",
                owner.title, settings.profile.value, ours.title
            ))
            .hint(format!(
                "nothing was sent; unset {source}, or choose another profile with `--profile`"
            ))),
            _ => Ok(()),
        }
    }

    /// Opens what was sealed with the key of encrypted stores.
    pub(crate) fn opener(&self) -> Sealer {
        let (environment, ask) = (self.environment.clone(), self.can_ask());
        Sealer::new(move || store_key(&environment, ask, None))
    }

    /// Seals with the key of encrypted stores.
    pub(crate) fn sealer(&self) -> Sealer {
        self.new_sealer((env::STORE_KEY, env::STORE_KEY_FILE))
    }

    /// Seals with the key that replaces it.
    pub(crate) fn successor(&self) -> Sealer {
        self.new_sealer((env::NEW_STORE_KEY, env::NEW_STORE_KEY_FILE))
    }

    fn new_sealer(&self, variables: (&'static str, &'static str)) -> Sealer {
        let (environment, ask) = (self.environment.clone(), self.can_ask());
        Sealer::new(move || new_key(&environment, ask, variables))
    }

    /// Asks for a secret on the terminal, without showing what is typed.
    pub(crate) fn ask(&self, question: &str) -> Result<Secret, Error> {
        use crate::prompt::Error as E;
        let _question = output::question();
        prompt::secret(question).map_err(|error| match error {
            E::Interrupted => self
                .interrupts
                .caught()
                .unwrap_or_else(|| Error::interrupted(error)),
            E::Ended | E::NotText | E::TooLong => Error::usage(error),
            E::Terminal(_) => Error::failure(error),
        })
    }

    /// Says on stderr that a command works on the stored session although a credential is given.
    pub(crate) fn say_that_the_store_is_meant(&self, command: &str) {
        for source in [env::TOKEN, env::TOKEN_FILE] {
            if self.environment.get(source).is_some() {
                self.output.note(format!(
                    "{source} is set, but `{command}` uses the stored session"
                ));
                return;
            }
        }
    }
}

/// Whether a text can be sent as a bearer token: visible characters of ASCII (RFC 6750 §2.1).
fn is_bearer(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A secret from a variable, or from the file that another variable names. What is around it does not
/// count. The caller registers it as what it is: a token or a passphrase.
pub(super) fn secret_of(
    environment: &Environment,
    variable: &'static str,
    file_variable: &'static str,
) -> Result<Option<Secret>, Error> {
    if let Some(text) = environment.get(variable) {
        let text = text
            .to_str()
            .ok_or_else(|| Error::usage(format!("{variable} is not UTF-8")))?;
        return Ok(Some(Secret::unregistered(text.to_owned())));
    }
    let Some(path) = environment.get(file_variable).map(PathBuf::from) else {
        return Ok(None);
    };
    let unusable = |reason: String| {
        Error::usage(format!(
            "{file_variable}: cannot use {}: {reason}",
            path.display()
        ))
    };
    let mut bytes = files::read_secret(&path).map_err(|error| {
        let inner = error.get_ref();
        match inner.and_then(|inner| inner.downcast_ref::<files::Untrusted>()) {
            Some(files::Untrusted::Foreign { .. }) => {
                unusable(error.to_string()).hint("use a file that belongs to you or to root")
            }
            Some(cause) => unusable(error.to_string()).hint(cause.way_out(file_variable)),
            None => unusable(error.to_string()),
        }
    })?;
    let text = Secret::of_text(std::mem::take(&mut *bytes))
        .map_err(|error| unusable(error.to_string()))?;
    let trimmed = secret::strip(text.expose());
    if trimmed.is_empty() {
        return Err(unusable("it is empty".to_owned()));
    }
    Ok(Some(Secret::unregistered(trimmed.to_owned())))
}

/// The key of the encrypted store below a state folder. A person who is asked for one that does not
/// exist yet is asked twice.
pub(super) fn store_key(
    environment: &Environment,
    ask: bool,
    state_dir: Option<&Path>,
) -> Result<Option<KeyMaterial>, crypto::Error> {
    let source = |error: Box<dyn std::error::Error + Send + Sync>| crypto::Error::KeySource(error);
    let given = secret_of(environment, env::STORE_KEY, env::STORE_KEY_FILE)
        .map_err(|error| source(error.message().into()))?;
    if let Some(text) = given {
        return KeyMaterial::parse(&text).map(Some);
    }
    if !ask {
        return Ok(None);
    }
    let is_new = state_dir.is_some_and(|folder| store::is_new(folder).unwrap_or(false));
    let typed = if is_new {
        asked_twice("New passphrase for the encrypted store: ")?
    } else {
        asked("Passphrase for the encrypted store: ")?
    };
    KeyMaterial::parse(&typed).map(Some)
}

/// A key that something is sealed with for the first time: asked for twice, as a slip of the
/// finger would be found too late.
fn new_key(
    environment: &Environment,
    ask: bool,
    variables: (&'static str, &'static str),
) -> Result<Option<KeyMaterial>, crypto::Error> {
    let given = secret_of(environment, variables.0, variables.1)
        .map_err(|error| crypto::Error::KeySource(error.message().into()))?;
    if let Some(text) = given {
        return KeyMaterial::parse(&text).map(Some);
    }
    if !ask {
        return Ok(None);
    }
    KeyMaterial::parse(&asked_twice("New passphrase: ")?).map(Some)
}

fn asked_twice(question: &str) -> Result<Secret, crypto::Error> {
    let first = asked(question)?;
    if asked("Repeat the passphrase: ")?.equals(first.expose()) {
        return Ok(first);
    }
    Err(crypto::Error::Mistyped)
}

fn asked(question: &str) -> Result<Secret, crypto::Error> {
    use crate::prompt::Error as E;
    let _question = output::question();
    prompt::secret(question).map_err(|error| match error {
        E::Interrupted => crypto::Error::Interrupted,
        E::Ended => crypto::Error::NotTyped,
        error => crypto::Error::KeySource(error.into()),
    })
}
