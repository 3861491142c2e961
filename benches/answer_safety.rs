//! How long the answer to a refresh is in danger: from the moment a provider sends it to the moment
//! the new refresh token is in the rescue file, where a kill no longer takes it.
//!
//! The provider is this process. It sleeps until the kernel reports that the rescue file has
//! changed: one that looked again and again would take a processor on which the program has to wake
//! up. What is left over is the way over the loopback interface and two wake-ups, so a peer that
//! does nothing else is measured in the same way: it sleeps until the answer comes, and makes one
//! write.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use rustix::fs::inotify;
use tempfile::TempDir;

use super::{finish, median, silent};

const BINARY: &str = env!("CARGO_BIN_EXE_eprospera");
const HELPER: &str = env!("CARGO_BIN_EXE_store-helper");
const ROUNDS: usize = 41;
const BUDGET: Duration = Duration::from_millis(1);
/// How long a time may be in coming.
const WATCH: Duration = Duration::from_secs(5);
/// By how much the time of a file can be behind the clock.
const TICK: Duration = Duration::from_millis(20);
/// The argument that makes this program the peer.
pub(super) const PEER: &str = "--peer";
/// The size of its file, as of a rescue file.
const ROOM: usize = 32 * 1024;

/// A variable of whoever runs this.
#[expect(
    clippy::disallowed_methods,
    reason = "the rule is for the program, and this measures it"
)]
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// Writes a row for the peer and for each store.
pub(super) fn report(out: &mut impl io::Write) -> io::Result<()> {
    writeln!(
        out,
        "\nanswer readable -> safe, medians of {ROUNDS} refreshes\n"
    )?;
    let peer = measure(PEER)?;
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    let name = "a wake-up and a write";
    writeln!(out, "{name:<28} {:>7.3} ms", milliseconds(peer))?;
    for store in [
        "plain-file",
        "encrypted-file",
        "encrypted-file, passphrase",
        "command",
        "keyring",
    ] {
        if store == "keyring" && variable("DBUS_SESSION_BUS_ADDRESS").is_none() {
            writeln!(
                out,
                "{store:<28} not measured: run it in a session with a keyring"
            )?;
            continue;
        }
        let median = measure(store)?;
        writeln!(
            out,
            "{store:<28} {:>7.3} ms  ratio {:>5.2}  budget {} ms  {}",
            milliseconds(median),
            median.as_secs_f64() / peer.as_secs_f64(),
            BUDGET.as_millis(),
            super::verdict(median <= BUDGET),
        )?;
    }
    Ok(())
}

fn measure(store: &str) -> io::Result<Duration> {
    let home = TempDir::new()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let issuer = format!("http://{}", listener.local_addr()?);
    let (sender, times) = channel();
    let provider = Provider {
        issuer: issuer.clone(),
        folder: rescue_folder(home.path(), store),
        begun: SystemTime::now() - TICK,
        times: sender,
    };
    // It ends with the process: it waits for connections for ever.
    std::thread::spawn(move || provider.serve(&listener));
    let user = User {
        home,
        issuer,
        store,
    };
    if store == PEER {
        return median_of(&times, || user.peer());
    }
    let helper = user.helper()?;
    let run = |arguments: &[&str]| finish(&mut user.eprospera(&helper, arguments));
    run(&["token"])?;
    let median = median_of(&times, || Ok(user.eprospera(&helper, &["refresh"])));
    run(&["logout"])?;
    median
}

/// The median time of many runs of a command that asks for tokens.
fn median_of(
    times: &Receiver<Duration>,
    command: impl Fn() -> io::Result<Command>,
) -> io::Result<Duration> {
    let seen = (0..ROUNDS).map(|_| {
        finish(&mut command()?)?;
        last(times)
    });
    Ok(median(seen.collect::<io::Result<_>>()?))
}

/// Whose sessions are refreshed.
struct User<'a> {
    home: TempDir,
    issuer: String,
    store: &'a str,
}

impl User<'_> {
    /// The program that only wakes up and writes.
    fn peer(&self) -> io::Result<Command> {
        let mut command = silent(std::env::current_exe()?);
        let file = self.home.path().join("state/sessions/peer.rescue");
        fs::create_dir_all(file.parent().unwrap_or(&file))?;
        File::create(&file)?.write_all(&vec![0; ROOM])?;
        let address = self.issuer.trim_start_matches("http://");
        command.args([PEER, address]).arg(file);
        Ok(command)
    }

    fn eprospera(&self, helper: &str, arguments: &[&str]) -> Command {
        let mut command = silent(BINARY);
        let home = self.home.path();
        for folder in ["config", "state", "cache"] {
            let variable = format!("EPROSPERA_{}_DIR", folder.to_uppercase());
            command.env(variable, home.join(folder));
        }
        for kept in ["PATH", "DBUS_SESSION_BUS_ADDRESS"] {
            command.envs(variable(kept).map(|value| (kept, value)));
        }
        let kind = match self.store.split(',').next() {
            Some("command") => format!("command:{helper}"),
            kind => kind.unwrap_or_default().to_owned(),
        };
        // One that an earlier run used is refused.
        let first = format!("first-{}-{}", std::process::id(), self.issuer);
        let key = if self.store.ends_with("passphrase") {
            "three plain words".to_owned()
        } else {
            "5a".repeat(32)
        };
        command
            .env("HOME", home)
            .env("EPROSPERA_ISSUER", &self.issuer)
            .env("EPROSPERA_CLIENT_ID", "bench")
            .env("EPROSPERA_STORE", &kind)
            .env("EPROSPERA_STORE_KEY", key)
            .env("EPROSPERA_REFRESH_TOKEN", first)
            .args(arguments);
        command
    }

    fn helper(&self) -> io::Result<String> {
        helper(self.home.path())
    }
}

/// Asks for tokens and writes a byte into a file when they come; `arguments` are an address and the
/// file.
pub(super) fn peer(mut arguments: impl Iterator<Item = OsString>) -> io::Result<()> {
    let mut next = || arguments.next().ok_or(io::ErrorKind::InvalidInput);
    let (address, file) = (next()?, next()?);
    let mut file = File::options().write(true).open(file)?;
    let mut stream = TcpStream::connect(address.to_string_lossy().as_ref())?;
    stream.write_all(b"POST /token HTTP/1.1\r\n\r\n")?;
    let mut answer = [0; 8192];
    let length = stream.read(&mut answer)?;
    file.write_all(answer.get(..length).unwrap_or_default())
}

/// The newest time, with those of earlier requests passed over.
fn last(times: &Receiver<Duration>) -> io::Result<Duration> {
    let time = times.recv_timeout(WATCH).map_err(io::Error::other)?;
    Ok(times.try_iter().last().unwrap_or(time))
}

/// The helper keeps its files beside itself.
fn helper(home: &Path) -> io::Result<String> {
    fs::create_dir(home.join("vault"))?;
    let program = home.join("helper");
    std::os::unix::fs::symlink(HELPER, &program)?;
    Ok(program.display().to_string())
}

/// Where the rescue file of a store can be: beside the session, or in a folder of the user that no
/// variable moves.
fn rescue_folder(home: &Path, store: &str) -> PathBuf {
    let user = std::env::home_dir().unwrap_or_default();
    let user = user.join(".local/state/eprospera");
    match store {
        "keyring" => user.join("keyring"),
        "command" => user.join("helpers"),
        _ => home.join("state/sessions"),
    }
}

/// A provider that rotates whatever it is given.
struct Provider {
    issuer: String,
    folder: PathBuf,
    begun: SystemTime,
    times: Sender<Duration>,
}

impl Provider {
    fn serve(&self, listener: &TcpListener) {
        let mut generation = 0_u32;
        for stream in listener.incoming() {
            // A client that goes away is no reason to stop.
            stream
                .and_then(|stream| self.answer(stream, &mut generation))
                .ok();
        }
    }

    fn answer(&self, mut stream: TcpStream, generation: &mut u32) -> io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let (path, length) = head(&mut reader)?;
        io::copy(&mut reader.take(length), &mut io::sink())?;
        if !path.ends_with("/token") {
            return stream.write_all(&response(&self.document(&path)));
        }
        *generation += 1;
        let tokens = format!(
            r#"{{"access_token":"access-{generation}","token_type":"Bearer","expires_in":3600,"refresh_token":"refresh-{generation}"}}"#
        );
        let bytes = response(&tokens);
        // Closing it takes milliseconds, so it stays open until the time is taken.
        let mut changes = File::from(inotify::init(inotify::CreateFlags::CLOEXEC)?);
        inotify::add_watch(&changes, self.rescue_file()?, inotify::WatchFlags::MODIFY)?;
        let sent = Instant::now();
        stream.write_all(&bytes)?;
        // It returns with the first change, of which nothing matters but that it came.
        let length = changes.read(&mut [0; 4096])?;
        let time = sent.elapsed();
        if length > 0 {
            self.times.send(time).ok();
        }
        Ok(())
    }

    fn document(&self, path: &str) -> String {
        let issuer = &self.issuer;
        if path.ends_with("/openid-configuration") {
            return format!(
                r#"{{"issuer":"{issuer}","authorization_endpoint":"{issuer}/authorize","token_endpoint":"{issuer}/token","jwks_uri":"{issuer}/jwks","revocation_endpoint":"{issuer}/revoke","userinfo_endpoint":"{issuer}/userinfo","response_types_supported":["code"],"subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"],"code_challenge_methods_supported":["S256"]}}"#
            );
        }
        r#"{"keys":[]}"#.to_owned()
    }

    /// The file that waits for the answer: the newest of this run.
    fn rescue_file(&self) -> io::Result<PathBuf> {
        let entries = fs::read_dir(&self.folder)?;
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let newest = paths
            .filter(|path| path.extension().is_some_and(|ending| ending == "rescue"))
            .filter_map(|path| Some((path.metadata().ok()?.modified().ok()?, path)))
            .filter(|(modified, _)| *modified >= self.begun)
            .max();
        let (_, path) = newest.ok_or(io::ErrorKind::NotFound)?;
        Ok(path)
    }
}

/// The path of a request, and how long its body is.
fn head(reader: &mut impl io::BufRead) -> io::Result<(String, u64)> {
    let mut lines = reader.lines();
    let line = lines.next().ok_or(io::ErrorKind::UnexpectedEof)??;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    for line in lines {
        let line = line?.to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    Ok((path, length))
}

fn response(body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").into_bytes()
}
