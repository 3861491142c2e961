//! A running `serve`, and a client that sends what it is told, byte for byte.

use std::io::{Read, Write};
use std::net::TcpStream;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
#[cfg(unix)]
use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

use crate::run::{LONGEST, Output};
use crate::sign_in::Process;
use crate::world::World;

/// Where a proxy listens.
#[derive(Clone, Debug)]
pub(super) enum Address {
    Port(u16),
    #[cfg(unix)]
    Socket(PathBuf),
}

/// What comes and goes on a connection.
pub(super) trait Connection: Read + Write + Send {}
impl<T: Read + Write + Send> Connection for T {}

impl Address {
    /// Opens a connection; what takes longer hangs.
    pub(super) fn connect(&self) -> Box<dyn Connection> {
        self.connect_for(LONGEST)
    }

    pub(super) fn connect_for(&self, wait: Duration) -> Box<dyn Connection> {
        match self {
            Self::Port(port) => {
                let stream = TcpStream::connect(("127.0.0.1", *port)).unwrap();
                stream.set_read_timeout(Some(wait)).unwrap();
                stream.set_nodelay(true).unwrap();
                Box::new(stream)
            }
            #[cfg(unix)]
            Self::Socket(path) => {
                let stream = UnixStream::connect(path).unwrap();
                stream.set_read_timeout(Some(wait)).unwrap();
                Box::new(stream)
            }
        }
    }

    /// What a request has to say in `Host`.
    pub(super) fn host(&self) -> String {
        match self {
            Self::Port(port) => format!("127.0.0.1:{port}"),
            #[cfg(unix)]
            Self::Socket(_) => "localhost".to_owned(),
        }
    }

    /// Sends bytes, and reads all answers until the connection ends. What was not taken because the
    /// other side had its say before, does not matter.
    pub(super) fn exchange(&self, sent: &[u8]) -> String {
        let mut stream = self.connect();
        drop(stream.write_all(sent));
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// One request with the capability, on a connection of its own.
    pub(super) fn send(&self, capability: &str, line: &str, rest: &str) -> Response {
        let host = self.host();
        let head = format!(
            "{line} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {capability}\r\n\
             Connection: close\r\n"
        );
        let rest = if rest.is_empty() { "\r\n" } else { rest };
        Response::parse(&self.exchange(format!("{head}{rest}").as_bytes()))
    }
}

/// A response, read to the end.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

impl Response {
    pub(super) fn parse(text: &str) -> Self {
        let (head, body) = text
            .split_once("\r\n\r\n")
            .unwrap_or_else(|| panic!("no response: {text:?}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self {
            status,
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }

    /// The length that was announced.
    pub(super) fn content_length(&self) -> u64 {
        let mut headers = self
            .head
            .split("\r\n")
            .filter_map(|line| line.split_once(": "));
        let length = headers.find(|(name, _)| *name == "content-length");
        length.unwrap().1.parse().unwrap()
    }

    pub(super) fn json(&self) -> Value {
        // A body of unknown length comes in pieces; those here are one.
        let start = self.body.find(['{', '[']).unwrap_or_default();
        let end = self.body.rfind(['}', ']']).map_or(0, |at| at + 1);
        serde_json::from_str(&self.body[start..end]).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

/// `eprospera serve` under way.
pub(super) struct Served {
    process: Process,
    pub(super) address: Address,
    pub(super) capability: String,
}

impl Served {
    /// Starts it with flags and waits for its first line.
    pub(super) fn start(world: &World, flags: &[&str]) -> Self {
        let mut process = world.spawn(world.command(&[&["serve"], flags].concat()));
        let line: Value = serde_json::from_str(&process.line_of_stdout()).unwrap();
        let address = match (line["url"].as_str(), line["socket"].as_str()) {
            (Some(url), None) => {
                let (_, port) = url.trim_end_matches('/').rsplit_once(':').unwrap();
                Address::Port(port.parse().unwrap())
            }
            #[cfg(unix)]
            (None, Some(path)) => Address::Socket(path.into()),
            _ => panic!("{line}"),
        };
        Self {
            process,
            address,
            capability: line["capability"].as_str().unwrap().to_owned(),
        }
    }

    pub(super) fn id(&self) -> u32 {
        self.process.child.id().unwrap()
    }

    pub(super) fn send(&self, line: &str) -> Response {
        self.address.send(&self.capability, line, "")
    }

    pub(super) fn get(&self, path: &str) -> Response {
        self.send(&format!("GET {path}"))
    }

    /// Ends it by Ctrl-C, so that it can finish what it does.
    pub(super) fn interrupt(self) -> Output {
        self.process.interrupt();
        self.process.end().0
    }

    /// Ends it by a signal, which is no error.
    pub(super) fn stop(self) -> Output {
        self.process.terminate().0
    }
}
