//! The folder of `--tls-ca`: a certificate authority that stays, so that a browser has to trust it
//! only once.
//!
//! It is made on first use. Every step leaves something that the next run, or another one at the same
//! moment, can go on with: the key comes first and is never replaced, and each certificate for that
//! key is as good as the other. A folder that is not such a folder is refused untouched.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use eprospera_sandbox::{Authority, AuthorityError};
use jiff::Timestamp;

use crate::context::Context;
use crate::error::Error;
use crate::files;
use crate::private_file;
use crate::secret::Secret;

const CERTIFICATE: &str = "ca.pem";
const KEY: &str = "ca-key.pem";

/// Begins the file of each key, so that the key of someone else is never taken for one.
const KEY_NOTE: &str = "# The private key of the CA of `eprospera sandbox`. Keep it to yourself.\n";

/// What is wrong with a folder, and the way out.
pub(super) struct Unusable {
    words: String,
    hint: String,
}

impl Unusable {
    fn new(folder: &Path, why: impl std::fmt::Display, hint: impl Into<String>) -> Self {
        Self {
            words: format!("cannot use the CA in {}: {why}", folder.display()),
            hint: hint.into(),
        }
    }

    /// The error, with the place of the setting that named the folder.
    pub(super) fn at(self, place: &str) -> Error {
        Error::usage(format!("{place}{}", self.words)).hint(self.hint)
    }
}

/// What is in a folder.
enum Found {
    /// Nothing, not even the folder perhaps.
    Nothing,
    /// A key whose certificate was not written yet.
    Key(Secret),
    Both(Authority),
}

pub(super) struct CaFolder<'a>(&'a Path);

impl<'a> CaFolder<'a> {
    /// Where the certificate is.
    pub(super) fn certificate(folder: &Path) -> PathBuf {
        folder.join(CERTIFICATE)
    }

    /// Whether a folder can be used. Touches nothing.
    pub(super) fn check(folder: &'a Path) -> Result<(), Unusable> {
        Self(folder).look().map(drop)
    }

    /// The authority that is kept there; a new one on first use.
    pub(super) fn open(folder: &'a Path, context: &Context) -> Result<Authority, Error> {
        let folder = Self(folder);
        let authority = match folder.look().map_err(|error| error.at(""))? {
            Found::Both(authority) => authority,
            Found::Key(key) => folder.certify(&key)?,
            Found::Nothing => folder.make()?,
        };
        if authority.is_due() {
            return folder.renew(authority, context);
        }
        Ok(authority)
    }

    fn key_file(&self) -> PathBuf {
        self.0.join(KEY)
    }

    fn unusable(&self, why: impl std::fmt::Display, hint: impl Into<String>) -> Unusable {
        Unusable::new(self.0, why, hint)
    }

    fn look(&self) -> Result<Found, Unusable> {
        if !self.is_there()? {
            return Ok(Found::Nothing);
        }
        let (key, certificate) = (self.key_file(), Self::certificate(self.0));
        let (has_key, has_certificate) = (is_named(&key), is_named(&certificate));
        let missing = |what: &str, there: &str| {
            let why = format!("there is {there} but no {what}");
            Err(self.unusable(why, ANOTHER_FOLDER))
        };
        match (has_key, has_certificate) {
            (false, false) => self.refuse_others().map(|()| Found::Nothing),
            (false, true) => missing(KEY, CERTIFICATE),
            (true, _) => {
                self.refuse_open_key(&key)?;
                let key = private_file::read(&key).map_err(|error| self.unreadable(&error))?;
                let key = String::from_utf8_lossy(&key.unwrap_or_default()).into_owned();
                let key = Secret::unregistered(key);
                if has_certificate {
                    self.both(&key, &certificate).map(Found::Both)
                } else if key.expose().starts_with(KEY_NOTE) {
                    Ok(Found::Key(key))
                } else {
                    missing(CERTIFICATE, KEY)
                }
            }
        }
    }

    fn both(&self, key: &Secret, certificate: &Path) -> Result<Authority, Unusable> {
        match fs::symlink_metadata(certificate) {
            Ok(found) if !found.is_file() => {
                let why = format!("{CERTIFICATE} is not a regular file");
                return Err(self.unusable(why, ANOTHER_FOLDER));
            }
            _ => {}
        }
        let certificate = files::read(certificate, files::SECRET_LIMIT);
        let certificate = certificate.map_err(|error| {
            let why = format!("cannot read {CERTIFICATE}: {error}");
            self.unusable(why, ANOTHER_FOLDER)
        })?;
        Authority::from_pem(&certificate, key.expose().as_bytes())
            .map_err(|error| self.unusable(error, ANOTHER_FOLDER))
    }

    /// Whether there is a folder, which must then be this user's alone to change.
    fn is_there(&self) -> Result<bool, Unusable> {
        let found = match fs::symlink_metadata(self.without_slash()) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(self.unreadable(&error)),
        };
        if found.is_symlink() {
            return Err(self.unusable(
                "it is a symbolic link",
                "name the folder that the link leads to",
            ));
        }
        if !found.is_dir() {
            return Err(self.unusable("it is not a folder", ANOTHER_FOLDER));
        }
        self.refuse_shared(&found)?;
        Ok(true)
    }

    /// With a slash at its end, a link would be followed.
    fn without_slash(&self) -> PathBuf {
        self.0.components().collect()
    }

    /// A folder with files of other kinds is one that a person named by mistake.
    fn refuse_others(&self) -> Result<(), Unusable> {
        let entries = fs::read_dir(self.0).map_err(|error| self.unreadable(&error))?;
        let leftovers = private_file::all_leftovers(self.0).unwrap_or_default();
        let mut others = entries.flatten().map(|entry| entry.path());
        match others.find(|path| !leftovers.contains(path)) {
            None => Ok(()),
            Some(other) => {
                let name = other.file_name().unwrap_or_default().to_string_lossy();
                let why = format!("it holds other files, such as {name}");
                Err(self.unusable(why, ANOTHER_FOLDER))
            }
        }
    }

    #[cfg(unix)]
    fn refuse_shared(&self, found: &fs::Metadata) -> Result<(), Unusable> {
        use std::os::unix::fs::MetadataExt as _;
        self.refuse_foreign("it", found)?;
        if found.mode() & 0o022 == 0 {
            return Ok(());
        }
        let why = format!(
            "others can write to it (mode {:04o})",
            found.mode() & 0o7777
        );
        Err(self.unusable(why, format!("run `chmod go-w {}`", files::quoted(self.0))))
    }

    #[cfg(unix)]
    fn refuse_foreign(&self, what: &str, found: &fs::Metadata) -> Result<(), Unusable> {
        let (owner, me) = (
            std::os::unix::fs::MetadataExt::uid(found),
            rustix::process::geteuid().as_raw(),
        );
        if owner == me {
            return Ok(());
        }
        let why = format!("{what} belongs to user {owner}, not to user {me}");
        Err(self.unusable(why, ANOTHER_FOLDER))
    }

    /// A key that others could read may be known to them, and people trust what it signs.
    #[cfg(unix)]
    fn refuse_open_key(&self, key: &Path) -> Result<(), Unusable> {
        use std::os::unix::fs::MetadataExt as _;
        let found = fs::symlink_metadata(key).map_err(|error| self.unreadable(&error))?;
        self.refuse_irregular_key(&found)?;
        self.refuse_foreign(KEY, &found)?;
        let of_others = found.mode() & 0o077;
        if of_others == 0 {
            return Ok(());
        }
        let why = format!("others can read {KEY} (mode {:04o})", found.mode() & 0o7777);
        let hint = format!(
            "run `chmod 600 {}` if no one else has read it; otherwise use another folder, and \
             stop trusting this CA",
            files::quoted(key)
        );
        Err(self.unusable(why, hint))
    }

    #[cfg(windows)]
    fn refuse_shared(&self, _found: &fs::Metadata) -> Result<(), Unusable> {
        let access = self.access("it", self.0)?;
        if !access.others_write {
            return Ok(());
        }
        let hint = format!("run `{}`", files::closing_to_others(self.0));
        Err(self.unusable("others can write to it", hint))
    }

    #[cfg(windows)]
    fn refuse_open_key(&self, key: &Path) -> Result<(), Unusable> {
        let found = fs::symlink_metadata(key).map_err(|error| self.unreadable(&error))?;
        self.refuse_irregular_key(&found)?;
        let access = self.access(KEY, key)?;
        if !access.others_read && !access.others_write {
            return Ok(());
        }
        let hint = format!(
            "run `{}` if no one else has read it; otherwise use another folder, and stop trusting this CA",
            files::closing_to_others(key)
        );
        Err(self.unusable(format!("others can read {KEY}"), hint))
    }

    /// Who may use a file or folder, which must be this user's.
    #[cfg(windows)]
    fn access(&self, what: &str, path: &Path) -> Result<eprospera_owner_only::Access, Unusable> {
        let access = eprospera_owner_only::access_at(path);
        let access = access.map_err(|error| self.unreadable(&error))?;
        if access.is_own {
            return Ok(access);
        }
        Err(self.unusable(format!("{what} belongs to another user"), ANOTHER_FOLDER))
    }

    fn refuse_irregular_key(&self, found: &fs::Metadata) -> Result<(), Unusable> {
        if found.is_file() {
            return Ok(());
        }
        let why = format!("{KEY} is not a regular file");
        Err(self.unusable(why, ANOTHER_FOLDER))
    }

    fn unreadable(&self, error: &dyn std::fmt::Display) -> Unusable {
        self.unusable(error, ANOTHER_FOLDER)
    }

    /// Makes a key, unless another run is faster, and its certificate.
    fn make(&self) -> Result<Authority, Error> {
        if !self.0.exists() {
            private_file::ensure_dir(&self.without_slash()).map_err(|error| self.failed(&error))?;
        }
        let fresh = Authority::generate().map_err(Error::failure)?;
        let key = Secret::unregistered(format!("{KEY_NOTE}{}", fresh.key_pem()));
        let is_ours = private_file::create(&self.key_file(), key.expose().as_bytes())
            .map_err(|error| self.failed(&error))?;
        if is_ours {
            return self.put_certificate(fresh);
        }
        match self.look().map_err(|error| error.at(""))? {
            Found::Both(authority) => Ok(authority),
            Found::Key(key) => self.certify(&key),
            Found::Nothing => Err(self.failed(&"its key has vanished")),
        }
    }

    fn certify(&self, key: &Secret) -> Result<Authority, Error> {
        let authority = Authority::from_key_pem(key.expose().as_bytes());
        let refused = |error: AuthorityError| self.unusable(error, ANOTHER_FOLDER).at("");
        self.put_certificate(authority.map_err(refused)?)
    }

    fn put_certificate(&self, authority: Authority) -> Result<Authority, Error> {
        let path = Self::certificate(self.0);
        let is_ours = private_file::create(&path, authority.certificate_pem().as_bytes())
            .map_err(|error| self.failed(&error))?;
        match self.look() {
            // Another run has put one there first.
            Ok(Found::Both(first)) if !is_ours => Ok(first),
            _ => Ok(authority),
        }
    }

    /// A new certificate for the same key.
    fn renew(&self, old: Authority, context: &Context) -> Result<Authority, Error> {
        let path = Self::certificate(self.0);
        let fresh = Authority::from_key_pem(old.key_pem().as_bytes()).map_err(Error::failure)?;
        let expires = Timestamp::try_from(old.expires()).unwrap_or_default();
        let date = expires.strftime("%Y-%m-%d");
        let written = private_file::replace(&path, fresh.certificate_pem().as_bytes());
        match written {
            Ok(()) => {
                context.output.warn(format!(
                    "the CA certificate in {} was valid until {date} and has been renewed: import it \
                     again wherever you imported the old one",
                    path.display()
                ));
                Ok(fresh)
            }
            Err(error) if old.expires() > std::time::SystemTime::now() => {
                context.output.warn(format!(
                    "the CA certificate in {} is valid until {date} and could not be renewed: {error}",
                    path.display()
                ));
                Ok(old)
            }
            Err(error) => Err(self.failed(&error)),
        }
    }

    fn failed(&self, error: &dyn std::fmt::Display) -> Error {
        Error::failure(format!("cannot keep a CA in {}: {error}", self.0.display()))
    }
}

/// The way out of most.
const ANOTHER_FOLDER: &str = "name a new or an empty folder with `--tls-ca`";

/// Whether something has this name, a dangling link included.
fn is_named(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
