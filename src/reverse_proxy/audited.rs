//! The response to a request that is in the audit: its line is written when the last byte is about
//! to be sent, or when the caller has gone or the proxy ends.

use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use http_body_util::BodyExt as _;
use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};
use hyper::{Method, Response};
use reqwest::header::CONTENT_LENGTH;

use super::audit::{Audit, AuditEntry};
use super::body::Body;

/// The status of a request that ended before there was a response.
const NO_RESPONSE: u16 = 499;

/// What is known of a request before it is answered. Dropped without a response, it gets its line as well.
pub(super) struct RequestAudit {
    audit: Arc<Audit>,
    method: Method,
    path: String,
    started: Instant,
    is_trusted: bool,
    is_recorded: bool,
}

impl RequestAudit {
    pub(super) fn begin(audit: &Arc<Audit>, method: &Method, path: &str, is_trusted: bool) -> Self {
        Self {
            audit: Arc::clone(audit),
            method: method.clone(),
            path: path.to_owned(),
            started: Instant::now(),
            is_trusted,
            is_recorded: false,
        }
    }

    fn record(&mut self, status: u16, bytes_sent: u64, refused: Option<&'static str>) {
        if std::mem::replace(&mut self.is_recorded, true) {
            return;
        }
        let recorded = self.audit.record(&AuditEntry {
            method: self.method.as_str(),
            path: &self.path,
            status,
            bytes_sent,
            duration: self.started.elapsed(),
            is_trusted: self.is_trusted,
            refused,
        });
        if let Err(error) = recorded {
            tracing::warn!(%error, "no further request passes");
        }
    }

    /// Follows the response to its end. `refused` is the proxy's word for what it refused itself.
    pub(super) fn follow(
        self,
        response: Response<Body>,
        refused: Option<&'static str>,
    ) -> Response<Body> {
        let status = response.status().as_u16();
        let length = response.headers().get(CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
        response.map(|inner| {
            let audited = Audited {
                inner,
                length,
                request: self,
                status,
                bytes_sent: 0,
                refused,
            };
            audited.boxed_unsync()
        })
    }
}

impl Drop for RequestAudit {
    fn drop(&mut self) {
        self.record(NO_RESPONSE, 0, Some("no_response"));
    }
}

struct Audited {
    inner: Body,
    /// As it was announced.
    length: Option<u64>,
    request: RequestAudit,
    status: u16,
    bytes_sent: u64,
    refused: Option<&'static str>,
}

impl Audited {
    fn record(&mut self) {
        let (status, bytes_sent) = (self.status, self.bytes_sent);
        self.request.record(status, bytes_sent, self.refused);
    }
}

impl HttpBody for Audited {
    type Data = Bytes;
    type Error = Box<dyn StdError + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let polled = Pin::new(&mut self.inner).poll_frame(context);
        let is_over = match &polled {
            Poll::Pending => false,
            Poll::Ready(None | Some(Err(_))) => true,
            Poll::Ready(Some(Ok(frame))) => {
                self.bytes_sent += frame.data_ref().map_or(0, |data| data.len() as u64);
                self.inner.is_end_stream() || self.length == Some(self.bytes_sent)
            }
        };
        if is_over {
            self.record();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for Audited {
    fn drop(&mut self) {
        self.record();
    }
}
