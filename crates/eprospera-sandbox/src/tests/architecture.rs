//! Which file names which: no file and no folder of the crate knows itself by a circle.
//!
//! Only `crate::`, `super::` and `self::` are followed, and in a file with `mod` lines the modules
//! that it declares. A `mod` line by itself does not count: a folder lists its files.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

/// Every file of the crate but its tests, by its path below `src`.
fn files() -> BTreeMap<String, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.clone()];
    let mut files = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("tests") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                files.insert(name(path.strip_prefix(&source).unwrap()), text);
            }
        }
    }
    assert!(files.len() > 50);
    files
}

fn name(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The text without comments, and without the unit tests at its end.
fn code(text: &str) -> String {
    let code = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    code.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

fn word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    &text[..end.unwrap_or(text.len())]
}

/// Reads the paths that begin at a text: `a::{b, c::d}` is two. Returns what follows.
fn read_paths<'a>(
    mut rest: &'a str,
    mut path: Vec<&'a str>,
    paths: &mut Vec<Vec<&'a str>>,
) -> &'a str {
    loop {
        rest = rest.trim_start();
        if let Some(group) = rest.strip_prefix('{') {
            rest = group;
            while !rest.trim_start().starts_with('}') {
                rest = read_paths(rest, path.clone(), paths);
                // What is left of an item is its other name.
                let Some(end) = rest.find([',', '}']) else {
                    return rest;
                };
                rest = rest[end..].strip_prefix(',').unwrap_or(&rest[end..]);
            }
            return rest.trim_start().strip_prefix('}').unwrap_or(rest);
        }
        let next = word(rest);
        path.push(next);
        match rest[next.len()..].strip_prefix("::") {
            Some(further) if !next.is_empty() => rest = further,
            _ => {
                paths.push(path);
                return &rest[next.len()..];
            }
        }
    }
}

/// All paths in a text that lead to the crate's own modules.
fn own_paths<'a>(code: &'a str, declared: &BTreeSet<&str>) -> Vec<Vec<&'a str>> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("::") {
        let begins = code[..at].rfind(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let start = begins.map_or(0, |at| at + 1);
        let is_first = !code[..start].ends_with("::");
        let first = &code[start..at];
        if is_first && (["crate", "super", "self"].contains(&first) || declared.contains(first)) {
            read_paths(&code[start..], Vec::new(), &mut paths);
        }
    }
    paths
}

/// The file that a path leads to: the deepest that exists.
fn target(path: &[&str], from: &str, files: &BTreeMap<String, String>) -> String {
    let mut place = PathBuf::from(from.strip_suffix(".rs").unwrap());
    if place.ends_with("mod") || place.ends_with("lib") {
        place.pop();
    }
    let mut words = path.iter().copied().peekable();
    while let Some(step) = words.next_if(|word| ["crate", "super", "self"].contains(word)) {
        match step {
            "crate" => place = PathBuf::new(),
            "super" => assert!(place.pop(), "{from}: {path:?}"),
            _ => {}
        }
    }
    for word in words {
        let deeper = place.join(word);
        let is_file = files.contains_key(&format!("{}.rs", name(&deeper)));
        if !is_file && !files.contains_key(&format!("{}/mod.rs", name(&deeper))) {
            break;
        }
        place = deeper;
    }
    [
        format!("{}.rs", name(&place)),
        name(&place.join("mod.rs")),
        "lib.rs".to_owned(),
    ]
    .into_iter()
    .find(|file| files.contains_key(file))
    .unwrap()
}

type Edges = BTreeMap<String, BTreeSet<String>>;

fn edges() -> Edges {
    let files = files();
    let mut edges = Edges::new();
    for (file, text) in &files {
        let code = code(text);
        let declared = code
            .lines()
            .filter_map(|line| line.split_once("mod ")?.1.strip_suffix(';'))
            .collect();
        let targets = own_paths(&code, &declared);
        let targets = targets.iter().map(|path| target(path, file, &files));
        let others = targets.filter(|other| other != file).collect();
        edges.insert(file.clone(), others);
    }
    edges
}

/// The shortest way from a name back to itself.
fn circle(start: &str, edges: &Edges) -> Option<Vec<String>> {
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(here) = queue.pop_front() {
        for next in edges.get(here).into_iter().flatten() {
            if next == start {
                let mut way = vec![start, here];
                while way.last() != Some(&start) {
                    way.push(before[way.last().unwrap()]);
                }
                way.reverse();
                return Some(way.into_iter().map(str::to_owned).collect());
            }
            if !before.contains_key(next.as_str()) {
                before.insert(next, here);
                queue.push_back(next);
            }
        }
    }
    None
}

fn assert_no_circle(edges: &Edges) {
    let circles = edges.keys().filter_map(|name| circle(name, edges));
    let shortest = circles.min_by_key(Vec::len);
    assert!(shortest.is_none(), "{}", shortest.unwrap().join(" → "));
}

#[test]
fn no_file_knows_itself_by_a_circle() {
    let edges = edges();
    assert!(edges.values().map(BTreeSet::len).sum::<usize>() > 200);
    assert_no_circle(&edges);
}

#[test]
fn no_folder_knows_itself_by_a_circle() {
    let folder = |file: &str| {
        let (folder, _) = file.split_once('/').unwrap_or((file, ""));
        folder.to_owned()
    };
    let mut folders = Edges::new();
    for (file, others) in edges() {
        let others = others.iter().map(|other| folder(other));
        let own = folder(&file);
        let foreign = others.filter(|other| *other != own).collect::<Vec<_>>();
        folders.entry(own).or_default().extend(foreign);
    }
    assert_no_circle(&folders);
}

#[test]
fn a_circle_is_found_and_named_from_its_beginning() {
    let edges = Edges::from([
        ("a".to_owned(), BTreeSet::from(["b".to_owned()])),
        (
            "b".to_owned(),
            BTreeSet::from(["c".to_owned(), "d".to_owned()]),
        ),
        ("c".to_owned(), BTreeSet::from(["a".to_owned()])),
        ("d".to_owned(), BTreeSet::new()),
    ]);
    assert_eq!(circle("a", &edges).unwrap(), ["a", "b", "c", "a"]);
    assert_eq!(circle("d", &edges), None);
}

#[test]
fn paths_are_read_through_braces() {
    let code = "use crate::a::{self, b::{c, d}, e as _}; use std::fmt; let x = super::f::g();";
    let paths = own_paths(code, &BTreeSet::new());
    let paths: Vec<_> = paths.iter().map(|path| path.join("::")).collect();
    let expected = [
        "crate::a::self",
        "crate::a::b::c",
        "crate::a::b::d",
        "crate::a::e",
        "super::f::g",
    ];
    assert_eq!(paths, expected);
}
