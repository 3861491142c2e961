//! Passes on what is typed on the terminal beside other work.

use std::io;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::chunks::{CHUNK, Chunks};
use super::terminal::{Mode, Take};

/// The terminal on stdin, which a thread reads while this lives.
pub(super) struct Typed(Arc<Mode>);

impl Typed {
    /// Takes the terminal over and passes on what is typed; `None` in the background.
    pub(super) fn open(marked: bool, chunks: Chunks) -> io::Result<Option<Self>> {
        let mode = Mode::open(marked)?;
        if !mode.is_ours() {
            return Ok(None);
        }
        mode.take()?;
        let typed = Self(Arc::new(mode));
        let mode = Arc::clone(&typed.0);
        std::thread::Builder::new()
            .name("paste".to_owned())
            // A terminal that has gone ends it.
            .spawn(move || pump(&mode, &chunks).unwrap_or_default())?;
        Ok(Some(typed))
    }
}

impl Drop for Typed {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Passes on what is typed until the terminal is given back or has gone.
fn pump(mode: &Mode, chunks: &Chunks) -> io::Result<()> {
    loop {
        // Reading from the background would stop this process.
        if !mode.is_ours() {
            Mode::pause();
            continue;
        }
        match mode.take()? {
            Take::Never => return Ok(()),
            Take::Later => {
                Mode::pause();
                continue;
            }
            Take::Before | Take::Now => {}
        }
        let mut bytes = Zeroizing::new(vec![0; CHUNK]);
        let length = mode.read(&mut bytes)?;
        bytes.truncate(length);
        if length == 0 {
            mode.glance();
        } else if chunks.send(bytes).is_err() {
            return Ok(());
        }
    }
}
