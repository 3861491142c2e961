//! The proxy that the system's settings name, where a system has such settings: Windows and macOS.

use super::server::Proxy;

/// What to call the settings in a message, where a variable's name would stand.
#[cfg(any(windows, target_os = "macos"))]
const SOURCE: &str = "system settings";

/// The proxy to a host. Only asked where no variable names one.
#[cfg(any(windows, target_os = "macos"))]
pub(super) fn proxy_to(host: &str, port: u16) -> Option<Proxy> {
    use hyper_util::client::proxy::matcher::Matcher;
    use std::sync::OnceLock;

    static SETTINGS: OnceLock<Matcher> = OnceLock::new();
    let target = format!("https://{host}:{port}/").parse().ok()?;
    let settings = SETTINGS.get_or_init(Matcher::from_system);
    let found = settings.intercept(&target)?;
    let proxy = Proxy::parse(&found.uri().to_string(), SOURCE).ok()?;
    tracing::debug!(host, "through {proxy}");
    Some(proxy)
}

/// No system settings to ask.
#[cfg(not(any(windows, target_os = "macos")))]
pub(super) fn proxy_to(_: &str, _: u16) -> Option<Proxy> {
    None
}
