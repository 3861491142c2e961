//! Moments and spans in words.

use std::time::Duration;

use crate::clock::Seconds;

/// A moment as RFC 3339 in UTC, such as `2026-02-03T00:00:00Z`.
pub fn moment(seconds: Seconds) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(
        |_| format!("{seconds} s after 1970"),
        |moment| moment.to_string(),
    )
}

/// A span in its two largest units, such as `52m 10s`; one that is over is `0s`.
pub fn span(seconds: Seconds) -> String {
    let seconds = u64::try_from(seconds).unwrap_or(0);
    let unit = match seconds {
        0..60 => 1,
        60..86_400 if seconds < 3600 => 1,
        60..86_400 => 60,
        _ => 3600,
    };
    humantime::format_duration(Duration::from_secs(seconds - seconds % unit)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_spans_read_well() {
        assert_eq!(moment(1_770_076_800), "2026-02-03T00:00:00Z");
        assert_eq!(span(-5), "0s");
        assert_eq!(span(59), "59s");
        assert_eq!(span(3130), "52m 10s");
        assert_eq!(span(7323), "2h 2m");
        assert_eq!(span(93_784), "1day 2h");
    }
}
