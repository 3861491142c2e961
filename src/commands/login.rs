//! `login`: signs a person in and stores the session.
//!
//! One file for each way to get tokens; what is done with them is one for all, in
//! [`storage`]. The store is proved before anybody is asked for anything.

mod attempt;
mod begin;
mod begun_session;
mod code;
mod device;
mod finish;
mod handover;
mod messages;
mod open_browser;
mod scopes;
mod store_tokens;
mod summary;
mod validate_args;
mod with_token;

use self::attempt::{Login, SignedIn};
use self::summary::greet;
use crate::cli::LoginArgs;
use crate::context::Context;
use crate::error::Error;

/// Nothing is stored unless it ends with a session.
pub(super) fn run(args: &LoginArgs, context: &Context) -> Result<(), Error> {
    validate_args::check_steps(args)?;
    if let Some(id) = &args.finish {
        return finish::run(args, id.as_deref(), context);
    }
    if args.qr && !args.device {
        return Err(Error::usage(
            "a QR code does not work here: the browser has to come back to this machine, which a \
             phone cannot reach",
        )
        .hint("use `eprospera login --device --qr`"));
    }
    let session_store = context.session_store_in(context.store()?, context.identity()?)?;
    validate_args::check(args, context)?;
    if args.begin {
        return begin::run(args, context, &session_store);
    }
    if let Some(record) = scopes::already_granted(context, &session_store, &args.add_scope)? {
        let asked = record.scopes.clone();
        return greet(context, &session_store, &SignedIn { record, asked });
    }
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
