//! What a command works with: settings, streams, store, HTTP. Each is made when it is first asked
//! for, so that a local command starts no runtime and no TLS.
//!
//! The one place that turns variables and flags into the parts below it.

use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::cli::Global;
use crate::clock::Clock;
use crate::config::Config;
use crate::environment::Environment;
use crate::error::{Error, Kind};
use crate::folders::Folders;
use crate::http;
use crate::interrupt::Interrupts;
use crate::oauth::{ClientAuth, ClientCredentials, Issuer};
use crate::output::{Choice, Color, Output};
use crate::secret::Secret;
use crate::session::{Cache, Keeper, Renewer, Server};
use crate::settings::{self, LastLogin, Settings, TokenAuth};
use crate::store::{self, Entry, Identity, KeyMaterial, Store, file};
use crate::{env, session};

/// What a command works with.
pub struct Context {
    /// The standard streams.
    pub output: Output,
    /// The surroundings of the process.
    pub environment: Environment,
    /// Flags of every command.
    pub flags: Global,
    /// Where the present comes from.
    pub clock: Clock,
    /// Signals.
    pub interrupts: Interrupts,
    folders: OnceCell<Folders>,
    settings: OnceCell<Settings>,
}

impl Context {
    /// Looks at flags and surroundings.
    ///
    /// # Errors
    /// A usage error for a variable that cannot be understood.
    pub fn open(flags: Global, environment: Environment) -> Result<Self, Error> {
        let output = output(&flags, &environment)?;
        Ok(Self {
            output,
            environment,
            flags,
            clock: Clock::System,
            interrupts: Interrupts::default(),
            folders: OnceCell::new(),
            settings: OnceCell::new(),
        })
    }

    /// Whether nothing may be asked of a person, and no browser opened by itself.
    pub fn no_input(&self) -> bool {
        self.flags.no_input
            || self.environment.is_on(env::NO_INPUT)
            || self.environment.is_on(env::CI)
    }

    /// Whether a person can be asked.
    pub fn can_ask(&self) -> bool {
        !self.no_input() && self.environment.has_person()
    }

    /// Starts the log on stderr where one was asked for. Secrets never reach it: their type
    /// prints as `[redacted]`, and URLs are logged without their query.
    pub fn start_log(&self) {
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
            .with_writer(std::io::stderr)
            .with_ansi(false)
            .without_time()
            .finish();
        // A second log in one process is of no use, and no reason to fail.
        drop(tracing::subscriber::set_global_default(subscriber));
    }

    /// Where files lie.
    ///
    /// # Errors
    /// See [`Folders::find`].
    pub fn folders(&self) -> Result<&Folders, Error> {
        if let Some(folders) = self.folders.get() {
            return Ok(folders);
        }
        let folders = Folders::find(&self.environment)?;
        Ok(self.folders.get_or_init(|| folders))
    }

    /// The configuration file.
    ///
    /// # Errors
    /// A usage error when it cannot be understood.
    pub fn config(&self) -> Result<Config, Error> {
        Ok(Config::load(&self.folders()?.config_file())?)
    }

    /// What this run works with.
    ///
    /// # Errors
    /// A usage error that names the value and its source.
    pub fn settings(&self) -> Result<&Settings, Error> {
        if let Some(settings) = self.settings.get() {
            return Ok(settings);
        }
        let config = self.config()?;
        let name = settings::profile_name(&self.flags, &self.environment, &config)?;
        let settings = self.settings_of(name, &config)?;
        Ok(self.settings.get_or_init(|| settings))
    }

    /// What a run with a named profile would work with.
    ///
    /// # Errors
    /// A usage error that names the value and its source.
    pub fn settings_of(
        &self,
        name: settings::Setting<String>,
        config: &Config,
    ) -> Result<Settings, Error> {
        let profile = config.profile(&name.value);
        let last = self.last_login(&name.value)?;
        Settings::resolve(name, &self.flags, &self.environment, profile, last)
    }

    /// What the last login of a profile used.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn last_login(&self, profile: &str) -> Result<Option<LastLogin>, Error> {
        let path = self.folders()?.last_login_file(profile);
        let Some(text) = file::read_private(&path)? else {
            return Ok(None);
        };
        serde_json::from_slice(&text).map(Some).map_err(|error| {
            Error::said(
                Kind::Store,
                format!("{} is damaged: {error}", path.display()),
            )
            .hint("delete it and run `eprospera login` again; the session itself is not in it")
        })
    }

    /// The profiles that anybody ever signed in with.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn profiles_with_logins(&self) -> Result<Vec<String>, Error> {
        let folder = self.folders()?.last_login_file("any");
        let folder = folder.parent().unwrap_or(&folder);
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(store::Error::from_io("list", folder, error).into()),
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

    /// The same run for another session.
    ///
    /// # Errors
    /// As [`Context::open`].
    pub fn for_session(&self, identity: &Identity) -> Result<Self, Error> {
        let flags = Global {
            profile: Some(identity.profile.clone()),
            issuer: Some(identity.issuer.clone()),
            client_id: Some(identity.client_id.clone()),
            ..self.flags.clone()
        };
        Self::open(flags, self.environment.clone())
    }

    /// Remembers what a login used.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remember_login(&self, profile: &str, login: &LastLogin) -> Result<(), Error> {
        let path = self.folders()?.last_login_file(profile);
        let text =
            serde_json::to_vec_pretty(login).map_err(|error| Error::new(Kind::Failure, error))?;
        file::ensure_private_dir(path.parent().unwrap_or(&path))?;
        Ok(file::replace(&path, &text)?)
    }

    /// Takes an identity out of the places where sessions may lie: it has none any more.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn forget_sessions(&self, identity: &Identity) -> Result<(), Error> {
        let Some(mut last) = self.last_login(&identity.profile)? else {
            return Ok(());
        };
        let before = last.sessions.len();
        last.sessions.retain(|place| {
            place.issuer != identity.issuer || place.client_id != identity.client_id
        });
        if last.sessions.len() == before {
            return Ok(());
        }
        self.remember_login(&identity.profile, &last)
    }

    /// Whose session a command works on.
    ///
    /// # Errors
    /// A usage error when no client id is known.
    pub fn identity(&self) -> Result<Identity, Error> {
        let settings = self.settings()?;
        let Some(client_id) = &settings.client_id else {
            return Err(no_client_id(Kind::Usage, settings));
        };
        Ok(Identity {
            profile: settings.profile.value.clone(),
            issuer: settings.issuer.value.as_str().to_owned(),
            client_id: client_id.value.clone(),
        })
    }

    /// The store that the settings name.
    ///
    /// # Errors
    /// When the folders cannot be found.
    pub fn store(&self) -> Result<Arc<dyn Store>, Error> {
        self.store_of(&self.settings()?.store.value)
    }

    /// A store of a kind.
    ///
    /// # Errors
    /// When the folders cannot be found.
    pub fn store_of(&self, kind: &store::Kind) -> Result<Arc<dyn Store>, Error> {
        let folders = self.folders()?;
        let mut places = store::Places::new(folders.state.clone(), folders.keyring_locks.clone());
        if self.can_ask() {
            let output = self.output;
            places.patience = store::Patience::interactive(move || {
                output.note("waiting for the OS keyring to be unlocked…");
            });
        }
        let (environment, ask) = (self.environment.clone(), self.can_ask());
        Ok(Arc::from(store::open(kind, &places, move || {
            store_key(&environment, ask)
        })))
    }

    /// The keeper of the session in use.
    ///
    /// # Errors
    /// Exit 3 when no client id is known, as there is no session then; else when the folders
    /// cannot be found.
    pub fn keeper(&self) -> Result<Keeper, Error> {
        let settings = self.settings()?;
        if settings.client_id.is_none() {
            return Err(no_client_id(Kind::LoginRequired, settings));
        }
        let keeper = self.keeper_in(self.store()?, self.identity()?);
        match keeper.restore_at_once() {
            Ok(true) => self.output.note(
                "the session that an earlier command rescued is back in its store, nothing is lost",
            ),
            Err(error @ session::Error::NotRestored(_)) => {
                self.output.warn(format!(
                    "{}; it is used from its rescue file",
                    Error::from(error).sentence()
                ));
            }
            // Reading the session says the same as any other error.
            Ok(false) | Err(_) => {}
        }
        Ok(keeper)
    }

    /// The keeper of an identity's session in a store.
    pub fn keeper_in(&self, store: Arc<dyn Store>, identity: Identity) -> Keeper {
        Keeper::new(store, identity, self.clock)
    }

    /// An HTTP client for an issuer: no proxy and no trust roots for a plain loopback one.
    ///
    /// # Errors
    /// When a root file cannot be used.
    pub fn http(&self, issuer: &Issuer) -> Result<http::Client, Error> {
        let timeout = match (
            self.flags.request_timeout,
            self.environment.text(env::REQUEST_TIMEOUT),
        ) {
            (Some(timeout), _) => timeout,
            (None, Some(text)) => crate::cli::duration(&text).map_err(|reason| {
                Error::said(Kind::Usage, format!("{}: {reason}", env::REQUEST_TIMEOUT))
            })?,
            (None, None) => http::Options::default().timeout,
        };
        let ca_file = self.environment.get(env::CA_FILE).map(PathBuf::from);
        let options = http::Options {
            timeout,
            connect_timeout: http::Options::default().connect_timeout.min(timeout),
            extra_roots: self.flags.ca_file.clone().or(ca_file),
            only_roots: self.environment.get(env::SSL_CERT_FILE).map(PathBuf::from),
            plain_loopback: issuer.is_plain_loopback(),
        };
        Ok(http::Client::open(&options)?)
    }

    /// The provider's side of the session in use.
    ///
    /// # Errors
    /// When no client id is known, or HTTP or the client secret cannot be had.
    pub fn server(&self, store: &dyn Store) -> Result<Server, Error> {
        let issuer = self.settings()?.issuer.value.clone();
        let credentials = self.credentials(store, &self.identity()?)?;
        self.server_with(issuer, credentials)
    }

    fn credentials(
        &self,
        store: &dyn Store,
        identity: &Identity,
    ) -> Result<ClientCredentials, Error> {
        let settings = self.settings()?;
        let chosen = settings.token_auth.as_ref().map(|setting| setting.value);
        let secret = match chosen {
            Some(TokenAuth::None) => None,
            _ => self.client_secret(store, identity)?,
        };
        let auth = match (chosen, secret) {
            (Some(TokenAuth::None) | None, None) => ClientAuth::None,
            (Some(TokenAuth::Post), Some(secret)) => ClientAuth::Post(secret),
            (_, Some(secret)) => ClientAuth::Basic(secret),
            (Some(method), None) => {
                return Err(Error::said(
                    Kind::Usage,
                    format!(
                        "the profile says {}, but there is no client secret",
                        method.name()
                    ),
                )
                .hint("run `eprospera profile set client-secret`"));
            }
        };
        Ok(ClientCredentials {
            id: identity.client_id.clone(),
            auth,
        })
    }

    fn client_secret(
        &self,
        store: &dyn Store,
        identity: &Identity,
    ) -> Result<Option<Secret>, Error> {
        if let Some(secret) = secret_of(
            &self.environment,
            env::CLIENT_SECRET,
            env::CLIENT_SECRET_FILE,
        )? {
            return Ok(Some(secret));
        }
        let entry = Entry::ClientSecret {
            issuer: identity.issuer.clone(),
            client_id: identity.client_id.clone(),
        };
        Ok(store.get(&entry)?)
    }

    /// The provider's side for checking an ID token: needs a client id, but no client secret.
    ///
    /// # Errors
    /// When no client id is known, or HTTP cannot be had.
    pub fn server_for_verification(&self, audience: Option<&str>) -> Result<Server, Error> {
        let settings = self.settings()?;
        let issuer = settings.issuer.value.clone();
        let id = match audience {
            Some(id) => id.to_owned(),
            None => self.identity()?.client_id,
        };
        self.server_with(
            issuer,
            ClientCredentials {
                id,
                auth: ClientAuth::None,
            },
        )
    }

    fn server_with(&self, issuer: Issuer, credentials: ClientCredentials) -> Result<Server, Error> {
        Ok(Server {
            http: self.http(&issuer)?,
            provider: self.settings()?.provider.value,
            cache: Cache::new(&self.folders()?.cache, &issuer, self.clock),
            issuer,
            credentials,
            clock: self.clock,
        })
    }

    /// Renews the session of a keeper at its provider.
    pub fn renewer<'a>(&'a self, keeper: &'a Keeper, server: &'a Server) -> Renewer<'a> {
        Renewer {
            keeper,
            server,
            interrupts: &self.interrupts,
            wait: session::LOCK_WAIT,
        }
    }

    /// The portal's origin.
    ///
    /// # Errors
    /// When the settings cannot be had.
    pub fn origin(&self) -> Result<Url, Error> {
        Ok(self.settings()?.issuer.value.endpoint("/"))
    }

    /// Runs asynchronous work to its end, or to a signal.
    ///
    /// # Errors
    /// That of the work, or the interruption.
    pub fn block_on<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Error::new(Kind::Failure, error))?;
        let output = self.output;
        let outcome = runtime.block_on(async {
            let mut signals = self.interrupts.listen()?;
            let ended = signals.ended(move || {
                output.prompt("finishing the token rotation first; press Ctrl-C again to end now");
            });
            tokio::select! {
                biased;
                error = ended => Err(error),
                // What was held back is over, and so is the command.
                outcome = work => self.interrupts.caught().map_or(outcome, Err),
            }
        });
        // A keyring call or a lock that somebody else holds must not delay the end.
        runtime.shutdown_background();
        outcome
    }

    /// How long a script may wait for a lock that is only needed to delete or store.
    pub const SHORT_WAIT: Duration = Duration::from_secs(20);
}

fn output(flags: &Global, environment: &Environment) -> Result<Output, Error> {
    let choice = match (flags.json, flags.output, environment.text(env::OUTPUT)) {
        (true, ..) => Choice::Json,
        (false, Some(choice), _) => choice,
        (false, None, None) => Choice::Auto,
        (false, None, Some(text)) => {
            <Choice as clap::ValueEnum>::from_str(&text, true).map_err(|_| {
                Error::said(Kind::Usage, format!("{} is `{text}`", env::OUTPUT))
                    .hint("use auto, table or json")
            })?
        }
    };
    let color = flags.color.unwrap_or_default();
    let no_color = color == Color::Auto && environment.get(env::NO_COLOR).is_some();
    Ok(Output::new(choice, color, no_color, flags.quiet))
}

fn no_client_id(kind: Kind, settings: &Settings) -> Error {
    Error::said(
        kind,
        format!(
            "no client id is known for {} in profile {}",
            settings.issuer.value, settings.profile.value
        ),
    )
    .hint("give `--client-id ID`, or run `eprospera profile set client_id ID`")
    .hint(settings.provider.value.registration)
}

/// A secret from a variable, or from the file that another variable names. A final line break in
/// the file does not count.
fn secret_of(
    environment: &Environment,
    variable: &'static str,
    file_variable: &'static str,
) -> Result<Option<Secret>, Error> {
    if let Some(text) = environment.get(variable) {
        let text = text
            .to_str()
            .ok_or_else(|| Error::said(Kind::Usage, format!("{variable} is not UTF-8")))?;
        return Ok(Some(Secret::new(text.to_owned())));
    }
    let Some(path) = environment.get(file_variable).map(PathBuf::from) else {
        return Ok(None);
    };
    let unusable = |reason: String| {
        Error::said(
            Kind::Usage,
            format!("{file_variable}: cannot use {}: {reason}", path.display()),
        )
    };
    let bytes = std::fs::read(&path).map_err(|error| unusable(error.to_string()))?;
    let text = Secret::from_utf8(bytes).ok_or_else(|| unusable("it is not UTF-8".to_owned()))?;
    let trimmed = text.expose().trim_end_matches(['\r', '\n']);
    if trimmed.is_empty() {
        return Err(unusable("it is empty".to_owned()));
    }
    Ok(Some(Secret::new(trimmed.to_owned())))
}

fn store_key(environment: &Environment, ask: bool) -> Result<Option<KeyMaterial>, store::Error> {
    let source = |error: Box<dyn std::error::Error + Send + Sync>| store::Error::KeySource(error);
    let given = secret_of(environment, env::STORE_KEY, env::STORE_KEY_FILE)
        .map_err(|error| source(error.message().into()))?;
    if let Some(text) = given {
        return KeyMaterial::parse(&text).map(Some);
    }
    if !ask {
        return Ok(None);
    }
    let text = rpassword::prompt_password("Passphrase of the encrypted store: ")
        .map_err(|error| source(error.into()))?;
    KeyMaterial::parse(&Secret::new(text)).map(Some)
}
