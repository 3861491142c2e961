//! The source of a crate as the rules see it: without comments, and without its tests.

use std::collections::BTreeMap;
use std::path::Path;

/// The code of every file but unit tests, by its path below a folder with `/` between the parts.
pub(super) fn read(folder: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(place) = folders.pop() {
        for entry in std::fs::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("tests") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("tests.rs")
            {
                let text = std::fs::read_to_string(&path).unwrap();
                let below = path.strip_prefix(folder).unwrap().to_string_lossy();
                texts.insert(below.replace('\\', "/"), text);
            }
        }
    }
    assert!(texts.len() > 50);
    texts
}

/// The code of a text: no comments, nothing that is compiled for tests alone, and `super` inside a
/// module in braces written as what it means for the file.
///
/// The layout is rustfmt's: what opens at an indentation closes at the same one.
pub(super) fn code(text: &str) -> String {
    let mut kept = Vec::new();
    let mut inner_modules: Vec<usize> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let content = line.trim_start();
        let indentation = line.len() - content.len();
        if content.starts_with("//") {
            continue;
        }
        if content == "#[cfg(test)]" || content.starts_with("#[cfg(all(test,") {
            let is_end = |line: &&str| {
                let content = line.trim_start();
                let is_statement = content.ends_with(';') || content == "}";
                line.len() - content.len() == indentation && is_statement
            };
            lines.by_ref().find(is_end);
            continue;
        }
        if content == "}" && inner_modules.last() == Some(&indentation) {
            inner_modules.pop();
        }
        let depth = inner_modules.len();
        kept.push(line.replacen("super::", "self::", depth));
        if line.contains("mod ") && content.ends_with(" {") {
            let before = content.split("mod ").next().unwrap_or_default();
            if before.is_empty() || before.starts_with("pub") {
                inner_modules.push(indentation);
            }
        }
    }
    kept.join("\n")
}

#[test]
fn what_only_tests_compile_is_left_out() {
    let text = "\
//! What it is for.
#[cfg(unix)]
mod unix {
    use super::Mode;
}
use super::Other;
#[cfg(test)]
mod scripted;
#[cfg(test)]
pub(super) mod tests {
    use super::*;
    fn nothing() {
    }
}
fn last() {}";
    let expected = "\
#[cfg(unix)]
mod unix {
    use self::Mode;
}
use super::Other;
fn last() {}";
    assert_eq!(code(text), expected);
}
