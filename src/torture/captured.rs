//! What a process writes: read to its end, so that it never waits, and kept but for the middle of much.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::task::JoinHandle;

use super::words;
use crate::clock;

/// What is kept of the beginning of a stream, and what of its end.
const KEPT_BYTES: usize = 128 * 1024;
/// No secret is longer: so much of what was dropped is searched again with what comes next.
const OVERLAP_BYTES: usize = 4096;
/// How long the end of a stream is waited for once its process has ended.
const STREAM_END_TIMEOUT: Duration = Duration::from_secs(2);

/// The beginning and the end of a stream, and between them the first part that shows a refresh token.
#[derive(Debug, Default)]
struct Kept {
    head: Vec<u8>,
    /// The end of what was dropped.
    overlap: Vec<u8>,
    telling: Option<Vec<u8>>,
    tail: Vec<u8>,
    is_cut: bool,
}

impl Kept {
    fn add(&mut self, bytes: &[u8]) {
        let room = KEPT_BYTES.saturating_sub(self.head.len()).min(bytes.len());
        let (head, tail) = bytes.split_at(room);
        self.head.extend_from_slice(head);
        self.tail.extend_from_slice(tail);
        if self.tail.len() > 2 * KEPT_BYTES {
            self.drop_middle();
        }
    }

    fn drop_middle(&mut self) {
        let end = self.tail.len() - KEPT_BYTES;
        self.is_cut = true;
        if self.telling.is_none() {
            self.overlap.extend_from_slice(&self.tail[..end]);
            if words::has_refresh_token(&String::from_utf8_lossy(&self.overlap)) {
                self.telling = Some(std::mem::take(&mut self.overlap));
            } else {
                let before = self.overlap.len().saturating_sub(OVERLAP_BYTES);
                self.overlap.drain(..before);
            }
        }
        self.tail.drain(..end);
    }

    fn text(&mut self) -> String {
        if self.tail.len() > KEPT_BYTES {
            self.drop_middle();
        }
        let break_if_cut: &[u8] = if self.is_cut { b"\n" } else { b"" };
        // Without a token in it, the overlap joins one that is half dropped to its other half.
        let middle = self.telling.as_ref().unwrap_or(&self.overlap);
        let middle_end = if self.telling.is_some() {
            break_if_cut
        } else {
            b""
        };
        let parts = [&self.head, break_if_cut, middle, middle_end, &self.tail].concat();
        String::from_utf8_lossy(&parts).into_owned()
    }
}

/// A stream that is being read.
#[derive(Debug)]
pub(super) struct Captured {
    kept: Arc<Mutex<Kept>>,
    reader: JoinHandle<()>,
}

impl Captured {
    pub(super) fn start(stream: Option<impl AsyncRead + Unpin + Send + 'static>) -> Self {
        let all = Arc::<Mutex<Kept>>::default();
        let kept = Arc::clone(&all);
        let reader = tokio::spawn(async move {
            let Some(mut stream) = stream else { return };
            let mut buffer = [0; 8192];
            while let Ok(count @ 1..) = stream.read(&mut buffer).await {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.add(&buffer[..count]);
            }
        });
        Self { kept: all, reader }
    }

    /// What came, and whether some of it was dropped. What outlives its process may hold the stream
    /// open, and is not waited for.
    pub(super) async fn end(mut self) -> (String, bool) {
        if clock::timeout(STREAM_END_TIMEOUT, &mut self.reader)
            .await
            .is_none()
        {
            self.reader.abort();
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let text = kept.text();
        (text, kept.is_cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Adds a text in pieces, as a pipe brings it.
    fn kept(text: &str) -> Kept {
        let mut kept = Kept::default();
        for piece in text.as_bytes().chunks(8192) {
            kept.add(piece);
        }
        kept
    }

    #[test]
    fn the_beginning_the_end_and_a_token_between_them_are_kept() {
        let token = "rt_Zk3xQ9bLw7TnVj2RmC8sYd5HfPa1GuE6oXi-4Bq_0tN";
        let warnings = |bytes: usize| "a warning of no weight\n".repeat(bytes / 23);
        for before in (300_000..600_000).step_by(23_011) {
            let text = format!(
                "first\n{}error: {token}\n{}the last error",
                warnings(before),
                warnings(900_000)
            );
            let mut kept = kept(&text);
            let text = kept.text();
            assert!(kept.is_cut && text.len() < 5 * KEPT_BYTES);
            assert!(text.starts_with("first\n") && text.ends_with("the last error"));
            assert!(words::has_refresh_token(&text), "{before}");
        }
    }

    #[test]
    fn what_is_short_is_kept_as_it_is() {
        let text = "ä".repeat(KEPT_BYTES - 1);
        let mut kept = kept(&text);
        assert_eq!(kept.text(), text);
        assert!(!kept.is_cut);
    }
}
