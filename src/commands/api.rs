//! `api`: any route of the portal, with the credential in use.
//!
//! Everything that can be wrong with the request is found out before a session is looked for.

mod asked;
mod draft;
mod header;
mod input;
mod pages;
mod parameter;
mod reply;

use asked::Asked;
use draft::Draft;

use super::access::Access;
use crate::cli::ApiArgs;
use crate::context::Context;
use crate::error::Error;

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
        Ok(reply::ReplyBody::of(asked.success(answer)?))
    };
    context.block_on(ask())?.print(context)
}
