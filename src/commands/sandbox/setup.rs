//! What a sandbox is set up with: a configuration file, the flags above it, and the files that the
//! two name.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eprospera_sandbox::{
    Client, Config, Event, FaultError, GivenKey, KeyFileError, Options, Persona, Sandbox,
};

use super::failure::{unknown_persona, with_hint};
use super::ready_file::ReadyFile;
use super::tls::Tls;
use crate::cli::{
    DiscoveryShape, LogFormat, MissingScopeStatus, SandboxArgs, SandboxCommand, SandboxOptions,
};
use crate::context::Context;
use crate::error::Error;
use crate::files::{self, quoted};
use crate::nearest::nearest;
use crate::output::{Output, line};
use crate::secret::Secret;
use crate::unicode;

/// No file of people and no configuration is larger, in bytes.
const MAX_FILE_SIZE: usize = 64 * 1024 * 1024;

/// A set-up that has been checked.
pub(super) struct Setup {
    pub(super) options: Options,
    /// What cannot change while the sandbox runs.
    pub(super) fixed: Fixed,
    /// The clients of the flags, then those of the file.
    pub(super) own_clients: Vec<Client>,
    /// Clients whose secret is in the file, where it stays.
    pub(super) hidden: Vec<String>,
    /// The files that it was read from.
    pub(super) sources: Vec<PathBuf>,
}

/// Settings that count from the next start.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Fixed {
    port: u16,
    signing: String,
    signing_key: Option<String>,
    pub(super) tls: Option<Tls>,
    log: LogFormat,
    pub(super) ready_file: Option<PathBuf>,
}

impl Fixed {
    /// The names of the settings that differ.
    pub(super) fn differences(&self, other: &Self) -> Vec<&'static str> {
        let pairs = [
            ("port", self.port == other.port),
            ("signing", self.signing == other.signing),
            ("signing_key", self.signing_key == other.signing_key),
            ("tls", self.tls.is_some() == other.tls.is_some()),
            ("tls_ca", !is_moved(self.tls.as_ref(), other.tls.as_ref())),
            ("log", self.log == other.log),
            ("ready_file", self.ready_file == other.ready_file),
        ];
        let differing = pairs.into_iter().filter(|(_, is_same)| !is_same);
        differing.map(|(name, _)| name).collect()
    }
}

/// Whether https goes on with another authority.
fn is_moved(one: Option<&Tls>, other: Option<&Tls>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// Where settings are in the file, for the beginning of a message; empty for what a flag says.
struct Places {
    auto_approve: String,
    data: String,
    signing_key: String,
    tls_ca: String,
    ready_file: String,
}

impl Places {
    fn of(args: &SandboxArgs, flags: &SandboxOptions, file: &Config) -> Self {
        let place = |setting: &str, is_flag: bool| {
            let place = file.place(setting).filter(|_| !is_flag);
            let place = place.zip(flags.config.as_deref());
            let words = |((line, column), path): ((usize, usize), &Path)| {
                format!("{}:{line}:{column}: ", path.display())
            };
            place.map(words).unwrap_or_default()
        };
        Self {
            auto_approve: place("auto_approve", flags.auto_approve.is_some()),
            data: place("data", flags.data.is_some()),
            signing_key: place("signing_key", flags.signing_key.is_some()),
            tls_ca: place("tls_ca", flags.tls_ca.is_some()),
            ready_file: place("ready_file", args.ready_file.is_some()),
        }
    }
}

/// Reads the file and the flags of a run. `sandbox exec` chooses its port itself, and needs no file
/// to be waited for.
pub(super) fn read(args: &SandboxArgs, context: &Context) -> Result<Setup, Error> {
    let (flags, is_exec) = match &args.command {
        Some(SandboxCommand::Exec { options, .. }) => (&**options, true),
        _ => (&args.options, false),
    };
    let mut over = of_flags(flags)?;
    over.port = if is_exec { Some(0) } else { args.port };
    over.ready_file.clone_from(&args.ready_file);
    let mut own_clients = over.clients.clone();
    let path = flags.config.as_deref();
    let file = path.map(configuration).transpose()?.unwrap_or_default();
    let hidden = file.clients.iter().filter(|client| !client.is_public());
    let hidden = hidden.map(|client| client.id.clone());
    let of_flag = |id: &String| own_clients.iter().any(|client| client.id == *id);
    let hidden = hidden.filter(|id| !of_flag(id)).collect();
    own_clients.extend(file.clients.iter().cloned());
    let places = Places::of(args, flags, &file);
    let mut config = file.overridden_by(over);
    let mut sources: Vec<_> = path.map(Path::to_owned).into_iter().collect();
    if let Some(path) = config.data.take() {
        config.personas.extend(people(&path, &places.data)?);
        sources.push(path);
    }
    let key = config.signing_key.as_deref();
    let key = key.map(|path| signing_key(path, config.signing, &places.signing_key));
    let signing_key = key.transpose()?;
    let tls = Tls::of(&config, &places.tls_ca)?;
    let log = config.log.map_or(LogFormat::Text, LogFormat::from);
    let ready_file = config.ready_file.take().filter(|_| !is_exec);
    if let Some(path) = &ready_file {
        ReadyFile::check(path, &places.ready_file)?;
    }
    let options = Options {
        on_event: observer(log, context.output),
        signing_key: signing_key.clone(),
        ..config.options()
    };
    if let Err(error) = Sandbox::check(&options) {
        return Err(unknown_persona(&error, &places.auto_approve));
    }
    let signing = signing_key.as_ref().map(GivenKey::algorithm);
    Ok(Setup {
        fixed: Fixed {
            port: options.port,
            signing: signing.unwrap_or(options.signing).to_string(),
            signing_key: signing_key.map(|key| key.kid().to_owned()),
            tls,
            log,
            ready_file,
        },
        options,
        own_clients,
        hidden,
        sources,
    })
}

/// The flags as a configuration.
fn of_flags(flags: &SandboxOptions) -> Result<Config, Error> {
    let mut config = Config::default();
    config.auto_approve.clone_from(&flags.auto_approve);
    config.data.clone_from(&flags.data);
    config.access_ttl = flags.access_ttl;
    config.refresh_ttl = flags.refresh_ttl;
    config.code_ttl = flags.code_ttl;
    config.device_ttl = flags.device_ttl;
    config.device_interval = flags.device_interval;
    config.id_token_ttl = flags.id_token_ttl;
    config.latency = flags.latency;
    config.signing_key.clone_from(&flags.signing_key);
    // A folder is named to be used, whatever the file says about https.
    config.tls = (flags.tls || flags.tls_ca.is_some()).then_some(true);
    config.tls_ca.clone_from(&flags.tls_ca);
    config.iss = flags.iss.then_some(true);
    config.discovery = flags.discovery.map(DiscoveryShape::into);
    config.missing_scope_status = flags.missing_scope_status.map(MissingScopeStatus::number);
    config.log = flags.log.map(LogFormat::into);
    let signing = flags.signing.as_deref().map(str::parse).transpose();
    config.signing =
        signing.map_err(|error: eprospera_sandbox::UnknownAlgorithm| Error::usage(error))?;
    for client in &flags.clients {
        config.clients.push(
            client
                .parse()
                .map_err(|error: eprospera_sandbox::ClientError| Error::usage(error))?,
        );
    }
    for fault in &flags.faults {
        config.faults.push(fault.parse().map_err(unknown_fault)?);
    }
    Ok(config)
}

fn unknown_fault(error: FaultError) -> Error {
    let near = error
        .unknown()
        .and_then(|(word, known)| nearest(word, known.iter().copied()));
    let hint = near.map(|near| format!("did you mean `{near}`?"));
    with_hint(Error::usage(error), hint).hint("run `eprospera help sandbox-faults`")
}

/// Reads the configuration. Its relative paths start at its own folder.
fn configuration(path: &Path) -> Result<Config, Error> {
    let name = path.display().to_string();
    let text = text(path, "the configuration", "")?;
    let mut config = Config::read(&name, &text).map_err(|error| {
        let hint = "docs/sandbox.md describes the settings; docs/sandbox-config.schema.json is \
                    their schema";
        match error.problems.as_slice() {
            [_] => Error::usage(error),
            [first, others @ ..] => {
                let others = others.iter().map(ToString::to_string).collect::<Vec<_>>();
                Error::usage(first.to_string()).details(others.into())
            }
            [] => Error::usage(format!("cannot read the configuration in {name}")),
        }
        .hint(hint)
    })?;
    for client in &config.clients {
        if let Some(secret) = &client.secret {
            // From now on no sentence shows it.
            Secret::new(secret.clone()).register();
        }
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let named = [
        &mut config.data,
        &mut config.signing_key,
        &mut config.tls_ca,
        &mut config.ready_file,
    ];
    for named in named.into_iter().flatten() {
        *named = folder.join(&*named);
    }
    Ok(config)
}

fn people(path: &Path, place: &str) -> Result<Vec<Persona>, Error> {
    let text = text(path, "the people", place)?;
    let name = path.display().to_string();
    eprospera_sandbox::read_people(&name, &text).map_err(|error| {
        Error::usage(error).hint(
            "docs/sandbox.md describes the format; examples/sandbox/people.toml is an example",
        )
    })
}

/// Reads what a flag or a setting names.
fn text(path: &Path, what: &str, place: &str) -> Result<String, Error> {
    let name = path.display();
    let unreadable = |error: &dyn std::fmt::Display| {
        Error::usage(format!("{place}cannot read {what} in {name}: {error}"))
    };
    let mut bytes = files::read(path, MAX_FILE_SIZE).map_err(|error| unreadable(&error))?;
    unicode::text(std::mem::take(&mut *bytes)).map_err(|error| unreadable(&error))
}

fn signing_key(
    path: &Path,
    asked: Option<eprospera_sandbox::Algorithm>,
    place: &str,
) -> Result<GivenKey, Error> {
    let name = path.display();
    let make = || {
        format!(
            "make a key with `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out {}`",
            quoted(path)
        )
    };
    let unreadable = |error: &dyn std::fmt::Display| {
        Error::usage(format!(
            "{place}cannot use the signing key in {name}: {error}"
        ))
    };
    let bytes = files::read_secret(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => unreadable(&"there is no such file").hint(make()),
        _ => unreadable(&error),
    })?;
    GivenKey::from_pem(&unicode::utf8(&bytes), asked).map_err(|error| match &error {
        KeyFileError::Conflict { .. } => unreadable(&error)
            .hint("leave out `--signing` and `signing`: the key decides, or use another key"),
        // There is a file, which the command to make one would overwrite.
        _ => unreadable(&error).hint(
            "use another key, or name a file that does not exist to get the command that makes one",
        ),
    })
}

fn observer(format: LogFormat, output: Output) -> Option<eprospera_sandbox::Observer> {
    match format {
        LogFormat::None => None,
        LogFormat::Json => Some(Arc::new(move |event: &Event| {
            output.prompt(serde_json::to_value(event).unwrap_or_default());
        })),
        LogFormat::Text => Some(Arc::new(move |event: &Event| {
            output.note(line(&sentence(event)));
            if let Some(hint) = hint(event) {
                output.note(line(&hint));
            }
        })),
    }
}

fn sentence(event: &Event) -> String {
    let Event {
        method,
        path,
        status,
        outcome,
        ..
    } = event;
    match status {
        Some(status) => format!("{method} {path} {status}  {outcome}"),
        None => format!("{method} {path} —  {outcome}"),
    }
}

/// What to send instead of a refused request. A device that waits for its person hears so every
/// few seconds, and has nothing to change.
fn hint(event: &Event) -> Option<String> {
    let instead = event.send_instead.as_deref()?;
    let waits = event.outcome.starts_with("authorization_pending");
    (!waits).then(|| format!("  hint: {instead}"))
}

impl From<eprospera_sandbox::LogFormat> for LogFormat {
    fn from(format: eprospera_sandbox::LogFormat) -> Self {
        match format {
            eprospera_sandbox::LogFormat::Text => Self::Text,
            eprospera_sandbox::LogFormat::Json => Self::Json,
            eprospera_sandbox::LogFormat::None => Self::None,
        }
    }
}

impl From<LogFormat> for eprospera_sandbox::LogFormat {
    fn from(format: LogFormat) -> Self {
        match format {
            LogFormat::Text => Self::Text,
            LogFormat::Json => Self::Json,
            LogFormat::None => Self::None,
        }
    }
}

impl From<DiscoveryShape> for eprospera_sandbox::DiscoveryShape {
    fn from(shape: DiscoveryShape) -> Self {
        match shape {
            DiscoveryShape::Full => Self::Full,
            DiscoveryShape::Short => Self::Short,
        }
    }
}

impl MissingScopeStatus {
    const fn number(self) -> u16 {
        match self {
            Self::Forbidden => 403,
            Self::Unauthorized => 401,
        }
    }
}
