//! A copy of a request's body, taken while its handler reads it. What no handler reads is not read
//! for the copy either.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes};
use futures_util::StreamExt as _;

use crate::http::responses::MAX_BODY_BYTES;

/// The pieces that were read so far.
#[derive(Clone, Default)]
pub(crate) struct BodyCopy(Arc<Mutex<Vec<Bytes>>>);

impl BodyCopy {
    /// The same body, and what will be read of it.
    pub(crate) fn of(body: Body) -> (Body, Self) {
        let copy = Self::default();
        let pieces = Self::clone(&copy);
        let stream = body.into_data_stream().inspect(move |piece| {
            if let Ok(piece) = piece {
                pieces.push(piece.clone());
            }
        });
        (Body::from_stream(stream), copy)
    }

    fn push(&self, piece: Bytes) {
        let mut pieces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let length: usize = pieces.iter().map(Bytes::len).sum();
        if length + piece.len() <= MAX_BODY_BYTES {
            pieces.push(piece);
        }
    }

    /// All that was read.
    pub(crate) fn take(&self) -> Vec<u8> {
        let mut pieces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *pieces).concat()
    }
}
