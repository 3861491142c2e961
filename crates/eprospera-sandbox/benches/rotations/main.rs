//! How many refreshes a second the sandbox answers, beside what its processor can sign and beside
//! npm's oidc-provider, in one run.
//!
//! `cargo bench -p eprospera-sandbox` prints a table and judges nobody: a busy machine moves the
//! figures, less so the ratios. Eight connections stay open, and each rotates a refresh token of its
//! own; every answer has an access token and an ID token, so two signatures. The row of
//! oidc-provider needs `npm ci` in `tests/real`. Memory is that of a sandbox after 20,000 logins and
//! 100,000 rotations, where the system tells (Linux).

mod wire;

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256,
};
use eprospera_sandbox::{Options, Sandbox};

use wire::{Connection, Site};

const CONNECTIONS: u64 = 8;
const SPAN: Duration = Duration::from_secs(4);
const LOGINS: u64 = 20_000;
const ROTATIONS: u64 = 100_000;

/// A server in a process of its own, which ends with its input.
struct Server {
    child: Child,
    site: Site,
    control_token: String,
}

impl Server {
    fn start(mut command: Command, site: impl FnOnce(&str) -> Site) -> io::Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut lines = BufReader::new(stdout).lines();
        let first = lines.next().ok_or(io::ErrorKind::UnexpectedEof)??;
        // The rest is read on a thread, so that the server never waits for a reader.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let (address, control_token) = first.split_once(' ').unwrap_or((&first, ""));
        Ok(Self {
            child,
            site: site(address),
            control_token: control_token.to_owned(),
        })
    }

    /// This program once more, as a sandbox.
    fn sandbox(algorithm: &str) -> io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["serve", algorithm]);
        Self::start(command, Site::sandbox)
    }

    /// npm's oidc-provider with access tokens that are JWTs, if it is there.
    fn oidc_provider(algorithm: &str) -> io::Result<Option<Self>> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/real");
        if !folder.join("node_modules/oidc-provider").exists() {
            return Ok(None);
        }
        let mut command = Command::new("node");
        command.current_dir(folder).args([
            "provider.mjs",
            "--alg",
            algorithm,
            "--redirect-uri",
            wire::REDIRECT_URI,
            "--jwt-access-tokens",
            "--quiet",
        ]);
        let site = |ready: &str| Site::oidc_provider(wire::field(ready, "issuer").unwrap_or(""));
        Self::start(command, site).map(Some)
    }

    fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let row = status.lines().find_map(|row| row.strip_prefix("VmRSS:"))?;
        let kibibytes: u64 = row.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kibibytes * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Seconds of processor time of a process, where the system tells. Unlike the rate, a busy machine
/// hardly changes it.
fn processor_time(process: &str) -> Option<f64> {
    let row = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, in brackets, may hold anything.
    let (_, fields) = row.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    // Linux has counted a hundred a second for programs since 2.6, on every machine.
    Some((ticks()? + ticks()?) / 100.0)
}

/// Serves until standard input ends.
fn serve(algorithm: &str) -> io::Result<()> {
    let options = Options {
        port: 0,
        auto_approve: Some(String::new()),
        signing: algorithm.parse().map_err(io::Error::other)?,
        ..Options::default()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let sandbox = runtime
        .block_on(Sandbox::start(options))
        .map_err(io::Error::other)?;
    let mut stdout = io::stdout();
    writeln!(stdout, "{} {}", sandbox.url(), sandbox.control_token())?;
    stdout.flush()?;
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

/// How often something was done in a second, and the processor time that it took.
struct Figure {
    rate: f64,
    /// Microseconds for each.
    cost: f64,
}

impl std::fmt::Display for Figure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rate, cost } = self;
        write!(
            formatter,
            "{rate:>7.0}/s, {cost:>6.0} µs of processor time each"
        )
    }
}

/// Runs work on a thread for each state until the span is over, and looks at the processor time of a
/// process meanwhile.
fn rate<S: Send>(
    process: &str,
    mut states: Vec<S>,
    work: impl Fn(&mut S) -> io::Result<()> + Sync,
) -> io::Result<Figure> {
    let (over, done) = (AtomicBool::new(false), AtomicU64::new(0));
    let time = || processor_time(process).unwrap_or(f64::NAN);
    let (before, started) = (time(), Instant::now());
    std::thread::scope(|scope| {
        let workers: Vec<_> = states
            .iter_mut()
            .map(|state| {
                scope.spawn(|| -> io::Result<()> {
                    while !over.load(Ordering::Relaxed) {
                        work(state)?;
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok(())
                })
            })
            .collect();
        std::thread::sleep(SPAN);
        over.store(true, Ordering::Relaxed);
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().map_err(|_| io::Error::other("a worker"))?)
    })?;
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let done = done.load(Ordering::Relaxed) as f64;
    Ok(Figure {
        rate: done / started.elapsed().as_secs_f64(),
        cost: 1e6 * (time() - before) / done,
    })
}

/// Signatures a second of all processors together, by the library that the sandbox signs with.
fn signing_rate(algorithm: &str) -> io::Result<Figure> {
    let failed = |_| io::Error::other("the library refused");
    let processors = std::thread::available_parallelism()?.get();
    let random = SystemRandom::new();
    let message = [7_u8; 600];
    let workers = vec![(); processors];
    match algorithm {
        "RS256" => {
            let key = KeyPair::generate(KeySize::Rsa2048).map_err(failed)?;
            rate("self", workers, |()| {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, &message, &mut signature)
                    .map_err(failed)
            })
        }
        "ES256" => {
            let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(failed)?;
            rate("self", workers, |()| {
                key.sign(&random, &message).map(drop).map_err(failed)
            })
        }
        _ => {
            let key = Ed25519KeyPair::generate().map_err(failed)?;
            rate("self", workers, |()| {
                std::hint::black_box(key.sign(&message));
                Ok(())
            })
        }
    }
}

/// Refreshes a second over eight connections.
fn rotation_rate(server: &Server) -> io::Result<Figure> {
    let site = &server.site;
    let sessions: io::Result<Vec<_>> = (0..CONNECTIONS).map(|_| site.sign_in()).collect();
    let process = server.child.id().to_string();
    rate(
        &process,
        sessions?,
        |(connection, token): &mut (Connection, String)| {
            *token = site.refresh(connection, token)?;
            Ok(())
        },
    )
}

fn speed(out: &mut impl io::Write) -> io::Result<()> {
    writeln!(
        out,
        "8 connections, each rotating its own refresh token; two signatures an answer"
    )?;
    for algorithm in ["RS256", "ES256", "EdDSA"] {
        let signed = signing_rate(algorithm)?;
        let server = Server::sandbox(algorithm)?;
        let ours = rotation_rate(&server)?;
        drop(server);
        writeln!(out, "{algorithm:<7} signing alone   {signed}")?;
        writeln!(out, "        sandbox         {ours}")?;
        writeln!(
            out,
            "        of what signing allows: {:.0} % of the rate, {:.0} % of the processor time",
            200.0 * ours.rate / signed.rate,
            200.0 * signed.cost / ours.cost
        )?;
        if let Some(server) = Server::oidc_provider(algorithm)? {
            let theirs = rotation_rate(&server)?;
            writeln!(out, "        oidc-provider   {theirs}")?;
            writeln!(
                out,
                "        sandbox / oidc-provider: {:.1} times the rate",
                ours.rate / theirs.rate
            )?;
        }
    }
    Ok(())
}

fn memory(out: &mut impl io::Write) -> io::Result<()> {
    let server = Server::sandbox("EdDSA")?;
    let Some(before) = server.memory() else {
        return Ok(());
    };
    let site = &server.site;
    let rotations = ROTATIONS / LOGINS;
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(|| -> io::Result<()> {
                    for _ in 0..LOGINS / CONNECTIONS {
                        let (mut connection, mut token) = site.sign_in()?;
                        for _ in 0..rotations {
                            token = site.refresh(&mut connection, &token)?;
                        }
                    }
                    Ok(())
                })
            })
            .collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().map_err(|_| io::Error::other("a worker"))?)
    })?;
    let megabytes = |bytes: Option<u64>| bytes.unwrap_or_default() / 1_000_000;
    let after = server.memory();
    site.read_request_log(&server.control_token)?;
    let read = server.memory();
    site.advance(&server.control_token, 181 * 24 * 3600)?;
    let expired = server.memory();
    writeln!(
        out,
        "memory: {} MB at the start, {} MB after {LOGINS} logins and {ROTATIONS} rotations, {} MB \
         after the request log was read, {} MB when all had expired",
        megabytes(Some(before)),
        megabytes(after),
        megabytes(read),
        megabytes(expired)
    )?;
    Ok(())
}

fn main() -> io::Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if let [serves, algorithm] = &arguments[..]
        && serves == "serve"
    {
        return serve(algorithm);
    }
    let mut out = io::stdout();
    speed(&mut out)?;
    memory(&mut out)
}
