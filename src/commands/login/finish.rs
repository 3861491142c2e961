//! `login --finish`: goes on with a login that `login --begin` began, and stores its session.
//!
//! It is taken out of the store before its code is sent, so that of many runs only one sends it. Until
//! then whatever goes wrong, a signal included, leaves it pending.

mod unfinished;

use std::time::Duration;

use super::attempt::{Login, SIGN_IN_TIMEOUT, SignedIn};
use super::messages::{mispasted, timed_out};
use super::summary::greet;
use crate::cli::LoginArgs;
use crate::clock::{Stopwatch, timeout};
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::oauth::{self, Authorization, Device, Metadata, RedirectUri, Rejection};
use crate::output::span;
use crate::prompt::Pastes;
use crate::session::{
    EndingCause, Lookup, PendingLogin, PendingLogins, PendingMethod, ProviderClient, Record,
};

use unfinished::{BEGIN_AGAIN, BEGIN_AGAIN_ON_DEVICE, damaged, not_there};

/// A login that goes on.
struct Resumed<'a> {
    login: Login<'a>,
    pending: &'a PendingLogins,
    begun: &'a PendingLogin,
}

/// Ends with the session of the login, or says why there is none.
pub(super) fn run(args: &LoginArgs, id: Option<&str>, context: &Context) -> Result<(), Error> {
    let session_store = context.session_store_in(context.store()?, context.identity()?)?;
    let pending = session_store.pending_logins();
    let begun = found(&pending, id, context)?;
    let args = LoginArgs {
        replace: args.replace || begun.replace,
        max_age: begun.max_age,
        ..args.clone()
    };
    let resumed = Resumed {
        login: Login {
            args: &args,
            context,
            session_store: &session_store,
        },
        pending: &pending,
        begun: &begun,
    };
    let finished = context.wait_for("Waiting for you to sign in…", resumed.finish());
    let record = finished.map_err(|error| resumed.explained(error))?;
    let asked = begun.scopes.clone();
    greet(context, &session_store, &SignedIn { record, asked })
}

fn found(
    pending: &PendingLogins,
    id: Option<&str>,
    context: &Context,
) -> Result<PendingLogin, Error> {
    match pending.find(id)? {
        Lookup::Found(login) => Ok(*login),
        other => Err(not_there(other, id, context.clock.now())),
    }
}

impl Resumed<'_> {
    async fn finish(&self) -> Result<Record, Error> {
        let found = self.login.provider().await;
        let (server, metadata) = found.map_err(|error| self.still_pending(error))?;
        match self.begun.method.clone() {
            PendingMethod::Code(code) => {
                let authorization = Authorization::resume(&code.into()).ok_or_else(damaged)?;
                self.by_paste(&server, &metadata, &authorization).await
            }
            PendingMethod::Device(device) => {
                let left = Duration::from_secs(self.seconds_left());
                let device = Device::resume(&device.into(), left).ok_or_else(damaged)?;
                self.by_device(&server, &metadata, &device).await
            }
        }
    }

    async fn by_paste(
        &self,
        server: &ProviderClient,
        metadata: &Metadata,
        authorization: &Authorization,
    ) -> Result<Record, Error> {
        let patience = self.patience(SIGN_IN_TIMEOUT);
        let pasted = self.pasted(authorization, metadata);
        let provider = server.provider;
        let outcome = timeout(patience, pasted)
            .await
            .unwrap_or_else(|| Err(timed_out(patience, provider)));
        let code = outcome.map_err(|error| self.still_pending(error))?;
        let code = match code {
            Ok(code) => code,
            Err(denial) => {
                self.take(EndingCause::Refused).await?;
                return Err(Error::from(denial).hint(self.begin_again()));
            }
        };
        let taken = self.take(EndingCause::Used).await?;
        let (login, asked) = (&self.login, &self.begun.scopes);
        let exchanged = login.exchange(server, metadata, (authorization, &code), asked);
        match exchanged.await {
            Ok(record) => Ok(record),
            Err(failed) if failed.may_be_spent => Err(self.over(failed.error)),
            Err(failed) => {
                self.pending.put_back(taken).await?;
                Err(self.still_pending(failed.error))
            }
        }
    }

    /// The answer that is pasted on the terminal or written to stdin, once it is the one of this login.
    async fn pasted(
        &self,
        authorization: &Authorization,
        metadata: &Metadata,
    ) -> Result<oauth::AuthorizationOutcome, Error> {
        let mut pastes = self.pastes(authorization.redirect_uri())?;
        let mut rejected = None;
        while let Some(paste) = pastes.next().await {
            match authorization.accept_pasted(paste.expose(), metadata) {
                Ok(outcome) => return Ok(outcome),
                Err(oauth::Error::Callback(rejection)) => {
                    let why = why_not(rejection, authorization.redirect_uri());
                    if self.is_asked() {
                        self.login.context.output.warn(&why);
                    }
                    rejected = Some((rejection, why));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(match rejected {
            Some((Rejection::WrongState, why)) => Error::untrusted(why),
            Some((_, why)) => Error::usage(why),
            None => Error::usage("there is no address on stdin").hint(
                "pipe in the address at which the browser ends, or run the command in a terminal",
            ),
        })
    }

    fn is_asked(&self) -> bool {
        self.login.context.environment.stdin_is_terminal
    }

    fn pastes(&self, redirect_uri: &RedirectUri) -> Result<Pastes, Error> {
        if !self.is_asked() {
            return Pastes::from_stream().map_err(Error::failure);
        }
        let pastes = self.login.pastes_alone(redirect_uri)?;
        let output = self.login.context.output;
        output.end_waiting();
        output.prompt(format!(
            "Paste the address at which the browser ended, which begins with \
             {redirect_uri}; {}.\n",
            pastes.echo_note()
        ));
        Ok(pastes)
    }

    async fn by_device(
        &self,
        server: &ProviderClient,
        metadata: &Metadata,
        device: &Device,
    ) -> Result<Record, Error> {
        let watch = Stopwatch::start();
        let patience = self.patience(device.expires_in);
        let turn = self.pending.turn(&self.begun.id, patience).await;
        let _turn = turn.map_err(|error| self.busy(error.into()))?;
        // The run that had its turn before may have finished it.
        found(self.pending, Some(&self.begun.id), self.login.context)?;
        let output = self.login.context.output;
        output.end_waiting();
        output.note(format!(
            "Waiting up to {} for you to approve the code {} at {} (Ctrl-C to cancel) …",
            humantime::format_duration(patience),
            device.user_code,
            device.verification_uri
        ));
        let storage = self.login.storage(server, metadata, &self.begun.scopes);
        let tokens = match self.login.approved(&storage, device, &watch).await {
            Ok(tokens) => tokens,
            Err(unapproved) if unapproved.is_open => {
                return Err(self.still_pending(unapproved.error));
            }
            Err(unapproved) => {
                let cause = match unapproved.error.kind() {
                    Kind::Timeout => EndingCause::Expired,
                    _ => EndingCause::Refused,
                };
                self.take(cause).await?;
                let error = unapproved.error.only_hint(self.begin_again());
                return Err(error.not_retryable());
            }
        };
        if let Err(error) = self.take(EndingCause::Used).await {
            let refresh = tokens.refresh_token.as_ref();
            storage.give_up(refresh, Some(&tokens.access_token)).await;
            return Err(error);
        }
        let completed = storage.complete(&tokens, None).await;
        completed.map_err(|error| self.over(error))
    }

    /// Takes the login out of the store: no other command goes on with it.
    async fn take(&self, cause: EndingCause) -> Result<PendingLogin, Error> {
        let id = &self.begun.id;
        if let Some(taken) = self.pending.take(id, cause).await? {
            return Ok(taken);
        }
        let lookup = self.pending.find(Some(id))?;
        Err(not_there(lookup, Some(id), self.login.context.clock.now()))
    }

    /// After a signal: whether the login can still be finished.
    fn explained(&self, error: Error) -> Error {
        if !matches!(error.kind(), Kind::Interrupted | Kind::Terminated) {
            return error;
        }
        match self.pending.find(Some(&self.begun.id)) {
            Ok(Lookup::Found(_)) => self.still_pending(error),
            Ok(_) => error.hint(self.begin_again()).not_retryable(),
            Err(_) => error,
        }
    }

    /// An error after which the login cannot go on. A hint to run the command again would be wrong.
    fn over(&self, error: Error) -> Error {
        let error = if error.is_retryable() {
            error.only_hint(self.begin_again())
        } else {
            error.hint(self.begin_again())
        };
        error.not_retryable()
    }

    /// What to do once this login is over.
    fn begin_again(&self) -> &'static str {
        match self.begun.method {
            PendingMethod::Code(_) => BEGIN_AGAIN,
            PendingMethod::Device(_) => BEGIN_AGAIN_ON_DEVICE,
        }
    }

    fn seconds_left(&self) -> u64 {
        let left = self.begun.expires_at - self.login.context.clock.now();
        u64::try_from(left).unwrap_or_default()
    }

    /// How long this run waits, of what is left of the login's life.
    fn patience(&self, usual: Duration) -> Duration {
        let wanted = self.login.args.timeout.unwrap_or(usual);
        wanted.min(Duration::from_secs(self.seconds_left()))
    }

    /// Another run is at it, and this one has waited as long as it may.
    fn busy(&self, error: Error) -> Error {
        match error.kind() {
            Kind::Busy => self.still_pending(Error::timeout(
                "another command is waiting for the same login to be approved",
            )),
            _ => error,
        }
    }

    /// An error that leaves the login as it was.
    fn still_pending(&self, error: Error) -> Error {
        let id = &self.begun.id;
        let left = self.seconds_left();
        if left == 0 {
            return error.hint(self.begin_again()).not_retryable();
        }
        let left = span(i64::try_from(left).unwrap_or(i64::MAX));
        let way_on =
            format!("the login is still pending for {left}: run `eprospera login --finish {id}`");
        match error.kind() {
            Kind::Timeout => error.only_hint(way_on),
            _ => error.hint(way_on),
        }
    }
}

/// Why a paste is not the answer.
fn why_not(rejection: Rejection, redirect_uri: &RedirectUri) -> String {
    match rejection {
        Rejection::WrongState => {
            "that is the response to another login, so nothing was sent".to_owned()
        }
        other => mispasted(other, redirect_uri),
    }
}
