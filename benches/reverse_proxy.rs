//! How long a request takes through the reverse proxy, beside the same request to the portal itself.
//!
//! One client sends both, in turns, each on one connection that stays open. The portal is on the same
//! machine and answers in a fraction of what any real one takes, so that what the proxy adds shows
//! most.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::{Scene, median, row};

const REQUESTS: usize = 10_000;
/// Requests in a row before it is the other's turn.
const TURN: usize = 100;

/// A connection, and what is sent on it again and again.
struct Caller {
    stream: BufReader<TcpStream>,
    request: String,
}

impl Caller {
    fn connect(url: &str, bearer: &str) -> io::Result<Self> {
        let host = url.trim_start_matches("http://").trim_end_matches('/');
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET /api/v1/me/natural-person HTTP/1.1\r\nHost: {host}\r\n\
             Authorization: Bearer {bearer}\r\n\r\n"
        );
        Ok(Self {
            stream: BufReader::new(stream),
            request,
        })
    }

    /// Sends the request and reads the whole answer.
    fn call(&mut self) -> io::Result<Duration> {
        let start = Instant::now();
        self.stream.get_mut().write_all(self.request.as_bytes())?;
        let mut length = None;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        if !line.starts_with("HTTP/1.1 200 ") {
            return Err(io::Error::other(format!("the answer is {}", line.trim())));
        }
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let text = line.trim_end().to_ascii_lowercase();
            if text.is_empty() {
                break;
            }
            if let Some(value) = text.strip_prefix("content-length: ") {
                length = value.parse().ok();
            }
        }
        let length = length.ok_or_else(|| io::Error::other("the answer has no length"))?;
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(start.elapsed())
    }
}

/// `serve` for as long as the value.
struct Served {
    child: Child,
    url: String,
    capability: String,
}

impl Served {
    fn start(scene: &Scene) -> io::Result<Self> {
        let mut child = scene.eprospera(&["serve"]).stdout(Stdio::piped()).spawn()?;
        let stdout = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let object: serde_json::Value = serde_json::from_str(&line)?;
        let text = |name: &str| object[name].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            child,
            url: text("url"),
            capability: text("capability"),
        })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

pub(super) fn report(out: &mut impl io::Write, scene: &Scene) -> io::Result<()> {
    let served = Served::start(scene)?;
    let mut proxied = Caller::connect(&served.url, &served.capability)?;
    let mut direct = Caller::connect(&scene.issuer, &scene.token()?)?;
    for caller in [&mut proxied, &mut direct] {
        (0..TURN).try_for_each(|_| caller.call().map(drop))?;
    }
    let mut times = (Vec::new(), Vec::new());
    while times.0.len() < REQUESTS {
        for _ in 0..TURN {
            times.0.push(proxied.call()?);
        }
        for _ in 0..TURN {
            times.1.push(direct.call()?);
        }
    }
    let pair = (median(times.0), median(times.1));
    row(
        out,
        "10,000 via serve",
        pair,
        ("direct", "1.3x"),
        pair.1 * 13 / 10,
    )
}
