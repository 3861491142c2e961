//! `api`: any route of the portal, with the credential in use.
//!
//! Everything that can be wrong with the request is found out before a session is looked for.

mod draft;
mod header;
mod pages;
mod parameter;
mod reply;

use draft::Draft;

use super::access::Access;
use super::permission;
use crate::cli::ApiArgs;
use crate::context::Context;
use crate::error::Error;
use crate::http::Response;
use crate::portal::{self, Bearer, Route};

/// Whatever a person asks for by hand: which scopes open it, nobody here knows.
const ANY: Route = Route {
    name: "this route",
    path: "",
    scopes: &[],
    agent_scope: None,
    is_newer: false,
};

pub(super) fn run(args: &ApiArgs, context: &Context) -> Result<(), Error> {
    let draft = Draft::of(args, &context.origin()?)?;
    if args.dry_run {
        return draft.show(context);
    }
    let access = Access::open(context)?;
    let server = access.server(context)?;
    let ask = async || {
        let asked = Asked {
            context,
            access: &access,
            portal: access.portal(context, &server)?,
        };
        if args.paginate {
            return pages::all(&asked, draft, args.slurp)
                .await
                .map(reply::ReplyBody::Json);
        }
        let answer = asked.answer(&draft).await?;
        if args.include {
            context.output.text(&answer.head())?;
        }
        reply::ReplyBody::of(asked.success(answer)?)
    };
    context.block_on(ask())?.print(context)
}

/// The portal, and who asks.
struct Asked<'a, B> {
    context: &'a Context,
    access: &'a Access,
    portal: portal::PortalClient<B>,
}

impl<B: Bearer<Error = Error>> Asked<'_, B> {
    async fn answer(&self, draft: &Draft) -> Result<Response, Error> {
        Ok(self.portal.ask(&draft.call()).await?)
    }

    /// An answer that is none but good.
    fn success(&self, answer: Response) -> Result<Response, Error> {
        if answer.is_success() {
            return Ok(answer);
        }
        if let Some(error) = reply::redirect(&answer, self.context)? {
            return Err(error);
        }
        let refusal = portal::Error::Refused(portal::PortalRefusal::of(&answer));
        let error = permission::explained(self.context, self.access, &ANY, None, refusal);
        Err(match serde_json::from_slice(&answer.body) {
            Ok(body) => error.details(body),
            Err(_) => error,
        })
    }
}
