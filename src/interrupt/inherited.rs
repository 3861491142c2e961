//! Signals that were ignored when this process started: `nohup`, a shell's `trap ''`, a job in the
//! background of a script. They stay ignored, here and in every program that is started from here.

use std::sync::OnceLock;

/// The signals as a set of bits: the first stands for signal 1.
static IGNORED: OnceLock<u64> = OnceLock::new();

/// Whether a signal was ignored at the start. It must be asked before the signal is listened for,
/// as that ends its being ignored.
pub(super) fn is_ignored(signal: i32) -> bool {
    let ignored = *IGNORED.get_or_init(|| read().and_then(|text| parse(&text)).unwrap_or(0));
    bit(signal).is_some_and(|bit| ignored & bit != 0)
}

fn bit(signal: i32) -> Option<u64> {
    1_u64.checked_shl(u32::try_from(signal - 1).ok()?)
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn read() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    line.map(str::to_owned)
}

/// The BSDs and macOS have no file that says so, and no safe call.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn read() -> Option<String> {
    let id = std::process::id().to_string();
    let mut ps = std::process::Command::new("/bin/ps");
    ps.args(["-o", "ignored=", "-p", &id])
        .env_clear()
        .stdin(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    String::from_utf8(ps.output().ok()?.stdout).ok()
}

fn parse(text: &str) -> Option<u64> {
    u64::from_str_radix(text.trim(), 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_signals_is_read_bit_by_bit() {
        let set = parse("\t0000000000001001\n").unwrap();
        let has = |signal| set & bit(signal).unwrap() != 0;
        assert!(has(1) && has(13) && !has(2) && !has(15));
        assert_eq!(parse("none"), None);
        assert_eq!((bit(0), bit(65), bit(64)), (None, None, Some(1 << 63)));
    }
}
