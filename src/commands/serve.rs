//! `serve`: the portal for other programs of this machine, without a token.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use serde_json::json;

use super::access::Access;
use super::reverse_proxy::{self, ProxyAddress, ProxyOptions};
use crate::cli::ServeArgs;
use crate::context::Context;
use crate::error::Error;

pub(super) fn run(args: &ServeArgs, context: &Context) -> Result<ExitCode, Error> {
    let options = ProxyOptions {
        listen: loopback(&args.listen)?,
        rules: reverse_proxy::rules(&args.allow)?,
    };
    let access = Access::open(context)?;
    let _bounded = context.interrupts.bounded();
    reverse_proxy::run(context, &access, options, async |proxy: &ProxyAddress| {
        let mut signals = context.interrupts.listen()?;
        let line = json!({
            "url": proxy.url,
            "capability": proxy.capability.secret().expose(),
        });
        context.output.data(&format!("{line}\n"))?;
        let ended = signals.ended(|| ()).await;
        // A signal is how a server is meant to be ended, so there is nothing to explain.
        Ok(ended.exit_code())
    })
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
