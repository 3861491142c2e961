//! Runs `tiny_http` behind the gate, with a few threads that hand each request to the rules.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use super::rules::Rules;
use super::upstream::{self, Upstream};
use crate::scratch::ScratchFolder;

/// Threads that answer requests. An answer takes no time, so two are enough.
const THREADS: usize = 2;

/// Threads that `tiny_http` starts for itself, without a way to say that it cannot.
const LIBRARY_THREADS: usize = 6;

/// A running server. Dropping it stops it.
pub(super) struct Backend {
    served: Arc<Served>,
    stopping: Arc<AtomicBool>,
    upstream: Arc<Upstream>,
    threads: Vec<JoinHandle<()>>,
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
        crate::process::require_threads(LIBRARY_THREADS + THREADS)
            .map_err(|error| error.to_string())?;
        let bound = upstream::bind().map_err(|error| error.to_string())?;
        let http = tiny_http::Server::from_listener(bound.listener, None)
            .map_err(|error| error.to_string())?;
        let mut backend = Self {
            served: Arc::new(Served {
                http,
                _folder: bound.folder,
            }),
            stopping: Arc::new(AtomicBool::new(false)),
            upstream: Upstream::to(bound.place),
            threads: Vec::new(),
        };
        for _ in 0..THREADS {
            backend
                .start_thread(rules)
                .map_err(|error| error.to_string())?;
        }
        Ok(backend)
    }

    pub(super) fn upstream(&self) -> Arc<Upstream> {
        Arc::clone(&self.upstream)
    }

    fn start_thread(&mut self, rules: &Arc<Rules>) -> io::Result<()> {
        let (served, stopping) = (Arc::clone(&self.served), Arc::clone(&self.stopping));
        let (upstream, rules) = (Arc::clone(&self.upstream), Arc::clone(rules));
        let work = move || {
            loop {
                match served.http.recv() {
                    Ok(request) if upstream.sent(&request) => rules.answer(request),
                    Ok(stranger) => drop(stranger),
                    Err(_) if stopping.load(Ordering::Relaxed) => return,
                    Err(error) => return rules.fail(&error),
                }
            }
        };
        let thread = std::thread::Builder::new().name("loopback".to_owned());
        self.threads.push(thread.spawn(work)?);
        Ok(())
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        for _ in 0..THREADS {
            self.served.http.unblock();
        }
        // Their share of the socket's folder must be gone before the process ends.
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::debug!("a thread of the listener had panicked");
            }
        }
    }
}
