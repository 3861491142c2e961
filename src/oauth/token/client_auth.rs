//! The client that asks, and how it authenticates where several ways are possible (RFC 8414 §2,
//! `token_endpoint_auth_methods_supported`).
//!
//! A way that the person chose is used whatever the server lists.

use crate::oauth::discovery::Metadata;
use crate::oauth::error::Error;
use crate::oauth::server_text::clean;
use crate::secret::Secret;

const BASIC: &str = "client_secret_basic";
const POST: &str = "client_secret_post";
const NONE: &str = "none";

/// How a client proves itself (RFC 6749 §2.3).
#[derive(Clone, Debug)]
pub(crate) enum ClientAuth {
    /// A public client: it only names itself.
    None,
    /// With a secret, in whichever of the two ways the server knows.
    Any(Secret),
    /// `client_secret_basic`: in the `Authorization` header.
    Basic(Secret),
    /// `client_secret_post`: in the form.
    Post(Secret),
}

/// The client that asks.
#[derive(Clone, Debug)]
pub(crate) struct ClientCredentials {
    /// The client id.
    pub id: String,
    /// Its proof.
    pub auth: ClientAuth,
}

impl ClientCredentials {
    /// The same client, authenticating in a way that the server knows.
    ///
    /// # Errors
    /// [`Error::NoClientAuth`] when the server lists its ways, and none of them is known here.
    pub(crate) fn agreed_with(&self, metadata: &Metadata) -> Result<Self, Error> {
        let listed = &metadata.token_auth_methods;
        let lists = |name: &str| listed.iter().any(|method| method == name);
        let is_chosen = matches!(self.auth, ClientAuth::Basic(_) | ClientAuth::Post(_));
        if is_chosen || listed.is_empty() {
            return Ok(self.clone());
        }
        if ![BASIC, POST, NONE].into_iter().any(lists) {
            return Err(Error::NoClientAuth {
                methods: clean(&listed.join(" or ")),
            });
        }
        let auth = match &self.auth {
            ClientAuth::Any(secret) if lists(BASIC) => ClientAuth::Basic(secret.clone()),
            ClientAuth::Any(secret) if lists(POST) => ClientAuth::Post(secret.clone()),
            // A server that only knows public clients has no use for a secret.
            ClientAuth::Any(_) => ClientAuth::None,
            // Few servers that take public clients list `none`.
            auth => auth.clone(),
        };
        Ok(Self {
            id: self.id.clone(),
            auth,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::issuer::Issuer;

    fn agreed(auth: ClientAuth, methods: &[&str]) -> Result<&'static str, String> {
        let document = serde_json::json!({
            "issuer": "https://id.example",
            "authorization_endpoint": "https://id.example/a",
            "token_endpoint": "https://id.example/t",
            "jwks_uri": "https://id.example/j",
            "token_endpoint_auth_methods_supported": methods,
        });
        let issuer = Issuer::parse("https://id.example").unwrap();
        let metadata = Metadata::parse(&issuer, document.to_string().as_bytes()).unwrap();
        let client = ClientCredentials {
            id: String::from("c"),
            auth,
        };
        match client.agreed_with(&metadata) {
            Ok(client) => Ok(match client.auth {
                ClientAuth::None => NONE,
                ClientAuth::Any(_) => "any",
                ClientAuth::Basic(_) => BASIC,
                ClientAuth::Post(_) => POST,
            }),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn the_way_that_both_know_is_used_and_a_chosen_one_always() {
        let secret = || Secret::new(String::from("s"));
        let any = || ClientAuth::Any(secret());
        for (auth, methods, way) in [
            (any(), &[][..], "any"),
            (any(), &[BASIC], BASIC),
            (any(), &[POST], POST),
            (any(), &[POST, BASIC], BASIC),
            (any(), &["private_key_jwt", POST], POST),
            (any(), &[NONE], NONE),
            (ClientAuth::None, &[POST, BASIC], NONE),
            (ClientAuth::None, &[], NONE),
            (ClientAuth::Basic(secret()), &[POST], BASIC),
            (ClientAuth::Post(secret()), &[BASIC], POST),
            (ClientAuth::Post(secret()), &["private_key_jwt"], POST),
        ] {
            assert_eq!(agreed(auth, methods).as_deref(), Ok(way), "{methods:?}");
        }
    }
}
