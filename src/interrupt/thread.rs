//! The thread that hears the signals of the process, and ends it where no listener does.

use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, OnceLock, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use tokio::time::Instant;

#[cfg(unix)]
use super::signals;
use super::signals::Signals;
use super::state::{Caught, ECHO, HELD_SIGNAL_TIMEOUT, Heard, STATE, end_by};
use crate::clock::Stopwatch;
use crate::error::{Error, Kind};
use crate::process;

/// How often it is looked whether an end that was put off is due.
const DEADLINE_CHECK_INTERVAL: Duration = Duration::from_millis(20);
/// How long a listener may take to end the process by itself.
const LISTENER_TIMEOUT: Duration = Duration::from_secs(3);
/// How long the last message may take: its reader may have stopped reading.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(2);

/// What is done about a terminal that this process may have taken over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// Gives it back until `take_again`.
    #[cfg(unix)]
    pub give_back: fn(),
    /// Takes it over again.
    #[cfg(unix)]
    pub take_again: fn(),
    /// Gives it back for good.
    pub leave: fn(),
}

static TERMINAL: OnceLock<Terminal> = OnceLock::new();

type Report = Box<dyn Fn(&Error) + Send + Sync>;

static REPORT: OnceLock<Report> = OnceLock::new();

/// Says how the terminal is given back before the process stops or ends. The first one counts.
pub(crate) fn share_terminal(terminal: Terminal) {
    TERMINAL.get_or_init(|| terminal);
}

/// Says how an end by a signal is reported. The first one counts.
pub(crate) fn report_end_with(report: impl Fn(&Error) + Send + Sync + 'static) {
    REPORT.get_or_init(|| Box::new(report));
}

/// Starts the thread, if it does not run already, and returns when it hears.
pub(super) fn start() -> io::Result<()> {
    static RUNS: Mutex<bool> = Mutex::new(false);
    let mut runs = RUNS.lock().unwrap_or_else(PoisonError::into_inner);
    if *runs {
        return Ok(());
    }
    let runtime = process::runtime().map_err(io::Error::other)?;
    let (hears, is_hearing) = mpsc::channel();
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            runtime.block_on(async {
                let signals = Signals::listen();
                // The thread that started it waits for this.
                match signals {
                    Ok(signals) => {
                        drop(hears.send(Ok(())));
                        serve(signals).await;
                    }
                    Err(error) => drop(hears.send(Err(error))),
                }
            });
        })?;
    is_hearing
        .recv()
        .unwrap_or_else(|_| Err(io::Error::other("the signal thread stopped unexpectedly")))?;
    *runs = true;
    Ok(())
}

async fn serve(mut signals: Signals) {
    let mut due: Option<Due> = None;
    loop {
        let heard = match &due {
            None => Some(signals.next().await),
            Some(_) => tokio::time::timeout(DEADLINE_CHECK_INTERVAL, signals.next())
                .await
                .ok(),
        };
        match heard {
            #[cfg(unix)]
            Some(Heard::Stop) => stop(),
            #[cfg(unix)]
            Some(Heard::Quit) => {
                terminal(|terminal| terminal.leave);
                signals::quit();
            }
            Some(Heard::End(kind)) => {
                let patience = patience();
                STATE.caught.send_modify(|caught| caught.add(kind));
                due = patience.map(Due::new).or(due);
            }
            None => {}
        }
        if due.as_mut().is_some_and(Due::has_come)
            && let Some((kind, _)) = STATE.caught.borrow().first
        {
            end(kind);
        }
    }
}

/// How long others may take to end the process; `None` when they need not end it at all.
fn patience() -> Option<Duration> {
    let is_heard = STATE.caught.receiver_count() > 0;
    if !is_heard || STATE.unattended.load(Ordering::SeqCst) > 0 {
        Some(Duration::ZERO)
    } else if STATE.bounded.load(Ordering::SeqCst) > 0 {
        Some(LISTENER_TIMEOUT)
    } else {
        None
    }
}

/// An end that has to come.
struct Due {
    since: Stopwatch,
    patience: Duration,
    /// Since when nothing has held it up.
    free: Option<Instant>,
}

impl Due {
    fn new(patience: Duration) -> Self {
        Self {
            since: Stopwatch::start(),
            patience,
            free: None,
        }
    }

    fn has_come(&mut self) -> bool {
        let is_held = *STATE.held.borrow() > 0;
        let is_urgent =
            STATE.caught.borrow().count > 1 || self.since.running() > HELD_SIGNAL_TIMEOUT;
        if is_held && !is_urgent {
            self.free = None;
            return false;
        }
        let free = self.free.get_or_insert_with(Instant::now);
        free.elapsed() >= self.patience
    }
}

impl Caught {
    fn add(&mut self, kind: Kind) {
        let (_, since) = *self.first.get_or_insert_with(|| (kind, Instant::now()));
        if self.count > 0 && since.elapsed() < ECHO {
            return;
        }
        self.last = Some(kind);
        self.count += 1;
    }
}

/// Windows has no key for it.
#[cfg(unix)]
fn stop() {
    terminal(|terminal| terminal.give_back);
    signals::stop();
    terminal(|terminal| terminal.take_again);
}

fn terminal(what: impl FnOnce(&Terminal) -> fn()) {
    if let Some(terminal) = TERMINAL.get() {
        what(terminal)();
    }
}

/// Ends the process, whatever its other threads are at.
fn end(kind: Kind) -> ! {
    end_with(end_by(kind))
}

/// Ends the process with an error, whatever its other threads are at.
#[expect(
    clippy::exit,
    reason = "other threads may be at work that nothing else can end"
)]
pub(crate) fn end_with(error: Error) -> ! {
    let code = i32::from(error.kind().code());
    terminal(|terminal| terminal.leave);
    let (done, is_done) = mpsc::channel::<()>();
    let words = move || {
        if let Some(report) = REPORT.get() {
            report(&error);
        }
        drop(done);
    };
    if thread::Builder::new().spawn(words).is_ok() {
        // Both outcomes lead to the end.
        is_done.recv_timeout(MESSAGE_TIMEOUT).unwrap_or_default();
    }
    std::process::exit(code)
}
