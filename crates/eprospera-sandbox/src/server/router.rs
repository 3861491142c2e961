//! Makes a router of the table of routes.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, RawQuery, State};
use axum::handler::Handler as _;
use axum::http::HeaderMap;
use axum::middleware::from_fn_with_state;

use crate::files::service;
use crate::http::responses::MAX_BODY_BYTES;
use crate::paths;
use crate::portal::Portal;
use crate::route::{Access, Route, RouteInfo};
use crate::server::index::{self, ListedRoute};
use crate::server::middleware::{MiddlewareState, Site, wrap};
use crate::server::services::Services;
use crate::server::{control, routes};

/// Routes that are being put together.
struct Builder<'a> {
    services: &'a Services,
    router: Router,
    listing: Vec<ListedRoute>,
}

impl Builder<'_> {
    /// Adds routes, which the page at `/` lists under the name of their group.
    fn add<S: Clone + Send + Sync + 'static>(
        mut self,
        group: &'static str,
        routes: Vec<Route<S>>,
        state: &S,
    ) -> Self {
        let portal = &self.services.portal;
        for route in routes {
            if route.is_listed {
                self.listing.push(ListedRoute {
                    group,
                    methods: route.methods.clone(),
                    path: route.info.path,
                    access: route.info.access,
                    is_linked: route.is_linked,
                });
            }
            let info = route.info;
            let mut handlers = route.complete();
            if info.access == Access::ControlToken {
                let guard = from_fn_with_state(Arc::clone(portal), control::guard);
                handlers = handlers.layer(guard);
            }
            let middleware = from_fn_with_state(state_of(portal, Site::Portal, info), wrap);
            let handlers = handlers.layer(middleware).with_state(state.clone());
            self.router = self.router.route(info.path, handlers);
        }
        self
    }
}

pub(crate) fn router(services: &Services) -> Router {
    let Services {
        portal, prosper, ..
    } = services;
    let builder = Builder {
        services,
        router: Router::new(),
        listing: Vec::new(),
    };
    let built = builder
        .add("Sign-in", routes::portal(), portal)
        .add("Data", routes::resources(), portal)
        .add("Data", routes::taxes(), portal)
        .add("Login with Prosper", routes::prosper(), prosper)
        .add("Control of this sandbox", routes::readable(), portal)
        .add("Control of this sandbox", routes::control(), services)
        .add("", routes::elsewhere(), &());
    let listing = Arc::new(built.listing);
    let index = move |State(portal): State<Arc<Portal>>,
                      headers: HeaderMap,
                      RawQuery(query): RawQuery| async move {
        index::index(&portal, &listing, &headers, &query.unwrap_or_default())
    };
    let index = Route::page(paths::INDEX, "index").get(index);
    let unknown = from_fn_with_state(state_of(portal, Site::Portal, RouteInfo::UNKNOWN), wrap);
    Builder {
        services,
        router: built.router,
        listing: Vec::new(),
    }
    .add("", vec![index], portal)
    .router
    .fallback(routes::not_found.layer(unknown))
    .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
}

/// The file service, which is another origin and knows no other route.
pub(crate) fn files(portal: &Arc<Portal>) -> Router {
    let middleware = from_fn_with_state(state_of(portal, Site::Files, RouteInfo::FILES), wrap);
    Router::new()
        .fallback(service::serve)
        .layer(middleware)
        .with_state(Arc::clone(portal))
}

fn state_of(portal: &Arc<Portal>, site: Site, route: RouteInfo) -> MiddlewareState {
    MiddlewareState {
        portal: Arc::clone(portal),
        site,
        route,
    }
}
