//! A login that one run begins and another one finishes: what its answer has to match, in between.
//!
//! Where it is kept, and under which seal, is the caller's business.

use url::Url;

use super::pkce::Verifier;
use super::redirect::RedirectUri;
use super::{Authorization, Nonce, State};
use crate::secret::Secret;

/// What a later run needs to take the answer to a login.
#[derive(Clone, Debug)]
pub(crate) struct SuspendedAuthorization {
    /// Where the login begins, without its query: an address there is not the answer.
    pub(crate) endpoint: String,
    pub(crate) redirect_uri: String,
    /// The name of the response mode on the wire.
    pub(crate) response_mode: String,
    pub(crate) state: Secret,
    /// `None` where the server knows no such thing; then there is no verifier either.
    pub(crate) nonce: Option<Secret>,
    pub(crate) verifier: Option<Secret>,
}

impl Authorization {
    /// What a later run needs to take the answer.
    pub(crate) fn suspend(&self) -> SuspendedAuthorization {
        let mut endpoint = self.url.clone();
        endpoint.set_query(None);
        let (nonce, verifier) = match &self.secrets {
            Some((nonce, verifier)) => (Some(nonce.0.clone()), Some(verifier.secret())),
            None => (None, None),
        };
        SuspendedAuthorization {
            endpoint: endpoint.into(),
            redirect_uri: self.redirect_uri.as_str().to_owned(),
            response_mode: self.response_mode.as_str().to_owned(),
            state: self.state.0.clone(),
            nonce,
            verifier,
        }
    }

    /// The login that another run began; `None` where that is not what was kept of one.
    pub(crate) fn resume(suspended: &SuspendedAuthorization) -> Option<Self> {
        let secrets = match (&suspended.nonce, &suspended.verifier) {
            (Some(nonce), Some(verifier)) => {
                let verifier = Verifier::resumed(verifier.clone());
                Some((Nonce(nonce.clone()), verifier))
            }
            (None, None) => None,
            _ => return None,
        };
        Some(Self {
            url: Url::parse(&suspended.endpoint).ok()?,
            state: State(suspended.state.clone()),
            secrets,
            redirect_uri: RedirectUri::parse(&suspended.redirect_uri).ok()?,
            response_mode: suspended.response_mode.parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{begin, metadata, state_of};
    use super::*;

    #[test]
    fn a_login_that_goes_on_in_another_run_takes_its_own_answer_and_no_other() {
        let begun = begin("http://127.0.0.1:8736/callback");
        let suspended = begun.suspend();
        assert!(!suspended.endpoint.contains('?'));
        let resumed = Authorization::resume(&suspended).unwrap();
        let verifier = |login: &Authorization| login.verifier().unwrap().expose().to_owned();
        assert_eq!(verifier(&resumed), verifier(&begun));
        assert_eq!(
            resumed.nonce().unwrap().expose(),
            begun.nonce().unwrap().expose()
        );
        let answer = |state: &str| format!("http://127.0.0.1:8736/callback?code=c&state={state}");
        let own = resumed.accept_pasted(&answer(&state_of(&begun)), &metadata(""));
        assert_eq!(own.unwrap().unwrap().expose(), "c");
        let other = state_of(&begin("http://127.0.0.1:8736/callback"));
        assert!(
            resumed
                .accept_pasted(&answer(&other), &metadata(""))
                .is_err()
        );
        assert!(
            resumed
                .accept_pasted(begun.url.as_str(), &metadata(""))
                .is_err()
        );
    }

    #[test]
    fn half_of_a_login_is_not_resumed() {
        let whole = begin("http://127.0.0.1:8736/callback").suspend();
        for half in [
            SuspendedAuthorization {
                verifier: None,
                ..whole.clone()
            },
            SuspendedAuthorization {
                response_mode: "smoke signals".to_owned(),
                ..whole.clone()
            },
            SuspendedAuthorization {
                redirect_uri: "callback".to_owned(),
                ..whole.clone()
            },
        ] {
            assert!(Authorization::resume(&half).is_none());
        }
        assert!(Authorization::resume(&whole).is_some());
    }
}
