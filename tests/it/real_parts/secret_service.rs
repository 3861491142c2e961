//! gnome-keyring on a session bus of its own, unlocked without a prompt.
//!
//! The bus starts no service by itself, so nothing but the daemon started here can own the name,
//! and a prompt that would need a window is refused at once.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use super::{Cli, Process};

const PASSPHRASE: &[u8] = b"open, says me";
const NAME: &str = "org.freedesktop.secrets";
const SERVICE: &str = "/org/freedesktop/secrets";
const COLLECTION: &str = "/org/freedesktop/secrets/collection/login";

/// Which calls the bus lets through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Policy {
    /// All.
    Open,
    /// None to the Secret Service, as a confined program sees it.
    SecretsDenied,
}

/// A bus with or without a keyring daemon.
pub(crate) struct SecretService {
    daemon: Option<Process>,
    _bus: Process,
    address: String,
}

impl SecretService {
    /// A bus on which nobody keeps secrets.
    pub(crate) fn bus_only(cli: &Cli, policy: Policy) -> Self {
        let configuration = cli.home().join("run/bus.conf");
        let socket = cli.home().join("run/bus");
        let text = bus_configuration(&socket.display().to_string(), policy);
        File::create(&configuration)
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
        let mut bus = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", configuration.display()))
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon is installed");
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        Self {
            daemon: None,
            _bus: Process(bus),
            address: address.trim().to_owned(),
        }
    }

    /// A bus with an unlocked keyring, and the user who sees it.
    pub(crate) fn unlocked(cli: Cli, policy: Policy) -> (Self, Cli) {
        let mut service = Self::bus_only(&cli, policy);
        let cli = cli.with("DBUS_SESSION_BUS_ADDRESS", &service.address);
        let mut daemon = cli
            .program("gnome-keyring-daemon", &[])
            .args(["--unlock", "--components=secrets", "--foreground"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("gnome-keyring is installed");
        daemon.stdin.take().unwrap().write_all(PASSPHRASE).unwrap();
        service.daemon = Some(Process(daemon));
        let waited = cli
            .program("gdbus", &["wait", "--session", "--timeout", "10", NAME])
            .status()
            .expect("gdbus is installed");
        assert!(waited.success(), "the keyring daemon owns its name");
        (service, cli)
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Locks the collection; the next use would need a window to ask in.
    pub(crate) fn lock(&self, cli: &Cli) {
        assert!(self.daemon.is_some(), "a daemon to lock");
        let method = "org.freedesktop.Secret.Service.Lock";
        let collections = format!("['{COLLECTION}']");
        let locked = cli
            .program("gdbus", &["call", "--session", "--dest", NAME])
            .args(["--object-path", SERVICE, "--method", method, &collections])
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(locked.success());
    }

    /// Stops the daemon in its tracks: it keeps its name and answers nothing.
    pub(crate) fn freeze(&self) {
        let daemon = self.daemon.as_ref().expect("a daemon to freeze");
        let pid = rustix::process::Pid::from_child(&daemon.0);
        rustix::process::kill_process(pid, rustix::process::Signal::STOP).unwrap();
    }
}

/// With the limits of the session bus that comes with dbus, for hundreds of processes.
fn bus_configuration(socket: &str, policy: Policy) -> String {
    let denial = match policy {
        Policy::Open => "",
        Policy::SecretsDenied => r#"<deny send_destination="org.freedesktop.secrets"/>"#,
    };
    format!(
        r#"<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow own="*"/>
    <allow send_destination="*"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
    {denial}
  </policy>
  <limit name="max_completed_connections">100000</limit>
  <limit name="max_incomplete_connections">10000</limit>
  <limit name="max_connections_per_user">100000</limit>
</busconfig>
"#
    )
}
