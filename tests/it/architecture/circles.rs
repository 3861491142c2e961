//! Which file names which: a reader of paths, and a search for circles.
//!
//! A path counts for the file that has the item, however many `pub use` lie between. So a `mod.rs`
//! that declares and re-exports names nothing, and one that holds code is a file like any other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A name in the text with what it is called there: `a::b as c` is `c`.
#[derive(Debug, PartialEq)]
struct Import<'a> {
    name: &'a str,
    path: Vec<&'a str>,
    is_public: bool,
}

/// What one file declares, imports and holds otherwise.
struct File<'a> {
    modules: BTreeSet<&'a str>,
    imports: Vec<Import<'a>>,
    body: String,
}

pub(super) type Edges = BTreeMap<String, BTreeSet<String>>;

/// The files that each file names, from the code of all.
pub(super) fn edges(codes: &BTreeMap<String, String>) -> Edges {
    let files: BTreeMap<_, _> = codes
        .iter()
        .map(|(file, code)| (module(file), (file.as_str(), read(code))))
        .collect();
    let mut edges = Edges::new();
    for (place, (name, file)) in &files {
        let imports = file.imports.iter().filter(|import| {
            // A name that is only passed on is not used here.
            !import.is_public || words(&file.body).any(|word| word == import.name)
        });
        let imported = imports.map(|import| import.path.clone());
        let targets = imported.chain(paths(&file.body)).filter_map(|path| {
            let path = absolute(&path, place, file)?;
            let other = target(path, &files).filter(|other| other != name)?;
            Some(other.to_owned())
        });
        edges.insert((*name).to_owned(), targets.collect());
    }
    edges
}

/// The path of the module that a file is: `a/mod.rs` and `a.rs` are `a`.
fn module(file: &str) -> Vec<&str> {
    let mut place: Vec<_> = file.trim_end_matches(".rs").split('/').collect();
    if matches!(place.last(), Some(&"mod" | &"lib")) {
        place.pop();
    }
    place
}

fn read(code: &str) -> File<'_> {
    let mut file = File {
        modules: BTreeSet::new(),
        imports: Vec::new(),
        body: String::new(),
    };
    let mut rest = code;
    while !rest.is_empty() {
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let (visibility, statement) = match line.trim_start().strip_prefix("pub") {
            None => ("", line.trim_start()),
            Some(public) if public.starts_with('(') => public.split_once(' ').unwrap_or_default(),
            Some(public) => ("pub", public.trim_start()),
        };
        let mut length = line.len();
        if statement.starts_with("use ") {
            length = rest.find(';').map_or(rest.len(), |end| end + 1);
            let start = rest.find("use ").unwrap() + "use ".len();
            let import = |(path, name)| Import {
                name,
                path,
                is_public: !visibility.is_empty(),
            };
            let mut found = Vec::new();
            read_paths(&rest[start..length], &[], &mut found);
            file.imports.extend(found.into_iter().map(import));
        } else if let Some(name) = statement.strip_prefix("mod ") {
            file.modules.extend(name.trim_end().strip_suffix(';'));
        } else {
            file.body.push_str(line);
        }
        rest = &rest[length..];
    }
    file
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn word(text: &str) -> &str {
    &text[..text.find(|letter| !is_word(letter)).unwrap_or(text.len())]
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter| !is_word(letter))
}

/// Reads the paths that begin at a text, each with its name: `a::{b, c::d as e}` is two. Returns
/// what follows.
fn read_paths<'a>(
    mut rest: &'a str,
    before: &[&'a str],
    paths: &mut Vec<(Vec<&'a str>, &'a str)>,
) -> &'a str {
    let mut path = before.to_vec();
    loop {
        rest = rest.trim_start();
        if let Some(group) = rest.strip_prefix('{') {
            rest = group;
            while !rest.trim_start().starts_with('}') {
                rest = read_paths(rest, &path, paths).trim_start();
                match rest.strip_prefix(',') {
                    Some(further) => rest = further,
                    None => break,
                }
            }
            return rest.trim_start().strip_prefix('}').unwrap_or(rest);
        }
        let next = word(rest);
        if next != "self" || path.is_empty() {
            path.push(next);
        }
        rest = &rest[next.len()..];
        match rest.strip_prefix("::") {
            Some(further) if !next.is_empty() => rest = further,
            _ => break,
        }
    }
    let mut name = path.last().copied().unwrap_or_default();
    if let Some(other) = rest.strip_prefix(" as ") {
        name = word(other);
        rest = &other[name.len()..];
    }
    paths.push((path, name));
    rest
}

/// All paths in the body of a file.
fn paths(body: &str) -> impl Iterator<Item = Vec<&str>> {
    body.match_indices("::").filter_map(|(at, _)| {
        let start = body[..at].rfind(|letter| !is_word(letter));
        let start = start.map_or(0, |before| before + 1);
        let is_first = start < at && !body[..start].ends_with("::");
        is_first.then(|| {
            let mut paths = Vec::new();
            read_paths(&body[start..], &[], &mut paths);
            paths.swap_remove(0).0
        })
    })
}

/// A path from the root of the crate, or nothing if it leads to another crate.
fn absolute<'a>(path: &[&'a str], place: &[&'a str], file: &File<'a>) -> Option<Vec<&'a str>> {
    let (first, mut rest) = path.split_first()?;
    let mut place = place.to_vec();
    match *first {
        "crate" => place.clear(),
        "self" => {}
        "super" => {
            place.pop()?;
        }
        name if file.modules.contains(name) => place.push(name),
        name => {
            let import = file.imports.iter().find(|import| import.name == name)?;
            // `use a::a` does not explain itself.
            if import.path[0] == name {
                return None;
            }
            let path = absolute(&import.path, &place, file)?;
            return Some([&path, rest].concat());
        }
    }
    while let Some((&"super", further)) = rest.split_first() {
        place.pop()?;
        rest = further;
    }
    Some([&place, rest].concat())
}

/// The file with the item that a path leads to, through modules and what they re-export. Nothing
/// where it leads to a module itself or, by a re-export, to another crate.
fn target<'a>(
    mut path: Vec<&'a str>,
    files: &BTreeMap<Vec<&'a str>, (&'a str, File<'a>)>,
) -> Option<&'a str> {
    // A name may be re-exported several times, but not for ever.
    for _ in 0..8 {
        let mut depth = 0;
        while depth < path.len() && files.contains_key(&path[..=depth]) {
            depth += 1;
        }
        if depth == path.len() {
            return None;
        }
        let (name, file) = &files[&path[..depth]];
        let item = path[depth];
        let Some(import) = file.imports.iter().find(|import| import.name == item) else {
            return Some(name);
        };
        let further = absolute(&import.path, &path[..depth], file)?;
        if further == path[..=depth] {
            // A module in braces takes names of the file around it.
            return Some(name);
        }
        path = [&further, &path[depth + 1..]].concat();
    }
    panic!("{path:?} leads nowhere");
}

/// The shortest way from a name back to itself.
fn circle<'a>(start: &'a str, edges: &'a Edges) -> Option<Vec<&'a str>> {
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
                return Some(way);
            }
            if !before.contains_key(next.as_str()) {
                before.insert(next, here);
                queue.push_back(next);
            }
        }
    }
    None
}

/// For each name that is in a circle, the shortest one.
pub(super) fn circles(edges: &Edges) -> BTreeMap<&str, String> {
    let circle = |name| Some((name, circle(name, edges)?.join(" → ")));
    edges.keys().filter_map(|name| circle(name)).collect()
}

/// The edges between folders of the same level, from the edges between files.
pub(super) fn between_folders(edges: &Edges) -> Edges {
    let folder = |file: &str| file.split('/').next().unwrap_or(file).to_owned();
    let mut folders = Edges::new();
    for (file, others) in edges {
        let own = folder(file);
        let others = others.iter().map(|other| folder(other));
        let others: Vec<_> = others.filter(|other| *other != own).collect();
        folders.entry(own).or_default().extend(others);
    }
    folders
}

fn of_texts(texts: &[(&str, &str)]) -> Edges {
    let owned = texts
        .iter()
        .map(|(file, text)| ((*file).to_owned(), (*text).to_owned()));
    edges(&owned.collect())
}

#[test]
fn a_circle_is_found_and_named_from_its_beginning() {
    let edges = of_texts(&[
        ("lib.rs", "mod a;\nmod b;\nmod c;\nmod d;"),
        ("a.rs", "use crate::b::B;"),
        ("b.rs", "use super::c; fn f() { c::f(super::d::D) }"),
        ("c.rs", "fn f() { crate::a::f() }"),
        ("d.rs", "use std::fmt;"),
    ]);
    let circles = circles(&edges);
    assert_eq!(circles["a.rs"], "a.rs → b.rs → c.rs → a.rs");
    assert_eq!(circles.len(), 3);
}

#[test]
fn a_name_counts_for_the_file_that_has_it_and_not_for_those_that_pass_it_on() {
    let edges = of_texts(&[
        ("lib.rs", "pub mod a;\nmod b;"),
        (
            "a/mod.rs",
            "mod first;\nmod second;\npub use std::fmt;\npub use self::first::{First, f as g};\npub(crate) use second::Second;",
        ),
        ("a/first.rs", "use super::{Second, fmt::Debug};"),
        ("a/second.rs", "use crate::b;\nfn f() { b::B::f() }"),
        ("b.rs", "use crate::a::{self, g};\nfn f() { a::First::f() }"),
    ]);
    let named = |file: &str| edges[file].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(named("a/mod.rs"), [""; 0]);
    assert_eq!(named("a/first.rs"), ["a/second.rs"]);
    assert_eq!(named("a/second.rs"), ["b.rs"]);
    assert_eq!(named("b.rs"), ["a/first.rs"]);
}

#[test]
fn a_module_with_code_that_uses_what_it_passes_on_is_in_the_circle() {
    let edges = of_texts(&[
        ("lib.rs", "mod a;"),
        ("a.rs", "mod b;\npub use b::B;\nstruct A(B);"),
        ("a/b.rs", "use super::A;"),
    ]);
    assert_eq!(circles(&edges)["a.rs"], "a.rs → a/b.rs → a.rs");
}

#[test]
fn paths_are_read_through_braces() {
    let file = read("use crate::a::{self, b::{c, d}, e as _};\nlet x = super::f::g();");
    let imports: Vec<_> = file
        .imports
        .iter()
        .map(|import| import.path.join("::"))
        .collect();
    let expected = [
        "crate::a",
        "crate::a::b::c",
        "crate::a::b::d",
        "crate::a::e",
    ];
    assert_eq!(imports, expected);
    assert_eq!(paths(&file.body).collect::<Vec<_>>(), [["super", "f", "g"]]);
}
