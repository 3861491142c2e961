//! The ways in which a server may write a secret, and what of it can be found in an output.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};

use super::sweep::SECRETS;

/// A way of writing any text.
type Spelling = fn(&str) -> String;

/// The ways, each with the shortest text that is written the same within another one.
pub(super) const SPELLINGS: [(&str, Spelling, usize); 45] = [
    ("as it is", str::to_owned, 8),
    ("upper case", str::to_uppercase, 8),
    ("lower case", str::to_lowercase, 8),
    (
        "percent-encoded",
        |text| each(text, |byte| format!("%{byte:02X}")),
        8,
    ),
    (
        "percent-encoded twice",
        |text| each(text, |byte| format!("%25{byte:02x}")),
        8,
    ),
    (
        "percent-encoded five times",
        |text| each(text, |byte| format!("%25252525{byte:02x}")),
        8,
    ),
    (
        "percent-encoded as by JavaScript",
        |text| each(text, |byte| format!("%u00{byte:02X}")),
        8,
    ),
    (
        "escaped as in JSON",
        |text| each(text, |byte| format!("\\u{byte:04x}")),
        8,
    ),
    (
        "escaped as in JSON twice",
        |text| each(text, |byte| format!("\\\\u{byte:04x}")),
        8,
    ),
    (
        "escaped as in Rust",
        |text| each(text, |byte| format!("\\u{{{byte:x}}}")),
        8,
    ),
    (
        "escaped as in Python",
        |text| each(text, |byte| format!("\\U{byte:08x}")),
        8,
    ),
    (
        "escaped as in C",
        |text| each(text, |byte| format!("\\x{byte:02x}")),
        8,
    ),
    (
        "octal escapes",
        |text| each(text, |byte| format!("\\{byte:03o}")),
        8,
    ),
    (
        "decimal references",
        |text| each(text, |byte| format!("&#{byte};")),
        8,
    ),
    (
        "hexadecimal references",
        |text| each(text, |byte| format!("&#x{byte:x};")),
        8,
    ),
    (
        "references without semicolons",
        |text| each(text, |byte| format!("&#{byte:04}")),
        8,
    ),
    (
        "references of references",
        |text| each(text, |byte| format!("&amp;#{byte};")),
        8,
    ),
    (
        "quoted-printable",
        |text| each(text, |byte| format!("={byte:02X}")),
        8,
    ),
    (
        "hexadecimal",
        |text| each(text, |byte| format!("{byte:02x}")),
        8,
    ),
    (
        "hexadecimal with blanks",
        |text| each(text, |byte| format!("{byte:02x} ")),
        8,
    ),
    (
        "hexadecimal with colons",
        |text| each(text, |byte| format!("{byte:02X}:")),
        8,
    ),
    (
        "hexadecimal numbers",
        |text| each(text, |byte| format!("0x{byte:02x},")),
        8,
    ),
    (
        "decimal numbers",
        |text| each(text, |byte| format!("{byte},")),
        8,
    ),
    (
        "octal numbers",
        |text| each(text, |byte| format!("{byte:03o} ")),
        8,
    ),
    (
        "binary numbers",
        |text| each(text, |byte| format!("{byte:08b} ")),
        8,
    ),
    (
        "code points",
        |text| each(text, |byte| format!("U+{byte:04X} ")),
        8,
    ),
    (
        "UTF-16 in hexadecimal",
        |text| each(text, |byte| format!("{byte:02x}00")),
        8,
    ),
    (
        "with blanks",
        |text| each(text, |byte| format!("{} ", char::from(byte))),
        12,
    ),
    (
        "with dashes",
        |text| each(text, |byte| format!("{}-", char::from(byte))),
        12,
    ),
    (
        "with line breaks",
        |text| each(text, |byte| format!("{}\\n", char::from(byte))),
        8,
    ),
    (
        "with zero-width blanks",
        |text| each(text, |byte| format!("{}\u{200b}", char::from(byte))),
        8,
    ),
    (
        "with soft hyphens of HTML",
        |text| each(text, |byte| format!("{}&shy;", char::from(byte))),
        8,
    ),
    (
        "with tags",
        |text| each(text, |byte| format!("<b>{}</b>", char::from(byte))),
        12,
    ),
    (
        "with escaped tags",
        |text| each(text, |byte| format!("&lt;i&gt;{}", char::from(byte))),
        12,
    ),
    (
        "coloured",
        |text| {
            each(text, |byte| {
                format!("\x1b[3{}m{}", byte % 8, char::from(byte))
            })
        },
        12,
    ),
    (
        "full-width",
        |text| {
            let wide = |letter| char::from_u32(u32::from(letter) + 0xfee0).unwrap();
            text.chars().map(wide).collect()
        },
        8,
    ),
    ("base64", |text| STANDARD.encode(text), 9),
    (
        "base64url of the header",
        |text| URL_SAFE.encode(format!("Bearer: {text}")),
        9,
    ),
    (
        "base64 of base64",
        |text| STANDARD.encode(STANDARD.encode(text)),
        9,
    ),
    (
        "percent-encoded base64",
        |text| each(&URL_SAFE_NO_PAD.encode(text), |byte| format!("%{byte:02X}")),
        9,
    ),
    (
        "hexadecimal of base64",
        |text| each(&URL_SAFE_NO_PAD.encode(text), |byte| format!("{byte:02x}")),
        9,
    ),
    (
        "base64 of hexadecimal",
        |text| URL_SAFE_NO_PAD.encode(each(text, |byte| format!("{byte:02x}"))),
        9,
    ),
    (
        "base64 of an address",
        |text| URL_SAFE_NO_PAD.encode(each(text, |byte| format!("%{byte:02X}"))),
        9,
    ),
    (
        "base64 of UTF-16",
        |text| URL_SAFE_NO_PAD.encode(each(text, |byte| format!("{}\0", char::from(byte)))),
        9,
    ),
    (
        "base32",
        |text| {
            let bits = each(text, |byte| format!("{byte:08b}"));
            let digit = |bits: &[u8]| {
                let bits = String::from_utf8_lossy(bits);
                let digit = usize::from_str_radix(&format!("{bits:0<5}"), 2).unwrap();
                char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[digit])
            };
            bits.as_bytes().chunks(5).map(digit).collect()
        },
        10,
    ),
];

/// What of a secret a server may write.
const CUTS: [fn(&str) -> String; 5] = [
    str::to_owned,
    |secret| secret[..12].to_owned(),
    |secret| secret[secret.len() - 12..].to_owned(),
    |secret| secret[7..15].to_owned(),
    |secret| secret.chars().rev().collect(),
];

fn each(text: &str, spell: impl Fn(u8) -> String) -> String {
    text.bytes().map(spell).collect()
}

/// All that a server may write of a secret, a few at a time: an error shows no more of its words.
pub(super) fn batches(secret: &str) -> Vec<Vec<String>> {
    let cuts = CUTS.iter().map(|cut| cut(secret));
    let spelled = SPELLINGS.iter().map(|(_, spell, _)| spell(secret));
    let all: Vec<_> = cuts.chain(spelled).collect();
    all.chunks(3).map(<[String]>::to_vec).collect()
}

/// All that must not be found, with whether its case counts: an encoding inside base64 cannot be
/// read once a place has changed it.
static SPELLED: LazyLock<Vec<(String, bool)>> = LazyLock::new(|| {
    let both = SECRETS.iter().flat_map(|secret| {
        let backwards = secret.chars().rev().collect();
        [(*secret).to_owned(), backwards]
    });
    let both: Vec<_> = both.collect();
    let spelled = SPELLINGS.iter().flat_map(|(name, spell, length)| {
        let parts = both.iter().flat_map(|secret| parts(secret, *length));
        let counts = name.starts_with("base64 of ");
        parts.map(move |part| {
            let part = spell(&part);
            let part = part.trim_end_matches(['=', ' ']);
            let folded = || part.to_lowercase();
            (if counts { part.to_owned() } else { folded() }, counts)
        })
    });
    spelled.collect()
});

fn parts(text: &str, length: usize) -> impl Iterator<Item = String> {
    (0..=text.len() - length).map(move |from| text[from..from + length].to_owned())
}

/// A part of a secret in a text, however it is written.
pub(super) fn leaked(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let joined: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    let spelled = SPELLED.iter().find(|(part, counts)| {
        let text = if *counts { text } else { &lower };
        text.contains(part)
    });
    let spelled = spelled.map(|(part, _)| part.clone());
    let mut all = SECRETS.iter().flat_map(|secret| parts(secret, 12));
    spelled.or_else(|| all.find(|part| joined.contains(&part.to_lowercase())))
}
