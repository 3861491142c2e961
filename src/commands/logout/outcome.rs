//! What became of a profile's session, store by store.
//!
//! It sends nothing, deletes nothing and says nothing.

use crate::clock::Seconds;
use crate::error::Error;

/// Whether the provider revoked the tokens; `None` where there was nothing to revoke.
pub(super) type Revoked = Option<Result<(), String>>;

pub(super) struct LogoutOutcome {
    pub(super) profile: String,
    pub(super) parts: Vec<StoreResult>,
    /// Why a session may still be here.
    pub(super) failure: Option<Error>,
}

pub(super) struct StoreResult {
    pub(super) store: String,
    /// Whether it is about the session of an unfinished login, which waits beside the other.
    pub(super) is_unfinished: bool,
    pub(super) deleted: bool,
    pub(super) revoked: Revoked,
    /// What stays valid where the provider offers no revocation.
    pub(super) lasting: Option<UnrevokedToken>,
    /// Whether the sealed copy of an exported session is still here.
    pub(super) keeps_export: bool,
    pub(super) has_failed: bool,
}

/// A token that cannot be ended before its time.
pub(super) struct UnrevokedToken {
    pub(super) provider: &'static str,
    pub(super) ends_at: Seconds,
}

impl LogoutOutcome {
    pub(super) fn nothing_yet(profile: &str) -> Self {
        Self {
            profile: profile.to_owned(),
            parts: Vec::new(),
            failure: None,
        }
    }

    /// Adds what became of the session in one more store.
    pub(super) fn add(&mut self, mut part: StoreResult, failure: Option<Error>) {
        part.has_failed = failure.is_some();
        self.parts.push(part);
        self.failure = self.failure.take().or(failure);
    }

    /// The stores in which there is something to tell about the session.
    pub(super) fn told(&self) -> impl Iterator<Item = &StoreResult> {
        let of_session = |part: &&StoreResult| !part.is_unfinished && part.is_told();
        self.parts.iter().filter(of_session)
    }

    /// The stores in which there is something to tell about an unfinished login.
    pub(super) fn unfinished(&self) -> impl Iterator<Item = &StoreResult> {
        let of_login = |part: &&StoreResult| part.is_unfinished && part.is_told();
        self.parts.iter().filter(of_login)
    }

    /// Whether the stores differ, so that no one sentence is true of all.
    pub(super) fn is_mixed(&self) -> bool {
        let mut facts = self.told().map(StoreResult::facts);
        let first = facts.next();
        facts.any(|other| first.as_ref() != Some(&other))
    }

    pub(super) fn deleted(&self) -> bool {
        self.parts.iter().any(|part| part.deleted)
    }

    /// Whether all tokens were revoked: one that was not must not be hidden by the others.
    pub(super) fn revoked(&self) -> Option<bool> {
        all_revoked(self.parts.iter())
    }

    pub(super) fn lasting(&self) -> Option<&UnrevokedToken> {
        self.parts.iter().find_map(|part| part.lasting.as_ref())
    }

    pub(super) fn keeps_export(&self) -> bool {
        self.parts.iter().any(|part| part.keeps_export)
    }
}

/// Whether all tokens of these were revoked; `None` where there was nothing to revoke.
pub(super) fn all_revoked<'a>(parts: impl Iterator<Item = &'a StoreResult>) -> Option<bool> {
    let mut revoked = parts.filter_map(|part| part.revoked.as_ref());
    let first = revoked.next()?.is_ok();
    Some(first && revoked.all(Result::is_ok))
}

impl StoreResult {
    pub(super) fn nothing_yet(store: String, is_unfinished: bool) -> Self {
        Self {
            store,
            is_unfinished,
            deleted: false,
            revoked: None,
            lasting: None,
            keeps_export: false,
            has_failed: false,
        }
    }

    fn is_told(&self) -> bool {
        self.deleted || self.revoked.is_some() || self.has_failed
    }

    /// Both facts, without the reasons.
    fn facts(&self) -> (bool, Option<bool>, Option<Seconds>) {
        let revoked = self.revoked.as_ref().map(Result::is_ok);
        let ends_at = self.lasting.as_ref().map(|lasting| lasting.ends_at);
        (self.deleted, revoked, ends_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(all: &[Revoked]) -> LogoutOutcome {
        let mut outcome = LogoutOutcome::nothing_yet("default");
        for revoked in all {
            let mut part = StoreResult::nothing_yet("plain-file".to_owned(), false);
            part.revoked.clone_from(revoked);
            outcome.add(part, None);
        }
        outcome
    }

    #[test]
    fn one_session_that_was_not_revoked_is_not_hidden_by_one_that_was() {
        let failed = || Some(Err("down".to_owned()));
        for (all, revoked, is_mixed) in [
            (vec![failed(), Some(Ok(()))], Some(false), true),
            (vec![Some(Ok(())), failed()], Some(false), true),
            (vec![None, Some(Ok(()))], Some(true), false),
            (vec![failed(), None], Some(false), false),
            (vec![None, None], None, false),
        ] {
            let outcome = outcome(&all);
            assert_eq!(outcome.revoked(), revoked, "{all:?}");
            assert_eq!(outcome.is_mixed(), is_mixed, "{all:?}");
        }
    }
}
