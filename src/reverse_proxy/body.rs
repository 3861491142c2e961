//! The bodies of answers: a text of the proxy's own, or what the portal sends, piece by piece.

use std::convert::Infallible;
use std::error::Error as StdError;

use futures_util::stream;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::{Bytes, Frame};
use tokio::sync::OwnedSemaphorePermit;

use super::echo::Mask;
use crate::http;

pub(super) type Body = UnsyncBoxBody<Bytes, Box<dyn StdError + Send + Sync>>;

/// A body that is there as a whole.
pub(super) fn full(bytes: Vec<u8>) -> Body {
    let never = |never: Infallible| match never {};
    Full::new(Bytes::from(bytes)).map_err(never).boxed_unsync()
}

/// What has to live until the end of an answer.
pub(super) struct UntilEnd {
    /// Its place among the requests under way.
    pub(super) _place: OwnedSemaphorePermit,
}

struct Passing {
    portal: Option<http::Stream>,
    mask: Mask,
    _until_end: UntilEnd,
}

/// The body of a portal's answer. The next piece is read when the caller has taken the last one, so
/// that a slow reader costs no memory.
pub(super) fn passing(portal: http::Stream, mask: Mask, until_end: UntilEnd) -> Body {
    let passing = Passing {
        portal: Some(portal),
        mask,
        _until_end: until_end,
    };
    StreamBody::new(stream::unfold(passing, next)).boxed_unsync()
}

type Piece = Result<Frame<Bytes>, Box<dyn StdError + Send + Sync>>;

async fn next(mut passing: Passing) -> Option<(Piece, Passing)> {
    loop {
        let portal = passing.portal.as_mut()?;
        let mut piece = Vec::new();
        let masked = match portal.read(&mut piece).await {
            Ok(true) => passing.mask.pass(piece),
            Ok(false) => {
                passing.portal = None;
                passing.mask.end()
            }
            Err(error) => {
                tracing::debug!(%error, "the response broke off");
                passing.portal = None;
                return Some((Err(error.into()), passing));
            }
        };
        if !masked.is_empty() {
            return Some((Ok(Frame::data(Bytes::from(masked))), passing));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_that_is_there_comes_as_it_is() {
        let body = full(b"abc".to_vec()).collect().await.unwrap();
        assert_eq!(body.to_bytes(), "abc");
    }
}
