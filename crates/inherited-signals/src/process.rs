//! Other processes on Windows: how much memory one takes, and one that stands still.

use std::io;
use std::os::windows::io::{AsRawHandle as _, FromRawHandle as _, OwnedHandle};

use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::System::ProcessStatus::{K32GetProcessMemoryInfo, PROCESS_MEMORY_COUNTERS};
use windows_sys::Win32::System::Threading::{
    OpenProcess, PROCESS_ACCESS_RIGHTS, PROCESS_QUERY_LIMITED_INFORMATION, PROCESS_SUSPEND_RESUME,
};

use crate::succeeded;

#[expect(unsafe_code, reason = "no crate that is here declares them")]
#[link(name = "ntdll", kind = "raw-dylib")]
unsafe extern "system" {
    fn NtSuspendProcess(process: HANDLE) -> i32;
    fn NtResumeProcess(process: HANDLE) -> i32;
}

/// How much memory a process takes, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// The most that it has held.
    pub most: usize,
    /// What is its own: no pages of files, such as the program's.
    pub private: usize,
}

/// How much memory a living process takes.
///
/// # Errors
///
/// That of the system, for example when the process has ended.
pub fn memory_of(process: u32) -> io::Result<Memory> {
    let process = open(process, PROCESS_QUERY_LIMITED_INFORMATION)?;
    let mut counters = PROCESS_MEMORY_COUNTERS::default();
    let size = u32::try_from(size_of_val(&counters)).unwrap_or_default();
    #[expect(unsafe_code, reason = "std does not measure")]
    // SAFETY: The handle is of an open process, and the structure, whose size is named, outlives the call.
    let known =
        unsafe { K32GetProcessMemoryInfo(process.as_raw_handle(), &raw mut counters, size) };
    succeeded(known)?;
    Ok(Memory {
        most: counters.PeakWorkingSetSize,
        private: counters.PagefileUsage,
    })
}

/// Lets all threads of a process stand still, as when it is suspended in Windows' own Resource Monitor.
///
/// # Errors
///
/// That of the system, for example when the process has ended.
pub fn suspend(process: u32) -> io::Result<()> {
    let process = open(process, PROCESS_SUSPEND_RESUME)?;
    #[expect(unsafe_code, reason = "std suspends no processes")]
    // SAFETY: The handle is of an open process.
    let status = unsafe { NtSuspendProcess(process.as_raw_handle()) };
    done(status)
}

/// Lets a suspended process go on.
///
/// # Errors
///
/// That of the system, for example when the process has ended.
pub fn resume(process: u32) -> io::Result<()> {
    let process = open(process, PROCESS_SUSPEND_RESUME)?;
    #[expect(unsafe_code, reason = "std resumes no processes")]
    // SAFETY: The handle is of an open process.
    let status = unsafe { NtResumeProcess(process.as_raw_handle()) };
    done(status)
}

fn done(status: i32) -> io::Result<()> {
    if status < 0 {
        return Err(io::Error::other(format!("status {status:#x}")));
    }
    Ok(())
}

fn open(process: u32, rights: PROCESS_ACCESS_RIGHTS) -> io::Result<OwnedHandle> {
    #[expect(unsafe_code, reason = "std opens no processes")]
    // SAFETY: It takes numbers.
    let handle = unsafe { OpenProcess(rights, 0, process) };
    if handle.is_null() {
        return Err(io::Error::last_os_error());
    }
    #[expect(unsafe_code, reason = "std knows no other way to own a handle")]
    // SAFETY: It was just opened, and nothing else closes it.
    Ok(unsafe { OwnedHandle::from_raw_handle(handle) })
}
