//! Asks a person for a secret, and leaves the terminal as it was, also when Ctrl-C ends the
//! question (R9).

mod assembly;
mod paste;
#[cfg(unix)]
mod terminal;

use std::io;

use crate::secret::Secret;

pub use paste::Pastes;

/// Asks on the terminal, without showing what is typed.
///
/// # Errors
/// When there is no terminal, or it cannot be read.
pub fn secret(question: &str) -> io::Result<Secret> {
    let _echo = echo::restored_on_signals()?;
    rpassword::prompt_password(question).map(Secret::new)
}

#[cfg(unix)]
mod echo {
    use std::fs::File;
    use std::io;

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
    use tokio::sync::oneshot;

    use crate::interrupt::Interrupts;

    /// Ends the watch when the question is over.
    pub(super) struct Watch {
        _over: oneshot::Sender<()>,
    }

    /// While it lives, a signal restores the terminal before it ends the process.
    pub(super) fn restored_on_signals() -> io::Result<Watch> {
        let terminal = File::open("/dev/tty")?;
        let before = tcgetattr(&terminal)?;
        let (over, is_over) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let watch = move || runtime.block_on(watch(is_over, terminal, before));
        std::thread::Builder::new()
            .name("prompt".to_owned())
            .spawn(watch)?;
        Ok(Watch { _over: over })
    }

    #[expect(
        clippy::exit,
        reason = "the question blocks a thread that nothing else can end"
    )]
    async fn watch(over: oneshot::Receiver<()>, terminal: File, before: Termios) {
        let Ok(mut signals) = Interrupts::default().listen() else {
            return;
        };
        tokio::select! {
            _ = over => {}
            ended = signals.ended(|| ()) => {
                // The process ends either way.
                tcsetattr(&terminal, OptionalActions::Now, &before).unwrap_or_default();
                std::process::exit(i32::from(ended.kind().code()));
            }
        }
    }
}

/// Elsewhere the console's mode belongs to the console, which restores it.
#[cfg(not(unix))]
mod echo {
    pub(super) struct Watch;

    pub(super) fn restored_on_signals() -> std::io::Result<Watch> {
        Ok(Watch)
    }
}
