//! Decodes a request or an answer into what may be kept of it.

use axum::http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST, HeaderName, IF_MATCH, IF_NONE_MATCH,
    IF_RANGE, LOCATION, ORIGIN, RANGE, REFERER, RETRY_AFTER, SET_COOKIE, USER_AGENT,
    WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, Uri};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use url::form_urlencoded;

use crate::http::form;
use crate::recording::exchange::{Content, KeptValue, Place, TokenKind};
use crate::recording::redaction::{Redactor, hidden};

/// Headers of a request that are shown.
const REQUEST_HEADERS: [(&str, HeaderName); 9] = [
    ("Host", HOST),
    ("Content-Type", CONTENT_TYPE),
    ("Accept", ACCEPT),
    ("User-Agent", USER_AGENT),
    ("Origin", ORIGIN),
    ("Range", RANGE),
    ("If-Match", IF_MATCH),
    ("If-None-Match", IF_NONE_MATCH),
    ("If-Range", IF_RANGE),
];
/// Headers of an answer that are shown.
const RESPONSE_HEADERS: [(&str, HeaderName); 3] = [
    ("Content-Type", CONTENT_TYPE),
    ("Retry-After", RETRY_AFTER),
    ("WWW-Authenticate", WWW_AUTHENTICATE),
];
/// Parameters that are kept of one request or answer.
const MAX_PARAMETERS: usize = 60;

impl Redactor<'_> {
    /// The query and the headers of a request.
    pub(crate) fn request_head(mut self, uri: &Uri, headers: &HeaderMap) -> Content {
        self.encoded(Place::Query, uri.query().unwrap_or_default());
        for (name, header) in &REQUEST_HEADERS {
            self.header(name, header, headers);
        }
        // What follows its `?` may be a code.
        let referrer = headers.get(REFERER).and_then(|value| value.to_str().ok());
        if let Some(referrer) = referrer.and_then(|text| text.split(['?', '#']).next()) {
            let value = self.shown(referrer);
            self.keep(Place::Header, "Referer", value, true);
        }
        for value in headers.get_all(AUTHORIZATION) {
            self.authorization(value.to_str().unwrap_or_default());
        }
        for value in headers.get_all(COOKIE) {
            let pairs = value.to_str().unwrap_or_default().split(';');
            for pair in pairs.map(str::trim).filter(|pair| !pair.is_empty()) {
                self.cookie(pair);
            }
        }
        self.content
    }

    /// The body of a request, as far as its handler read it.
    pub(crate) fn request_body(mut self, media_type: &str, body: &[u8]) -> Content {
        if body.is_empty() {
            return self.content;
        }
        match media_type {
            form::FORM => self.encoded(Place::Form, &String::from_utf8_lossy(body)),
            "application/json" => self.json(body),
            _ => {
                let text = String::from_utf8_lossy(body);
                let value = hidden("body that is neither a form nor JSON", &text);
                self.keep(Place::Form, "(body)", value, true);
            }
        }
        self.content
    }

    /// The headers of an answer, and its JSON.
    pub(crate) fn response(mut self, headers: &HeaderMap, json: Option<&[u8]>) -> Content {
        for (name, header) in &RESPONSE_HEADERS {
            self.header(name, header, headers);
        }
        let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
        if let Some(location) = location {
            self.location(location);
        }
        for value in headers.get_all(SET_COOKIE) {
            let pair = value.to_str().unwrap_or_default().split(';').next();
            self.cookie(pair.unwrap_or_default());
        }
        if let Some(json) = json.filter(|json| !json.is_empty()) {
            self.json(json);
        }
        self.content
    }

    fn is_full(&self) -> bool {
        self.content.parameters.len() >= MAX_PARAMETERS
    }

    /// `name=value&…`
    fn encoded(&mut self, place: Place, text: &str) {
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            if self.is_full() {
                self.keep(place, "…", KeptValue::Absent("there were more"), true);
                return;
            }
            self.parameter(place, &name, &value);
        }
    }

    fn header(&mut self, name: &'static str, header: &HeaderName, headers: &HeaderMap) {
        for value in headers.get_all(header) {
            let text = String::from_utf8_lossy(value.as_bytes());
            let value = self.shown(&text);
            self.keep(Place::Header, name, value, true);
        }
    }

    fn authorization(&mut self, text: &str) {
        let (scheme, credentials) = text.split_once(' ').unwrap_or((text, ""));
        let name = "Authorization";
        if scheme.eq_ignore_ascii_case("basic") {
            self.keep(Place::Header, name, KeptValue::Shown("Basic".into()), true);
            self.basic(credentials.trim());
        } else if scheme.eq_ignore_ascii_case("bearer") {
            self.keep(Place::Header, name, KeptValue::Shown("Bearer".into()), true);
            let credential = credentials.trim();
            let value = if let Some(kind) = self.secret_itself(credential) {
                hidden(kind, credential)
            } else {
                self.token(name, TokenKind::Unknown, credential)
            };
            self.keep(Place::Header, "Authorization: token", value, true);
        } else {
            let value = hidden("header that is neither Basic nor Bearer", text);
            self.keep(Place::Header, name, value, true);
        }
    }

    fn basic(&mut self, encoded: &str) {
        let decoded = STANDARD.decode(encoded).ok();
        let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
        let pair = decoded.as_deref().and_then(|text| text.split_once(':'));
        let Some((id, secret)) = pair else {
            let value = hidden("credentials that are not base64 of `id:secret`", encoded);
            return self.keep(Place::Header, "Authorization: credentials", value, true);
        };
        let id = self.shown(id);
        self.keep(Place::Header, "Authorization: client_id", id, true);
        let secret = hidden("client secret", secret);
        self.keep(Place::Header, "Authorization: client_secret", secret, true);
    }

    fn cookie(&mut self, pair: &str) {
        let (name, value) = pair
            .split_once('=')
            .unwrap_or(("(a cookie without a name)", pair));
        let name = match name {
            "sandbox_session" => "sandbox_session",
            "prosper_session" => "prosper_session",
            name if name.starts_with("sandbox_steering") => "sandbox_steering",
            // Other programs on this computer, whose names are not ours to show.
            _ => "(a cookie of another program)",
        };
        let value = hidden("cookie", value);
        self.keep(Place::Cookie, name, value, true);
    }

    /// Where a redirect leads, with what it takes along.
    fn location(&mut self, location: &str) {
        let (rest, fragment) = location.split_once('#').unwrap_or((location, ""));
        let (base, query) = rest.split_once('?').unwrap_or((rest, ""));
        let base = self.shown(base);
        self.keep(Place::Header, "Location", base, true);
        self.encoded(Place::Query, query);
        self.encoded(Place::Fragment, fragment);
    }

    fn json(&mut self, body: &[u8]) {
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => {
                for (name, value) in &members {
                    if self.is_full() {
                        return;
                    }
                    self.member(name, value);
                }
            }
            Ok(Value::String(text)) => {
                let value = self.shown(&text);
                self.keep(Place::Json, "(body)", value, true);
            }
            Ok(_) => {
                let value = KeptValue::Absent("JSON that is not an object");
                self.keep(Place::Json, "(body)", value, true);
            }
            Err(_) => {
                let text = String::from_utf8_lossy(body);
                let value = hidden("body that is not valid JSON", &text);
                self.keep(Place::Json, "(body)", value, true);
            }
        }
    }

    fn member(&mut self, name: &str, value: &Value) {
        match value {
            Value::String(text) => self.parameter(Place::Json, name, text),
            // Under a name that is shown may be names that are not.
            other if !self.sent_by_sandbox && is_nested(other) => {
                let text = other.to_string();
                let hidden = hidden("nested JSON", &text);
                self.nested(Place::Json, name, &text, hidden);
            }
            // Escapes would hide a secret from who looks for it.
            Value::Array(items) if self.has_secret(items) => {
                let text = Value::from(items.clone()).to_string();
                let hidden = hidden("JSON that holds a secret", &text);
                self.nested(Place::Json, name, &text, hidden);
            }
            other => self.parameter(Place::Json, name, &other.to_string()),
        }
    }

    fn has_secret(&self, items: &[Value]) -> bool {
        let texts = items.iter().filter_map(Value::as_str);
        texts.into_iter().any(|text| self.disguised(text).is_some())
    }
}

/// Whether JSON is more than a text, a number or the like, or a list of them.
fn is_nested(value: &Value) -> bool {
    let is_container = |value: &Value| value.is_array() || value.is_object();
    match value {
        Value::Array(items) => items.iter().any(is_container),
        value => value.is_object(),
    }
}
