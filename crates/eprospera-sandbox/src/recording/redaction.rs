//! What may be kept of a value, by the name of its parameter and by what it looks like.
//!
//! Only names on a list are shown with their values. Of everything else a kind, a length and a
//! fingerprint are left: an unknown name may be that of a secret. And what looks like a secret,
//! or holds one that the sandbox knows, is hidden under any name: people put tokens into the wrong
//! field, which is what the inspector is for.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::form_urlencoded;

use crate::crypto::random::Fingerprint;
use crate::model::client::{Client, GrantType};
use crate::model::refresh_token::RefreshTokenContent;
use crate::model::scope;
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
/// Secrets of this length are found inside words, even if they look like words.
const MIN_EMBEDDED_CHARS: usize = 16;
/// Characters of a path that are kept.
const MAX_PATH_CHARS: usize = 200;
/// How often a text is decoded to see what it stands for.
const MAX_SPELLINGS: usize = 4;

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

    /// What a text is that is a secret of the set-up and nothing else.
    pub(crate) fn secret_itself(&self, text: &str) -> Option<&'static str> {
        let mut secrets = self.secrets();
        let (kind, _) = secrets.find(|(_, secret)| *secret == text)?;
        Some(kind)
    }

    fn secrets(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let clients = self.clients.iter();
        let secrets = clients.filter_map(|client| client.secret.as_deref());
        let secrets = secrets.map(|secret| ("client secret", secret));
        std::iter::once(("control token", self.control_token)).chain(secrets)
    }

    fn known_secret(&self, text: &str) -> Option<&'static str> {
        let mut secrets = self.secrets();
        if let Some((kind, _)) = secrets.find(|(_, secret)| is_held(text, secret)) {
            return Some(kind);
        }
        // The content of a Basic header, whose secret may be too short to be looked for.
        let (id, secret) = text.split_once(':')?;
        let is_pair = |client: &Client| client.id == id && client.secret.as_deref() == Some(secret);
        let mut clients = self.clients.iter();
        clients.any(is_pair).then_some("client id and secret")
    }

    /// Whether a text is registered, or only words of the protocol: it gives nothing away, even where
    /// a secret is the same.
    fn is_public(&self, text: &str) -> bool {
        let is_registered = |client: &Client| {
            client.id == text || client.redirect_uris.iter().any(|uri| uri == text)
        };
        let is_word = |word: &str| {
            let is_scope = scope::ALL.iter().any(|scope| scope.name == word);
            let mut grants = GrantType::ALL.into_iter();
            is_scope || word == "code" || grants.any(|grant| grant.as_str() == word)
        };
        self.clients.iter().any(is_registered) || text.split(' ').all(is_word)
    }

    /// Whether a word is or is in what a client is registered with.
    fn is_registered(&self, word: &str) -> bool {
        self.clients.iter().any(|client| {
            let mut uris = client.redirect_uris.iter();
            client.id == word || uris.any(|uri| words(uri).any(|known| known == word))
        })
    }

    /// A path without its secrets, be they encoded or not, and not too long. What its route fixes is
    /// no secret.
    pub(crate) fn path(&self, route: &str, path: &str) -> String {
        let pairs = path.split_inclusive('/').zip(route.split_inclusive('/'));
        let fixed = pairs.take_while(|(sent, fixed)| sent == fixed);
        let fixed: usize = fixed.map(|(sent, _)| sent.len()).sum();
        let (fixed, rest) = path.split_at(fixed);
        if rest.is_empty() || self.disguised_or_random(rest).is_none() {
            return path.chars().take(MAX_PATH_CHARS).collect();
        }
        let rest = self.scrubbed(rest.to_owned());
        let shown = fixed.chars().chain(rest.chars());
        shown.take(MAX_PATH_CHARS).collect()
    }

    /// A part of a path, with the kinds of secrets in their places.
    fn scrubbed(&self, text: String) -> String {
        let mut scrubbed = text;
        for _ in 0..MAX_SPELLINGS {
            scrubbed = self.scrubbed_once(scrubbed);
            let decoded = percent_decode_str(&scrubbed).decode_utf8_lossy();
            if decoded == scrubbed {
                break;
            }
            scrubbed = decoded.into_owned();
        }
        match self.disguised_or_random(&scrubbed) {
            None => scrubbed,
            Some(kind) => format!("({kind})"),
        }
    }

    fn scrubbed_once(&self, text: String) -> String {
        let mut scrubbed = text;
        for (_, secret) in self.secrets() {
            if is_held(&scrubbed, secret) {
                scrubbed = scrubbed.replace(secret, "(secret)");
            }
        }
        let hidden: Vec<_> = words(&scrubbed)
            .filter_map(|word| {
                let is_random = looks_random(word) && !self.is_registered(word);
                let kind = secret_word(word).or(is_random.then_some("random text"))?;
                Some((word.to_owned(), format!("({kind})")))
            })
            .collect();
        for (word, kind) in hidden {
            scrubbed = scrubbed.replace(&word, &kind);
        }
        scrubbed
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

/// What a finder says of a text or, if nothing, of what it stands for, percent-encoded any number of
/// times.
fn spelled(text: &str, find: impl Fn(&str) -> Option<&'static str>) -> Option<&'static str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..MAX_SPELLINGS {
        let found = find(&text);
        if found.is_some() || !text.contains('%') {
            return found;
        }
        let decoded = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        if decoded == text {
            return None;
        }
        text = Cow::Owned(decoded);
    }
    Some("text that is encoded too often")
}

/// What is secret in a URL: the password before its host, or a value of its query.
fn secret_of_url(text: &str) -> Option<&'static str> {
    let (_, rest) = text.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Some("URL with a password");
    }
    let (_, query) = rest.split_once(['?', '#'])?;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let is_secret = pairs.any(|(name, value)| !value.is_empty() && names_secret(&name));
    is_secret.then_some("URL with a secret")
}

/// Whether the values of a name are secret, be it one of the sandbox or of others.
fn names_secret(name: &str) -> bool {
    const PARTS: [&str; 9] = [
        "secret",
        "passw",
        "pwd",
        "token",
        "apikey",
        "api_key",
        "api-key",
        "signature",
        "assertion",
    ];
    match rule(name) {
        Some((_, Rule::Secret(_) | Rule::Token(_))) => true,
        Some(_) => false,
        None => {
            let name = name.to_ascii_lowercase();
            PARTS.iter().any(|part| name.contains(part))
        }
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

/// Whether a text is a secret, or holds one that is long enough to be no word. One that may be a word
/// is found only by itself: `client` is in many texts.
fn is_held(text: &str, secret: &str) -> bool {
    if text == secret {
        return true;
    }
    if secret.len() < MIN_SECRET_CHARS || !text.contains(secret) {
        return false;
    }
    let is_word = secret.len() < MIN_EMBEDDED_CHARS
        && secret
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || b"-_".contains(&byte));
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    !is_word
        || text.match_indices(secret).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + secret.len()..].chars().next();
            ![before, after].into_iter().flatten().any(is_part)
        })
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
    // Nearly every text ends here.
    if !text.starts_with("ey") {
        return None;
    }
    let (unsigned, signature) = text.rsplit_once('.')?;
    let (header, claims) = unsigned.split_once('.')?;
    let is_part = |part: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        part.bytes().all(is_plain)
    };
    let is_jwt = [header, claims, signature].into_iter().all(is_part);
    is_jwt.then_some(unsigned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RANDOM_ID: &str = "cU2Rnd8pCl1entX9idQ4wE7rT6yU3iO5";

    fn clients() -> [Client; 4] {
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
    fn what_is_registered_or_a_word_of_the_protocol_is_shown_even_if_a_secret_is_the_same() {
        for (name, value) in [
            ("client_id", "same-same"),
            ("redirect_uri", &format!("http://127.0.0.1/{RANDOM_ID}/cb")),
            ("redirect_uri", &format!("http://127.0.0.1/{RANDOM_ID}/cb/")),
            ("redirect_uri", "http://127.0.0.1/clients/cb"),
            ("scope", "openid offline_access"),
        ] {
            assert_eq!(kind(name, value), None, "{name}={value}");
        }
        assert_eq!(
            kind("redirect_uri", "http://a/client/cb"),
            Some("client secret")
        );
        assert_eq!(kind("scope", "client"), Some("client secret"));
    }

    #[test]
    fn a_secret_is_found_in_every_spelling_and_inside_of_others() {
        for (value, expected) in [
            ("web:abc", "client id and secret"),
            ("web%3Aabc", "client id and secret"),
            ("http://a/the%2Dcontrol%2Dtoken", "control token"),
            ("http://a/the%252Dcontrol%252Dtoken", "control token"),
            ("http://a/cbthe-control-token", "control token"),
            ("http://me:P4ss@a/", "URL with a password"),
            ("http://a/?password=hunter2", "URL with a secret"),
            ("http://a/#access_token=hunter2", "URL with a secret"),
            ("http://a/?code=x", "URL with a secret"),
        ] {
            assert_eq!(kind("redirect_uri", value), Some(expected), "{value}");
        }
        assert_eq!(kind("redirect_uri", "http://a/?state=x&token_type=y"), None);
    }

    #[test]
    fn a_path_keeps_what_its_route_fixes_and_loses_its_secrets() {
        let clients = clients();
        let redactor = Redactor {
            control_token: "the-control-token",
            clients: &clients,
            open: &|_| None,
            sent_by_sandbox: false,
            content: Content::default(),
        };
        let long = "a".repeat(190);
        for (route, path, shown) in [
            ("/client/x", "/client/x", "/client/x"),
            ("/client/{id}", "/client/client", "/client/(secret)"),
            ("", &format!("/a/{CODE}/b"), "/a/(code)/b"),
            ("", "/web:p%25w:d+s", "/web:(secret)"),
            ("", "/the%252Dcontrol%252Dtoken", "/(secret)"),
            (
                "",
                &format!("/{long}the-control-token"),
                &format!("/{long}(secret)"),
            ),
        ] {
            assert_eq!(redactor.path(route, path), shown);
        }
        let cut = redactor.path("", &format!("/aa{long}the-control-token"));
        assert!(cut.ends_with("a(secret"), "{cut}");
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
