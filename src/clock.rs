//! The present, in the unit that OAuth uses: whole seconds since the Unix epoch.
//!
//! A [`Clock`] is handed down instead of read, so that expiry can be tested without waiting.

use std::sync::LazyLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

mod running_time;

pub(crate) use running_time::{Stopwatch, timeout};

/// Whole seconds since 1970-01-01T00:00:00Z. Signed: a server may send times before it.
pub(crate) type Seconds = i64;

/// Where the present comes from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A moment that stands still.
    #[cfg(test)]
    Fixed(Seconds),
}

impl Clock {
    pub(crate) fn now(self) -> Seconds {
        match self {
            Self::System => system_now(),
            #[cfg(test)]
            Self::Fixed(moment) => moment,
        }
    }
}

/// The machine's clock, which may be set back while this process waits: to this process it
/// goes on all the same, so that no token lives longer than it was issued for.
fn system_now() -> Seconds {
    static START: LazyLock<(SystemTime, Instant)> =
        LazyLock::new(|| (SystemTime::now(), Instant::now()));
    let (wall, start) = *START;
    let at_least = wall.checked_add(start.elapsed()).unwrap_or(wall);
    since_epoch(SystemTime::now().max(at_least))
}

/// Converts a system time; one before the epoch becomes negative.
pub(crate) fn since_epoch(moment: SystemTime) -> Seconds {
    match moment.duration_since(UNIX_EPOCH) {
        Ok(after) => Seconds::try_from(after.as_secs()).unwrap_or(Seconds::MAX),
        Err(before) => {
            Seconds::try_from(before.duration().as_secs()).map_or(Seconds::MIN, |seconds| -seconds)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn moments_on_both_sides_of_the_epoch_are_counted() {
        assert_eq!(since_epoch(UNIX_EPOCH + Duration::from_secs(7)), 7);
        assert_eq!(since_epoch(UNIX_EPOCH - Duration::from_secs(7)), -7);
        assert_eq!(Clock::Fixed(3).now(), 3);
    }
}
