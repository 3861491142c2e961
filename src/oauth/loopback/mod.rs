//! Waits on the registered loopback address for the browser to bring the answer (RFC 8252 §7.3).
//!
//! Anyone on this machine, and any page in the browser, can reach the address. So nothing but the
//! true callback has an effect: everything else gets a 4xx and the wait goes on. Its parts:
//!
//! ```text
//! browser ──▶ gate ──▶ upstream ──▶ backend ──▶ rules ──▶ callback()
//!             bounds   private      tiny_http   verdict   one answer, held until the caller
//!                                                         replies
//! ```
//!
//! The gate exists because `tiny_http` 0.12 trusts its peers: it gives each idle connection a
//! thread, reads heads and bodies without limit or deadline, and panics on a reset. Behind the
//! gate it only ever sees short, complete requests, and the way to it is closed to others.

pub(in crate::oauth) mod page;

mod accept;
mod backend;
mod bind;
mod gate;
mod head;
mod obstacle;
mod rules;
mod upstream;

#[cfg(test)]
mod tests;

use std::net::TcpListener;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use self::backend::Backend;
use self::gate::Gate;
use self::obstacle::Tell;
use self::rules::{Arrival, Rules};
use super::authorize::Authorization;
use super::callback::CallbackResponse;
use super::error::Error;
use crate::clock::timeout;
use crate::oauth::authorize::redirect::RedirectUri;

pub(crate) use self::bind::BindError;
pub(crate) use self::obstacle::Obstacle;

/// How long a browser has to fetch the final page. Only the terminal's prompt waits for it: a program
/// that took the answer may not follow the way to the page.
const FINAL_PAGE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long further tabs with the same address have, once one has fetched it. Some were closed.
const FURTHER_TABS_TIMEOUT: Duration = Duration::from_secs(1);

/// The bound address of a login. Dropping it frees the port.
pub(crate) struct Listener {
    redirect_uri: RedirectUri,
    sockets: Vec<TcpListener>,
    tell: Tell,
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Listener({})", self.redirect_uri)
    }
}

impl Listener {
    /// Binds the first candidate that is free, in order. A literal address binds exactly itself;
    /// `localhost` binds both families.
    pub(crate) fn bind(candidates: &[RedirectUri]) -> Result<Self, BindError> {
        let mut tried = Vec::new();
        for candidate in candidates {
            match bind::sockets(candidate) {
                Ok(sockets) => {
                    return Ok(Self {
                        redirect_uri: candidate.clone(),
                        sockets,
                        tell: Arc::new(|_| ()),
                    });
                }
                Err(reason) => tried.push((candidate.to_string(), reason)),
            }
        }
        Err(BindError { tried })
    }

    /// The same listener, which reports each obstacle once.
    #[must_use]
    pub(crate) fn telling(self, tell: impl Fn(Obstacle) + Send + Sync + 'static) -> Self {
        let told = Mutex::new(Vec::new());
        let once = move |obstacle| {
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            if !told.contains(&obstacle) {
                told.push(obstacle);
                tell(obstacle);
            }
        };
        Self {
            tell: Arc::new(once),
            ..self
        }
    }

    /// The redirect URI that is bound.
    pub(crate) fn redirect_uri(&self) -> &RedirectUri {
        &self.redirect_uri
    }

    /// Waits for the answer to a login that was begun with this listener. It has no deadline:
    /// drop the future to give up, which frees the port at once. It needs a tokio runtime.
    ///
    /// # Errors
    /// [`Error::ListenerFailed`] when no callback can arrive any more.
    pub(crate) async fn callback(self, authorization: &Authorization) -> Result<Callback, Error> {
        let failed = |cause: String| Error::ListenerFailed { cause };
        let (arrive, mut arrivals) = mpsc::unbounded_channel();
        let tell = Arc::clone(&self.tell);
        let rules = Arc::new(Rules::open(
            &self.redirect_uri,
            authorization,
            arrive,
            Arc::clone(&tell),
        )?);
        let backend = Backend::open(&rules).map_err(failed)?;
        let (close, closing) = oneshot::channel();
        let gate = Gate::open(self.sockets, backend.upstream(), tell)
            .map_err(|error| failed(error.to_string()))?;
        let mut gate: Pin<Box<dyn Future<Output = std::io::Error> + Send>> =
            Box::pin(gate.run(closing));
        let (response, request) = tokio::select! {
            biased;
            arrival = arrivals.recv() => match arrival {
                Some(Arrival::Callback(response, request)) => (response, request),
                Some(Arrival::Failed(cause)) => return Err(failed(cause)),
                None => return Err(failed("its threads stopped".to_owned())),
            },
            error = &mut gate => return Err(failed(error.to_string())),
        };
        let reply = BrowserReply {
            request,
            rules,
            running: Running {
                gate: tokio::spawn(gate),
                _backend: backend,
            },
            close,
        };
        Ok(Callback { response, reply })
    }
}

/// The answer to a login, and the browser tab that still waits for its page.
#[derive(Debug)]
pub(crate) struct Callback {
    /// What it says, whose sender is not yet judged.
    pub response: CallbackResponse,
    /// How to answer the tab, once the truth is known.
    pub reply: BrowserReply,
}

/// The browser tab that waits. While it is kept, further requests are answered, and a second
/// callback changes nothing. Dropping it without a word closes the tab's connection.
pub(crate) struct BrowserReply {
    request: Box<tiny_http::Request>,
    rules: Arc<Rules>,
    running: Running,
    close: oneshot::Sender<()>,
}

/// Shows nothing: the request has the code in its target.
impl std::fmt::Debug for BrowserReply {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("BrowserReply")
    }
}

/// What answers requests in the background.
#[derive(Debug)]
struct Running {
    gate: JoinHandle<std::io::Error>,
    _backend: Backend,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.gate.abort();
    }
}

impl BrowserReply {
    /// Shows the success page. Call it when the tokens are verified and stored.
    pub(crate) fn succeed(self, account: Option<&str>) -> FinalPage {
        self.show(page::success(account))
    }

    /// Shows why the login failed and what can be done about it, in the words of the terminal.
    pub(crate) fn fail(self, reason: &str, hints: &[String]) -> FinalPage {
        self.show(page::failure(reason, hints))
    }

    /// Leads the tab to a clean address, which takes the code out of the address bar and out of
    /// the history.
    fn show(self, document: page::PageDocument) -> FinalPage {
        self.rules.finish(*self.request, document);
        FinalPage {
            rules: self.rules,
            running: self.running,
            close: self.close,
        }
    }
}

/// The page that says how a login ended. Nothing is left to wait for but the browser's visit.
#[must_use = "it is there only while it is served"]
pub(crate) struct FinalPage {
    rules: Arc<Rules>,
    running: Running,
    close: oneshot::Sender<()>,
}

impl FinalPage {
    /// Serves the page until each tab has fetched it, for a few seconds at most.
    pub(crate) async fn served(self) {
        let Self {
            rules,
            mut running,
            close,
        } = self;
        let fetched = timeout(FINAL_PAGE_TIMEOUT, rules.fetched()).await;
        let by_all = timeout(FURTHER_TABS_TIMEOUT, rules.fetched_by_all());
        if fetched.is_none() || by_all.await.is_none() {
            tracing::debug!("a browser did not fetch the final page");
        }
        // A closed gate lets the answers that are under way reach the browser.
        if close.send(()).is_ok() {
            let ended = (&mut running.gate).await;
            tracing::trace!(?ended, "the listener is closed");
        }
    }
}
