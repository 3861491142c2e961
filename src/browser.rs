//! Opens a URL for a person, or says honestly why not.
//!
//! How to open is decided by a pure function of the surroundings. The opener gets the URL as
//! its only argument, never a shell, and none of this program's secrets.

use std::ffi::{OsStr, OsString};
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

use tokio::sync::oneshot;
use url::Url;

use crate::env;
use crate::environment::Environment;
use crate::programs;

/// Everything that the decision depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OpenerEnv {
    /// `--no-browser` was given.
    pub forbidden: bool,
    pub program: Option<OsString>,
    /// `--no-input`, its variable, or CI.
    pub no_input: bool,
    /// A remote shell: a browser would open on the wrong machine, if at all.
    pub ssh: bool,
    /// Windows' Linux, whose openers reach the Windows side without a display.
    pub wsl: bool,
    pub container: bool,
    pub display: bool,
    /// A person is at a terminal.
    pub person: bool,
    /// The sign-in is for any device, so that a browser here is only a convenience.
    pub device: bool,
}

/// How the URL is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Opener {
    /// By a program that was named.
    Program(OsString),
    /// By the system's own opener.
    System,
    /// Not at all.
    Nobody(Reason),
}

/// Browsers that need a terminal: this program uses it, and the opener gets none.
const TEXT_BROWSERS: [&str; 9] = [
    "w3m",
    "lynx",
    "links",
    "links2",
    "elinks",
    "www-browser",
    "browsh",
    "retawq",
    "netrik",
];
/// What `xdg-open` may try by itself where the desktop names no browser: none that needs a terminal.
const GRAPHICAL_BROWSERS: &str = "x-www-browser:firefox:firefox-esr:chromium:chromium-browser:\
    google-chrome:google-chrome-stable:brave-browser:microsoft-edge:vivaldi:opera:epiphany:\
    falkon:konqueror";

/// Why nothing opens the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    Forbidden,
    /// No person is expected at the terminal.
    NoInput,
    Ssh,
    Container,
    NoDisplay,
    /// No person is at a terminal, and any other device will do.
    NoTerminal,
    /// The named program needs the terminal that this one uses.
    TextBrowser,
}

impl OpenerEnv {
    /// Looks around. `program` and `forbidden` come from the command line.
    pub(crate) fn of(
        environment: &Environment,
        program: Option<OsString>,
        forbidden: bool,
        no_input: bool,
    ) -> Self {
        let has = |name| environment.get(name).is_some();
        let unix_desktop = cfg!(all(unix, not(target_os = "macos")));
        Self {
            forbidden,
            program: program
                .or_else(|| environment.get(env::BROWSER).map(OsStr::to_owned))
                .filter(|program| !program.to_string_lossy().trim().is_empty())
                .map(|program| real_name(program, environment)),
            no_input,
            ssh: has("SSH_CONNECTION") || has("SSH_TTY") || has("SSH_CLIENT"),
            wsl: has("WSL_DISTRO_NAME") || has("WSL_INTEROP"),
            container: has("container")
                || has("KUBERNETES_SERVICE_HOST")
                || Path::new("/.dockerenv").exists()
                || Path::new("/run/.containerenv").exists(),
            display: !unix_desktop || has("DISPLAY") || has("WAYLAND_DISPLAY"),
            person: environment.has_person(),
            device: false,
        }
    }

    pub(crate) fn opener(&self) -> Opener {
        match self {
            Self {
                forbidden: true, ..
            } => Opener::Nobody(Reason::Forbidden),
            Self {
                program: Some(program),
                ..
            } if is_text_browser(Path::new(program)) => Opener::Nobody(Reason::TextBrowser),
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

    /// Whether something is about to open the URL.
    pub(crate) fn opens(&self) -> bool {
        !matches!(self.opener(), Opener::Nobody(_))
    }

    /// Whether no browser can be reached from here, so that one on another device is the way.
    pub(crate) fn is_out_of_reach(&self) -> bool {
        matches!(
            self.opener(),
            Opener::Nobody(Reason::Ssh | Reason::Container | Reason::NoDisplay)
        )
    }
}

/// The command that carries a remote listener's port to the person's machine: `host` and `port`
/// are those that the browser will ask there, and that the listener has here.
pub(crate) fn ssh_forwarding(environment: &Environment, host: &str, port: u16) -> String {
    let listener = host;
    let connection = environment.text("SSH_CONNECTION").unwrap_or_default();
    let parts: Vec<_> = connection.split_whitespace().collect();
    let host = parts.get(2).copied().unwrap_or("THIS-HOST");
    let user = environment.text("USER").unwrap_or_else(|| "YOU".to_owned());
    let ssh_port = match parts.get(3) {
        Some(&port) if port != "22" => format!("-p {port} "),
        _ => String::new(),
    };
    let forwarding = match listener {
        // Without an address, ssh listens on both families' usual one.
        "127.0.0.1" | "localhost" => format!("{port}:{listener}:{port}"),
        // Brackets mean something to zsh.
        six if six.starts_with('[') => format!("'{six}:{port}:{six}:{port}'"),
        other => format!("{other}:{port}:{other}:{port}"),
    };
    format!("ssh -N -L {forwarding} {ssh_port}{user}@{host}")
}

/// Starts the opener. What comes back is why it failed, if it does: it may run as long as the
/// browser does.
pub(crate) fn open(opener: &Opener, url: &Url) -> oneshot::Receiver<String> {
    let commands = match opener {
        Opener::Program(program) => {
            let mut command = programs::command(program);
            command.arg(url.as_str());
            vec![command]
        }
        Opener::System => open::commands(url.as_str()),
        Opener::Nobody(_) => Vec::new(),
    };
    let is_named = matches!(opener, Opener::Program(_));
    let scheme = url.scheme().to_owned();
    let (report, failure) = oneshot::channel();
    let (refused, no_thread) = oneshot::channel();
    let started = std::thread::Builder::new().spawn(move || {
        let asks_desktop = commands
            .iter()
            .any(|command| command.get_program() == "xdg-open");
        let outcome = if asks_desktop && default_is_text_browser(&scheme) {
            Err("your default browser needs a terminal of its own".to_owned())
        } else {
            first_that_works(commands, is_named)
        };
        if let Err(reason) = outcome {
            // The login may be over.
            drop(report.send(reason));
        }
    });
    match started {
        Ok(_) => failure,
        Err(error) => {
            drop(refused.send(format!("cannot start a thread: {error}")));
            no_thread
        }
    }
}

/// The programs that the system's own opener is looked for among.
pub(crate) fn system_openers() -> Vec<String> {
    let commands = open::commands("http://localhost/");
    let name = |command: &Command| command.get_program().to_string_lossy().into_owned();
    commands.iter().map(name).collect()
}

fn is_text_browser(program: &Path) -> bool {
    let name = if cfg!(windows) {
        program.file_stem()
    } else {
        program.file_name()
    };
    let name = name.and_then(OsStr::to_str);
    name.is_some_and(|name| TEXT_BROWSERS.contains(&name))
}

/// The text browser that a program is a link to, as alternatives of a system are; else the program
/// as it was named.
fn real_name(program: OsString, environment: &Environment) -> OsString {
    let named = Path::new(&program);
    let path = environment.get("PATH").unwrap_or_default();
    let found = if named.components().count() > 1 {
        named.canonicalize().ok()
    } else {
        let places = std::env::split_paths(path).map(|folder| folder.join(named));
        places
            .into_iter()
            .find_map(|place| place.canonicalize().ok())
    };
    match found {
        Some(found) if is_text_browser(&found) => found.into_os_string(),
        _ => program,
    }
}

/// Whether the desktop would give the URL to a browser that needs a terminal.
fn default_is_text_browser(scheme: &str) -> bool {
    let mut query = Command::new("xdg-mime");
    eprospera_inherited_signals::apply_to(&mut query);
    query.args(["query", "default", &format!("x-scheme-handler/{scheme}")]);
    for variable in env::SECRETS {
        query.env_remove(variable);
    }
    let answer = query.stdin(Stdio::null()).stderr(Stdio::null()).output();
    answer.is_ok_and(|answer| {
        let name = String::from_utf8_lossy(&answer.stdout);
        is_text_browser(Path::new(name.trim().trim_end_matches(".desktop")))
    })
}

/// Starts one program after the other. `is_named` when a person named the only one.
fn first_that_works(commands: Vec<Command>, is_named: bool) -> Result<(), String> {
    // The first is the desktop's own; those behind it are only tried in its place.
    let mut failed = None;
    let mut missing = Vec::new();
    for mut command in commands {
        let name = command.get_program().to_string_lossy().into_owned();
        eprospera_inherited_signals::apply_to(&mut command);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        for variable in env::SECRETS {
            command.env_remove(variable);
        }
        if name == "xdg-open" && !is_named {
            command.env(env::BROWSER, GRAPHICAL_BROWSERS);
        }
        detach(&mut command);
        match command.spawn().and_then(|mut child| child.wait()) {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => {
                failed.get_or_insert_with(|| format!("`{name}` ended with {status}"));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => missing.push(name),
            Err(error) => {
                failed.get_or_insert_with(|| format!("cannot start `{name}`: {error}"));
            }
        }
    }
    Err(failed.unwrap_or_else(|| not_found(&missing, is_named)))
}

/// What is said when none of the programs is there.
fn not_found(missing: &[String], is_named: bool) -> String {
    let name = missing.first().map_or("", String::as_str);
    if !is_named {
        let names = missing.join("`, `");
        // Windows and macOS have an opener of their own: it is broken, and nothing else replaces it.
        let install = if cfg!(all(unix, not(target_os = "macos"))) {
            "install `xdg-utils`, or "
        } else {
            ""
        };
        return format!(
            "no program to open a browser was found (tried `{names}`); {install}name a browser \
             with `--browser`"
        );
    }
    if name.contains([' ', ':', '%']) {
        return format!(
            "cannot start `{name}`: `--browser` and `BROWSER` take the name of one program, which \
             gets the URL as its only argument. Put arguments into a script, and leave out `%s` \
             and other browsers"
        );
    }
    format!("cannot start `{name}`: program not found")
}

/// Ctrl-C at the terminal must not close the person's browser.
#[cfg(unix)]
fn detach(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
fn detach(command: &mut Command) {
    use std::os::windows::process::CommandExt as _;
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x0000_0200;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW);
}

#[cfg(test)]
mod tests;
