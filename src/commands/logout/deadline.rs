//! How long the providers have to revoke tokens.
//!
//! A person waits for all of it, so there is one short deadline for everything that one session has at
//! its provider, and a provider that has let it pass is not waited for again.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// How long a provider has, all requests for a session together. The session is deleted afterwards in
/// any case.
pub(super) const REVOCATION_TIMEOUT: Duration = Duration::from_secs(5);

/// What is left of each provider's time, by its issuer.
pub(super) struct RevocationDeadlines {
    full: Duration,
    left: RefCell<HashMap<String, Duration>>,
}

impl RevocationDeadlines {
    /// This much time for each provider.
    pub(super) fn of(full: Duration) -> Self {
        Self {
            full,
            left: RefCell::default(),
        }
    }

    /// Gives a provider its time for another session, unless it has let the last one pass.
    pub(super) fn begin(&self, issuer: &str) {
        let mut left = self.left.borrow_mut();
        let left = left.entry(issuer.to_owned()).or_insert(self.full);
        if !left.is_zero() {
            *left = self.full;
        }
    }

    /// Does work that ends with the provider's time: `None` where it took too long.
    pub(super) async fn within<T>(&self, issuer: &str, work: impl Future<Output = T>) -> Option<T> {
        let left = self.left.borrow().get(issuer).copied();
        let left = left.unwrap_or(self.full);
        if left.is_zero() {
            return None;
        }
        let begun = Instant::now();
        let done = tokio::time::timeout(left, work).await.ok();
        let left = match done {
            Some(_) => left.saturating_sub(begun.elapsed()),
            None => Duration::ZERO,
        };
        self.left.borrow_mut().insert(issuer.to_owned(), left);
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_provider_that_let_its_time_pass_is_not_asked_again() {
        let deadlines = RevocationDeadlines::of(Duration::from_millis(20));
        deadlines.begin("one");
        assert_eq!(deadlines.within("one", async { 1 }).await, Some(1));
        let hanging = std::future::pending::<u8>();
        assert_eq!(deadlines.within("one", hanging).await, None);
        deadlines.begin("one");
        assert_eq!(deadlines.within("one", async { 2 }).await, None);
        deadlines.begin("another");
        assert_eq!(deadlines.within("another", async { 3 }).await, Some(3));
    }
}
