//! The listening socket. A TLS handshake takes as long as its client likes, so each runs beside the
//! others, and only a connection that is ready reaches the server.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::http::connection::{Connection, Peer, Stream};
use crate::http::handshake::Handshaker;
use crate::http::plain_only::PlainOnly;

/// More clients than this are not in a handshake at a time; the others wait.
const MAX_HANDSHAKES: usize = 512;

/// What a socket speaks.
pub(crate) enum Protocol {
    Http(Arc<PlainOnly>),
    Https(Handshaker),
}

/// Accepts connections that can be closed without an answer.
pub(crate) struct SandboxListener {
    socket: TcpListener,
    protocol: Protocol,
    handshakes: JoinSet<Option<(Stream, SocketAddr)>>,
}

impl SandboxListener {
    pub(crate) fn new(socket: TcpListener, protocol: Protocol) -> Self {
        Self {
            socket,
            protocol,
            handshakes: JoinSet::new(),
        }
    }

    async fn next(socket: &mut TcpListener) -> (TcpStream, SocketAddr) {
        let (stream, address) = Listener::accept(socket).await;
        // A small answer must not wait for an acknowledgement.
        stream.set_nodelay(true).unwrap_or_default();
        (stream, address)
    }
}

impl Listener for SandboxListener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            let has_room = self.handshakes.len() < MAX_HANDSHAKES;
            let ready = tokio::select! {
                Some(ended) = self.handshakes.join_next() => ended.ok().flatten(),
                (stream, address) = Self::next(&mut self.socket), if has_room => match &self.protocol {
                    Protocol::Http(check) => {
                        Some((Stream::Plain(stream, Some(Arc::clone(check))), address))
                    }
                    Protocol::Https(tls) => {
                        let handshake = tls.clone().receive(stream);
                        self.handshakes.spawn(async move { Some((handshake.await?, address)) });
                        None
                    }
                },
            };
            if let Some((stream, address)) = ready {
                return (Connection::new(stream), address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }
}

impl Drop for SandboxListener {
    /// Handshakes end by themselves, after the listener: how they end is to be written down.
    fn drop(&mut self) {
        self.handshakes.detach_all();
    }
}

impl Connected<IncomingStream<'_, SandboxListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, SandboxListener>) -> Self {
        stream.io().peer()
    }
}
