//! What a login yields, as one record: the tokens, whose they are, and how old.
//!
//! The record is the whole truth about a session; its `generation` grows with every change.

use std::io;

use serde::{Deserialize, Serialize, Serializer};

use crate::clock::Seconds;
use crate::crypto::{self, Preamble, Unreadable};
use crate::secret::Secret;

/// The format of a record. A newer version is refused, never guessed at.
pub(crate) const FORMAT: &str = "eprospera-record";
/// The version of that format.
pub(crate) const VERSION: u64 = 1;

/// A record as errors name it.
const PLACE: &str = "the stored session";

/// A clock may go back by this much, in seconds, before the age of a token is unknown.
const MAX_CLOCK_SKEW: Seconds = 60;

/// Who is signed in, as the ID token or userinfo said.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The provider's stable id of the person; empty until it is known.
    pub subject: String,
    /// The full name.
    pub name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
}

impl Account {
    /// The best name for a sentence.
    pub fn label(&self) -> &str {
        self.email
            .as_deref()
            .or(self.name.as_deref())
            .or(Some(self.subject.as_str()).filter(|subject| !subject.is_empty()))
            .unwrap_or("an unknown account")
    }
}

/// An access token with its life.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct AccessToken {
    #[serde(serialize_with = "exposed")]
    pub token: Secret,
    /// When it was received.
    pub issued_at: Seconds,
    pub expires_at: Seconds,
}

impl AccessToken {
    /// How long it was issued for, in seconds.
    pub fn lifetime(&self) -> Seconds {
        self.expires_at.saturating_sub(self.issued_at)
    }

    /// How long it is still valid, in seconds; not negative. A token from the future was received
    /// under a wrong clock, or the clock of now is wrong: its age is unknown.
    pub fn remaining(&self, now: Seconds) -> Seconds {
        if self.issued_at.saturating_sub(now) > MAX_CLOCK_SKEW {
            return 0;
        }
        self.expires_at.saturating_sub(now).max(0)
    }
}

/// A refresh token with its age.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct RefreshToken {
    #[serde(serialize_with = "exposed")]
    pub token: Secret,
    /// When it was received.
    pub obtained_at: Seconds,
}

/// An ID token, and the generation whose access token came with it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct IdToken {
    #[serde(serialize_with = "exposed")]
    pub token: Secret,
    /// The generation it was issued in.
    pub generation: u64,
}

/// A session.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    pub format: String,
    pub version: u64,
    /// The provider that gave the tokens, by its name.
    pub provider: String,
    /// How often the session has changed; 1 after a login.
    pub generation: u64,
    /// When the person signed in.
    pub signed_in_at: Seconds,
    /// Who signed in.
    pub account: Account,
    /// The granted scopes, separated by spaces; empty while they are not known.
    pub scopes: String,
    /// The access token; absent when the last rotation could not be verified.
    pub access: Option<AccessToken>,
    /// The refresh token, when one was granted.
    pub refresh: Option<RefreshToken>,
    /// The newest ID token.
    pub id_token: Option<IdToken>,
    /// What a rescue file is sealed under: 64 hex digits. Each login makes its own.
    #[serde(serialize_with = "exposed")]
    pub rescue_key: Secret,
    /// SHA-256 of the refresh token that was given to begin the session, so that no machine that
    /// shares the store sends that token again. Absent after other logins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begun_with: Option<String>,
}

/// Writes a secret into a record. A [`Secret`] refuses that everywhere else.
pub(super) fn exposed<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    secret.expose().serialize(serializer)
}

impl Record {
    /// Reads a record.
    pub fn parse(text: &Secret) -> Result<Self, Unreadable> {
        Preamble::check(PLACE, text.expose().as_bytes(), (FORMAT, VERSION))?;
        // The parser's own message could quote the record.
        let damaged = |error: serde_json::Error| {
            let what = format!("line {}, column {}", error.line(), error.column());
            Unreadable::corrupt(PLACE, what)
        };
        let record: Self = serde_json::from_str(text.expose()).map_err(damaged)?;
        let tokens = [
            record.access.as_ref().map(|access| &access.token),
            record.refresh.as_ref().map(|refresh| &refresh.token),
            record.id_token.as_ref().map(|id| &id.token),
            Some(&record.rescue_key),
        ];
        tokens.into_iter().flatten().for_each(Secret::register);
        Ok(record)
    }

    /// Writes the record, secrets included.
    pub fn to_text(&self) -> Secret {
        in_one_allocation(self)
    }

    /// The same session as what follows a generation of the one whose place it takes.
    #[must_use]
    pub fn following(mut self, generation: u64) -> Self {
        let next = self.generation.max(generation) + 1;
        if let Some(id_token) = &mut self.id_token
            && id_token.generation == self.generation
        {
            id_token.generation = next;
        }
        self.generation = next;
        self
    }

    /// Whether another record is an earlier or a later state of this session.
    pub fn is_same_session(&self, other: &Self) -> bool {
        self.rescue_key.equals(other.rescue_key.expose())
    }

    /// Whether it is a copy of the stored session, which a login that was killed has left beside it.
    pub(crate) fn is_copy_of(&self, stored: Option<&Self>) -> bool {
        stored.is_some_and(|stored| stored.is_same_session(self))
    }

    /// Whether this refresh token was given to begin the session.
    pub fn was_begun_with(&self, given: &Secret) -> bool {
        self.begun_with.as_deref() == Some(crypto::sha256_base64url(given.expose()).as_str())
    }

    /// Whether it is more than a given token that was stored.
    pub fn was_refreshed(&self) -> bool {
        self.generation > 1
    }

    /// Whether a scope was granted, as far as that is known.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.is_empty() || self.scopes.split(' ').any(|granted| granted == scope)
    }

    /// The access token while it is valid.
    pub fn valid_access(&self, now: Seconds) -> Option<&AccessToken> {
        self.access
            .as_ref()
            .filter(|access| access.remaining(now) > 0)
    }
}

const WRITES: &str = "texts and numbers always serialise, and memory always takes them";

/// Writes JSON. A text that grew would leave copies of the secrets behind.
pub(super) fn in_one_allocation(wire: &impl Serialize) -> Secret {
    let mut length = Length(0);
    serde_json::to_writer(&mut length, wire).expect(WRITES);
    let mut text = Vec::with_capacity(length.0);
    serde_json::to_writer(&mut text, wire).expect(WRITES);
    Secret::from_utf8(text).expect("JSON is UTF-8")
}

/// Counts what is written, and keeps nothing.
struct Length(usize);

impl io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A session whose access token lives from 1000 to 4600.
    pub(crate) fn sample() -> Record {
        Record {
            format: FORMAT.to_owned(),
            version: VERSION,
            provider: "eprospera".to_owned(),
            generation: 3,
            signed_in_at: 900,
            account: Account {
                subject: "u-1".to_owned(),
                name: Some("Ines".to_owned()),
                email: None,
            },
            scopes: "openid offline_access".to_owned(),
            access: Some(AccessToken {
                token: Secret::new("at".to_owned()),
                issued_at: 1000,
                expires_at: 4600,
            }),
            refresh: Some(RefreshToken {
                token: Secret::new("rt".to_owned()),
                obtained_at: 1000,
            }),
            id_token: None,
            rescue_key: Secret::new("ab".repeat(32)),
            begun_with: None,
        }
    }

    #[test]
    fn a_record_survives_the_round_trip() {
        let text = sample().to_text();
        let read = Record::parse(&text).unwrap();
        assert_eq!(read.to_text().expose(), text.expose());
        assert_eq!(read.access.unwrap().token.expose(), "at");
    }

    /// What one version has written, the next one must read.
    #[test]
    fn a_record_is_written_byte_for_byte_as_it_always_was() {
        let written = concat!(
            r#"{"format":"eprospera-record","version":1,"provider":"another","generation":7,"#,
            r#""signed_in_at":5,"#,
            r#""account":{"subject":"s","name":null,"email":"a@b.example"},"scopes":"openid","#,
            r#""access":{"token":"at_canary","issued_at":6,"expires_at":9},"#,
            r#""refresh":{"token":"rt_canary","obtained_at":6},"#,
            r#""id_token":{"token":"it_canary","generation":7},"rescue_key":"key_canary"}"#
        );
        let bare = concat!(
            r#"{"format":"eprospera-record","version":1,"provider":"eprospera","generation":1,"#,
            r#""signed_in_at":5,"account":{"subject":"","name":null,"email":null},"scopes":"","#,
            r#""access":null,"refresh":null,"id_token":null,"rescue_key":"key_canary","#,
            r#""begun_with":"hash"}"#
        );
        for written in [written, bare] {
            let record = Record::parse(&Secret::new(written.to_owned())).unwrap();
            assert_eq!(record.to_text().expose(), written);
        }
    }

    #[test]
    fn a_newer_version_and_a_damaged_record_are_told_apart_and_not_shown() {
        let head = r#"{"format":"eprospera-record","version":"#;
        let newer = Secret::new(format!(r#"{head}2,"whatever":"rt_canary"}}"#));
        assert!(matches!(
            Record::parse(&newer),
            Err(Unreadable::Newer { version: 2, .. })
        ));
        for damaged in ["1,\"rt_canary\":", "1,\"rt_canary\":1}"] {
            let damaged = Secret::new(format!("{head}{damaged}"));
            let message = Record::parse(&damaged).unwrap_err().to_string();
            assert!(
                message.contains("damaged") && !message.contains("canary"),
                "{message}"
            );
        }
    }

    #[test]
    fn scopes_match_whole_words() {
        let record = sample();
        assert!(record.has_scope("openid") && !record.has_scope("open"));
    }

    #[test]
    fn a_token_is_valid_until_the_second_it_expires() {
        let record = sample();
        assert!(record.valid_access(4599).is_some());
        assert!(record.valid_access(4600).is_none());
    }
}
