//! The routes in force. A reset and another set-up replace them as a whole, so that a request sees
//! one state from its beginning to its end.

use std::convert::Infallible;
use std::sync::{Arc, PoisonError, RwLock, Weak};
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::future::RouteFuture;
use tower_service::Service;

use crate::options::Options;
use crate::people::persona::Persona;
use crate::portal::Portal;
use crate::server::middleware::Site;
use crate::server::router;
use crate::server::services::{Reset, Services};

pub(crate) struct Live(RwLock<Generation>);

/// The services under one set-up, with their routes.
#[derive(Clone)]
struct Generation {
    services: Services,
    portal: Router,
    files: Router,
}

impl Generation {
    fn of(services: Services) -> Self {
        Self {
            portal: router::router(&services),
            files: router::files(&services.portal),
            services,
        }
    }
}

impl Live {
    pub(crate) fn start(portal: Portal) -> Arc<Self> {
        Arc::new_cyclic(|live: &Weak<Self>| {
            let live = Weak::clone(live);
            let reset: Reset = Arc::new(move || {
                if let Some(live) = live.upgrade() {
                    live.reset();
                }
            });
            Self(RwLock::new(Generation::of(Services::new(portal, reset))))
        })
    }

    pub(crate) fn services(&self) -> Services {
        self.current(|generation| generation.services.clone())
    }

    /// Puts everything back to how it started.
    pub(crate) fn reset(&self) {
        self.replace(|old| Services::new(old.portal.afresh(), Arc::clone(&old.reset)));
    }

    /// Serves other people and clients from now on, in other ways.
    pub(crate) fn reconfigure(&self, options: Options, personas: Vec<Arc<Persona>>) {
        self.replace(|old| old.with_portal(old.portal.with_options(options, personas)));
    }

    fn current<T>(&self, read: impl FnOnce(&Generation) -> T) -> T {
        read(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, next: impl FnOnce(&Services) -> Services) {
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *current = Generation::of(next(&current.services));
    }

    /// What answers the requests to one of the two origins.
    pub(crate) fn at(self: &Arc<Self>, site: Site) -> Entrance {
        let live = Arc::clone(self);
        Entrance { live, site }
    }
}

/// Hands each request to the routes in force when it arrives.
#[derive(Clone)]
pub(crate) struct Entrance {
    live: Arc<Live>,
    site: Site,
}

impl Service<Request> for Entrance {
    type Response = Response;
    type Error = Infallible;
    type Future = RouteFuture<Infallible>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let mut router = self.live.current(|generation| match self.site {
            Site::Portal => generation.portal.clone(),
            Site::Files => generation.files.clone(),
        });
        router.call(request)
    }
}
