//! Signed URLs of files, in the shape of S3's (docs/portal.md, Downloads, and Sandbox choices).
//!
//! A persona's file names a file `sandbox:NAME`, or `sandbox:bytes=SIZE/NAME` for one of a certain
//! size. An answer has a URL of the file service in its place: another origin than the portal's,
//! signed for one method and a limited time. `NAME` may hold anything.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use crate::clock::milliseconds;
use crate::model::parameters::Parameters;
use crate::people::persona::Persona;
use crate::portal::Portal;

const MARK: &str = "sandbox:";
const SIZE: &str = "bytes=";
const SIGNATURE: &str = "&X-Amz-Signature=";
/// A moment as S3 writes it: `20260203T000000Z`.
const MOMENT: &str = "%Y%m%dT%H%M%SZ";

/// RFC 3986 §2.3.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Which file a URL means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) persona: String,
    pub(crate) name: String,
    /// How many bytes it must have.
    pub(crate) size: Option<u64>,
}

/// Why a URL opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Denial {
    Unsigned,
    WrongSignature,
    Expired,
}

impl Target {
    /// What a persona's file wrote, `sandbox:` included.
    pub(crate) fn reference(&self) -> String {
        match self.size {
            Some(size) => format!("{MARK}{SIZE}{size}/{}", self.name),
            None => format!("{MARK}{}", self.name),
        }
    }

    fn parse(persona: &str, reference: &str) -> Option<Self> {
        let rest = reference.strip_prefix(MARK)?;
        let sized = rest.strip_prefix(SIZE).and_then(|rest| {
            let (size, name) = rest.split_once('/')?;
            Some((size.parse().ok()?, name))
        });
        let (size, name) = match sized {
            Some((size, name)) => (Some(size), name),
            None => (None, rest),
        };
        Some(Self {
            persona: persona.to_owned(),
            name: name.to_owned(),
            size,
        })
    }

    fn path(&self) -> String {
        let encoded = |text| utf8_percent_encode(text, ENCODED);
        let (persona, name) = (encoded(&self.persona), encoded(&self.name));
        match self.size {
            Some(size) => format!("/{persona}/{SIZE}{size}/{name}"),
            None => format!("/{persona}/{name}"),
        }
    }

    fn at(path: &str) -> Option<Self> {
        let parts: Vec<_> = path.strip_prefix('/')?.split('/').collect();
        let (persona, size, name) = match parts.as_slice() {
            [persona, name] => (persona, None, name),
            [persona, size, name] => {
                let size = size.strip_prefix(SIZE)?.parse().ok()?;
                (persona, Some(size), name)
            }
            _ => return None,
        };
        let decoded = |text| percent_decode_str(text).decode_utf8().ok();
        Some(Self {
            persona: decoded(persona)?.into_owned(),
            name: decoded(name)?.into_owned(),
            size,
        })
    }
}

/// A copy of an answer, with a fresh URL for each file it names.
pub(crate) fn signed(portal: &Portal, persona: &Persona, value: &Value) -> Value {
    match value {
        Value::String(text) => match Target::parse(&persona.id, text) {
            Some(target) => url(portal, &target).into(),
            None => value.clone(),
        },
        Value::Array(members) => members
            .iter()
            .map(|member| signed(portal, persona, member))
            .collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), signed(portal, persona, member)))
            .collect(),
        _ => value.clone(),
    }
}

fn url(portal: &Portal, target: &Target) -> String {
    let now = jiff::Timestamp::from_millisecond(portal.clock.now());
    let moment = now.unwrap_or_default().strftime(MOMENT).to_string();
    let day = moment.get(..8).unwrap_or_default();
    let lifetime = portal.options.file_ttl.as_secs();
    let path = target.path();
    let query = format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=SANDBOX%2F{day}%2Flocal%2Fs3%2Faws4_request\
         &X-Amz-Date={moment}&X-Amz-Expires={lifetime}&X-Amz-SignedHeaders=host"
    );
    let signature = portal.mac.hex(&message(&path, &query));
    format!("{}{path}?{query}{SIGNATURE}{signature}", portal.files)
}

/// It is good for GET only, as S3 signs the method too.
fn message(path: &str, query: &str) -> String {
    format!("GET\n{path}\n{query}")
}

/// The file that a URL opens now.
pub(crate) fn open(portal: &Portal, path: &str, query: &str) -> Result<Target, Denial> {
    let (query, signature) = query.rsplit_once(SIGNATURE).ok_or(Denial::Unsigned)?;
    if !portal.mac.is_hex_of(signature, &message(path, query)) {
        return Err(Denial::WrongSignature);
    }
    // Whatever bears the signature was made above, so the rest cannot fail.
    let target = Target::at(path).ok_or(Denial::WrongSignature)?;
    let parameters = Parameters::parse(query.as_bytes());
    let moment = parameters.get("X-Amz-Date").unwrap_or_default();
    let issued = jiff::civil::DateTime::strptime(MOMENT, moment)
        .and_then(|moment| moment.to_zoned(jiff::tz::TimeZone::UTC))
        .map_err(|_| Denial::WrongSignature)?;
    let lifetime = milliseconds(portal.options.file_ttl);
    let ends = issued.timestamp().as_millisecond().saturating_add(lifetime);
    if portal.clock.now() >= ends {
        return Err(Denial::Expired);
    }
    Ok(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_back_to_what_was_meant() {
        let names = [
            "agreement.pdf",
            "../../x",
            "a/b c\u{7}é%2F.pdf",
            "bytes=7/x",
            "",
        ];
        for name in names {
            for size in [None, Some(0), Some(500_000_000)] {
                let target = Target {
                    persona: "no/one".to_owned(),
                    name: name.to_owned(),
                    size,
                };
                let path = target.path();
                assert_eq!(Target::at(&path).as_ref(), Some(&target), "{path}");
                assert!(path.is_ascii() && !path.contains(char::is_control));
            }
        }
    }

    #[test]
    fn a_reference_is_a_name_or_a_size_and_a_name() {
        let parse = |text| Target::parse("resident", text);
        assert_eq!(parse("https://files.example/x.pdf"), None);
        let plain = parse("sandbox:../x.pdf").unwrap();
        assert_eq!((plain.name.as_str(), plain.size), ("../x.pdf", None));
        let sized = parse("sandbox:bytes=12/a/b.pdf").unwrap();
        assert_eq!((sized.name.as_str(), sized.size), ("a/b.pdf", Some(12)));
        assert_eq!(sized.reference(), "sandbox:bytes=12/a/b.pdf");
        let odd = parse("sandbox:bytes=many/x.pdf").unwrap();
        assert_eq!((odd.name.as_str(), odd.size), ("bytes=many/x.pdf", None));
    }
}
