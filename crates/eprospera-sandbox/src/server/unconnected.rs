//! Writes down which clients do not get as far as a request, and why: in the log and for the
//! inspector.

use std::sync::Arc;
use std::time::Duration;

use crate::clock::timestamp;
use crate::http::request_log::{Event, Refusal};
use crate::portal::Portal;
use crate::reason::{Reason, Report};
use crate::recording::exchange::{Content, Ending, Exchange};
use crate::server::live::Live;

/// What stands where a request has its method, its path and its route.
const METHOD: &str = "TLS";
const PATH: &str = "handshake";
const ENDPOINT: &str = "tls";

/// To be told why a client got no answer.
pub(crate) fn report(live: &Arc<Live>) -> Report {
    // Weak: the connections of a stopped sandbox keep nothing.
    let live = Arc::downgrade(live);
    Arc::new(move |reason| {
        if let Some(live) = live.upgrade() {
            record(&live.services().portal, reason);
        }
    })
}

fn record(portal: &Portal, reason: Reason) {
    let number = portal.recorder.next_number();
    let now = portal.clock.now();
    let sequence = portal.request_log.record(Event {
        number,
        time: timestamp(now),
        method: METHOD.to_owned(),
        path: PATH.to_owned(),
        endpoint: ENDPOINT,
        outcome: reason.why.clone(),
        send_instead: Some(reason.send_instead.clone()),
        ..Event::default()
    });
    portal.recorder.begin(Exchange {
        number,
        changed: 0,
        time: now,
        method: METHOD.to_owned(),
        path: PATH.to_owned(),
        endpoint: ENDPOINT,
        request: Content::default(),
        ending: None,
    });
    let ending = Ending {
        sequence,
        duration: Duration::ZERO,
        status: None,
        client: None,
        persona: None,
        grant_type: None,
        session: None,
        fault: None,
        outcome: reason.why.clone(),
        refusal: Some(Refusal {
            error: "no connection".to_owned(),
            reason,
        }),
        response: Content::default(),
    };
    portal.recorder.end(number, Content::default(), ending);
}
