//! Where an export must not go: over anything that may still be needed.
//!
//! It decides before anything is retired, and changes nothing.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::env;
use crate::error::Error;
use crate::files;
use crate::private_file;
use crate::session::ExportedSession;
use crate::store::Identity;

/// Refuses a place that the export would destroy, or that is this program's own.
pub(super) fn check(file: &Path, identity: &Identity, context: &Context) -> Result<(), Error> {
    let place = file.display();
    if key_files(context).any(|key| is_same(&key, file)) {
        return Err(refused(format!(
            "{place} is the key file in use, which is needed to open the export"
        )));
    }
    if is_in_own_folder(file, context) {
        return Err(refused(format!(
            "{place} is in a folder where eprospera keeps its own files"
        )));
    }
    let Ok(found) = file.metadata() else {
        return Ok(());
    };
    if !found.is_file() {
        return Err(Error::usage(format!("{place} is not a regular file"))
            .hint("the session is still here; name a new file, or `-` for stdout"));
    }
    // A script may have made the file, as `mktemp` does.
    if found.len() == 0 {
        return Ok(());
    }
    let there = files::read(file, private_file::FILE_SIZE_LIMIT)
        .ok()
        .and_then(|bytes| ExportedSession::parse(&place.to_string(), &bytes).ok());
    match there {
        None => Err(refused(format!(
            "{place} already exists and is not an earlier export"
        ))),
        Some(there) if there.label.check(identity).is_err() => {
            Err(Error::conflict(format!("{place} holds another session"))
                .hint("the session is still here; name a new file"))
        }
        Some(_) => Ok(()),
    }
}

fn refused(words: String) -> Error {
    Error::usage(words)
        .hint("nothing was changed, and the session is still here; name a new file elsewhere")
}

fn key_files(context: &Context) -> impl Iterator<Item = PathBuf> {
    [env::STORE_KEY_FILE, env::NEW_STORE_KEY_FILE]
        .into_iter()
        .filter_map(|name| context.environment.get(name).map(PathBuf::from))
}

fn is_in_own_folder(file: &Path, context: &Context) -> bool {
    let own: Vec<_> = context
        .own_folders()
        .iter()
        .filter_map(|folder| folder.canonicalize().ok())
        .collect();
    let places = [name_of(file), file.canonicalize().ok()];
    let is_inside = |place: &PathBuf| own.iter().any(|folder| place.starts_with(folder));
    places.iter().flatten().any(is_inside)
}

/// Whether two paths are one file, or one name: an export takes the place of a symbolic link, not of
/// what the link leads to.
fn is_same(one: &Path, other: &Path) -> bool {
    let are_equal = |one: Option<PathBuf>, other| one.is_some() && one == other;
    are_equal(name_of(one), name_of(other))
        || are_equal(one.canonicalize().ok(), other.canonicalize().ok())
}

/// The path with every symbolic link followed but that of the file itself.
fn name_of(file: &Path) -> Option<PathBuf> {
    let name = file.file_name()?;
    let folder = match file.parent()? {
        folder if folder.as_os_str().is_empty() => Path::new("."),
        folder => folder,
    };
    Some(folder.canonicalize().ok()?.join(name))
}
