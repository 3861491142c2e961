//! An answer that ends a request early.

use axum::extract::rejection::BytesRejection;
use axum::response::{IntoResponse, Response};

/// What an extractor or a check turns a caller away with. A response is large, so it is boxed.
#[derive(Debug)]
pub(crate) struct Rejection(Box<Response>);

impl From<Response> for Rejection {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl From<BytesRejection> for Rejection {
    fn from(rejection: BytesRejection) -> Self {
        rejection.into_response().into()
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        *self.0
    }
}
