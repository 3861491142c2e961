//! The exchanges that are kept, the newest of them, and a way to learn that something has changed.
//!
//! A reader asks for all that changed after a position, so that one who is slow or comes back loses
//! nothing that is still kept, and learns how much no longer is.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::watch;

use crate::crypto::mac::MacKey;
use crate::crypto::random::{self, Fingerprint};
use crate::recording::exchange::{Content, Ending, Exchange};

/// Exchanges that are kept, and the bytes that they may take; the oldest go first.
const MAX_EXCHANGES: usize = 500;
const MAX_BYTES: usize = 2_000_000;
/// Who may follow at the same time; a browser has one connection for each page.
const MAX_READERS: usize = 64;
/// Hexadecimal digits of a fingerprint: enough to tell some thousand secrets apart.
const FINGERPRINT_DIGITS: usize = 8;

pub(crate) struct Recorder {
    /// Tells this recorder from that of another start or reset.
    pub(crate) epoch: String,
    /// Without it, a fingerprint is of no use: secrets cannot be tried out against it.
    key: MacKey,
    numbers: AtomicU64,
    readers: AtomicUsize,
    kept: Mutex<Kept>,
    /// Tells readers that there is something new.
    position: watch::Sender<u64>,
    /// The epoch that followed a reset.
    successor: OnceLock<String>,
}

/// One who follows what happens, counted as long as it is there.
pub(crate) struct Reader(Arc<Recorder>);

impl Reader {
    /// `None` when there are too many.
    pub(crate) fn count(recorder: &Arc<Recorder>) -> Option<Self> {
        let more = |readers: usize| (readers < MAX_READERS).then_some(readers + 1);
        let counted = recorder
            .readers
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        counted.ok().map(|_| Self(Arc::clone(recorder)))
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.0.readers.fetch_sub(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Kept {
    position: u64,
    bytes: usize,
    exchanges: VecDeque<Arc<Exchange>>,
    /// The position of the last change of an exchange that was dropped.
    forgotten: u64,
    /// How many are no longer kept.
    dropped: u64,
}

/// What a reader has not seen.
pub(crate) struct Changes {
    pub(crate) position: u64,
    /// In the order in which they last changed.
    pub(crate) exchanges: Vec<Arc<Exchange>>,
    /// Whether some that changed are no longer kept.
    pub(crate) is_incomplete: bool,
}

/// What is kept.
pub(crate) struct Everything {
    pub(crate) position: u64,
    /// Oldest first.
    pub(crate) exchanges: Vec<Arc<Exchange>>,
    pub(crate) older: u64,
}

impl Default for Recorder {
    fn default() -> Self {
        Self {
            epoch: random::short(""),
            key: MacKey::random(),
            numbers: AtomicU64::new(0),
            readers: AtomicUsize::new(0),
            kept: Mutex::default(),
            position: watch::Sender::default(),
            successor: OnceLock::new(),
        }
    }
}

impl Recorder {
    /// The recorder after a reset: nothing is left, and readers of this one learn about it.
    pub(crate) fn afresh(&self) -> Self {
        let next = Self::default();
        // Of two resets at once, readers follow the first: they find out about the second there.
        self.successor.set(next.epoch.clone()).unwrap_or_default();
        self.touch();
        next
    }

    /// The epoch after a reset, if there was one.
    pub(crate) fn successor(&self) -> Option<&str> {
        self.successor.get().map(String::as_str)
    }

    /// The number of the request that comes now.
    pub(crate) fn next_number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells readers that something other than an exchange has changed.
    pub(crate) fn touch(&self) {
        let mut kept = self.kept();
        kept.position += 1;
        let position = kept.position;
        drop(kept);
        self.position.send_replace(position);
    }

    /// Keeps an exchange that is under way.
    pub(crate) fn begin(&self, mut exchange: Exchange) {
        let mut kept = self.kept();
        kept.position += 1;
        exchange.changed = kept.position;
        kept.push(exchange);
        let position = kept.position;
        drop(kept);
        self.position.send_replace(position);
    }

    /// Completes an exchange with what was read of its body and how it ended. It may be gone by now:
    /// then nothing is kept.
    pub(crate) fn end(&self, number: u64, body: Content, ending: Ending) {
        let mut kept = self.kept();
        kept.position += 1;
        let position = kept.position;
        let mut newest_first = kept.exchanges.iter_mut().rev();
        let Some(kept_exchange) = newest_first.find(|exchange| exchange.number == number) else {
            return;
        };
        let before = kept_exchange.bytes();
        let exchange = Arc::make_mut(kept_exchange);
        exchange.changed = position;
        exchange.request.extend(body);
        exchange.ending = Some(ending);
        let after = exchange.bytes();
        kept.bytes = kept.bytes + after - before;
        kept.make_room();
        drop(kept);
        self.position.send_replace(position);
    }

    /// Turns when there is something new.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.position.subscribe()
    }

    pub(crate) fn position(&self) -> u64 {
        self.kept().position
    }

    pub(crate) fn after(&self, position: u64) -> Changes {
        let kept = self.kept();
        let exchanges = kept.exchanges.iter();
        let changed = exchanges.filter(|exchange| exchange.changed > position);
        let mut changed: Vec<_> = changed.map(Arc::clone).collect();
        let (newest, forgotten) = (kept.position, kept.forgotten);
        drop(kept);
        changed.sort_unstable_by_key(|exchange| exchange.changed);
        Changes {
            position: newest,
            exchanges: changed,
            is_incomplete: forgotten > position,
        }
    }

    /// The newest, no more than so many.
    pub(crate) fn newest(&self, limit: usize) -> Everything {
        let kept = self.kept();
        let left_out = kept.exchanges.len().saturating_sub(limit);
        Everything {
            position: kept.position,
            exchanges: kept
                .exchanges
                .iter()
                .skip(left_out)
                .map(Arc::clone)
                .collect(),
            older: kept.dropped + left_out as u64,
        }
    }

    /// What stands for a secret: the same for the same secret, and of no other use.
    pub(crate) fn shown(&self, fingerprint: Fingerprint) -> String {
        let mut hex = self.key.hex(&fingerprint.hex());
        hex.truncate(FINGERPRINT_DIGITS);
        format!("#{hex}")
    }
}

impl Kept {
    fn push(&mut self, exchange: Exchange) {
        self.bytes += exchange.bytes();
        self.exchanges.push_back(Arc::new(exchange));
        self.make_room();
    }

    fn make_room(&mut self) {
        while self.exchanges.len() > MAX_EXCHANGES || self.bytes > MAX_BYTES {
            let Some(oldest) = self.exchanges.pop_front() else {
                return;
            };
            self.bytes -= oldest.bytes();
            self.dropped += 1;
            self.forgotten = self.forgotten.max(oldest.changed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(number: u64, path: &str) -> Exchange {
        Exchange {
            number,
            changed: 0,
            time: 0,
            method: "GET".to_owned(),
            path: path.to_owned(),
            endpoint: "unknown",
            request: Content::default(),
            ending: None,
        }
    }

    #[test]
    fn the_oldest_exchanges_go_when_the_bytes_are_used_up_and_a_reader_learns_it() {
        let recorder = Recorder::default();
        for number in 1..=100 {
            recorder.begin(exchange(number, &"x".repeat(100_000)));
        }
        let Everything {
            exchanges, older, ..
        } = recorder.newest(usize::MAX);
        assert!((15..20).contains(&exchanges.len()), "{}", exchanges.len());
        assert_eq!(older + exchanges.len() as u64, 100);
        assert!(recorder.kept().bytes <= MAX_BYTES);
        assert!(recorder.after(10).is_incomplete);
        let changes = recorder.after(99);
        assert!(!changes.is_incomplete);
        assert_eq!((changes.position, changes.exchanges.len()), (100, 1));
    }

    #[test]
    fn a_fingerprint_is_the_same_for_the_same_secret_in_one_recorder_only() {
        let (first, second) = (Recorder::default(), Recorder::default());
        let shown = |recorder: &Recorder, text| recorder.shown(Fingerprint::of(text));
        assert_eq!(shown(&first, "a secret"), shown(&first, "a secret"));
        assert_ne!(shown(&first, "a secret"), shown(&first, "another"));
        assert_ne!(shown(&first, "a secret"), shown(&second, "a secret"));
    }
}
