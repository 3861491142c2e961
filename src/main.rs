//! The `eprospera` command.

fn main() {}
