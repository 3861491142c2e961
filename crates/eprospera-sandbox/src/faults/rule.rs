//! Reads the rules of [`fault`](super::fault): `ENDPOINT:ACTION[=ARG][*COUNT]`.
//!
//! What is not understood is named together with what would be.

use std::str::FromStr;

use crate::crypto::keys::OldKey;
use crate::faults::fault::{
    Action, DiscoveryDefect, Endpoint, Fault, FileDefect, IdTokenDefect, TokenDefect,
};
use crate::faults::table::{STATUS, actions_of, fault_endpoints};

/// Which part of a rule was not understood, and what would be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("fault `{rule}`{problem}")]
pub struct FaultError {
    rule: String,
    problem: String,
    unknown: Option<(String, Vec<&'static str>)>,
}

impl Endpoint {
    /// Its actions as they are written, with what can follow after `=`.
    fn spelled_actions(self) -> Vec<String> {
        let spelled = actions_of(self).map(|action| match (action.name, action.argument) {
            (STATUS, _) => "a status from 300 to 599".to_owned(),
            (name, Some(argument)) => format!("{name}={argument}"),
            (name, None) => name.to_owned(),
        });
        spelled.collect()
    }

    fn actions(self) -> String {
        self.spelled_actions().join(", ")
    }
}

impl FaultError {
    /// The word that was not known, and those that would have been.
    pub fn unknown(&self) -> Option<(&str, &[&'static str])> {
        let (word, known) = self.unknown.as_ref()?;
        Some((word, known))
    }
}

impl Fault {
    /// Rules that there are, as one begins to write them: `ENDPOINT:ACTION`, or `ENDPOINT:ACTION=` where something has to follow.
    pub fn spellings() -> impl Iterator<Item = String> {
        Endpoint::ALL.into_iter().flat_map(|endpoint| {
            let actions = endpoint.actions();
            // A status is described, not spelled.
            let statuses = actions
                .contains(' ')
                .then_some(["500", "503", "429", "401"]);
            let statuses = statuses.filter(|_| endpoint != Endpoint::IdToken);
            let words = actions.split(", ").filter(|action| !action.contains(' '));
            let words = words.map(|action| {
                let argument = action.find('=').map(|at| at + 1);
                let is_described = |at: &usize| action[*at..].starts_with(char::is_uppercase);
                action[..argument.filter(is_described).unwrap_or(action.len())].to_owned()
            });
            let statuses = statuses.into_iter().flatten().map(str::to_owned);
            let rules = statuses.chain(words);
            let name = endpoint.as_str();
            rules
                .map(|action| format!("{name}:{action}"))
                .collect::<Vec<_>>()
        })
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(rule: &str) -> Result<Self, FaultError> {
        let wrong = |problem: String| FaultError {
            rule: rule.to_owned(),
            problem,
            unknown: None,
        };
        let (name, rest) = rule.split_once(':').ok_or_else(|| {
            wrong(" is not written `ENDPOINT:ACTION[=ARG][*COUNT]`; the `:` is missing".to_owned())
        })?;
        let named = |endpoint: &Endpoint| endpoint.as_str() == name;
        let endpoint = Endpoint::ALL.into_iter().find(named).ok_or_else(|| {
            let known = Endpoint::ALL.map(Endpoint::as_str).join(", ");
            let problem = format!(": there is no endpoint `{name}`; use one of {known}");
            let known = fault_endpoints().collect();
            FaultError {
                unknown: Some((name.to_owned(), known)),
                ..wrong(problem)
            }
        })?;
        let (rest, count) = match rest.rsplit_once('*') {
            None => (rest, None),
            Some((rest, count)) => match count.parse() {
                Ok(count) if count > 0 => (rest, Some(count)),
                _ => {
                    let problem = ": the count after `*` must be a whole number from 1";
                    return Err(wrong(problem.to_owned()));
                }
            },
        };
        let (action, argument) = match rest.split_once('=') {
            None => (rest, None),
            Some((action, argument)) => (action, Some(argument)),
        };
        let parsed = if endpoint == Endpoint::IdToken {
            let defect = id_token_action(action).map(Action::IdToken);
            defect.map_or(Err(None), |defect| without_argument(defect, argument))
        } else {
            own_action(endpoint, action, argument)
                .or_else(|| general_action(action, argument))
                .unwrap_or(Err(None))
        };
        let action = parsed.map_err(|expected| {
            let Some(expected) = expected else {
                let actions = endpoint.actions();
                let known = actions_of(endpoint).map(|action| action.name).collect();
                return FaultError {
                    unknown: Some((action.to_owned(), known)),
                    ..wrong(format!(
                        ": `{name}` has no action `{action}`; use one of {actions}"
                    ))
                };
            };
            wrong(format!(": the argument of `{action}` must be {expected}"))
        })?;
        Ok(Self {
            endpoint,
            action,
            count,
            rule: rule.to_owned(),
        })
    }
}

/// What an action reads as: nothing when the name is unknown here, an error that says which
/// argument was expected, or that none of the known actions was meant.
type Reading = Option<Result<Action, Option<&'static str>>>;

fn general_action(action: &str, argument: Option<&str>) -> Reading {
    if let Ok(status) = action.parse::<u16>() {
        return Some(status_action(status, argument));
    }
    let plain = match action {
        "hang" => Action::Hang,
        "drop" => Action::Drop,
        "drop-after-commit" => Action::DropAfterCommit,
        "hang-after-commit" => Action::HangAfterCommit,
        "half-body" => Action::HalfBody,
        "stall" => Action::Stall,
        "html" => Action::Html,
        "garbage" => Action::Garbage,
        "empty" => Action::Empty,
        "huge" => {
            return Some(match argument {
                None => Ok(Action::Huge(false)),
                Some("length") => Ok(Action::Huge(true)),
                Some(_) => Err(Some("`length` or left out")),
            });
        }
        "slow" => {
            let pause = argument.and_then(|text| humantime::parse_duration(text).ok());
            return Some(
                pause
                    .map(Action::Slow)
                    .ok_or(Some("a duration, as in `slow=5s`")),
            );
        }
        "error" => {
            let code = argument
                .filter(|code| is_error_code(code))
                .map(str::to_owned);
            let expected = Some("an OAuth error code, as in `error=server_error`");
            return Some(code.map(Action::Error).ok_or(expected));
        }
        _ => return None,
    };
    Some(without_argument(plain, argument))
}

/// RFC 6749 §5.2: printable ASCII without quote and backslash; no space here either.
fn is_error_code(code: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    !code.is_empty() && code.bytes().all(allowed)
}

fn status_action(status: u16, argument: Option<&str>) -> Result<Action, Option<&'static str>> {
    let expected = match status {
        429 | 503 => "seconds for `Retry-After`, or left out",
        300..=399 => "a URL in printable ASCII for `Location`, or left out",
        400..=599 => "left out",
        _ => return Err(None),
    };
    let fits = argument.is_none_or(|argument| match status {
        429 | 503 => argument.parse::<u32>().is_ok(),
        300..=399 => !argument.is_empty() && argument.bytes().all(|byte| byte.is_ascii_graphic()),
        _ => false,
    });
    if fits {
        Ok(Action::Status(status, argument.map(str::to_owned)))
    } else {
        Err(Some(expected))
    }
}

fn without_argument(
    action: Action,
    argument: Option<&str>,
) -> Result<Action, Option<&'static str>> {
    match argument {
        None => Ok(action),
        Some(_) => Err(Some("left out")),
    }
}

fn own_action(endpoint: Endpoint, action: &str, argument: Option<&str>) -> Reading {
    let plain = match (endpoint, action) {
        (Endpoint::Jwks, "rotate") => {
            return Some(match argument {
                None => Ok(Action::Rotate(OldKey::Gone)),
                Some("keep-old") => Ok(Action::Rotate(OldKey::Kept)),
                Some(_) => Err(Some("`keep-old` or left out")),
            });
        }
        (Endpoint::Jwks, "rsa-short") => Action::RsaShort,
        (Endpoint::Discovery, "wrong-issuer") => Action::Discovery(DiscoveryDefect::WrongIssuer),
        (Endpoint::Discovery, "http-endpoints") => {
            Action::Discovery(DiscoveryDefect::HttpEndpoints)
        }
        (Endpoint::Discovery, "cross-origin") => Action::Discovery(DiscoveryDefect::CrossOrigin),
        (Endpoint::Discovery, "short") => Action::Discovery(DiscoveryDefect::Short),
        (Endpoint::Token, "no-refresh") => Action::Token(TokenDefect::NoRefresh),
        (Endpoint::Token, "no-rotate") => Action::Token(TokenDefect::NoRotate),
        (Endpoint::Token, "narrow-scope") => Action::Token(TokenDefect::NarrowScope),
        (Endpoint::Token, "echo") => Action::Token(TokenDefect::Echo),
        (Endpoint::Token | Endpoint::ProsperToken, "no-scope") => {
            Action::Token(TokenDefect::NoScope)
        }
        (Endpoint::Files, "expired") => Action::File(FileDefect::Expired),
        (Endpoint::Files, "changed") => Action::File(FileDefect::Changed),
        (Endpoint::ProsperToken | Endpoint::ProsperUser, "error") => {
            let is_text = |text: &&str| text.bytes().all(|byte| (0x20..0x7f).contains(&byte));
            let text = argument.filter(|text| !text.is_empty()).filter(is_text);
            let expected = Some("an error text of Prosper, as in `error=Invalid secret`");
            return Some(
                text.map(|text| Action::Error(text.to_owned()))
                    .ok_or(expected),
            );
        }
        (Endpoint::Token | Endpoint::ProsperToken, "token-type") => {
            let kind = argument.filter(|kind| !kind.is_empty()).map(str::to_owned);
            let expected = Some("a token type, as in `token-type=mac`");
            return Some(
                kind.map(|kind| Action::Token(TokenDefect::TokenType(kind)))
                    .ok_or(expected),
            );
        }
        (Endpoint::Token | Endpoint::ProsperToken, "expires-in") => {
            let value = match argument {
                Some("absent") => Some(None),
                Some(text) => serde_json::from_str(text).ok().map(Some),
                None => None,
            };
            let expected = Some("a JSON value or `absent`, as in `expires-in=\"3600\"`");
            return Some(
                value
                    .map(|value| Action::Token(TokenDefect::ExpiresIn(value)))
                    .ok_or(expected),
            );
        }
        _ => return None,
    };
    Some(without_argument(plain, argument))
}

fn id_token_action(action: &str) -> Option<IdTokenDefect> {
    Some(match action {
        "bad-nonce" => IdTokenDefect::BadNonce,
        "bad-signature" => IdTokenDefect::BadSignature,
        "wrong-aud" => IdTokenDefect::WrongAudience,
        "wrong-iss" => IdTokenDefect::WrongIssuer,
        "expired" => IdTokenDefect::Expired,
        "unknown-kid" => IdTokenDefect::UnknownKid,
        "none-alg" => IdTokenDefect::NoneAlgorithm,
        "hs256" => IdTokenDefect::Hs256,
        "wrong-sub" => IdTokenDefect::WrongSubject,
        "bad-at-hash" => IdTokenDefect::BadAccessTokenHash,
        "missing" => IdTokenDefect::Missing,
        _ => return None,
    })
}
