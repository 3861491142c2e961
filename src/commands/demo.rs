//! `demo`: the whole tool at work with nothing to set up: a sandbox in this process, and the real
//! commands against it, each with its command line and its real output.
//!
//! The person's browser is played by what follows redirects; the sandbox approves.

use std::process::{ExitCode, ExitStatus, Stdio};

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;
use url::Url;

use super::isolated_env::{IsolatedEnv, free_redirect_uris};
use super::redirects;
use crate::context::Context;
use crate::env;
use crate::error::Error;
use crate::output::Page;
use crate::process;
use eprospera_sandbox::{Client, Options, Sandbox};

/// The commands after the login, in order.
const STEPS: [(&str, &[&str]); 8] = [
    ("Who is signed in?", &["whoami"]),
    (
        "What does the portal know about this person?",
        &["me", "natural-person"],
    ),
    ("Is this person a resident?", &["me", "residency"]),
    (
        "Which legal entities were shared at the sign-in?",
        &["me", "legal-entities"],
    ),
    ("Refresh the session", &["refresh"]),
    ("Verify the ID token, check by check", &["decode-id-token"]),
    (
        "What is in use, and where does each value come from?",
        &["status"],
    ),
    ("Revoke the tokens and delete the session", &["logout"]),
];

pub(super) fn run(context: &Context) -> Result<ExitCode, Error> {
    process::parallel_runtime()?.block_on(async {
        let mut signals = context.interrupts.listen()?;
        tokio::select! {
            biased;
            ended = signals.ended(|| ()) => Err(ended),
            outcome = show(context) => outcome.map(|()| ExitCode::SUCCESS),
        }
    })
}

async fn show(context: &Context) -> Result<(), Error> {
    let mut client = Client::new("demo", None, free_redirect_uris(3)?);
    "The demo".clone_into(&mut client.name);
    let sandbox = Sandbox::start(Options {
        port: 0,
        auto_approve: Some(String::new()),
        clients: vec![client.clone()],
        ..Options::default()
    })
    .await?;
    let stage = Stage {
        context,
        isolated: IsolatedEnv::new(sandbox.url(), &client)?,
        sandbox: &sandbox,
    };
    context.output.page(&|page: &mut Page| {
        page.say(format!(
            "A sandbox of the portal runs inside this process, at {}.",
            sandbox.url()
        ));
        page.say("All its people are fictional, and none of your data is read or stored.");
    })?;
    stage.login().await?;
    for (title, arguments) in STEPS {
        stage.step(title, arguments).await?;
    }
    stage.isolated.close()?;
    sandbox.stop().await;
    context.output.page(&|page: &mut Page| {
        page.gap();
        page.paragraph(
            "That is all. Next, run `eprospera sandbox` to try it yourself, or `eprospera login \
             --client-id ID` to sign in to the real portal.",
        );
    })
}

struct Stage<'a> {
    context: &'a Context,
    isolated: IsolatedEnv,
    sandbox: &'a Sandbox,
}

impl Stage<'_> {
    fn announce(&self, title: &str, arguments: &[&str]) -> Result<(), Error> {
        self.context.output.page(&|page: &mut Page| {
            page.gap();
            page.heading(format!("# {title}"));
            page.say(format!("$ eprospera {}", arguments.join(" ")));
        })
    }

    fn command(&self, arguments: &[&str]) -> Result<Command, Error> {
        let program = std::env::current_exe().map_err(Error::failure)?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        eprospera_inherited_signals::apply_to(command.as_std_mut());
        let environment = &self.context.environment;
        self.isolated.apply_to(command.as_std_mut(), environment);
        // The demo is for eyes, also when it is piped.
        command.env(env::OUTPUT, "table");
        Ok(command)
    }

    async fn step(&self, title: &str, arguments: &[&str]) -> Result<(), Error> {
        self.announce(title, arguments)?;
        let status = self.command(arguments)?.status().await;
        succeeded(arguments, status.map_err(Error::failure)?)
    }

    /// Runs `login`, and opens the URL that it prints.
    async fn login(&self) -> Result<(), Error> {
        let arguments = ["login", "--no-browser"];
        self.announce(
            "Sign in: the demo opens the URL instead of your browser",
            &arguments,
        )?;
        let failed = |error: std::io::Error| Error::failure(error);
        let mut child = self
            .command(&arguments)?
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let Some(stderr) = child.stderr.take() else {
            return Err(Error::failure("the login command has no stderr"));
        };
        let mut lines = BufReader::new(stderr).lines();
        let mut browser = None;
        while let Some(line) = lines.next_line().await.map_err(failed)? {
            self.context.output.prompt(&line);
            if let Some(url) = self.authorization_url(&line) {
                browser = Some(tokio::spawn(redirects::follow(url)));
            }
        }
        if let Some(browser) = browser {
            browser.await.map_err(Error::failure)??;
        }
        succeeded(&arguments, child.wait().await.map_err(failed)?)
    }

    fn authorization_url(&self, line: &str) -> Option<Url> {
        let url = Url::parse(line.trim()).ok()?;
        let issuer = Url::parse(self.sandbox.url()).ok()?;
        (url.origin() == issuer.origin()).then_some(url)
    }
}

fn succeeded(arguments: &[&str], status: ExitStatus) -> Result<(), Error> {
    if status.success() {
        return Ok(());
    }
    let command = arguments.join(" ");
    Err(
        Error::failure(format!("`eprospera {command}` ended with {status}"))
            .hint("this should not happen; please report it with the output above"),
    )
}
