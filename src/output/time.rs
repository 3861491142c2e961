//! Moments, days and spans in words.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::clock::Seconds;

/// A moment as RFC 3339 in UTC, such as `2026-02-03T00:00:00Z`, for scripts.
pub(crate) fn moment(seconds: Seconds) -> String {
    Timestamp::from_second(seconds).map_or_else(
        |_| format!("{seconds} s after 1970"),
        |moment| moment.to_string(),
    )
}

/// A moment on this machine's clock, such as `at 14:05 CET`, with its day unless that is today.
pub(crate) fn clock_time(at: Seconds, now: Seconds) -> String {
    in_zone(at, now, &zone())
}

fn in_zone(at: Seconds, now: Seconds, zone: &TimeZone) -> String {
    let (Ok(moment), Ok(now)) = (Timestamp::from_second(at), Timestamp::from_second(now)) else {
        return format!("at {}", moment(at));
    };
    let moment = moment.to_zoned(zone.clone());
    let form = if moment.date() == now.to_zoned(zone.clone()).date() {
        "at %H:%M %Z"
    } else {
        "on %Y-%m-%d at %H:%M %Z"
    };
    moment.strftime(form).to_string()
}

/// A moment as a day and a time on this machine's clock: `2026-02-03 09:30 CET`.
pub(crate) fn date_and_time(at: Seconds) -> String {
    Timestamp::from_second(at).map_or_else(|_| moment(at), |moment| to_the_minute(moment, zone()))
}

/// The same of a moment that a server wrote as RFC 3339. Anything else is shown as it is.
pub(crate) fn minute(text: &str) -> String {
    minute_in(text, zone())
}

fn minute_in(text: &str, zone: TimeZone) -> String {
    text.parse::<Timestamp>()
        .map_or_else(|_| text.to_owned(), |moment| to_the_minute(moment, zone))
}

fn to_the_minute(moment: Timestamp, zone: TimeZone) -> String {
    let moment = moment.to_zoned(zone);
    moment.strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// The zone of this machine, or that of `TZ`; UTC where it is not known.
fn zone() -> TimeZone {
    TimeZone::try_system().unwrap_or(TimeZone::UTC)
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
    const DAY: u64 = 86_400;
    let seconds = u64::try_from(seconds).unwrap_or(0);
    let (days, rest) = (seconds / DAY, seconds % DAY);
    let unit = match seconds {
        0..3600 => 1,
        3600..DAY => 60,
        _ => 3600,
    };
    let rest = humantime::format_duration(Duration::from_secs(rest - rest % unit));
    let days = match days {
        0 => return rest.to_string(),
        1 => "1 day".to_owned(),
        _ => format!("{days} days"),
    };
    match seconds % DAY / 3600 {
        0 => days,
        _ => format!("{days} {rest}"),
    }
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
        assert_eq!(span(86_400 + 59), "1 day");
        assert_eq!(span(93_784), "1 day 2h");
        assert_eq!(span(180 * 86_400), "180 days");
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
    fn a_moment_is_shown_in_the_zone_of_the_machine_whichever_zone_it_is_written_in() {
        for (given, zone, shown) in [
            ("2026-03-14T09:30:59.999Z", "UTC0", "2026-03-14 09:30 UTC"),
            ("2026-03-14T23:30:00-06:00", "UTC0", "2026-03-15 05:30 UTC"),
            ("2026-03-14T09:30:59Z", "CET-1", "2026-03-14 10:30 CET"),
            ("2026-03-14T00:30:00Z", "CST6", "2026-03-13 18:30 CST"),
            ("2026-03-14", "CET-1", "2026-03-14"),
            ("yesterday", "CET-1", "yesterday"),
        ] {
            assert_eq!(minute_in(given, TimeZone::posix(zone).unwrap()), shown);
        }
    }

    #[test]
    fn a_moment_has_its_day_unless_that_is_today() {
        let zone = TimeZone::posix("CET-1").unwrap();
        let now = 1_770_076_800;
        for (at, shown) in [
            (now, "at 01:00 CET"),
            (now - 3600, "at 00:00 CET"),
            (now - 3601, "on 2026-02-02 at 23:59 CET"),
            (now + 86_400, "on 2026-02-04 at 01:00 CET"),
        ] {
            assert_eq!(in_zone(at, now, &zone), shown);
        }
    }
}
