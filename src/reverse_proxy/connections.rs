//! How many connections are open, and which of them makes room for another. It knows nothing of requests.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::AbortHandle;

/// Connections that are open at once.
const MAX_CONNECTIONS: usize = 256;

/// The connections that are open, the oldest first.
pub(super) struct Connections {
    places: Arc<Semaphore>,
    open: Mutex<VecDeque<(Arc<AtomicBool>, AbortHandle)>>,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(MAX_CONNECTIONS)),
            open: Mutex::default(),
        }
    }
}

impl Connections {
    /// A place for one more. Where there is none, the oldest connection makes room that has not shown the
    /// capability: a program that can only connect must not keep out those that have it.
    pub(super) async fn place(&self) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            return Some(place);
        }
        if let Some(oldest) = self.oldest_unproven() {
            oldest.abort();
        }
        // It is never closed.
        Arc::clone(&self.places).acquire_owned().await.ok()
    }

    fn oldest_unproven(&self) -> Option<AbortHandle> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|(_, task)| !task.is_finished());
        let unproven = |(proven, _): &(Arc<AtomicBool>, _)| !proven.load(Ordering::Relaxed);
        let oldest = open.iter().position(unproven)?;
        open.remove(oldest).map(|(_, task)| task)
    }

    pub(super) fn add(&self, is_proven: Arc<AtomicBool>, task: AbortHandle) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= 2 * MAX_CONNECTIONS {
            open.retain(|(_, task)| !task.is_finished());
        }
        open.push_back((is_proven, task));
    }
}
