//! One question to the portal: the credential is checked before anything is sent, and a refusal
//! comes back with what can be done about it.

use serde::de::DeserializeOwned;

use super::super::access::Access;
use super::super::permission;
use crate::context::Context;
use crate::error::Error;
use crate::portal::{Reply, Route};
use crate::session::Server;

/// A route that is about to be asked.
pub(super) struct Inquiry<'a> {
    context: &'a Context,
    access: Access,
    server: Server,
    route: &'static Route,
    path: String,
    absent: Option<&'static str>,
}

impl<'a> Inquiry<'a> {
    /// Gets ready to ask a route.
    ///
    /// # Errors
    /// Exit 3 without a session, 4 where the credential does not open the route.
    pub(super) fn open(context: &'a Context, route: &'static Route) -> Result<Self, Error> {
        let access = Access::open(context)?;
        permission::check(context, &access, route)?;
        let server = access.server(context)?;
        Ok(Self {
            context,
            access,
            server,
            route,
            path: route.path.to_owned(),
            absent: None,
        })
    }

    /// The same about one thing of the route; `absent` says what a 404 means then.
    ///
    /// # Errors
    /// As [`Inquiry::open`].
    pub(super) fn about(
        context: &'a Context,
        route: &'static Route,
        id: &str,
        absent: &'static str,
    ) -> Result<Self, Error> {
        Ok(Self {
            path: route.path_of(id),
            absent: Some(absent),
            ..Self::open(context, route)?
        })
    }

    /// What a 404 means where the query narrows the question.
    pub(super) fn or_absent(self, absent: Option<&'static str>) -> Self {
        Self { absent, ..self }
    }

    /// Asks.
    ///
    /// # Errors
    /// What the portal says, with a hint.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        query: &[(&str, &str)],
    ) -> Result<Reply<T>, Error> {
        let portal = self.access.portal(self.context, &self.server)?;
        let reply = portal.get(&self.path, query).await;
        reply.map_err(|error| {
            permission::explained(self.context, &self.access, self.route, self.absent, error)
        })
    }
}
