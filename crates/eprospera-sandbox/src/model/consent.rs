//! What a person agreed to, which codes and tokens carry on.

use std::sync::Arc;

/// What a person agreed to. Most consents have most of it in common, which they share.
#[derive(Clone, Debug)]
pub(crate) struct Consent {
    pub(crate) client_id: Arc<str>,
    pub(crate) persona: Arc<str>,
    pub(crate) scopes: Arc<[String]>,
    pub(crate) entities: Arc<[String]>,
    /// When the person signed in, in milliseconds.
    pub(crate) auth_time: i64,
}
