//! Moments, days and spans in words.

use std::time::Duration;

use crate::clock::Seconds;

/// A moment as RFC 3339 in UTC, such as `2026-02-03T00:00:00Z`.
pub(crate) fn moment(seconds: Seconds) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(
        |_| format!("{seconds} s after 1970"),
        |moment| moment.to_string(),
    )
}

/// A moment that a server wrote as RFC 3339, to the minute and in UTC: `2026-02-03 09:30 UTC`.
/// Anything else is shown as it is.
pub(crate) fn minute(text: &str) -> String {
    text.parse::<jiff::Timestamp>().map_or_else(
        |_| text.to_owned(),
        |moment| moment.strftime("%Y-%m-%d %H:%M UTC").to_string(),
    )
}

/// A calendar day that a server wrote as a day or as a timestamp; the zone is not shifted
/// (docs/portal.md, "Formats"). Anything else is shown as it is.
pub(crate) fn day(text: &str) -> String {
    let (date, rest) = text.split_at_checked(10).unwrap_or((text, ""));
    match date.parse::<jiff::civil::Date>() {
        Ok(day) if rest.is_empty() || rest.starts_with(['T', 't', ' ']) => day.to_string(),
        _ => text.to_owned(),
    }
}

/// A span in its two largest units, such as `52m 10s`; one that is over is `0s`.
pub(crate) fn span(seconds: Seconds) -> String {
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

    #[test]
    fn a_day_is_shown_as_it_was_meant_whichever_way_it_is_written() {
        for (given, shown) in [
            ("1988-11-02", "1988-11-02"),
            ("1988-11-02T00:00:00.000Z", "1988-11-02"),
            ("1988-11-02T23:59:59.000-06:00", "1988-11-02"),
            ("1988-11-02T00:00:00+14:00", "1988-11-02"),
            ("2024-02-29", "2024-02-29"),
            ("2023-02-29", "2023-02-29"),
            ("1988-11-021", "1988-11-021"),
            ("2 November 1988", "2 November 1988"),
            ("né", "né"),
            ("", ""),
        ] {
            assert_eq!(day(given), shown);
        }
    }

    #[test]
    fn a_moment_is_shown_in_utc_whichever_zone_it_is_written_in() {
        for (given, shown) in [
            ("2026-03-14T09:30:59.999Z", "2026-03-14 09:30 UTC"),
            ("2026-03-14T23:30:00-06:00", "2026-03-15 05:30 UTC"),
            ("2026-03-14", "2026-03-14"),
            ("yesterday", "yesterday"),
        ] {
            assert_eq!(minute(given), shown);
        }
    }
}
