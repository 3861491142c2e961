//! Which `eprospera` a shell starts. The official Node tool has the same name.

use std::fs;
use std::path::{Path, PathBuf};

use super::checkup::Checkup;
use super::code::Code;
use super::row::Row;
use crate::cli::DoctorGroup::Program as GROUP;
use crate::files::prepending_to_path;

/// How much of a file says what it is.
const HEAD: usize = 64;

pub(super) fn check(checkup: &Checkup<'_>) -> Vec<Row> {
    let here = std::env::current_exe().ok();
    let version = env!("CARGO_PKG_VERSION");
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let place = here
        .as_ref()
        .map_or_else(String::new, |here| format!(", {}", here.display()));
    let mut rows = vec![Row::ok(
        GROUP,
        "version",
        format!("eprospera {version} ({system}){place}"),
    )];
    if let Some(here) = here {
        rows.push(on_path(checkup, &here));
    }
    rows
}

fn on_path(checkup: &Checkup<'_>, here: &Path) -> Row {
    let path = checkup.as_given.environment.get("PATH").unwrap_or_default();
    let name = format!("eprospera{}", std::env::consts::EXE_SUFFIX);
    let places = std::env::split_paths(path).map(|folder| folder.join(&name));
    let Some(first) = places.into_iter().find(|place| is_program(place)) else {
        return Row::ok(GROUP, "path", "there is no other `eprospera` on PATH");
    };
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if real(&first) == real(here) {
        return Row::ok(GROUP, "path", "this `eprospera` comes first on PATH");
    }
    let what = if is_node(&first) {
        "the Node tool with the same name"
    } else {
        "another program"
    };
    let row = Row::warning(
        GROUP,
        "path",
        Code::ProgramShadowed,
        format!(
            "typing `eprospera` in a shell starts {}, {what}, instead of {}",
            first.display(),
            here.display()
        ),
    );
    let folder = here.parent().map(PathBuf::from).unwrap_or_default();
    row.fix(prepending_to_path(&folder))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// Whether a program is a script for Node.
fn is_node(path: &Path) -> bool {
    use std::io::Read as _;
    let mut head = [0; HEAD];
    let read = fs::File::open(path).and_then(|mut file| file.read(&mut head));
    let head = String::from_utf8_lossy(&head[..read.unwrap_or(0)]).into_owned();
    let first = head.lines().next().unwrap_or_default();
    first.starts_with("#!") && first.contains("node")
}
