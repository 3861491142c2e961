//! The fault harness: the built program against the sandbox with its strict reuse detection, while
//! processes are killed, disks fill up, keyrings vanish and answers are cut off.
//!
//! Each part measures, requires what docs/reliability.md promises, and leaves a table in Markdown
//! in `target/tmp/reliability`. Feature `real-parts` runs a sample, feature `reliability` all of
//! it. It needs Linux, root, strace and what the other real parts need.

use std::sync::Mutex;

mod aftermath;
mod bench;
mod canaries;
mod concurrency;
mod false_locks;
mod given_tokens;
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

/// How many parts of a measurement go on at once: those with a keyring or a helper wait most of the
/// time.
const AT_ONCE: usize = 4;

/// Does the same with each item, with some of them at once.
fn side_by_side<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let queue = Mutex::new(items.iter().enumerate());
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap().next();
                    let Some((number, item)) = next else {
                        break;
                    };
                    let result = work(item);
                    done.lock().unwrap().push((number, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}
