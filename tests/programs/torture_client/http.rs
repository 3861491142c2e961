//! One request, as simple as can be: a connection for each, which the server closes.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use url::Url;

pub(crate) struct Request {
    url: Url,
    head: String,
    body: Option<String>,
    limit: Option<Duration>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    head: String,
}

impl Request {
    pub(crate) fn new(url: &str) -> Self {
        Self {
            url: url.parse().unwrap(),
            head: String::new(),
            body: None,
            limit: Some(super::LONGEST),
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        for part in [name, ": ", value, "\r\n"] {
            self.head.push_str(part);
        }
        self
    }

    pub(crate) fn post(mut self, form: String) -> Self {
        let length = form.len().to_string();
        self.body = Some(form);
        self.header("Content-Type", "application/x-www-form-urlencoded")
            .header("Content-Length", &length)
    }

    pub(crate) fn within(mut self, limit: Option<Duration>) -> Self {
        self.limit = limit;
        self
    }

    /// The whole of the answer, or an error.
    pub(crate) fn send(self) -> io::Result<Answer> {
        let address = self.url.socket_addrs(|| None)?;
        let mut stream = TcpStream::connect(address.as_slice())?;
        let method = self.body.as_ref().map_or("GET", |_| "POST");
        let query = self
            .url
            .query()
            .map_or_else(String::new, |query| format!("?{query}"));
        let (path, host) = (self.url.path(), self.url.authority());
        // Version 1.0 has neither chunks nor connections that stay.
        let head = format!(
            "{method} {path}{query} HTTP/1.0\r\nHost: {host}\r\n{}\r\n",
            self.head
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(self.body.unwrap_or_default().as_bytes())?;
        Answer::of(&read_all(&mut stream, self.limit)?)
            .ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

/// Opens an address, and what it leads to.
pub(crate) fn follow(address: String) {
    let mut next = Some(address);
    while let Some(address) = next {
        next = Request::new(&address).send().unwrap().location();
    }
}

fn read_all(stream: &mut TcpStream, limit: Option<Duration>) -> io::Result<Vec<u8>> {
    let start = Instant::now();
    let (mut bytes, mut part) = (Vec::new(), [0; 8192]);
    loop {
        if let Some(limit) = limit {
            let left = limit
                .checked_sub(start.elapsed())
                .filter(|left| !left.is_zero());
            stream.set_read_timeout(Some(left.ok_or(io::ErrorKind::TimedOut)?))?;
        }
        match stream.read(&mut part) {
            Ok(0) => return Ok(bytes),
            Ok(count) => bytes.extend_from_slice(&part[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl Answer {
    /// `None` where some of it is missing.
    fn of(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let answer = Self {
            status: head.split(' ').nth(1)?.parse().ok()?,
            body: body.to_owned(),
            head: head.to_owned(),
        };
        let length = answer
            .header("content-length")
            .map_or(Ok(0), |length| length.parse());
        (length.ok()? <= body.len()).then_some(answer)
    }

    fn header(&self, name: &str) -> Option<String> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.to_owned())
    }

    pub(crate) fn location(&self) -> Option<String> {
        self.header("location")
    }

    pub(crate) fn is_good(&self) -> bool {
        self.status == 200
    }
}

pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields).finish()
}

/// A parameter in the query of an address.
pub(crate) fn parameter(address: &str, name: &str) -> Option<String> {
    let address: Url = address.parse().ok()?;
    let mut parameters = address.query_pairs();
    let found = parameters.find(|(known, _)| known == name);
    found.map(|(_, value)| value.into_owned())
}
