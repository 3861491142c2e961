//! The signals of Unix, read by an initialiser that the loader runs before `main`.

use std::mem::MaybeUninit;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The signals that are read: those that a program may be asked to leave ignored. Each costs every
/// start one system call.
const SIGNALS: [i32; 7] = [
    libc::SIGHUP,
    libc::SIGINT,
    libc::SIGQUIT,
    libc::SIGPIPE,
    libc::SIGTERM,
    libc::SIGTSTP,
    libc::SIGCHLD,
];

/// One bit for each signal that was ignored: the first stands for signal 0, which there is not.
static IGNORED: AtomicU32 = AtomicU32::new(0);
/// The signals that were blocked.
static BLOCKED: OnceLock<libc::sigset_t> = OnceLock::new();

#[used]
#[expect(unsafe_code, reason = "there is no other way to run before `main`")]
// SAFETY: each of these sections holds functions of this type, which the loader calls once.
#[cfg_attr(
    target_vendor = "apple",
    unsafe(link_section = "__DATA,__mod_init_func")
)]
#[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".init_array"))]
static READ: extern "C" fn() = read;

extern "C" fn read() {
    let ignored = SIGNALS.into_iter().filter(|signal| is_ignored_now(*signal));
    let bits = ignored.fold(0, |bits, signal| bits | (1 << signal));
    IGNORED.store(bits, Ordering::Relaxed);
    if is_ignored(libc::SIGCHLD) {
        let_children_be_waited_for();
    }
    if let Some(blocked) = blocked_now() {
        BLOCKED.get_or_init(|| blocked);
    }
}

/// Where SIGCHLD is ignored, a child leaves nothing to wait for, and every wait fails (POSIX, `wait`).
#[expect(unsafe_code, reason = "no safe call changes a disposition")]
fn let_children_be_waited_for() {
    // SAFETY: it installs no handler, and no other thread runs yet.
    unsafe { libc::signal(libc::SIGCHLD, libc::SIG_DFL) };
}

#[expect(unsafe_code, reason = "no safe call tells it")]
fn is_ignored_now(signal: i32) -> bool {
    let mut action = MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: without a new action the call only writes the present one.
    let outcome = unsafe { libc::sigaction(signal, ptr::null(), action.as_mut_ptr()) };
    // SAFETY: all bytes of it were zero, which is a value of this type, or were written.
    let action = unsafe { action.assume_init() };
    outcome == 0 && action.sa_sigaction == libc::SIG_IGN
}

#[expect(unsafe_code, reason = "no safe call tells it")]
fn blocked_now() -> Option<libc::sigset_t> {
    let mut blocked = MaybeUninit::<libc::sigset_t>::zeroed();
    // SAFETY: without a new set the call only writes the present one.
    let outcome =
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, ptr::null(), blocked.as_mut_ptr()) };
    // SAFETY: it was written.
    (outcome == 0).then(|| unsafe { blocked.assume_init() })
}

pub(crate) fn is_ignored(signal: i32) -> bool {
    SIGNALS.contains(&signal) && IGNORED.load(Ordering::Relaxed) & (1 << signal) != 0
}

#[expect(
    unsafe_code,
    reason = "`Command` offers no safe way to keep a signal as it was"
)]
pub(crate) fn apply_to(command: &mut Command) {
    // The other signals are as they were.
    let ignored = [libc::SIGPIPE, libc::SIGCHLD].map(|signal| is_ignored(signal).then_some(signal));
    let blocked = BLOCKED.get().copied();
    let restore = move || {
        for signal in ignored.into_iter().flatten() {
            // SAFETY: it may be called between `fork` and `exec`, and installs no handler.
            unsafe { libc::signal(signal, libc::SIG_IGN) };
        }
        if let Some(blocked) = blocked {
            // SAFETY: it may be called there, and reads a set that lives on.
            unsafe {
                libc::pthread_sigmask(libc::SIG_SETMASK, &raw const blocked, ptr::null_mut())
            };
        }
        Ok(())
    };
    // SAFETY: what runs there takes no lock and no memory.
    unsafe { command.pre_exec(restore) };
}
