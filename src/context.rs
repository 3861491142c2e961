//! What a command works with: settings, streams, store, HTTP. Each is made when it is first asked
//! for, so that a local command starts no runtime and no TLS.
//!
//! The one place that turns variables and flags into the parts below it.

mod auth_methods;
mod hints;
mod known_secrets;
mod logins;
mod profiles;
mod secrets;
mod server;
mod session;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use url::Url;

use crate::cli::Global;
use crate::clock::Clock;
use crate::config::Config;
use crate::env;
use crate::environment::Environment;
use crate::error::Error;
use crate::folders::{self, Folders};
use crate::interrupt::Interrupts;
use crate::output::{Color, Format, LogWriter, Output, Progress};
use crate::process;
use crate::provider::{Feature, Provider};
use crate::settings::{self, LastLogin, SessionLocation, Settings};
use crate::store::{Identity, StoreKind};

use self::logins::Logins;

pub(crate) use secrets::Given;

pub(crate) struct Context {
    pub output: Output,
    /// The surroundings of the process.
    pub environment: Environment,
    pub flags: Global,
    /// Source of the current time.
    pub clock: Clock,
    pub interrupts: Interrupts,
    /// Whose the session is, where that is not left to the profile.
    provider: Option<&'static Provider>,
    is_despite_damaged_logins: bool,
    folders: OnceCell<Folders>,
    config: OnceCell<Config>,
    settings: OnceCell<Settings>,
}

impl Context {
    /// Looks at flags and surroundings.
    pub(crate) fn open(flags: Global, environment: Environment) -> Result<Self, Error> {
        known_secrets::register(&environment);
        let output = output(&flags, &environment)?;
        Ok(Self {
            output,
            environment,
            flags,
            clock: Clock::System,
            interrupts: Interrupts::default(),
            provider: None,
            is_despite_damaged_logins: false,
            folders: OnceCell::new(),
            config: OnceCell::new(),
            settings: OnceCell::new(),
        })
    }

    /// Whether nothing may be asked of a person, and no browser opened by itself.
    pub(crate) fn no_input(&self) -> bool {
        self.flags.no_input
            || self.environment.is_on(env::NO_INPUT)
            || self.environment.is_on(env::CI)
    }

    /// Whether a person can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        !self.no_input() && self.environment.has_person()
    }

    /// Prints why the command ends, unless that was printed already.
    #[must_use]
    pub(crate) fn report(&self, error: Error) -> Error {
        if error.is_silent() || error.is_reported() {
            return error;
        }
        let error = self.explained(error);
        self.output.failure(&error);
        error.reported()
    }

    /// Begins to show how so many files come.
    pub(crate) fn progress(&self, files: usize) -> Progress {
        self.output.progress(files, self.can_move_cursor())
    }

    fn can_move_cursor(&self) -> bool {
        self.environment.text(env::TERM).as_deref() != Some("dumb")
    }

    /// Starts the log on stderr where one was asked for. Secrets never reach it: their type
    /// prints as `[redacted]`, URLs are logged without their query, and what a server repeats is
    /// taken out at last. What libraries have to say about their own business would bury it.
    pub(crate) fn start_log(&self) {
        let level = match (
            self.flags.verbose,
            self.environment.text(env::LOG).as_deref(),
        ) {
            (2.., _) | (0, Some("trace")) => tracing::Level::TRACE,
            (1, _) | (0, Some("debug")) => tracing::Level::DEBUG,
            (0, Some("info")) => tracing::Level::INFO,
            _ => return,
        };
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(level)
            .with_writer(|| LogWriter)
            .with_ansi(false)
            .without_time()
            .finish()
            .with(Targets::new().with_target(env!("CARGO_PKG_NAME"), level));
        // A second log in one process is of no use, and no reason to fail.
        drop(tracing::subscriber::set_global_default(subscriber));
    }

    /// Where this program keeps its files.
    pub(crate) fn folders(&self) -> &Folders {
        self.folders
            .get_or_init(|| Folders::find(&self.environment))
    }

    /// All folders in which this program keeps its own files.
    pub(crate) fn own_folders(&self) -> Vec<PathBuf> {
        let folders = self.folders();
        let named = [folders.config(), folders.state(), folders.cache()];
        let named = named.into_iter().flatten().map(Path::to_owned);
        named.chain(folders::of_user()).collect()
    }

    /// The configuration file as it was when this run first read it. A user without a home has none.
    pub(crate) fn config(&self) -> Result<&Config, Error> {
        once(&self.config, || {
            let Some(file) = self.folders().config_file_if_any()? else {
                return Ok(Config::default());
            };
            let config = Config::load(&file)?;
            for unknown in config.unknown_keys() {
                self.output.caution(unknown);
            }
            Ok(config)
        })
    }

    /// What this run works with: folders, then the configuration and the last login in them, each
    /// read once, then every value from those.
    pub(crate) fn settings(&self) -> Result<&Settings, Error> {
        once(&self.settings, || {
            let config = self.config()?;
            let name = settings::profile_name(&self.flags, &self.environment, config)?;
            let others = self.check_profile(&name.value)?;
            let settings = self.settings_of(name)?;
            known_secrets::publish(&settings);
            if let Some(known) = others {
                self.warn_of_unknown_profile(&settings, &known);
            }
            Ok(settings)
        })
    }

    /// What a run with a named profile would work with.
    pub(crate) fn settings_of(&self, name: settings::Setting<String>) -> Result<Settings, Error> {
        let mut profile = self.config()?.profile(&name.value);
        if let Some(provider) = self.provider {
            let profile = profile.get_or_insert_default();
            profile.provider = Some(provider.name.to_owned());
            profile.token_auth = profile
                .token_auth
                .take()
                .filter(|method| provider.client_auth.contains(&method.as_str()));
        }
        let last = match self.last_login(&name.value) {
            Err(_) if self.is_despite_damaged_logins => None,
            last => last?,
        };
        Settings::resolve(name, &self.flags, &self.environment, profile, last)
    }

    fn logins(&self) -> Result<Logins, Error> {
        Ok(Logins::in_folder(self.folders().logins()?))
    }

    /// The file with what the last login of a profile used.
    pub(crate) fn login_file(&self, profile: &str) -> Result<PathBuf, Error> {
        Ok(self.logins()?.file(profile))
    }

    /// What the last login of a profile used. A user without a home has none.
    pub(crate) fn last_login(&self, profile: &str) -> Result<Option<LastLogin>, Error> {
        match self.folders().state_if_any()? {
            Some(_) => self.logins()?.last(profile),
            None => Ok(None),
        }
    }

    pub(crate) fn profiles_with_logins(&self) -> Result<Vec<String>, Error> {
        match self.folders().state_if_any()? {
            Some(_) => self.logins()?.profiles(),
            None => Ok(Vec::new()),
        }
    }

    /// Takes an identity out of the places where sessions may be: it has none any more.
    pub(crate) fn forget_sessions(&self, identity: &Identity) -> Result<(), Error> {
        self.logins()?.forget(identity, |_| true)
    }

    /// The same for one store: another may hold a session of the same identity, which a logout must
    /// find.
    pub(crate) fn forget_session_in(
        &self,
        kind: &StoreKind,
        identity: &Identity,
    ) -> Result<(), Error> {
        let store = kind.to_string();
        let is_there = |place: &SessionLocation| place.store == store;
        self.logins()?.forget(identity, is_there)
    }

    /// Remembers where a session is, and what it was asked for with.
    pub(crate) fn remember_session(&self, identity: &Identity, scope: &str) -> Result<(), Error> {
        self.logins()?.remember(self.settings()?, identity, scope)
    }

    /// Remembers where a session is about to begin. Returns what was remembered before.
    pub(crate) fn remember_beginning(
        &self,
        identity: &Identity,
        scope: &str,
    ) -> Result<Option<LastLogin>, Error> {
        let settings = self.settings()?;
        self.logins()?.remember_beginning(settings, identity, scope)
    }

    /// Takes that back: nothing has begun.
    pub(crate) fn forget_beginning(
        &self,
        identity: &Identity,
        before: Option<&LastLogin>,
    ) -> Result<(), Error> {
        let store = self.settings()?.store.value.to_string();
        self.logins()?.forget_beginning(&store, identity, before)
    }

    /// The same for a session that is stored already: a failure to remember what it was made with
    /// is not a reason to give it up.
    pub(crate) fn remember_or_warn(&self, identity: &Identity, scope: &str) {
        if let Err(error) = self.remember_session(identity, scope) {
            self.output.warn(format!(
                "the session is stored, but its settings could not be saved, so pass the same \
                 flags to later commands: {}",
                error.sentence()
            ));
        }
    }

    /// The same run for another session, which may be from before its profile had this provider.
    pub(crate) fn for_session(
        &self,
        identity: &Identity,
        provider: &'static Provider,
    ) -> Result<Self, Error> {
        let flags = Global {
            profile: Some(identity.profile.clone()),
            issuer: Some(identity.issuer.clone()),
            client_id: Some(identity.client_id.clone()),
            ..self.flags.clone()
        };
        // The given secret is that of the client in use, and another provider must not see it.
        let is_in_use = self.identity().is_ok_and(|in_use| {
            (in_use.issuer, in_use.client_id)
                == (identity.issuer.clone(), identity.client_id.clone())
        });
        let environment = if is_in_use {
            self.environment.clone()
        } else {
            self.environment
                .without(&[env::CLIENT_SECRET, env::CLIENT_SECRET_FILE])
        };
        Ok(Self {
            provider: Some(provider),
            is_despite_damaged_logins: self.is_despite_damaged_logins,
            ..self.again(flags, environment)?
        })
    }

    /// The same run, to which what is remembered of a profile's logins is nothing where it cannot be
    /// read: it looks into the stores itself, and a list that is damaged keeps no session signed in.
    pub(crate) fn despite_damaged_logins(&self) -> Result<Self, Error> {
        Ok(Self {
            is_despite_damaged_logins: true,
            ..self.again(self.flags.clone(), self.environment.clone())?
        })
    }

    /// A context with other flags, and the files that this run has read.
    fn again(&self, flags: Global, environment: Environment) -> Result<Self, Error> {
        Ok(Self {
            folders: self.folders.clone(),
            config: self.config.clone(),
            ..Self::open(flags, environment)?
        })
    }

    /// Requires that the provider in use offers what a command or a flag needs, before a person or a
    /// server is asked for anything.
    pub(crate) fn require(&self, feature: Feature, asked: &str) -> Result<(), Error> {
        let settings = self.settings()?;
        let provider = settings.provider.value;
        if provider.offers(feature) {
            return Ok(());
        }
        let (title, profile) = (provider.title, &settings.profile.value);
        Err(Error::usage(format!(
            "`{asked}` cannot be used with {title}: it has no {feature}"
        ))
        .hint(format!(
            "profile {profile} is for {title}; choose another with `--profile NAME`"
        )))
    }

    /// Whose session a command works on.
    pub(crate) fn identity(&self) -> Result<Identity, Error> {
        let settings = self.settings()?;
        let Some(client_id) = &settings.client_id else {
            return Err(no_client_id(Error::usage, settings));
        };
        Ok(Identity {
            profile: settings.profile.value.clone(),
            issuer: settings.issuer.value.as_str().to_owned(),
            client_id: client_id.value.clone(),
        })
    }

    /// The portal's origin.
    pub(crate) fn origin(&self) -> Result<Url, Error> {
        Ok(self.settings()?.issuer.value.endpoint("/"))
    }

    /// Runs asynchronous work to its end, or to a signal.
    pub(crate) fn block_on<T>(
        &self,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        self.wait_for("Waiting for the portal…", work)
    }

    /// The same for work that waits for something else than the portal.
    pub(crate) fn wait_for<T>(
        &self,
        words: &'static str,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let _waiting = self.output.waiting(words, self.can_move_cursor());
        let runtime = process::runtime()?;
        let output = self.output;
        let _bounded = self.interrupts.bounded();
        let outcome = runtime.block_on(async {
            let mut signals = self.interrupts.listen()?;
            let ended = signals.ended(move || {
                output.prompt("finishing the token refresh first; press Ctrl-C again to stop now");
            });
            tokio::select! {
                biased;
                error = ended => Err(error),
                // What was held back is over, and so is the command.
                outcome = work => self.interrupts.end_of(outcome),
            }
        });
        // A keyring call or a lock that another process holds must not delay the end.
        runtime.shutdown_background();
        outcome
    }

    /// How long a script may wait for a lock that is only needed to delete or store.
    pub(crate) const SHORT_WAIT: Duration = logins::SHORT_WAIT;
}

fn output(flags: &Global, environment: &Environment) -> Result<Output, Error> {
    if flags.jq.is_some() && flags.output == Some(Format::Table) {
        return Err(
            Error::usage("`--jq` filters JSON, but a table was requested")
                .hint("leave out `--output table`, or choose columns with `--fields`"),
        );
    }
    let choice = match (flags.json, flags.output, environment.text(env::OUTPUT)) {
        (true, ..) => Format::Json,
        (false, Some(choice), _) => choice,
        (false, None, None) => Format::Auto,
        (false, None, Some(text)) => {
            <Format as clap::ValueEnum>::from_str(&text, true).map_err(|_| {
                Error::usage(format!("{} is `{text}`", env::OUTPUT)).hint("use auto, table or json")
            })?
        }
    };
    let color = flags.color.unwrap_or_default();
    let no_color = color == Color::Auto && environment.get(env::NO_COLOR).is_some();
    let output = Output::new(choice, color, no_color, flags.quiet);
    Ok(output.only(flags.fields.clone(), flags.jq.clone()))
}

/// The value of a cell, which is filled where it is empty.
fn once<T>(cell: &OnceCell<T>, load: impl FnOnce() -> Result<T, Error>) -> Result<&T, Error> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    let value = load()?;
    Ok(cell.get_or_init(|| value))
}

fn no_client_id(error: fn(String) -> Error, settings: &Settings) -> Error {
    error(format!(
        "no client id is known for {} in profile {}",
        settings.issuer.value, settings.profile.value
    ))
    .hint("pass `--client-id ID`, or run `eprospera profile set client_id ID`")
    .hint(settings.provider.value.registration)
}
