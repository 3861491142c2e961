//! Jobs of Windows: what a process group is on Unix.

use std::io;
use std::os::windows::io::{AsRawHandle as _, FromRawHandle as _, OwnedHandle, RawHandle};
use std::os::windows::process::CommandExt as _;
use std::process::Command;
use std::ptr;

use windows_sys::Win32::Foundation::INVALID_HANDLE_VALUE;
use windows_sys::Win32::System::Diagnostics::ToolHelp::{
    CreateToolhelp32Snapshot, TH32CS_SNAPTHREAD, THREADENTRY32, Thread32First, Thread32Next,
};
use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation,
    SetInformationJobObject, TerminateJobObject,
};
use windows_sys::Win32::System::Threading::{
    CREATE_SUSPENDED, OpenProcess, OpenThread, PROCESS_SET_QUOTA, PROCESS_TERMINATE, ResumeThread,
    THREAD_SUSPEND_RESUME,
};

use super::succeeded;

/// How a process ends that is killed, as with [`std::process::Child::kill`].
const KILLED: u32 = 1;

/// One program and all that it starts, directly or not. They end when this is dropped, and when this process ends, however
/// it does.
#[derive(Debug)]
pub struct Job {
    job: OwnedHandle,
    /// The first thread of the program, which does not run yet.
    thread: Option<OwnedHandle>,
}

impl Job {
    /// A job for the program of `command`, which is not to run before [`Job::begin`]: what it starts until then would not belong
    /// to the job.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn around(command: &mut Command) -> io::Result<Self> {
        #[expect(unsafe_code, reason = "std knows no jobs")]
        // SAFETY: Both pointers may be null: the job has no name, and no process inherits it.
        let job = unsafe { CreateJobObjectW(ptr::null(), ptr::null()) };
        let job = owned(job)?;
        let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
        limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
        let size = size_of_val(&limits).try_into().unwrap_or_default();
        #[expect(unsafe_code, reason = "std knows no jobs")]
        // SAFETY: The handle is open, and the structure is of the kind and the size that are named, and outlives the call.
        let limited = unsafe {
            SetInformationJobObject(
                job.as_raw_handle(),
                JobObjectExtendedLimitInformation,
                (&raw const limits).cast(),
                size,
            )
        };
        succeeded(limited)?;
        command.creation_flags(CREATE_SUSPENDED);
        Ok(Self { job, thread: None })
    }

    /// Takes in the program that was started, by its number.
    ///
    /// # Errors
    ///
    /// What the system says. The program is not in the job then, and has not run.
    pub fn add(&mut self, process: u32) -> io::Result<()> {
        #[expect(unsafe_code, reason = "std knows no jobs")]
        // SAFETY: It takes numbers.
        let opened = unsafe { OpenProcess(PROCESS_SET_QUOTA | PROCESS_TERMINATE, 0, process) };
        let opened = owned(opened)?;
        #[expect(unsafe_code, reason = "std knows no jobs")]
        // SAFETY: Both handles are open.
        let assigned =
            unsafe { AssignProcessToJobObject(self.job.as_raw_handle(), opened.as_raw_handle()) };
        succeeded(assigned)?;
        self.thread = Some(first_thread(process)?);
        Ok(())
    }

    /// Lets the program run that was taken in.
    ///
    /// # Errors
    ///
    /// What the system says; none was taken in.
    pub fn begin(&self) -> io::Result<()> {
        let thread = self.thread.as_ref().ok_or(io::ErrorKind::NotFound)?;
        #[expect(unsafe_code, reason = "std resumes no threads")]
        // SAFETY: The handle is open, and permits it.
        let before = unsafe { ResumeThread(thread.as_raw_handle()) };
        if before == u32::MAX {
            return Err(io::Error::last_os_error());
        }
        Ok(())
    }

    /// Ends all that is in the job.
    pub fn kill(&self) {
        #[expect(unsafe_code, reason = "std knows no jobs")]
        // SAFETY: The handle is open. A job that is empty stays as it is.
        unsafe {
            TerminateJobObject(self.job.as_raw_handle(), KILLED)
        };
    }
}

/// What the system has just opened for this process.
fn owned(handle: RawHandle) -> io::Result<OwnedHandle> {
    if handle.is_null() || handle == INVALID_HANDLE_VALUE {
        return Err(io::Error::last_os_error());
    }
    #[expect(unsafe_code, reason = "std makes no handle of what it has not opened")]
    // SAFETY: It is open, and nothing else closes it.
    let owned = unsafe { OwnedHandle::from_raw_handle(handle) };
    Ok(owned)
}

/// The thread of a process that was started suspended: std keeps no handle of it.
fn first_thread(process: u32) -> io::Result<OwnedHandle> {
    #[expect(unsafe_code, reason = "std lists no threads")]
    // SAFETY: It takes numbers.
    let threads = unsafe { CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0) };
    let threads = owned(threads)?;
    let mut entry = THREADENTRY32 {
        dwSize: size_of::<THREADENTRY32>().try_into().unwrap_or_default(),
        ..THREADENTRY32::default()
    };
    #[expect(unsafe_code, reason = "std lists no threads")]
    // SAFETY: The handle is open, and the structure names its size and outlives the call.
    let mut listed = unsafe { Thread32First(threads.as_raw_handle(), &raw mut entry) };
    while entry.th32OwnerProcessID != process {
        succeeded(listed)?;
        #[expect(unsafe_code, reason = "std lists no threads")]
        // SAFETY: As above.
        let next = unsafe { Thread32Next(threads.as_raw_handle(), &raw mut entry) };
        listed = next;
    }
    #[expect(unsafe_code, reason = "std opens no threads")]
    // SAFETY: It takes numbers.
    let thread = unsafe { OpenThread(THREAD_SUSPEND_RESUME, 0, entry.th32ThreadID) };
    owned(thread)
}
