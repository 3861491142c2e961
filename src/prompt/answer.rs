//! The line that is typed as an answer, key by key.

use std::sync::atomic::AtomicBool;

use super::error::Error;
use super::paste_buffer::edit;

/// Whether the person has ended the input: then no further question is asked.
pub(super) static HAS_ENDED: AtomicBool = AtomicBool::new(false);

/// The longest answer; a person does not type or paste a longer secret.
pub(super) const MAX_ANSWER_LENGTH: usize = 64 * 1024;

/// Adds a byte; tells whether it ended the line.
pub(super) fn has_ended(line: &mut Vec<u8>, byte: u8) -> Result<bool, Error> {
    match byte {
        b'\n' | b'\r' => return Ok(true),
        0x04 if line.is_empty() => return Err(Error::Ended),
        0x04 => {}
        _ if edit(line, byte) => {}
        _ if line.len() == MAX_ANSWER_LENGTH => return Err(Error::TooLong),
        _ => line.push(byte),
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[u8]) -> Result<Vec<u8>, Error> {
        let mut line = Vec::new();
        for &key in keys {
            if has_ended(&mut line, key)? {
                break;
            }
        }
        Ok(line)
    }

    #[test]
    fn a_line_ends_with_enter_and_can_be_edited() {
        for (keys, line) in [
            (&b"horse\nnext"[..], &b"horse"[..]),
            (b"horse\r", b"horse"),
            (b"hose\x7f\x7frse\n", b"horse"),
            (b"wrong\x15horse\n", b"horse"),
            (b"horse\x04\n", b"horse"),
            (b"\n", b""),
        ] {
            assert_eq!(typed(keys).unwrap(), line);
        }
    }

    #[test]
    fn input_that_ends_and_a_line_without_end_are_told_apart() {
        assert!(matches!(typed(b"\x04"), Err(Error::Ended)));
        assert!(matches!(typed(b"a\x7f\x04"), Err(Error::Ended)));
        assert!(matches!(
            typed(&vec![b'x'; MAX_ANSWER_LENGTH + 1]),
            Err(Error::TooLong)
        ));
    }
}
