//! What keeps the requests of a child process to this machine from an outgoing proxy, which would look
//! for them on its own.

use crate::env;
use crate::environment::Environment;

/// Hosts that no proxy can reach for this machine.
const LOCAL_HOSTS: &str = "127.0.0.1,localhost";

/// The variables to set where one of these proxies is. Programs differ in which spelling they prefer, so
/// both say the same.
pub(super) fn variables(
    environment: &Environment,
    proxies: &[&str],
) -> Vec<(&'static str, String)> {
    if !proxies.iter().any(|name| environment.text(name).is_some()) {
        return Vec::new();
    }
    let mut names = env::NO_PROXIES.iter();
    let listed = names.find_map(|name| environment.text(name));
    let hosts = match listed {
        Some(listed) => format!("{listed},{LOCAL_HOSTS}"),
        None => LOCAL_HOSTS.to_owned(),
    };
    env::NO_PROXIES.map(|name| (name, hosts.clone())).into()
}
