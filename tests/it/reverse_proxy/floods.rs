//! Much at once: large answers, slow readers, many requests.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc;

use super::reads::refuses;
use super::served::{Response, Served};
use crate::memory;
use crate::wire::Wire;
use crate::world::{World, wait_until};

const PIECE: usize = 1024 * 1024;

/// A portal whose answer has so many pieces. It says how many it could send.
fn large_portal(pieces: usize) -> (String, mpsc::Receiver<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sent, is_sent) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        assert!(stream.read(&mut [0; 8192]).unwrap() > 0);
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\ncontent-length: {}\r\n\r\n",
            pieces * PIECE
        );
        let mut written = stream.write_all(head.as_bytes());
        let piece = vec![b'x'; PIECE];
        for count in 1..=pieces {
            written = written.and_then(|()| stream.write_all(&piece));
            if written.is_ok() {
                sent.send(count).unwrap_or_default();
            }
        }
    });
    (url, is_sent)
}

fn user_of(url: &str) -> World {
    let mut world = World::new();
    world.set("EPROSPERA_ISSUER", url);
    world.set("EPROSPERA_TOKEN", "at_canary");
    world
}

#[test]
fn a_large_answer_streams_through_little_memory() {
    const PIECES: usize = 300;
    let (url, _sent) = large_portal(PIECES);
    let world = user_of(&url);
    let served = Served::start(&world, &[]);
    let before = memory::of(served.id(), memory::MOST);
    let mut stream = served.address.connect();
    let request = format!(
        "GET /a HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\r\n",
        served.address.host(),
        served.capability
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut buffer = vec![0; 64 * 1024];
    let mut total = 0;
    loop {
        let read = stream.read(&mut buffer).unwrap();
        if read == 0 {
            break;
        }
        total += read;
    }
    assert!(total > PIECES * PIECE);
    if let (Some(before), Some(after)) = (before, memory::of(served.id(), memory::MOST)) {
        assert!(after - before < 32 * 1024, "{before} KiB, then {after} KiB");
    }
    drop(served.stop());
}

#[test]
fn a_caller_that_does_not_read_keeps_the_rest_at_the_portal() {
    const PIECES: usize = 200;
    let (url, sent) = large_portal(PIECES);
    let world = user_of(&url);
    let served = Served::start(&world, &[]);
    let mut stream = served.address.connect();
    let request = format!(
        "GET /a HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\n\r\n",
        served.address.host(),
        served.capability
    );
    stream.write_all(request.as_bytes()).unwrap();
    // The systems in between take some; then the portal waits.
    let pause = std::time::Duration::from_secs(2);
    let mut last = 0;
    while let Ok(count) = sent.recv_timeout(pause) {
        last = count;
    }
    assert!(last < PIECES, "all {last} pieces were taken");
    drop(served.stop());
}

#[test]
fn more_requests_at_once_than_the_proxy_takes_are_told_to_come_again() {
    let world = World::signed_in();
    world.fault("me:slow=60s*64");
    let served = Served::start(&world, &[]);
    let request = format!(
        "GET /api/v1/me/natural-person HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\n\
         Connection: close\r\n\r\n",
        served.address.host(),
        served.capability
    );
    let mut held = Vec::new();
    for _ in 0..64 {
        let mut stream = served.address.connect();
        stream.write_all(request.as_bytes()).unwrap();
        held.push(stream);
    }
    let ask = || Response::parse(&served.address.exchange(request.as_bytes()));
    wait_until("all places are taken", || world.faults_left().is_empty());
    let response = ask();
    refuses(&response, 429, "too_many_requests", "rate_limited");
    assert!(response.head.contains("retry-after: 1"));
    // Who leaves makes room.
    drop(held);
    wait_until("a place is free", || ask().status == 200);
    drop(served.stop());
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn a_response_that_breaks_off_is_not_passed_as_whole() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\nconnection: close\r\n\r\nhalf";
    let wire = Wire::answering(vec![head.to_vec()]);
    let world = wire.user();
    let served = Served::start(&world, &[]);
    let response = served.get("/a");
    assert_eq!((response.status, response.body.as_str()), (200, "half"));
    assert_eq!(response.content_length(), 100);
    drop(served.stop());
}
