//! Which requests may pass: a list of methods and path patterns, read from `--allow`.
//!
//! A path is compared as the portal reads it: decoded once, segment by segment. Whatever a second
//! decoding could turn into another path is refused, so that no spelling passes a narrower rule.
//! It knows nothing of connections or tokens.

use std::fmt;

use percent_encoding::percent_decode_str;
use reqwest::Method;

use crate::nearest::nearest;

/// What a rule may name. `CONNECT` and `TRACE` never pass.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/// A rule that every message about a wrong one can show.
const EXAMPLE: &str = "write a rule as --allow 'GET /api/v1/me/**': a method, a space, and a path that may contain `*` and `**`";

/// What is wrong with a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`--allow '{rule}'`: {problem}")]
pub(crate) struct InvalidRule {
    rule: String,
    problem: String,
    hint: String,
}

impl InvalidRule {
    /// What to write instead.
    pub(crate) fn hint(&self) -> &str {
        &self.hint
    }
}

/// Why a request may not pass.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotAllowed {
    #[error("{method} {path} is not allowed here: only {rules}")]
    NoRule {
        method: String,
        path: String,
        rules: String,
    },
    /// A server that decodes twice would read another path.
    #[error("the path {path} can be read in two ways")]
    Ambiguous { path: String },
}

/// The rules of one proxy. A request passes when one of them permits it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rules(Vec<Rule>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    methods: Vec<Method>,
    /// As it was written.
    path: String,
    segments: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    /// `**`: any number of segments.
    AnyNumber,
    /// The decoded texts between the asterisks; one text is a segment without any.
    Pattern(Vec<Vec<u8>>),
}

impl Default for Rules {
    /// Reads of every path.
    fn default() -> Self {
        Self(vec![Rule {
            methods: vec![Method::GET, Method::HEAD],
            path: "/**".to_owned(),
            segments: vec![Segment::AnyNumber],
        }])
    }
}

impl Rules {
    /// Reads the values of `--allow`. They replace the default: nothing passes that none of them
    /// names.
    pub(crate) fn parse(rules: &[String]) -> Result<Self, InvalidRule> {
        if rules.is_empty() {
            return Ok(Self::default());
        }
        rules
            .iter()
            .map(|rule| Rule::parse(rule))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether a request may pass. `path` is as it was sent, without its query.
    pub(crate) fn permits(&self, method: &Method, path: &str) -> Result<(), NotAllowed> {
        let segments = decoded_segments(path).ok_or_else(|| NotAllowed::Ambiguous {
            path: path.to_owned(),
        })?;
        if self.0.iter().any(|rule| rule.permits(method, &segments)) {
            return Ok(());
        }
        Err(NotAllowed::NoRule {
            method: method.to_string(),
            path: path.to_owned(),
            rules: self.to_string(),
        })
    }
}

impl fmt::Display for Rules {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, rule) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(formatter, "{separator}`{rule}`")?;
        }
        Ok(())
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, method) in self.methods.iter().enumerate() {
            let separator = if index == 0 { "" } else { "," };
            write!(formatter, "{separator}{method}")?;
        }
        write!(formatter, " {}", self.path)
    }
}

impl Rule {
    fn parse(rule: &str) -> Result<Self, InvalidRule> {
        let invalid = |problem: String, hint: String| InvalidRule {
            rule: rule.to_owned(),
            problem,
            hint,
        };
        let example = || EXAMPLE.to_owned();
        let words: Vec<&str> = rule.split_whitespace().collect();
        let (methods, path) = match words[..] {
            [] => return Err(invalid("it is empty".to_owned(), example())),
            // A path alone is for reading, as everywhere in this program.
            [path] if path.starts_with('/') => (vec![Method::GET, Method::HEAD], path),
            [word] => {
                let hint = match methods(word) {
                    Ok(_) => format!("did you mean --allow '{word} /**'?"),
                    Err(_) => format!("did you mean --allow 'GET /{word}'?"),
                };
                return Err(invalid(
                    "it has no path that begins with `/`".to_owned(),
                    hint,
                ));
            }
            [names, path] => match methods(names) {
                Ok(methods) => (methods, path),
                Err((problem, Some(meant))) => {
                    return Err(invalid(
                        problem,
                        format!("did you mean --allow '{meant} {path}'?"),
                    ));
                }
                Err((problem, None)) => return Err(invalid(problem, example())),
            },
            _ => {
                return Err(invalid(
                    "it has more than a method and a path".to_owned(),
                    example(),
                ));
            }
        };
        match segments(path) {
            Ok(segments) => Ok(Self {
                methods,
                path: path.to_owned(),
                segments,
            }),
            Err((problem, Some(meant))) => {
                let names = words[..words.len() - 1].join(" ");
                let line = format!("{names} {meant}");
                Err(invalid(
                    problem,
                    format!("did you mean --allow '{}'?", line.trim()),
                ))
            }
            Err((problem, None)) => Err(invalid(problem, example())),
        }
    }

    fn permits(&self, method: &Method, path: &[Vec<u8>]) -> bool {
        // HEAD asks for less than GET does.
        let is_named = self.methods.contains(method)
            || method == Method::HEAD && self.methods.contains(&Method::GET);
        is_named && matches_path(&self.segments, path)
    }
}

/// What is wrong, and what was probably meant.
type Problem = (String, Option<String>);

/// Reads `GET`, or a list such as `GET,POST`.
fn methods(names: &str) -> Result<Vec<Method>, Problem> {
    let known = |name: &str| {
        METHODS
            .contains(&name)
            .then(|| Method::from_bytes(name.as_bytes()).ok())
            .flatten()
    };
    let found: Option<Vec<Method>> = names.split(',').map(known).collect();
    if let Some(methods) = found {
        return Ok(methods);
    }
    let meant: Vec<&str> = names
        .split(',')
        .filter(|name| !name.is_empty())
        .filter_map(|name| nearest(name, METHODS))
        .collect();
    let meant = (!meant.is_empty()).then(|| meant.join(","));
    let problem = if names.starts_with('/') {
        "the method comes before the path".to_owned()
    } else if names.contains('*') {
        "`*` does not stand for methods; name each, as in `GET,POST`".to_owned()
    } else {
        format!(
            "{names} is not a method that can be allowed, which are {}",
            METHODS.join(", ")
        )
    };
    Err((problem, meant))
}

/// Reads a path pattern.
fn segments(path: &str) -> Result<Vec<Segment>, Problem> {
    let problem = |text: &str, meant: Option<String>| Err((text.to_owned(), meant));
    if let Some((_, rest)) = path.split_once("://") {
        let below = rest.find('/').map_or("/", |at| &rest[at..]);
        return problem("a path is wanted, not a URL", Some(below.to_owned()));
    }
    let Some(below_root) = path.strip_prefix('/') else {
        let meant = if path == "*" {
            "/**".to_owned()
        } else {
            format!("/{path}")
        };
        return problem("the path does not begin with `/`", Some(meant));
    };
    if let Some((before, _)) = path.split_once(['?', '#']) {
        let text = "rules are about paths; a query is never compared";
        return problem(text, Some(before.to_owned()));
    }
    if path.contains(['[', ']', '{', '}', '\\']) {
        return problem("`*` and `**` are the only wildcards", None);
    }
    let mut segments = Vec::new();
    for segment in below_root.split('/') {
        if segment == "**" {
            segments.push(Segment::AnyNumber);
            continue;
        }
        if segment.contains("**") {
            let text = "`**` stands for whole segments, as in `/a/**/b`; within one, use `*`";
            return problem(text, None);
        }
        let texts: Option<Vec<_>> = segment.split('*').map(decoded).collect();
        match texts {
            Some(texts) if !matches!(&texts[..], [text] if is_dots(text)) => {
                segments.push(Segment::Pattern(texts));
            }
            Some(_) => return problem("a path cannot have `.` or `..` as a segment", None),
            None => return problem("no request with this `%` can pass", None),
        }
    }
    // `/a/**` is what is below `/a`.
    if segments.last() == Some(&Segment::AnyNumber) {
        segments.insert(segments.len() - 1, any_segment());
    }
    Ok(segments)
}

fn any_segment() -> Segment {
    Segment::Pattern(vec![Vec::new(), Vec::new()])
}

/// A path as the portal reads it, or nothing where two readers could differ.
fn decoded_segments(path: &str) -> Option<Vec<Vec<u8>>> {
    let segments: Option<Vec<_>> = path.strip_prefix('/')?.split('/').map(decoded).collect();
    segments.filter(|segments| !segments.iter().any(|segment| is_dots(segment)))
}

/// A segment decoded once. Nothing when it, or what further decoding makes of it, has a separator
/// or a control character.
fn decoded(segment: &str) -> Option<Vec<u8>> {
    let mut decoded: Vec<u8> = percent_decode_str(segment).collect();
    let once = decoded.clone();
    loop {
        let hides = |byte: &u8| byte.is_ascii_control() || matches!(byte, b'/' | b'\\');
        if decoded.iter().any(hides) || is_dots(&decoded) && once != decoded {
            return None;
        }
        let again: Vec<u8> = percent_encoding::percent_decode(&decoded).collect();
        if again == decoded {
            break;
        }
        decoded = again;
    }
    Some(once)
}

/// `.` and `..`, also with a parameter behind them.
fn is_dots(segment: &[u8]) -> bool {
    let name = segment.split(|byte| *byte == b';').next();
    matches!(name, Some(b"." | b".."))
}

/// Compares from the left; where that fails, the last `**` takes one segment more.
fn matches_path(pattern: &[Segment], path: &[Vec<u8>]) -> bool {
    wildcard(
        pattern,
        path,
        |segment| *segment == Segment::AnyNumber,
        |segment, given| match segment {
            Segment::AnyNumber => false,
            Segment::Pattern(texts) => matches_segment(texts, given),
        },
    )
}

/// Matches a list against a pattern in which some items stand for any number of others. Only the
/// last of those has to be tried again, so it takes at most `pattern × given` steps.
fn wildcard<P, G>(
    pattern: &[P],
    given: &[G],
    is_any: impl Fn(&P) -> bool,
    is_equal: impl Fn(&P, &G) -> bool,
) -> bool {
    let (mut at, mut of) = (0, 0);
    let mut retry = None;
    while of < given.len() {
        match pattern.get(at) {
            Some(item) if is_any(item) => {
                retry = Some((at, of));
                at += 1;
            }
            Some(item) if is_equal(item, &given[of]) => {
                at += 1;
                of += 1;
            }
            _ => match retry {
                Some((any, taken)) => {
                    retry = Some((any, taken + 1));
                    at = any + 1;
                    of = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(is_any)
}

fn matches_segment(texts: &[Vec<u8>], given: &[u8]) -> bool {
    let [first, rest @ ..] = texts else {
        return given.is_empty();
    };
    // `/a/*` is not `/a/`, which a server may read as `/a`.
    if given.is_empty() && !rest.is_empty() {
        return false;
    }
    let Some(mut left) = given.strip_prefix(&first[..]) else {
        return false;
    };
    let [between @ .., last] = rest else {
        return left.is_empty();
    };
    for text in between {
        if text.is_empty() {
            continue;
        }
        let Some(at) = left.windows(text.len()).position(|window| window == text) else {
            return false;
        };
        left = &left[at + text.len()..];
    }
    left.ends_with(last)
}

#[cfg(test)]
#[path = "allow/tests.rs"]
mod tests;
