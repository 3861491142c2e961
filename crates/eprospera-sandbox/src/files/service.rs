//! The file service: a foreign host as the portal's document hosts are (docs/portal.md, Downloads).
//!
//! It listens on a port of its own, so that for a client it is another origin. It knows signed
//! URLs and nothing of tokens: a request that brings credentials is refused, and the log says
//! so in capitals.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::header::{
    ACCEPT_RANGES, AUTHORIZATION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName,
    IF_MATCH, IF_NONE_MATCH, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;

use crate::faults::fault::{Action, Endpoint, FileDefect};
use crate::files::byte_range::{Asked, asked};
use crate::files::content::FileContent;
use crate::files::signed_url::{self, Denial, Target};
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::portal::Portal;
use crate::reason::Reason;

/// Serves every path.
pub(crate) async fn serve(
    State(portal): State<Arc<Portal>>,
    method: Method,
    uri: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    if let Some(refused) = leaked(&headers) {
        return refused;
    }
    let query = query.unwrap_or_default();
    let opened = match method {
        Method::GET => signed_url::open(&portal, uri.path(), &query),
        // The method is part of what is signed.
        Method::HEAD => Err(Denial::WrongSignature),
        _ => {
            let code = "MethodNotAllowed";
            let text = "The specified method is not allowed against this resource.";
            let response = responses::xml(StatusCode::METHOD_NOT_ALLOWED, code, text);
            let why = "the file service takes GET only";
            let reason = Reason::new(
                why,
                "send `GET`, with the URL as the portal's answer has it",
            );
            return LogEntry::new(why).refusal(code, reason).on(response);
        }
    };
    let expire = |action: &Action| {
        let is_meant = matches!(action, Action::File(FileDefect::Expired));
        is_meant.then_some(())
    };
    let opened = opened.map(|target| (target, portal.faults.take(Endpoint::Files, expire)));
    match opened {
        Ok((target, None)) => given(&portal, &target, &headers),
        Ok((_, Some((rule, ())))) => denied(Denial::Expired, Some(rule)),
        Err(denial) => denied(denial, None),
    }
}

/// The refusal of a request with credentials, in S3's words; the log marks it. Cookies do
/// not count: a browser does not tell the ports of a host apart.
fn leaked(headers: &HeaderMap) -> Option<Response> {
    if !headers.contains_key(AUTHORIZATION) {
        return None;
    }
    let text = "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, \
                Signature query string parameter or the Authorization header should be specified";
    let response = responses::xml(StatusCode::BAD_REQUEST, "InvalidArgument", text);
    let outcome = "LEAK: a document host was sent credentials; the request was refused";
    let reason = Reason::new(
        "a document host was sent credentials; the request was refused",
        "send the URL alone, without an Authorization header: it is signed, and the host is not the \
         portal's, so a token would leak to others",
    );
    let entry = LogEntry::new(outcome).refusal("InvalidArgument", reason);
    Some(entry.on(response))
}

fn denied(denial: Denial, rule: Option<String>) -> Response {
    let (code, text) = match denial {
        Denial::Unsigned => ("AccessDenied", "Access Denied"),
        Denial::Expired => ("AccessDenied", "Request has expired"),
        Denial::WrongSignature => (
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided.",
        ),
    };
    let outcome = match denial {
        Denial::Unsigned => "the URL is not signed",
        Denial::Expired => "the URL has expired",
        Denial::WrongSignature => "the URL or its method was changed",
    };
    let instead = match denial {
        Denial::Unsigned | Denial::WrongSignature => {
            "send the URL byte for byte as the portal's answer has it, by GET: nothing decoded, added or \
             left out"
        }
        Denial::Expired => "ask the portal for the document again: each answer has fresh URLs",
    };
    let response = responses::xml(StatusCode::FORBIDDEN, code, text);
    LogEntry::new(outcome)
        .refusal(code, Reason::new(outcome, instead))
        .fault(rule)
        .on(response)
}

fn given(portal: &Portal, target: &Target, headers: &HeaderMap) -> Response {
    let Some(persona) = portal.persona(&target.persona) else {
        let text = "The specified key does not exist.";
        let response = responses::xml(StatusCode::NOT_FOUND, "NoSuchKey", text);
        let why = "the sandbox does not have the persona of this URL any more";
        let reason = Reason::new(
            why,
            "sign in again as a persona of the sandbox, and ask for a new URL",
        );
        return LogEntry::new(why).refusal("NoSuchKey", reason).on(response);
    };
    let change = |action: &Action| {
        let is_meant = matches!(action, Action::File(FileDefect::Changed));
        is_meant.then_some(())
    };
    let changed = portal.faults.take(Endpoint::Files, change);
    let file = FileContent::make(persona, target, u64::from(changed.is_some()));
    let response = chosen(file, headers);
    let outcome = match response.status() {
        StatusCode::OK => "sent a file",
        StatusCode::PARTIAL_CONTENT => "sent a part of a file",
        StatusCode::NOT_MODIFIED => "the client already has the file",
        _ => "the file does not meet the conditions of the request",
    };
    let mut entry = LogEntry::new(outcome).persona(&persona.id);
    let unmet = match response.status() {
        StatusCode::PRECONDITION_FAILED => Some((
            "PreconditionFailed",
            "begin the download again without `If-Match`: the file is another one by now",
        )),
        StatusCode::RANGE_NOT_SATISFIABLE => Some((
            "InvalidRange",
            "send a `Range` that begins before the end of the file, whose size `Content-Range` says",
        )),
        _ => None,
    };
    if let Some((code, instead)) = unmet {
        entry = entry.refusal(code, Reason::new(outcome, instead));
    }
    entry.fault(changed.map(|(rule, ())| rule)).on(response)
}

/// The file, a part of it, or neither (RFC 9110 §13 and §14).
fn chosen(file: FileContent, headers: &HeaderMap) -> Response {
    let header = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let names = |text: &str| {
        let mut tags = text.split(',').map(str::trim);
        text == "*" || tags.any(|tag| tag == file.tag)
    };
    if header(&IF_MATCH).is_some_and(|text| !names(text)) {
        let text = "At least one of the pre-conditions you specified did not hold";
        return responses::xml(StatusCode::PRECONDITION_FAILED, "PreconditionFailed", text);
    }
    let tag = HeaderValue::try_from(file.tag.as_str());
    let mut response = if header(&IF_NONE_MATCH).is_some_and(names) {
        with_status(StatusCode::NOT_MODIFIED, Response::default())
    } else {
        let same = header(&IF_RANGE).is_none_or(|known| known == file.tag);
        ranged(file, header(&RANGE).filter(|_| same))
    };
    let headers = response.headers_mut();
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Ok(tag) = tag {
        headers.insert(ETAG, tag);
    }
    response
}

fn ranged(file: FileContent, range: Option<&str>) -> Response {
    let (size, kind) = (file.size, file.kind);
    let (mut response, length, place) = match asked(range, size) {
        Asked::Whole => (Response::new(file.body(0..size)), size, None),
        Asked::Part(part) => {
            let place = format!("bytes {}-{}/{size}", part.start, part.end - 1);
            let length = part.end - part.start;
            let response = Response::new(file.body(part));
            let response = with_status(StatusCode::PARTIAL_CONTENT, response);
            (response, length, Some(place))
        }
        Asked::Outside => {
            let text = "The requested range is not satisfiable";
            let response = responses::xml(StatusCode::RANGE_NOT_SATISFIABLE, "InvalidRange", text);
            (response, 0, Some(format!("bytes */{size}")))
        }
    };
    let is_file = response.status().is_success();
    let headers = response.headers_mut();
    if is_file {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(CONTENT_LENGTH, length.into());
    }
    if let Some(Ok(place)) = place.map(HeaderValue::try_from) {
        headers.insert(CONTENT_RANGE, place);
    }
    response
}

fn with_status(status: StatusCode, mut response: Response) -> Response {
    *response.status_mut() = status;
    response
}
