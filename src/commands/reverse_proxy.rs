//! A reverse proxy for the time of one piece of work, with the tokens of the credential in use: what
//! `exec --proxy` and `serve` have in common.

use std::net::SocketAddr;

use tokio::net::TcpListener;

use super::access::{Access, AccessBearer};
use crate::context::Context;
use crate::error::Error;
use crate::portal::Bearer as _;
use crate::process;
use crate::reverse_proxy::{
    Capability, CurrentToken, Listener, Portal, Rules, Server, TokenDesk, TokenSource,
};
use crate::secret::Secret;

/// Where the proxy listens, and what passes it.
pub(super) struct ProxyOptions {
    pub(super) listen: SocketAddr,
    /// `None` lets reads pass.
    pub(super) rules: Option<Rules>,
}

/// How the proxy is reached.
pub(super) struct ProxyAddress {
    pub(super) url: String,
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
    let portal = Portal {
        http: provider_client.http.clone(),
        origin: context.origin()?,
        provider: provider_client.provider,
    };
    let server = Server::new(portal, tokens, capability.clone(), options.rules);
    let runtime = process::parallel_runtime()?;
    let outcome = runtime.block_on(async {
        let (listener, url) = listen(options.listen).await?;
        let serving = tokio::spawn(server.serve(listener));
        let address = ProxyAddress { url, capability };
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
    // Requests that are still under way must not delay the end.
    runtime.shutdown_background();
    outcome
}

async fn listen(address: SocketAddr) -> Result<(Listener, String), Error> {
    let cannot = |error: std::io::Error| {
        Error::failure(format!("cannot listen on {address}: {error}"))
            .hint("choose another port with `--listen`; port 0 takes any free one")
    };
    let listener = TcpListener::bind(address).await.map_err(cannot)?;
    let bound = listener.local_addr().map_err(cannot)?;
    Ok((Listener::Tcp(listener), format!("http://{bound}")))
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
        match refused {
            Some(refused) => self.bearer.refreshed(refused).await?,
            None => self.bearer.token().await?,
        };
        self.current()
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
