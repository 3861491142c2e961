//! What may be kept of a value, by the name of its parameter and by what it looks like.
//!
//! Only names on a list are shown with their values. Of everything else a kind, a length and a
//! fingerprint are left: an unknown name may be that of a secret. And what looks like a secret,
//! or holds one that the sandbox knows, is hidden under any name: people put tokens into the wrong
//! field, which is what the inspector is for.
//!
//! [`names`] has the names with their rules. What is searched for is in [`set_up`], [`words`] and
//! [`spelling`]; they know nothing of parameters.

mod names;
mod path;
mod set_up;
mod spelling;
mod words;

use std::borrow::Cow;

use serde_json::Value;

use crate::crypto::random::Fingerprint;
use crate::model::client::Client;
use crate::model::refresh_token::RefreshTokenContent;
use crate::recording::exchange::{Content, KeptParameter, KeptToken, KeptValue, Place, TokenKind};

pub(crate) use names::SENT_BY_CLIENTS;

use names::{Rule, rule};
use spelling::{secret_of_url, spelled};
use words::{PREFIXES, looks_random, secret_word, unsigned_jwt, words};

/// Characters of a value that are kept.
const MAX_VALUE_CHARS: usize = 600;
/// The longest name that is kept: secrets are longer.
const MAX_NAME_CHARS: usize = 40;
/// The longest JWT whose claims are kept.
const MAX_JWT_BYTES: usize = 8192;
/// Characters of a code challenge that are shown: with the method `plain` it is the verifier.
const CHALLENGE_CHARS_SHOWN: usize = 6;

/// Takes secrets out, and remembers the tokens among them.
pub(crate) struct Redactor<'a> {
    pub(crate) control_token: &'a str,
    /// The registered clients: their secrets are hidden, their ids and redirect URIs are not.
    pub(crate) clients: &'a [Client],
    /// What a refresh token of this sandbox holds.
    pub(crate) open: &'a dyn Fn(&str) -> Option<RefreshTokenContent>,
    pub(crate) sent_by_sandbox: bool,
    pub(crate) content: Content,
}

impl Redactor<'_> {
    /// Keeps a parameter under the rule of its name.
    pub(crate) fn parameter(&mut self, place: Place, name: &str, value: &str) {
        let known = rule(name);
        let name = match known {
            Some((known, _)) => Cow::Borrowed(known),
            None => self.unknown_name(name, value),
        };
        let value = match known.map(|(_, rule)| rule) {
            Some(Rule::Shown) if !self.sent_by_sandbox => self.shown(value),
            Some(Rule::Shown | Rule::Random) => shown_unless(self.disguised(value), value),
            Some(Rule::Challenge) => self.challenge(value),
            Some(Rule::Secret(kind)) => hidden(kind, value),
            Some(Rule::Token(kind)) => self.token(name.clone(), kind, value),
            None if value.is_empty() => KeptValue::Shown("".into()),
            None => match self.disguised(value) {
                Some(kind) => hidden(kind, value),
                None => hidden("unknown", value),
            },
        };
        self.keep(place, name, value, known.is_some());
    }

    pub(crate) fn keep(
        &mut self,
        place: Place,
        name: impl Into<Cow<'static, str>>,
        value: KeptValue,
        is_known: bool,
    ) {
        self.content.parameters.push(KeptParameter {
            place,
            name: name.into(),
            value,
            is_known,
        });
    }

    /// A name that is not known, if it can be a name. One without a value may be a value that lost
    /// its name.
    fn unknown_name(&self, name: &str, value: &str) -> Cow<'static, str> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.[]:".contains(&byte);
        let is_name = (1..=MAX_NAME_CHARS).contains(&name.len())
            && name.bytes().all(is_plain)
            && !value.is_empty()
            && self.disguised(name).is_none();
        if is_name {
            Cow::Owned(name.to_owned())
        } else {
            Cow::Borrowed("(a name that is not shown)")
        }
    }

    /// A value that may be shown, unless it is a secret in the wrong place.
    pub(crate) fn shown(&self, value: &str) -> KeptValue {
        shown_unless(self.disguised_or_random(value), value)
    }

    fn challenge(&self, value: &str) -> KeptValue {
        if self.disguised(value).is_some() || value.chars().count() < 2 * CHALLENGE_CHARS_SHOWN {
            return hidden("code challenge", value);
        }
        let begins: String = value.chars().take(CHALLENGE_CHARS_SHOWN).collect();
        let characters = value.chars().count();
        KeptValue::Shown(format!("{begins}… ({characters} characters)").into())
    }

    /// Hides a token and remembers what it is.
    pub(crate) fn token(
        &mut self,
        location: impl Into<Cow<'static, str>>,
        expected: TokenKind,
        value: &str,
    ) -> KeptValue {
        if value.is_empty() {
            return KeptValue::Shown("".into());
        }
        let looks = PREFIXES
            .iter()
            .find(|(prefix, ..)| value.starts_with(prefix));
        let unsigned = unsigned_jwt(value);
        let (kind, called) = match looks {
            Some((_, called, kind)) => (*kind, *called),
            None if unsigned.is_some() => match expected {
                TokenKind::IdToken => (TokenKind::IdToken, "ID token"),
                // What its header says counts when it is shown.
                _ => (TokenKind::AccessToken, "JWT"),
            },
            None if self.sent_by_sandbox => (expected, name_of(expected)),
            None => (TokenKind::Unknown, "unknown"),
        };
        let hidden = hidden(called, value);
        if let KeptValue::Hidden { fingerprint, .. } = &hidden {
            self.content.tokens.push(KeptToken {
                location: location.into(),
                sent_by_sandbox: self.sent_by_sandbox,
                kind,
                fingerprint: *fingerprint,
                unsigned: unsigned
                    .filter(|text| text.len() <= MAX_JWT_BYTES)
                    .map(Into::into),
                refresh: (kind == TokenKind::RefreshToken)
                    .then(|| (self.open)(value))
                    .flatten(),
            });
        }
        hidden
    }

    /// A JSON value under its name, hidden.
    pub(crate) fn nested(&mut self, place: Place, name: &str, text: &str, hidden: KeptValue) {
        let known = rule(name);
        let name = match known {
            Some((known, _)) => Cow::Borrowed(known),
            None => self.unknown_name(name, text),
        };
        self.keep(place, name, hidden, known.is_some());
    }

    /// What a text is, if it is or holds a secret in any spelling: one of the set-up, what looks like
    /// one, or a URL with one. What is registered is not secret.
    pub(crate) fn disguised(&self, text: &str) -> Option<&'static str> {
        let found = spelled(text, |text| {
            let known = self.known_secret(text);
            let known = known.or_else(|| words(text).find_map(secret_word));
            known.or_else(|| secret_of_url(text))
        })?;
        (!self.is_public(text)).then_some(found)
    }

    /// The same of a value that is not expected to be random.
    pub(crate) fn disguised_or_random(&self, text: &str) -> Option<&'static str> {
        self.disguised(text).or_else(|| {
            let is_random = |word: &str| looks_random(word) && !self.is_registered(word);
            spelled(text, |text| {
                words(text).any(is_random).then_some("random text")
            })
        })
    }

    /// What a JWT says, with the kinds of secrets in their places.
    pub(crate) fn claim(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.claimed(text)),
            Value::Number(number) if self.disguised(&number.to_string()).is_some() => {
                Value::from("(secret)")
            }
            Value::Array(items) => items.into_iter().map(|item| self.claim(item)).collect(),
            Value::Object(members) => members
                .into_iter()
                .map(|(name, value)| (self.claimed(name), self.claim(value)))
                .collect(),
            other => other,
        }
    }

    fn claimed(&self, text: String) -> String {
        self.disguised(&text)
            .map_or(text, |kind| format!("({kind})"))
    }
}

fn shown_unless(disguised: Option<&'static str>, value: &str) -> KeptValue {
    if let Some(kind) = disguised {
        return hidden(kind, value);
    }
    match value.char_indices().nth(MAX_VALUE_CHARS) {
        None => KeptValue::Shown(value.into()),
        Some((end, _)) => KeptValue::Shown(format!("{}…", &value[..end]).into()),
    }
}

const fn name_of(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::AccessToken => "access token",
        TokenKind::RefreshToken => "refresh token",
        TokenKind::IdToken => "ID token",
        TokenKind::AuthorizationCode => "code",
        TokenKind::DeviceCode => "device code",
        TokenKind::AgentKey => "Agent Key",
        TokenKind::Unknown => "unknown",
    }
}

pub(crate) fn hidden(kind: &'static str, value: &str) -> KeptValue {
    KeptValue::Hidden {
        kind,
        characters: value.chars().count(),
        fingerprint: Fingerprint::of(value),
    }
}

#[cfg(test)]
mod tests {
    use super::names::SHOWN;
    use super::*;

    pub(super) const RANDOM_ID: &str = "cU2Rnd8pCl1entX9idQ4wE7rT6yU3iO5";

    pub(super) fn clients() -> [Client; 4] {
        let uri = format!("http://127.0.0.1/{RANDOM_ID}/cb");
        [
            Client::new(RANDOM_ID, Some("p%w:d+s"), vec![uri]),
            Client::new("web", Some("abc"), Vec::new()),
            Client::new("words", Some("client"), Vec::new()),
            Client::new("same-same", Some("same-same"), Vec::new()),
        ]
    }

    fn kept(name: &str, value: &str) -> KeptParameter {
        let mut redactor = Redactor {
            control_token: "the-control-token",
            clients: &clients(),
            open: &|_| None,
            sent_by_sandbox: false,
            content: Content::default(),
        };
        redactor.parameter(Place::Form, name, value);
        redactor.content.parameters.remove(0)
    }

    pub(super) fn kind(name: &str, value: &str) -> Option<&'static str> {
        match kept(name, value).value {
            KeptValue::Hidden { kind, .. } => Some(kind),
            _ => None,
        }
    }

    pub(super) const CODE: &str = "c_dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    #[test]
    fn a_secret_is_hidden_under_every_name() {
        for name in SHOWN
            .iter()
            .chain(&SENT_BY_CLIENTS)
            .chain(&["anything", "X-Other"])
        {
            for secret in [
                CODE,
                "the-control-token",
                "web:p%w:d+s",
                "Bearer the-control-token",
                "ak-sandbox-resident",
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
            ] {
                assert!(kind(name, secret).is_some(), "{name}={secret}");
            }
        }
        assert_eq!(kind("state", &format!("go {CODE}")), Some("code"));
        assert_eq!(kind("client_id", "p%w:d+s"), Some("client secret"));
    }

    #[test]
    fn what_is_known_to_be_harmless_is_shown() {
        for (name, value) in [
            ("redirect_uri", "http://127.0.0.1:8736/callback/"),
            ("state", "c_short"),
            ("grant_type", "authorization_code"),
            ("scope", "openid eprospera:entity.read"),
            ("nonce", "n-0S6_WzA2Mj"),
        ] {
            assert_eq!(kept(name, value).value, KeptValue::Shown(value.into()));
        }
    }

    #[test]
    fn a_misspelt_name_is_shown_and_one_that_may_be_a_value_is_not() {
        assert_eq!(kept("redirect_url", "http://a/").name, "redirect_url");
        assert_eq!(kind("redirect_url", "http://a/"), Some("unknown"));
        for name in ["hunter2", CODE, "p%w:d+s", "a name"] {
            assert_eq!(kept(name, "").name, "(a name that is not shown)", "{name}");
        }
        assert_ne!(kept(CODE, "1").name, CODE);
    }

    #[test]
    fn of_a_challenge_only_the_beginning_is_shown() {
        let value = kept(
            "code_challenge",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        )
        .value;
        assert_eq!(value, KeptValue::Shown("E9Melh… (43 characters)".into()));
    }
}
