//! Terminals and signals: every command that asks or waits ends as the keyboard and the system
//! want it, leaves the terminal as it was, and stores nothing by halves.

mod answers;
#[cfg(any(target_os = "linux", windows))]
mod keys;
#[cfg(target_os = "linux")]
mod suspended;
mod usage;
