//! What may be kept of a value, by the name of its parameter and by what it looks like.
//!
//! Only names on a list are shown with their values. Of everything else a kind, a length and a
//! fingerprint are left: an unknown name may be that of a secret. And what looks like a secret,
//! or holds one that the sandbox knows, is hidden under any name: people put tokens into the wrong
//! field, which is what the inspector is for.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::crypto::random::Fingerprint;
use crate::model::refresh_token::RefreshTokenContent;
use crate::recording::exchange::{Content, KeptParameter, KeptToken, KeptValue, Place, TokenKind};

/// Characters of a value that are kept.
const MAX_VALUE_CHARS: usize = 600;
/// The longest name that is kept: secrets are longer.
const MAX_NAME_CHARS: usize = 40;
/// The longest JWT whose claims are kept.
const MAX_JWT_BYTES: usize = 8192;
/// Characters of a code challenge that are shown: with the method `plain` it is the verifier.
const CHALLENGE_CHARS_SHOWN: usize = 6;
/// Secrets shorter than this are not looked for inside other values.
const MIN_SECRET_CHARS: usize = 6;

/// How the sandbox's own secrets begin, and what they are.
const PREFIXES: [(&str, &str, TokenKind); 6] = [
    ("rt_", "refresh token", TokenKind::RefreshToken),
    ("c_", "code", TokenKind::AuthorizationCode),
    ("dc_", "device code", TokenKind::DeviceCode),
    ("ak-", "Agent Key", TokenKind::AgentKey),
    ("sk-", "API key", TokenKind::Unknown),
    ("pk-", "API key", TokenKind::Unknown),
];
/// The shortest word that counts as random.
const MIN_RANDOM_CHARS: usize = 32;
/// The shortest text that counts as a secret by its beginning.
const MIN_PREFIXED_CHARS: usize = 11;

/// What becomes of the values of a name.
#[derive(Clone, Copy)]
pub(crate) enum Rule {
    Shown,
    /// Shown although it is random.
    Random,
    /// Only its beginning.
    Challenge,
    /// A secret that is no token.
    Secret(&'static str),
    Token(TokenKind),
}

/// Names whose values are shown.
const SHOWN: [&str; 67] = [
    "action",
    "advance_seconds",
    "active",
    "all",
    "aud",
    "auth_time",
    "by",
    "client_id",
    "code_challenge_method",
    "cursor",
    "decision",
    "details",
    "display",
    "email",
    "email_verified",
    "entity",
    "error",
    "error_description",
    "error_uri",
    "exp",
    "expires_in",
    "family_name",
    "for",
    "given_name",
    "grant_type",
    "history_years",
    "iat",
    "interval",
    "iss",
    "issuer",
    "keep_old",
    "kid",
    "limit",
    "locale",
    "login_hint",
    "max_age",
    "name",
    "old",
    "persona",
    "picture",
    "prompt",
    "redirect_uri",
    "response_mode",
    "response_type",
    "revoked",
    "rule",
    "rules",
    "scope",
    "session",
    "since",
    "sub",
    "subject",
    "token_type",
    "token_type_hint",
    "type",
    "uid",
    "ui_locales",
    "user_code",
    "username",
    "verification_uri",
    "verification_uri_complete",
    "year",
    "X-Amz-Algorithm",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "now",
];

/// Names that OAuth clients send, for a hint at a misspelt one.
pub(crate) const SENT_BY_CLIENTS: [&str; 21] = [
    "client_id",
    "client_secret",
    "code",
    "code_challenge",
    "code_challenge_method",
    "code_verifier",
    "device_code",
    "grant_type",
    "login_hint",
    "max_age",
    "nonce",
    "prompt",
    "redirect_uri",
    "refresh_token",
    "response_mode",
    "response_type",
    "scope",
    "state",
    "token",
    "token_type_hint",
    "user_code",
];

/// The name as it is known, and its rule; `None` for a name that the sandbox does not know.
fn rule(name: &str) -> Option<(&'static str, Rule)> {
    let rule = match name {
        "code" => ("code", Rule::Token(TokenKind::AuthorizationCode)),
        "refresh_token" => ("refresh_token", Rule::Token(TokenKind::RefreshToken)),
        "access_token" => ("access_token", Rule::Token(TokenKind::AccessToken)),
        "id_token" => ("id_token", Rule::Token(TokenKind::IdToken)),
        "id_token_hint" => ("id_token_hint", Rule::Token(TokenKind::IdToken)),
        "device_code" => ("device_code", Rule::Token(TokenKind::DeviceCode)),
        "token" => ("token", Rule::Token(TokenKind::Unknown)),
        "code_challenge" => ("code_challenge", Rule::Challenge),
        "nonce" => ("nonce", Rule::Random),
        "state" => ("state", Rule::Random),
        "code_verifier" => ("code_verifier", Rule::Secret("code verifier")),
        "client_secret" => ("client_secret", Rule::Secret("client secret")),
        "password" => ("password", Rule::Secret("password")),
        "client_assertion" => ("client_assertion", Rule::Secret("client assertion")),
        "assertion" => ("assertion", Rule::Secret("assertion")),
        "request" => ("request", Rule::Secret("page id")),
        "X-Amz-Signature" => ("X-Amz-Signature", Rule::Secret("signature")),
        "X-Amz-Credential" => ("X-Amz-Credential", Rule::Secret("credential")),
        _ => {
            let known = SHOWN.iter().find(|known| **known == name)?;
            (*known, Rule::Shown)
        }
    };
    Some(rule)
}

/// Takes secrets out, and remembers the tokens among them.
pub(crate) struct Redactor<'a> {
    /// What the sandbox was set up with: the control token first, then secrets of clients.
    pub(crate) secrets: Vec<&'a str>,
    /// The ids of clients, which may look random.
    pub(crate) clients: Vec<&'a str>,
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
        let is_client = self.clients.contains(&value);
        let disguised = if is_client {
            None
        } else {
            self.disguised_or_random(value)
        };
        shown_unless(disguised, value)
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

    /// What a text is, if it is or holds a secret: one of the set-up, or what looks like one.
    pub(crate) fn disguised(&self, text: &str) -> Option<&'static str> {
        let mut secrets = self.secrets.iter().enumerate();
        let held = secrets.find(|(_, secret)| is_held(text, secret));
        match held {
            Some((0, _)) => Some("control token"),
            Some(_) => Some("client secret"),
            None => words(text).find_map(secret_word),
        }
    }

    /// The same of a value that is not expected to be random.
    fn disguised_or_random(&self, text: &str) -> Option<&'static str> {
        let random = || words(text).find_map(|word| looks_random(word).then_some("random text"));
        self.disguised(text).or_else(random)
    }

    /// A path, with the kinds of secrets in their places, be they encoded or not.
    pub(crate) fn path(&self, path: String) -> String {
        let decoded = percent_decode_str(&path).decode_utf8_lossy();
        if decoded != path && self.disguised_or_random(&decoded).is_some() {
            return self.scrubbed(decoded.into_owned());
        }
        self.scrubbed(path)
    }

    /// A sentence, with the kinds of secrets in their places.
    pub(crate) fn scrubbed(&self, text: String) -> String {
        if self.disguised_or_random(&text).is_none() {
            return text;
        }
        let mut scrubbed = text;
        for secret in &self.secrets {
            if is_held(&scrubbed, secret) {
                scrubbed = scrubbed.replace(secret, "(secret)");
            }
        }
        let hidden: Vec<_> = words(&scrubbed)
            .filter_map(|word| {
                let kind = secret_word(word).or(looks_random(word).then_some("random text"))?;
                Some((word.to_owned(), format!("({kind})")))
            })
            .collect();
        for (word, kind) in hidden {
            scrubbed = scrubbed.replace(&word, &kind);
        }
        scrubbed
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

/// Whether a text is a secret, or holds one that is long enough to be no word.
fn is_held(text: &str, secret: &str) -> bool {
    text == secret || secret.len() >= MIN_SECRET_CHARS && text.contains(secret)
}

/// The parts of a text that may be secrets by themselves.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && !"_-.".contains(letter))
}

fn secret_word(word: &str) -> Option<&'static str> {
    if word.len() < MIN_PREFIXED_CHARS {
        return None;
    }
    let looks = PREFIXES
        .iter()
        .find(|(prefix, ..)| word.starts_with(prefix));
    match looks {
        // `c_` and the like begin other words, too; a code has 43 random characters.
        Some((_, kind, TokenKind::AgentKey | TokenKind::Unknown)) => Some(*kind),
        Some((_, kind, _)) if word.len() > 40 => Some(*kind),
        _ => unsigned_jwt(word).map(|_| "JWT"),
    }
}

/// Whether a word is long and goes to and fro between capitals, small letters and digits, as random
/// text does and names do not. UUIDs are names.
fn looks_random(word: &str) -> bool {
    if word.len() < MIN_RANDOM_CHARS || is_uuid(word) {
        return false;
    }
    let class = |byte: u8| match byte {
        b'A'..=b'Z' => 1,
        b'a'..=b'z' => 2,
        b'0'..=b'9' => 3,
        _ => 0,
    };
    let bytes = word.as_bytes();
    let turns = bytes
        .windows(2)
        .filter(|pair| class(pair[0]) != class(pair[1]));
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    digits >= 2 && turns.count() * 5 >= bytes.len()
}

fn is_uuid(word: &str) -> bool {
    let mut parts = word.split('-').map(|part| {
        let is_hex = part.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_hex { part.len() } else { 0 }
    });
    [8, 4, 4, 4, 12]
        .into_iter()
        .all(|length| parts.next() == Some(length))
        && parts.next().is_none()
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

/// Header and claims of what looks like a signed JWT: three parts, of which the first is the
/// base64url of an object.
fn unsigned_jwt(text: &str) -> Option<&str> {
    let (unsigned, signature) = text.rsplit_once('.')?;
    let (header, claims) = unsigned.split_once('.')?;
    let is_part = |part: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        part.bytes().all(is_plain)
    };
    let is_jwt = header.starts_with("ey") && [header, claims, signature].into_iter().all(is_part);
    is_jwt.then_some(unsigned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(name: &str, value: &str) -> KeptParameter {
        let mut redactor = Redactor {
            secrets: vec!["the-control-token", "p%w:d+s"],
            clients: vec!["cU2Rnd8pCl1entX9idQ4wE7rT6yU3iO5"],
            open: &|_| None,
            sent_by_sandbox: false,
            content: Content::default(),
        };
        redactor.parameter(Place::Form, name, value);
        redactor.content.parameters.remove(0)
    }

    fn kind(name: &str, value: &str) -> Option<&'static str> {
        match kept(name, value).value {
            KeptValue::Hidden { kind, .. } => Some(kind),
            _ => None,
        }
    }

    const CODE: &str = "c_dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

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
    fn random_text_is_hidden_where_none_is_expected() {
        let random = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        for name in ["client_id", "scope", "redirect_uri", "grant_type"] {
            assert_eq!(kind(name, random), Some("random text"), "{name}");
        }
        for name in ["nonce", "state"] {
            assert_eq!(kind(name, random), None);
        }
        assert_eq!(kind("client_id", "cU2Rnd8pCl1entX9idQ4wE7rT6yU3iO5"), None);
        for name in [
            "3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63",
            "eprospera:person.id_verification.read",
            "http://localhost:3000/api/auth/callback/eprospera",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.109",
            "urn:ietf:params:oauth:grant-type:device_code",
        ] {
            assert_eq!(kind("scope", name), None, "{name}");
        }
    }

    #[test]
    fn a_sentence_keeps_its_words_and_loses_its_secrets() {
        let redactor = Redactor {
            secrets: vec!["the-control-token", "p%w:d+s"],
            clients: Vec::new(),
            open: &|_| None,
            sent_by_sandbox: false,
            content: Content::default(),
        };
        let scrubbed = |text: &str| redactor.scrubbed(text.to_owned());
        assert_eq!(scrubbed("scope `openid` is fine"), "scope `openid` is fine");
        let sentence = format!("scope `{CODE}` of web:p%w:d+s is unknown");
        assert_eq!(
            scrubbed(&sentence),
            "scope `(code)` of web:(secret) is unknown"
        );
        assert_eq!(scrubbed(&format!("/a/{CODE}/b")), "/a/(code)/b");
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

    #[test]
    fn a_jwt_is_kept_without_its_signature() {
        assert_eq!(unsigned_jwt("eyJh.eyJz.c2ln"), Some("eyJh.eyJz"));
        assert_eq!(unsigned_jwt("eyJh.eyJz."), Some("eyJh.eyJz"));
        for other in ["eyJh.eyJz", "a.b.c", "eyJh.ey z.c", "eyJh.a.b.c.d"] {
            assert_eq!(unsigned_jwt(other), None, "{other}");
        }
    }
}
