//! The `eprospera` command.

#[cfg(test)]
#[cfg(all(feature = "real-parts", target_os = "linux"))]
mod real_parts;

fn main() {}
