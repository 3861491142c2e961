//! The ways in which a text can be spelled, each with the way back to where it stands.
//!
//! [`decoded`] undoes one layer of whatever encodings there may be: escapes, tags, numbers, and
//! packed bytes. Another call with what it gave undoes the next one. It does not know
//! what is looked for.

mod escapes;
mod numbers;
mod packed;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use crate::letter::Letter;

/// What the letters say with one layer of encoding undone. An encoding that only parts of them use
/// gives those parts, with what is near them.
pub(crate) fn decoded(letters: &[Letter]) -> Vec<Vec<Letter>> {
    let mut views = Vec::new();
    for way in escapes::WAYS {
        views.extend(escapes::undone(letters, way));
    }
    views.extend(numbers::read(letters));
    views.extend(packed::unpacked(letters));
    views
}

/// A text in base64, for each place in a group of three bytes at which it may begin.
pub(crate) fn packed_without_case(text: &str) -> impl Iterator<Item = Zeroizing<String>> {
    (0..3).flat_map(move |cut| {
        let bytes = text.as_bytes().get(cut..).unwrap_or_default();
        [STANDARD_NO_PAD, URL_SAFE_NO_PAD].map(|alphabet| Zeroizing::new(alphabet.encode(bytes)))
    })
}
