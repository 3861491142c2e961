//! The built-in client with a secret, as a command under test uses it.

use eprospera_sandbox::Client;

use super::super::isolated_env::free_redirect_uris;
use crate::error::Error;

/// The client of `sandbox exec` and `sandbox torture` where none is named.
pub(super) const WEB_CLIENT: &str = "sandbox-web";

/// The built-in web client as a command uses it: with redirect URIs that no other program holds.
pub(super) fn register_free_ports(clients: &[Client]) -> Result<(Client, Vec<String>), Error> {
    let client = clients
        .iter()
        .find(|client| client.id == WEB_CLIENT)
        .ok_or_else(|| Error::failure("the sandbox has no web client"))?;
    let free = free_redirect_uris(3)?;
    let client = Client {
        redirect_uris: free.clone(),
        ..client.clone()
    };
    Ok((client, free))
}
