//! What came in and what went out, kept for the inspector without any secret.
//!
//! [`redaction`] decides what may be kept, before anything is: of a secret only its kind, its length
//! and the fingerprint by which the sandbox knows it anyway. [`reading`] decodes requests and
//! answers with it, [`recorder`] keeps them, bounded by number and bytes.

pub(crate) mod body_copy;
pub(crate) mod exchange;
pub(crate) mod reading;
pub(crate) mod recorder;
pub(crate) mod redaction;
