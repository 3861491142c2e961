//! Which part of a file a `Range` header asks for (RFC 9110 §14.1.2 and §14.2).
//!
//! One part only: like S3, several at once are answered with the whole.

use std::ops::Range;

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Everything: no range was asked for, or none that is understood.
    Whole,
    /// These bytes.
    Part(Range<u64>),
    /// Nothing: the range begins behind the end.
    Outside,
}

/// Reads the header for a file of some size.
pub(crate) fn asked(header: Option<&str>, size: u64) -> Asked {
    let Some(range) = header.and_then(|text| text.strip_prefix("bytes=")) else {
        return Asked::Whole;
    };
    let Some((first, last)) = range.split_once('-') else {
        return Asked::Whole;
    };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
    };
    let part = match (first, number(first), last, number(last)) {
        ("", _, _, Some(suffix)) => size.saturating_sub(suffix)..size,
        (_, Some(first), "", _) => first..size,
        (_, Some(first), _, Some(last)) if first <= last => first..size.min(last.saturating_add(1)),
        _ => return Asked::Whole,
    };
    if part.is_empty() {
        Asked::Outside
    } else {
        Asked::Part(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_standard_has_it() {
        let part = |range| Asked::Part(range);
        let cases = [
            (None, Asked::Whole),
            (Some("bytes=0-0"), part(0..1)),
            (Some("bytes=0-99"), part(0..100)),
            (Some("bytes=40-"), part(40..100)),
            (Some("bytes=40-4000"), part(40..100)),
            (Some("bytes=-10"), part(90..100)),
            (Some("bytes=-1000"), part(0..100)),
            (Some("bytes=0-18446744073709551616"), part(0..100)),
            (Some("bytes=-0"), Asked::Outside),
            (Some("bytes=100-"), Asked::Outside),
            (Some("bytes=200-300"), Asked::Outside),
            (Some("bytes=9-3"), Asked::Whole),
            (Some("bytes=1-2,4-5"), Asked::Whole),
            (Some("bytes=-"), Asked::Whole),
            (Some("bytes=x-"), Asked::Whole),
            (Some("bytes=+1-2"), Asked::Whole),
            (Some("items=0-1"), Asked::Whole),
        ];
        for (header, expected) in cases {
            assert_eq!(asked(header, 100), expected, "{header:?}");
        }
        assert_eq!(asked(Some("bytes=0-"), 0), Asked::Outside);
    }
}
