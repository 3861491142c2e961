//! Why something is refused, and what to send instead: for people, in the log and the inspector.
//!
//! Each is made where the refusal is, which knows best. What goes over the wire is the portal's.

use std::sync::Arc;

/// To be told why a client got no answer.
pub(crate) type Report = Arc<dyn Fn(Reason) + Send + Sync>;

/// A refusal in two sentences without a full stop. Neither holds a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reason {
    /// What was wrong.
    pub(crate) why: String,
    /// What would have been right; what stands in backticks can be copied.
    pub(crate) send_instead: String,
}

impl Reason {
    pub(crate) fn new(why: impl Into<String>, send_instead: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            send_instead: send_instead.into(),
        }
    }
}
