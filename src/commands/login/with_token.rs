//! `login --with-token`: begins a session with a refresh token from stdin, without a browser.

use std::io::Read as _;

use super::adoption::Adoption;
use super::{Login, SignedIn};
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::oauth::{TokenHint, Tokens};
use crate::secret::Secret;
use crate::session::{self, Account, Record, RefreshToken};
use crate::store::Guard;

/// The longest text that is taken for a token, in bytes.
const LONGEST: u64 = 64 * 1024;

/// Reads the token: from a prompt that shows nothing on a terminal, else from stdin.
///
/// # Errors
/// A usage error when there is none.
pub(super) fn read(context: &Context) -> Result<Secret, Error> {
    let text = if context.can_ask() {
        context.ask("Refresh token: ")?
    } else if context.environment.stdin_is_terminal {
        return Err(Error::said(
            Kind::Usage,
            "no refresh token is on stdin, and nobody may be asked for one",
        )
        .hint("pipe it in: `eprospera login --with-token < token.txt`"));
    } else {
        let mut bytes = Vec::with_capacity(8 * 1024);
        std::io::stdin()
            .take(LONGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::new(Kind::Failure, error))?;
        let is_too_long = bytes.len() as u64 > LONGEST;
        let text = Secret::from_utf8(bytes)
            .ok_or_else(|| Error::said(Kind::Usage, "what is on stdin is not UTF-8"))?;
        if is_too_long {
            return Err(
                Error::said(Kind::Usage, "what is on stdin is longer than any token")
                    .hint("nothing was sent; pipe in the refresh token alone"),
            );
        }
        text
    };
    let token = text.expose().trim();
    if token.is_empty() {
        return Err(Error::said(Kind::Usage, "no refresh token is on stdin"));
    }
    Ok(Secret::new(token.to_owned()))
}

impl Login<'_> {
    /// Rotates the token at once, so that the copy that was given is worth nothing any more.
    ///
    /// # Errors
    /// Why the provider did not take it, or why its successor is not kept.
    pub(super) async fn with_token(&self, given: &Secret) -> Result<SignedIn, Error> {
        let (server, metadata) = self.provider().await?;
        let asked = self.scope(&server, &metadata)?;
        // It may be the stored one: nothing rotates without the lock.
        let guard = self.keeper.lock(session::LOCK_WAIT).await?;
        let seeds = self.context.seeds()?;
        if seeds.knows(given)? {
            return Err(Error::from(session::Error::SeedSpent).hint("nothing was changed"));
        }
        let hold = self.context.interrupts.hold();
        let scope = self.args.scope.as_deref();
        let mut successor = None;
        let keep = |token: Option<&Secret>| successor = token.cloned();
        let sent = server.refresh(&metadata, given, scope, keep).await;
        // The one that was sent is not its own successor.
        let successor = match &sent {
            Ok(tokens) => tokens.refresh_token.clone(),
            Err(_) => successor,
        }
        .filter(|successor| !successor.equals(given.expose()));
        if successor.is_some() {
            let account = self.keeper.identity().account();
            let remembered = seeds.remember(given, account, self.context.clock.now());
            if let Err(error) = remembered {
                tracing::warn!(%error, "the spent token is not remembered");
            }
        }
        let adoption = self.adoption(&server, &metadata, &asked);
        let tokens = match sent {
            Ok(tokens) => tokens,
            Err(error) => {
                let Some(successor) = successor else {
                    return Err(not_taken(error));
                };
                let error = session::Error::Flawed(error);
                return Err(adoption.salvage(given, &successor, error, &guard).await);
            }
        };
        drop(hold);
        let _hold = self.context.interrupts.hold_in_silence();
        let verified = adoption.verify(given, &tokens, successor.as_ref(), &guard);
        let account = verified.await?;
        let keeping = adoption.keep(given, &tokens, account, &guard);
        let kept = adoption.unless_caught(Box::pin(keeping));
        match kept.await {
            Ok((record, replaced)) => {
                let revoking = Box::pin(adoption.revoke(replaced.as_ref(), TokenHint::Refresh));
                self.context.interrupts.until_caught(revoking).await;
                Ok(SignedIn { record, asked })
            }
            Err(error) => {
                if successor.is_none() {
                    return Err(error.hint("the provider did not rotate the token that was given"));
                }
                adoption.give_up(successor.as_ref(), None).await;
                Err(error.hint("the token that was given is spent"))
            }
        }
    }
}

impl Adoption<'_> {
    /// Verifies the tokens; keeps the successor where they cannot be trusted otherwise.
    async fn verify(
        &self,
        given: &Secret,
        tokens: &Tokens,
        successor: Option<&Secret>,
        guard: &Guard,
    ) -> Result<Option<Account>, Error> {
        let (server, metadata) = (self.server, self.metadata);
        let now = self.context.clock.now();
        let begun = Record::begin(server.provider, given.clone(), now)?;
        match server.verify_refreshed(metadata, tokens, &begun).await {
            Ok(verified) => Ok(verified.account),
            Err(error) => Err(match successor {
                Some(successor) => self.salvage(given, successor, error, guard).await,
                None => Error::from(error)
                    .only_hint("nothing was stored; the provider did not rotate the token"),
            }),
        }
    }

    /// Keeps the only good refresh token out of an answer that cannot be used otherwise: a session
    /// begins with it where there is none, and the one that the given token is of goes on with it.
    /// Another session stays, for nobody knows whose token it is.
    async fn salvage(
        &self,
        given: &Secret,
        token: &Secret,
        error: session::Error,
        guard: &Guard,
    ) -> Error {
        let stored = match self.keeper.load() {
            Ok(None) => self.begin(token, guard),
            Ok(Some(old)) if is_of(&old, given) => self.go_on(old, token, guard),
            Ok(Some(_)) => Err(None),
            Err(error) => Err(Some(Error::from(error))),
        };
        let Err(cause) = stored else {
            return Error::from(error);
        };
        if let Some(cause) = cause {
            let sentence = cause.sentence();
            self.context
                .output
                .warn(format!("the new refresh token is not kept: {sentence}"));
        }
        self.give_up(Some(token), None).await;
        Error::from(error)
            .only_hint("nothing was stored, and what was stored before is as it was")
            .hint(
                "the token that was given is spent, and its successor is not kept: get a new one, \
                 and give it to a profile without a session",
            )
    }

    fn begin(&self, token: &Secret, guard: &Guard) -> Result<(), Option<Error>> {
        let now = self.context.clock.now();
        let provider = self.server.provider;
        let begun = Record::begin(provider, token.clone(), now).map_err(Error::from);
        begun
            .and_then(|record| self.store(&record, guard))
            .map_err(Some)
    }

    fn go_on(&self, old: Record, token: &Secret, guard: &Guard) -> Result<(), Option<Error>> {
        let record = Record {
            generation: old.generation + 1,
            refresh: Some(RefreshToken {
                token: token.clone(),
                obtained_at: self.context.clock.now(),
            }),
            ..old
        };
        self.store(&record, guard).map_err(Some)
    }

    /// Stores the session; says which refresh token is to be revoked for it.
    async fn keep(
        &self,
        given: &Secret,
        tokens: &Tokens,
        account: Option<Account>,
        guard: &Guard,
    ) -> Result<(Record, Option<Secret>), Error> {
        let account = self.ask_for_account(tokens, account).await?;
        let old = self.stored()?;
        self.agree_to_replace(old.as_ref(), &account).await?;
        let generation = old.as_ref().map_or(0, |old| old.generation) + 1;
        let mut record = self.record(tokens, account, generation)?;
        // A provider that does not rotate keeps the one that was given.
        record.refresh.get_or_insert(RefreshToken {
            token: given.clone(),
            obtained_at: self.context.clock.now(),
        });
        self.store(&record, guard)?;
        // Another session of the same person may be of the same family as the new one, which its
        // revocation would end.
        let is_somebody_elses = |old: &Record| {
            self.keeper.is_ours(old) && old.account.subject != record.account.subject
        };
        let replaced = old.filter(is_somebody_elses).and_then(|old| old.refresh);
        Ok((record, replaced.map(|refresh| refresh.token)))
    }
}

fn is_of(record: &Record, given: &Secret) -> bool {
    let refresh = record.refresh.as_ref();
    refresh.is_some_and(|refresh| refresh.token.equals(given.expose()))
}

fn not_taken(error: crate::oauth::Error) -> Error {
    let unknown = error.outcome_unknown();
    let error = Error::from(error);
    if unknown {
        return error.hint("the token may be spent: if it is refused next time, get a new one");
    }
    error.hint("nothing was stored")
}
