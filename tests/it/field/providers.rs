//! Issuers and answers of other providers.

mod answers;
mod client_auth;
mod device_failures;
mod issuers;
mod moved;
mod retried;
