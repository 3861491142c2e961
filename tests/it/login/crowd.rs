//! A login among outsiders: whoever can reach the port can neither end it nor fill its memory,
//! as seen from the built program.

use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use url::Url;

use crate::memory;
use crate::sign_in::Login;
use crate::world::World;

/// The status that a request gets on a connection of its own.
async fn status_of(address: &str, request: &str) -> u16 {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The server may answer and leave before it has read all of an oversized request.
    stream
        .write_all(request.as_bytes())
        .await
        .unwrap_or_default();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap_or_default();
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).unwrap_or_default();
    status.parse().unwrap_or_default()
}

/// Kinds of requests that no login waits for.
fn junk(address: &str, state: &str) -> Vec<String> {
    let ask =
        |line: &str| format!("{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let long = "x".repeat(64 * 1024);
    let post = |path: &str, body: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    vec![
        String::from("\u{16}\u{3}\u{1} junk\r\n\r\n"),
        ask("GET /elsewhere"),
        ask("GET /favicon.ico"),
        ask("PUT /callback"),
        String::from("GET /callback HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
        ask("DELETE /callback"),
        ask("GET /callback?code=c&state=wrong"),
        ask("GET /callback?error=access_denied"),
        ask(&format!("GET /callback?code=c&code=d&state={state}")),
        post("/callback", &long),
        post("/callback", &long[..16_000]),
        post("/elsewhere", &long[..16_000]),
        ask(&format!("GET /callback?code={long}&state={state}")),
    ]
}

/// Where a login listens.
fn address(login: &Login) -> String {
    let uri = Url::parse(&login.parameter("redirect_uri").unwrap()).unwrap();
    format!("127.0.0.1:{}", uri.port().unwrap())
}

#[test]
fn ten_thousand_outsiders_neither_end_a_login_nor_fill_its_memory() {
    let world = World::new();
    let mut login = world.start_login(&[]);
    let address = address(&login);
    let junk = Arc::new(junk(&address, &login.parameter("state").unwrap()));
    let lurkers = world.block_on(async {
        let mut lurkers = Vec::new();
        for index in 0..200 {
            let mut stream = TcpStream::connect(&address).await.unwrap();
            if index % 2 == 0 {
                stream.write_all(b"GET /callback?code=").await.unwrap();
            }
            lurkers.push(stream);
        }
        let crowd = (0..50).map(|_| {
            let (junk, address) = (Arc::clone(&junk), address.clone());
            tokio::spawn(async move {
                for index in 0..200 {
                    let status = status_of(&address, &junk[index % junk.len()]).await;
                    assert!((400..500).contains(&status), "{index}: {status}");
                }
            })
        });
        for outsider in crowd.collect::<Vec<_>>() {
            outsider.await.unwrap();
        }
        lurkers
    });
    let held = memory::of(login.process.child.id().unwrap(), memory::MOST).unwrap();
    assert!(held < 64 * 1024, "{held} KiB");
    login.visit().says("You are signed in");
    login.end().succeeds();
    assert!(world.record().is_some());
    drop(lurkers);
}
