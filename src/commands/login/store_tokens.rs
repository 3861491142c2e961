//! From tokens to the stored session, whichever way they came: verified, agreed to, saved under
//! the lock, and revoked when they are not kept.

use std::time::Duration;

use super::messages::TOKENS_MAY_LIVE;
use crate::cli::LoginArgs;
use crate::commands::access::person;
use crate::context::Context;
use crate::crypto;
use crate::error::Error;
use crate::oauth::{self, Metadata, TokenHint, Tokens};
use crate::output::line;
use crate::portal;
use crate::provider::Feature;
use crate::secret::Secret;
use crate::session::{
    self, AccessToken, Account, Binding, ErasureCause, FORMAT, IdToken, ProviderClient, Record,
    RefreshToken, SessionStore, StoredSession, VERSION,
};
use crate::settings::LastLogin;
use crate::store::Guard;

/// What to do about a session of another account.
const OLD_SESSION_IS_KEPT: &str = "the old session is kept; run `eprospera login --replace` to end \
                                   it, or sign in with another profile";

/// How long the provider has to revoke tokens that are not kept.
const REVOCATION_TIMEOUT: Duration = Duration::from_secs(5);
/// The same once the person has pressed Ctrl-C.
const REVOCATION_TIMEOUT_AT_A_SIGNAL: Duration = Duration::from_secs(1);

/// What is done with the tokens of one login.
pub(super) struct TokenStorage<'a> {
    pub(super) args: &'a LoginArgs,
    pub(super) context: &'a Context,
    pub(super) session_store: &'a SessionStore,
    pub(super) server: &'a ProviderClient,
    pub(super) metadata: &'a Metadata,
    /// The scopes that were asked for, separated by spaces.
    pub(super) asked: &'a str,
}

impl TokenStorage<'_> {
    /// Makes the tokens the session, or revokes them. A signal ends the questions and not the
    /// revocation of what is not kept.
    pub(super) async fn complete(
        &self,
        tokens: &Tokens,
        nonce: Option<&str>,
    ) -> Result<Record, Error> {
        let _hold = self.context.interrupts.hold_in_silence();
        let adopted = self
            .unless_caught(Box::pin(self.adopt(tokens, nonce)))
            .await;
        let (record, replaced) = match adopted {
            Ok(adopted) => adopted,
            Err(error) => {
                self.give_up(tokens.refresh_token.as_ref(), Some(&tokens.access_token))
                    .await;
                return Err(error);
            }
        };
        let revoking = Box::pin(self.end_replaced(replaced, &record));
        self.context.interrupts.until_caught(revoking).await;
        Ok(record)
    }

    pub(super) async fn unless_caught<T>(
        &self,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let interrupts = &self.context.interrupts;
        match interrupts.until_caught(work).await {
            Some(done) => done,
            None => Err(interrupts
                .caught()
                .unwrap_or_else(|| Error::interrupted("interrupted"))),
        }
    }

    /// Revokes tokens that are not kept, so that they cannot be used; says so where they live on.
    pub(super) async fn give_up(&self, refresh: Option<&Secret>, access: Option<&Secret>) {
        let patience = async {
            let usual = Box::pin(tokio::time::sleep(REVOCATION_TIMEOUT));
            if self.context.interrupts.until_caught(usual).await.is_none() {
                tokio::time::sleep(REVOCATION_TIMEOUT_AT_A_SIGNAL).await;
            }
        };
        let revoking = Box::pin(async {
            tokio::join!(
                self.revoke(refresh, TokenHint::Refresh),
                self.revoke(access, TokenHint::Access)
            )
        });
        tokio::select! {
            biased;
            _ = revoking => {}
            () = patience => self.context.output.warn(
                "the tokens of this login were not kept, and the provider did not revoke them in \
                 time; they stay valid until they expire or you revoke them there",
            ),
        }
    }

    /// Revokes the session whose place was taken. The new one is stored: it does not wait for long.
    pub(super) async fn revoke_replaced(&self, token: Option<&Secret>) {
        let revoking = Box::pin(self.revoke(token, TokenHint::Refresh));
        let revoked = tokio::time::timeout(REVOCATION_TIMEOUT, revoking).await;
        if revoked.is_err() {
            self.context.output.warn(
                "the provider did not revoke the replaced session in time; its tokens stay valid \
                 until they expire or you revoke them there",
            );
        }
    }

    /// Ends the tokens of an answer that cannot be used: they live at the provider all the same. Says
    /// so where none could be read, or nothing can end them.
    pub(super) async fn end_unusable(&self, error: &oauth::Error, salvaged: Option<&Secret>) {
        use oauth::Error as E;
        if salvaged.is_some() && self.metadata.revocation_endpoint.is_some() {
            let _hold = self.context.interrupts.hold_in_silence();
            return self.give_up(salvaged, None).await;
        }
        let has_answered = match error {
            E::NotJson { .. } | E::Malformed { .. } | E::FlawedToken { .. } => true,
            E::Http(error) => !error.never_sent(),
            _ => salvaged.is_some(),
        };
        if has_answered {
            self.context.output.warn(TOKENS_MAY_LIVE);
        }
    }

    /// Verifies the tokens and makes them the session. Returns what it replaced as well.
    async fn adopt(
        &self,
        tokens: &Tokens,
        nonce: Option<&str>,
    ) -> Result<(Record, Option<Record>), Error> {
        let account = self.verified_account(tokens, nonce).await?;
        let mut seen = self.stored()?;
        let (guard, old) = loop {
            // Asked without the lock: a person may take long to answer.
            self.agree_to_replace(seen.as_ref(), &account).await?;
            self.session_store.take_over_lock().await?;
            let guard = self.session_store.lock(session::LOCK_WAIT).await?;
            let old = self.stored()?;
            let asked = self.account_to_end(old.as_ref(), &account);
            if asked.is_none() || asked == self.account_to_end(seen.as_ref(), &account) {
                break (guard, old);
            }
            seen = old;
        };
        let generation = old.as_ref().map_or(0, |old| old.generation) + 1;
        let record = self.record(tokens, account, generation)?;
        self.store(&record, &guard)?;
        Ok((record, old))
    }

    /// Puts the session in its place. What fails afterwards is no reason to give it up.
    pub(super) fn store(&self, record: &Record, guard: &Guard) -> Result<(), Error> {
        let cause = if self.args.replace {
            ErasureCause::DiscardedUnread
        } else {
            ErasureCause::Replaced
        };
        self.session_store.replace(record, cause, guard)?;
        self.remember();
        Ok(())
    }

    /// Remembers what the login was made with, so that later commands need no flags.
    pub(super) fn remember(&self) {
        self.context
            .remember_or_warn(self.session_store.identity(), self.asked);
    }

    /// The same before there is a session. Without it a run that is killed may leave a session that
    /// later commands have to be led to by flags, which is no reason not to begin one.
    pub(super) fn remember_beginning(&self) -> Option<LastLogin> {
        let identity = self.session_store.identity();
        let remembered = self.context.remember_beginning(identity, self.asked);
        remembered.unwrap_or_else(|error| {
            tracing::debug!(error = %error.sentence(), "the beginning is not remembered");
            None
        })
    }

    /// Takes that back.
    pub(super) fn forget_beginning(&self, before: Option<&LastLogin>) {
        let identity = self.session_store.identity();
        if let Err(error) = self.context.forget_beginning(identity, before) {
            tracing::debug!(error = %error.sentence(), "a login that failed stays remembered");
        }
    }

    /// Ends the session whose place was taken.
    async fn end_replaced(&self, old: Option<Record>, new: &Record) {
        let kept = new.refresh.as_ref().map(|refresh| refresh.token.expose());
        let (ours, theirs): (Option<_>, Option<_>) = match old {
            Some(old) if self.session_store.is_ours(&old) => (Some(old), None),
            old => (None, old),
        };
        if let Some(theirs) = theirs {
            self.context.output.warn(format!(
                "the replaced session is from provider {}, and was not revoked there",
                line(&theirs.provider)
            ));
        }
        let replaced = ours
            .and_then(|old| old.refresh)
            .map(|refresh| refresh.token);
        // A provider may have given the same one again.
        let replaced = replaced
            .as_ref()
            .filter(|token| kept.is_none_or(|kept| !token.equals(kept)));
        self.revoke_replaced(replaced).await;
    }

    /// The session that is there now. A damaged one is replaced; one that cannot be read for
    /// another reason only by a person who says so.
    pub(super) fn stored(&self) -> Result<Option<Record>, Error> {
        let words: String = match self.session_store.inspect() {
            Ok(StoredSession::Damaged(damage)) => damage.to_string(),
            Ok(found) => return Ok(found.into_record()),
            Err(error) if self.args.replace && error.is_of_record_or_key() => {
                Error::from(error).sentence()
            }
            Err(error) if error.is_out_of_the_way() => {
                self.context.output.warn(format!(
                    "{error}; it stays there, and the new session is stored in the keyring that \
                     is open"
                ));
                return Ok(None);
            }
            Err(error) => return Err(unreadable(error)),
        };
        self.context.output.warn(format!("{words}; replacing it"));
        Ok(None)
    }

    async fn verified_account(
        &self,
        tokens: &Tokens,
        nonce: Option<&str>,
    ) -> Result<Account, Error> {
        let binding = Binding {
            nonce,
            max_age: self.args.max_age.map(u64::from),
            is_openid: self.asked.split(' ').any(|scope| scope == "openid"),
        };
        let verified = self
            .server
            .verify_login(self.metadata, tokens, binding)
            .await?;
        match verified.account {
            Some(account) if account.name.is_some() || account.email.is_some() => Ok(account),
            known => self.ask_for_account(&tokens.access_token, known).await,
        }
    }

    /// Without names in the ID token, userinfo tells who signed in. Its failure is no reason to
    /// throw a verified login away; without an ID token it is all there is.
    pub(super) async fn ask_for_account(
        &self,
        access_token: &Secret,
        known: Option<Account>,
    ) -> Result<Account, Error> {
        let Some(endpoint) = &self.metadata.userinfo_endpoint else {
            return known.ok_or_else(|| Error::failure("the provider did not say who signed in"));
        };
        let asked = portal::userinfo(&self.server.http, endpoint, access_token).await;
        let asked = asked
            .map_err(Error::from)
            .and_then(|answer| person(self.server, endpoint, &answer));
        match (asked, known) {
            (Ok(user), Some(known)) if user.subject != known.subject => Err(Error::untrusted(
                "userinfo describes a different account than the ID token",
            )
            .hint("nothing was stored; report this to the provider")),
            (Ok(user), _) => Ok(Account {
                subject: user.subject,
                name: user.name,
                email: user.email,
            }),
            (Err(_), Some(known)) => Ok(known),
            (Err(error), None) if self.server.provider.offers(Feature::IdTokens) => Err(error
                .hint(
                    "request the scope openid as well, so that the provider says who \
                                signed in",
                )),
            (Err(error), None) => Err(error.hint("nothing was stored")),
        }
    }

    /// The account whose session a person has to agree to end, where it is another one.
    pub(super) fn account_to_end(&self, old: Option<&Record>, account: &Account) -> Option<String> {
        let old = old?;
        let subject = &old.account.subject;
        // Begun with a given token; once that was refreshed, the session has an owner.
        let is_unnamed = subject.is_empty();
        let is_somebody_elses = if is_unnamed {
            old.was_refreshed()
        } else {
            *subject != account.subject
        };
        let whose = if is_unnamed {
            old.begun_with.clone().unwrap_or_default()
        } else {
            subject.clone()
        };
        (is_somebody_elses && !self.args.replace).then_some(whose)
    }

    /// Another account's session is not replaced unless the person says so.
    pub(super) async fn agree_to_replace(
        &self,
        old: Option<&Record>,
        account: &Account,
    ) -> Result<(), Error> {
        let Some(old) = old.filter(|old| self.account_to_end(Some(old), account).is_some()) else {
            return Ok(());
        };
        let (old, new) = (line(old.account.label()), line(account.label()));
        if self.context.can_ask() {
            let output = self.context.output;
            let question =
                format!("You are signed in as {old}. Replace that session with {new}'s? [y/N] ");
            // On a thread of its own, so that Ctrl-C and the browser's tab are served meanwhile.
            let answer = tokio::task::spawn_blocking(move || output.confirm(&question)).await;
            match answer.ok().flatten() {
                Some(true) => return Ok(()),
                Some(false) => {}
                None => {
                    return Err(Error::conflict(
                        "the input ended before the question was answered",
                    )
                    .hint(OLD_SESSION_IS_KEPT));
                }
            }
        }
        Err(Error::conflict(format!(
            "already signed in as {old}, but you signed in as {new}"
        ))
        .hint(OLD_SESSION_IS_KEPT))
    }

    fn record(&self, tokens: &Tokens, account: Account, generation: u64) -> Result<Record, Error> {
        let now = self.context.clock.now();
        // Since then a person may have been asked, and may have taken long to answer.
        let issued_at = tokens.received_at;
        let access = AccessToken {
            token: tokens.access_token.clone(),
            issued_at,
            expires_at: issued_at.saturating_add(session::lifetime(tokens)),
        };
        let refresh = tokens.refresh_token.clone();
        let id_token = tokens.id_token.clone();
        Ok(Record {
            format: FORMAT.to_owned(),
            version: VERSION,
            provider: self.server.provider.name.to_owned(),
            generation,
            signed_in_at: now,
            account,
            scopes: tokens
                .scope
                .clone()
                .unwrap_or_else(|| self.asked.to_owned()),
            access: Some(access),
            refresh: refresh.map(|token| RefreshToken {
                token,
                obtained_at: now,
            }),
            id_token: id_token.map(|token| IdToken { token, generation }),
            rescue_key: crypto::random_key()?,
            begun_with: None,
        })
    }

    /// Ends tokens that are not kept. A failure is only noted: the login's outcome stands.
    pub(super) async fn revoke(&self, token: Option<&Secret>, hint: TokenHint) {
        let Some(token) = token else { return };
        if let Err(error) = self.server.revoke(self.metadata, token, hint).await {
            let error = line(&error.to_string());
            self.context
                .output
                .note(format!("discarded tokens were not revoked: {error}"));
        }
    }
}

/// A session that cannot be read is not replaced by a login, and this is how to go on.
pub(super) fn unreadable(error: session::Error) -> Error {
    if !error.is_of_record_or_key() {
        return error.into();
    }
    Error::from(error).hint("if the key is lost for good, run `eprospera login --replace`")
}
