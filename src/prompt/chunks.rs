//! What is read while a person types or pastes, on its way between threads.

use tokio::sync::mpsc;
use zeroize::Zeroizing;

pub(super) type Bytes = Zeroizing<Vec<u8>>;

pub(super) type Chunks = mpsc::UnboundedSender<Bytes>;

/// How many bytes are read at once.
pub(super) const CHUNK: usize = 4096;
