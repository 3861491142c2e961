//! Sends a request of `api`, and tells an answer from a refusal.

use super::draft::Draft;
use super::reply;
use crate::commands::access::Access;
use crate::commands::permission;
use crate::context::Context;
use crate::error::Error;
use crate::http::Response;
use crate::portal::{self, Bearer, Route};

/// A route that a person asks for by hand: which scopes open it is not known.
const ANY: Route = Route {
    name: "this route",
    path: "",
    scopes: &[],
    agent_scope: None,
    is_newer: false,
};

/// The portal, and who asks.
pub(super) struct Asked<'a, B> {
    pub(super) context: &'a Context,
    pub(super) access: &'a Access,
    pub(super) portal: portal::PortalClient<B>,
}

impl<B: Bearer<Error = Error>> Asked<'_, B> {
    pub(super) async fn answer(&self, draft: &Draft) -> Result<Response, Error> {
        Ok(self.portal.ask(&draft.call()).await?)
    }

    /// The answer of a request that succeeded, else why it did not.
    pub(super) fn success(&self, answer: Response) -> Result<Response, Error> {
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
