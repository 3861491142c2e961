//! When a read is sent again (docs/portal.md, "Errors"): after a status that passes by itself, or
//! a connection that failed or broke.
//!
//! The waits are random up to a bound that doubles, so that many clients do not come back at once;
//! `Retry-After` takes their place where the server sends it. All attempts together keep within a
//! budget: a wait that would exceed it is not begun. Nothing here knows what is sent.

use std::fmt;
use std::rc::Rc;
use std::time::{Duration, Instant, SystemTime};

use retry_policies::policies::ExponentialBackoff;
use retry_policies::{Jitter, RetryDecision, RetryPolicy as _};

use super::{Client, Error, Request, Response, Stream};

/// The bound of the first wait; it doubles each time.
const FIRST_DELAY: Duration = Duration::from_millis(250);
/// The bound of the longest wait.
const MAX_DELAY: Duration = Duration::from_secs(4);

/// A wait that a person would notice.
const NOTICEABLE: Duration = Duration::from_secs(2);

#[derive(Clone)]
pub(crate) struct Retries {
    /// How often a read is sent again at most.
    pub(crate) most: u32,
    /// How long the first attempt can lie back when the last one begins.
    pub(crate) budget: Duration,
    /// Called for each wait that a person would notice.
    pub(crate) notice: Option<Rc<dyn Fn(Notice)>>,
}

/// What a person who waits is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Notice {
    /// The server wants so much time before the next attempt.
    Asked(Duration),
    /// An attempt that took long brought nothing, and this is the number of the next one.
    Again { retry: u32, of: u32 },
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            most: 3,
            budget: Duration::from_secs(30),
            notice: None,
        }
    }
}

impl fmt::Debug for Retries {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Retries")
            .field("most", &self.most)
            .field("budget", &self.budget)
            .finish_non_exhaustive()
    }
}

#[derive(Debug)]
pub(crate) struct Attempts {
    retries: Retries,
    backoff: ExponentialBackoff,
    began: Instant,
    /// When the attempt under way was begun.
    attempt: Instant,
    past: u32,
}

/// Why an attempt may be worth another one.
#[derive(Debug)]
pub(crate) struct RetryReason {
    reason: String,
    wait: Option<Duration>,
}

impl RetryReason {
    /// Another reason than a status or a connection, in words for the log.
    pub(crate) fn new(reason: String) -> Self {
        Self { reason, wait: None }
    }

    /// What curl, too, takes for a status that passes by itself.
    pub(crate) fn of_status(status: u16, wait: Option<Duration>) -> Option<Self> {
        matches!(status, 408 | 429 | 500 | 502 | 503 | 504).then(|| Self {
            reason: format!("HTTP status {status}"),
            wait,
        })
    }

    /// A connection that failed or broke. An answer that is too large comes again as it was, and
    /// what could not be sent will not be sendable.
    pub(crate) fn of_error(error: &Error) -> Option<Self> {
        error.may_pass().then(|| Self::new(error.to_string()))
    }
}

/// What an attempt brings: an answer, or something that may yet turn out to be a refusal.
pub(crate) trait AttemptOutcome {
    fn refusal(&self) -> Option<&Response>;
}

impl AttemptOutcome for Response {
    fn refusal(&self) -> Option<&Response> {
        (!self.is_success()).then_some(self)
    }
}

/// A success whose body is still to come, or a refusal.
#[derive(Debug)]
pub(crate) enum Opened {
    Stream(Stream),
    Refusal(Response),
}

impl AttemptOutcome for Opened {
    fn refusal(&self) -> Option<&Response> {
        match self {
            Self::Stream(_) => None,
            Self::Refusal(answer) => Some(answer),
        }
    }
}

impl Retries {
    /// The attempts of one read.
    pub(crate) fn begin(&self) -> Attempts {
        Attempts {
            retries: self.clone(),
            backoff: ExponentialBackoff::builder()
                .retry_bounds(FIRST_DELAY, MAX_DELAY)
                .jitter(Jitter::Full)
                .base(2)
                .build_with_max_retries(self.most),
            began: Instant::now(),
            attempt: Instant::now(),
            past: 0,
        }
    }
}

impl Attempts {
    /// Sends until something else than a setback comes back, or no further attempt is left.
    pub(crate) async fn send<T: AttemptOutcome>(
        &mut self,
        attempt: impl AsyncFn() -> Result<T, Error>,
    ) -> Result<T, Error> {
        loop {
            let outcome = attempt().await;
            let retry_reason = match &outcome {
                Ok(received) => received
                    .refusal()
                    .and_then(|answer| RetryReason::of_status(answer.status, answer.retry_after())),
                Err(error) => RetryReason::of_error(error),
            };
            match retry_reason {
                Some(retry_reason) if self.wait(&retry_reason).await => {}
                _ => return outcome,
            }
        }
    }

    /// Reads a document: sends the request that `make` makes, as often as it takes.
    pub(crate) async fn read<'a>(
        &mut self,
        http: &Client,
        make: impl Fn() -> Request<'a>,
    ) -> Result<Response, Error> {
        self.send(async || http.send(make()).await).await
    }

    /// Waits for the moment of the next attempt; `false` when there is to be none.
    pub(crate) async fn wait(&mut self, retry_reason: &RetryReason) -> bool {
        let reason = &retry_reason.reason;
        let Some(wait) = self.next(retry_reason.wait) else {
            tracing::debug!(%reason, attempts = self.past + 1, "no further attempt");
            return false;
        };
        self.past += 1;
        tracing::debug!(
            %reason,
            wait = %humantime::format_duration(whole_milliseconds(wait)),
            retry = self.past,
            of = self.retries.most,
            budget_left = %humantime::format_duration(whole_milliseconds(self.left())),
            "trying again"
        );
        let again = Notice::Again {
            retry: self.past,
            of: self.retries.most,
        };
        let notice = (wait >= NOTICEABLE)
            .then_some(Notice::Asked(wait))
            .or_else(|| (self.attempt.elapsed() >= NOTICEABLE).then_some(again));
        if let (Some(tell), Some(notice)) = (&self.retries.notice, notice) {
            tell(notice);
        }
        tokio::time::sleep(wait).await;
        self.attempt = Instant::now();
        true
    }

    /// Starts the budget anew, because the last attempt got on: the time that it took was not wasted.
    pub(crate) fn extend_budget(&mut self) {
        self.began = Instant::now();
    }

    /// Starts to count anew as well, because it got on far.
    pub(crate) fn reset_budget(&mut self) {
        *self = self.retries.begin();
    }

    fn left(&self) -> Duration {
        self.retries.budget.saturating_sub(self.began.elapsed())
    }

    fn next(&self, asked: Option<Duration>) -> Option<Duration> {
        let RetryDecision::Retry { execute_after } =
            self.backoff.should_retry(SystemTime::now(), self.past)
        else {
            return None;
        };
        let backoff = execute_after.duration_since(SystemTime::now());
        let wait = asked.unwrap_or_else(|| backoff.unwrap_or_default());
        (wait < self.left()).then_some(wait)
    }
}

fn whole_milliseconds(span: Duration) -> Duration {
    Duration::from_millis(u64::try_from(span.as_millis()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_random_up_to_a_bound_that_doubles_to_four_seconds() {
        let retries = Retries {
            most: 8,
            ..Retries::default()
        };
        let mut attempts = retries.begin();
        let bounds = [250, 500, 1000, 2000, 4000, 4000, 4000, 4000];
        for (past, bound) in (0..).zip(bounds) {
            attempts.past = past;
            let bound = Duration::from_millis(bound);
            let waits: Vec<_> = (0..200).map(|_| attempts.next(None).unwrap()).collect();
            assert!(waits.iter().all(|wait| *wait <= bound), "{past}");
            // Of 200 random ones, some are in the lower and some in the upper half.
            assert!(waits.iter().any(|wait| *wait < bound / 2), "{past}");
            assert!(waits.iter().any(|wait| *wait > bound / 2), "{past}");
        }
        attempts.past = 8;
        assert_eq!(attempts.next(None), None);
    }

    #[test]
    fn the_server_says_how_long_to_wait_within_the_budget() {
        let attempts = Retries::default().begin();
        for (asked, wait) in [(0, Some(0)), (7, Some(7)), (29, Some(29)), (30, None)] {
            let asked = Some(Duration::from_secs(asked));
            assert_eq!(attempts.next(asked), wait.map(Duration::from_secs));
        }
        assert_eq!(attempts.next(Some(Duration::MAX)), None);
    }

    #[test]
    fn a_spent_budget_or_no_retries_at_all_end_it() {
        for retries in [
            Retries {
                most: 0,
                ..Retries::default()
            },
            Retries {
                budget: Duration::ZERO,
                ..Retries::default()
            },
        ] {
            assert_eq!(retries.begin().next(None), None);
            assert_eq!(retries.begin().next(Some(Duration::ZERO)), None);
        }
    }

    #[test]
    fn a_long_attempt_that_got_on_leaves_the_budget_whole_and_the_count_as_it_was() {
        let mut attempts = Retries::default().begin();
        attempts.past = 2;
        attempts.began = Instant::now().checked_sub(Duration::from_secs(31)).unwrap();
        assert_eq!(attempts.next(None), None);
        attempts.extend_budget();
        assert!(attempts.next(None).is_some());
        attempts.past = 3;
        attempts.extend_budget();
        assert_eq!(attempts.next(None), None);
        attempts.reset_budget();
        assert!(attempts.next(None).is_some());
    }

    #[test]
    fn only_what_passes_by_itself_is_worth_another_attempt() {
        for status in [408, 429, 500, 502, 503, 504] {
            assert!(RetryReason::of_status(status, None).is_some(), "{status}");
        }
        for status in [200, 302, 400, 401, 403, 404, 409, 422, 501, 505] {
            assert!(RetryReason::of_status(status, None).is_none(), "{status}");
        }
        let host = || "portal.example".to_owned();
        let after = Duration::from_secs(1);
        for error in [
            Error::Unreachable {
                host: host(),
                cause: String::new(),
            },
            Error::Broken {
                host: host(),
                cause: String::new(),
            },
            Error::Stalled {
                host: host(),
                after,
                bytes: 0,
            },
        ] {
            assert!(RetryReason::of_error(&error).is_some(), "{error}");
        }
        for error in [
            Error::Setup(String::new()),
            Error::TooLarge {
                host: host(),
                limit: 1,
            },
        ] {
            assert!(RetryReason::of_error(&error).is_none(), "{error}");
        }
    }
}
