//! All processes of one run, so that they can be ended and nothing else is: a process group, on Windows a job.

use std::io;
use std::process::Command;

/// A signal for a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    Kill,
    Terminate,
    Stop,
    Continue,
}

/// What is killed when this is dropped.
#[derive(Debug)]
pub(super) struct Group {
    #[cfg(unix)]
    leader: Option<u32>,
    #[cfg(windows)]
    job: eprospera_inherited_signals::Job,
}

#[cfg(unix)]
impl Group {
    /// A group that the program of `command` leads.
    #[expect(clippy::unnecessary_wraps, reason = "on Windows it can fail")]
    pub(super) fn around(command: &mut Command) -> io::Result<Self> {
        std::os::unix::process::CommandExt::process_group(command, 0);
        Ok(Self { leader: None })
    }

    /// Says which process leads it.
    #[expect(clippy::unnecessary_wraps, reason = "on Windows it can fail")]
    pub(super) fn add(&mut self, leader: Option<u32>) -> io::Result<()> {
        self.leader = leader;
        Ok(())
    }

    /// The leader runs already.
    #[expect(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        reason = "on Windows it can fail"
    )]
    pub(super) fn begin(&self) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn send(&self, signal: Signal) {
        use rustix::process::{Pid, Signal as Number, kill_process_group};

        let number = match signal {
            Signal::Kill => Number::KILL,
            Signal::Terminate => Number::TERM,
            Signal::Stop => Number::STOP,
            Signal::Continue => Number::CONT,
        };
        let id = self.leader.and_then(|id| i32::try_from(id).ok());
        if let Some(id) = id.and_then(Pid::from_raw) {
            // A group that is empty needs no signal.
            kill_process_group(id, number).unwrap_or_default();
        }
    }
}

#[cfg(windows)]
impl Group {
    /// A group for the program of `command`, which waits for `begin`.
    pub(super) fn around(command: &mut Command) -> io::Result<Self> {
        let job = eprospera_inherited_signals::Job::around(command)?;
        Ok(Self { job })
    }

    pub(super) fn add(&mut self, leader: Option<u32>) -> io::Result<()> {
        self.job.add(leader.ok_or(io::ErrorKind::NotFound)?)
    }

    pub(super) fn begin(&self) -> io::Result<()> {
        self.job.begin()
    }

    /// There is one way to end a program; the others are those of Unix, and no trial asks for them here.
    pub(super) fn send(&self, signal: Signal) {
        if signal == Signal::Kill {
            self.job.kill();
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.send(Signal::Kill);
    }
}
