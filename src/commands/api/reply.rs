//! What came back: JSON, text, bytes, nothing, or a way to somewhere else.

use serde_json::value::RawValue;

use crate::context::Context;
use crate::error::Error;
use crate::http::Response;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub(super) enum ReplyBody {
    Nothing,
    Json(Vec<u8>),
    /// It is called JSON and is something else. The words say where it goes wrong.
    Malformed(Vec<u8>, String),
    Text(String),
    Bytes(Vec<u8>),
}

impl ReplyBody {
    /// Tells what a body is, by what the portal says and by what it looks like.
    pub(super) fn of(answer: Response) -> Self {
        if answer.body.is_empty() {
            return Self::Nothing;
        }
        let media_type = answer.media_type();
        if is_json(&media_type) {
            return match problem_of(&answer.body) {
                None => Self::Json(answer.body),
                Some(problem) => Self::Malformed(answer.body, problem),
            };
        }
        if media_type.is_empty() && problem_of(&answer.body).is_none() {
            return Self::Json(answer.body);
        }
        let is_text = is_text(&media_type);
        match String::from_utf8(answer.body) {
            Ok(text) if is_text => Self::Text(text),
            Ok(text) => Self::Bytes(text.into_bytes()),
            Err(error) => Self::Bytes(error.into_bytes()),
        }
    }

    pub(super) fn print(self, context: &Context) -> Result<(), Error> {
        let output = context.output;
        match self {
            Self::Nothing => Ok(()),
            Self::Json(body) => output.document(&body),
            Self::Malformed(_, problem) if output.is_partial() => Err(malformed(&problem).hint(
                "run the same command without `--jq` and `--fields`: it prints the body as it is",
            )),
            Self::Text(_) | Self::Bytes(_) if output.is_partial() => Err(Error::failure(
                "the response is not JSON: `--jq` and `--fields` need JSON",
            )
            .hint("leave them out to see the response; `-i` shows its content type")),
            Self::Malformed(body, problem) => {
                output.warn(format!(
                    "{}; it is shown as it was sent",
                    malformed(&problem).message()
                ));
                output.unreadable(&body)
            }
            Self::Text(text) => output.text(&text),
            Self::Bytes(bytes) => output.bytes(&bytes),
        }
    }
}

/// The body, which must be JSON, without a byte order mark.
pub(super) fn require_json(answer: Response) -> Result<Vec<u8>, Error> {
    match problem_of(&answer.body) {
        None => Ok(match answer.body.strip_prefix(BYTE_ORDER_MARK) {
            Some(body) => body.to_vec(),
            None => answer.body,
        }),
        Some(problem) => Err(malformed(&problem)
            .hint("run the same command without `--paginate`: it prints the body as it is")),
    }
}

fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.ends_with("+json")
}

/// What can be read on a terminal.
fn is_text(media_type: &str) -> bool {
    const APPLICATIONS: [&str; 9] = [
        "javascript",
        "jsonl",
        "json-lines",
        "ndjson",
        "x-ndjson",
        "x-www-form-urlencoded",
        "x-yaml",
        "xml",
        "yaml",
    ];
    let application = media_type.strip_prefix("application/");
    media_type.is_empty()
        || media_type.starts_with("text/")
        || media_type.ends_with("+xml")
        || media_type.ends_with("+yaml")
        || application.is_some_and(|name| APPLICATIONS.contains(&name))
}

/// Where a body goes wrong that should be JSON. A byte order mark in front is left alone (RFC 8259 §8.1).
fn problem_of(body: &[u8]) -> Option<String> {
    let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
    let error = serde_json::from_slice::<&RawValue>(body).err()?;
    Some(if std::str::from_utf8(body).is_err() {
        "it is not UTF-8".to_owned()
    } else if error.is_eof() {
        "it ends too early".to_owned()
    } else {
        format!("line {}, column {}", error.line(), error.column())
    })
}

fn malformed(problem: &str) -> Error {
    Error::failure(format!(
        "the response claims to be JSON but is not JSON ({problem})"
    ))
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
