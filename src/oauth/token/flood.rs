//! An answer that does not end, because its ID token does not.

use super::token_text::LONGEST_TOKEN;

/// How much more of an answer there is when it is looked at for an endless ID token.
const FLOOD: usize = 128 * 1024;

/// Whether it is the ID token that makes an answer too long.
#[derive(Default)]
pub(super) struct Flood {
    looked_at: usize,
    pub(super) is_id_token: bool,
}

impl Flood {
    pub(super) fn look(&mut self, body: &[u8]) {
        if body.len() < self.looked_at + FLOOD {
            return;
        }
        self.looked_at = body.len();
        let name = b"\"id_token\"";
        let at = body.windows(name.len()).position(|bytes| bytes == name);
        let behind = at.and_then(|at| body.get(at + name.len()..));
        let value = behind.and_then(|behind| behind.trim_ascii_start().strip_prefix(b":"));
        let text = value.and_then(|value| value.trim_ascii_start().strip_prefix(b"\""));
        let length = text.map_or(0, |text| {
            text.split(|byte| *byte == b'"')
                .next()
                .map_or(0, <[u8]>::len)
        });
        self.is_id_token = length > LONGEST_TOKEN;
    }
}
