//! Browsers that may steer, each with what it did last.
//!
//! Only fingerprints of cookies and form tokens are kept, and they are compared in constant time.
//! A page gets its form token by a keyed hash of its cookie, so none has to be stored.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::crypto::mac::MacKey;
use crate::crypto::random::{self, Fingerprint};

/// Browsers that may steer at a time; the one that came first goes when there are more.
const MAX_SESSIONS: usize = 64;

/// What came of the last thing that a browser did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) is_done: bool,
    /// A sentence for the person.
    pub(crate) text: String,
    /// The rule that was not understood, to be corrected.
    pub(crate) rule: Option<String>,
}

impl Report {
    pub(crate) fn done(text: impl Into<String>) -> Self {
        Self {
            is_done: true,
            text: text.into(),
            rule: None,
        }
    }

    pub(crate) fn refused(text: impl Into<String>) -> Self {
        Self {
            is_done: false,
            ..Self::done(text)
        }
    }
}

struct Session {
    cookie: Fingerprint,
    report: Option<Report>,
}

/// What a page needs to know of a browser that may steer.
#[derive(Clone, Debug)]
pub(crate) struct SteeringAccess {
    cookie: Fingerprint,
    /// What each of its forms repeats.
    pub(crate) form_token: String,
    pub(crate) report: Option<Report>,
}

pub(crate) struct SteeringSessions {
    key: MacKey,
    sessions: Mutex<VecDeque<Session>>,
}

impl SteeringSessions {
    pub(crate) fn new() -> Self {
        Self {
            key: MacKey::random(),
            sessions: Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a browser steer; returns its cookie.
    pub(crate) fn begin(&self) -> String {
        let cookie = random::token("");
        let mut sessions = self.lock();
        if sessions.len() >= MAX_SESSIONS {
            sessions.pop_front();
        }
        sessions.push_back(Session {
            cookie: Fingerprint::of(&cookie),
            report: None,
        });
        cookie
    }

    /// What the browser with a cookie may know, if it may steer.
    pub(crate) fn find(&self, cookie: Option<&str>) -> Option<SteeringAccess> {
        let text = cookie?;
        let cookie = Fingerprint::of(text);
        let sessions = self.lock();
        let session = sessions.iter().find(|known| known.cookie.is(&cookie))?;
        Some(SteeringAccess {
            cookie,
            form_token: self.key.hex(text),
            report: session.report.clone(),
        })
    }

    /// Remembers what came of what a browser did.
    pub(crate) fn report(&self, access: &SteeringAccess, report: Report) {
        let mut sessions = self.lock();
        if let Some(session) = sessions
            .iter_mut()
            .find(|known| known.cookie.is(&access.cookie))
        {
            session.report = Some(report);
        }
    }

    /// The browser steers no more.
    pub(crate) fn end(&self, access: &SteeringAccess) {
        self.lock().retain(|known| !known.cookie.is(&access.cookie));
    }
}

impl SteeringAccess {
    /// Whether a form is one that this browser was given.
    pub(crate) fn gave(&self, form_token: Option<&str>) -> bool {
        form_token.is_some_and(|sent| {
            subtle::ConstantTimeEq::ct_eq(sent.as_bytes(), self.form_token.as_bytes()).into()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_token_is_good_with_its_own_cookie_only() {
        let sessions = SteeringSessions::new();
        let [one, other] = [sessions.begin(), sessions.begin()];
        let [one, other] = [one, other].map(|cookie| sessions.find(Some(&cookie)).unwrap());
        assert!(one.gave(Some(&one.form_token)));
        for wrong in [None, Some(""), Some(&*other.form_token), Some("x")] {
            assert!(!one.gave(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn a_cookie_is_good_at_its_own_sandbox_only_and_until_it_is_ended() {
        let (here, elsewhere) = (SteeringSessions::new(), SteeringSessions::new());
        let cookie = here.begin();
        assert!(elsewhere.find(Some(&cookie)).is_none());
        assert!(here.find(None).is_none() && here.find(Some("")).is_none());
        let access = here.find(Some(&cookie)).unwrap();
        here.report(&access, Report::done("done"));
        let report = here.find(Some(&cookie)).unwrap().report;
        assert_eq!(report, Some(Report::done("done")));
        here.end(&access);
        assert!(here.find(Some(&cookie)).is_none());
    }

    #[test]
    fn the_first_browser_makes_room_for_one_too_many() {
        let sessions = SteeringSessions::new();
        let cookies: Vec<_> = (0..=MAX_SESSIONS).map(|_| sessions.begin()).collect();
        assert!(sessions.find(Some(&cookies[0])).is_none());
        assert!(sessions.find(Some(&cookies[1])).is_some());
    }
}
