//! What caused an error of a library, in words.

use super::trust::{self, TlsFailure};

/// An error with its causes, outermost first.
pub(super) fn causes<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |cause| cause.source())
}

/// The last cause of a chain says what happened; the outer ones repeat the URL. What a TLS library
/// has to say is put into words.
pub(super) fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let tls = causes(error).find_map(|cause| trust::tls_error(cause.downcast_ref()?));
    match tls {
        Some(tls) => TlsFailure::of_tls(tls).to_string(),
        None => causes(error).last().unwrap_or(error).to_string(),
    }
}
