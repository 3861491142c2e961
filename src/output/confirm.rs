//! The answer to a question whose answer is shown.

use std::io;

/// Asks, and reads a line, which the terminal shows; `None` where the input ends before one.
#[cfg(unix)]
pub(super) fn read_line(ask: impl Fn(), _show: impl Fn(&str)) -> Option<String> {
    use std::io::IsTerminal as _;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use crate::interrupt::{self, Background, NoTerminal};

    /// How often it is looked for the foreground.
    const INTERVAL: Timespec = Timespec {
        tv_sec: 0,
        tv_nsec: 100_000_000,
    };

    let input = io::stdin();
    let mut background = Background::default();
    let was_terminal = input.is_terminal();
    let mut is_asked = false;
    while input.is_terminal() {
        // Reading from the background would stop this process before it hears of its end.
        let has_stopped = match background.leave(&input) {
            Ok(has_stopped) => has_stopped,
            Err(NoTerminal::Caught) => ends(),
            Err(_) => return None,
        };
        if has_stopped || !is_asked {
            ask();
            is_asked = true;
        }
        let mut inputs = [PollFd::new(&input, PollFlags::IN)];
        if poll(&mut inputs, Some(&INTERVAL)).is_ok_and(|ready| ready > 0) {
            break;
        }
    }
    if !is_asked {
        ask();
    }
    let line = line();
    // A terminal that goes away sends a signal, too.
    if line.is_none() && was_terminal && interrupt::is_caught_soon(|| input.is_terminal()) {
        ends();
    }
    line
}

/// The process ends, and this thread with it.
fn ends() -> ! {
    loop {
        std::thread::park();
    }
}

/// Asks, and reads a line; `None` where the input ends before one. `show` shows what is typed.
#[cfg(not(unix))]
pub(super) fn read_line(ask: impl Fn(), show: impl Fn(&str)) -> Option<String> {
    use std::io::IsTerminal as _;

    use crate::prompt::{self, Error};

    if !io::stdin().is_terminal() {
        ask();
        return line();
    }
    match prompt::shown_line(ask, show) {
        Err(Error::Interrupted) => ends(),
        answer => answer.ok(),
    }
}

fn line() -> Option<String> {
    let mut line = String::new();
    let length = io::stdin().read_line(&mut line).unwrap_or(0);
    (length > 0).then_some(line)
}
