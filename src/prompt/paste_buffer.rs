//! Puts bytes of a terminal together until a paste is whole.
//!
//! Pure but for the memory it wipes. A terminal that is read byte by byte edits nothing, so the
//! keys that take back what was typed are understood here.

use std::time::Duration;

use zeroize::Zeroizing;

use crate::secret::Secret;

/// What a terminal puts around a paste when it is asked to.
const PASTE_START: &[u8] = b"\x1b[200~";
const END: &[u8] = b"\x1b[201~";
/// Ctrl-D: nothing more comes.
const END_OF_INPUT: u8 = 0x04;
/// The longest paste that is taken; an address is never longer.
const MAX_PASTE_LENGTH: usize = 64 * 1024;

/// How long more of a paste may take to come.
const PASTE_TIMEOUT: Duration = Duration::from_millis(200);

/// What has come since the last paste.
#[derive(Default)]
pub(super) struct PasteBuffer {
    bytes: Zeroizing<Vec<u8>>,
    is_over: bool,
}

impl PasteBuffer {
    /// Adds what was read.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            match byte {
                END_OF_INPUT if self.bytes.is_empty() => self.is_over = true,
                _ if edit(&mut self.bytes, byte) => {}
                _ if self.bytes.len() < MAX_PASTE_LENGTH => self.bytes.push(byte),
                _ => {}
            }
        }
    }

    /// Whether the input was ended where a paste could begin.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// How long to wait for more before this is a paste; `None` while it is none.
    pub(super) fn patience(&self) -> Option<Duration> {
        let is_marked = self.bytes.ends_with(END);
        let is_ended = matches!(self.bytes.last(), Some(b'\n' | b'\r' | &END_OF_INPUT));
        let is_long = self.bytes.len() >= MAX_PASTE_LENGTH;
        // A wrapped paste has line breaks before its mark comes, which may be slow.
        let factor = if self.is_open() { 10 } else { 1 };
        (is_marked || is_ended || is_long).then_some(PASTE_TIMEOUT * factor)
    }

    /// The paste, which leaves nothing behind; `None` when it is blank. What is not UTF-8 is read as far
    /// as it is: an address is ASCII, and words around it may come from anywhere.
    pub(super) fn take(&mut self) -> Option<Secret> {
        let bytes = std::mem::take(&mut self.bytes);
        let paste = Secret::of_text(bytes.to_vec());
        let paste = paste.unwrap_or_else(|_| Secret::from_utf8_lossy(&bytes));
        let is_blank = paste
            .expose()
            .chars()
            .all(|letter| letter.is_whitespace() || letter.is_control());
        (!is_blank).then_some(paste)
    }

    /// Whether a marked paste has begun and not ended.
    fn is_open(&self) -> bool {
        let last = |mark: &[u8]| {
            let mut windows = self.bytes.windows(mark.len());
            windows.rposition(|window| window == mark)
        };
        last(PASTE_START) > last(END)
    }
}

/// Carries out a key that takes back what was typed; `false` for any other.
pub(super) fn edit(line: &mut Vec<u8>, key: u8) -> bool {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    match key {
        // Backspace and delete take a whole character.
        0x08 | 0x7f => {
            let is_continued = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
            while line.pop().is_some_and(is_continued) {}
        }
        // Ctrl-U.
        0x15 => line.clear(),
        // Ctrl-W takes a word, and the blanks behind it.
        0x17 => {
            while line.pop_if(|byte| is_blank(byte)).is_some() {}
            while line.pop_if(|byte| !is_blank(byte)).is_some() {}
        }
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assembled(chunks: &[&[u8]]) -> PasteBuffer {
        let mut assembly = PasteBuffer::default();
        for chunk in chunks {
            assembly.push(chunk);
        }
        assembly
    }

    #[test]
    fn a_paste_is_whole_after_a_line_break_or_a_mark_and_a_moment() {
        for (chunks, patience) in [
            (&[&b""[..]][..], None),
            (&[b"http://a"], None),
            (&[b"http://a\n"], Some(PASTE_TIMEOUT)),
            (&[b"http://a\r"], Some(PASTE_TIMEOUT)),
            (&[b"http://a\nb"], None),
            (&[b"\x1b[200~http://a"], None),
            (&[b"\x1b[200~http://a\n"], Some(PASTE_TIMEOUT * 10)),
            (
                &[b"\x1b[200~http://a\nb", b"c\x1b[20", b"1~"],
                Some(PASTE_TIMEOUT),
            ),
            (&[b"\x1b[200~a\x1b[201~\n"], Some(PASTE_TIMEOUT)),
        ] {
            assert_eq!(assembled(chunks).patience(), patience, "{chunks:?}");
        }
    }

    #[test]
    fn a_paste_is_given_once_and_a_blank_one_never() {
        let mut assembly = assembled(&[b"http://a\n", b"?b\n"]);
        assert_eq!(assembly.take().unwrap().expose(), "http://a\n?b\n");
        assert!(assembly.take().is_none() && assembly.patience().is_none());
        for blank in [&b"\n"[..], b" \r\n\t", b"\x04"] {
            assert!(assembled(&[blank]).take().is_none(), "{blank:?}");
        }
    }

    #[test]
    fn what_is_not_utf_8_is_read_as_far_as_it_is() {
        for (bytes, text) in [
            (
                &b"f\xfcr dich: http://a\n"[..],
                "f\u{fffd}r dich: http://a\n",
            ),
            (b"\xabhttp://a\xbb\n", "\u{fffd}http://a\u{fffd}\n"),
            (b"\xff\xfe\n", "\u{fffd}\u{fffd}\n"),
        ] {
            assert_eq!(assembled(&[bytes]).take().unwrap().expose(), text);
        }
    }

    #[test]
    fn what_was_typed_can_be_taken_back() {
        let mut assembly = assembled(&[b"wrong\x15rigt\x7fht\n"]);
        assert_eq!(assembly.take().unwrap().expose(), "right\n");
    }

    #[test]
    fn a_key_takes_back_a_character_a_word_or_the_line() {
        for (line, key, left) in [
            ("añ", 0x7f, "a"),
            ("a日", 0x08, "a"),
            ("", 0x7f, ""),
            ("correct horse  ", 0x17, "correct "),
            ("horse", 0x17, ""),
            ("correct horse", 0x15, ""),
        ] {
            let mut bytes = line.as_bytes().to_vec();
            assert!(edit(&mut bytes, key), "{line:?}");
            assert_eq!(String::from_utf8(bytes).unwrap(), left, "{line:?}");
        }
        assert!(!edit(&mut Vec::new(), b'x'));
    }

    #[test]
    fn ctrl_d_ends_the_input_only_where_nothing_was_typed() {
        assert!(assembled(&[b"\x04"]).is_over());
        assert!(!assembled(&[b"http://a\x04"]).is_over());
    }

    #[test]
    fn an_endless_paste_is_cut_and_ends() {
        let flood = vec![b'x'; MAX_PASTE_LENGTH];
        let mut assembly = assembled(&[&flood, b"more"]);
        assert_eq!(assembly.patience(), Some(PASTE_TIMEOUT));
        assert_eq!(assembly.take().unwrap().expose().len(), MAX_PASTE_LENGTH);
    }
}
