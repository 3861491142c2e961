//! Decides what each request gets (RFC 6749 §4.1.2, RFC 8252 §8.10).
//!
//! Only exact requests count: the bound host, the exact path, the expected method. Of those, only
//! the first with the right state is the callback. Data of a request never enters a response.

use std::io::Cursor;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tiny_http::{Header, Method, Request, Response, StatusCode};
use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedSender;
use url::form_urlencoded;

use super::super::authorize::{Authorization, ResponseMode, State};
use super::super::callback::{self, CallbackResponse};
use super::super::error::Error;
use super::obstacle::{Obstacle, Tell};
use crate::oauth::authorize::pkce::random_text;
use crate::oauth::authorize::redirect::RedirectUri;
use crate::oauth::callback::rejection::Rejection;
use crate::oauth::loopback::page::{self, PageDocument};
use crate::secret::Secret;

/// What the waiting login learns.
pub(super) enum Arrival {
    /// The answer, and the request to hold.
    Callback(CallbackResponse, Box<Request>),
    /// The server behind broke.
    Failed(String),
}

/// Where the login stands.
enum Phase {
    Waiting,
    /// The answer has come, in these parameters. A browser that was told to load the page again
    /// sends them again, and waits for the same end.
    Taken {
        parameters: Secret,
        again: Vec<Request>,
    },
    Done {
        parameters: Option<Secret>,
        page: PageDocument,
        /// Tabs that were led to the page and have not fetched it.
        underway: usize,
    },
}

/// Reloads that wait for the end of a login.
const MOST_RELOADS: usize = 8;

/// The rules of one login.
pub(super) struct Rules {
    redirect_uri: RedirectUri,
    state: State,
    mode: ResponseMode,
    final_path: String,
    phase: Mutex<Phase>,
    arrivals: UnboundedSender<Arrival>,
    fetched: Notify,
    tell: Tell,
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Rules")
    }
}

impl Rules {
    /// The rules for the answer to one login.
    pub(super) fn open(
        redirect_uri: &RedirectUri,
        authorization: &Authorization,
        arrivals: UnboundedSender<Arrival>,
        tell: Tell,
    ) -> Result<Self, Error> {
        let base = redirect_uri.path().trim_end_matches('/');
        let unguessable = random_text::<16>()?;
        Ok(Self {
            redirect_uri: redirect_uri.clone(),
            state: authorization.state().clone(),
            mode: authorization.response_mode(),
            final_path: format!("{base}/{}", unguessable.expose()),
            phase: Mutex::new(Phase::Waiting),
            arrivals,
            fetched: Notify::new(),
            tell,
        })
    }

    /// Answers a request, or hands it over as the callback.
    pub(super) fn answer(&self, mut request: Request) {
        if let Err(answer) = self.admit(&request) {
            return respond(request, answer);
        }
        let target = request.url().to_owned();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        if path == self.final_path {
            return self.show_final(request);
        }
        if path != self.redirect_uri.path() {
            let is_own =
                path.trim_end_matches('/') == self.redirect_uri.path().trim_end_matches('/');
            let answer = is_own.then(|| self.other_way(404, query)).flatten();
            return respond(request, answer.unwrap_or_else(|| status(404)));
        }
        let parameters = match request.method() {
            Method::Get if self.mode == ResponseMode::Fragment && query.is_empty() => {
                return respond(request, document(200, &page::bridge()));
            }
            Method::Get => query.to_owned(),
            Method::Post if self.mode != ResponseMode::Query => match form(&mut request) {
                Ok(form) => form,
                Err(refused) => return respond(request, refused),
            },
            Method::Post => {
                let answer = form(&mut request).ok();
                let answer = answer.and_then(|form| self.other_way(405, &form));
                return respond(request, answer.unwrap_or_else(|| status(405)));
            }
            _ => return respond(request, status(405)),
        };
        match callback::read(&parameters, &self.state) {
            Ok(answer) => self.take(answer, Secret::unregistered(parameters), request),
            Err(rejection) => {
                tracing::debug!(%rejection, "a request to the listener was ignored");
                let is_error = form_urlencoded::parse(parameters.as_bytes())
                    .any(|(name, value)| name == "error" && !value.is_empty());
                if is_error && !rejection.is_of_this_login() && self.is_waiting() {
                    (self.tell)(Obstacle::StrayError);
                }
                respond(request, document(400, &self.refusal(rejection)));
            }
        }
    }

    /// What is answered where the parameters are the callback's, but came in another way than was
    /// asked for: the person has signed in, and the terminal says how to go on.
    fn other_way(&self, code: u16, parameters: &str) -> Option<Answering> {
        let is_ours = callback::read(parameters, &self.state).is_ok();
        (is_ours && self.is_waiting()).then(|| {
            (self.tell)(Obstacle::OtherWay);
            document(code, &page::other_way())
        })
    }

    /// The page for a tab that brings no answer. While the login waits, the terminal hears of one with
    /// the right state: the person has signed in and looks there.
    fn refusal(&self, rejection: Rejection) -> PageDocument {
        let is_waiting = self.is_waiting();
        if !(is_waiting && rejection.is_of_this_login()) {
            return page::not_this_login(is_waiting);
        }
        (self.tell)(Obstacle::Unusable(rejection));
        page::unusable_answer(rejection)
    }

    fn is_waiting(&self) -> bool {
        matches!(*self.phase(), Phase::Waiting)
    }

    /// Tells the waiting login that no callback can come any more.
    pub(super) fn fail(&self, cause: &str) {
        if self
            .arrivals
            .send(Arrival::Failed(cause.to_owned()))
            .is_err()
        {
            tracing::debug!(%cause, "the listener failed after its login ended");
        }
    }

    /// Ends the login: the held request is led to the final page.
    pub(super) fn finish(&self, held: Request, page: PageDocument) {
        let mut phase = self.phase();
        let (parameters, again) = match std::mem::replace(&mut *phase, Phase::Waiting) {
            Phase::Taken { parameters, again } => (Some(parameters), again),
            Phase::Waiting | Phase::Done { .. } => (None, Vec::new()),
        };
        *phase = Phase::Done {
            parameters,
            page,
            underway: again.len() + 1,
        };
        drop(phase);
        for request in std::iter::once(held).chain(again) {
            self.lead_to_final(request);
        }
    }

    fn lead_to_final(&self, request: Request) {
        let answer = status(303).with_header(header("Location", &self.final_path));
        respond(request, answer);
    }

    /// Waits until the final page was asked for.
    pub(super) async fn fetched(&self) {
        self.fetched.notified().await;
    }

    /// Waits until each tab that was led to the final page has asked for it.
    pub(super) async fn fetched_by_all(&self) {
        while matches!(*self.phase(), Phase::Done { underway: 1.., .. }) {
            self.fetched().await;
        }
    }

    /// RFC 9110 §7.2: exactly one host, and it is the bound one; a page of another name that
    /// resolves to this machine is refused (DNS rebinding).
    fn admit(&self, request: &Request) -> Result<(), Answering> {
        let mut hosts = values(request, "Host");
        match (hosts.next(), hosts.next()) {
            (Some(host), None) if self.redirect_uri.is_authority(host) => Ok(()),
            (Some(_), None) if !self.is_waiting() => Err(document(421, &page::already_used())),
            (Some(_), None) => {
                if self.is_callback(request) {
                    (self.tell)(Obstacle::OtherName);
                }
                Err(document(421, &page::other_name(&self.redirect_uri)))
            }
            _ => Err(status(400)),
        }
    }

    /// Whether it has the right state, wherever it was sent: that is no stranger.
    fn is_callback(&self, request: &Request) -> bool {
        let query = request.url().split_once('?').map(|(_, query)| query);
        query.is_some_and(|query| callback::read(query, &self.state).is_ok())
    }

    /// The first answer is the callback; a later one changes nothing.
    fn take(&self, answer: CallbackResponse, sent: Secret, request: Request) {
        let mut phase = self.phase();
        match &mut *phase {
            Phase::Waiting => {
                *phase = Phase::Taken {
                    parameters: sent,
                    again: Vec::new(),
                };
            }
            Phase::Taken { parameters, again }
                if parameters.equals(sent.expose()) && again.len() < MOST_RELOADS =>
            {
                return again.push(request);
            }
            Phase::Done {
                parameters: Some(parameters),
                underway,
                ..
            } if parameters.equals(sent.expose()) => {
                *underway += 1;
                drop(phase);
                return self.lead_to_final(request);
            }
            Phase::Taken { .. } | Phase::Done { .. } => {
                drop(phase);
                return respond(request, document(409, &page::already_used()));
            }
        }
        drop(phase);
        if self
            .arrivals
            .send(Arrival::Callback(answer, Box::new(request)))
            .is_err()
        {
            tracing::debug!("the callback came after its login had ended");
        }
    }

    fn show_final(&self, request: Request) {
        let is_visit = *request.method() == Method::Get;
        let page = match &mut *self.phase() {
            // Some programs look at an address with HEAD before the browser goes there.
            Phase::Done { page, underway, .. } if is_visit || *request.method() == Method::Head => {
                *underway = underway.saturating_sub(usize::from(is_visit));
                Some(page.clone())
            }
            _ => None,
        };
        match page {
            Some(page) => {
                respond(request, document(200, &page));
                if is_visit {
                    self.fetched.notify_one();
                }
            }
            None => respond(request, status(404)),
        }
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Answering = Response<Cursor<Vec<u8>>>;

/// The values of a request header.
fn values<'a>(request: &'a Request, name: &'static str) -> impl Iterator<Item = &'a str> {
    let named = move |header: &&'a Header| header.field.equiv(name);
    request
        .headers()
        .iter()
        .filter(named)
        .map(|header| header.value.as_str())
}

/// Reads the body of a form post. The gate has bounded it, and it is complete.
fn form(request: &mut Request) -> Result<String, Answering> {
    let media_type = values(request, "Content-Type").next().unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(status(415));
    }
    let mut body = String::new();
    match request.as_reader().read_to_string(&mut body) {
        Ok(_) => Ok(body),
        Err(_) => Err(status(400)),
    }
}

fn status(code: u16) -> Answering {
    Response::new(
        StatusCode(code),
        common_headers(),
        Cursor::new(Vec::new()),
        Some(0),
        None,
    )
}

fn document(code: u16, page: &PageDocument) -> Answering {
    let body = page.html.clone().into_bytes();
    let length = body.len();
    Response::new(
        StatusCode(code),
        common_headers(),
        Cursor::new(body),
        Some(length),
        None,
    )
    .with_header(header("Content-Type", "text/html; charset=utf-8"))
    .with_header(header("Content-Security-Policy", page.policy))
}

/// Nothing of a login is kept, sent on, or read as something else.
fn common_headers() -> Vec<Header> {
    [
        ("Server", "eprospera"),
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
    .map(|(name, value)| header(name, value))
    .into()
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value)
        .expect("names and values are ASCII: constants, a hash, or the path of a parsed URL")
}

fn respond(request: Request, answer: Answering) {
    if let Err(error) = request.respond(answer) {
        tracing::debug!(%error, "an answer could not be sent");
    }
}
