//! `status`: which profile, account, client and store are in use, and where each value came from.
//!
//! Local, and it never refreshes. Only `--check` asks the provider.

mod check;
mod credential;
mod pending;
mod unfinished;

use serde_json::{Value, json};

use self::check::ProviderCheck;
use self::credential::CredentialStatus;
use self::unfinished::UnfinishedLogin;
use crate::cli::StatusArgs;
use crate::context::{Context, Given};
use crate::env;
use crate::error::{Error, Kind};
use crate::oauth::RedirectUri;
use crate::output::{Json, Page, Tone, Toned, clock_time, moment, span};
use crate::provider::Feature;
use crate::session::{self, PendingLogin, Record, SessionStore};
use crate::settings::{Setting, Settings};
use crate::store;

/// Prints what is known before it fails for want of a session, or of a store that works.
pub(super) fn run(args: &StatusArgs, context: &Context) -> Result<(), Error> {
    let (despite, mut failure) = despite_damage(context)?;
    let context = despite.as_ref().unwrap_or(context);
    let settings = context.settings()?;
    let given = context.given_token()?;
    let session_store = match &settings.client_id {
        Some(_) => either(open(context), &mut failure),
        None => None,
    };
    let mut found = StoredState::default();
    if let Some(session_store) = &session_store {
        found = either(StoredState::load(context, session_store), &mut failure).unwrap_or_default();
    }
    // With a credential that was given a store may well be out of order.
    failure = failure.filter(|_| given.is_none());
    let (check, unchecked) = if args.check {
        checked(context, given.as_ref(), session_store.as_ref(), &found)
    } else {
        (None, None)
    };
    let credential = CredentialStatus::of(context, given.as_ref(), found.record.is_some());
    let credential = either(credential, &mut failure).unwrap_or(CredentialStatus::None);
    let view = View {
        context,
        settings,
        session_store: session_store.as_ref(),
        found: &found,
        failure: failure.as_ref(),
        credential,
        check,
    };
    context
        .output
        .answer(Json::Value(&view.json()), &|page: &mut Page| {
            view.describe(page);
        })?;
    let verdict = match (view.failure, &unchecked) {
        (None, None) => verdict(&view, given.as_ref()),
        _ => Ok(()),
    };
    failure.or(unchecked).map_or(verdict, Err)
}

/// The run without what is remembered of logins, where that cannot be read: everything else can be said.
fn despite_damage(context: &Context) -> Result<(Option<Context>, Option<Error>), Error> {
    match context.settings() {
        Ok(_) => Ok((None, None)),
        Err(error) if error.kind() == Kind::Store => {
            Ok((Some(context.despite_damaged_logins()?), Some(error)))
        }
        Err(error) => Err(error),
    }
}

/// What the provider says about the credential in use, and why where it could not be asked.
fn checked(
    context: &Context,
    given: Option<&Given>,
    session_store: Option<&SessionStore>,
    found: &StoredState,
) -> (Option<ProviderCheck>, Option<Error>) {
    let check = match (given, session_store, &found.record) {
        (Some(given), ..) => ProviderCheck::of_given(context, given),
        (None, Some(session_store), Some(record)) => {
            ProviderCheck::of_session(context, session_store, record)
        }
        _ => return (None, None),
    };
    match check {
        Ok(check) => (Some(check), None),
        Err(error) => (Some(ProviderCheck::unknown(error.sentence())), Some(error)),
    }
}

fn open(context: &Context) -> Result<SessionStore, Error> {
    context.session_store_in(context.store()?, context.identity()?)
}

/// What came of something, or `None`, and why, unless something else failed before.
fn either<T>(outcome: Result<T, Error>, failure: &mut Option<Error>) -> Option<T> {
    match outcome {
        Ok(value) => Some(value),
        Err(error) => {
            failure.get_or_insert(error);
            None
        }
    }
}

/// Whether a session or a credential is there, as far as is known.
fn verdict(view: &View<'_>, given: Option<&Given>) -> Result<(), Error> {
    let (context, session_store) = (view.context, view.session_store);
    if let (CredentialStatus::Session(_), Some(session_store), Some(record)) =
        (&view.credential, session_store, &view.found.record)
    {
        session_store.ensure_not_expired(record)?;
    }
    match (&view.credential, &view.check) {
        (CredentialStatus::None | CredentialStatus::BootstrapToken { used: true }, _) => {
            let error = none(context, session_store);
            let error = match &view.found.unfinished {
                Some(login) => error.hint(login.way_on()),
                None => error,
            };
            let pending = view.found.pending.iter();
            Err(pending.fold(error, |error, login| error.hint(pending::way_on(login))))
        }
        (CredentialStatus::BootstrapToken { used: false }, _) => Err(none(context, session_store)
            .hint(format!(
                "the next command that needs a token begins a session with {}",
                env::REFRESH_TOKEN
            ))),
        (
            _,
            Some(ProviderCheck {
                works: Some(false),
                words,
            }),
        ) => Err(Error::login_required(words.clone()).hint(match given {
            Some(given) => format!("set {} to a valid credential, or unset it", given.source),
            None => "run `eprospera login`".to_owned(),
        })),
        _ => Ok(()),
    }
}

fn none(context: &Context, session_store: Option<&SessionStore>) -> Error {
    let Some(session_store) = session_store else {
        let error = Error::login_required("not signed in, and no client id is known")
            .hint("run `eprospera login --client-id ID`");
        return match context.settings() {
            Ok(settings) => error.hint(settings.provider.value.registration),
            Err(_) => error,
        };
    };
    match session_store.require() {
        Err(error) => error.into(),
        // A login came between the two looks.
        Ok(_) => Error::failure("the session has just changed").hint("run the command again"),
    }
}

#[derive(Default)]
struct StoredState {
    record: Option<Record>,
    outcome_unknown: bool,
    /// `None` where the rescue file cannot be read.
    awaits_rescue: Option<bool>,
    /// What a login with a given token has left beside the session.
    unfinished: Option<UnfinishedLogin>,
    /// Logins that were begun, for a later command to finish.
    pending: Vec<PendingLogin>,
}

impl StoredState {
    fn load(context: &Context, session_store: &SessionStore) -> Result<Self, Error> {
        let stored = session_store.load()?;
        let unfinished = UnfinishedLogin::beside(session_store, stored.as_ref());
        let pending = pending::in_store(session_store);
        let Some(record) = stored.filter(|record| session_store.is_ours(record)) else {
            return Ok(Self {
                unfinished,
                pending,
                ..Self::default()
            });
        };
        Ok(Self {
            unfinished,
            pending,
            outcome_unknown: session_store.pending(&record)?.is_some(),
            awaits_rescue: awaits_rescue(context, session_store)?,
            record: Some(record),
        })
    }
}

/// A rescue file that cannot be read is said to be so, and hides no session.
fn awaits_rescue(context: &Context, session_store: &SessionStore) -> Result<Option<bool>, Error> {
    match session_store.awaits_rescue() {
        Err(error @ session::Error::RescueUnreadable { .. }) => {
            let error = context.explained(Error::from(error));
            context.output.warn(format!(
                "{}; {}",
                error.sentence(),
                error.hints().join("; ")
            ));
            Ok(None)
        }
        known => Ok(Some(known?)),
    }
}

struct View<'a> {
    context: &'a Context,
    settings: &'a Settings,
    session_store: Option<&'a SessionStore>,
    found: &'a StoredState,
    /// Why it is not known what is stored.
    failure: Option<&'a Error>,
    credential: CredentialStatus,
    check: Option<ProviderCheck>,
}

impl View<'_> {
    fn redirect_uris(&self) -> Vec<&str> {
        let uris = self.settings.redirect_uris.value.iter();
        uris.map(RedirectUri::as_str).collect()
    }

    fn json(&self) -> Value {
        let settings = self.settings;
        let now = self.context.clock.now();
        let sourced = |value: Value, source: &dyn std::fmt::Display| json!({ "value": value, "source": source.to_string() });
        let uris = self.redirect_uris();
        let mut status = json!({
            "credential": self.credential.json(),
            "profile": settings.profile,
            "provider": sourced(json!(settings.provider.value.name), &settings.provider.source),
            "issuer": sourced(json!(settings.issuer.value.as_str()), &settings.issuer.source),
            "client_id": settings.client_id,
            "redirect_uris": sourced(json!(uris), &settings.redirect_uris.source),
            "scopes": settings.scopes,
            "store": sourced(json!(settings.store.value), &settings.store.source),
            "store_location": self.session_store.map(SessionStore::location),
            "session": self.found.record.as_ref().map(|record| self.session(record, now)),
        });
        if let Some(failure) = self.failure {
            status["store"]["problem"] = json!(failure.sentence());
        }
        if let Some(login) = &self.found.unfinished {
            status["unfinished_login"] = login.json();
        }
        if !self.found.pending.is_empty() {
            status["pending_logins"] = self.found.pending.iter().map(pending::json).collect();
        }
        if let Some(check) = &self.check {
            status["check"] = json!({ "works": check.works, "message": check.words });
        }
        status
    }

    fn session(&self, record: &Record, now: i64) -> Value {
        json!({
            "account": record.account,
            "signed_in_at": moment(record.signed_in_at),
            "generation": record.generation,
            "scopes": record.scopes.split(' ').collect::<Vec<_>>(),
            "access_token": record.access.as_ref().map(|access| json!({
                "expires_at": moment(access.expires_at),
                "expires_in": access.remaining(now),
                "valid": access.remaining(now) > 0,
            })),
            "refresh_token": record.refresh.as_ref().map(|refresh| json!({
                "obtained_at": moment(refresh.obtained_at),
            })),
            "id_token": record.id_token.is_some(),
            "renewable": record.refresh.is_some(),
            "refresh_outcome_unknown": self.found.outcome_unknown,
            "awaits_rescue": self.found.awaits_rescue,
        })
    }

    fn describe(&self, page: &mut Page) {
        let now = self.context.clock.now();
        self.credential.describe(page);
        if let Some(record) = &self.found.record {
            let provider = self.settings.provider.value.title;
            let account = record.account.label();
            page.outcome(format!("Signed in to {provider} as {account}"), Tone::Good);
            self.describe_check(page);
            page.gap();
            self.describe_session(page, record);
        } else {
            if self.failure.is_some() {
                let words = "The store failed, so it is unknown whether you are signed in.";
                page.outcome(words, Tone::Bad);
            } else {
                page.outcome("Not signed in", Tone::Bad);
            }
            self.describe_check(page);
        }
        if let Some(login) = &self.found.unfinished {
            page.gap();
            page.say(self.context.with_flags(&login.words()));
        }
        for login in &self.found.pending {
            page.gap();
            page.say(self.context.with_flags(&pending::words(login, now)));
        }
        page.gap();
        self.describe_settings(page);
    }

    fn describe_check(&self, page: &mut Page) {
        if let Some(check) = &self.check {
            let tone = match check.works {
                Some(true) => Tone::Good,
                Some(false) => Tone::Bad,
                None => Tone::Plain,
            };
            page.outcome(format!("Checked: {}", check.words), tone);
        }
    }

    fn describe_settings(&self, page: &mut Page) {
        let settings = self.settings;
        let client = settings.client_id.as_ref();
        let store = match &settings.store.value {
            store::StoreKind::PlainFile => "plain-file (NOT encrypted)".to_owned(),
            kind => kind.to_string(),
        };
        let store = match self.failure {
            Some(failure) => format!("{store}: {}", failure.sentence()),
            None => store,
        };
        let uris = match self.redirect_uris().as_slice() {
            [first, _, ..] => {
                let others = settings.redirect_uris.value.len() - 1;
                format!("{first} (+{others})")
            }
            uris => uris.join(" "),
        };
        page.table(
            ["setting", "from", "value"],
            [
                row("profile", &settings.profile.value, &settings.profile),
                row("provider", settings.provider.value.name, &settings.provider),
                row("issuer", settings.issuer.value.as_str(), &settings.issuer),
                client.map_or_else(
                    || ["client id".to_owned(), "—".to_owned(), "—".to_owned()],
                    |client| row("client id", &client.value, client),
                ),
                row("redirect URIs", &uris, &settings.redirect_uris),
                row("scopes", self.scopes_to_ask_for(), &settings.scopes),
                row("store", &store, &settings.store),
            ],
        );
    }

    /// What a login would ask for. What was granted is shown once.
    fn scopes_to_ask_for(&self) -> &str {
        let sorted = |scopes: &str| {
            let mut scopes: Vec<_> = scopes.split(' ').map(str::to_owned).collect();
            scopes.sort();
            scopes
        };
        let asked = &self.settings.scopes.value;
        match &self.found.record {
            Some(record) if sorted(&record.scopes) == sorted(asked) => "as granted",
            _ => asked,
        }
    }

    fn describe_session(&self, page: &mut Page, record: &Record) {
        let provider = self.settings.provider.value;
        let now = self.context.clock.now();
        let refresh = match &record.refresh {
            Some(refresh) => Some(format!(
                "obtained {} ago, rotates on use",
                span(now - refresh.obtained_at)
            )),
            None if provider.offers(Feature::Refresh) => None,
            None => Some(format!("none: {} does not support refresh", provider.title)),
        };
        let location = self.session_store.map(SessionStore::location);
        page.fields(&[
            ("account", record.account.name.clone().map(Toned::from)),
            ("access token", self.access_token(record)),
            ("refresh token", refresh.map(Toned::from)),
            ("granted scopes", Some(record.scopes.clone().into())),
            ("stored in", location.map(Toned::from)),
        ]);
        if self.found.outcome_unknown {
            page.gap();
            page.say(session::Error::outcome_unknown_note());
        }
        if self.found.awaits_rescue == Some(true) {
            page.gap();
            page.say(
                "The newest tokens are still in a rescue file: the next command moves them into the \
                 store.",
            );
        }
    }

    fn access_token(&self, record: &Record) -> Option<Toned> {
        let now = self.context.clock.now();
        let access = record.access.as_ref()?;
        let at = clock_time(access.expires_at, now);
        Some(match access.remaining(now) {
            0 if record.refresh.is_some() => Toned::new(
                format!("expired {at}; the next command refreshes it"),
                Tone::Caution,
            ),
            0 => Toned::new(format!("expired {at}"), Tone::Bad),
            left => Toned::new(format!("expires in {}, {at}", span(left)), Tone::Good),
        })
    }
}

fn row<T>(name: &str, value: &str, setting: &Setting<T>) -> [String; 3] {
    [
        name.to_owned(),
        setting.source.to_string(),
        value.to_owned(),
    ]
}
