//! `GET /sandbox/inspector/events`: what changes, as server-sent events, while it changes.
//!
//! A position is `EPOCH-NUMBER`. A reader that comes back with the last one (`Last-Event-ID`, or
//! `since` for the first time) gets all that changed meanwhile. Nothing is queued for a reader: each
//! batch is read from what is kept when the one before was taken, so a slow reader costs nothing,
//! and where it has missed something it gets `resync`.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use futures_util::stream;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::inspector::view::{ExchangeView, Snapshot};
use crate::portal::Portal;
use crate::recording::recorder::{Changes, Reader};

/// Changes that come together are sent together.
const BATCH_INTERVAL: Duration = Duration::from_millis(50);
/// A sign of life, which also finds out about readers that are gone and about what expires.
const PING_INTERVAL: Duration = Duration::from_secs(15);
/// Exchanges that are sent at once; a reader that missed more reads the whole again.
const MAX_BATCH: usize = 200;
/// How long a browser waits before it comes back, in milliseconds.
const RETRY_MS: u32 = 1000;

/// A position in the feed of one epoch.
struct Position {
    epoch: String,
    number: u64,
}

impl Position {
    fn parse(text: &str) -> Option<Self> {
        let (epoch, number) = text.rsplit_once('-')?;
        Some(Self {
            epoch: epoch.to_owned(),
            number: number.parse().ok()?,
        })
    }
}

/// One reader of the feed.
struct Feed {
    portal: Arc<Portal>,
    /// Counts it as long as it is there.
    _reader: Reader,
    news: watch::Receiver<u64>,
    /// What was sent.
    position: u64,
    /// The rest of what is shown, as it was sent last.
    state: Value,
    greeting: Option<String>,
    is_over: bool,
}

/// The feed from a position on, or from now; `None` when there are too many readers.
pub(super) fn feed(portal: Arc<Portal>, since: Option<&str>) -> Option<Response> {
    let recorder = &portal.recorder;
    let mut greeting = format!("retry: {RETRY_MS}\n\n");
    let since = since.map(Position::parse);
    let position = match since {
        None => recorder.position(),
        Some(Some(since)) if since.epoch == recorder.epoch => since.number,
        // It is from before a reset or a restart.
        Some(_) => {
            greeting.push_str(&event("reset", &recorder.epoch, 0, &json!({})));
            0
        }
    };
    let feed = Feed {
        _reader: Reader::count(recorder)?,
        news: recorder.watch(),
        position,
        state: Value::Null,
        greeting: Some(greeting),
        is_over: false,
        portal,
    };
    let pieces = stream::unfold(feed, |mut feed| async move {
        let piece = feed.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(piece)), feed))
    });
    let mut response = Response::new(Body::from_stream(pieces));
    let kind = HeaderValue::from_static("text/event-stream");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    Some(response)
}

impl Feed {
    /// The next piece; `None` when the sandbox stops or was reset.
    async fn next(&mut self) -> Option<String> {
        if self.is_over {
            return None;
        }
        if let Some(greeting) = self.greeting.take() {
            return Some(greeting + &self.batch());
        }
        let portal = Arc::clone(&self.portal);
        loop {
            let news = timeout(PING_INTERVAL, self.news.changed());
            let is_ping = tokio::select! {
                news = news => news.is_err(),
                () = portal.stopped() => return None,
            };
            if !is_ping {
                sleep(BATCH_INTERVAL).await;
                self.news.mark_unchanged();
            }
            let mut batch = self.batch();
            if is_ping {
                batch.push_str(": still here\n\n");
            }
            if !batch.is_empty() {
                return Some(batch);
            }
        }
    }

    /// All that is new.
    fn batch(&mut self) -> String {
        let portal = &self.portal;
        let recorder = &portal.recorder;
        let epoch = &recorder.epoch;
        let Changes {
            position,
            exchanges,
            is_incomplete,
        } = recorder.after(self.position);
        let mut batch = String::new();
        if is_incomplete || exchanges.len() > MAX_BATCH {
            let missed = json!({ "changed": exchanges.len() });
            batch.push_str(&event("resync", epoch, position, &missed));
        } else {
            for exchange in &exchanges {
                let view = ExchangeView::of(portal, exchange);
                batch.push_str(&event("exchange", epoch, exchange.changed, &view));
            }
        }
        self.position = position;
        let state = rest(portal);
        if without_now(&state) != self.state {
            batch.push_str(&event("state", epoch, position, &state));
            self.state = without_now(&state);
        }
        if let Some(successor) = recorder.successor() {
            batch.push_str(&event("reset", successor, 0, &json!({})));
            self.is_over = true;
        }
        batch
    }
}

/// Everything but the exchanges.
fn rest(portal: &Portal) -> Value {
    let mut state = json!(Snapshot::of(portal, 0));
    if let Some(members) = state.as_object_mut() {
        for name in ["feed", "exchanges", "older_exchanges", "newest_refusal"] {
            members.remove(name);
        }
    }
    state
}

/// Without what is always new.
fn without_now(state: &Value) -> Value {
    let mut state = state.clone();
    state["clock"]["now"] = Value::Null;
    state
}

/// JSON has no line break of its own.
fn event(name: &str, epoch: &str, position: u64, data: &impl Serialize) -> String {
    // What is shown is strings and numbers, which cannot fail.
    let data = serde_json::to_string(data).unwrap_or_default();
    format!("event: {name}\nid: {epoch}-{position}\ndata: {data}\n\n")
}
