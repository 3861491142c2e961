//! Reads the answer that the browser brings back (RFC 6749 §4.1.2, RFC 9207).
//!
//! Whatever an outsider sends is a [`Rejection`] and changes nothing. Only the right state,
//! given once, makes an answer. This module knows no sockets.

pub(in crate::oauth) mod paste;
pub(in crate::oauth) mod rejection;

use std::borrow::Cow;

use url::form_urlencoded;

use crate::secret::Secret;

use super::authorize::State;
use super::discovery::Metadata;
use super::error::Error;
use super::server_text::clean;
use crate::oauth::callback::rejection::Rejection;

/// An authorization code.
#[derive(Debug)]
pub(crate) struct Code(Secret);

impl Code {
    /// Lends the text to the token request.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// The provider said no (RFC 6749 §4.1.2.1).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the provider answered {code}{}", description.as_ref().map_or_else(String::new, |text| format!(": {text}")))]
pub(crate) struct Denial {
    /// The machine code, cleaned: `access_denied`, `login_required`, `server_error`, or another.
    pub code: String,
    /// The text for people, cleaned and cut to 300 characters.
    pub description: Option<String>,
}

/// How a login was answered.
pub(crate) type AuthorizationOutcome = Result<Code, Denial>;

/// An answer with the right state, whose sender is not yet judged.
#[derive(Debug)]
pub(crate) struct CallbackResponse {
    outcome: AuthorizationOutcome,
    issuer: Option<String>,
}

impl CallbackResponse {
    /// Lets only the asked issuer answer (RFC 9207 §2.4).
    ///
    /// # Errors
    /// [`Error::CallbackIssuer`] when another server answered.
    pub(crate) fn judge(self, metadata: &Metadata) -> Result<AuthorizationOutcome, Error> {
        let trusted = match &self.issuer {
            Some(issuer) => issuer == metadata.issuer.exact(),
            None => !metadata.requires_iss,
        };
        if trusted {
            Ok(self.outcome)
        } else {
            Err(Error::CallbackIssuer {
                expected: metadata.issuer.exact().to_owned(),
                found: self.issuer.as_deref().map(clean),
            })
        }
    }
}

/// The parameters that must be single (RFC 6749 §3.1). Others are ignored.
#[derive(Default)]
struct Parameters {
    code: Option<Secret>,
    state: Option<Secret>,
    error: Option<String>,
    description: Option<String>,
    issuer: Option<String>,
    /// The first one that is not single.
    repeated: Option<&'static str>,
}

/// Reads form-encoded parameters of a query, a fragment or a body.
pub(super) fn read(parameters: &str, state: &State) -> Result<CallbackResponse, Rejection> {
    let parameters = collect(parameters);
    if parameters.repeated == Some("state") {
        return Err(Rejection::Repeated("state"));
    }
    let presented = parameters.state.ok_or(Rejection::NoState)?;
    if !state.matches(presented.expose()) {
        return Err(Rejection::WrongState);
    }
    if let Some(name) = parameters.repeated {
        return Err(Rejection::Repeated(name));
    }
    let outcome = match (parameters.code, parameters.error) {
        (Some(_), Some(_)) => return Err(Rejection::Both),
        (None, None) => return Err(Rejection::Empty),
        (Some(code), None) => Ok(Code(well_formed(code)?)),
        (None, Some(error)) => Err(Denial {
            code: some_text(&error).unwrap_or_else(|| "unknown_error".to_owned()),
            description: parameters.description.as_deref().and_then(some_text),
        }),
    };
    Ok(CallbackResponse {
        outcome,
        issuer: parameters.issuer,
    })
}

fn collect(text: &str) -> Parameters {
    let mut found = Parameters::default();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        let repeated = match name.as_ref() {
            "code" => set(&mut found.code, untrusted(value), "code"),
            "state" => set(&mut found.state, untrusted(value), "state"),
            "error" => set(&mut found.error, value.into_owned(), "error"),
            "iss" => set(&mut found.issuer, value.into_owned(), "iss"),
            "error_description" => set(
                &mut found.description,
                value.into_owned(),
                "error_description",
            ),
            _ => None,
        };
        // Without a single state it is not known whose the rest is.
        if repeated == Some("state") || found.repeated.is_none() {
            found.repeated = repeated.or(found.repeated);
        }
    }
    found
}

/// Anybody can send anything here: were it registered as a secret, a stranger could take words out
/// of the program's sentences.
fn untrusted(value: Cow<'_, str>) -> Secret {
    Secret::unregistered(value.into_owned())
}

/// Keeps a value; the name of the parameter where there was one already.
fn set<T>(slot: &mut Option<T>, value: T, name: &'static str) -> Option<&'static str> {
    slot.replace(value).map(|_| name)
}

fn some_text(text: &str) -> Option<String> {
    Some(clean(text)).filter(|text| !text.is_empty())
}

/// RFC 6749 appendix A.11: one or more visible ASCII characters or spaces.
fn well_formed(code: Secret) -> Result<Secret, Rejection> {
    let allowed = code
        .expose()
        .bytes()
        .all(|byte| (0x20..0x7f).contains(&byte));
    if allowed && !code.is_empty() {
        Ok(code.registered())
    } else {
        Err(Rejection::MalformedCode)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::super::authorize::tests::{begin, metadata, state_of};
    use super::*;

    pub(crate) fn code(text: &str) -> Code {
        Code(Secret::new(text.to_owned()))
    }

    fn reject(parameters: &str) -> Rejection {
        let authorization = begin("http://127.0.0.1:1/cb");
        let parameters = parameters.replace("STATE", &state_of(&authorization));
        match read(&parameters, authorization.state()) {
            Err(rejection) => rejection,
            Ok(_) => panic!("accepted: {parameters}"),
        }
    }

    fn judge(parameters: &str, metadata: &Metadata) -> Result<AuthorizationOutcome, Error> {
        let authorization = begin("http://127.0.0.1:1/cb");
        let parameters = parameters.replace("STATE", &state_of(&authorization));
        read(&parameters, authorization.state())
            .unwrap()
            .judge(metadata)
    }

    #[test]
    fn only_the_right_state_given_once_makes_an_answer() {
        for (parameters, rejection) in [
            ("", Rejection::NoState),
            ("code=c", Rejection::NoState),
            ("error=access_denied", Rejection::NoState),
            ("code=c&state=", Rejection::WrongState),
            ("code=c&state=STATEx", Rejection::WrongState),
            ("code=c&state=%20STATE", Rejection::WrongState),
            ("code=c&State=STATE", Rejection::NoState),
            (
                "code=c&state=STATE&state=STATE",
                Rejection::Repeated("state"),
            ),
            ("code=c&state=x&state=STATE", Rejection::Repeated("state")),
            ("code=c&code=c&state=STATE", Rejection::Repeated("code")),
            ("code=c&code=c&state=x", Rejection::WrongState),
            ("code=c&code=c", Rejection::NoState),
            (
                "code=c&code=c&state=STATE&state=STATE",
                Rejection::Repeated("state"),
            ),
            ("error=a&error=a&state=STATE", Rejection::Repeated("error")),
            ("code=c&state=STATE&iss=a&iss=a", Rejection::Repeated("iss")),
            ("state=STATE", Rejection::Empty),
            ("code=c&error=e&state=STATE", Rejection::Both),
            ("code=&state=STATE", Rejection::MalformedCode),
            ("code=a%0d%0ab&state=STATE", Rejection::MalformedCode),
            ("code=%ff&state=STATE", Rejection::MalformedCode),
        ] {
            assert_eq!(reject(parameters), rejection, "{parameters}");
        }
    }

    #[test]
    fn a_code_and_a_denial_are_told_apart() {
        let code = judge(
            "session_state=z&code=c%2B1&state=STATE&x=1&x=2",
            &metadata(""),
        );
        assert_eq!(code.unwrap().unwrap().expose(), "c+1");
        let denial = judge(
            "error=access_denied&error_description=No%1b[31m+thanks&state=STATE",
            &metadata(""),
        );
        assert_eq!(
            denial.unwrap().unwrap_err(),
            Denial {
                code: String::from("access_denied"),
                description: Some(String::from("No [31m thanks")),
            }
        );
    }

    #[test]
    fn another_server_cannot_answer() {
        let requires = metadata(r#","authorization_response_iss_parameter_supported":true"#);
        let plain = metadata("");
        let right = "code=c&state=STATE&iss=https%3A%2F%2Fportal.example";
        let evil = "code=c&state=STATE&iss=https%3A%2F%2Fevil.example";
        let denial = "error=access_denied&state=STATE";
        let none = "code=c&state=STATE";
        for (parameters, metadata, trusted) in [
            (right, &plain, true),
            (right, &requires, true),
            (evil, &plain, false),
            (evil, &requires, false),
            (none, &plain, true),
            (none, &requires, false),
            (denial, &requires, false),
        ] {
            let outcome = judge(parameters, metadata);
            assert_eq!(outcome.is_ok(), trusted, "{parameters}");
            if let Err(error) = outcome {
                assert!(matches!(error, Error::CallbackIssuer { .. }) && error.is_untrusted());
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_without_the_state_is_ever_an_answer(text in "\\PC{0,200}") {
            let authorization = begin("http://127.0.0.1:1/cb");
            prop_assert!(read(&text, authorization.state()).is_err());
        }

        #[test]
        fn an_answer_has_the_exact_state_once_and_one_code(
            pairs in proptest::collection::vec(
                (
                    prop_oneof!["code", "state", "error", "iss", "[a-z]{1,6}"],
                    prop_oneof![Just(String::from("STATE")), "[ -~]{0,12}", "\\PC{0,8}"],
                ),
                0..6,
            )
        ) {
            let authorization = begin("http://127.0.0.1:1/cb");
            let state = state_of(&authorization);
            let pairs: Vec<_> = pairs
                .into_iter()
                .map(|(name, value)| (name, value.replace("STATE", &state)))
                .collect();
            let text = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&pairs)
                .finish();
            let count = |name: &str| pairs.iter().filter(|(key, _)| key == name).count();
            if read(&text, authorization.state()).is_ok() {
                prop_assert!(pairs.contains(&(String::from("state"), state)));
                prop_assert_eq!(count("state"), 1);
                prop_assert_eq!(count("code") + count("error"), 1);
                prop_assert!(count("iss") <= 1);
            }
        }
    }
}
