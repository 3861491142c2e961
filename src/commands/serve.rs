//! `serve`: the portal for other programs of this machine, without a token.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use serde_json::json;

use super::access::Access;
use super::reverse_proxy::{self, Listen, ProxyAddress, ProxyOptions};
use crate::cli::ServeArgs;
use crate::context::Context;
use crate::error::Error;

pub(super) fn run(args: &ServeArgs, context: &Context) -> Result<ExitCode, Error> {
    let options = ProxyOptions {
        listen: listen(args)?,
        rules: reverse_proxy::rules(&args.allow)?,
        audit: reverse_proxy::audit(args.audit.as_deref())?,
        gives_tokens: args.token_endpoint,
    };
    let access = Access::open(context)?;
    let _bounded = context.interrupts.bounded();
    reverse_proxy::run(context, &access, options, async |proxy: &ProxyAddress| {
        let mut signals = context.interrupts.listen()?;
        let capability = proxy.capability.secret().expose();
        let line = match &proxy.socket {
            Some(path) => json!({ "socket": path, "capability": capability }),
            None => json!({ "url": proxy.url, "capability": capability }),
        };
        context.output.data(&format!("{line}\n"))?;
        let ended = signals.ended(|| ()).await;
        // A signal is how a server is meant to be ended, so there is nothing to explain.
        Ok(ended.exit_code())
    })
}

fn listen(args: &ServeArgs) -> Result<Listen, Error> {
    match &args.socket {
        None => Ok(Listen::Port(loopback(&args.listen)?)),
        #[cfg(unix)]
        Some(path) => Ok(Listen::Socket(path.clone())),
        #[cfg(not(unix))]
        Some(_) => {
            Err(Error::usage("`--socket` is not available on Windows").hint("use `--listen`"))
        }
    }
}

/// An address that only this machine can reach.
fn loopback(text: &str) -> Result<SocketAddr, Error> {
    let local = text
        .strip_prefix("localhost:")
        .and_then(|port| port.parse().ok())
        .map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let address: Option<SocketAddr> = local.or_else(|| text.parse().ok());
    let hint = "use `127.0.0.1:PORT`, `[::1]:PORT` or `localhost:PORT`; port 0 takes any free one";
    match address {
        Some(address) if address.ip().is_loopback() => Ok(address),
        Some(_) => Err(Error::usage(format!(
            "`--listen {text}` could be reached from other machines, and the proxy is for this one only"
        ))
        .hint(hint)),
        None => Err(
            Error::usage(format!("`--listen {text}` is not an address of this machine with a port"))
                .hint(hint),
        ),
    }
}
