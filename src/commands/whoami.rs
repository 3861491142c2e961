//! `whoami`: what the provider's user route says of the signed-in user. An Agent Key is not taken
//! there, and its owner is the natural person (docs/portal.md, "Credentials and scopes").

use serde_json::Value;
use url::Url;

use super::access::{Access, person};
use super::permission;
use crate::cli::MeCommand;
use crate::context::Context;
use crate::error::Error;
use crate::oauth::{self, Metadata};
use crate::output::{Json, Page};
use crate::portal::{self, Credential, PortalResponse, route};

pub(super) fn run(context: &Context) -> Result<(), Error> {
    let access = Access::open(context)?;
    if let Access::Given(given) = &access
        && Credential::of(&given.token) == Credential::AgentKey
    {
        return super::me::run(&MeCommand::NaturalPerson, context);
    }
    permission::check(context, &access, &route::USERINFO)?;
    let server = access.server(context)?;
    let (user, body) = context.block_on(async {
        let portal = access.portal(context, &server)?;
        let metadata = server.metadata().await?;
        let mut endpoint = userinfo(metadata.clone())?;
        let mut reply = portal.read(&endpoint).await;
        if reply.as_ref().is_err_and(is_not_there)
            && let Some(moved) = server.moved(&metadata).await
        {
            endpoint = userinfo(moved)?;
            reply = portal.read(&endpoint).await;
        }
        let reply: PortalResponse<Value> = reply.map_err(|error| {
            permission::explained(context, &access, &route::USERINFO, None, error)
        })?;
        let user = person(&server, &endpoint, &reply.value)?;
        let expected = access.record()?.map(|record| record.account.subject);
        // OpenID Connect Core §5.3.2: an answer about another person must not be used. Of a
        // credential that was given it is not known whose it is.
        if expected.is_some_and(|expected| !expected.is_empty() && expected != user.subject) {
            return Err(Error::untrusted("userinfo describes a different account")
                .hint("run `eprospera login` again, and report this to the provider"));
        }
        Ok((user, reply.body))
    })?;
    context
        .output
        .answer(Json::Body(&body), &|page: &mut Page| {
            let verified =
                user.email_verified.map(
                    |verified| {
                        if verified { "verified" } else { "not verified" }
                    },
                );
            let email = user.email.as_ref().map(|email| match verified {
                Some(verified) => format!("{email} ({verified})"),
                None => email.clone(),
            });
            page.fields(&[
                ("name", user.name.clone()),
                ("e-mail", email),
                ("subject", Some(user.subject.clone())),
                ("issuer", Some(server.issuer.as_str().to_owned())),
            ]);
        })
}

/// Whether the endpoint may have moved since its address was remembered.
fn is_not_there<B>(error: &portal::Error<B>) -> bool {
    use portal::Error as E;
    match error {
        E::Refused(refusal) => oauth::is_not_there(refusal.status),
        E::Redirected { .. } | E::Moved { .. } => true,
        _ => false,
    }
}

fn userinfo(metadata: Metadata) -> Result<Url, Error> {
    metadata
        .userinfo_endpoint
        .ok_or_else(|| Error::failure("this provider has no userinfo endpoint"))
}
