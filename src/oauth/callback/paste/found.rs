//! Where an address may begin and end in a text, and parameters that stand there without one.
//!
//! A text says neither, so there are several readings, the likeliest first. A caller that tries
//! them takes the first that fits.

use zeroize::Zeroizing;

use crate::oauth::authorize::redirect::RedirectUri;

/// Characters of a state: 32 bytes in base64url.
pub(in crate::oauth) const STATE_LENGTH: usize = 43;
/// Addresses that are looked at in one text, so that none takes long.
const MOST_ADDRESSES: usize = 50;
/// The most signs that are taken off the end of an address.
const LONGEST_TAIL: usize = 20;

/// A reading of a part of the text.
pub(in crate::oauth) enum PastedAnswer {
    /// An address, perhaps of the callback.
    Address(Zeroizing<String>),
    /// `code=…&state=…` without an address.
    Parameters(Zeroizing<String>),
}

impl PastedAnswer {
    fn parameters(text: &str) -> Self {
        Self::Parameters(Zeroizing::new(text.to_owned()))
    }
}

/// All readings of a text. An address has no white space in it.
pub(in crate::oauth) fn in_text(text: &str, redirect_uri: &RedirectUri) -> Vec<PastedAnswer> {
    let mut found = Vec::new();
    let mut before = None;
    found.extend(alone(text, redirect_uri).map(PastedAnswer::Address));
    for piece in text.split_inclusive(is_boundary) {
        let boundary = piece.chars().next_back().filter(|sign| is_boundary(*sign));
        let word = piece.trim_end_matches(is_boundary);
        in_word(word, before, redirect_uri, &mut found);
        before = boundary;
    }
    found
}

/// A text that is one address, without anything around it, is that address to its last sign: a
/// code may end in one that would else belong to a sentence.
fn alone(text: &str, redirect_uri: &RedirectUri) -> Option<Zeroizing<String>> {
    let text = text.trim();
    let begins = addresses(text, redirect_uri).first() == Some(&0);
    (begins && !text.contains(is_boundary)).then(|| Zeroizing::new(text.to_owned()))
}

/// No browser puts these into an address without encoding them.
fn is_boundary(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(
            sign,
            '<' | '>' | '"' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{fffd}'
        )
}

fn in_word(
    word: &str,
    before: Option<char>,
    redirect_uri: &RedirectUri,
    found: &mut Vec<PastedAnswer>,
) {
    let starts = addresses(word, redirect_uri);
    for start in &starts {
        let (head, address) = word.split_at(*start);
        let before = head.chars().next_back().or(before);
        found.extend(ends(address, before).map(PastedAnswer::Address));
    }
    if starts.is_empty() && !word.contains("://") {
        without_scheme(word, before, redirect_uri, found);
    }
}

/// Where addresses begin: those of the web, and those of the redirect URI's own scheme.
fn addresses(word: &str, redirect_uri: &RedirectUri) -> Vec<usize> {
    let own = redirect_uri.as_str().split_inclusive(':').next();
    let schemes = ["http://", "https://"].into_iter().chain(own);
    let lower = Zeroizing::new(word.to_ascii_lowercase());
    let mut starts: Vec<_> = schemes
        .flat_map(|scheme| lower.match_indices(scheme))
        .map(|(start, _)| start)
        .collect();
    starts.sort_unstable();
    starts.dedup();
    starts.truncate(MOST_ADDRESSES);
    starts
}

/// What some address bars and request lines show of an address, or its parameters alone.
fn without_scheme(
    word: &str,
    before: Option<char>,
    redirect_uri: &RedirectUri,
    found: &mut Vec<PastedAnswer>,
) {
    let lower = Zeroizing::new(word.to_ascii_lowercase());
    let (scheme, rest) = redirect_uri.split().unwrap_or(("http", "\0"));
    let own = lower.find(&rest.to_ascii_lowercase());
    let names = ["localhost", "127.", "[::1]"].into_iter();
    let names = names.filter_map(|name| lower.find(name));
    let places = names.map(|start| ("http", start));
    for (scheme, start) in own.map(|start| (scheme, start)).into_iter().chain(places) {
        let (head, address) = word.split_at(start);
        let last = head.chars().next_back();
        // Else it is a part of another name, or follows a user name.
        if !last.is_some_and(|last| last.is_alphanumeric() || "@.-_/%\\".contains(last)) {
            let whole = |address: Zeroizing<String>| format!("{scheme}://{}", *address);
            let all = ends(address, last.or(before));
            found.extend(all.map(|address| PastedAnswer::Address(Zeroizing::new(whole(address)))));
        }
    }
    let word = word.trim_start_matches(OPENING);
    let word = word.strip_prefix(redirect_uri.path()).unwrap_or(word);
    if let Some(parameters) = bare(word) {
        found.push(PastedAnswer::parameters(parameters));
        found.extend(ends(parameters, before).map(PastedAnswer::Parameters));
    }
}

/// `code=…&state=…`: an address has another character than a letter before its first equals sign.
fn bare(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(['?', '#']);
    let end = text.find(|letter: char| !letter.is_ascii_alphabetic() && letter != '_')?;
    (end > 0 && text.get(end..)?.starts_with('=')).then_some(text)
}

const OPENING: [char; 10] = ['(', '[', '{', '\'', '`', '*', '~', '|', '\u{2018}', ','];

/// The ends that an address may have. `before` is the sign in front of it.
fn ends(address: &str, before: Option<char>) -> impl Iterator<Item = Zeroizing<String>> {
    // Slack writes `<address|what is shown>`.
    let own = match before {
        Some('<') => address.split('|').next().unwrap_or(address),
        _ => address,
    };
    let own = without_tail(own, before);
    let to_the_state = after_the_state(own);
    let ends = [Some(own), to_the_state].into_iter().flatten();
    ends.map(|end| Zeroizing::new(end.to_owned()))
}

/// Takes off what belongs to the text around an address: a full stop, a bracket that nothing in the
/// address opens, and signs that stand in front of it, too.
fn without_tail(mut address: &str, before: Option<char>) -> &str {
    for _ in 0..LONGEST_TAIL {
        let Some(last) = address.chars().next_back() else {
            break;
        };
        let count = |sign| address.matches(sign).count();
        let is_open = |opening, closing| count(opening) >= count(closing);
        let belongs = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\\' | '\u{2019}' => false,
            ')' => is_open('(', ')'),
            ']' => is_open('[', ']'),
            '}' => is_open('{', '}'),
            '\'' | '`' | '*' | '_' | '~' | '|' => before != Some(last),
            _ => true,
        };
        if belongs {
            break;
        }
        address = address
            .get(..address.len() - last.len_utf8())
            .unwrap_or_default();
    }
    address
}

/// The address up to the end of a state that more letters follow: its length is known.
fn after_the_state(address: &str) -> Option<&str> {
    let (start, name) = address.match_indices("state=").find(|(start, _)| {
        let before = address
            .get(..*start)
            .and_then(|head| head.chars().next_back());
        before.is_none_or(|sign| "?&#;".contains(sign))
    })?;
    let end = start + name.len() + STATE_LENGTH;
    let cut = address.get(..end)?;
    let is_whole = cut
        .bytes()
        .skip(start + name.len())
        .all(is_letter_of_a_state);
    let goes_on = address
        .get(end..)
        .is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['&', '#']));
    (is_whole && goes_on).then_some(cut)
}

/// The alphabet of base64url.
pub(in crate::oauth) fn is_letter_of_a_state(letter: u8) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_')
}
