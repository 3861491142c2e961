//! The authorization code flow: the browser brings the answer to a listener, or the person pastes
//! its last address. Whichever comes first is exchanged, once.
//!
//! The page in the browser says what really happened.

use std::pin::Pin;
use std::time::Duration;

use super::attempt::{Login, SIGN_IN_TIMEOUT, SignedIn};
use super::messages::{TOKENS_MAY_LIVE, mispasted, mode, obstacle, timed_out};
use super::summary::greet;
use crate::browser;
use crate::clock::timeout;
use crate::error::Error;
use crate::oauth::{
    self, Authorization, AuthorizationOutcome, BrowserReply, Callback, Code, Listener, Metadata,
    Nonce, Params, RedirectUri, ResponseMode,
};
use crate::prompt::Pastes;
use crate::secret::Secret;
use crate::session::{ProviderClient, Record};

/// How long an answer may take once the person has pressed Ctrl-C, or the time is up.
pub(super) const INTERRUPTED_EXCHANGE_TIMEOUT: Duration = Duration::from_secs(1);

/// The two ways back from the browser.
struct AnswerChannels {
    redirect_uri: RedirectUri,
    listener: Option<Listener>,
    pastes: Option<Pastes>,
}

impl AnswerChannels {
    fn echo_note(&self) -> &'static str {
        self.pastes.as_ref().map_or("", Pastes::echo_note)
    }
}

/// Why a code has not become a session.
pub(super) struct NotExchanged {
    pub(super) error: Error,
    /// Whether the code may have reached the provider.
    pub(super) may_be_spent: bool,
}

/// The answer, and the tab that waits if it came by one.
struct BrowserAnswer {
    code: Result<Code, Error>,
    reply: Option<BrowserReply>,
}

impl Login<'_> {
    /// Signs in with a browser.
    ///
    /// The terminal says how it ended as soon as that is known; the browser may take its time.
    pub(super) async fn by_code(&self, ended: &mut Option<Result<(), Error>>) -> Result<(), Error> {
        let (server, metadata) = self.provider().await?;
        let asked = self.scope(&server, &metadata)?;
        let channels = self.choose_channels(&metadata)?;
        let params = self.params(&server, &asked);
        let authorization = Authorization::begin(&metadata, &params, &channels.redirect_uri)?;
        self.show(&authorization, &channels, &metadata);
        let BrowserAnswer { code, reply } = self.wait(channels, &authorization, &metadata).await?;
        let result = match code {
            Ok(code) => self
                .exchange(&server, &metadata, (&authorization, &code), &asked)
                .await
                .map_err(|failed| failed.error),
            Err(error) => Err(error),
        };
        let result = result.map_err(|error| self.context.explained(error));
        let page = reply.map(|reply| match &result {
            Ok(record) => reply.succeed(Some(record.account.label())),
            Err(error) => reply.fail(&error.sentence(), &self.next_steps(error)),
        });
        let result = result
            .and_then(|record| {
                greet(
                    self.context,
                    self.session_store,
                    &SignedIn { record, asked },
                )
            })
            .map_err(|error| self.context.report(error));
        *ended = Some(result);
        if let Some(page) = page {
            page.served().await;
        }
        Ok(())
    }

    /// What the page of a failed login suggests: what the terminal does, and one command in any case.
    fn next_steps(&self, error: &Error) -> Vec<String> {
        let mut steps: Vec<_> = error.hints().iter().map(ToString::to_string).collect();
        if !steps.iter().any(|step| step.contains("`eprospera ")) {
            let login = self.command("login");
            steps.push(format!("run {login} in the terminal to try again"));
        }
        steps
    }

    pub(super) async fn exchange(
        &self,
        server: &ProviderClient,
        metadata: &Metadata,
        (authorization, code): (&Authorization, &Code),
        asked: &str,
    ) -> Result<Record, NotExchanged> {
        let storage = self.storage(server, metadata, asked);
        let mut salvaged = None;
        let keep = |token: Option<&Secret>| salvaged = token.cloned();
        let exchange = server.exchange(metadata, authorization, code, keep);
        let tokens = match self.answered(Box::pin(exchange)).await {
            Ok(Ok(tokens)) => tokens,
            Ok(Err(error)) => {
                storage.end_unusable(&error, salvaged.as_ref()).await;
                let is_unsent = matches!(&error, oauth::Error::Http(error) if error.never_sent());
                return Err(NotExchanged {
                    error: error.into(),
                    may_be_spent: !is_unsent,
                });
            }
            Err(interrupted) => return Err(NotExchanged::spent(interrupted)),
        };
        let nonce = authorization.nonce().map(Nonce::expose);
        let completed = storage.complete(&tokens, nonce).await;
        completed.map_err(NotExchanged::spent)
    }

    /// Waits for an answer that may bring tokens. After a signal only for a moment, in which tokens
    /// may still arrive that are then revoked; else it is said that there may be some.
    pub(super) async fn answered<T>(
        &self,
        mut answer: Pin<Box<impl Future<Output = T>>>,
    ) -> Result<T, Error> {
        let interrupts = &self.context.interrupts;
        let _hold = interrupts.hold_in_silence();
        if let Some(answer) = interrupts.until_caught(&mut answer).await {
            return Ok(answer);
        }
        if let Some(answer) = timeout(INTERRUPTED_EXCHANGE_TIMEOUT, answer).await {
            return Ok(answer);
        }
        self.context.output.warn(TOKENS_MAY_LIVE);
        Err(interrupts
            .caught()
            .unwrap_or_else(|| Error::interrupted("interrupted")))
    }

    /// What a login with a browser asks for.
    pub(super) fn params<'a>(&'a self, server: &'a ProviderClient, asked: &'a str) -> Params<'a> {
        Params {
            response_mode: self.mode(),
            login_hint: self.args.login_hint.as_deref(),
            prompt: self.args.prompt.as_deref(),
            max_age: self.args.max_age.map(u64::from),
            ..Params::new(&server.credentials.id, asked)
        }
    }

    fn mode(&self) -> ResponseMode {
        self.args.response_mode.map(mode).unwrap_or_default()
    }

    /// Binds the first free redirect URI of this machine. Where none is free, or none is wanted,
    /// the answer can be pasted.
    fn choose_channels(&self, metadata: &Metadata) -> Result<AnswerChannels, Error> {
        let candidates = &self.context.settings()?.redirect_uris.value;
        let listener = match Listener::bind(candidates) {
            _ if self.args.paste => None,
            Ok(listener) => Some(listener),
            Err(_) if candidates.iter().any(|uri| !uri.is_loopback()) => None,
            Err(error) => {
                let error = Error::from(error);
                let paste = self.command("login --paste");
                let error = error.hint(format!(
                    "to paste the browser's final address instead, run \
                                                {paste}"
                ));
                return Err(match self.device_command(metadata) {
                    Some(device) => {
                        error.hint(format!("to sign in on another device, run {device}"))
                    }
                    None => error,
                });
            }
        };
        let by_hand = || {
            let remote = candidates.iter().find(|uri| !uri.is_loopback());
            // With `--paste` the order of preference counts, else whatever cannot be bound.
            let first = candidates.first().filter(|_| self.args.paste);
            first.or(remote).cloned()
        };
        let redirect_uri = listener
            .as_ref()
            .map(|listener| listener.redirect_uri().clone())
            .or_else(by_hand)
            .ok_or_else(|| Error::usage("no redirect URI is configured"))?;
        let pastes = match &listener {
            Some(_) => self.pastes_beside(),
            None => Some(self.pastes_alone(&redirect_uri)?),
        };
        Ok(AnswerChannels {
            redirect_uri,
            listener,
            pastes,
        })
    }

    /// Pasting beside a listener: a convenience, so its failure is none of the login's.
    fn pastes_beside(&self) -> Option<Pastes> {
        if !self.context.can_ask() || self.mode() == ResponseMode::FormPost {
            return None;
        }
        Pastes::from_terminal(self.understands_marks()).unwrap_or_else(|error| {
            tracing::debug!(%error, "nothing can be pasted");
            None
        })
    }

    /// Pasting as the only way.
    pub(super) fn pastes_alone(&self, redirect_uri: &RedirectUri) -> Result<Pastes, Error> {
        let usage = |words: String| Error::usage(words);
        if self.mode() == ResponseMode::FormPost {
            return Err(usage(
                "with form_post, the response is not part of the browser's address, so it cannot \
                 be pasted"
                    .to_owned(),
            )
            .hint("leave out `--response-mode`"));
        }
        if !self.context.environment.stdin_is_terminal {
            if self.args.paste {
                return Pastes::from_stream().map_err(Error::failure);
            }
            return Err(usage(format!(
                "cannot listen on {redirect_uri}, and there is no terminal to paste the browser's \
                 final address into"
            ))
            .hint("pass `--paste` to read the address from stdin"));
        }
        let pastes = if self.context.can_ask() {
            Pastes::from_terminal(self.understands_marks()).map_err(Error::failure)?
        } else {
            None
        };
        pastes.ok_or_else(|| {
            usage("the browser's final address has to be pasted, but prompts are off".to_owned())
                .hint(
                    "run the command in the foreground of a terminal, or pipe the address to \
                       stdin",
                )
        })
    }

    pub(super) fn understands_marks(&self) -> bool {
        let terminal = self.context.environment.text("TERM");
        terminal.is_some_and(|name| name != "dumb")
    }

    /// Prints the URL first, then opens it where that is right.
    fn show(&self, authorization: &Authorization, channels: &AnswerChannels, metadata: &Metadata) {
        let output = &self.context.output;
        let around = self.surroundings();
        output.end_waiting();
        output.prompt(if around.opens() {
            "Opening your browser … If it does not open, use this URL:\n"
        } else {
            "Open this URL in a browser to sign in:\n"
        });
        output.link(authorization.url.as_str());
        output.prompt("");
        let redirect_uri = &channels.redirect_uri;
        if channels.listener.is_none() {
            output.prompt(format!(
                "After you sign in, the browser goes to an address that begins with \
                 {redirect_uri}.\nThe page may not load. Paste its address here; {}.\n",
                channels.echo_note()
            ));
        } else if around.ssh {
            output.prompt(format!(
                "This is a remote shell. On the machine with the browser, first run:\n\n{}\n",
                browser::ssh_forwarding(
                    &self.context.environment,
                    redirect_uri.host_text(),
                    redirect_uri.port()
                )
            ));
        }
        self.open(&around, &authorization.url);
        if channels.listener.is_some() && channels.pastes.is_some() {
            output.note(format!(
                "If the browser cannot reach this machine, paste its final address here; {}.",
                channels.echo_note()
            ));
        }
        if around.is_out_of_reach()
            && let Some(device) = self.device_command(metadata)
        {
            output.note(format!("Or sign in on any other device: {device}"));
        }
        let patience = humantime::format_duration(self.args.timeout.unwrap_or(SIGN_IN_TIMEOUT));
        output.note(format!(
            "Waiting up to {patience} for you to sign in (Ctrl-C to cancel) …"
        ));
    }

    /// How to sign in on another device, where the provider says that one can.
    fn device_command(&self, metadata: &Metadata) -> Option<String> {
        let is_offered = metadata.device_authorization_endpoint.is_some();
        is_offered.then(|| self.command("login --device"))
    }

    async fn wait(
        &self,
        channels: AnswerChannels,
        authorization: &Authorization,
        metadata: &Metadata,
    ) -> Result<BrowserAnswer, Error> {
        let is_alone = channels.listener.is_none();
        let can_paste = channels.pastes.is_some();
        let arrived = async {
            let Some(listener) = channels.listener else {
                return std::future::pending().await;
            };
            let (output, uri) = (self.context.output, channels.redirect_uri.clone());
            let listener = listener.telling(move |met| output.warn(obstacle(met, &uri, can_paste)));
            let Callback { response, reply } = listener.callback(authorization).await?;
            let outcome = response.judge(metadata).map_err(Error::from);
            Ok(BrowserAnswer {
                code: outcome.and_then(granted),
                reply: Some(reply),
            })
        };
        let pasted = async {
            if let Some(pastes) = channels.pastes
                && let Some(outcome) = self.pasted(pastes, authorization, metadata).await?
            {
                return Ok(BrowserAnswer {
                    code: granted(outcome),
                    reply: None,
                });
            }
            if is_alone {
                let error = "stdin ended before the browser's final address arrived";
                return Err(Error::usage(error).hint("nothing was stored"));
            }
            std::future::pending().await
        };
        let patience = self.args.timeout.unwrap_or(SIGN_IN_TIMEOUT);
        let provider = self.context.settings()?.provider.value;
        let first = async {
            tokio::select! {
                biased;
                answer = arrived => answer,
                answer = pasted => answer,
            }
        };
        timeout(patience, first)
            .await
            .unwrap_or_else(|| Err(timed_out(patience, provider)))
    }

    /// Waits for a paste that is the answer; `None` when no more can come. A wrong one is
    /// explained, and the wait goes on.
    async fn pasted(
        &self,
        mut pastes: Pastes,
        authorization: &Authorization,
        metadata: &Metadata,
    ) -> Result<Option<AuthorizationOutcome>, Error> {
        while let Some(paste) = pastes.next().await {
            match authorization.accept_pasted(paste.expose(), metadata) {
                Ok(outcome) => return Ok(Some(outcome)),
                Err(oauth::Error::Callback(rejection)) => self
                    .context
                    .output
                    .warn(mispasted(rejection, authorization.redirect_uri())),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(None)
    }
}

impl NotExchanged {
    fn spent(error: Error) -> Self {
        Self {
            error,
            may_be_spent: true,
        }
    }
}

fn granted(outcome: AuthorizationOutcome) -> Result<Code, Error> {
    outcome.map_err(Error::from)
}
