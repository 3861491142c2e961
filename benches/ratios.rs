//! Speed, memory and size as ratios, measured side by side in one run.
//!
//! `cargo bench --bench ratios` prints a table and judges nobody: a busy machine moves the
//! figures, less so the ratios. It needs `curl`, and `time` for the memory. The size is that of what is
//! shipped, where `cargo build --profile dist` has made it.

#[cfg(target_os = "linux")]
mod answer_safety;
mod reverse_proxy;
#[cfg(target_os = "linux")]
mod static_program;

use std::ffi::OsStr;
use std::fs::metadata;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_eprospera");
const ROUNDS: usize = 101;
const MEGABYTE: u64 = 1_000_000;
const SIZE_BUDGET: u64 = 10 * MEGABYTE;
const MEMORY_BUDGET: u64 = 16 * MEGABYTE;

/// A signed-in user of a sandbox on this machine.
struct Scene {
    home: TempDir,
    redirect_uri: String,
    issuer: String,
    sandbox: Option<Child>,
}

impl Scene {
    fn set() -> io::Result<Self> {
        let mut scene = Self {
            home: TempDir::new()?,
            redirect_uri: free_redirect_uri()?,
            issuer: String::new(),
            sandbox: None,
        };
        scene.start_sandbox()?;
        scene.sign_in()?;
        Ok(scene)
    }

    fn start_sandbox(&mut self) -> io::Result<()> {
        let client = format!("bench={}", self.redirect_uri);
        let arguments = ["sandbox", "--port", "0", "--auto-approve", "--client"];
        let mut command = self.eprospera(&arguments);
        command.arg(client).env("EPROSPERA_OUTPUT", "table");
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let stdout = child.stdout.take();
        self.sandbox = Some(child);
        let mut lines = BufReader::new(stdout.ok_or(io::ErrorKind::BrokenPipe)?).lines();
        let address = word(&mut lines, |word| word.starts_with("http://127.0.0.1:"))?;
        address.trim_end_matches('/').clone_into(&mut self.issuer);
        // The rest is read on a thread, so that the sandbox never waits for a reader.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Ok(())
    }

    fn sign_in(&self) -> io::Result<()> {
        let mut command = self.eprospera(&["login", "--no-browser"]);
        let mut child = command.stderr(Stdio::piped()).spawn()?;
        let stderr = child.stderr.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut lines = BufReader::new(stderr).lines();
        let url = word(&mut lines, |word| word.contains("code_challenge="))?;
        finish(silent("curl").args(["-sSL", "-o", "/dev/null", &url]))?;
        lines.map_while(Result::ok).for_each(drop);
        child.wait()?.success().then_some(()).ok_or_else(|| {
            io::Error::other("the login against the sandbox failed; try `eprospera demo`")
        })
    }

    /// The binary with this user's environment and nothing else.
    fn eprospera(&self, arguments: &[&str]) -> Command {
        self.program(Path::new(BINARY), arguments)
    }

    /// The same of another build.
    fn program(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = silent(program);
        self.lend_environment(&mut command);
        command.args(arguments);
        command
    }

    fn lend_environment(&self, command: &mut Command) {
        let folder = |name: &str| self.home.path().join(name);
        command
            .env("HOME", self.home.path())
            .env("EPROSPERA_CONFIG_DIR", folder("config"))
            .env("EPROSPERA_STATE_DIR", folder("state"))
            .env("EPROSPERA_CACHE_DIR", folder("cache"))
            .env("EPROSPERA_STORE", "plain-file")
            .env("EPROSPERA_CLIENT_ID", "bench")
            .env("EPROSPERA_REDIRECT_URI", &self.redirect_uri)
            .env("EPROSPERA_OUTPUT", "json");
        if !self.issuer.is_empty() {
            command.env("EPROSPERA_ISSUER", &self.issuer);
        }
    }

    fn token(&self) -> io::Result<String> {
        let output = self.eprospera(&["token"]).stdout(Stdio::piped()).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Peak resident memory of one run in bytes, as `time` reports it.
    fn memory(&self, program: &Path, arguments: &[&str]) -> io::Result<Option<u64>> {
        if !Path::new("/usr/bin/time").exists() {
            return Ok(None);
        }
        let report = self.home.path().join("memory");
        let mut command = silent("/usr/bin/time");
        self.lend_environment(&mut command);
        command.args(["-f", "%M", "-o"]).arg(&report);
        finish(command.arg(program).args(arguments))?;
        let kibibytes = std::fs::read_to_string(report)?.trim().parse::<u64>();
        Ok(kibibytes.ok().map(|value| value * 1024))
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        if let Some(child) = &mut self.sandbox {
            child.kill().ok();
            child.wait().ok();
        }
    }
}

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    if let Some(answer_safety::PEER) = std::env::args().nth(1).as_deref() {
        return ended(answer_safety::peer(std::env::args_os().skip(2)));
    }
    ended(report())
}

fn ended(result: io::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            writeln!(io::stderr(), "error: {error}").ok();
            ExitCode::FAILURE
        }
    }
}

fn report() -> io::Result<()> {
    let scene = Scene::set()?;
    let mut out = io::stdout().lock();
    writeln!(out, "medians of {ROUNDS} rounds, taken in turns\n")?;
    writeln!(
        out,
        "{:<20} {:>10} {:>12} {:>10} {:>7}  {:<16} verdict",
        "what", "median", "beside", "median", "ratio", "budget"
    )?;
    let nothing = || silent("/bin/true");
    for arguments in [["--version"], ["token"]] {
        let pair = side_by_side(|| scene.eprospera(&arguments), nothing)?;
        let budget = pair.1 * 2 + Duration::from_millis(2);
        row(
            &mut out,
            arguments[0],
            pair,
            ("/bin/true", "2x + 2 ms"),
            budget,
        )?;
    }
    let bearer = format!("Authorization: Bearer {}", scene.token()?);
    let url = format!("{}/api/v1/me/natural-person", scene.issuer);
    let curl = || {
        let mut command = silent("curl");
        command.args(["-sSf", "-H", &bearer, &url]);
        command
    };
    let pair = side_by_side(|| scene.eprospera(&["me", "natural-person"]), curl)?;
    row(&mut out, "me natural-person", pair, ("curl", "1x"), pair.1)?;
    reverse_proxy::report(&mut out, &scene)?;
    #[cfg(target_os = "linux")]
    answer_safety::report(&mut out)?;
    writeln!(out)?;
    for arguments in [&["--version"][..], &["token"], &["me", "natural-person"]] {
        let name = format!("memory of {}", arguments.join(" "));
        let memory = scene.memory(Path::new(BINARY), arguments)?;
        size_row(&mut out, &name, memory, MEMORY_BUDGET)?;
    }
    #[cfg(target_os = "linux")]
    static_program::report(&mut out, &scene)?;
    match shipped() {
        Some(size) => size_row(&mut out, "size of the binary", Some(size), SIZE_BUDGET),
        None => writeln!(
            out,
            "{:<30} not measured: run `cargo build --profile dist`",
            "size of the binary"
        ),
    }
}

/// The size of the binary as it is shipped, beside the one that is measured.
fn shipped() -> Option<u64> {
    let target = Path::new(BINARY).parent()?.parent()?;
    let shipped = target.join("dist").join(Path::new(BINARY).file_name()?);
    Some(metadata(shipped).ok()?.len())
}

/// Medians of two commands that run in turns.
fn side_by_side(
    ours: impl Fn() -> Command,
    theirs: impl Fn() -> Command,
) -> io::Result<(Duration, Duration)> {
    let mut times = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        times.0.push(timed(&mut ours())?);
        times.1.push(timed(&mut theirs())?);
    }
    Ok((median(times.0), median(times.1)))
}

fn timed(command: &mut Command) -> io::Result<Duration> {
    let start = Instant::now();
    finish(command)?;
    Ok(start.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn row(
    out: &mut impl io::Write,
    name: &str,
    (ours, theirs): (Duration, Duration),
    (beside, budget): (&str, &str),
    limit: Duration,
) -> io::Result<()> {
    let milliseconds = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
    writeln!(
        out,
        "{name:<20} {:>10} {beside:>12} {:>10} {:>7.2}  {budget:<16} {}",
        milliseconds(ours),
        milliseconds(theirs),
        ours.as_secs_f64() / theirs.as_secs_f64(),
        verdict(ours <= limit),
    )
}

fn size_row(
    out: &mut impl io::Write,
    name: &str,
    bytes: Option<u64>,
    budget: u64,
) -> io::Result<()> {
    let Some(bytes) = bytes else {
        return writeln!(out, "{name:<30} not measured: install `time`");
    };
    let tenths = bytes * 10 / MEGABYTE;
    writeln!(
        out,
        "{name:<30} {:>3}.{} MB  budget {:>2} MB  {}",
        tenths / 10,
        tenths % 10,
        budget / MEGABYTE,
        verdict(bytes <= budget),
    )
}

fn verdict(within: bool) -> &'static str {
    if within { "within" } else { "OVER" }
}

/// A command without environment, input or output.
fn silent(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn finish(command: &mut Command) -> io::Result<()> {
    let status = command.status()?;
    if status.success() {
        return Ok(());
    }
    let program = command.get_program().display();
    Err(io::Error::other(format!("`{program}` ended with {status}")))
}

/// The first word of the lines that fits.
fn word(
    lines: &mut impl Iterator<Item = io::Result<String>>,
    fits: impl Fn(&str) -> bool,
) -> io::Result<String> {
    for line in lines {
        let line = line?;
        if let Some(word) = line.split_whitespace().find(|word| fits(word)) {
            return Ok(word.to_owned());
        }
    }
    Err(io::Error::other("the address was not printed"))
}

fn free_redirect_uri() -> io::Result<String> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port();
    Ok(format!("http://127.0.0.1:{port}/callback"))
}
