//! Every text that a person can see, in one file that can be read in one sitting: `docs/texts.md`.
//!
//! The texts are the string literals of the sources, so a new message shows in the diff of that file.
//! `UPDATE=1` rewrites it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};

const PATH: &str = "docs/texts.md";

/// Texts of these are for developers.
const NOT_FOR_PEOPLE: [&str; 10] = [
    "expect",
    "unreachable",
    "panic",
    "assert",
    "assert_eq",
    "debug",
    "debug_assert",
    "trace",
    "concat",
    "expect_err",
];

#[test]
fn every_text_for_people_is_in_the_page_that_is_read_aloud() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut page = String::from(
        "# Every text\n\nMade by `UPDATE=1 cargo test --test it texts` from the sources, so that all words for people can be read in one \
         sitting. `{}` stands for what is filled in.\n",
    );
    for (title, folder) in [
        ("The program", "src"),
        ("The sandbox", "crates/eprospera-sandbox/src"),
    ] {
        writeln!(page, "\n## {title}").unwrap();
        for (file, texts) in texts_below(&root.join(folder)) {
            if texts.is_empty() {
                continue;
            }
            let file = file.display().to_string().replace('\\', "/");
            writeln!(page, "\n### {file}\n").unwrap();
            for text in texts {
                let lines: Vec<_> = text.trim().lines().map(str::trim_end).collect();
                writeln!(page, "- {}", lines.join("\n  ")).unwrap();
            }
        }
    }
    assert!(page.lines().count() > 500, "the sources have texts");
    let path = root.join(PATH);
    if std::env::vars_os().any(|(name, value)| name == "UPDATE" && value == "1") {
        crate::world::write(&path, page.as_bytes());
    }
    let committed = std::fs::read_to_string(&path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(
        committed == page,
        "{PATH} is stale: run `UPDATE=1 cargo test --test it texts` and read the diff"
    );
}

/// The texts of each file below a folder, by its path in the folder.
pub(super) fn texts_below(folder: &Path) -> BTreeMap<PathBuf, Vec<String>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(place) = folders.pop() {
        for entry in std::fs::read_dir(&place).unwrap() {
            let path = entry.unwrap().path();
            let is_of_tests = path.file_stem().is_some_and(|stem| stem == "tests");
            if is_of_tests {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let code = std::fs::read_to_string(&path).unwrap();
                let tokens = code
                    .parse()
                    .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                let mut texts = Vec::new();
                collect(tokens, &mut texts);
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), texts);
            }
        }
    }
    found
}

/// Adds the texts of code, in its order, without those of its tests.
fn collect(tokens: TokenStream, texts: &mut Vec<String>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut last_name = String::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                // `#![…]` has a sign more.
                let is_inner = |token: &TokenTree| matches!(token, TokenTree::Punct(_));
                tokens.next_if(is_inner);
                let attribute = tokens.next().map(|group| group.to_string());
                if attribute.is_some_and(|text| text.replace(' ', "") == "[cfg(test)]") {
                    skip_item(&mut tokens);
                }
            }
            TokenTree::Group(group) => {
                let is_call = group.delimiter() == Delimiter::Parenthesis;
                if !(is_call && NOT_FOR_PEOPLE.contains(&last_name.as_str())) {
                    collect(group.stream(), texts);
                }
                last_name.clear();
            }
            TokenTree::Ident(name) => last_name = name.to_string(),
            TokenTree::Literal(literal) => texts.extend(text_of(&literal)),
            TokenTree::Punct(sign) if sign.as_char() == '!' => {}
            TokenTree::Punct(_) => last_name.clear(),
        }
    }
}

/// Passes over the item after an attribute: up to its body or its semicolon.
fn skip_item(tokens: &mut impl Iterator<Item = TokenTree>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return,
            TokenTree::Punct(sign) if sign.as_char() == ';' => return,
            _ => {}
        }
    }
}

/// The text of a literal that has two words at least; anything else is a name or a format.
fn text_of(literal: &Literal) -> Option<String> {
    let syn::Lit::Str(text) = syn::Lit::new(literal.clone()) else {
        return None;
    };
    let text = text.value();
    let is_word = |word: &str| {
        let letters = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        letters.chars().count() > 1 && letters.chars().all(char::is_alphabetic)
    };
    let words = text.split_whitespace().filter(|word| is_word(word)).count();
    let is_markup = text.contains("-----") || (text.contains("://") && words < 3);
    (words >= 2 && !is_markup).then_some(text)
}
