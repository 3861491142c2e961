//! Routes, and what happens to every request. It stands above all services.

pub(crate) mod ca_certificate;
pub(crate) mod control;
pub(crate) mod health;
pub(crate) mod index;
pub(crate) mod journal;
pub(crate) mod live;
pub(crate) mod middleware;
mod nearest_route;
pub(crate) mod recording;
pub(crate) mod router;
pub(crate) mod routes;
pub(crate) mod services;
pub(crate) mod steering;
pub(crate) mod unconnected;
