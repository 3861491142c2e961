//! A server for tests that gives prepared answers in order, and shows the requests it got.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::http;

use super::discovery::Metadata;
use super::issuer::Issuer;

/// A running server and what is needed to speak to it.
pub(super) struct Scripted {
    pub(super) metadata: Metadata,
    pub(super) http: http::Client,
    /// The requests, once every answer was given.
    pub(super) server: JoinHandle<Vec<String>>,
}

impl Scripted {
    /// Serves raw answers, each on a connection of its own. `ORIGIN` in an answer becomes the
    /// server's origin.
    pub(super) async fn serve(answers: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let answers: Vec<_> = answers
            .iter()
            .map(|text| text.replace("ORIGIN", &origin))
            .collect();
        let issuer = Issuer::parse(&origin).unwrap();
        let metadata = Metadata::parse(&issuer, document(&origin).as_bytes()).unwrap();
        let options = http::Options {
            plain_loopback: true,
            ..http::Options::default()
        };
        let server = tokio::spawn(async move {
            let mut requests = Vec::new();
            for answer in answers {
                let (mut stream, _) = listener.accept().await.unwrap();
                requests.push(read(&mut stream).await);
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
            requests
        });
        Self {
            metadata,
            http: http::Client::open(&options).unwrap(),
            server,
        }
    }
}

/// Sends nothing twice.
pub(super) fn once() -> http::Retries {
    http::Retries {
        most: 0,
        ..http::Retries::default()
    }
}

/// The shortest metadata of an origin.
pub(super) fn document(origin: &str) -> String {
    format!(
        r#"{{"issuer":"{origin}","authorization_endpoint":"{origin}/authorize",
            "token_endpoint":"{origin}/token","jwks_uri":"{origin}/jwks"}}"#
    )
}

/// A JSON answer with status 200.
pub(super) fn json(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{body}")
}

async fn read(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    while !is_complete(&request) {
        let read = stream.read_buf(&mut request).await.unwrap();
        assert_ne!(read, 0, "the client left early");
    }
    String::from_utf8(request).unwrap()
}

fn is_complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}
