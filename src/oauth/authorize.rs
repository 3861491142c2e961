//! The authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3, OIDC Core §3.1.2.1).
//!
//! An [`Authorization`] is one login under way: the URL for the browser, and the secrets that only
//! the answer to this very login can match. Pure but for its random bytes.

pub(in crate::oauth) mod pkce;
pub(in crate::oauth) mod redirect;
pub(in crate::oauth) mod suspended;

use std::fmt;
use std::str::FromStr;

use url::{Url, UrlQuery, form_urlencoded};

use crate::secret::Secret;

use super::discovery::Metadata;
use super::error::Error;
use super::quirks::AuthorizationParameters;
use crate::oauth::authorize::pkce::{Verifier, random_text};
use crate::oauth::authorize::redirect::RedirectUri;

/// Ties the callback to this login (RFC 6749 §10.12): 256 random bits, compared in constant time.
#[derive(Clone)]
pub(crate) struct State(Secret);

/// Ties the ID token to this login (OIDC Core §3.1.2.1): 256 random bits.
pub(crate) struct Nonce(Secret);

impl State {
    pub(super) fn generate() -> Result<Self, Error> {
        random_text::<32>().map(Self)
    }

    #[cfg(fuzzing)]
    pub(super) fn text(&self) -> &str {
        self.0.expose()
    }

    /// Whether a callback carries this state. Takes the same time for every wrong one.
    pub(crate) fn matches(&self, presented: &str) -> bool {
        self.0.equals(presented)
    }
}

impl Nonce {
    fn generate() -> Result<Self, Error> {
        random_text::<32>().map(Self)
    }

    /// Lends the text to the check of the ID token.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Debug for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("State([redacted])")
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Nonce([redacted])")
    }
}

/// How the answer travels from the browser to this program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    /// In the query of a GET.
    #[default]
    Query,
    /// In the fragment, which a small page passes on (OAuth Multiple Response Types §2.1).
    Fragment,
    /// In the body of a POST (OAuth Form Post Response Mode §2).
    FormPost,
}

impl ResponseMode {
    /// The name on the wire.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Fragment => "fragment",
            Self::FormPost => "form_post",
        }
    }
}

impl FromStr for ResponseMode {
    type Err = UnknownResponseMode;

    fn from_str(text: &str) -> Result<Self, UnknownResponseMode> {
        [Self::Query, Self::Fragment, Self::FormPost]
            .into_iter()
            .find(|mode| mode.as_str() == text)
            .ok_or(UnknownResponseMode)
    }
}

/// A text that names no response mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a response mode is query, fragment or form_post")]
pub(crate) struct UnknownResponseMode;

/// What a login asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Params<'a> {
    /// The registered client.
    pub client_id: &'a str,
    /// Space-delimited scopes.
    pub scope: &'a str,
    /// How the answer travels.
    pub response_mode: ResponseMode,
    /// Whom to suggest at the login page.
    pub login_hint: Option<&'a str>,
    /// Which pages the server must or must not show.
    pub prompt: Option<&'a str>,
    /// How long ago the person may have signed in, in seconds.
    pub max_age: Option<u64>,
}

impl<'a> Params<'a> {
    /// The plain request of a client for scopes.
    pub(crate) fn new(client_id: &'a str, scope: &'a str) -> Self {
        Self {
            client_id,
            scope,
            response_mode: ResponseMode::Query,
            login_hint: None,
            prompt: None,
            max_age: None,
        }
    }

    /// What was asked for beyond the usual.
    fn append_options(&self, query: &mut form_urlencoded::Serializer<'_, UrlQuery<'_>>) {
        if self.response_mode != ResponseMode::Query {
            query.append_pair("response_mode", self.response_mode.as_str());
        }
        if let Some(hint) = self.login_hint {
            query.append_pair("login_hint", hint);
        }
        if let Some(prompt) = self.prompt {
            query.append_pair("prompt", prompt);
        }
        if let Some(seconds) = self.max_age {
            query.append_pair("max_age", &seconds.to_string());
        }
    }
}

/// One login under way.
pub(crate) struct Authorization {
    /// Where the person must go. It holds the state and the nonce, never the verifier.
    pub url: Url,
    state: State,
    /// `None` where the server knows neither.
    secrets: Option<(Nonce, Verifier)>,
    redirect_uri: RedirectUri,
    response_mode: ResponseMode,
}

impl fmt::Debug for Authorization {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Authorization")
            .field("redirect_uri", &self.redirect_uri.as_str())
            .field("response_mode", &self.response_mode)
            .finish_non_exhaustive()
    }
}

impl Authorization {
    /// Begins a login whose answer arrives at a redirect URI: the one that a listener has bound, or
    /// one whose address will be pasted.
    pub(crate) fn begin(
        metadata: &Metadata,
        params: &Params<'_>,
        redirect_uri: &RedirectUri,
    ) -> Result<Self, Error> {
        let state = State::generate()?;
        let secrets = match metadata.quirks.parameters {
            AuthorizationParameters::Standard => Some((Nonce::generate()?, Verifier::generate()?)),
            AuthorizationParameters::Minimal => None,
        };
        let mut url = metadata.authorization_endpoint.clone();
        {
            let mut query = url.query_pairs_mut();
            if secrets.is_some() {
                query.append_pair("response_type", "code");
            }
            query
                .append_pair("client_id", params.client_id)
                .append_pair("redirect_uri", redirect_uri.as_str())
                .append_pair("scope", params.scope)
                .append_pair("state", state.0.expose());
            if let Some((nonce, verifier)) = &secrets {
                query
                    .append_pair("nonce", nonce.0.expose())
                    .append_pair("code_challenge", verifier.challenge().as_str())
                    .append_pair("code_challenge_method", "S256");
                params.append_options(&mut query);
            }
        }
        Ok(Self {
            url,
            state,
            secrets,
            redirect_uri: redirect_uri.clone(),
            response_mode: params.response_mode,
        })
    }

    /// The nonce that the ID token must carry; `None` where the server knows no such thing.
    pub(crate) fn nonce(&self) -> Option<&Nonce> {
        self.secrets.as_ref().map(|(nonce, _)| nonce)
    }

    /// The redirect URI as sent, bound and exchanged.
    pub(crate) fn redirect_uri(&self) -> &RedirectUri {
        &self.redirect_uri
    }

    pub(super) fn state(&self) -> &State {
        &self.state
    }

    pub(super) fn verifier(&self) -> Option<&Verifier> {
        self.secrets.as_ref().map(|(_, verifier)| verifier)
    }

    pub(super) fn response_mode(&self) -> ResponseMode {
        self.response_mode
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::HashMap;

    use super::super::issuer::Issuer;
    use super::*;

    pub(crate) fn metadata(extra: &str) -> Metadata {
        let document = format!(
            r#"{{"issuer":"https://portal.example",
                "authorization_endpoint":"https://portal.example/authorize?tenant=1",
                "token_endpoint":"https://portal.example/token",
                "jwks_uri":"https://portal.example/jwks"{extra}}}"#
        );
        let issuer = Issuer::parse("https://portal.example").unwrap();
        Metadata::parse(&issuer, document.as_bytes()).unwrap()
    }

    pub(crate) fn begin(uri: &str) -> Authorization {
        let uri = RedirectUri::parse(uri).unwrap();
        let params = Params::new("client one", "openid profile");
        Authorization::begin(&metadata(""), &params, &uri).unwrap()
    }

    pub(crate) fn state_of(authorization: &Authorization) -> String {
        pairs(authorization)["state"].clone()
    }

    fn pairs(authorization: &Authorization) -> HashMap<String, String> {
        authorization.url.query_pairs().into_owned().collect()
    }

    #[test]
    fn the_url_keeps_the_endpoints_query_and_carries_the_whole_request() {
        let authorization = begin("http://127.0.0.1:8736/callback");
        let pairs = pairs(&authorization);
        for (name, value) in [
            ("tenant", "1"),
            ("response_type", "code"),
            ("client_id", "client one"),
            ("redirect_uri", "http://127.0.0.1:8736/callback"),
            ("scope", "openid profile"),
            ("code_challenge_method", "S256"),
            (
                "code_challenge",
                authorization.verifier().unwrap().challenge().as_str(),
            ),
        ] {
            assert_eq!(pairs[name], value);
        }
        assert_eq!(pairs.len(), 9, "no empty optional parameter: {pairs:?}");
        assert!(
            !authorization
                .url
                .as_str()
                .contains(authorization.verifier().unwrap().expose())
        );
    }

    #[test]
    fn optional_parameters_are_sent_when_asked_for() {
        let uri = RedirectUri::parse("https://app.example/cb").unwrap();
        let params = Params {
            response_mode: ResponseMode::FormPost,
            login_hint: Some("ines@mail.example"),
            prompt: Some("login"),
            max_age: Some(60),
            ..Params::new("c", "openid")
        };
        let authorization = Authorization::begin(&metadata(""), &params, &uri).unwrap();
        let pairs = pairs(&authorization);
        assert_eq!(pairs["response_mode"], "form_post");
        assert_eq!(pairs["login_hint"], "ines@mail.example");
        assert_eq!(pairs["prompt"], "login");
        assert_eq!(pairs["max_age"], "60");
    }

    #[test]
    fn a_bare_request_has_client_redirect_uri_scope_and_state_alone() {
        let uri = RedirectUri::parse("https://app.example/cb").unwrap();
        let mut metadata = metadata("");
        metadata.quirks.parameters = AuthorizationParameters::Minimal;
        metadata.authorization_endpoint.set_query(None);
        let params = Params {
            prompt: Some("login"),
            ..Params::new("c", "one:two")
        };
        let authorization = Authorization::begin(&metadata, &params, &uri).unwrap();
        let mut names: Vec<_> = pairs(&authorization).into_keys().collect();
        names.sort();
        assert_eq!(names, ["client_id", "redirect_uri", "scope", "state"]);
        assert!(authorization.nonce().is_none() && authorization.verifier().is_none());
    }

    #[test]
    fn state_and_nonce_are_independent_and_are_never_shown() {
        let (one, two) = (begin("http://127.0.0.1:1/"), begin("http://127.0.0.1:1/"));
        let texts = [
            one.state.0.expose(),
            one.nonce().unwrap().expose(),
            two.state.0.expose(),
            two.nonce().unwrap().expose(),
        ];
        for (index, text) in texts.iter().enumerate() {
            assert_eq!(text.len(), 43);
            assert!(!texts[..index].contains(text));
            let shown = format!("{one:?} {:?} {:?}", one.state, one.nonce());
            assert!(!shown.contains(text));
        }
    }
}
