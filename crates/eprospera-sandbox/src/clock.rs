//! The sandbox's own time, which a test can move forward.
//!
//! Milliseconds since 1970, so that a lifetime of a fraction of a second still means something.
//! It knows nothing of tokens.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A wall clock with an offset.
#[derive(Default)]
pub(crate) struct Clock {
    offset: AtomicI64,
}

impl Clock {
    /// Milliseconds since 1970 on the sandbox's clock.
    pub(crate) fn now(&self) -> i64 {
        let elapsed = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        milliseconds(elapsed).saturating_add(self.offset.load(Ordering::Relaxed))
    }

    /// How many milliseconds it is ahead of the wall clock.
    pub(crate) fn offset(&self) -> i64 {
        self.offset.load(Ordering::Relaxed)
    }

    /// Moves the clock by some milliseconds, backwards when negative.
    pub(crate) fn advance(&self, milliseconds: i64) {
        let moved = |offset: i64| Some(offset.saturating_add(milliseconds));
        let _: Result<i64, i64> =
            self.offset
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, moved);
    }
}

/// A duration as whole milliseconds, capped at what fits.
pub(crate) fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// How long ago a moment is, in words.
pub(crate) fn ago(then: i64, now: i64) -> String {
    let passed = jiff::SignedDuration::from_millis(now.saturating_sub(then).max(0));
    format!("{passed:#} ago")
}

/// A moment as the portal writes it: `2026-02-03T00:00:00.000Z` (docs/portal.md, Formats).
pub(crate) fn timestamp(milliseconds: i64) -> String {
    jiff::Timestamp::from_millisecond(milliseconds)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .strftime("%Y-%m-%dT%H:%M:%S%.3fZ")
        .to_string()
}

/// A moment as an HTTP header has it (RFC 9110 §5.6.7).
pub(crate) fn http_date(milliseconds: i64) -> String {
    jiff::Timestamp::from_millisecond(milliseconds)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .strftime("%a, %d %b %Y %H:%M:%S GMT")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_utc_with_milliseconds() {
        assert_eq!(timestamp(1_770_076_800_000), "2026-02-03T00:00:00.000Z");
    }

    #[test]
    fn what_lies_back_is_told_in_units_that_people_use() {
        assert_eq!(ago(0, 12), "12ms ago");
        assert_eq!(ago(1000, 2203), "1s 203ms ago");
        assert_eq!(ago(0, 3_723_000), "1h 2m 3s ago");
        assert_eq!(ago(5, 0), "0s ago");
    }

    #[test]
    fn a_header_date_is_in_gmt() {
        assert_eq!(
            http_date(1_770_076_800_000),
            "Tue, 03 Feb 2026 00:00:00 GMT"
        );
    }

    #[test]
    fn an_advanced_clock_is_ahead_of_the_wall_clock() {
        let clock = Clock::default();
        let before = clock.now();
        clock.advance(60_000);
        assert!(clock.now() >= before + 60_000);
    }
}
