//! What every service needs of HTTP: connections, answers, the log of requests. It knows no route.

pub(crate) mod connection;
pub(crate) mod cookie;
pub(crate) mod form;
pub(crate) mod handshake;
pub(crate) mod listener;
pub(crate) mod plain_only;
pub(crate) mod rejection;
pub(crate) mod request_log;
pub(crate) mod responses;
