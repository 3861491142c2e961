//! `sandbox`: starts the embedded portal, for people until Ctrl-C, or for the time of one command.

use std::ffi::OsString;
use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::child;
use super::isolated_env::{IsolatedEnv, free_redirect_uris};
use crate::cli::{
    DiscoveryShape, LogFormat, MissingScopeStatus, SandboxArgs, SandboxCommand, SandboxOptions,
};
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::nearest::nearest;
use crate::output::{Output, Page, line};
use crate::process;
use eprospera_sandbox::{Client, Event, FaultError, Options, Persona, Sandbox};

/// The client of `sandbox exec` where none is named.
const WEB_CLIENT: &str = "sandbox-web";

/// Names the control token to the command of `sandbox exec`. It is no variable of this program:
/// what steers a sandbox is nothing that a session is made of.
const CONTROL_TOKEN: &str = "SANDBOX_CONTROL_TOKEN";

/// No file of people is larger, in bytes.
const MAX_PEOPLE_FILE_SIZE: u64 = 64_000_000;

pub(super) fn run(args: SandboxArgs, context: &Context) -> Result<ExitCode, Error> {
    match args.command {
        None => {
            let mut options = options(&args.options, context)?;
            options.port = args.port;
            serve(options, context)
        }
        Some(SandboxCommand::Exec { options, command }) => for_command(&options, &command, context),
    }
}

impl From<eprospera_sandbox::Error> for Error {
    fn from(error: eprospera_sandbox::Error) -> Self {
        match &error {
            eprospera_sandbox::Error::PortInUse { .. } => Self::failure(error)
                .hint("choose another port with `--port`; `--port 0` takes any free one"),
            eprospera_sandbox::Error::UnknownPersona { persona, known } => {
                let near = nearest(persona, known.split(", "));
                let hint = near.map(|near| format!("did you mean `{near}`?"));
                with_hint(Self::usage(error), hint)
            }
            _ => Self::failure(error),
        }
    }
}

fn options(given: &SandboxOptions, context: &Context) -> Result<Options, Error> {
    let usage = |error: Box<dyn std::error::Error + Send + Sync>| Error::usage(error);
    let mut options = Options {
        auto_approve: given.auto_approve.clone(),
        access_ttl: given.access_ttl,
        refresh_ttl: given.refresh_ttl,
        code_ttl: given.code_ttl,
        device_ttl: given.device_ttl,
        device_interval: given.device_interval,
        id_token_ttl: given.id_token_ttl,
        latency: given.latency,
        signing: given
            .signing
            .parse()
            .map_err(|error| usage(Box::new(error)))?,
        issuer_parameter: given.iss,
        short_discovery: given.discovery == DiscoveryShape::Short,
        missing_scope_status: match given.missing_scope_status {
            MissingScopeStatus::Forbidden => 403,
            MissingScopeStatus::Unauthorized => 401,
        },
        on_event: observer(given.log, context.output),
        ..Options::default()
    };
    if let Some(path) = &given.data {
        options.invite(people(path)?);
    }
    for client in &given.clients {
        options
            .clients
            .push(client.parse().map_err(|error| usage(Box::new(error)))?);
    }
    for fault in &given.faults {
        options.faults.push(fault.parse().map_err(unknown_fault)?);
    }
    Ok(options)
}

fn unknown_fault(error: FaultError) -> Error {
    let near = error
        .unknown()
        .and_then(|(word, known)| nearest(word, known.iter().copied()));
    let hint = near.map(|near| format!("did you mean `{near}`?"));
    with_hint(Error::usage(error), hint).hint("run `eprospera help sandbox-faults`")
}

fn with_hint(error: Error, hint: Option<String>) -> Error {
    match hint {
        Some(hint) => error.hint(hint),
        None => error,
    }
}

fn people(path: &Path) -> Result<Vec<Persona>, Error> {
    let name = path.display();
    let unreadable = |error: &dyn std::fmt::Display| {
        Error::usage(format!("cannot read the people in {name}: {error}"))
    };
    let mut text = String::new();
    let read = std::fs::File::open(path).and_then(|file| {
        file.take(MAX_PEOPLE_FILE_SIZE + 1)
            .read_to_string(&mut text)
    });
    let size = read.map_err(|error| unreadable(&error))?;
    if size as u64 > MAX_PEOPLE_FILE_SIZE {
        return Err(unreadable(&format!(
            "it is larger than {} MB",
            MAX_PEOPLE_FILE_SIZE / 1_000_000
        )));
    }
    eprospera_sandbox::read_people(&name.to_string(), &text).map_err(|error| {
        Error::usage(error).hint(
            "docs/sandbox.md describes the format; examples/sandbox/people.toml is an example",
        )
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

fn serve(options: Options, context: &Context) -> Result<ExitCode, Error> {
    process::parallel_runtime()?.block_on(async {
        let mut signals = context.interrupts.listen()?;
        let sandbox = Sandbox::start(options).await?;
        introduce(&sandbox, context)?;
        let ended = signals.ended(|| ()).await;
        sandbox.stop().await;
        // Ctrl-C is how a server is meant to be ended.
        match ended.kind() {
            Kind::Interrupted | Kind::Terminated => Ok(ExitCode::SUCCESS),
            _ => Err(ended),
        }
    })
}

fn introduce(sandbox: &Sandbox, context: &Context) -> Result<(), Error> {
    if context.output.is_json() {
        let json = json!({
            "url": sandbox.url(),
            "files_url": sandbox.files_url(),
            "control_token": sandbox.control_token(),
            "clients": sandbox.clients().iter().map(|client| json!({
                "id": client.id, "secret": client.secret, "redirect_uris": client.redirect_uris,
            })).collect::<Vec<_>>(),
            "personas": sandbox.personas().iter().map(|persona| json!({
                "id": persona.id, "name": persona.name, "description": persona.description,
            })).collect::<Vec<_>>(),
        });
        // One line, so that a script can wait for it.
        return context.output.data(&format!("{json}\n"));
    }
    context.output.page(&|page: &mut Page| {
        page.say(format!("The sandbox is running at {}", sandbox.url()));
        page.say(format!("Its files are at {}", sandbox.files_url()));
        page.say("It is a test double, not the real portal. All its people are fictional.");
        page.gap();
        page.table(
            ["client", "secret", "redirect URIs"],
            sandbox.clients().iter().flat_map(client_rows),
        );
        page.gap();
        page.table(
            ["persona", "name", "good for"],
            sandbox.personas().iter().map(|persona| {
                [
                    persona.id.clone(),
                    persona.name.clone(),
                    persona.description.clone(),
                ]
            }),
        );
        page.gap();
        page.say(format!(
            "Control token for /sandbox/*: {}",
            sandbox.control_token()
        ));
        let elsewhere = match sandbox.url() {
            "http://127.0.0.1:8787" => String::new(),
            url => format!(" --issuer {url}"),
        };
        page.say(format!(
            "Sign in from another terminal: eprospera --profile sandbox{elsewhere} login"
        ));
        page.say(format!(
            "Sign in with Prosper instead: eprospera --profile sandbox-prosper{elsewhere} login"
        ));
        page.say("Press Ctrl-C to stop.");
    })
}

/// A row for each redirect URI; the first says whose they are.
fn client_rows(client: &Client) -> Vec<[String; 3]> {
    let secret = client
        .secret
        .clone()
        .unwrap_or_else(|| "— (public)".to_owned());
    let first = client.redirect_uris.first().cloned().unwrap_or_default();
    let mut rows = vec![[client.id.clone(), secret, first]];
    let others = client.redirect_uris.iter().skip(1);
    rows.extend(others.map(|uri| [String::new(), String::new(), uri.clone()]));
    rows
}

fn for_command(
    given: &SandboxOptions,
    command: &[OsString],
    context: &Context,
) -> Result<ExitCode, Error> {
    let mut options = options(given, context)?;
    options.port = 0;
    let client = match given.clients.first() {
        Some(first) => first.parse::<Client>().map_err(Error::usage)?,
        None => register_free_ports(&mut options.clients)?,
    };
    process::parallel_runtime()?.block_on(async {
        let sandbox = Sandbox::start(options).await?;
        let isolated = IsolatedEnv::new(sandbox.url(), &client)?;
        context
            .output
            .note(format!("sandbox: {} for `{}`", sandbox.url(), client.id));
        let control_token = sandbox.control_token();
        let code = isolated_child(command, &isolated, control_token, context).await;
        sandbox.stop().await;
        isolated.close()?;
        code
    })
}

/// Gives the built-in web client redirect URIs that no other program holds.
fn register_free_ports(clients: &mut [Client]) -> Result<Client, Error> {
    let client = clients
        .iter_mut()
        .find(|client| client.id == WEB_CLIENT)
        .ok_or_else(|| Error::failure("the sandbox has no web client"))?;
    let free = free_redirect_uris(3)?;
    client.redirect_uris.extend(free.iter().cloned());
    Ok(Client {
        redirect_uris: free,
        ..client.clone()
    })
}

async fn isolated_child(
    command: &[OsString],
    isolated: &IsolatedEnv,
    control_token: &str,
    context: &Context,
) -> Result<ExitCode, Error> {
    let Some((program, arguments)) = command.split_first() else {
        return Err(Error::usage("there is no command to run"));
    };
    let mut process = std::process::Command::new(program);
    process.args(arguments);
    for name in IsolatedEnv::removed(&context.environment) {
        process.env_remove(name);
    }
    process.envs(
        isolated
            .variables()
            .iter()
            .map(|(name, value)| (*name, value)),
    );
    process.env(CONTROL_TOKEN, control_token);
    child::run(process, context).await
}
