//! The key that a sandbox starts with: given, or made while the sandbox already answers.
//!
//! An RSA key takes up to a second to make. Nothing but a signature and the key set needs it, so
//! only these wait. It is made on a thread of its own, which a sandbox that ends early does not
//! wait for, as it would for one of the runtime's.

use std::io;
use std::sync::Arc;
use std::thread;

use tokio::sync::watch;

use crate::crypto::keys::{Algorithm, KeyError, SigningKey};

type Made = Option<Result<Arc<SigningKey>, KeyError>>;

#[derive(Clone)]
pub(crate) struct FirstKey(watch::Receiver<Made>);

impl FirstKey {
    /// Takes a key that there is.
    pub(crate) fn given(key: Arc<SigningKey>) -> Self {
        Self(watch::channel(Some(Ok(key))).1)
    }

    /// Begins to make one.
    pub(crate) fn generate(algorithm: Algorithm) -> io::Result<Self> {
        let (made, key) = watch::channel(None);
        let thread = thread::Builder::new().name("signing-key".to_owned());
        thread.spawn(move || {
            made.send_replace(Some(SigningKey::generate(algorithm).map(Arc::new)));
        })?;
        Ok(Self(key))
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// The key, if it is there already.
    pub(crate) fn made(&self) -> Option<Arc<SigningKey>> {
        self.0.borrow().as_ref()?.as_ref().ok().cloned()
    }

    pub(crate) async fn get(&self) -> Result<Arc<SigningKey>, KeyError> {
        let mut made = self.0.clone();
        // The sender goes without a key only if its thread panicked.
        let key = made.wait_for(Option::is_some).await.map_err(|_| KeyError)?;
        key.clone().unwrap_or(Err(KeyError))
    }
}
