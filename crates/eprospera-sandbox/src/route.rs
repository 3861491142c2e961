//! What is known of a route, in one place: its path and methods, what it asks of its caller, its
//! name in the log, where rules for failures strike, and whether it is described.
//!
//! `server/routes` has the table. The router, the log, the answers to other methods, the callers of
//! the resource routes, the page at `/` and the check of docs/openapi.json read it.

use axum::handler::Handler;
use axum::http::header::ACCESS_CONTROL_REQUEST_METHOD;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use axum::routing::MethodRouter;

use crate::faults::fault::Endpoint;
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::reason::Reason;

/// What a route asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Nothing, or what only its own page can judge.
    Open,
    /// Client authentication, or the id of a public client.
    Client,
    /// An access token.
    Bearer,
    /// An access token with this scope, or an Agent Key with its twin.
    Person(&'static [&'static str; 1]),
    /// An access token with one of these scopes.
    Representative(&'static [&'static str]),
    /// An access token of Prosper.
    ProsperToken,
    /// The control token of this sandbox.
    ControlToken,
    /// A form of the inspector, in a browser that was given the right to steer.
    SteeringForm,
}

/// What the log and the handlers need to know of their route.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RouteInfo {
    pub(crate) path: &'static str,
    pub(crate) access: Access,
    pub(crate) log_name: &'static str,
    pub(crate) endpoint: Option<Endpoint>,
}

impl RouteInfo {
    const fn new(path: &'static str, log_name: &'static str, endpoint: Option<Endpoint>) -> Self {
        Self {
            path,
            access: Access::Open,
            log_name,
            endpoint,
        }
    }

    /// A path without a route.
    pub(crate) const UNKNOWN: Self = Self::new("", "unknown", None);
    /// Everything on the origin of the file service.
    pub(crate) const FILES: Self = Self::new("", Endpoint::Files.as_str(), Some(Endpoint::Files));
}

/// A route with its handlers.
pub(crate) struct Route<S> {
    pub(crate) info: RouteInfo,
    pub(crate) methods: Vec<Method>,
    /// Whether the page at `/` lists it.
    pub(crate) is_listed: bool,
    /// Whether a browser that opens it without anything else is shown something.
    pub(crate) is_linked: bool,
    takes_any: bool,
    handlers: MethodRouter<S>,
}

impl<S: Clone + Send + Sync + 'static> Route<S> {
    /// A route at which no rule strikes.
    pub(crate) fn page(path: &'static str, log_name: &'static str) -> Self {
        Self::with(RouteInfo::new(path, log_name, None)).unlisted()
    }

    /// A route at which rules for an endpoint strike, and which has its name in the log.
    pub(crate) fn endpoint(path: &'static str, endpoint: Endpoint) -> Self {
        Self::with(RouteInfo::new(path, endpoint.as_str(), Some(endpoint)))
    }

    /// A route of `/api/v1/me`, which share a name in the log.
    pub(crate) fn resource(path: &'static str, endpoint: Endpoint, access: Access) -> Self {
        let name = Endpoint::Me.as_str();
        Self::with(RouteInfo::new(path, name, Some(endpoint))).needs(access)
    }

    fn with(info: RouteInfo) -> Self {
        Self {
            info,
            methods: Vec::new(),
            is_listed: true,
            is_linked: false,
            takes_any: false,
            handlers: MethodRouter::new(),
        }
    }

    /// The handlers, with an answer to the methods that there are none for.
    pub(crate) fn complete(self) -> MethodRouter<S> {
        let methods = self.methods;
        let refuse =
            move |headers: HeaderMap| async move { method_not_allowed(&methods, &headers) };
        if self.takes_any {
            return self.handlers;
        }
        self.handlers.fallback(refuse)
    }

    pub(crate) const fn needs(mut self, access: Access) -> Self {
        self.info.access = access;
        self
    }

    pub(crate) const fn listed(mut self) -> Self {
        self.is_listed = true;
        self
    }

    /// Listed, as a link.
    pub(crate) const fn linked(mut self) -> Self {
        self.is_listed = true;
        self.is_linked = true;
        self
    }

    pub(crate) const fn unlisted(mut self) -> Self {
        self.is_listed = false;
        self
    }

    pub(crate) fn get<T: 'static>(mut self, handler: impl Handler<T, S>) -> Self {
        self.methods.push(Method::GET);
        self.handlers = self.handlers.get(handler);
        self
    }

    pub(crate) fn post<T: 'static>(mut self, handler: impl Handler<T, S>) -> Self {
        self.methods.push(Method::POST);
        self.handlers = self.handlers.post(handler);
        self
    }

    pub(crate) fn delete<T: 'static>(mut self, handler: impl Handler<T, S>) -> Self {
        self.methods.push(Method::DELETE);
        self.handlers = self.handlers.delete(handler);
        self
    }

    /// Every method.
    pub(crate) fn any<T: 'static>(mut self, handler: impl Handler<T, S>) -> Self {
        self.handlers = axum::routing::any(handler);
        self.takes_any = true;
        self
    }
}

fn method_not_allowed(methods: &[Method], headers: &HeaderMap) -> Response {
    let error = "Method not allowed";
    let response = responses::error(StatusCode::METHOD_NOT_ALLOWED, error);
    let names: Vec<_> = methods.iter().map(Method::as_str).collect();
    let names = names.join("` or `");
    let reason = if headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD) {
        Reason::new(
            "a browser asked whether a page of another origin may call this route; the sandbox, as the \
             portal, sends no CORS headers, so it may not",
            format!("send `{names}` from your server, not from a page in the browser"),
        )
    } else {
        let why = "the route does not take this method";
        Reason::new(why, format!("send `{names}`"))
    };
    LogEntry::new(reason.why.clone())
        .refusal(error, reason)
        .on(response)
}
