//! Which keys there are: the one in use, and those that rotations left in the key set.
//!
//! None is stored anywhere. An RSA signature is the only real cost of the sandbox, so it is made on
//! a blocking thread, as many at a time as there are processors.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use tokio::sync::Semaphore;
use tokio::task;

use crate::crypto::first_key::FirstKey;
use crate::crypto::keys::{KeyError, OldKey, SigningKey};

/// The key in use with those that were kept, and the right to use it.
pub(crate) struct Keys {
    first: FirstKey,
    ring: RwLock<Ring>,
    processors: Arc<Semaphore>,
}

/// What rotations have changed.
#[derive(Default)]
struct Ring {
    /// The key in use, once another took the place of the first one.
    current: Option<Arc<SigningKey>>,
    /// Oldest first.
    kept: Vec<Arc<SigningKey>>,
}

impl Keys {
    pub(crate) fn new(first: FirstKey) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            first,
            ring: RwLock::default(),
            processors: Arc::new(Semaphore::new(processors)),
        }
    }

    /// The same as they were before any rotation.
    pub(crate) fn before_rotations(&self) -> Self {
        Self {
            first: self.first.clone(),
            ring: RwLock::default(),
            processors: Arc::clone(&self.processors),
        }
    }

    /// Whether a signature has to wait for the first key.
    pub(crate) fn is_ready(&self) -> bool {
        self.first.is_ready()
    }

    /// The key in use; waits while the first one is being made.
    pub(crate) async fn current(&self) -> Result<Arc<SigningKey>, KeyError> {
        let rotated = self.ring().current.clone();
        match rotated {
            Some(key) => Ok(key),
            None => self.first.get().await,
        }
    }

    /// The key set: keys that were kept, then the one in use. A client that takes the first
    /// instead of looking at `kid` is found out.
    pub(crate) async fn published(&self) -> Result<Vec<Arc<SigningKey>>, KeyError> {
        let first = self.first.get().await?;
        let ring = self.ring();
        let mut keys = ring.kept.clone();
        keys.push(ring.current.clone().unwrap_or(first));
        Ok(keys)
    }

    /// The same without waiting: none while the first one is being made.
    pub(crate) fn known(&self) -> Vec<Arc<SigningKey>> {
        let ring = self.ring();
        let current = ring.current.clone().or_else(|| self.first.made());
        ring.kept.iter().cloned().chain(current).collect()
    }

    /// Makes a new key and returns its id.
    pub(crate) async fn rotate(&self, old: OldKey) -> Result<String, KeyError> {
        let first = self.first.get().await?;
        let algorithm = first.algorithm;
        let next = task::spawn_blocking(move || SigningKey::generate(algorithm).map(Arc::new));
        let next = next.await.unwrap_or(Err(KeyError))?;
        let kid = next.kid.clone();
        let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
        let replaced = ring.current.replace(next).unwrap_or(first);
        match old {
            OldKey::Gone => ring.kept.clear(),
            OldKey::Kept => ring.kept.push(replaced),
        }
        Ok(kid)
    }

    /// Runs work with the key in use: on a blocking thread if it takes long.
    pub(crate) async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&SigningKey) -> Result<T, KeyError> + Send + 'static,
    ) -> Result<T, KeyError> {
        let key = self.current().await?;
        if key.algorithm.is_quick() {
            return work(&key);
        }
        let _permit = self.processors.acquire().await.map_err(|_| KeyError)?;
        task::spawn_blocking(move || work(&key))
            .await
            .unwrap_or(Err(KeyError))
    }

    fn ring(&self) -> RwLockReadGuard<'_, Ring> {
        self.ring.read().unwrap_or_else(PoisonError::into_inner)
    }
}
