//! What a helper says on stderr: kept until it has ended, then handed on without the secrets that
//! passed between it and this program (R24).

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
/// terminal: whoever prints it cleans it.
pub type Listener = Arc<dyn Fn(&str) + Send + Sync>;

/// The most that is kept, in bytes. More is read, so that the helper is not held up, and dropped.
const KEPT: usize = 64 * 1024;
/// The longest line that is handed on, in characters.
const LINE: usize = 500;
/// No token is shorter, in bytes; shorter words would be found in innocent text.
const WORD: usize = 12;
/// How long the last words of an ended helper are waited for.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// The words of one helper.
pub(super) struct Chatter {
    listener: Option<Listener>,
    heard: Arc<Mutex<Zeroizing<Vec<u8>>>>,
    end: Option<Receiver<()>>,
    secrets: Vec<Secret>,
}

impl fmt::Debug for Chatter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Chatter")
    }
}

impl Chatter {
    pub(super) fn of(stderr: Option<ChildStderr>, listener: Option<Listener>) -> Self {
        let heard = Arc::new(Mutex::new(Zeroizing::new(Vec::with_capacity(KEPT))));
        let end = stderr.and_then(|stderr| listen(stderr, Arc::clone(&heard)));
        Self {
            listener,
            heard,
            end,
            secrets: Vec::new(),
        }
    }

    /// Remembers what must not be repeated: every long word of a text.
    pub(super) fn never_repeat(&mut self, text: &Secret) {
        let words = text
            .expose()
            .split(|letter: char| !letter.is_ascii_alphanumeric() && !"-._~+/=".contains(letter));
        for word in words.filter(|word| word.len() >= WORD) {
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
            .take(LINE)
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect()
    }

    /// Hands on what an ended helper has said.
    pub(super) fn hand_on(&self) {
        let (Some(listener), Some(end)) = (&self.listener, &self.end) else {
            return;
        };
        // A grandchild may keep stderr open for ever.
        let _ = end.recv_timeout(LAST_WORDS);
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let text = Zeroizing::new(String::from_utf8_lossy(&heard).into_owned());
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            listener(&self.cleaned(line));
        }
    }
}

fn listen(mut stderr: ChildStderr, heard: Arc<Mutex<Zeroizing<Vec<u8>>>>) -> Option<Receiver<()>> {
    let (ended, end) = mpsc::channel();
    let listening = thread::Builder::new()
        .name(String::from("helper-stderr"))
        .spawn(move || {
            let mut part = Zeroizing::new([0; 4096]);
            while let Ok(count @ 1..) = stderr.read(&mut *part) {
                let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
                let room = count.min(KEPT - heard.len());
                heard.extend_from_slice(&part[..room]);
            }
            // Nobody may be waiting any more.
            let _ = ended.send(());
        });
    listening.ok().map(|_| end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_that_were_exchanged_are_not_repeated() {
        let mut chatter = Chatter::of(None, None);
        let record = r#"{"token":"rt_canary-0123456789.abc","scope":"openid"}"#;
        chatter.never_repeat(&Secret::new(record.to_owned()));
        assert_eq!(
            chatter.cleaned("put openid rt_canary-0123456789.abc\u{1b}[2J ok"),
            "put openid [redacted] [2J ok"
        );
        assert!(chatter.cleaned(&"x".repeat(10_000)).len() <= LINE);
    }
}
