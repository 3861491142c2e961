//! Bounds the memory that the work on an answer takes.
//!
//! A document takes many times the room of its text, and a filter may make values for ever. Where
//! the system does not say how much memory the process takes, it is the bound itself.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use memory_stats::memory_stats;

use crate::error::Error;
use crate::interrupt;

/// The most memory that the process takes, in bytes. It has taken a little more before that is
/// noticed. Answers of the largest size take up to 270 MiB.
const MOST: u64 = 280 * 1024 * 1024;
/// How often it is looked at.
const INTERVAL: Duration = Duration::from_millis(2);

/// Ends the process when it takes more memory than the work on an answer needs, for as long as it
/// lives.
pub(super) struct MemoryBound {
    _over: mpsc::Sender<()>,
}

/// Begins to watch.
pub(super) fn bound_memory() -> MemoryBound {
    let (over, is_over) = mpsc::channel();
    let watch = move || {
        while is_over.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
            if resident() > MOST {
                let error =
                    Error::usage("working on this answer needs more than 280 MiB of memory");
                let hint = "ask for fewer items at a time, take fewer values with `limit`, or print \
                            the answer as it is and use another program";
                interrupt::end_with(error.hint(hint));
            }
        }
    };
    // Without it the system is the bound.
    drop(
        std::thread::Builder::new()
            .name("memory".to_owned())
            .spawn(watch),
    );
    MemoryBound { _over: over }
}

/// How much memory this process holds, in bytes; nothing where the system does not say. On Windows it shrinks when
/// the machine has little left, but what was promised to the process has room that it never used.
fn resident() -> u64 {
    let resident = memory_stats().map_or(0, |stats| stats.physical_mem);
    u64::try_from(resident).unwrap_or(u64::MAX)
}
