//! How long the answer to a refresh is in danger: from the moment a provider has sent it to the
//! moment the new refresh token is in the rescue file, where a kill no longer takes it.
//!
//! The provider is this process. It sends its answer in one write and then watches the rescue file,
//! so the time includes the way over the loopback interface and the wake-up of the program.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use tempfile::TempDir;

use super::{finish, median, silent};

const BINARY: &str = env!("CARGO_BIN_EXE_eprospera");
const HELPER: &str = include_str!("../tests/it/command_store/helper.sh");
const ROUNDS: usize = 41;
const BUDGET: Duration = Duration::from_millis(1);
/// How long the provider watches for the rescue file.
const WATCH: Duration = Duration::from_secs(5);

/// A variable of whoever runs this.
#[expect(
    clippy::disallowed_methods,
    reason = "the rule is for the program, and this measures it"
)]
fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}

/// Writes a row for each store.
pub(super) fn report(out: &mut impl io::Write) -> io::Result<()> {
    writeln!(
        out,
        "\nanswer readable -> safe, medians of {ROUNDS} refreshes\n"
    )?;
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
            "{store:<28} {:>7.3} ms  budget {} ms  {}",
            median.as_secs_f64() * 1e3,
            BUDGET.as_millis(),
            super::verdict(median <= BUDGET),
        )?;
    }
    Ok(())
}

fn measure(store: &str) -> io::Result<Duration> {
    let home = TempDir::new()?;
    let kind = match store.split(',').next() {
        Some("command") => format!("command:{}", helper(home.path())?),
        kind => kind.unwrap_or_default().to_owned(),
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let issuer = format!("http://{}", listener.local_addr()?);
    let (sender, times) = channel();
    let provider = Provider {
        issuer: issuer.clone(),
        folders: rescue_folders(home.path()),
        begun: SystemTime::now(),
        times: sender,
    };
    // It ends with the process: it waits for connections for ever.
    std::thread::spawn(move || provider.serve(&listener));
    let run = |arguments: &[&str]| {
        let mut command = silent(BINARY);
        for folder in ["config", "state", "cache"] {
            let variable = format!("EPROSPERA_{}_DIR", folder.to_uppercase());
            command.env(variable, home.path().join(folder));
        }
        for kept in ["PATH", "DBUS_SESSION_BUS_ADDRESS"] {
            command.envs(variable(kept).map(|value| (kept, value)));
        }
        let key = if store.ends_with("passphrase") {
            "three plain words".to_owned()
        } else {
            "5a".repeat(32)
        };
        command
            .env("HOME", home.path())
            .env("EPROSPERA_ISSUER", &issuer)
            .env("EPROSPERA_CLIENT_ID", "bench")
            .env("EPROSPERA_STORE", &kind)
            .env("EPROSPERA_STORE_KEY", key)
            .env("EPROSPERA_REFRESH_TOKEN", "first")
            .args(arguments);
        finish(&mut command)
    };
    run(&["token"])?;
    let seen = (0..ROUNDS).map(|_| {
        run(&["refresh"])?;
        last(&times)
    });
    let seen = seen.collect::<io::Result<Vec<_>>>();
    run(&["logout"])?;
    Ok(median(seen?))
}

/// The newest time, with those of earlier requests passed over.
fn last(times: &Receiver<Duration>) -> io::Result<Duration> {
    let time = times.recv_timeout(WATCH).map_err(io::Error::other)?;
    Ok(times.try_iter().last().unwrap_or(time))
}

fn helper(home: &Path) -> io::Result<String> {
    let (folder, program) = (home.join("vault"), home.join("helper"));
    fs::create_dir(&folder)?;
    let text = format!("#!/bin/sh\nfolder='{}'\n{HELPER}", folder.display());
    File::create(&program)?.write_all(text.as_bytes())?;
    finish(silent("chmod").arg("0700").arg(&program))?;
    Ok(program.display().to_string())
}

/// Where a rescue file can be: in the state folder, or in the user's own, which no variable moves.
fn rescue_folders(home: &Path) -> Vec<PathBuf> {
    let user = std::env::home_dir().unwrap_or_default();
    let user = user.join(".local/state/eprospera");
    vec![
        home.join("state/sessions"),
        user.join("keyring"),
        user.join("helpers"),
    ]
}

/// A provider that rotates whatever it is given.
struct Provider {
    issuer: String,
    folders: Vec<PathBuf>,
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
        let mut rescue = self.rescue_file()?;
        let bytes = response(&tokens);
        let sent = Instant::now();
        stream.write_all(&bytes)?;
        while sent.elapsed() < WATCH {
            let mut first = [0];
            rescue.seek(SeekFrom::Start(0))?;
            // The room that is taken beforehand begins with a zero.
            if rescue.read(&mut first)? == 1 && first != [0] {
                self.times.send(sent.elapsed()).ok();
                break;
            }
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
    fn rescue_file(&self) -> io::Result<File> {
        let entries = self
            .folders
            .iter()
            .filter_map(|folder| fs::read_dir(folder).ok());
        let paths = entries
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()));
        let newest = paths
            .filter(|path| path.extension().is_some_and(|ending| ending == "rescue"))
            .filter_map(|path| Some((path.metadata().ok()?.modified().ok()?, path)))
            .filter(|(modified, _)| *modified >= self.begun)
            .max();
        let (_, path) = newest.ok_or(io::ErrorKind::NotFound)?;
        File::open(path)
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
