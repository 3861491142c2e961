//! The OAuth 2.0 and OpenID Connect protocol, and nothing else: no printing, no files, no environment.
