//! One question to the portal: the credential is checked before anything is sent, and a refusal
//! comes back with what can be done about it.

use serde::de::DeserializeOwned;

use super::super::access::Access;
use super::super::permission;
use crate::context::Context;
use crate::error::Error;
use crate::portal::download::{Content, Downloads, Failure, Stored};
use crate::portal::{self, PortalResponse, Route};
use crate::session::ProviderClient;

pub(super) struct ResourceRequest<'a> {
    context: &'a Context,
    access: Access,
    server: ProviderClient,
    route: &'static Route,
    path: String,
    absent: Option<&'static str>,
}

impl<'a> ResourceRequest<'a> {
    /// Gets ready to ask a route.
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
    pub(super) fn for_id(
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
    pub(super) fn with_not_found_hint(self, absent: Option<&'static str>) -> Self {
        Self { absent, ..self }
    }

    /// The same route with one more part at its end.
    pub(super) fn child(self, part: &str) -> Self {
        let path = format!("{}/{part}", self.path);
        Self { path, ..self }
    }

    /// Asks.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        query: &[(&str, &str)],
    ) -> Result<PortalResponse<T>, Error> {
        let portal = self.access.portal(self.context, &self.server)?;
        let reply = portal.get(&self.path, query).await;
        reply.map_err(|error| self.explained(error))
    }

    /// Downloads what the route itself answers with.
    pub(super) async fn download(
        &self,
        downloads: &Downloads<'_>,
        query: &[(&str, &str)],
        content: Content,
        otherwise: &str,
    ) -> Result<Stored, Error> {
        let portal = self.access.portal(self.context, &self.server)?;
        let url = portal.url(&self.path, query);
        let stored = downloads.fetch_route(&portal, &url, content, otherwise);
        stored.await.map_err(|failure| match failure {
            Failure::Portal(error) => self.explained(error),
            failure => failure.into(),
        })
    }

    fn explained(&self, error: portal::Error<Error>) -> Error {
        permission::explained(self.context, &self.access, self.route, self.absent, error)
    }
}
