//! Runs `tiny_http` behind the gate, with a few threads that hand each request to the rules.
//!
//! `tiny_http` accepts no more after its first error of `accept`, which a visitor that leaves can cause where the way to it
//! is a port. Then another server takes its place, in a new place.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::rules::Rules;
use super::upstream::{self, BoundUpstream, Upstream};
use crate::scratch::ScratchFolder;

/// Threads that answer requests. An answer takes no time, so two are enough.
const THREADS: usize = 2;

/// Threads that `tiny_http` starts for itself, without a way to say that it cannot.
const LIBRARY_THREADS: usize = 6;

/// How many servers may end, one after the other, without a request between. Visitors do not cause more than that.
const MOST_FAILURES: u32 = 20;

/// A running server. Dropping it stops it.
pub(super) struct Backend {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

/// What the threads share.
struct Shared {
    served: Mutex<Arc<Served>>,
    stopping: AtomicBool,
    failures: AtomicU32,
    upstream: Arc<Upstream>,
    rules: Arc<Rules>,
}

/// The server, and the folder of its socket, which it needs until its very end.
struct Served {
    http: tiny_http::Server,
    _folder: Option<ScratchFolder>,
}

impl std::fmt::Debug for Backend {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Backend")
    }
}

impl Backend {
    /// Starts the server and its threads.
    pub(super) fn open(rules: &Arc<Rules>) -> Result<Self, String> {
        let bound = upstream::bind().map_err(|error| error.to_string())?;
        Self::open_at(bound, rules)
    }

    fn open_at(bound: BoundUpstream, rules: &Arc<Rules>) -> Result<Self, String> {
        let place = bound.place.clone();
        let shared = Shared {
            served: Mutex::new(Arc::new(Served::start(bound, THREADS)?)),
            stopping: AtomicBool::new(false),
            failures: AtomicU32::new(0),
            upstream: Upstream::to(place),
            rules: Arc::clone(rules),
        };
        let mut backend = Self {
            shared: Arc::new(shared),
            threads: Vec::new(),
        };
        for _ in 0..THREADS {
            backend.start_thread().map_err(|error| error.to_string())?;
        }
        Ok(backend)
    }

    pub(super) fn upstream(&self) -> Arc<Upstream> {
        Arc::clone(&self.shared.upstream)
    }

    fn start_thread(&mut self) -> io::Result<()> {
        let shared = Arc::clone(&self.shared);
        let thread = std::thread::Builder::new().name("loopback".to_owned());
        self.threads
            .push(thread.spawn(move || shared.answer_all())?);
        Ok(())
    }
}

impl Served {
    fn start(bound: BoundUpstream, threads: usize) -> Result<Self, String> {
        crate::process::require_threads(LIBRARY_THREADS + threads)
            .map_err(|error| error.to_string())?;
        let http = tiny_http::Server::from_listener(bound.listener, None)
            .map_err(|error| error.to_string())?;
        Ok(Self {
            http,
            _folder: bound.folder,
        })
    }
}

impl Shared {
    fn answer_all(&self) {
        loop {
            let served = Arc::clone(&self.served());
            match served.http.recv() {
                Ok(request) => {
                    self.failures.store(0, Ordering::Relaxed);
                    if self.upstream.sent(&request) {
                        self.rules.answer(request);
                    }
                }
                Err(_) if self.stopping.load(Ordering::Relaxed) => return,
                Err(error) => {
                    if let Err(cause) = self.replace(&served, &error) {
                        return self.rules.fail(&cause);
                    }
                }
            }
        }
    }

    /// Puts another server in the place of one that has ended, unless another thread has done so.
    fn replace(&self, ended: &Arc<Served>, error: &io::Error) -> Result<(), String> {
        let mut served = self.served();
        // When all of it stops, the ended one is what unblocks its threads.
        if !Arc::ptr_eq(&served, ended) || self.stopping.load(Ordering::Relaxed) {
            return Ok(());
        }
        if self.failures.fetch_add(1, Ordering::Relaxed) >= MOST_FAILURES {
            return Err(error.to_string());
        }
        tracing::debug!(%error, "another server takes the place of one that ended");
        let bound = upstream::bind().map_err(|error| error.to_string())?;
        let place = bound.place.clone();
        *served = Arc::new(Served::start(bound, 0)?);
        self.upstream.lead_to(place);
        // The other threads wait at the one that ended.
        for _ in 1..THREADS {
            ended.http.unblock();
        }
        Ok(())
    }

    fn served(&self) -> MutexGuard<'_, Arc<Served>> {
        self.served.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::Relaxed);
        let served = Arc::clone(&self.shared.served());
        for _ in 0..THREADS {
            served.http.unblock();
        }
        drop(served);
        // Their share of the socket's folder must be gone before the process ends.
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::debug!("a thread of the listener had panicked");
            }
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::oauth::authorize::redirect::RedirectUri;
    use crate::oauth::authorize::tests::metadata;
    use crate::oauth::authorize::{Authorization, Params};

    #[tokio::test]
    async fn a_server_that_ended_is_replaced_and_requests_are_led_to_the_new_one() {
        let uri = RedirectUri::parse("http://127.0.0.1:8736/callback").unwrap();
        let authorization =
            Authorization::begin(&metadata(""), &Params::new("client", "openid"), &uri).unwrap();
        let (arrive, mut arrivals) = tokio::sync::mpsc::unbounded_channel();
        let rules = Rules::open(&uri, &authorization, arrive, Arc::new(|_| ())).unwrap();
        let bound = upstream::bind().unwrap();
        let tiny_http::Listener::Unix(socket) = &bound.listener else {
            panic!("there is no private socket");
        };
        let socket = socket.try_clone().unwrap();
        let backend = Backend::open_at(bound, &Arc::new(rules)).unwrap();
        let request = b"GET /other HTTP/1.1\r\nHost: 127.0.0.1:8736\r\nConnection: close\r\n\r\n";
        for _ in 0..2 {
            let answer = backend.upstream().ask(request).await.unwrap();
            assert!(answer.starts_with(b"HTTP/1.1 404"));
            rustix::net::shutdown(&socket, rustix::net::Shutdown::Both).unwrap();
        }
        assert!(arrivals.try_recv().is_err(), "the login goes on");
    }
}
