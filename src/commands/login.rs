//! `login`: signs a person in through the browser and stores the session.
//!
//! The store is proved before anybody is asked for anything (R26), and the page in the browser
//! says what really happened (R6).

mod terms;
mod with_token;
mod words;

use self::words::{denied, greet, mode, timed_out, why_not};
use super::access::person;
use crate::browser::{self, Opener, Surroundings};
use crate::cli::LoginArgs;
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::oauth::{
    self, Authorization, Callback, Listener, Metadata, Nonce, Params, TokenHint, Tokens,
};
use crate::output::line;
use crate::portal;
use crate::provider::Feature;
use crate::secret::Secret;
use crate::session::{
    self, AccessToken, Account, Binding, IdToken, Keeper, Record, RefreshToken, Server, VERSION,
};
use crate::store;

/// Runs the command.
///
/// # Errors
/// Every way in which a login can end without a session; nothing is stored then.
pub(super) fn run(args: &LoginArgs, context: &Context) -> Result<(), Error> {
    let keeper = context.keeper_in(context.store()?, context.identity()?)?;
    terms::check(args, context)?;
    let scope = match &args.scope {
        Some(scope) => scope,
        None => &context.settings()?.scopes.value,
    };
    let login = Login {
        args,
        context,
        keeper: &keeper,
        scope,
    };
    let record = if args.with_token {
        let token = with_token::read(context)?;
        context.block_on(login.with_token(&token))?
    } else {
        context.block_on(login.run())?
    };
    greet(context, &keeper, &record)
}

struct Login<'a> {
    args: &'a LoginArgs,
    context: &'a Context,
    keeper: &'a Keeper,
    /// What is asked for, separated by spaces.
    scope: &'a str,
}

impl Login<'_> {
    async fn run(&self) -> Result<Record, Error> {
        let settings = self.context.settings()?;
        self.keeper.probe().await?;
        self.keep_what_another_provider_gave()?;
        let server = self.context.server(self.keeper.store())?;
        self.context.require_client_secret(&server)?;
        let metadata = server.discover().await?;
        let listener = Listener::bind(&settings.redirect_uris.value)?;
        let params = Params {
            response_mode: self.args.response_mode.map(mode).unwrap_or_default(),
            login_hint: self.args.login_hint.as_deref(),
            prompt: self.args.prompt.as_deref(),
            max_age: self.args.max_age.map(u64::from),
            ..Params::new(&server.credentials.id, self.scope)
        };
        let authorization = Authorization::begin(&metadata, &params, &listener)?;
        self.show(&authorization, listener.redirect_uri().port());
        let Callback { outcome, reply } = self.wait(listener, &authorization, &metadata).await?;
        let result = match outcome {
            Ok(code) => {
                self.complete(&server, &metadata, &authorization, &code)
                    .await
            }
            Err(denial) => Err(denied(&denial)),
        };
        match &result {
            Ok(record) => reply.succeed(Some(record.account.label())).await,
            Err(error) => reply.fail(&error.sentence()).await,
        }
        result
    }

    /// Prints the URL first, then opens it where that is right (R13, R14).
    fn show(&self, authorization: &Authorization, port: u16) {
        let output = &self.context.output;
        let around = Surroundings::of(
            &self.context.environment,
            self.args.browser.clone(),
            self.args.no_browser,
            self.context.no_input(),
        );
        let opener = around.opener();
        output.prompt("Open this URL in a browser to sign in:\n");
        output.prompt(&authorization.url);
        output.prompt("");
        if around.ssh {
            output.prompt(format!(
                "This shell is remote. On the machine with the browser, first run:\n\n{}\n",
                browser::ssh_forwarding(&self.context.environment, port)
            ));
        }
        if let Opener::Nobody(reason) = opener {
            output.note(why_not(reason));
        } else {
            let failure = browser::open(&opener, &authorization.url);
            let output = *output;
            tokio::spawn(async move {
                if let Ok(reason) = failure.await {
                    output.warn(format!("{reason}; open the URL by hand"));
                }
            });
        }
        let patience = humantime::format_duration(self.args.timeout);
        output.note(format!(
            "Waiting up to {patience} for the sign-in (Ctrl-C to cancel) …"
        ));
    }

    async fn wait(
        &self,
        listener: Listener,
        authorization: &Authorization,
        metadata: &Metadata,
    ) -> Result<Callback, Error> {
        let callback = listener.callback(authorization, metadata);
        let provider = self.context.settings()?.provider.value;
        match tokio::time::timeout(self.args.timeout, callback).await {
            Ok(callback) => Ok(callback?),
            Err(_) => Err(timed_out(self.args.timeout, provider)),
        }
    }

    /// From the code to the stored session.
    async fn complete(
        &self,
        server: &Server,
        metadata: &Metadata,
        authorization: &Authorization,
        code: &oauth::Code,
    ) -> Result<Record, Error> {
        let tokens = server.exchange(metadata, authorization, code).await?;
        let record = self.adopt(server, metadata, authorization, &tokens).await;
        if record.is_err() {
            // Nobody keeps these tokens, so nobody shall be able to use them.
            self.revoke(
                server,
                metadata,
                tokens.refresh_token.as_ref(),
                TokenHint::Refresh,
            )
            .await;
            self.revoke(
                server,
                metadata,
                Some(&tokens.access_token),
                TokenHint::Access,
            )
            .await;
        }
        record
    }

    /// Verifies the tokens and makes them the session.
    async fn adopt(
        &self,
        server: &Server,
        metadata: &Metadata,
        authorization: &Authorization,
        tokens: &Tokens,
    ) -> Result<Record, Error> {
        let account = self
            .verified_account(server, metadata, authorization, tokens)
            .await?;
        // Asked before the lock is taken: a person may take long to answer.
        let seen = self.stored();
        self.agree_to_replace(seen.as_ref(), &account).await?;
        let guard = self.keeper.lock(session::LOCK_WAIT).await?;
        let old = self.stored();
        let subject = |record: &Record| record.account.subject.clone();
        if old.as_ref().map(subject) != seen.as_ref().map(subject) {
            self.agree_to_replace(old.as_ref(), &account).await?;
        }
        let generation = old.as_ref().map_or(0, |old| old.generation) + 1;
        let record = self.record(tokens, account, generation)?;
        let _hold = self.context.interrupts.hold();
        self.keeper.set_aside_unreadable(&guard)?;
        self.keeper.save(&record, &guard)?;
        self.context
            .remember_session(self.keeper.identity(), self.scope)?;
        drop(guard);
        let kept = record
            .refresh
            .as_ref()
            .map(|refresh| refresh.token.expose());
        let replaced = old
            .filter(|old| self.keeper.is_ours(old))
            .and_then(|old| old.refresh)
            .map(|refresh| refresh.token);
        // A provider may have given the same one again.
        let replaced = replaced
            .as_ref()
            .filter(|token| kept.is_none_or(|kept| !token.equals(kept)));
        self.revoke(server, metadata, replaced, TokenHint::Refresh)
            .await;
        Ok(record)
    }

    /// A session of another provider is not replaced unless somebody says so: nobody here could
    /// end it there.
    fn keep_what_another_provider_gave(&self) -> Result<(), Error> {
        match self.keeper.expect() {
            Err(error @ session::Error::OtherProvider { .. }) if !self.args.replace => {
                Err(error.into())
            }
            _ => Ok(()),
        }
    }

    /// The session that is there now. One that cannot be read is replaced.
    fn stored(&self) -> Option<Record> {
        self.keeper.load().unwrap_or_else(|error| {
            self.context.output.warn(format!("{error}; it is replaced"));
            None
        })
    }

    async fn verified_account(
        &self,
        server: &Server,
        metadata: &Metadata,
        authorization: &Authorization,
        tokens: &Tokens,
    ) -> Result<Account, Error> {
        let binding = Binding {
            nonce: authorization.nonce().map(Nonce::expose),
            max_age: self.args.max_age.map(u64::from),
            is_openid: self.scope.split(' ').any(|scope| scope == "openid"),
        };
        let verified = server.verify_login(metadata, tokens, binding).await?;
        match verified.account {
            Some(account) if account.name.is_some() || account.email.is_some() => Ok(account),
            known => self.ask_for_account(server, metadata, tokens, known).await,
        }
    }

    /// Without names in the ID token, userinfo tells who signed in. Its failure is no reason to
    /// throw a verified login away; without an ID token it is all there is.
    async fn ask_for_account(
        &self,
        server: &Server,
        metadata: &Metadata,
        tokens: &Tokens,
        known: Option<Account>,
    ) -> Result<Account, Error> {
        let Some(endpoint) = &metadata.userinfo_endpoint else {
            return known
                .ok_or_else(|| Error::said(Kind::Failure, "the provider says not who signed in"));
        };
        let asked = portal::userinfo(&server.http, endpoint, &tokens.access_token).await;
        let asked = asked
            .map_err(Error::from)
            .and_then(|answer| person(server, endpoint, &answer));
        match (asked, known) {
            (Ok(user), Some(known)) if user.subject != known.subject => Err(Error::said(
                Kind::Untrusted,
                "userinfo is about another account than the ID token",
            )
            .hint("nothing was stored; tell the provider")),
            (Ok(user), _) => Ok(Account {
                subject: user.subject,
                name: user.name,
                email: user.email,
            }),
            (Err(_), Some(known)) => Ok(known),
            (Err(error), None) if server.provider.offers(Feature::IdTokens) => {
                Err(error.hint("ask for the scope openid as well: it tells who signed in"))
            }
            (Err(error), None) => Err(error.hint("nothing was stored")),
        }
    }

    /// R16: another account's session is not replaced unless somebody says so.
    async fn agree_to_replace(&self, old: Option<&Record>, account: &Account) -> Result<(), Error> {
        let Some(old) = old.filter(|old| old.account.subject != account.subject) else {
            return Ok(());
        };
        if self.args.replace {
            return Ok(());
        }
        let (old, new) = (line(old.account.label()), line(account.label()));
        if self.context.can_ask() {
            let output = self.context.output;
            let question =
                format!("You are signed in as {old}. Replace that session with {new}'s? [y/N] ");
            // On a thread of its own, so that Ctrl-C and the browser's tab are served meanwhile.
            let answer = tokio::task::spawn_blocking(move || output.confirm(&question)).await;
            if answer.is_ok_and(|agreed| agreed) {
                return Ok(());
            }
        }
        Err(Error::said(
            Kind::Conflict,
            format!("{old} is signed in already, and {new} is somebody else"),
        )
        .hint("the old session is kept; use `--replace`, or another `--profile`"))
    }

    fn record(&self, tokens: &Tokens, account: Account, generation: u64) -> Result<Record, Error> {
        let now = self.context.clock.now();
        let expires_at = now.saturating_add(session::lifetime(tokens));
        let access = AccessToken {
            token: tokens.access_token.clone(),
            issued_at: now,
            expires_at,
        };
        let refresh = tokens.refresh_token.clone();
        let id_token = tokens.id_token.clone();
        Ok(Record {
            version: VERSION,
            provider: self.context.settings()?.provider.value.name.to_owned(),
            generation,
            signed_in_at: now,
            account,
            scopes: tokens
                .scope
                .clone()
                .unwrap_or_else(|| self.scope.to_owned()),
            access: Some(access),
            refresh: refresh.map(|token| RefreshToken {
                token,
                obtained_at: now,
            }),
            id_token: id_token.map(|token| IdToken { token, generation }),
            rescue_key: Some(store::random_key()?),
        })
    }

    /// Ends tokens that nobody keeps. A failure is only noted: the login's outcome stands.
    async fn revoke(
        &self,
        server: &Server,
        metadata: &Metadata,
        token: Option<&Secret>,
        hint: TokenHint,
    ) {
        let Some(token) = token else { return };
        if let Err(error) = server.revoke(metadata, token, hint).await {
            let error = line(&error.to_string());
            self.context.output.note(format!(
                "tokens that are not kept were not revoked: {error}"
            ));
        }
    }
}
