//! Consoles: Ctrl-C for another process, a process without a stdout, and the console of this process, as a person uses it.

mod screen;

use std::io;
use std::ptr;

use windows_sys::Win32::System::Console::{
    AttachConsole, CTRL_C_EVENT, FreeConsole, GenerateConsoleCtrlEvent, STD_OUTPUT_HANDLE,
    SetConsoleCtrlHandler, SetStdHandle,
};

use super::succeeded;

pub use screen::Console;

/// Leaves this process, and what it starts from now on, without a stdout.
///
/// # Errors
///
/// What the system says.
pub fn close_stdout() -> io::Result<()> {
    #[expect(unsafe_code, reason = "std closes none")]
    // SAFETY: It takes a number and no handle; the one that was there stays open.
    let set = unsafe { SetStdHandle(STD_OUTPUT_HANDLE, ptr::null_mut()) };
    succeeded(set)
}

/// Sends Ctrl-C to all processes at the console of `process`. This process leaves its own console for that one, and heeds no
/// Ctrl-C any more.
///
/// # Errors
///
/// What the system says, such as that the process has ended or has no console.
pub fn send_ctrl_c(process: u32) -> io::Result<()> {
    #[expect(unsafe_code, reason = "std sends no events")]
    // SAFETY: It has no arguments. Without a console it fails, and the next call works all the same.
    unsafe {
        FreeConsole()
    };
    #[expect(unsafe_code, reason = "std sends no events")]
    // SAFETY: It takes a number.
    let attached = unsafe { AttachConsole(process) };
    succeeded(attached)?;
    send_ctrl_c_here()
}

/// Sends Ctrl-C to all others at the console of this process.
fn send_ctrl_c_here() -> io::Result<()> {
    #[expect(unsafe_code, reason = "std sends no events")]
    // SAFETY: Without a handler, it changes what this process does about Ctrl-C, and nothing is called.
    let ignored = unsafe { SetConsoleCtrlHandler(None, 1) };
    succeeded(ignored)?;
    #[expect(unsafe_code, reason = "std sends no events")]
    // SAFETY: It takes numbers; 0 stands for all processes at this console.
    let sent = unsafe { GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0) };
    succeeded(sent)
}
