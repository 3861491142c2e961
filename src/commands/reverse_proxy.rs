//! A reverse proxy for the time of one piece of work, with the tokens of the credential in use: what
//! `exec --proxy` and `serve` have in common.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::net::TcpListener;

use super::access::{Access, AccessBearer};
use crate::context::Context;
use crate::error::Error;
#[cfg(unix)]
use crate::error::Kind;
use crate::portal::Bearer as _;
use crate::process;
use crate::reverse_proxy::{
    Audit, Capability, CurrentToken, Listener, Portal, Rules, Server, TokenDesk, TokenSource,
};
#[cfg(unix)]
use crate::reverse_proxy::{BoundSocket, SocketError};
use crate::secret::Secret;

/// How long requests that are under way at the end may take to be dropped.
const DROP_TIMEOUT: Duration = Duration::from_millis(50);

/// Where the proxy listens, and what passes it.
pub(super) struct ProxyOptions {
    pub(super) listen: Listen,
    /// `None` lets reads pass.
    pub(super) rules: Option<Rules>,
    pub(super) audit: Option<Audit>,
    pub(super) gives_tokens: bool,
}

/// What it listens on.
pub(super) enum Listen {
    Port(SocketAddr),
    #[cfg(unix)]
    Socket(PathBuf),
}

/// How the proxy is reached.
pub(super) struct ProxyAddress {
    pub(super) url: String,
    /// Instead of the host and the port of the URL.
    pub(super) socket: Option<PathBuf>,
    pub(super) capability: Capability,
}

/// The rules of `--allow`.
pub(super) fn rules(given: &[String]) -> Result<Option<Rules>, Error> {
    if given.is_empty() {
        return Ok(None);
    }
    let rules = Rules::parse(given);
    rules.map(Some).map_err(|invalid| {
        let hint = invalid.hint().to_owned();
        Error::usage(invalid).hint(hint)
    })
}

/// The file of `--audit`.
pub(super) fn audit(path: Option<&Path>) -> Result<Option<Audit>, Error> {
    let audit = path.map(Audit::open).transpose();
    audit.map_err(|problem| {
        let hint = problem.hint();
        Error::usage(problem).hint(hint)
    })
}

/// Runs a proxy as long as the work takes. A refresh that is under way at the end is finished: its
/// tokens are stored before the process ends.
pub(super) fn run<T>(
    context: &Context,
    access: &Access,
    options: ProxyOptions,
    work: impl AsyncFnOnce(&ProxyAddress) -> Result<T, Error>,
) -> Result<T, Error> {
    let provider_client = access.server(context)?;
    let capability = Capability::random()?;
    let source = AccessSource {
        bearer: access.bearer(context, &provider_client),
        access,
        context,
    };
    let (tokens, desk) = TokenDesk::open(source, context.clock);
    let portal = Portal::new(
        provider_client.http.clone(),
        context.origin()?,
        provider_client.provider,
    );
    let server = Server::new(portal, tokens, capability.clone(), options.rules)
        .audited(options.audit)
        .giving_tokens(options.gives_tokens);
    let runtime = process::parallel_runtime()?;
    let outcome = runtime.block_on(async {
        let bound = listen(options.listen).await?;
        let serving = tokio::spawn(server.serve(bound.listener));
        let address = ProxyAddress {
            url: bound.url,
            #[cfg(unix)]
            socket: bound.socket.as_ref().map(|socket| socket.path().to_owned()),
            #[cfg(not(unix))]
            socket: None,
            capability,
        };
        let mut desk = std::pin::pin!(desk.run());
        let outcome = tokio::select! {
            biased;
            outcome = work(&address) => outcome,
            () = &mut desk => Err(Error::failure("the proxy stopped unexpectedly")),
        };
        serving.abort();
        tokio::select! {
            biased;
            () = context.interrupts.released() => {}
            () = &mut desk => {}
        }
        outcome
    });
    // Requests that are still under way must not delay the end, but their lines belong into the audit.
    runtime.shutdown_timeout(DROP_TIMEOUT);
    outcome
}

struct Bound {
    listener: Listener,
    url: String,
    /// Its file goes with it.
    #[cfg(unix)]
    socket: Option<BoundSocket>,
}

async fn listen(listen: Listen) -> Result<Bound, Error> {
    #[cfg_attr(
        not(unix),
        expect(
            clippy::infallible_destructuring_match,
            reason = "only Unix has another"
        )
    )]
    let address = match listen {
        Listen::Port(address) => address,
        #[cfg(unix)]
        Listen::Socket(path) => return listen_on_socket(&path),
    };
    let cannot = |error: std::io::Error| {
        Error::failure(format!("cannot listen on {address}: {error}"))
            .hint("choose another port with `--listen`; port 0 takes any free one")
    };
    let listener = TcpListener::bind(address).await.map_err(cannot)?;
    let bound = listener.local_addr().map_err(cannot)?;
    Ok(Bound {
        listener: Listener::Tcp(listener),
        url: format!("http://{bound}"),
        #[cfg(unix)]
        socket: None,
    })
}

#[cfg(unix)]
fn listen_on_socket(path: &Path) -> Result<Bound, Error> {
    let explained = |problem: SocketError| {
        let hint = problem.hint();
        let kind = if problem.is_busy() {
            Kind::Busy
        } else {
            Kind::Usage
        };
        Error::of_kind(kind, problem).hint(hint)
    };
    let socket = BoundSocket::bind(path).map_err(explained)?;
    let failed = |source| Error::failure(format!("cannot listen on {}: {source}", path.display()));
    let listener = socket.listener().try_clone().map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let listener = tokio::net::UnixListener::from_std(listener).map_err(failed)?;
    Ok(Bound {
        listener: Listener::Unix(listener),
        url: "http://localhost".to_owned(),
        socket: Some(socket),
    })
}

/// The tokens of the credential in use, of one account.
struct AccessSource<'a> {
    bearer: AccessBearer<'a>,
    access: &'a Access,
    context: &'a Context,
}

impl AccessSource<'_> {
    fn current(&self) -> Result<Option<CurrentToken>, Error> {
        let record = match self.access {
            Access::Given(given) => {
                return Ok(Some(CurrentToken::AsGiven(given.token.clone())));
            }
            Access::Session(_) => self.access.record()?,
        };
        let Some(record) = record else {
            return Ok(None);
        };
        let began = self.access.seen().map(|seen| &seen.account);
        // The capability was handed out for the first one's data.
        if let Some(began) = began
            && began.subject != record.account.subject
            && !began.subject.is_empty()
        {
            return Err(Error::conflict(format!(
                "{} is signed in now, but this proxy was started for {}",
                record.account.label(),
                began.label()
            ))
            .hint("start the proxy again, or sign in as before with `eprospera login`"));
        }
        let access = record.valid_access(self.context.clock.now()).cloned();
        Ok(access.map(CurrentToken::OfSession))
    }

    async fn refreshed(&self, refused: Option<&Secret>) -> Result<Option<CurrentToken>, Error> {
        // A token can end between two looks at the clock.
        for _ in 0..2 {
            match refused {
                Some(refused) => self.bearer.refreshed(refused).await?,
                None => self.bearer.token().await?,
            };
            if let Some(current) = self.current()? {
                return Ok(Some(current));
            }
        }
        Ok(None)
    }
}

impl TokenSource for AccessSource<'_> {
    fn stored(&self) -> Result<Option<CurrentToken>, Error> {
        self.current()
            .map_err(|error| self.context.explained(error))
    }

    async fn refresh(&self, refused: Option<&Secret>) -> Result<Option<CurrentToken>, Error> {
        let refreshed = self.refreshed(refused).await;
        refreshed.map_err(|error| self.context.explained(error))
    }
}
