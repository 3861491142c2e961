//! What a helper says on stderr: kept until it has ended, then handed on without the secrets that
//! passed between it and this program.

use std::fmt;
use std::io::Read as _;
use std::process::ChildStderr;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::secret::Secret;

/// Gets each line that a helper said on stderr, as it was but for secrets. It may steer a
/// terminal: the one who prints it cleans it.
pub(crate) type StderrListener = Arc<dyn Fn(&str) + Send + Sync>;

/// The most that is kept, in bytes. More is read, so that the helper is not held up, and dropped.
const MAX_CAPTURED: usize = 64 * 1024;
/// The longest line that is handed on, in characters.
const MAX_LINE_LENGTH: usize = 500;
/// No token is shorter, in bytes; shorter words would be found in innocent text.
const MIN_SECRET_LENGTH: usize = 12;
/// How long the last words of an ended helper are waited for.
const DRAIN_TIMEOUT: Duration = Duration::from_millis(200);

/// The words of one helper.
pub(super) struct StderrCapture {
    listener: Option<StderrListener>,
    captured: Arc<Mutex<Zeroizing<Vec<u8>>>>,
    end: Option<Receiver<()>>,
    secrets: Vec<Secret>,
}

impl fmt::Debug for StderrCapture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("StderrCapture")
    }
}

impl StderrCapture {
    pub(super) fn of(stderr: Option<ChildStderr>, listener: Option<StderrListener>) -> Self {
        let captured = Arc::new(Mutex::new(Zeroizing::new(Vec::with_capacity(MAX_CAPTURED))));
        let end = stderr.and_then(|stderr| listen(stderr, Arc::clone(&captured)));
        Self {
            listener,
            captured,
            end,
            secrets: Vec::new(),
        }
    }

    /// Remembers what must not be repeated: every long word of a text.
    pub(super) fn never_repeat(&mut self, text: &Secret) {
        let words = text
            .expose()
            .split(|letter: char| !letter.is_ascii_alphanumeric() && !"-._~+/=".contains(letter));
        for word in words.filter(|word| word.len() >= MIN_SECRET_LENGTH) {
            if !self.secrets.iter().any(|known| known.expose() == word) {
                self.secrets.push(Secret::unregistered(word.to_owned()));
            }
        }
    }

    /// A text of the helper without secrets, in one line of bounded length.
    pub(super) fn cleaned(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.secrets {
            if text.contains(secret.expose()) {
                text = text.replace(secret.expose(), "[redacted]");
            }
        }
        text.chars()
            .take(MAX_LINE_LENGTH)
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect()
    }

    /// Hands on what an ended helper has said.
    pub(super) fn forward(&self) {
        let (Some(listener), Some(end)) = (&self.listener, &self.end) else {
            return;
        };
        // A grandchild may keep stderr open for ever.
        let _ = end.recv_timeout(DRAIN_TIMEOUT);
        let captured = self.captured.lock().unwrap_or_else(PoisonError::into_inner);
        let text = Zeroizing::new(String::from_utf8_lossy(&captured).into_owned());
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            listener(&self.cleaned(line));
        }
    }
}

fn listen(
    mut stderr: ChildStderr,
    captured: Arc<Mutex<Zeroizing<Vec<u8>>>>,
) -> Option<Receiver<()>> {
    let (ended, end) = mpsc::channel();
    let listening = thread::Builder::new()
        .name(String::from("helper-stderr"))
        .spawn(move || {
            let mut part = Zeroizing::new([0; 4096]);
            while let Ok(count @ 1..) = stderr.read(&mut *part) {
                let mut captured = captured.lock().unwrap_or_else(PoisonError::into_inner);
                let room = count.min(MAX_CAPTURED - captured.len());
                captured.extend_from_slice(&part[..room]);
            }
            // The receiver may be gone.
            let _ = ended.send(());
        });
    listening.ok().map(|_| end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_that_were_exchanged_are_not_repeated() {
        let mut stderr = StderrCapture::of(None, None);
        let record = r#"{"token":"rt_canary-0123456789.abc","scope":"openid"}"#;
        stderr.never_repeat(&Secret::new(record.to_owned()));
        assert_eq!(
            stderr.cleaned("put openid rt_canary-0123456789.abc\u{1b}[2J ok"),
            "put openid [redacted] [2J ok"
        );
        assert!(stderr.cleaned(&"x".repeat(10_000)).len() <= MAX_LINE_LENGTH);
    }
}
