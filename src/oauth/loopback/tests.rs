//! The listener with real sockets: what outsiders can and cannot do to a login.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener as Socket, TcpStream};
use std::time::{Duration, Instant};

use super::super::authorize::tests::{metadata, state_of};
use super::super::authorize::{Params, ResponseMode};
use super::*;

/// A listener on a port that the system chose.
fn listener_on(host: &str) -> Listener {
    for _ in 0..20 {
        let port = Socket::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let uri = RedirectUri::parse(&format!("http://{host}:{port}/callback")).unwrap();
        if let Ok(listener) = Listener::bind(&[uri]) {
            return listener;
        }
    }
    panic!("no port is free");
}

/// A login that waits on a listener of its own.
struct Login {
    address: SocketAddr,
    state: String,
    task: JoinHandle<Result<Callback, Error>>,
}

impl Login {
    fn begin(mode: ResponseMode) -> Self {
        Self::begin_at(listener_on("127.0.0.1"), mode, "")
    }

    fn begin_at(listener: Listener, mode: ResponseMode, extra: &str) -> Self {
        let address = listener.sockets[0].local_addr().unwrap();
        let metadata = metadata(extra);
        let params = Params {
            response_mode: mode,
            ..Params::new("client", "openid")
        };
        let authorization = Authorization::begin(&metadata, &params, &listener).unwrap();
        let state = state_of(&authorization);
        let task = tokio::spawn(async move { listener.callback(&authorization, &metadata).await });
        Self {
            address,
            state,
            task,
        }
    }

    fn get(&self, target: &str) -> String {
        let target = target.replace("STATE", &self.state);
        let host = self.address;
        format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n")
    }

    fn post(&self, kind: &str, body: &str) -> String {
        let body = body.replace("STATE", &self.state);
        format!(
            "POST /callback HTTP/1.1\r\nHost: {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        )
    }

    async fn send(&self, request: &str) -> String {
        let (address, request) = (self.address, request.to_owned());
        tokio::task::spawn_blocking(move || send(address, request.as_bytes()))
            .await
            .unwrap()
    }

    fn send_later(&self, request: &str) -> JoinHandle<String> {
        let (address, request) = (self.address, request.to_owned());
        tokio::task::spawn_blocking(move || send(address, request.as_bytes()))
    }

    async fn answered(self) -> Callback {
        tokio::time::timeout(Duration::from_secs(20), self.task)
            .await
            .expect("the login ends")
            .unwrap()
            .unwrap()
    }
}

/// Sends raw bytes and reads the whole answer.
fn send(address: SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    // The listener may answer and close before it has read everything.
    if stream.write_all(request).is_err() {
        return String::from("broken pipe");
    }
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Ok(_) => String::from_utf8(answer).unwrap(),
        Err(error) => error.to_string(),
    }
}

fn status_of(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or(answer)
}

fn location_of(answer: &str) -> String {
    let line = answer
        .lines()
        .find(|line| line.starts_with("Location: "))
        .unwrap();
    line["Location: ".len()..].to_owned()
}

#[tokio::test]
async fn the_browser_sees_success_only_after_the_caller_says_so() {
    let login = Login::begin(ResponseMode::Query);
    let address = login.address;
    let tab = login.send_later(&login.get("/callback?code=c1&state=STATE"));
    let callback = login.answered().await;
    assert_eq!(callback.outcome.unwrap().expose(), "c1");
    assert!(!tab.is_finished(), "the tab waits");
    let done = tokio::spawn(callback.reply.succeed(Some("Ines & Co")));
    let redirect = tab.await.unwrap();
    assert_eq!(status_of(&redirect), "303");
    assert!(redirect.contains("Connection: close") && redirect.contains("Cache-Control: no-store"));
    let clean = location_of(&redirect);
    assert!(clean.starts_with("/callback/") && clean.len() == "/callback/".len() + 22);
    let request = format!("GET {clean} HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let page = tokio::task::spawn_blocking(move || send(address, request.as_bytes()))
        .await
        .unwrap();
    assert_eq!(status_of(&page), "200");
    assert!(page.contains("Ines &#38; Co") && page.ends_with("</html>\n"));
    for header in [
        "Cache-Control: no-store",
        "Referrer-Policy: no-referrer",
        "X-Content-Type-Options: nosniff",
        "Content-Security-Policy: default-src 'none'",
    ] {
        assert!(page.contains(header), "{header}");
    }
    done.await.unwrap();
    assert!(
        TcpStream::connect(address).is_err(),
        "the port is free again"
    );
}
