//! How much memory a sandbox takes under load, where the system tells (Linux, Windows). `cargo bench -p
//! eprospera-sandbox` does the same with 100,000 refreshes; these are a fraction of it, as an
//! unoptimised build needs minutes for the whole.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use serde_json::Value;

use crate::memory;
use crate::sign_in::Process;
use crate::world::World;

/// The pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const CALLBACK: &str = "http://127.0.0.1:8736/callback";

struct Running {
    /// Ends with this value.
    process: Process,
    host: String,
    control_token: String,
    _world: World,
}

impl Running {
    fn start() -> Self {
        let world = World::new();
        let arguments = ["sandbox", "--port", "0", "--auto-approve", "--log", "none"];
        let signing = ["--signing", "EdDSA"];
        let command = world.command(&[&arguments[..], &signing].concat());
        let mut process = world.spawn(command);
        let said: Value = serde_json::from_str(&process.line_of_stdout()).unwrap();
        let text = |name: &str| said[name].as_str().unwrap().to_owned();
        Self {
            process,
            host: text("url").replace("http://", ""),
            control_token: text("control_token"),
            _world: world,
        }
    }

    fn memory(&self, row: &str) -> u64 {
        memory::of(self.process.child.id().unwrap(), row).unwrap()
    }

    fn connect(&self) -> Connection {
        let stream = TcpStream::connect(&self.host).unwrap();
        stream.set_nodelay(true).unwrap();
        let control = format!(
            "Host: {}\r\nAuthorization: Bearer {}",
            self.host, self.control_token
        );
        Connection {
            stream: BufReader::new(stream),
            host: format!("Host: {}", self.host),
            control,
        }
    }
}

/// A connection that stays open.
struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
    control: String,
}

impl Connection {
    fn ask(&mut self, request: &str, headers: &str, body: &str) -> (String, String) {
        let form = "Content-Type: application/x-www-form-urlencoded";
        let length = body.len();
        let text = format!(
            "{request} HTTP/1.1\r\n{headers}\r\n{form}\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.stream.get_mut().write_all(text.as_bytes()).unwrap();
        self.answer()
    }

    fn answer(&mut self) -> (String, String) {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.stream.read_line(&mut head).unwrap() > 0, "{head}");
        }
        let lower = head.to_ascii_lowercase();
        let length = lower.split_once("content-length: ");
        let length = length.map_or(0, |(_, rest)| {
            rest.split_once('\r').unwrap().0.parse().unwrap()
        });
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
        (head, String::from_utf8(body).unwrap())
    }

    /// Signs in, then refreshes.
    fn session(&mut self, refreshes: usize) {
        let host = self.host.clone();
        let target = format!(
            "GET /api/oauth/authorize?client_id=sandbox-cli&redirect_uri={CALLBACK}&response_type=code\
             &scope=openid+offline_access&state=s&nonce=n&code_challenge={CHALLENGE}"
        );
        let (head, _) = self.ask(&target, &host, "");
        let (_, code) = head.split_once("code=").unwrap();
        let code = code.split('&').next().unwrap();
        let mut form = format!(
            "grant_type=authorization_code&client_id=sandbox-cli&code={code}&redirect_uri={CALLBACK}\
             &code_verifier={VERIFIER}"
        );
        for _ in 0..=refreshes {
            let (head, body) = self.ask("POST /api/oauth/token", &host, &form);
            assert!(head.starts_with("HTTP/1.1 200"), "{head}{body}");
            let answer: Value = serde_json::from_str(&body).unwrap();
            let token = answer["refresh_token"].as_str().unwrap();
            form = format!("grant_type=refresh_token&client_id=sandbox-cli&refresh_token={token}");
        }
    }
}

#[test]
fn sessions_take_little_memory_and_give_it_back_when_they_have_expired() {
    const SESSIONS: usize = 200;
    const REFRESHES: usize = 5;
    // 64 MB for a hundred times as many; the fixed cost of threads and buffers comes on top, of which the heap of Windows has more.
    let most = if cfg!(windows) { 8_000 } else { 4_000 };
    let sandbox = Running::start();
    // What the first requests set up is not counted.
    sandbox.connect().session(REFRESHES);
    let before = sandbox.memory(memory::ANONYMOUS);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut connection = sandbox.connect();
                (0..SESSIONS / 4).for_each(|_| connection.session(REFRESHES));
            });
        }
    });
    let grown = sandbox.memory(memory::ANONYMOUS).saturating_sub(before);
    assert!(grown < most, "{grown} KiB");
    let control = sandbox.connect().control;
    let body = "{\"advance_seconds\": 15638400}";
    let (head, _) = sandbox.connect().ask("POST /sandbox/clock", &control, body);
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    let kept = sandbox.memory(memory::ANONYMOUS).saturating_sub(before);
    assert!(kept < most, "{kept} KiB");
}

#[test]
fn reading_a_large_request_log_takes_no_more_memory_than_a_piece_of_it() {
    // The heap of Windows grows by a megabyte at once.
    const REQUESTS: usize = if cfg!(windows) { 12_000 } else { 5000 };
    let sandbox = Running::start();
    let mut connection = sandbox.connect();
    let request = format!("GET /nowhere HTTP/1.1\r\n{}\r\n\r\n", connection.host);
    let batch = request.repeat(100);
    for _ in 0..REQUESTS / 100 {
        let stream = connection.stream.get_mut();
        stream.write_all(batch.as_bytes()).unwrap();
        (0..100).for_each(|_| drop(connection.answer()));
    }
    let before = sandbox.memory(memory::MOST);
    let mut reader = sandbox.connect();
    let request = format!(
        "GET /sandbox/journal HTTP/1.1\r\n{}\r\nConnection: close\r\n\r\n",
        reader.control
    );
    reader
        .stream
        .get_mut()
        .write_all(request.as_bytes())
        .unwrap();
    let mut answer = String::new();
    reader.stream.read_to_string(&mut answer).unwrap();
    assert_eq!(answer.matches("\"sequence\":").count(), REQUESTS);
    let grown = sandbox.memory(memory::MOST).saturating_sub(before);
    // A fifth of a kilobyte for each; what is made at once, in buffers of the connection, has less than all.
    let least = REQUESTS / 5;
    assert!(answer.len() > least * 1000, "{}", answer.len());
    assert!(grown < u64::try_from(least).unwrap(), "{grown} KiB");
}
