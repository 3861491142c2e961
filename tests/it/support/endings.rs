//! How a test ends a process that runs: by Ctrl-C, and by what else the system has for it.

use crate::sign_in::Process;

/// A way to end a process.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ending {
    CtrlC,
    /// Windows has nothing that a process could send in place of a signal.
    #[cfg(unix)]
    Terminate,
    #[cfg(unix)]
    HangUp,
    Kill,
}

/// The ways that the program hears of, with its exit code and the code of its error.
pub(crate) const ENDINGS: &[(Ending, i32, &str)] = &[
    (Ending::CtrlC, 130, "interrupted"),
    #[cfg(unix)]
    (Ending::Terminate, 143, "terminated"),
    #[cfg(unix)]
    (Ending::HangUp, 143, "terminated"),
];

impl Process {
    /// Sends this and waits for nothing.
    pub(crate) fn send(&mut self, ending: Ending) {
        match ending {
            Ending::CtrlC => self.interrupt(),
            #[cfg(unix)]
            Ending::Terminate => self.signal(rustix::process::Signal::TERM),
            #[cfg(unix)]
            Ending::HangUp => self.signal(rustix::process::Signal::HUP),
            Ending::Kill => self.child.start_kill().unwrap(),
        }
    }

    /// Sends Ctrl-C.
    pub(crate) fn interrupt(&self) {
        #[cfg(unix)]
        self.signal(rustix::process::Signal::INT);
        #[cfg(windows)]
        console::interrupt(self.child.id().unwrap());
    }

    /// Sends Ctrl-C to all of the group that the process leads; on Windows, to all at its console.
    pub(crate) fn interrupt_group(&self) {
        #[cfg(unix)]
        {
            let group = i32::try_from(self.child.id().unwrap()).unwrap();
            let group = rustix::process::Pid::from_raw(group).unwrap();
            rustix::process::kill_process_group(group, rustix::process::Signal::INT).unwrap();
        }
        #[cfg(windows)]
        self.interrupt();
    }
}

/// On Windows all that share a console get its Ctrl-C. So a program that a test may interrupt has a console of its own,
/// and a second process of this binary leaves its own for that one, and sends it.
#[cfg(windows)]
pub(crate) mod console {
    use std::os::windows::process::CommandExt as _;
    use std::process::Command;

    use crate::world::World;

    /// What starts a program at a console of its own.
    pub(crate) const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    /// Names the process to the second one.
    const INTERRUPTED: &str = "EPROSPERA_TEST_INTERRUPTED";

    pub(super) fn interrupt(process: u32) {
        let name =
            "support::endings::console::ctrl_c_reaches_the_process_that_it_is_for_and_no_other";
        let mut sender = Command::new(std::env::current_exe().unwrap());
        sender.args([name, "--exact", "--nocapture"]);
        sender.env(INTERRUPTED, process.to_string());
        sender.creation_flags(CREATE_NO_WINDOW);
        let sent = sender.output().unwrap();
        assert!(sent.status.success(), "{sent:?}");
    }

    #[test]
    fn ctrl_c_reaches_the_process_that_it_is_for_and_no_other() {
        let variable = std::env::vars_os().find(|(name, _)| name == INTERRUPTED);
        if let Some((_, process)) = variable {
            let process = process.to_str().unwrap().parse().unwrap();
            eprospera_inherited_signals::send_ctrl_c(process).unwrap();
            return;
        }
        let world = World::new();
        let (one, other) = (world.start_login(&[]), world.start_login(&[]));
        one.process.interrupt();
        drop(one.end().exits(130));
        drop(other.complete().succeeds());
    }
}
