//! A request as it is going to be sent, but for its credential.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::RawValue;
use url::Url;

use super::header;
use super::input::{read, usage};
use super::parameter::{self, Parameter};
use crate::cli::ApiArgs;
use crate::context::Context;
use crate::error::Error;
use crate::http::{HeaderName, HeaderValue, Method};
use crate::output::{Json, Page};
use crate::portal::{self, Call, NoTarget};
use crate::unicode;

/// JSON is preferred, and nothing is refused.
const ACCEPT: &str = "application/json, */*;q=0.5";

/// What is shown in place of a credential.
const REDACTED: &str = "Bearer [redacted]";

pub(super) struct Draft {
    method: Method,
    pub(super) url: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<(&'static str, Vec<u8>)>,
}

impl Draft {
    /// Makes a request of the arguments.
    pub(super) fn of(args: &ApiArgs, origin: &Url) -> Result<Self, Error> {
        let (method, path) = method_and_path(args)?;
        let mut url = portal::target(origin, path).map_err(|reason| no_target(path, &reason))?;
        let headers = header::all(&args.headers)?;
        let from_stdin = args
            .typed_fields
            .iter()
            .filter(|field| field.ends_with("=@-"));
        if from_stdin.count() + usize::from(args.input.as_deref() == Some("-")) > 1 {
            return Err(usage("stdin can be read only once"));
        }
        let parameters = parameter::all(&args.raw_fields, &args.typed_fields)?;
        let is_read = method == Method::GET || method == Method::HEAD;
        if args.paginate && method != Method::GET {
            return Err(usage("`--paginate` works only with GET"));
        }
        let body = match &args.input {
            Some(_) if is_read => return Err(usage(format!("a {method} request has no body"))),
            Some(file) => Some(input(file, &headers)?),
            None if is_read || parameters.is_empty() => None,
            None => Some(("application/json", parameter::object(&parameters)?)),
        };
        if is_read || args.input.is_some() {
            add_query(&mut url, &parameters);
        }
        Ok(Self {
            method,
            url,
            headers,
            body,
        })
    }

    pub(super) fn call(&self) -> Call<'_> {
        let accept = (
            HeaderName::from_static("accept"),
            HeaderValue::from_static(ACCEPT),
        );
        Call {
            method: self.method.clone(),
            url: &self.url,
            headers: [vec![accept], self.headers.clone()].concat(),
            body: self.body.clone(),
        }
    }

    /// Prints what would be sent.
    pub(super) fn show(&self, context: &Context) -> Result<(), Error> {
        let mut headers = BTreeMap::new();
        if let Some((media_type, _)) = self.body {
            headers.insert("content-type".to_owned(), media_type.to_owned());
        }
        for (name, value) in self.call().headers {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            headers.insert(name.to_string(), value);
        }
        headers.insert("authorization".to_owned(), REDACTED.to_owned());
        let body = self.body.as_ref().map(|(_, body)| body.as_slice());
        let preview = Preview {
            method: self.method.as_str(),
            url: self.url.as_str(),
            headers: &headers,
            body: body.map(DraftBody::of),
        };
        let json = serde_json::to_vec_pretty(&preview).map_err(Error::failure)?;
        context
            .output
            .note("dry run: nothing was sent. The request would be:");
        context
            .output
            .answer(Json::Body(&json), &|page: &mut Page| {
                page.say(format!("{} {}", self.method, self.url));
                for (name, value) in &headers {
                    page.say(format!("{name}: {value}"));
                }
                if let Some(content) = &preview.body {
                    page.gap();
                    content.describe(page);
                }
            })
    }
}

#[derive(Serialize)]
struct Preview<'a> {
    method: &'a str,
    url: &'a str,
    headers: &'a BTreeMap<String, String>,
    body: Option<DraftBody<'a>>,
}

/// A body as it can be shown.
#[derive(Serialize)]
#[serde(untagged)]
enum DraftBody<'a> {
    Json(&'a RawValue),
    Text(&'a str),
    Bytes { bytes: usize },
}

impl<'a> DraftBody<'a> {
    fn of(body: &'a [u8]) -> Self {
        if let Ok(json) = serde_json::from_slice(body) {
            return Self::Json(json);
        }
        match std::str::from_utf8(body) {
            Ok(text) => Self::Text(text),
            Err(_) => Self::Bytes { bytes: body.len() },
        }
    }

    fn describe(&self, page: &mut Page) {
        match self {
            Self::Json(json) => json.get().lines().for_each(|line| page.say(line)),
            Self::Text(text) => text.lines().for_each(|line| page.say(line)),
            Self::Bytes { bytes } => page.say(format!("({bytes} bytes)")),
        }
    }
}

/// The method, and the path as it was given.
fn method_and_path(args: &ApiArgs) -> Result<(Method, &str), Error> {
    let (first, path) = match args.request.as_slice() {
        [path] => (None, path),
        [method, path] => (Some(method), path),
        _ => return Err(usage("the path is missing")),
    };
    let given = match (first, args.method.as_ref()) {
        (Some(_), Some(_)) => return Err(usage("the method is given twice")),
        (first, flag) => first.or(flag),
    };
    let Some(given) = given else {
        if method(path).is_some() {
            return Err(usage(format!("the path is missing after {path}")));
        }
        let sends = !args.raw_fields.is_empty() || !args.typed_fields.is_empty();
        let is_post = (sends || args.input.is_some()) && !args.paginate;
        return Ok((if is_post { Method::POST } else { Method::GET }, path));
    };
    match method(given) {
        Some(method) => Ok((method, path)),
        None if method(path).is_some() => Err(usage("the method comes before the path")),
        None => Err(usage(format!("`{given}` is not an HTTP method"))),
    }
}

fn method(text: &str) -> Option<Method> {
    [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
    ]
    .into_iter()
    .find(|method| method.as_str().eq_ignore_ascii_case(text))
}

fn no_target(path: &str, reason: &NoTarget) -> Error {
    let problem = format!("nothing was sent to `{path}`: {reason}");
    match reason {
        NoTarget::Elsewhere(_) => Error::untrusted(problem).hint(
            "your token is sent only to the portal; for another portal, choose its `--profile`",
        ),
        NoTarget::Character(_) => Error::usage(problem)
            .hint("percent-encode it (`%` and two digits), or pass query values with `-f`"),
        _ => Error::usage(problem).hint("pass a path such as /api/v1/me/natural-person"),
    }
}

/// What is to be sent, and as what. Without a word about its type it has to be JSON.
fn input(
    file: &str,
    headers: &[(HeaderName, HeaderValue)],
) -> Result<(&'static str, Vec<u8>), Error> {
    let bytes = read(file)?;
    if headers.iter().any(|(name, _)| name == "content-type") {
        return Ok(("application/octet-stream", bytes));
    }
    // A byte order mark says that it is text; JSON is sent without one (RFC 8259 §8.1).
    let bytes = unicode::utf8(&bytes).into_owned();
    if let Err(error) = serde_json::from_slice::<&RawValue>(&bytes) {
        let (line, column) = (error.line(), error.column());
        let problem = format!("the input is not JSON: line {line}, column {column}");
        return Err(Error::usage(problem).hint("set its type with `-H 'Content-Type: …'`"));
    }
    Ok(("application/json", bytes))
}

fn add_query(url: &mut Url, parameters: &[Parameter]) {
    let pairs: Vec<_> = parameters.iter().filter_map(Parameter::pair).collect();
    if !pairs.is_empty() {
        url.query_pairs_mut().extend_pairs(pairs);
    }
}
