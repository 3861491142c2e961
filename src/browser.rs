//! Opens a URL for a person, or says honestly why not.
//!
//! How to open is decided by a pure function of the surroundings (R12). The opener gets the URL as
//! its only argument, never a shell, and none of this program's secrets (R13, R24).

use std::ffi::{OsStr, OsString};
use std::process::{Command, Stdio};

use tokio::sync::oneshot;
use url::Url;

use crate::env;
use crate::environment::Environment;

/// Everything that the decision depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// `--no-browser` was given.
    pub forbidden: bool,
    /// A program named by `--browser` or `BROWSER`.
    pub program: Option<OsString>,
    /// `--no-input`, its variable, or CI.
    pub no_input: bool,
    /// A remote shell: a browser would open on the wrong machine, if at all.
    pub ssh: bool,
    /// Windows' Linux, whose openers reach the Windows side without a display.
    pub wsl: bool,
    /// A container.
    pub container: bool,
    /// There is a graphical session.
    pub display: bool,
    /// A person is at a terminal.
    pub person: bool,
    /// The sign-in is for any device, so that a browser here is only a convenience.
    pub device: bool,
}

/// How the URL is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opener {
    /// By a program that was named.
    Program(OsString),
    /// By the system's own opener.
    System,
    /// Not at all.
    Nobody(Reason),
}

/// Why nothing opens the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It was forbidden.
    Forbidden,
    /// Nobody is expected to be there.
    NoInput,
    /// The shell is remote.
    Ssh,
    /// A container without a display.
    Container,
    /// No display.
    NoDisplay,
    /// Nobody is at a terminal, and any other device will do.
    NoTerminal,
}

impl Surroundings {
    /// Looks around. `program` and `forbidden` come from the command line.
    pub fn of(
        environment: &Environment,
        program: Option<OsString>,
        forbidden: bool,
        no_input: bool,
    ) -> Self {
        let has = |name| environment.get(name).is_some();
        let unix_desktop = cfg!(all(unix, not(target_os = "macos")));
        Self {
            forbidden,
            program: program.or_else(|| environment.get(env::BROWSER).map(OsStr::to_owned)),
            no_input,
            ssh: has("SSH_CONNECTION") || has("SSH_TTY") || has("SSH_CLIENT"),
            wsl: has("WSL_DISTRO_NAME") || has("WSL_INTEROP"),
            container: has("container")
                || has("KUBERNETES_SERVICE_HOST")
                || std::path::Path::new("/.dockerenv").exists()
                || std::path::Path::new("/run/.containerenv").exists(),
            display: !unix_desktop || has("DISPLAY") || has("WAYLAND_DISPLAY"),
            person: environment.has_person(),
            device: false,
        }
    }

    /// The decision.
    pub fn opener(&self) -> Opener {
        match self {
            Self {
                forbidden: true, ..
            } => Opener::Nobody(Reason::Forbidden),
            Self {
                program: Some(program),
                ..
            } => Opener::Program(program.clone()),
            Self { no_input: true, .. } => Opener::Nobody(Reason::NoInput),
            Self {
                device: true,
                person: false,
                ..
            } => Opener::Nobody(Reason::NoTerminal),
            Self {
                ssh: true,
                display: false,
                ..
            } => Opener::Nobody(Reason::Ssh),
            Self { wsl: true, .. }
            | Self {
                ssh: false,
                display: true,
                ..
            } => Opener::System,
            Self { ssh: true, .. } => Opener::Nobody(Reason::Ssh),
            Self {
                container: true, ..
            } => Opener::Nobody(Reason::Container),
            Self { display: false, .. } => Opener::Nobody(Reason::NoDisplay),
        }
    }

    /// Whether no browser can be reached from here, so that one on another device is the way.
    pub fn is_out_of_reach(&self) -> bool {
        matches!(
            self.opener(),
            Opener::Nobody(Reason::Ssh | Reason::Container | Reason::NoDisplay)
        )
    }
}

/// The command that carries a remote listener's port to the person's machine.
pub fn ssh_forwarding(environment: &Environment, port: u16) -> String {
    let connection = environment.text("SSH_CONNECTION").unwrap_or_default();
    let parts: Vec<_> = connection.split_whitespace().collect();
    let host = parts.get(2).copied().unwrap_or("THIS-HOST");
    let user = environment.text("USER").unwrap_or_else(|| "YOU".to_owned());
    let ssh_port = match parts.get(3) {
        Some(&port) if port != "22" => format!("-p {port} "),
        _ => String::new(),
    };
    format!("ssh -N -L {port}:127.0.0.1:{port} {ssh_port}{user}@{host}")
}

/// Starts the opener. What comes back is why it failed, if it does: it may run as long as the
/// browser does.
pub fn open(opener: &Opener, url: &Url) -> oneshot::Receiver<String> {
    let commands = match opener {
        Opener::Program(program) => {
            let mut command = Command::new(program);
            command.arg(url.as_str());
            vec![command]
        }
        Opener::System => open::commands(url.as_str()),
        Opener::Nobody(_) => Vec::new(),
    };
    let (report, failure) = oneshot::channel();
    let (refused, no_thread) = oneshot::channel();
    let started = std::thread::Builder::new().spawn(move || {
        if let Err(reason) = first_that_works(commands) {
            // The login may be over.
            drop(report.send(reason));
        }
    });
    match started {
        Ok(_) => failure,
        Err(error) => {
            drop(refused.send(format!("no thread can be started: {error}")));
            no_thread
        }
    }
}

fn first_that_works(commands: Vec<Command>) -> Result<(), String> {
    let mut reason = "this system has no opener".to_owned();
    for mut command in commands {
        let name = command.get_program().to_string_lossy().into_owned();
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        for variable in env::SECRETS {
            command.env_remove(variable);
        }
        detach(&mut command);
        match command.spawn().and_then(|mut child| child.wait()) {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => reason = format!("`{name}` ended with {status}"),
            Err(error) => reason = format!("`{name}` cannot be started: {error}"),
        }
    }
    Err(reason)
}

/// Ctrl-C at the terminal must not close the person's browser.
#[cfg(unix)]
fn detach(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
fn detach(_command: &mut Command) {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every combination of the nine inputs, with the rules said a second way: as the list of
    /// conditions under which each outcome is right.
    #[test]
    fn how_to_open_is_decided_by_the_surroundings_alone() {
        for bits in 0..512_u16 {
            let bit = |index: u16| bits & (1 << index) != 0;
            let around = Surroundings {
                forbidden: bit(0),
                program: bit(1).then(|| OsString::from("opener")),
                no_input: bit(2),
                ssh: bit(3),
                wsl: bit(4),
                container: bit(5),
                display: bit(6),
                person: bit(7),
                device: bit(8),
            };
            let outcome = around.opener();
            let local_screen = around.wsl || around.display;
            let expected = if around.forbidden {
                Opener::Nobody(Reason::Forbidden)
            } else if around.program.is_some() {
                Opener::Program("opener".into())
            } else if around.no_input {
                Opener::Nobody(Reason::NoInput)
            } else if around.device && !around.person {
                Opener::Nobody(Reason::NoTerminal)
            } else if around.ssh && !(around.wsl && around.display) {
                Opener::Nobody(Reason::Ssh)
            } else if local_screen {
                Opener::System
            } else if around.container {
                Opener::Nobody(Reason::Container)
            } else {
                Opener::Nobody(Reason::NoDisplay)
            };
            assert_eq!(outcome, expected, "{around:?}");
            // Nothing was said against a browser, and there is none.
            let out_of_reach = !around.forbidden
                && around.program.is_none()
                && !around.no_input
                && (around.person || !around.device)
                && expected != Opener::System;
            assert_eq!(around.is_out_of_reach(), out_of_reach, "{around:?}");
        }
    }

    #[test]
    fn the_surroundings_are_read_from_the_usual_variables() {
        let table = [
            ("SSH_CONNECTION", "10.0.0.2 5 10.0.0.1 22"),
            ("BROWSER", "lynx"),
            ("WSL_INTEROP", "x"),
        ];
        let around = Surroundings::of(&Environment::from_table(&table), None, false, true);
        assert!(around.ssh && around.wsl && around.no_input && !around.forbidden);
        assert_eq!(around.program.as_deref(), Some(OsStr::new("lynx")));
        let flag = Surroundings::of(
            &Environment::from_table(&table),
            Some("w3m".into()),
            false,
            false,
        );
        assert_eq!(flag.program.as_deref(), Some(OsStr::new("w3m")));
    }

    #[test]
    fn the_forwarding_line_names_the_bound_port() {
        let environment = Environment::from_table(&[
            ("SSH_CONNECTION", "10.0.0.2 5 10.0.0.1 2222"),
            ("USER", "ines"),
        ]);
        assert_eq!(
            ssh_forwarding(&environment, 8737),
            "ssh -N -L 8737:127.0.0.1:8737 -p 2222 ines@10.0.0.1"
        );
    }

    #[tokio::test]
    async fn a_missing_and_a_failing_opener_are_reported() {
        let url = Url::parse("http://127.0.0.1/").unwrap();
        let missing = open(&Opener::Program("/nonexistent/opener".into()), &url)
            .await
            .unwrap();
        assert!(missing.contains("cannot be started"), "{missing}");
        if cfg!(unix) {
            let failing = open(&Opener::Program("false".into()), &url).await.unwrap();
            assert!(failing.contains("ended with"), "{failing}");
            assert!(open(&Opener::Program("true".into()), &url).await.is_err());
        }
    }
}
