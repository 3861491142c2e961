//! `login --with-token`: begins a session with a refresh token from stdin, without a browser.

use std::io::Read as _;

use super::adoption::Adoption;
use super::{Login, SignedIn};
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::oauth::{TokenHint, Tokens};
use crate::secret::Secret;
use crate::session::{self, Record, RefreshToken};
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
        let tokens = server
            .refresh(&metadata, given, scope, |_| ())
            .await
            .map_err(not_taken)?;
        drop(hold);
        let successor = tokens.refresh_token.as_ref();
        if successor.is_some_and(|successor| !successor.equals(given.expose())) {
            let account = self.keeper.identity().account();
            let remembered = seeds.remember(given, account, self.context.clock.now());
            if let Err(error) = remembered {
                tracing::warn!(%error, "the spent token is not remembered");
            }
        }
        let adoption = self.adoption(&server, &metadata, &asked);
        let _hold = self.context.interrupts.hold_in_silence();
        let kept = adoption.unless_caught(Box::pin(adoption.keep(given, &tokens, &guard)));
        match kept.await {
            Ok((record, replaced)) => {
                let revoking = Box::pin(adoption.revoke(replaced.as_ref(), TokenHint::Refresh));
                self.context.interrupts.until_caught(revoking).await;
                Ok(SignedIn { record, asked })
            }
            Err(error) => {
                adoption.give_up(tokens.refresh_token.as_ref(), None).await;
                Err(error.hint("the token that was given is spent"))
            }
        }
    }
}

impl Adoption<'_> {
    /// Stores the session; says which refresh token is to be revoked for it.
    async fn keep(
        &self,
        given: &Secret,
        tokens: &Tokens,
        guard: &Guard,
    ) -> Result<(Record, Option<Secret>), Error> {
        let (server, metadata) = (self.server, self.metadata);
        let now = self.context.clock.now();
        let begun = Record::begin(server.provider, given.clone(), now)?;
        let verified = server.verify_refreshed(metadata, tokens, &begun).await?;
        let account = self.ask_for_account(tokens, verified.account).await?;
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

fn not_taken(error: crate::oauth::Error) -> Error {
    let unknown = error.outcome_unknown();
    let error = Error::from(error);
    if unknown {
        return error.hint("the token may be spent: if it is refused next time, get a new one");
    }
    error.hint("nothing was stored")
}
