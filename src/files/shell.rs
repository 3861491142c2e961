//! Words and commands as a person can paste them into a shell: a POSIX one, or the two of Windows. What `PowerShell` and
//! cmd write differently is for `PowerShell`.

use std::ffi::OsStr;
use std::path::Path;

/// A path or another word, in quotes where a shell of this system would read more into it.
pub(crate) fn quoted(word: impl AsRef<OsStr>) -> String {
    let word = word.as_ref().to_string_lossy();
    if cfg!(windows) {
        for_windows(&word)
    } else {
        for_posix(&word)
    }
}

fn for_posix(word: &str) -> String {
    // A NUL is in no path and in no argument.
    shlex::try_quote(word).map_or_else(|_| "''".to_owned(), std::borrow::Cow::into_owned)
}

/// For `PowerShell` and cmd. The latter knows no single quotes, and the former takes a dollar sign and
/// a backquote literally only in these.
fn for_windows(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || r"\/:._-+=@".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    if word.contains(['$', '`', '"']) {
        return format!("'{}'", word.replace('\'', "''"));
    }
    format!("\"{word}\"")
}

/// A word that `PowerShell` reads as it is.
fn literal(word: &str) -> String {
    format!("'{}'", word.replace('\'', "''"))
}

/// The command that takes a variable away: in a POSIX shell, or in `PowerShell`.
pub(crate) fn unsetting(name: &str) -> String {
    if cfg!(windows) {
        format!("Remove-Item Env:{name}")
    } else {
        format!("unset {name}")
    }
}

/// The command that sets a variable for the programs that are started next.
pub(crate) fn setting(name: &str, value: &str) -> String {
    if cfg!(windows) {
        format!("$env:{name} = {}", literal(value))
    } else {
        format!("export {name}={}", for_posix(value))
    }
}

/// The command that lets the programs of a folder be found first.
pub(crate) fn prepending_to_path(folder: &Path) -> String {
    if cfg!(windows) {
        let folder = literal(&format!("{};", folder.display()));
        format!("$env:PATH = {folder} + $env:PATH")
    } else {
        format!("export PATH={}:\"$PATH\"", quoted(folder))
    }
}

/// The command that removes files.
pub(crate) fn removing(paths: &[impl AsRef<OsStr>]) -> String {
    let (command, between) = if cfg!(windows) {
        ("Remove-Item -LiteralPath", ", ")
    } else {
        ("rm", " ")
    };
    let paths: Vec<_> = paths.iter().map(quoted).collect();
    format!("{command} {}", paths.join(between))
}

/// The command that gives a file or folder another name.
pub(crate) fn moving(from: &Path, to: &Path) -> String {
    let command = if cfg!(windows) {
        "Move-Item -LiteralPath"
    } else {
        "mv"
    };
    format!("{command} {} {}", quoted(from), quoted(to))
}

/// The command that closes a file, or a folder with all in it, to everybody but its owner.
pub(crate) fn closing_to_others(path: &Path) -> String {
    let target = quoted(path);
    if !cfg!(windows) {
        return format!("chmod -R go-rwx {target}");
    }
    // Full access for the owner (S-1-3-4); none for all users, for those who have signed in, and
    // for all users.
    let inherited = if path.is_dir() { "(OI)(CI)" } else { "" };
    format!(
        "icacls {target} /inheritance:r /grant:r \"*S-1-3-4:{inherited}F\" /remove:g *S-1-1-0 \
         *S-1-5-11 *S-1-5-32-545"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shells_of_windows_read_nothing_into_a_word_that_could_be_more() {
        for (word, shown) in [
            (r"C:\Users\Ana\x_1.json", r"C:\Users\Ana\x_1.json"),
            (r"C:\Program Files\x", r#""C:\Program Files\x""#),
            (r"C:\it's", r#""C:\it's""#),
            (r"C:\a&b", r#""C:\a&b""#),
            (r"C:\$a", r"'C:\$a'"),
            ("", r#""""#),
        ] {
            assert_eq!(for_windows(word), shown);
        }
    }

    #[test]
    fn a_shell_reads_nothing_into_a_word_that_could_be_more() {
        for (word, shown) in [
            ("/a/b-c.d_e", "/a/b-c.d_e"),
            ("a b", "'a b'"),
            ("it's", "\"it's\""),
            ("~/x", "'~/x'"),
            ("$(x)", "'$(x)'"),
            ("", "''"),
        ] {
            assert_eq!(for_posix(word), shown);
        }
    }
}
