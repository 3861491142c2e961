//! What a client sent, as sentences about its request may repeat it: without secrets, and short.
//!
//! It is asked before a text goes into a sentence. Afterwards it is too late: what the sandbox says
//! itself may have the same words in it as a secret.

use std::sync::Arc;

use tokio::task_local;

/// Knows which secrets there are.
pub(crate) trait SecretFinder: Send + Sync {
    /// What a text is, if it is or holds a secret.
    fn secret_in(&self, text: &str) -> Option<&'static str>;
}

task_local! {
    static FINDER: Arc<dyn SecretFinder>;
}

/// Carries a request out with the secrets known that its sentences must not repeat.
pub(crate) fn guarded<F: Future>(
    finder: Arc<dyn SecretFinder>,
    work: F,
) -> impl Future<Output = F::Output> {
    FINDER.scope(finder, work)
}

/// What a text is, if it is or holds a secret; nothing is known of secrets outside a request.
pub(crate) fn secret_in(text: &str) -> Option<&'static str> {
    let found = FINDER.try_with(|finder| finder.secret_in(text));
    found.ok().flatten()
}

/// A text for a sentence: its beginning, or in its place what it is.
pub(crate) fn shown(text: &str, limit: usize) -> String {
    if let Some(kind) = secret_in(text) {
        return format!("({kind})");
    }
    let shown: String = text.chars().take(limit).collect();
    shown.escape_debug().to_string()
}
