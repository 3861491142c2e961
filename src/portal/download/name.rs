//! Names for files, made from what a server calls them.
//!
//! A name has letters, digits, `.`, `_` and `-` of ASCII only, starts with neither `.` nor `-`,
//! means nothing to Windows, and is short. Accents are taken off (Unicode's NFKD); whatever else
//! does not fit becomes a `-`.

use std::collections::{HashMap, HashSet};

use icu_normalizer::DecomposingNormalizerBorrowed;

/// The longest stem, in bytes: with a number and an extension, 100 at most.
const MAX_STEM_LENGTH: usize = 80;

/// Names that mean a device on Windows, whatever follows a dot.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// What a title becomes as the name of a file without its extension; nothing when nothing of it
/// can stay. An extension that is among `extensions` is taken off, for the content decides it.
pub(super) fn stem(title: &str, extensions: &[&str]) -> Option<String> {
    let mut stem = String::new();
    let plain = DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(title.chars());
    for letter in plain.filter(|letter| !is_accent(*letter)) {
        let fits = letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-');
        let letter = if fits { letter } else { '-' };
        // Neither `--` nor `..` nor a mixture: it reads badly, and `..` has a meaning.
        let repeats = is_joint(letter) && stem.ends_with(is_joint);
        if !repeats && stem.len() < MAX_STEM_LENGTH {
            stem.push(letter);
        }
    }
    let lower = stem.to_ascii_lowercase();
    let ending = lower.rsplit_once('.').map(|(_, ending)| ending);
    if let Some(ending) = ending.filter(|ending| extensions.contains(ending)) {
        stem.truncate(stem.len() - ending.len());
    }
    let mut stem = stem.trim_matches(is_joint).to_owned();
    let first = stem.split('.').next().unwrap_or_default();
    if DEVICES.contains(&first.to_ascii_lowercase().as_str()) {
        stem.insert(0, '_');
    }
    (!stem.is_empty()).then_some(stem)
}

fn is_joint(letter: char) -> bool {
    matches!(letter, '.' | '-')
}

/// The marks that NFKD takes off their letters.
fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Makes stems differ, in a way that depends on their order alone: the second one of a name gets a
/// 2. Case makes no difference, because to some file systems it makes none.
pub(super) fn distinct(stems: Vec<String>) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut counts: HashMap<String, usize> = HashMap::new();
    let wanted: HashSet<_> = stems.iter().map(|stem| stem.to_ascii_lowercase()).collect();
    let number = |stem: String| {
        let base = stem.to_ascii_lowercase();
        if taken.insert(base.clone()) {
            return stem;
        }
        let count = counts.entry(base.clone()).or_insert(1);
        loop {
            *count += 1;
            let numbered = format!("{base}-{count}");
            // Not one that another file has by itself.
            if !wanted.contains(&numbered) && taken.insert(numbered) {
                return format!("{stem}-{count}");
            }
        }
    };
    stems.into_iter().map(number).collect()
}

/// The name that a `Content-Disposition` gives (RFC 6266 §4.3): `filename*` before `filename`, and
/// of either only what follows the last separator of a path.
pub(super) fn of_disposition(header: &str) -> Option<String> {
    let parameters = parameters(header);
    let value = |name: &str| {
        let found = parameters
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    };
    let extended = value("filename*").and_then(|value| {
        // RFC 8187 §3.2.1: charset, language, then percent-encoded bytes.
        let (charset, rest) = value.split_once('\'')?;
        let (_, encoded) = rest.split_once('\'')?;
        let decoded = percent_encoding::percent_decode_str(encoded).decode_utf8();
        charset
            .eq_ignore_ascii_case("utf-8")
            .then_some(decoded.ok()?.into_owned())
    });
    let name = extended.or_else(|| value("filename").map(str::to_owned))?;
    name.rsplit(['/', '\\']).next().map(str::to_owned)
}

/// The parameters of a header, quotes and their escapes (RFC 9110 §5.6.4) taken off.
fn parameters(header: &str) -> Vec<(String, String)> {
    let mut parts = vec![String::new()];
    let mut name_ends = vec![None];
    let (mut is_quoted, mut is_escaped) = (false, false);
    for letter in header.chars() {
        let part = parts.last_mut().expect("there is always a last one");
        let name_end = name_ends.last_mut().expect("there is always a last one");
        match letter {
            _ if is_escaped => {
                part.push(letter);
                is_escaped = false;
            }
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ';' if !is_quoted => {
                parts.push(String::new());
                name_ends.push(None);
            }
            '=' if !is_quoted && name_end.is_none() => *name_end = Some(part.len()),
            _ => part.push(letter),
        }
    }
    let split = parts.iter().zip(name_ends).filter_map(|(part, name_end)| {
        let (name, value) = part.split_at(name_end?);
        Some((name.trim().to_owned(), value.trim().to_owned()))
    });
    split.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn named(title: &str) -> Option<String> {
        stem(title, &["pdf", "jpg"])
    }

    #[test]
    fn a_title_becomes_a_name_that_can_do_no_harm() {
        let long = "x".repeat(5000);
        for (title, name) in [
            ("Certificate of Organization", "Certificate-of-Organization"),
            ("certificate.pdf", "certificate"),
            ("Certificate.PDF", "Certificate"),
            ("Policy v2.1", "Policy-v2.1"),
            ("a_b-c.d", "a_b-c.d"),
            (
                "Acta de constitución, año 2025",
                "Acta-de-constitucion-ano-2025",
            ),
            ("Lindström ﬁle №5", "Lindstrom-file-No5"),
            ("../../x", "x"),
            ("..\\..\\x", "x"),
            ("/etc/passwd", "etc-passwd"),
            ("C:\\Windows\\x", "C-Windows-x"),
            ("a/b", "a-b"),
            ("a\\b", "a-b"),
            ("a/../b", "a-b"),
            (".bashrc", "bashrc"),
            ("...hidden...", "hidden"),
            ("-rf *", "rf"),
            ("a\u{0}b\u{1b}[31m\r\nc", "a-b-31m-c"),
            ("invoice\u{202e}fdp.exe", "invoice-fdp.exe"),
            ("a\u{200b}b", "a-b"),
            ("CON", "_CON"),
            ("con.pdf", "_con"),
            ("nul.tar.gz", "_nul.tar.gz"),
            ("Lpt1 ", "_Lpt1"),
            ("console", "console"),
            ("$(rm -rf ~)", "rm-rf"),
            ("name;with&shell|signs", "name-with-shell-signs"),
            ("trailing. ", "trailing"),
            (long.as_str(), &long[..MAX_STEM_LENGTH]),
        ] {
            assert_eq!(named(title).as_deref(), Some(name), "{title:?}");
        }
        for nothing in [
            "",
            " ",
            ".",
            "..",
            "/",
            "---",
            "日本語",
            "\u{202e}",
            ".pdf",
            "\u{301}",
        ] {
            assert_eq!(named(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn names_differ_in_more_than_their_case_and_keep_their_order() {
        let distinct = |stems: &[&str]| distinct(stems.iter().map(|&s| s.to_owned()).collect());
        assert_eq!(
            distinct(&["a", "b", "a", "A", "a"]),
            ["a", "b", "a-2", "A-3", "a-4"]
        );
        assert_eq!(distinct(&["a", "a", "a-2"]), ["a", "a-3", "a-2"]);
        assert_eq!(
            distinct(&["a-2", "A", "a", "A-2"]),
            ["a-2", "A", "a-3", "A-2-2"]
        );
        let many = vec!["same".to_owned(); 10_000];
        assert_eq!(super::distinct(many).last().unwrap(), "same-10000");
    }

    #[test]
    fn a_disposition_names_the_file_by_its_extended_parameter_first() {
        for (header, name) in [
            ("attachment; filename=\"plain.pdf\"", Some("plain.pdf")),
            ("attachment; filename=plain.pdf", Some("plain.pdf")),
            ("attachment; FileName = plain.pdf ", Some("plain.pdf")),
            (
                "attachment; filename=\"x.pdf\"; filename*=UTF-8''d%C3%A9claration%202024.pdf",
                Some("déclaration 2024.pdf"),
            ),
            ("attachment; filename*=utf-8'en'a%2Fb.pdf", Some("b.pdf")),
            // What cannot be decoded does not count.
            (
                "attachment; filename*=UTF-8''%FF; filename=b.pdf",
                Some("b.pdf"),
            ),
            (
                "attachment; filename*=latin1''a.pdf; filename=b.pdf",
                Some("b.pdf"),
            ),
            (
                "attachment; filename*=nonsense; filename=b.pdf",
                Some("b.pdf"),
            ),
            ("attachment; filename=\"a;b\\\"c.pdf\"", Some("a;b\"c.pdf")),
            ("attachment; filename=\"../../etc/passwd\"", Some("passwd")),
            ("attachment; filename=\"..\\\\..\\\\x.pdf\"", Some("x.pdf")),
            ("attachment; filename=\"a=b.pdf\"", Some("a=b.pdf")),
            ("attachment; filename=\"unclosed.pdf", Some("unclosed.pdf")),
            ("attachment", None),
            ("inline; name=x", None),
            ("", None),
        ] {
            assert_eq!(of_disposition(header).as_deref(), name, "{header}");
        }
    }

    proptest! {
        #[test]
        fn no_title_yields_a_name_that_leaves_its_folder(title in any::<String>()) {
            if let Some(stem) = named(&title) {
                prop_assert!(stem.len() <= MAX_STEM_LENGTH + 1);
                prop_assert!(!stem.starts_with(is_joint) && !stem.ends_with(is_joint));
                prop_assert!(!stem.contains(".."));
                let fits = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
                prop_assert!(stem.chars().all(fits));
            }
        }

        #[test]
        fn no_disposition_panics_or_names_a_path(header in any::<String>()) {
            let name = of_disposition(&header).unwrap_or_default();
            prop_assert!(!name.contains(['/', '\\']));
        }
    }
}
