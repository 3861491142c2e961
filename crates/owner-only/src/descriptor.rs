//! Security descriptors: one that names the user alone, and what another one allows whom.

use std::ffi::c_void;
use std::io;
use std::os::windows::io::RawHandle;
use std::ptr;

use windows_sys::Win32::Foundation::{
    ERROR_SUCCESS, GENERIC_ALL, GENERIC_READ, GENERIC_WRITE, HLOCAL, LocalFree,
};
use windows_sys::Win32::Security::Authorization::{
    ConvertSidToStringSidW, ConvertStringSecurityDescriptorToSecurityDescriptorW, GetSecurityInfo,
    SDDL_REVISION_1, SE_FILE_OBJECT,
};
use windows_sys::Win32::Security::{
    ACCESS_ALLOWED_ACE, ACE_HEADER, ACL, DACL_SECURITY_INFORMATION, EqualSid, GetAce,
    GetTokenInformation, INHERIT_ONLY_ACE, IsWellKnownSid, OWNER_SECURITY_INFORMATION,
    PROTECTED_DACL_SECURITY_INFORMATION, PSECURITY_DESCRIPTOR, PSID, SECURITY_ATTRIBUTES,
    SetKernelObjectSecurity, TOKEN_QUERY, TOKEN_USER, TokenUser, WELL_KNOWN_SID_TYPE,
    WinBuiltinAdministratorsSid, WinCreatorOwnerRightsSid, WinCreatorOwnerSid, WinLocalSystemSid,
};
use windows_sys::Win32::Storage::FileSystem::{
    DELETE, FILE_APPEND_DATA, FILE_DELETE_CHILD, FILE_READ_DATA, FILE_WRITE_ATTRIBUTES,
    FILE_WRITE_DATA, FILE_WRITE_EA, WRITE_DAC, WRITE_OWNER,
};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};

use crate::Access;

/// What a descriptor is for: the list of a folder is inherited by what is made in it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    File,
    Folder,
}

/// What gives away the content.
const READS: u32 = FILE_READ_DATA | GENERIC_READ | GENERIC_ALL;
/// What changes the content, removes it, or changes who may.
const WRITES: u32 = FILE_WRITE_DATA
    | FILE_APPEND_DATA
    | FILE_WRITE_EA
    | FILE_WRITE_ATTRIBUTES
    | FILE_DELETE_CHILD
    | DELETE
    | WRITE_DAC
    | WRITE_OWNER
    | GENERIC_WRITE
    | GENERIC_ALL;

/// Those who can do everything anyway, and names for the owner.
const TRUSTED: [WELL_KNOWN_SID_TYPE; 4] = [
    WinLocalSystemSid,
    WinBuiltinAdministratorsSid,
    WinCreatorOwnerSid,
    WinCreatorOwnerRightsSid,
];

/// Types of entries (`winnt.h`) that allow something, and have the user right behind the rights.
const ACCESS_ALLOWED: u8 = 0;
const ACCESS_ALLOWED_CALLBACK: u8 = 9;
/// Types that allow something, and are laid out in other ways.
const OTHERS_THAT_ALLOW: [u8; 3] = [4, 5, 11];

/// Memory of the system, which is given back.
struct Local(HLOCAL);

impl Drop for Local {
    fn drop(&mut self) {
        #[expect(unsafe_code, reason = "memory of the system")]
        // SAFETY: the system allocated it for the caller to free, and nothing else does.
        unsafe {
            LocalFree(self.0);
        }
    }
}

/// A descriptor that names this user as the owner, and as the only one who may do anything. Its list
/// is protected: it takes nothing over from the folder.
pub(crate) struct Descriptor(Local);

impl Descriptor {
    pub(crate) fn of_owner(kind: Kind) -> io::Result<Self> {
        let user = User::of_process()?.name()?;
        let inherited = match kind {
            Kind::File => "",
            Kind::Folder => "OICI",
        };
        Self::parse(&format!("O:{user}D:P(A;{inherited};FA;;;{user})"))
    }

    /// Reads a descriptor in its text form.
    pub(crate) fn parse(text: &str) -> io::Result<Self> {
        let text: Vec<u16> = text.encode_utf16().chain([0]).collect();
        let mut descriptor: PSECURITY_DESCRIPTOR = ptr::null_mut();
        #[expect(unsafe_code, reason = "a call of the system")]
        // SAFETY: the text ends with a zero, and the call writes one pointer.
        let is_read = unsafe {
            ConvertStringSecurityDescriptorToSecurityDescriptorW(
                text.as_ptr(),
                SDDL_REVISION_1,
                &raw mut descriptor,
                ptr::null_mut(),
            )
        };
        checked(is_read)?;
        Ok(Self(Local(descriptor)))
    }

    /// How a call that makes something takes it. The outcome points into this value.
    pub(crate) fn attributes(&self) -> SECURITY_ATTRIBUTES {
        let size = size_of::<SECURITY_ATTRIBUTES>();
        SECURITY_ATTRIBUTES {
            nLength: u32::try_from(size).expect("it is 24 bytes long"),
            lpSecurityDescriptor: self.0.0,
            bInheritHandle: 0,
        }
    }

    /// Gives its list to something that is there. What is in a folder keeps the list that it has.
    pub(crate) fn apply_to(&self, handle: RawHandle) -> io::Result<()> {
        #[expect(unsafe_code, reason = "a call of the system")]
        // SAFETY: the handle is open, and the descriptor is one.
        let is_applied = unsafe {
            SetKernelObjectSecurity(
                handle,
                DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                self.0.0,
            )
        };
        checked(is_applied)
    }
}

/// Who may use what is open.
pub(crate) fn access(handle: RawHandle) -> io::Result<Access> {
    let user = User::of_process()?;
    let mut owner: PSID = ptr::null_mut();
    let mut list: *mut ACL = ptr::null_mut();
    let mut descriptor: PSECURITY_DESCRIPTOR = ptr::null_mut();
    #[expect(unsafe_code, reason = "a call of the system")]
    // SAFETY: the handle is open, and the call writes three pointers.
    let code = unsafe {
        GetSecurityInfo(
            handle,
            SE_FILE_OBJECT,
            OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
            &raw mut owner,
            ptr::null_mut(),
            &raw mut list,
            ptr::null_mut(),
            &raw mut descriptor,
        )
    };
    succeeded(code)?;
    // Owner and list point into it.
    let _descriptor = Local(descriptor);
    let rights = if list.is_null() {
        // Everybody may do everything.
        u32::MAX
    } else {
        #[expect(unsafe_code, reason = "an access list of the system")]
        // SAFETY: the list is one of the system, and lives as long as the descriptor.
        unsafe {
            rights_of_others(list, &user)?
        }
    };
    #[expect(unsafe_code, reason = "a user of the system")]
    // SAFETY: the owner is null, or one of the system that lives as long as the descriptor.
    let is_own = !owner.is_null() && unsafe { user.is(owner) || is_trusted(owner) };
    Ok(Access {
        is_own,
        others_read: rights & READS != 0,
        others_write: rights & WRITES != 0,
    })
}

/// What a list allows to others than the user and those who can do everything anyway. That something
/// is denied to them before counts for nothing, and so does what is meant for things in a folder.
///
/// # Safety
/// The list has to be valid.
#[expect(unsafe_code, reason = "an access list of the system")]
unsafe fn rights_of_others(list: *const ACL, user: &User) -> io::Result<u32> {
    let mut rights = 0;
    // SAFETY: the list is valid.
    let count = unsafe { (*list).AceCount };
    for index in 0..u32::from(count) {
        let mut entry: *mut c_void = ptr::null_mut();
        // SAFETY: the list is valid, and the call writes one pointer into it.
        checked(unsafe { GetAce(list, index, &raw mut entry) })?;
        // SAFETY: every entry begins with this.
        let header = unsafe { *entry.cast::<ACE_HEADER>() };
        if u32::from(header.AceFlags) & INHERIT_ONLY_ACE != 0 {
            continue;
        }
        if OTHERS_THAT_ALLOW.contains(&header.AceType) {
            rights = u32::MAX;
        }
        if ![ACCESS_ALLOWED, ACCESS_ALLOWED_CALLBACK].contains(&header.AceType) {
            continue;
        }
        let allowed = entry.cast::<ACCESS_ALLOWED_ACE>();
        // SAFETY: an entry of these types has this form; the user's name begins at its last member.
        let (mask, who) = unsafe { ((*allowed).Mask, (&raw mut (*allowed).SidStart).cast()) };
        // SAFETY: it is part of a valid entry.
        if unsafe { !user.is(who) && !is_trusted(who) } {
            rights |= mask;
        }
    }
    Ok(rights)
}

/// # Safety
/// `who` has to be valid.
#[expect(unsafe_code, reason = "a user of the system")]
unsafe fn is_trusted(who: PSID) -> bool {
    TRUSTED
        .into_iter()
        // SAFETY: `who` is valid.
        .any(|known| unsafe { IsWellKnownSid(who, known) } != 0)
}

/// The user that this process runs as.
struct User {
    /// A `TOKEN_USER`, aligned for it, with what it points to.
    token_user: Vec<u64>,
}

impl User {
    fn of_process() -> io::Result<Self> {
        let mut token: RawHandle = ptr::null_mut();
        #[expect(unsafe_code, reason = "a call of the system")]
        // SAFETY: the call writes one handle.
        checked(unsafe { OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token) })?;
        #[expect(
            unsafe_code,
            reason = "std and safe crates cannot ask a handle for its owner"
        )]
        // SAFETY: the handle is open, and nothing else owns it.
        let _token: std::os::windows::io::OwnedHandle =
            unsafe { std::os::windows::io::FromRawHandle::from_raw_handle(token) };
        // The longest name of a user takes 68 bytes beside the 16 of the structure.
        let mut token_user = vec![0_u64; 32];
        let size = u32::try_from(size_of_val(token_user.as_slice())).expect("it is 256 bytes");
        let mut length = 0;
        #[expect(unsafe_code, reason = "a call of the system")]
        // SAFETY: the call writes at most `size` bytes, and a length.
        let is_read = unsafe {
            GetTokenInformation(
                token,
                TokenUser,
                token_user.as_mut_ptr().cast(),
                size,
                &raw mut length,
            )
        };
        checked(is_read)?;
        Ok(Self { token_user })
    }

    fn id(&self) -> PSID {
        #[expect(unsafe_code, reason = "a structure of the system")]
        // SAFETY: the system has written one there, and it is aligned.
        unsafe {
            (*self.token_user.as_ptr().cast::<TOKEN_USER>()).User.Sid
        }
    }

    /// # Safety
    /// `other` has to be valid.
    #[expect(unsafe_code, reason = "a user of the system")]
    unsafe fn is(&self, other: PSID) -> bool {
        // SAFETY: both are valid.
        unsafe { EqualSid(self.id(), other) != 0 }
    }

    /// The user in the text form, `S-1-…`.
    fn name(&self) -> io::Result<String> {
        let mut text: *mut u16 = ptr::null_mut();
        #[expect(unsafe_code, reason = "a call of the system")]
        // SAFETY: the user is valid, and the call writes one pointer.
        checked(unsafe { ConvertSidToStringSidW(self.id(), &raw mut text) })?;
        let owned = Local(text.cast());
        let mut units = Vec::new();
        #[expect(unsafe_code, reason = "a text of the system")]
        // SAFETY: it ends with a zero, at which this stops.
        unsafe {
            let mut at = text;
            while *at != 0 {
                units.push(*at);
                at = at.add(1);
            }
        }
        drop(owned);
        String::from_utf16(&units).map_err(io::Error::other)
    }
}

/// What a call says that answers yes or no.
fn checked(is_done: i32) -> io::Result<()> {
    if is_done == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// What a call says that answers with a code.
fn succeeded(code: u32) -> io::Result<()> {
    if code == ERROR_SUCCESS {
        return Ok(());
    }
    Err(io::Error::from_raw_os_error(code.cast_signed()))
}
