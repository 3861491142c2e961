//! A server that answers what a test tells it to, and remembers what it was sent.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use crate::world::World;

/// The credential of its user.
pub(crate) const TOKEN: &str = "at_canary";

/// One server on a port of its own, for as long as the test.
pub(crate) struct Wire {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Method and target, such as `GET /path?query`.
    pub(crate) line: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The values of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} came twice: {self:?}");
        value
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// An answer of JSON.
pub(crate) fn json(status: u16, body: &str) -> Vec<u8> {
    answer(status, &["content-type: application/json"], body.as_bytes())
}

/// An answer with headers.
pub(crate) fn answer(status: u16, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Said So\r\nconnection: close\r\n");
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    let length = format!("content-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), length.as_bytes(), body].concat()
}

impl Wire {
    /// Gives these answers in turn, and the last one from then on.
    pub(crate) fn answering(answers: Vec<Vec<u8>>) -> Self {
        Self::at(|_| answers)
    }

    /// The same with answers that name its address.
    pub(crate) fn at(answers: impl FnOnce(&str) -> Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answers = answers(&url);
        let requests = Arc::<Mutex<Vec<Request>>>::default();
        let seen = Arc::clone(&requests);
        std::thread::spawn(move || {
            for (count, stream) in listener.incoming().enumerate() {
                let Ok(stream) = stream else { return };
                let answer = answers.get(count).or(answers.last());
                serve(stream, answer.map_or(&[], Vec::as_slice), &seen);
            }
        });
        Self { url, requests }
    }

    /// A user with a credential for this server, who asks once.
    pub(crate) fn user(&self) -> World {
        let mut world = World::new();
        world.set("EPROSPERA_ISSUER", &self.url);
        world.set("EPROSPERA_TOKEN", TOKEN);
        world.set("EPROSPERA_RETRIES", "0");
        world
    }

    /// What it was sent so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The one request that it was sent.
    pub(crate) fn request(&self) -> Request {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0].clone()
    }
}

fn serve(stream: TcpStream, answer: &[u8], seen: &Mutex<Vec<Request>>) {
    let mut reader = BufReader::new(stream);
    let mut rows = Vec::new();
    loop {
        let mut row = String::new();
        if reader.read_line(&mut row).is_err() || row.trim().is_empty() {
            break;
        }
        rows.push(row.trim().to_owned());
    }
    let mut rows = rows.into_iter();
    let Some(line) = rows.next() else { return };
    let headers: Vec<(String, String)> = rows
        .filter_map(|row| {
            let (name, value) = row.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        })
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    let request = Request {
        line: line.trim_end_matches(" HTTP/1.1").to_owned(),
        headers,
        body,
    };
    seen.lock().unwrap().push(request);
    // A client that has enough may leave early.
    drop(reader.into_inner().write_all(answer));
}
