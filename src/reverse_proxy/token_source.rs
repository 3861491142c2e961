//! A fresh access token for each request, for as long as the proxy runs.
//!
//! One task, the [`TokenDesk`], is asked by all requests. It keeps the token that it gave last for a
//! few seconds, so that not every request reads the store, and it has one refresh under way at most:
//! requests that come meanwhile share its outcome, or go on with a token that is still valid. The
//! refresh itself, its lock and its rules are those of every other command ([`TokenSource`]).

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};

use super::refusal::Refusal;
use crate::clock::{Clock, Seconds};
use crate::error::Error;
use crate::secret::Secret;
use crate::session::{AccessToken, Freshness, MinValidity};

/// How long a token is given out without a look into the store, where another command may have
/// signed out or in.
const RECHECK_INTERVAL: Duration = Duration::from_secs(5);
/// How long a valid token is given out before a refresh that failed is tried again.
const RETRY_INTERVAL: Duration = Duration::from_secs(15);
/// How long no refusal leads to a refresh after one that did not help: some routes refuse every token, and
/// each refresh ends the last one.
const USELESS_INTERVAL: Duration = Duration::from_secs(60);
/// Requests that wait for the desk. More than may be under way.
const QUEUE: usize = 256;

/// The access token of a credential.
#[derive(Clone, Debug)]
pub(crate) enum CurrentToken {
    /// One that was given: how long it stays valid is unknown.
    AsGiven(Secret),
    /// That of the session.
    OfSession(AccessToken),
}

impl CurrentToken {
    pub(super) fn secret(&self) -> &Secret {
        match self {
            Self::AsGiven(secret) => secret,
            Self::OfSession(access) => &access.token,
        }
    }

    /// When it ends, if that is known.
    pub(super) fn expires_at(&self) -> Option<Seconds> {
        match self {
            Self::AsGiven(_) => None,
            Self::OfSession(access) => Some(access.expires_at),
        }
    }

    fn is_valid(&self, clock: Clock) -> bool {
        match self {
            Self::AsGiven(_) => true,
            // A request takes its time, too.
            Self::OfSession(access) => access.remaining(clock.now()) > 1,
        }
    }

    fn is_fresh(&self, clock: Clock) -> bool {
        match self {
            Self::AsGiven(_) => true,
            Self::OfSession(access) => {
                let jitter = rand::random();
                access.freshness(MinValidity::Usual, clock.now(), jitter) == Freshness::Fresh
            }
        }
    }
}

/// Where tokens come from: the stored session with its refresh, or a credential that was given.
pub(crate) trait TokenSource {
    /// The access token as it is stored now; `None` where the session has no valid one.
    fn stored(&self) -> Result<Option<CurrentToken>, Error>;

    /// A token that is good for one request, refreshed where needed; where the portal has refused
    /// one, another than that.
    fn refresh(
        &self,
        refused: Option<&Secret>,
    ) -> impl Future<Output = Result<Option<CurrentToken>, Error>>;
}

/// Asks the desk for tokens.
#[derive(Clone)]
pub(crate) struct Tokens {
    desk: mpsc::Sender<TokenRequest>,
    useless: LastUseless,
}

/// The token that was last refused in place of another, and when.
type LastUseless = Arc<Mutex<Option<(Secret, Instant)>>>;

struct TokenRequest {
    /// What the portal has refused.
    refused: Option<Secret>,
    /// Whether it is to last, so that one that is about to end will not do.
    has_to_last: bool,
    reply: oneshot::Sender<Reply>,
}

/// A token, or `None` where there is none but the refused one.
type Reply = Result<Option<CurrentToken>, Refusal>;

impl TokenRequest {
    fn answer(self, reply: Reply) {
        // The caller may have gone.
        drop(self.reply.send(reply));
    }

    fn is_refused(&self, token: &Secret) -> bool {
        let refused = self.refused.as_ref();
        refused.is_some_and(|refused| refused.equals(token.expose()))
    }
}

impl Tokens {
    /// A token that is good for one request.
    pub(super) async fn fresh(&self) -> Result<Secret, Refusal> {
        Ok(self.required(false).await?.secret().clone())
    }

    /// A token that lasts for more than one request, with its end.
    pub(super) async fn lasting(&self) -> Result<CurrentToken, Refusal> {
        self.required(true).await
    }

    async fn required(&self, has_to_last: bool) -> Result<CurrentToken, Refusal> {
        let token = self.ask(None, has_to_last).await?;
        token.ok_or_else(|| Refusal::gateway(&Error::failure("there is no access token")))
    }

    /// Another token than one that the portal has refused with 401, if there is one.
    pub(super) async fn other_than(&self, refused: &Secret) -> Result<Option<Secret>, Refusal> {
        let token = self.ask(Some(refused.clone()), false).await?;
        Ok(token.map(|token| token.secret().clone()))
    }

    /// Notes that the other token was refused, too.
    pub(super) fn was_useless(&self, other: &Secret) {
        let useless = (other.clone(), Instant::now());
        *self.useless.lock().unwrap_or_else(PoisonError::into_inner) = Some(useless);
    }

    async fn ask(&self, refused: Option<Secret>, has_to_last: bool) -> Reply {
        let (reply, answer) = oneshot::channel();
        let request = TokenRequest {
            refused,
            has_to_last,
            reply,
        };
        let ended = || Refusal::gateway(&Error::terminated("the proxy is about to end"));
        self.desk.send(request).await.map_err(|_| ended())?;
        answer.await.map_err(|_| ended())?
    }
}

/// What was given out last.
struct Given {
    token: CurrentToken,
    /// When the store had it.
    seen: Instant,
    /// When a refresh brought no other.
    failed: Option<Instant>,
}

/// Gives out tokens, one decision at a time.
pub(crate) struct TokenDesk<S> {
    source: S,
    clock: Clock,
    requests: mpsc::Receiver<TokenRequest>,
    last: Option<Given>,
    /// What the last refresh after a refusal brought.
    refreshed: Option<Secret>,
    useless: LastUseless,
}

impl<S: TokenSource> TokenDesk<S> {
    pub(crate) fn open(source: S, clock: Clock) -> (Tokens, Self) {
        let (sender, requests) = mpsc::channel(QUEUE);
        let desk = Self {
            source,
            clock,
            requests,
            last: None,
            refreshed: None,
            useless: LastUseless::default(),
        };
        let tokens = Tokens {
            desk: sender,
            useless: Arc::clone(&desk.useless),
        };
        (tokens, desk)
    }

    /// Answers until every sender is gone. Must not be cut off while signals are held.
    pub(crate) async fn run(mut self) {
        while let Some(request) = self.requests.recv().await {
            self.serve(request).await;
        }
    }

    async fn serve(&mut self, request: TokenRequest) {
        if let Some(token) = self.ready(&request) {
            return request.answer(Ok(Some(token)));
        }
        if let Err(error) = self.look() {
            self.last = None;
            return request.answer(Err(Refusal::gateway(&error)));
        }
        if let Some(token) = self.ready(&request) {
            return request.answer(Ok(Some(token)));
        }
        let is_forced = request.refused.is_some();
        if is_forced && self.was_refresh_useless() && self.valid().is_some() {
            return request.answer(Ok(None));
        }
        let refused = request.refused.clone();
        let mut waiting = Vec::new();
        match self.valid().filter(|_| !is_forced && !request.has_to_last) {
            // Its answer need not wait for the refresh.
            Some(token) => request.answer(Ok(Some(token))),
            None => waiting.push(request),
        }
        self.refresh(refused.as_ref(), waiting).await;
    }

    /// Reads what the store has now.
    fn look(&mut self) -> Result<(), Error> {
        let stored = self.source.stored()?;
        let failed = self.last.take().and_then(|last| last.failed);
        self.last = stored.map(|token| Given {
            token,
            seen: Instant::now(),
            failed,
        });
        Ok(())
    }

    /// The token for a request that nothing has to be done for.
    fn ready(&self, request: &TokenRequest) -> Option<CurrentToken> {
        let last = self.last.as_ref()?;
        let is_recent = |at: Instant, interval| at.elapsed() < interval;
        let is_good = last.token.is_fresh(self.clock)
            || last.failed.is_some_and(|at| is_recent(at, RETRY_INTERVAL))
                && last.token.is_valid(self.clock);
        let is_ready = is_good
            && is_recent(last.seen, RECHECK_INTERVAL)
            && !request.is_refused(last.token.secret());
        is_ready.then(|| last.token.clone())
    }

    /// Whether another refresh would most likely not help either. A token of a new login says nothing about
    /// that: its session may have ended, which only a refresh shows.
    fn was_refresh_useless(&self) -> bool {
        let useless = self.useless.lock().unwrap_or_else(PoisonError::into_inner);
        useless.as_ref().is_some_and(|(token, at)| {
            let refreshed = self.refreshed.as_ref();
            at.elapsed() < USELESS_INTERVAL
                && refreshed.is_some_and(|refreshed| refreshed.equals(token.expose()))
        })
    }

    /// The last token while it is valid.
    fn valid(&self) -> Option<CurrentToken> {
        let last = self.last.as_ref()?;
        let is_valid = last.token.is_valid(self.clock);
        is_valid.then(|| last.token.clone())
    }

    /// Refreshes, and answers all who wait for it, also those who come meanwhile.
    async fn refresh(&mut self, refused: Option<&Secret>, mut waiting: Vec<TokenRequest>) {
        let meanwhile = self.valid().filter(|_| refused.is_none());
        let outcome = {
            let mut refresh = std::pin::pin!(self.source.refresh(refused));
            loop {
                tokio::select! {
                    biased;
                    outcome = &mut refresh => break outcome,
                    Some(more) = self.requests.recv() => match &meanwhile {
                        Some(token) if !more.has_to_last && !more.is_refused(token.secret()) => {
                            more.answer(Ok(Some(token.clone())));
                        }
                        _ => waiting.push(more),
                    },
                }
            }
        };
        let now = Instant::now();
        match outcome {
            Ok(token) => {
                for request in waiting {
                    // Even one that is about to end is better than none: should the portal refuse it,
                    // the request comes back for another.
                    let is_good = |token: &CurrentToken| !request.is_refused(token.secret());
                    let token = token.clone().filter(is_good);
                    request.answer(Ok(token));
                }
                if refused.is_some() {
                    self.refreshed = token.as_ref().map(|token| token.secret().clone());
                }
                self.last = token.map(|token| Given {
                    failed: (!token.is_fresh(self.clock)).then_some(now),
                    token,
                    seen: now,
                });
            }
            Err(error) => {
                self.last = None;
                let refusal = Refusal::gateway(&error);
                for request in waiting {
                    request.answer(Err(refusal.clone()));
                }
            }
        }
    }
}
