//! Where a server departs from what the rest of this layer follows: RFC 6749 with PKCE and OpenID
//! Connect. Knows kinds of departure, and no server by name.

use serde_json::Value;

use super::error::Error;
use super::json;
use super::server_text::clean;

/// How a server is spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProviderQuirks {
    /// What authorize is asked with.
    pub parameters: AuthorizationParameters,
    /// How a code is exchanged.
    pub exchange: Exchange,
    /// The refusals of a server whose error bodies are one JSON string; empty for the object of
    /// RFC 6749 §5.2.
    pub refusals: &'static [VendorRefusal],
}

/// What authorize is asked with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthorizationParameters {
    /// As RFC 6749 §4.1.1, RFC 7636 and OpenID Connect Core §3.1.2.1 have it.
    #[default]
    Standard,
    /// Client id, redirect URI, scope and state, and nothing else: there is no PKCE and no nonce.
    Minimal,
}

/// How a code is exchanged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Exchange {
    /// By a form with grant type, redirect URI and verifier (RFC 6749 §4.1.3).
    #[default]
    Form,
    /// By a JSON object of client id, client secret and code.
    Json,
}

/// A refusal in a server's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VendorRefusal {
    /// The words, letter by letter.
    pub text: &'static str,
    /// The code that RFC 6749 §5.2 has for it.
    pub code: &'static str,
    pub meaning: &'static str,
}

impl ProviderQuirks {
    /// Reads an error body that is one JSON string. Unknown words stand for themselves.
    pub(super) fn refusal(&self, status: u16, body: &[u8]) -> Option<Error> {
        // A header says how long to wait after a 429.
        let has_said = (400..600).contains(&status) && status != 429 && !self.refusals.is_empty();
        let Some(Value::String(said)) = has_said.then(|| json::parse(body)).flatten() else {
            return None;
        };
        let known = self.refusals.iter().find(|known| known.text == said.trim());
        let said = Some(clean(&said)).filter(|said| !said.is_empty())?;
        Some(match known {
            Some(known) => Error::Refused {
                status,
                code: known.code.to_owned(),
                description: Some(format!("{said}: {}", known.meaning)),
            },
            None => Error::Refused {
                status,
                code: said,
                description: None,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const QUIRKS: ProviderQuirks = ProviderQuirks {
        parameters: AuthorizationParameters::Minimal,
        exchange: Exchange::Json,
        refusals: &[VendorRefusal {
            text: "Stale code",
            code: "invalid_grant",
            meaning: "it is too old",
        }],
    };

    #[test]
    fn words_of_a_server_become_the_code_of_the_standard() {
        let said = |body: &str| match QUIRKS.refusal(400, body.as_bytes()) {
            Some(Error::Refused {
                code, description, ..
            }) => (code, description),
            other => panic!("{body}: {other:?}"),
        };
        let known = Some("Stale code: it is too old".to_owned());
        assert_eq!(
            said("\"Stale code\""),
            ("invalid_grant".to_owned(), known.clone())
        );
        assert_eq!(
            said(" \"Stale code \"\n"),
            ("invalid_grant".to_owned(), known)
        );
        assert_eq!(
            said("\"stale\\u001b[31m code\""),
            ("stale [31m code".to_owned(), None)
        );
        let long = format!("\"{}\"", "x".repeat(5000));
        assert_eq!(said(&long).0.len(), 300);
    }

    #[test]
    fn other_bodies_statuses_and_servers_are_left_to_the_standard() {
        for body in [
            "",
            "null",
            "\"\"",
            "Stale code",
            r#"{"error":"x"}"#,
            "[\"x\"]",
        ] {
            assert!(QUIRKS.refusal(400, body.as_bytes()).is_none(), "{body}");
        }
        for status in [200, 302, 429] {
            assert!(QUIRKS.refusal(status, b"\"Stale code\"").is_none());
        }
        let standard = ProviderQuirks::default();
        assert!(standard.refusal(400, b"\"Stale code\"").is_none());
    }

    proptest! {
        #[test]
        fn whatever_a_server_says_is_short_and_steers_no_terminal(said in "\\PC{0,400}|(?s).{0,400}") {
            let body = Value::String(said).to_string();
            if let Some(Error::Refused { code, description, .. }) =
                QUIRKS.refusal(400, body.as_bytes())
            {
                for text in [Some(code), description].into_iter().flatten() {
                    prop_assert!(!text.is_empty() && text.chars().count() <= 350);
                    prop_assert!(!text.chars().any(char::is_control));
                }
            }
        }

        #[test]
        fn no_body_is_too_strange(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            drop(QUIRKS.refusal(400, &body));
        }
    }
}
