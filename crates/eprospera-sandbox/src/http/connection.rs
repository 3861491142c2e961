//! A connection that can be closed without an answer.
//!
//! A response cannot say "no response". So each connection carries a [`Disconnect`]: once it is
//! triggered, every write to the socket fails and the server lets the connection go.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tokio::io::{self, AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

use crate::http::plain_only::PlainOnly;

/// Closes one connection at its next write.
#[derive(Clone, Default)]
pub(crate) struct Disconnect(Arc<AtomicBool>);

impl Disconnect {
    pub(crate) fn trigger(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub(crate) fn is_triggered(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn check(&self) -> io::Result<()> {
        if self.is_triggered() {
            Err(io::ErrorKind::ConnectionAborted.into())
        } else {
            Ok(())
        }
    }
}

/// What a request needs to know of its connection.
#[derive(Clone)]
pub(crate) struct Peer {
    pub(crate) disconnect: Disconnect,
    pub(crate) is_encrypted: bool,
}

pub(crate) enum Stream {
    /// With what its first bytes are looked at by.
    Plain(TcpStream, Option<Arc<PlainOnly>>),
    Tls(Box<TlsStream<TcpStream>>),
}

pub(crate) struct Connection {
    stream: Stream,
    disconnect: Disconnect,
}

impl Connection {
    pub(crate) fn new(stream: Stream) -> Self {
        Self {
            stream,
            disconnect: Disconnect::default(),
        }
    }

    pub(crate) fn peer(&self) -> Peer {
        Peer {
            disconnect: self.disconnect.clone(),
            is_encrypted: matches!(self.stream, Stream::Tls(..)),
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut self.stream {
            Stream::Plain(stream, check) => {
                let before = buffer.filled().len();
                let read = Pin::new(stream).poll_read(context, buffer);
                let begin = buffer.filled().get(before..).unwrap_or_default();
                if read.is_ready() && check.take().is_some_and(|check| check.is_tls(begin)) {
                    // For the server nothing came, so it closes the connection without an answer.
                    buffer.set_filled(before);
                }
                read
            }
            Stream::Tls(stream) => Pin::new(&mut **stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.disconnect.check()?;
        match &mut self.stream {
            Stream::Plain(stream, _) => Pin::new(stream).poll_write(context, bytes),
            Stream::Tls(stream) => Pin::new(&mut **stream).poll_write(context, bytes),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[std::io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.disconnect.check()?;
        match &mut self.stream {
            Stream::Plain(stream, _) => Pin::new(stream).poll_write_vectored(context, slices),
            Stream::Tls(stream) => Pin::new(&mut **stream).poll_write_vectored(context, slices),
        }
    }

    fn is_write_vectored(&self) -> bool {
        match &self.stream {
            Stream::Plain(stream, _) => stream.is_write_vectored(),
            Stream::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.disconnect.check()?;
        match &mut self.stream {
            Stream::Plain(stream, _) => Pin::new(stream).poll_flush(context),
            Stream::Tls(stream) => Pin::new(&mut **stream).poll_flush(context),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let is_cut = self.disconnect.is_triggered();
        match &mut self.stream {
            Stream::Plain(stream, _) => Pin::new(stream).poll_shutdown(context),
            // A connection that is cut says no goodbye: that would be an answer.
            Stream::Tls(stream) if is_cut => Pin::new(stream.get_mut().0).poll_shutdown(context),
            Stream::Tls(stream) => Pin::new(&mut **stream).poll_shutdown(context),
        }
    }
}
