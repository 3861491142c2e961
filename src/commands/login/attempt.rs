//! One login under way, whichever way it goes: its provider, where its session is stored, and what is
//! there already.

use std::time::Duration;

use super::store_tokens::{self, TokenStorage};
use crate::cli::LoginArgs;
use crate::context::Context;
use crate::error::Error;
use crate::http::{self, Request};
use crate::oauth::Metadata;
use crate::output::line;
use crate::provider::{self, Feature};
use crate::session::{ProviderClient, Record, SessionStore, StoredSession};

/// How long a person has where neither a flag nor the provider says.
pub(super) const SIGN_IN_TIMEOUT: Duration = Duration::from_secs(5 * 60);

/// A login that has not begun yet.
pub(super) struct Login<'a> {
    pub(super) args: &'a LoginArgs,
    pub(super) context: &'a Context,
    pub(super) session_store: &'a SessionStore,
}

/// What a login has come to.
pub(super) struct SignedIn {
    pub(super) record: Record,
    /// What was asked for, separated by spaces.
    pub(super) asked: String,
}

impl Login<'_> {
    /// The provider, once the store is known to hold what is coming.
    pub(super) async fn provider(&self) -> Result<(ProviderClient, Metadata), Error> {
        self.session_store.probe().await?;
        self.keep_what_is_there()?;
        let server = self.context.server(self.session_store.store())?;
        Context::require_client_secret(&server)?;
        let metadata = server.discover().await?;
        self.require_sandbox(&server).await?;
        // A person would sign in for nothing.
        server.client(&metadata)?;
        let (typed, exact) = (server.issuer.exact(), metadata.issuer.exact());
        if typed != exact {
            self.context.output.note(format!(
                "the provider spells its issuer {}; you gave {}. Using the provider's spelling.",
                line(exact),
                line(typed)
            ));
        }
        Ok((server, metadata))
    }

    /// Without discovery the first who asks the sandbox is the browser, which cannot tell that it is not
    /// running.
    async fn require_sandbox(&self, server: &ProviderClient) -> Result<(), Error> {
        let profile = &self.session_store.identity().profile;
        let is_sandbox = provider::built_in(profile).is_some_and(|(_, known)| known.loopback_only);
        if !is_sandbox || server.provider.offers(Feature::Discovery) {
            return Ok(());
        }
        let home = server.issuer.endpoint("/");
        match server.http.send(Request::get(&home)).await {
            Err(error @ http::Error::Unreachable { .. }) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// A session of another provider, or one that cannot be read, is not replaced unless the
    /// person says so: it could not be ended here.
    fn keep_what_is_there(&self) -> Result<(), Error> {
        let found = match self.session_store.inspect() {
            Ok(found) => found,
            Err(error) if error.is_out_of_the_way() => return Ok(()),
            Err(error) if self.args.replace && error.is_of_record_or_key() => return Ok(()),
            // Before anybody is asked to agree to what cannot be stored then.
            Err(error) => return Err(store_tokens::unreadable(error)),
        };
        match found {
            StoredSession::Readable(there) if !self.args.replace => {
                Ok(self.session_store.require_own(&there)?)
            }
            _ => Ok(()),
        }
    }

    /// What is done with tokens.
    pub(super) fn storage<'a>(
        &'a self,
        server: &'a ProviderClient,
        metadata: &'a Metadata,
        asked: &'a str,
    ) -> TokenStorage<'a> {
        TokenStorage {
            args: self.args,
            context: self.context,
            session_store: self.session_store,
            server,
            metadata,
            asked,
        }
    }

    /// A command line with the flags of this one, to be copied.
    pub(super) fn command(&self, arguments: &str) -> String {
        self.context.with_flags(&format!("`eprospera {arguments}`"))
    }
}
