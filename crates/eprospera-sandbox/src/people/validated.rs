//! Texts that must have a certain form (docs/portal.md, Formats), as they stand in a file of people.
//!
//! A text is checked where it is read, so that an error has its place in the file. TOML writes
//! moments without quotes, too; they are brought into the portal's spelling.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The name under which TOML hands out a moment without quotes.
pub(super) const TOML_MOMENT: &str = "$toml-moment";

/// What a text has to look like.
pub(crate) trait Format {
    /// What was expected, for an error.
    const EXPECTED: &'static str;
    /// Whether TOML's own moments are taken.
    const IS_TIME: bool = false;

    /// The text as the portal spells it; nothing when it has another form.
    fn read(text: &str) -> Option<String>;
}

/// A text of a form.
pub(crate) struct Validated<F> {
    text: String,
    format: PhantomData<F>,
}

impl<F> Validated<F> {
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn into_string(self) -> String {
        self.text
    }
}

impl<F> Serialize for Validated<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, F: Format> Deserialize<'de> for Validated<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let format = PhantomData;
        let text = deserializer.deserialize_any(Reader::<F>(format))?;
        Ok(Self { text, format })
    }
}

struct Reader<F>(PhantomData<F>);

impl<'de, F: Format> Visitor<'de> for Reader<F> {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(F::EXPECTED)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        F::read(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<String, M::Error> {
        let is_moment = F::IS_TIME && map.next_key::<String>()?.as_deref() == Some(TOML_MOMENT);
        if !is_moment {
            return Err(de::Error::invalid_type(Unexpected::Map, &self));
        }
        let text: String = map.next_value()?;
        self.visit_str(&text)
    }
}

/// A short name, as in `--auto-approve=ID` and in Agent Keys.
pub(crate) struct Id;

impl Format for Id {
    const EXPECTED: &'static str = "an id of letters, digits, `-`, `_` and `.`";

    fn read(text: &str) -> Option<String> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let fits = (1..=64).contains(&text.len()) && text.bytes().all(allowed);
        fits.then(|| text.to_owned())
    }
}

/// A text that says something.
pub(crate) struct Filled;

impl Format for Filled {
    const EXPECTED: &'static str = "a string that is not empty";

    fn read(text: &str) -> Option<String> {
        (!text.trim().is_empty()).then(|| text.to_owned())
    }
}

/// A mail address, as far as it can be told.
pub(crate) struct Mail;

impl Format for Mail {
    const EXPECTED: &'static str = "an e-mail address, such as `ines@mail.example`";

    fn read(text: &str) -> Option<String> {
        let (name, host) = text.rsplit_once('@')?;
        let is_plain = !text
            .chars()
            .any(|each| each.is_whitespace() || each.is_control());
        (is_plain && !name.is_empty() && !host.is_empty()).then(|| text.to_owned())
    }
}

/// A UUID.
pub(crate) struct Uuid;

impl Format for Uuid {
    const EXPECTED: &'static str = "a UUID, such as `3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63`";

    fn read(text: &str) -> Option<String> {
        let hex = |group: &str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
        let lengths = text.split('-').map(str::len);
        let fits = lengths.eq([8, 4, 4, 4, 12]) && text.split('-').all(hex);
        fits.then(|| text.to_ascii_lowercase())
    }
}

/// A Resident Permit Number that begins with a certain digit.
pub(crate) struct Permit<const FIRST: char>;

impl Format for Permit<'9'> {
    const EXPECTED: &'static str = "14 digits in quotes, the first one a 9";

    fn read(text: &str) -> Option<String> {
        is_permit(text, "9").then(|| text.to_owned())
    }
}

impl Format for Permit<'8'> {
    const EXPECTED: &'static str = "14 digits in quotes, the first one an 8";

    fn read(text: &str) -> Option<String> {
        is_permit(text, "8").then(|| text.to_owned())
    }
}

/// The number of a person or of an entity.
pub(crate) struct AnyPermit;

impl Format for AnyPermit {
    const EXPECTED: &'static str = "14 digits in quotes, the first one an 8 or a 9";

    fn read(text: &str) -> Option<String> {
        (is_permit(text, "8") || is_permit(text, "9")).then(|| text.to_owned())
    }
}

fn is_permit(text: &str, first: &str) -> bool {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.len() == 14 && digits && text.starts_with(first)
}

/// A moment in UTC, with milliseconds in the end.
pub(crate) struct Moment;

impl Format for Moment {
    const EXPECTED: &'static str = "a time in UTC, such as `2026-02-03T00:00:00.000Z`";
    const IS_TIME: bool = true;

    fn read(text: &str) -> Option<String> {
        // RFC 3339 has a blank for the T as well, and so has TOML.
        let moment: jiff::Timestamp = text.replacen(' ', "T", 1).parse().ok()?;
        let is_utc = text.len() >= 20 && text.ends_with(['Z', 'z']);
        is_utc.then(|| crate::clock::timestamp(moment.as_millisecond()))
    }
}

/// A calendar day, with or without a time.
pub(crate) struct Day;

impl Format for Day {
    const EXPECTED: &'static str = "a day, such as `2024-05-06` or `2024-05-06T00:00:00.000Z`";
    const IS_TIME: bool = true;

    fn read(text: &str) -> Option<String> {
        if text.len() == 10 {
            let day: jiff::civil::Date = text.parse().ok()?;
            return Some(day.to_string());
        }
        Moment::read(text)
    }
}

/// An amount of money or a rate.
pub(crate) struct Decimal;

impl Format for Decimal {
    const EXPECTED: &'static str = "a decimal number in quotes, such as `\"937.50\"`";

    fn read(text: &str) -> Option<String> {
        let digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let fits = match unsigned.split_once('.') {
            None => digits(unsigned),
            Some((whole, rest)) => digits(whole) && digits(rest),
        };
        fits.then(|| text.to_owned())
    }
}

/// A file of the sandbox: nothing is ever fetched from elsewhere.
pub(crate) struct FileName;

impl Format for FileName {
    const EXPECTED: &'static str = "a file of the sandbox, written `sandbox:NAME`";

    fn read(text: &str) -> Option<String> {
        let name = text.strip_prefix("sandbox:")?;
        (!name.is_empty()).then(|| text.to_owned())
    }
}

/// The address of a picture, on a host that cannot exist (RFC 2606 §2 and §3).
pub(crate) struct Picture;

impl Format for Picture {
    const EXPECTED: &'static str =
        "a URL on a reserved host, such as `https://pictures.example/ines.png`";

    fn read(text: &str) -> Option<String> {
        let url = url::Url::parse(text).ok()?;
        let host = url.host_str()?.trim_end_matches('.');
        let is_reserved = |name: &str| {
            let rest = host.strip_suffix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        let mut reserved = ["example", "test", "invalid", "example.com", "example.org"].iter();
        let fits =
            matches!(url.scheme(), "http" | "https") && reserved.any(|name| is_reserved(name));
        fits.then(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_brought_into_one_spelling() {
        let portal = Some("2026-02-03T10:00:00.000Z".to_owned());
        for text in [
            "2026-02-03T10:00:00Z",
            "2026-02-03 10:00:00Z",
            "2026-02-03T10:00:00.000Z",
            "2026-02-03t10:00:00.0001z",
        ] {
            assert_eq!(Moment::read(text), portal, "{text}");
        }
        for text in [
            "2026-02-03",
            "2026-02-03T10:00:00",
            "2026-02-03T10:00:00+01:00",
            "2026-02-30T10:00:00Z",
            "yesterday",
        ] {
            assert_eq!(Moment::read(text), None, "{text}");
        }
        assert_eq!(Day::read("2024-02-29").as_deref(), Some("2024-02-29"));
        assert_eq!(Day::read("2025-02-29"), None);
        assert_eq!(Day::read("20250228"), None);
    }

    #[test]
    fn each_form_takes_what_the_portal_has_and_nothing_else() {
        assert!(Decimal::read("-0.50").is_some() && Decimal::read("1205").is_some());
        for text in ["", ".5", "1.", "1,5", "1e3", "--1", "$5"] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
        assert!(Permit::<'9'>::read("90000000210457").is_some());
        for text in ["9000000021045", "80000000210457", "9000000021045x"] {
            assert_eq!(Permit::<'9'>::read(text), None, "{text}");
        }
        assert!(FileName::read("sandbox:../x").is_some());
        for text in ["", "sandbox:", "https://files.example/x.pdf", "x.pdf"] {
            assert_eq!(FileName::read(text), None, "{text}");
        }
        for text in [
            "https://a.example/x",
            "http://example.com/",
            "https://x.test",
        ] {
            assert!(Picture::read(text).is_some(), "{text}");
        }
        for text in [
            "https://myexample/x",
            "https://example.co/",
            "ftp://a.example/",
            "x",
        ] {
            assert_eq!(Picture::read(text), None, "{text}");
        }
        for text in ["", "a b", "ä", "a/b", "a+b"] {
            assert_eq!(Id::read(text), None, "{text}");
        }
        for text in ["", "@", "a@", "@b", "a b@c"] {
            assert_eq!(Mail::read(text), None, "{text}");
        }
    }
}
