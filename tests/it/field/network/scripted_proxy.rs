//! An HTTP proxy that does what a test says, and remembers what it was asked.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use super::{in_background, listener};

/// What is sent back, whatever is asked.
#[derive(Clone, Copy)]
pub(super) enum Behaviour {
    /// Connects as it should.
    Tunnel,
    /// Connects at first, and then answers so.
    First(&'static str),
    /// Connects each second time, and answers so at the others.
    Second(&'static str),
    /// These bytes, and the connection is closed.
    Answer(&'static str),
    /// That it connects, and then these bytes in place of the host's own.
    Lie(&'static str),
    /// Nothing, for as long as the client waits.
    Silence,
    /// The connection is cut.
    Reset,
}

pub(super) struct ScriptedProxy {
    /// Host and port.
    pub(super) address: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl ScriptedProxy {
    pub(super) fn new(behaviour: Behaviour) -> Self {
        let (listener, port) = listener();
        let heads = Arc::<Mutex<Vec<String>>>::default();
        let seen = Arc::clone(&heads);
        in_background(move || async move {
            let listener = TcpListener::from_std(listener).unwrap();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, behaviour, Arc::clone(&seen)));
            }
        });
        Self {
            address: format!("127.0.0.1:{port}"),
            heads,
        }
    }

    /// The heads of all requests so far.
    pub(super) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, behaviour: Behaviour, seen: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else {
            return;
        };
        head.push(byte);
    }
    let head = String::from_utf8(head).unwrap();
    let target = head.split(' ').nth(1).unwrap().to_owned();
    let count = {
        let mut heads = seen.lock().unwrap();
        heads.push(head);
        heads.len()
    };
    let behaviour = match behaviour {
        Behaviour::First(answer) if count > 1 => Behaviour::Answer(answer),
        Behaviour::Second(answer) if count % 2 == 0 => Behaviour::Answer(answer),
        behaviour => behaviour,
    };
    match behaviour {
        Behaviour::Answer(bytes) => stream.write_all(bytes.as_bytes()).await.unwrap(),
        // A client that has seen enough may be gone.
        Behaviour::Lie(bytes) => {
            drop(stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await);
            // Of the next connection, which goes on, the beginning of a handshake is read.
            if stream.read_u8().await.is_ok() {
                drop(stream.write_all(bytes.as_bytes()).await);
                drop(stream.shutdown().await);
                // On Windows what was said is lost if the connection is closed with something unread.
                drop(tokio::io::copy(&mut stream, &mut tokio::io::sink()).await);
            }
        }
        Behaviour::Silence => drop(stream.read_u8().await),
        Behaviour::Reset => {
            stream.set_zero_linger().unwrap();
        }
        Behaviour::Tunnel | Behaviour::First(_) | Behaviour::Second(_) => {
            let mut upstream = TcpStream::connect(target).await.unwrap();
            let answer = b"HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n";
            stream.write_all(answer).await.unwrap();
            drop(copy_bidirectional(&mut stream, &mut upstream).await);
        }
    }
}
