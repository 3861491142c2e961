//! `GET /sandbox/journal`: the request log as a JSON array, sent in pieces.
//!
//! A piece is made when the reader has taken the one before, so a log of 100,000 events costs no
//! reader more than a piece. What is recorded after the answer began is not in it.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use futures_util::stream;

use crate::http::request_log::{Extent, LogEntry};
use crate::http::responses;
use crate::model::parameters::Parameters;
use crate::portal::Portal;
use crate::reason::Reason;

/// Events in a piece, of about 300 bytes each.
const EVENTS_A_PIECE: usize = 128;
/// Says how many of the oldest events are gone.
const DROPPED: &str = "sandbox-dropped-events";

/// What is still to be sent.
struct Rest {
    portal: Arc<Portal>,
    /// The number of the last event that was sent.
    sent: u64,
    /// The number of the last one that is wanted.
    end: u64,
    limit: usize,
    /// What the next piece begins with.
    opening: &'static str,
}

pub(crate) async fn journal(
    State(portal): State<Arc<Portal>>,
    RawQuery(query): RawQuery,
) -> Response {
    let (since, limit) = match range(&query.unwrap_or_default()) {
        Ok(range) => range,
        Err(why) => {
            let instead = "send `?since=SEQUENCE&limit=NUMBER`, each once, or neither";
            return responses::invalid_request(&Reason::new(why, instead));
        }
    };
    let Extent { dropped, last } = portal.request_log.extent();
    let rest = Rest {
        portal,
        sent: since,
        end: last,
        limit,
        opening: "[",
    };
    let pieces = stream::iter(rest.map(Ok::<_, Infallible>));
    let mut response = Response::new(Body::from_stream(pieces));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(DROPPED, HeaderValue::from(dropped));
    let outcome = match dropped {
        0 => "the request log was read".to_owned(),
        _ => format!("the request log was read; its {dropped} oldest events were dropped"),
    };
    LogEntry::new(outcome).on(response)
}

/// `since` and `limit`, or why they are refused.
fn range(query: &str) -> Result<(u64, usize), &'static str> {
    let (mut since, mut limit) = (0, usize::MAX);
    let parameters = Parameters::parse(query.as_bytes());
    if parameters.repeated().is_some() {
        return Err("a parameter is repeated");
    }
    for (name, value) in parameters.iter() {
        match name {
            "since" => {
                let why = "since must be the sequence number of an event";
                since = value.parse().map_err(|_| why)?;
            }
            "limit" => {
                let why = "limit must be a number of events";
                limit = value.parse().map_err(|_| why)?;
            }
            _ => return Err("the request log takes the parameters since and limit only"),
        }
    }
    Ok((since, limit))
}

impl Iterator for Rest {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        if self.opening.is_empty() {
            return None;
        }
        let wanted = self.limit.min(EVENTS_A_PIECE);
        let mut events = self.portal.request_log.after(self.sent, wanted);
        events.retain(|event| event.sequence <= self.end);
        let mut piece = Vec::new();
        for event in &events {
            piece.extend_from_slice(self.opening.as_bytes());
            // An event is strings and numbers, which cannot fail.
            serde_json::to_writer(&mut piece, event).unwrap_or_default();
            self.opening = ",";
            self.sent = event.sequence;
        }
        self.limit -= events.len();
        if events.len() < wanted || self.limit == 0 {
            piece.extend_from_slice(if self.opening == "[" { b"[]" } else { b"]" });
            self.opening = "";
        }
        Some(piece.into())
    }
}
