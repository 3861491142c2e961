//! What came back: JSON, text, bytes, nothing, or a way to somewhere else.

use serde_json::value::RawValue;

use crate::context::Context;
use crate::error::Error;
use crate::http::Response;

pub(super) enum ReplyBody {
    Nothing,
    Json(Vec<u8>),
    Text(String),
    Bytes(Vec<u8>),
}

impl ReplyBody {
    /// Tells what a body is, by what the portal says and by what it looks like.
    pub(super) fn of(answer: Response) -> Result<Self, Error> {
        if answer.body.is_empty() {
            return Ok(Self::Nothing);
        }
        let media_type = answer.media_type();
        if is_json(&media_type) {
            require_json(&answer)?;
            return Ok(Self::Json(answer.body));
        }
        if media_type.is_empty() && is_document(&answer.body) {
            return Ok(Self::Json(answer.body));
        }
        let is_text = media_type.is_empty() || media_type.starts_with("text/");
        match String::from_utf8(answer.body) {
            Ok(text) if is_text => Ok(Self::Text(text)),
            Ok(text) => Ok(Self::Bytes(text.into_bytes())),
            Err(error) => Ok(Self::Bytes(error.into_bytes())),
        }
    }

    pub(super) fn print(self, context: &Context) -> Result<(), Error> {
        let output = context.output;
        match self {
            Self::Nothing => Ok(()),
            Self::Json(body) => output.document(&body),
            Self::Text(_) | Self::Bytes(_) if output.is_partial() => Err(not_json()),
            Self::Text(text) => output.text(&text),
            Self::Bytes(bytes) => output.bytes(&bytes),
        }
    }
}

/// Requires a JSON body.
pub(super) fn require_json(answer: &Response) -> Result<(), Error> {
    if is_document(&answer.body) {
        Ok(())
    } else {
        Err(not_json())
    }
}

fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.ends_with("+json")
}

fn is_document(body: &[u8]) -> bool {
    serde_json::from_slice::<&RawValue>(body).is_ok()
}

fn not_json() -> Error {
    Error::failure("the response is not JSON")
        .hint("to see it, leave out `--jq`, `--fields` and `--paginate`; add `-i` to see its type")
}

/// The error of an answer that leads elsewhere: the token is not sent after it.
pub(super) fn redirect(answer: &Response, context: &Context) -> Result<Option<Error>, Error> {
    if !(300..400).contains(&answer.status) {
        return Ok(None);
    }
    let origin = context.origin()?;
    let target = answer
        .text("location")
        .and_then(|text| origin.join(text).ok());
    let error = match target {
        None => Error::failure(format!("the portal answered HTTP status {}", answer.status)),
        Some(target) if target.origin() == origin.origin() => {
            let path = target.path();
            Error::failure(format!("the portal redirects to {path}"))
                .hint("redirects are not followed; request that path instead")
        }
        Some(target) => {
            let origin = target.origin().ascii_serialization();
            Error::untrusted(format!("the portal redirects to {origin}"))
                .hint("your token was not sent there; check the path")
        }
    };
    Ok(Some(error.http_status(answer.status)))
}
