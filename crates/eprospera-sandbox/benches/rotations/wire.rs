//! As much HTTP as the load needs, with as little work as possible: the load generator runs on the
//! processors that it measures.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

pub(crate) const REDIRECT_URI: &str = "http://127.0.0.1:8736/callback";
/// The pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A connection that stays open.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
    cookies: Vec<String>,
}

pub(crate) struct Response {
    status: u16,
    location: String,
    body: String,
}

impl Connection {
    fn open(host: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            host: host.to_owned(),
            cookies: Vec::new(),
        })
    }

    fn send(&mut self, method: &str, path: &str, more: &str, body: &str) -> io::Result<Response> {
        let mut cookies = self.cookies.join("; ");
        if !cookies.is_empty() {
            cookies = format!("Cookie: {cookies}\r\n");
        }
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n{cookies}{more}Content-Length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.receive()
    }

    fn receive(&mut self) -> io::Result<Response> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|text| text.parse().ok());
        let status = status.ok_or_else(|| io::Error::other("no status line"))?;
        let (mut length, mut chunked, mut location) = (0, false, String::new());
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let header = line.trim_end();
            if header.is_empty() {
                break;
            }
            let (name, value) = header.split_once(": ").unwrap_or((header, ""));
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().map_err(io::Error::other)?,
                "transfer-encoding" => chunked = true,
                "location" => value.clone_into(&mut location),
                "set-cookie" => self.keep(value),
                _ => {}
            }
        }
        let mut body = Vec::new();
        while chunked {
            line.clear();
            self.stream.read_line(&mut line)?;
            let size = usize::from_str_radix(line.trim_end(), 16).map_err(io::Error::other)?;
            let from = body.len();
            body.resize(from + size + 2, 0);
            self.stream.read_exact(&mut body[from..])?;
            body.truncate(from + size);
            chunked = size > 0;
        }
        if length > 0 {
            body.resize(length, 0);
            self.stream.read_exact(&mut body)?;
        }
        Ok(Response {
            status,
            location,
            body: String::from_utf8(body).map_err(io::Error::other)?,
        })
    }

    fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        let name = pair.split('=').next().unwrap_or_default();
        self.cookies
            .retain(|kept| kept.split('=').next() != Some(name));
        self.cookies.push(pair.to_owned());
    }
}

/// A string of a JSON object, found without parsing it.
pub(crate) fn field<'a>(json: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = json.split_once(&format!("\"{name}\":\""))?;
    Some(rest.split_once('"')?.0)
}

/// Where a provider is and what it wants.
pub(crate) struct Site {
    host: String,
    client_id: &'static str,
    authorize: &'static str,
    token: &'static str,
    more: &'static str,
}

impl Site {
    pub(crate) fn sandbox(url: &str) -> Self {
        Self {
            host: url.replace("http://", ""),
            client_id: "sandbox-cli",
            authorize: "/api/oauth/authorize",
            token: "/api/oauth/token",
            more: "",
        }
    }

    pub(crate) fn oidc_provider(url: &str) -> Self {
        Self {
            host: url.replace("http://", ""),
            client_id: "public-cli",
            authorize: "/auth",
            token: "/token",
            more: "&prompt=consent&resource=urn:rotations",
        }
    }

    /// A connection, and the first refresh token of a session of its own.
    pub(crate) fn sign_in(&self) -> io::Result<(Connection, String)> {
        let mut connection = Connection::open(&self.host)?;
        let mut path = format!(
            "{}?client_id={}&redirect_uri={REDIRECT_URI}&response_type=code&scope=openid%20offline_access\
             &state=the-state&nonce=the-nonce&code_challenge={CHALLENGE}&code_challenge_method=S256{}",
            self.authorize, self.client_id, self.more
        );
        while !path.starts_with(REDIRECT_URI) {
            let target = path.replace(&format!("http://{}", self.host), "");
            let response = connection.send("GET", &target, "", "")?;
            if response.location.is_empty() {
                return Err(refused(&response));
            }
            path = response.location;
        }
        let code = path
            .split(['?', '&'])
            .find_map(|part| part.strip_prefix("code="));
        let code = code.ok_or_else(|| io::Error::other(path.clone()))?;
        let form = format!(
            "grant_type=authorization_code&client_id={}&code={code}&redirect_uri={REDIRECT_URI}\
             &code_verifier={VERIFIER}",
            self.client_id
        );
        let token = self.ask(&mut connection, &form)?;
        Ok((connection, token))
    }

    /// The next refresh token.
    pub(crate) fn refresh(&self, connection: &mut Connection, token: &str) -> io::Result<String> {
        let form = format!(
            "grant_type=refresh_token&client_id={}&refresh_token={token}",
            self.client_id
        );
        self.ask(connection, &form)
    }

    fn ask(&self, connection: &mut Connection, form: &str) -> io::Result<String> {
        let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
        let response = connection.send("POST", self.token, kind, form)?;
        let token = field(&response.body, "refresh_token").map(str::to_owned);
        // Two dots in each of the two JWTs.
        let dots = response.body.matches('.').count();
        match token {
            Some(token) if response.status == 200 && dots >= 4 => Ok(token),
            _ => Err(refused(&response)),
        }
    }

    /// Reads the whole request log of a sandbox.
    pub(crate) fn read_request_log(&self, control_token: &str) -> io::Result<()> {
        self.control("GET", "/sandbox/journal", control_token, "")
    }

    /// Moves the clock of a sandbox.
    pub(crate) fn advance(&self, control_token: &str, seconds: u64) -> io::Result<()> {
        let body = format!("{{\"advance_seconds\":{seconds}}}");
        self.control("POST", "/sandbox/clock", control_token, &body)
    }

    fn control(&self, method: &str, path: &str, token: &str, body: &str) -> io::Result<()> {
        let mut connection = Connection::open(&self.host)?;
        let bearer = format!("Authorization: Bearer {token}\r\n");
        let response = connection.send(method, path, &bearer, body)?;
        if response.status == 200 {
            return Ok(());
        }
        Err(refused(&response))
    }
}

fn refused(response: &Response) -> io::Error {
    io::Error::other(format!("answered {}: {}", response.status, response.body))
}
