//! Issuers and answers of other providers.
