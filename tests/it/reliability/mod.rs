//! The fault harness: the built program against the sandbox with its strict reuse detection, while
//! processes are killed, disks fill up, keyrings vanish and answers are cut off.
//!
//! Each part measures, requires what docs/reliability.md promises, and leaves a table in Markdown
//! in `target/tmp/reliability`. Feature `real-parts` runs a sample, feature `reliability` all of
//! it. It needs Linux, root, strace and what the other real parts need.

mod aftermath;
mod bench;
mod canaries;
mod concurrency;
mod false_locks;
mod homes;
mod kill_sweep;
mod network_faults;
mod pauses;
mod permissions;
mod report;
mod signals;
mod store_faults;
mod tracer;
mod truncation;
mod vanishing_keyring;

/// Whether everything is measured, or a sample.
const IS_FULL: bool = cfg!(feature = "reliability");

/// One of two sizes: of the full run, or of a sample.
const fn size(full: usize, sample: usize) -> usize {
    if IS_FULL { full } else { sample }
}
