//! `login`: signs a person in and stores the session.
//!
//! One file for each way to get tokens; what is done with them is one for all, in
//! [`storage`]. The store is proved before anybody is asked for anything.

mod code;
mod device;
mod handover;
mod messages;
mod open_browser;
mod scopes;
mod store_tokens;
mod summary;
mod validate_args;
mod with_token;

use std::time::Duration;

use self::store_tokens::TokenStorage;
use self::summary::greet;
use crate::cli::LoginArgs;
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::oauth::Metadata;
use crate::output::line;
use crate::session::{ProviderClient, Record, SessionStore, StoredSession};

/// How long a person has where neither a flag nor the provider says.
const SIGN_IN_TIMEOUT: Duration = Duration::from_secs(5 * 60);

/// Nothing is stored unless it ends with a session.
pub(super) fn run(args: &LoginArgs, context: &Context) -> Result<(), Error> {
    if args.qr && !args.device {
        return Err(Error::msg(
            Kind::Usage,
            "a QR code is of no use here: the answer has to come back to this machine, which a \
             phone cannot reach",
        )
        .hint("use `eprospera login --device --qr`"));
    }
    let session_store = context.keeper_in(context.store()?, context.identity()?)?;
    validate_args::check(args, context)?;
    let login = Login {
        args,
        context,
        session_store: &session_store,
    };
    let signed_in = if args.with_token {
        let token = with_token::read(context)?;
        context.block_on(login.with_token(&token))?
    } else if args.device {
        context.block_on(login.by_device())?
    } else {
        // Once the login has ended, a signal ends only the wait for the browser's last page.
        let mut ended = None;
        let interrupted = context.block_on(login.by_code(&mut ended));
        return ended.unwrap_or(interrupted);
    };
    greet(context, &session_store, &signed_in)
}

/// A login that has not begun yet.
struct Login<'a> {
    args: &'a LoginArgs,
    context: &'a Context,
    session_store: &'a SessionStore,
}

/// What a login has come to.
struct SignedIn {
    record: Record,
    /// What was asked for, separated by spaces.
    asked: String,
}

impl Login<'_> {
    /// The provider, once the store is known to hold what is coming.
    async fn provider(&self) -> Result<(ProviderClient, Metadata), Error> {
        self.session_store.probe().await?;
        self.keep_what_is_there()?;
        let server = self.context.server(self.session_store.store())?;
        Context::require_client_secret(&server)?;
        let metadata = server.discover().await?;
        // A person would sign in for nothing.
        server.client(&metadata)?;
        let (typed, exact) = (server.issuer.exact(), metadata.issuer.exact());
        if typed != exact {
            self.context.output.note(format!(
                "the provider writes its issuer {}, and it was given as {}; the former is used",
                line(exact),
                line(typed)
            ));
        }
        Ok((server, metadata))
    }

    /// A session of another provider, or one that cannot be read, is not replaced unless somebody
    /// says so: nobody here could end it.
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
    fn storage<'a>(
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

    /// A command line of this profile, to be copied.
    fn command(&self, arguments: &str) -> String {
        match &self.context.flags.profile {
            Some(profile) => format!("`eprospera --profile {profile} {arguments}`"),
            None => format!("`eprospera {arguments}`"),
        }
    }
}
