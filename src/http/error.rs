//! Why an exchange brought no answer, and what is known then: whether the server can have seen the
//! request, and whether the same one may fare better later.

use std::time::Duration;

use super::proxy::VariableProblem;
use super::trust::TlsFailure;
use super::tunnel::ProxyFailure;

#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// No connection came about, so the server has seen nothing.
    #[error("cannot reach {host}: {cause}")]
    Unreachable { host: String, cause: String },
    /// A variable that names a proxy, or the hosts to reach without, cannot be used.
    #[error("cannot use {variable}: {problem}")]
    ProxyVariable {
        variable: &'static str,
        problem: VariableProblem,
    },
    /// The proxy is why no connection came about, so the server has seen nothing.
    #[error("{proxy} {failure}{}", asked_for(.failure, .host))]
    Proxy {
        /// Its address and the variable that names it.
        proxy: String,
        host: String,
        failure: ProxyFailure,
    },
    /// No TLS connection came about, so the server has seen nothing.
    #[error("cannot reach {peer} securely: {failure}{}", besides(.left_out.as_deref()))]
    Tls {
        peer: String,
        failure: TlsFailure,
        /// Whether the peer is the proxy.
        is_proxy: bool,
        /// What of the trust roots could not be used, where that may be the reason.
        left_out: Option<String>,
    },
    /// The deadline passed. When `sent`, the server may have acted on the request.
    #[error("{host} did not answer within {}", humantime::format_duration(*.after))]
    Timeout {
        host: String,
        after: Duration,
        /// Whether the request can have reached the server.
        sent: bool,
    },
    /// The connection broke after the request left: the server may have acted on it.
    #[error("the connection to {host} broke before the response was complete: {cause}")]
    Broken { host: String, cause: String },
    /// The answer began, and then nothing, or next to nothing, came for too long.
    #[error("{host} sent {} {}", too_little(*.bytes), humantime::format_duration(*.after))]
    Stalled {
        host: String,
        after: Duration,
        /// How many bytes came in that time.
        bytes: usize,
    },
    /// The answer is longer than any honest one.
    #[error("the response from {host} is longer than {limit} bytes")]
    TooLarge { host: String, limit: usize },
    /// The whole answer is there, in a content coding that was not asked for and cannot be read.
    #[error("{host} sent its response {problem}")]
    Encoded { host: String, problem: String },
    #[error("{0}")]
    TrustRoots(String),
    #[error("cannot set up HTTP: {0}")]
    Setup(String),
}

impl Error {
    /// Whether the server provably never saw the request, so that sending again is harmless.
    pub fn never_sent(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::ProxyVariable { .. }
                | Self::Proxy { .. }
                | Self::Tls { .. }
                | Self::TrustRoots(_)
                | Self::Setup(_)
                | Self::Timeout { sent: false, .. }
        )
    }

    /// Whether the server answered, with something that cannot be read.
    pub fn is_of_the_answer(&self) -> bool {
        matches!(self, Self::TooLarge { .. } | Self::Encoded { .. })
    }

    /// Whether the same request may fare better a little later.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::Timeout { .. }
            | Self::Broken { .. }
            | Self::Stalled { .. } => true,
            Self::Proxy { failure, .. } => failure.may_pass(),
            Self::Tls { failure, .. } => *failure == TlsFailure::Cut,
            Self::ProxyVariable { .. }
            | Self::TooLarge { .. }
            | Self::Encoded { .. }
            | Self::TrustRoots(_)
            | Self::Setup(_) => false,
        }
    }
}

/// Trust roots that are missing.
fn besides(left_out: Option<&str>) -> String {
    left_out.map_or_else(String::new, |left_out| format!(" ({left_out})"))
}

/// What a proxy was asked for, where its answer is about that.
fn asked_for(failure: &ProxyFailure, host: &str) -> String {
    match failure {
        ProxyFailure::Status(_) | ProxyFailure::Refused(_) => format!(" when asked for {host}"),
        _ => String::new(),
    }
}

/// What came in a time that follows.
fn too_little(bytes: usize) -> String {
    match bytes {
        0 => "nothing more for".to_owned(),
        1 => "only 1 byte in".to_owned(),
        bytes => format!("only {bytes} bytes in"),
    }
}
