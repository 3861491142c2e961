//! Finds a program by its name, as the shells of the system do.
//!
//! Windows starts `npm.exe` where `npm` is named, but not `npm.cmd`: shells look in each folder of `PATH` for the
//! name with each ending of `PATHEXT`, and so does this. A batch file gets its arguments quoted by `Command`, which
//! refuses those that `cmd` would take for something else.
//!
//! On other systems a name is what it says.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What can be started, in the order in which Windows looks for it.
const ENDINGS: [&str; 4] = [".com", ".exe", ".bat", ".cmd"];

/// Where programs are looked for.
#[derive(Debug)]
struct SearchPath {
    folders: Vec<PathBuf>,
    endings: Vec<String>,
}

static SEARCH_PATH: OnceLock<SearchPath> = OnceLock::new();

/// Says where programs are looked for: the values of `PATH` and `PATHEXT`. The first one counts.
pub(crate) fn look_in(path: Option<&OsStr>, endings: Option<&OsStr>) {
    if cfg!(windows) {
        SEARCH_PATH.get_or_init(|| SearchPath::parse(path, endings));
    }
}

/// A command for a program that is named, or that has a path.
pub(crate) fn command(name: impl AsRef<OsStr>) -> Command {
    let name = name.as_ref();
    let found = SEARCH_PATH
        .get()
        .and_then(|search| search.find(name, Path::is_file));
    found.map_or_else(|| Command::new(name), Command::new)
}

/// Whether a program is a batch file, whose arguments pass through `cmd`.
pub(crate) fn is_batch_file(program: &OsStr) -> bool {
    cfg!(windows) && has_ending(program, &[".bat", ".cmd"])
}

impl SearchPath {
    fn parse(path: Option<&OsStr>, endings: Option<&OsStr>) -> Self {
        let folders = std::env::split_paths(path.unwrap_or_default());
        let text = endings.unwrap_or_default().to_string_lossy();
        let listed = text
            .split(';')
            .map(|ending| ending.trim().to_ascii_lowercase());
        let mut endings: Vec<_> = listed
            .filter(|ending| ENDINGS.contains(&ending.as_str()))
            .collect();
        if endings.is_empty() {
            endings = ENDINGS.map(str::to_owned).into();
        }
        Self {
            // An empty one would be the present folder, where anyone may have put something.
            folders: folders
                .filter(|folder| !folder.as_os_str().is_empty())
                .collect(),
            endings,
        }
    }

    /// The file that a name means; `None` where there is none, or the name is that of the file.
    fn find(&self, name: &OsStr, is_there: impl Fn(&Path) -> bool) -> Option<PathBuf> {
        let named = Path::new(name);
        let is_path = named.components().count() > 1 || named.has_root();
        let own = Path::new("");
        let folders: Vec<&Path> = if is_path {
            vec![own]
        } else {
            self.folders.iter().map(PathBuf::as_path).collect()
        };
        let spellings = self.spellings(name);
        let mut places = folders
            .into_iter()
            .flat_map(|folder| spellings.iter().map(move |name| folder.join(name)));
        places.find(|place| is_there(place))
    }

    /// What a file may be called that a name means. One with an ending means itself first.
    fn spellings(&self, name: &OsStr) -> Vec<OsString> {
        let whole = has_ending(name, &ENDINGS).then(|| name.to_owned());
        let longer = self.endings.iter().map(|ending| {
            let mut longer = name.to_owned();
            longer.push(ending);
            longer
        });
        whole.into_iter().chain(longer).collect()
    }
}

fn has_ending(name: &OsStr, endings: &[&str]) -> bool {
    let name = name.to_string_lossy().to_ascii_lowercase();
    endings.iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_for_in_each_folder_with_each_ending() {
        let folders = std::env::join_paths(["", "one", "two"]).unwrap();
        let search = SearchPath::parse(Some(&folders), Some(OsStr::new(".PY;.CMD;.EXE;;")));
        let find = |name: &str, files: &[&str]| {
            let found = search.find(OsStr::new(name), |path| {
                files.iter().any(|file| path == Path::new(file))
            });
            found.map(|path| path.to_string_lossy().replace('\\', "/"))
        };
        for (name, files, found) in [
            ("npm", &["two/npm.cmd"][..], Some("two/npm.cmd")),
            ("npm", &["two/npm.exe", "one/npm.cmd"], Some("one/npm.cmd")),
            ("npm", &["one/npm.exe", "one/npm.cmd"], Some("one/npm.cmd")),
            ("npm", &["one/npm.py", "one/npm", "npm.cmd"], None),
            ("npm.cmd", &["two/npm.cmd"], Some("two/npm.cmd")),
            ("NPM.Cmd", &["two/NPM.Cmd"], Some("two/NPM.Cmd")),
            (
                "python3.11",
                &["one/python3.11.exe"],
                Some("one/python3.11.exe"),
            ),
            ("./tool", &["one/tool.cmd"], None),
            ("./tool", &["./tool.cmd"], Some("./tool.cmd")),
            ("bin/tool", &["bin/tool.exe"], Some("bin/tool.exe")),
            ("bin/tool.bat", &["bin/tool.bat"], Some("bin/tool.bat")),
        ] {
            assert_eq!(find(name, files).as_deref(), found, "{name} {files:?}");
        }
    }

    #[test]
    fn without_endings_of_its_own_a_system_has_the_usual_ones() {
        for given in [None, Some(""), Some(".PY;.JS")] {
            let search = SearchPath::parse(None, given.map(OsStr::new));
            assert_eq!(search.endings, ENDINGS);
        }
    }
}
