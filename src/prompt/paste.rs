//! Takes what a person pastes while something else is under way, or what a script writes.
//!
//! A paste may hold a code: it is not shown, and wiped when it was used. It may be longer than a
//! terminal's line, and wrapped: it ends with a line break, or with the terminal's own mark, after
//! which nothing more comes for a moment. What it says is none of this module's business.

use std::io;

use tokio::sync::mpsc;
use zeroize::Zeroizing;

use super::chunks::{Bytes, CHUNK, Chunks};
#[cfg(not(unix))]
use super::console::KeptMode;
#[cfg(not(unix))]
use super::keyboard::Taken;
use super::paste_buffer::PasteBuffer;
#[cfg(unix)]
use super::typed::Typed as Hidden;
use crate::secret::Secret;

/// Takes what is typed, and keeps it from being shown where the terminal can do that.
#[cfg(not(unix))]
struct Hidden {
    _taken: Taken,
    _mode: Option<KeptMode>,
}

/// Reads pastes, one after the other. Dropping it leaves the terminal as it was, at once.
pub(crate) struct Pastes {
    chunks: mpsc::UnboundedReceiver<Bytes>,
    assembly: PasteBuffer,
    /// Keeps what is pasted from being shown.
    _hidden: Option<Hidden>,
    /// Whether a terminal shows it all the same.
    is_shown: bool,
}

impl Pastes {
    /// From the terminal on stdin; `None` where this process is not in its foreground. `marked`
    /// asks the terminal to mark where a paste begins and ends.
    #[cfg(unix)]
    pub(crate) fn from_terminal(marked: bool) -> io::Result<Option<Self>> {
        let (send, chunks) = mpsc::unbounded_channel();
        let hidden = Hidden::open(marked, send)?;
        Ok(hidden.map(|hidden| Self {
            chunks,
            assembly: PasteBuffer::default(),
            _hidden: Some(hidden),
            is_shown: false,
        }))
    }

    /// From the terminal on stdin. One that is not a console shows what is pasted.
    #[cfg(not(unix))]
    pub(crate) fn from_terminal(_marked: bool) -> io::Result<Option<Self>> {
        let mode = KeptMode::hidden();
        if let Err(error) = &mode {
            tracing::debug!(%error, "the terminal shows what is pasted");
        }
        let (send, chunks) = mpsc::unbounded_channel();
        Ok(Some(Self {
            chunks,
            assembly: PasteBuffer::default(),
            is_shown: mode.is_err(),
            _hidden: Some(Hidden {
                _taken: Taken::by(send)?,
                _mode: mode.ok(),
            }),
        }))
    }

    /// What a person has to know about what they paste, behind the words that ask for it.
    pub(crate) fn echo_note(&self) -> &'static str {
        if self.is_shown {
            "your terminal shows your input"
        } else {
            "your input is hidden"
        }
    }

    /// From a stdin that is not a terminal.
    pub(crate) fn from_stream() -> io::Result<Self> {
        let (send, chunks) = mpsc::unbounded_channel();
        // Reading any kind of file may block; the end of the process ends the thread.
        std::thread::Builder::new()
            .name("paste".to_owned())
            .spawn(move || pump(&send))?;
        Ok(Self {
            chunks,
            assembly: PasteBuffer::default(),
            _hidden: None,
            is_shown: false,
        })
    }

    /// The next paste that is not blank; `None` at the end, which Ctrl-D is on a terminal. May be dropped and called again.
    pub(crate) async fn next(&mut self) -> Option<Secret> {
        loop {
            let chunk = match self.assembly.patience() {
                None => self.chunks.recv().await,
                Some(patience) => match tokio::time::timeout(patience, self.chunks.recv()).await {
                    Ok(chunk) => chunk,
                    Err(_) => match self.assembly.take() {
                        Some(paste) => return Some(paste),
                        None => continue,
                    },
                },
            };
            match chunk {
                Some(bytes) => self.assembly.push(&bytes),
                None => return self.assembly.take(),
            }
            if self.assembly.is_over() {
                return None;
            }
        }
    }
}

fn pump(chunks: &Chunks) {
    use io::Read as _;
    let mut stdin = io::stdin().lock();
    loop {
        let mut bytes = Zeroizing::new(vec![0; CHUNK]);
        match stdin.read(&mut bytes) {
            Ok(length @ 1..) => bytes.truncate(length),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Ok(0) | Err(_) => return,
        }
        if chunks.send(bytes).is_err() {
            return;
        }
    }
}
