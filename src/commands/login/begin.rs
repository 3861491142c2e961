//! `login --begin`: says where to sign in and returns at once. What the answer has to match waits in the
//! store for `login --finish`.

use serde_json::{Value, json};

use super::attempt::Login;
use super::store_tokens::TokenStorage;
use crate::cli::LoginArgs;
use crate::context::Context;
use crate::error::Error;
use crate::oauth::{Authorization, Device, Metadata, RedirectUri};
use crate::output::{moment, span};
use crate::session::{
    PASTED_LOGIN_LIFETIME, PendingLogin, PendingLogins, PendingMethod, ProviderClient, SessionStore,
};

/// A login that a person can go on with, before it is stored.
struct BegunLogin {
    method: PendingMethod,
    /// In seconds.
    lifetime: i64,
    /// What to do with the address.
    page: Value,
    /// The same in words.
    words: &'static str,
    /// The origin of its page where that is not the issuer's own.
    elsewhere: Option<String>,
}

/// Opens nothing and does not wait.
pub(super) fn run(
    args: &LoginArgs,
    context: &Context,
    session_store: &SessionStore,
) -> Result<(), Error> {
    let login = Login {
        args,
        context,
        session_store,
    };
    context.block_on(login.begin())
}

impl Login<'_> {
    async fn begin(&self) -> Result<(), Error> {
        let (server, metadata) = self.provider().await?;
        let asked = self.scope(&server, &metadata)?;
        let begun_at = self.context.clock.now();
        let begun = if self.args.device {
            of_device(&self.ask_for_device(&server, &metadata, &asked).await?)
        } else {
            self.of_code(&server, &metadata, &asked)?
        };
        let id = PendingLogins::new_id()?;
        let expires_at = begun_at.saturating_add(begun.lifetime);
        let finish = self
            .context
            .whole_command(&format!("login --finish {id}"))?;
        let storage = self.storage(&server, &metadata, &asked);
        let login = PendingLogin {
            id: id.clone(),
            provider: server.provider.name.to_owned(),
            begun_at,
            expires_at,
            scopes: asked.clone(),
            max_age: self.args.max_age,
            replace: self.args.replace,
            method: begun.method,
        };
        self.keep(&storage, login).await?;
        if let Some(origin) = begun.elsewhere {
            self.context.output.warn(format!(
                "the page is at {origin}, not at the issuer's own address; make sure that it \
                 belongs to your provider"
            ));
        }
        let mut json = begun.page;
        json["id"] = json!(id);
        json["expires_at"] = json!(moment(expires_at));
        json["expires_in"] = json!(begun.lifetime);
        json["finish"] = json!(finish);
        self.context.output.json(&json)?;
        // A program reads the same in the JSON, perhaps from one stream with this.
        if self.context.can_ask() {
            let (words, within) = (begun.words, span(begun.lifetime));
            let output = self.context.output;
            output.note(format!("{words}; within {within}, run `{finish}`"));
        }
        Ok(())
    }

    /// Stores the login. Where that is, is remembered first, so that a logout finds it.
    async fn keep(&self, storage: &TokenStorage<'_>, login: PendingLogin) -> Result<(), Error> {
        let before = storage.remember_beginning();
        let added = self.session_store.pending_logins().add(login).await;
        if added.is_err() {
            storage.forget_beginning(before.as_ref());
        }
        Ok(added?)
    }

    fn of_code(
        &self,
        server: &ProviderClient,
        metadata: &Metadata,
        asked: &str,
    ) -> Result<BegunLogin, Error> {
        let redirect_uri = self.uri_to_paste()?;
        let params = self.params(server, asked);
        let authorization = Authorization::begin(metadata, &params, redirect_uri)?;
        Ok(BegunLogin {
            method: authorization.suspend().into(),
            lifetime: PASTED_LOGIN_LIFETIME,
            page: json!({
                "method": "code",
                "authorization_url": authorization.url.as_str(),
                "redirect_uri": redirect_uri.as_str(),
                "user_code": null,
            }),
            words: "sign in at `authorization_url`, and keep the address at which the browser ends",
            elsewhere: None,
        })
    }

    /// The redirect URI of an answer that is pasted.
    fn uri_to_paste(&self) -> Result<&RedirectUri, Error> {
        let uris = &self.context.settings()?.redirect_uris.value;
        let first = uris.first();
        first.ok_or_else(|| Error::usage("no redirect URI is configured"))
    }
}

fn of_device(device: &Device) -> BegunLogin {
    let lifetime = i64::try_from(device.expires_in.as_secs()).unwrap_or(i64::MAX);
    BegunLogin {
        lifetime,
        words: "open `authorization_url` on any device and approve the code",
        elsewhere: device.elsewhere().map(str::to_owned),
        page: json!({
            "method": "device",
            "authorization_url": device.address().as_str(),
            "verification_uri": device.verification_uri.as_str(),
            "user_code": device.user_code,
            "interval": device.interval().as_secs(),
        }),
        method: device.suspend().into(),
    }
}
