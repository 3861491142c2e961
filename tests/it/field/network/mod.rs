//! Proxies, certificate authorities and clocks: what works, and what a failure is called.

mod authority;
mod doctor;
mod proxies;
mod scripted_proxy;
mod socks;
mod trust;
mod variables;

use std::sync::{Arc, Mutex};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

use crate::impostor::Impostor;
use crate::world::World;
pub(crate) use authority::Authority;

/// Runs something asynchronous in a thread of its own, for as long as the test.
fn in_background<F: Future<Output = ()>>(work: impl FnOnce() -> F + Send + 'static) {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().build().unwrap();
        runtime.block_on(work());
    });
}

/// A listener on a port that the system gives out.
pub(crate) fn listener() -> (std::net::TcpListener, u16) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

/// An issuer behind TLS.
pub(crate) struct SecureIssuer {
    issuer: Impostor,
    port: u16,
    tls: Arc<Mutex<Arc<ServerConfig>>>,
}

impl SecureIssuer {
    /// With a certificate of an authority, for 127.0.0.1 and localhost.
    pub(crate) fn trusted_by(authority: &Authority) -> Self {
        Self::with(authority.server(|_| {}))
    }

    /// The same, whose certificate is valid for a while only.
    #[cfg(all(feature = "real-parts", target_os = "linux"))]
    pub(crate) fn trusted_for(
        authority: &Authority,
        from: std::time::SystemTime,
        length: std::time::Duration,
    ) -> Self {
        Self::with(authority.server(|params| {
            params.not_before = from.into();
            params.not_after = (from + length).into();
        }))
    }

    fn with(tls: ServerConfig) -> Self {
        let (listener, port) = listener();
        let mut issuer = Impostor::new();
        let upstream = issuer.url.trim_start_matches("http://").to_owned();
        issuer.url = format!("https://127.0.0.1:{port}");
        issuer.behave();
        let tls = Arc::new(Mutex::new(Arc::new(tls)));
        let shown = Arc::clone(&tls);
        in_background(move || async move {
            let listener = TcpListener::from_std(listener).unwrap();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let acceptor = TlsAcceptor::from(Arc::clone(&*shown.lock().unwrap()));
                let upstream = upstream.clone();
                tokio::spawn(async move {
                    // A client that does not trust the certificate leaves.
                    let Ok(mut stream) = acceptor.accept(stream).await else {
                        return;
                    };
                    let mut upstream = TcpStream::connect(upstream).await.unwrap();
                    drop(copy_bidirectional(&mut stream, &mut upstream).await);
                });
            }
        });
        Self { issuer, port, tls }
    }

    /// Shows another certificate from now on.
    fn show(&self, tls: ServerConfig) {
        *self.tls.lock().unwrap() = Arc::new(tls);
    }

    fn url(&self) -> &str {
        &self.issuer.url
    }

    /// A user who has a credential for it and trusts nobody yet.
    pub(crate) fn user(&self) -> World {
        let mut world = World::new();
        world.set("EPROSPERA_ISSUER", self.url());
        world.set("EPROSPERA_RETRIES", "0");
        world.set("EPROSPERA_TOKEN", "at_canary");
        world
    }

    /// The same, who trusts an authority.
    pub(crate) fn user_who_trusts(&self, authority: &Authority) -> World {
        let mut world = self.user();
        let file = world.write("ca.pem", &authority.pem());
        // Wine can have no roots beside those of the system, only in their place.
        let variable = if cfg!(windows) {
            "SSL_CERT_FILE"
        } else {
            "EPROSPERA_CA_FILE"
        };
        world.set(variable, &file.display().to_string());
        world
    }

    fn is_untouched(&self) -> bool {
        self.issuer.everything().is_empty()
    }
}
