//! Reads the answer out of what a person pasted in place of the callback.
//!
//! A terminal, a mail or a chat may have wrapped, quoted or marked the address, put words around it, or put it into a
//! link of its own that checks where people go. So every address that the text may hold is tried
//! ([`found`]), with each encoding undone ([`layers`]). The one that carries the state of this login
//! counts, and is judged like any callback, by the same rules: the state and PKCE protect it, not the
//! way that it came. This module knows no terminal.

mod found;
mod layers;

use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use crate::oauth::authorize::{Authorization, ResponseMode};
use crate::oauth::callback::rejection::Rejection;
use crate::oauth::callback::{self, AuthorizationOutcome};
use crate::oauth::discovery::Metadata;
use crate::oauth::error::Error;

use found::PastedAnswer;
#[cfg(fuzzing)]
pub(in crate::oauth) use layers::of as readings;

impl Authorization {
    /// Reads the answer out of a pasted redirect URL, or out of its parameters alone.
    ///
    /// # Errors
    /// [`Error::Callback`] when it is not the answer to this login, [`Error::CallbackIssuer`]
    /// when another server sent it.
    pub(crate) fn accept_pasted(
        &self,
        pasted: &str,
        metadata: &Metadata,
    ) -> Result<AuthorizationOutcome, Error> {
        let mut refusal = Error::Callback(Rejection::OtherAddress);
        for text in layers::of(pasted) {
            for found in found::in_text(&text, self.redirect_uri()) {
                match self.judge(&found, metadata) {
                    Err(error) if weight(&error) > weight(&refusal) => refusal = error,
                    Err(_) => {}
                    outcome => return outcome,
                }
            }
        }
        Err(refusal)
    }

    fn judge(
        &self,
        found: &PastedAnswer,
        metadata: &Metadata,
    ) -> Result<AuthorizationOutcome, Error> {
        let parameters = self.parameters(found).map_err(Error::Callback)?;
        match callback::read(&parameters, self.state()) {
            Err(Rejection::WrongState) if !has_whole_state(&parameters) => {
                Err(Error::Callback(Rejection::CutState))
            }
            // The redirect URI alone, perhaps as a part of another address.
            Err(Rejection::NoState) if !has_outcome(&parameters) => {
                Err(Error::Callback(Rejection::OtherAddress))
            }
            Err(rejection) => Err(Error::Callback(rejection)),
            Ok(answer) => answer.judge(metadata),
        }
    }

    /// The parameters of an address that is the redirect URI itself.
    fn parameters(&self, found: &PastedAnswer) -> Result<Zeroizing<String>, Rejection> {
        let address = match found {
            PastedAnswer::Parameters(parameters) => return Ok(parameters.clone()),
            PastedAnswer::Address(address) => address,
        };
        let url = Url::parse(address).map_err(|_| Rejection::OtherAddress)?;
        if url.origin() == self.url.origin() && url.path() == self.url.path() {
            return Err(Rejection::Beginning);
        }
        if self.redirect_uri().covers(&url) {
            return Ok(Zeroizing::new(self.part(&url).to_owned()));
        }
        Err(Rejection::OtherAddress)
    }

    /// The query or the fragment: whichever has a state, the one that was asked for first.
    fn part<'a>(&self, url: &'a Url) -> &'a str {
        let mut parts = [url.query(), url.fragment()].map(Option::unwrap_or_default);
        if self.response_mode() == ResponseMode::Fragment {
            parts.reverse();
        }
        let [first, _] = parts;
        parts
            .into_iter()
            .find(|part| states(part).next().is_some())
            .unwrap_or(first)
    }
}

fn states(parameters: &str) -> impl Iterator<Item = Zeroizing<String>> {
    form_urlencoded::parse(parameters.as_bytes())
        .filter(|(name, _)| name == "state")
        .map(|(_, value)| Zeroizing::new(value.into_owned()))
}

/// Whether a state looks like one that this program made: only then is it another login's.
fn has_whole_state(parameters: &str) -> bool {
    states(parameters).any(|state| {
        state.len() == found::STATE_LENGTH && state.bytes().all(found::is_letter_of_a_state)
    })
}

fn has_outcome(parameters: &str) -> bool {
    form_urlencoded::parse(parameters.as_bytes())
        .any(|(name, _)| matches!(&*name, "code" | "error"))
}

/// How much a refusal says about what went wrong, where one text brings several.
fn weight(refusal: &Error) -> u8 {
    use Rejection as R;
    match refusal {
        Error::CallbackIssuer { .. } => 6,
        Error::Callback(R::Beginning) => 5,
        Error::Callback(R::Empty | R::Both | R::MalformedCode | R::Repeated(_)) => 4,
        Error::Callback(R::WrongState) => 3,
        Error::Callback(R::CutState) => 2,
        Error::Callback(R::NoState) => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
