//! `--jq`: a filter over the JSON of an answer (<https://jqlang.org/manual>, as jaq understands it).
//!
//! It sees the answer and nothing else: no variable, no file, no further input. Whatever could
//! print or end the process past this module is not defined.

mod guard;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jaq_core::data::JustLut;
use jaq_core::load::parse::{Def, Expect};
use jaq_core::load::{self, Arena, File, Loader};
use jaq_core::native::{Fun, bome, run, v};
use jaq_core::{Compiler, Ctx, Exn, Vars};
use jaq_json::Val;

use super::document;
use crate::error::{Error, Kind};

/// A filter that has been understood.
#[derive(Clone)]
pub struct Filter {
    text: String,
    program: Arc<jaq_core::Filter<JustLut<Val>>>,
}

/// What is wrong with an expression, and where.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} at {place}")]
pub struct Unclear {
    what: String,
    place: String,
}

/// jaq has these, and here they would read variables, print past `--quiet`, or end the process.
const WITHHELD: [&str; 8] = [
    "env",
    "halt",
    "halt_error",
    "debug",
    "debug_empty",
    "stderr",
    "stderr_empty",
    // In its place there is one whose depth is bounded.
    "fromjson",
];

/// What jq has, and jaq leaves to its own command line.
const FURTHER: &str = r#"
def row(f):
  if isarray | not then error("only an array can be a row") end |
  map(
    if . == null then ""
    elif isarray or isobject then error("an array or an object has no place in a row")
    else f end);
def replaced($old; $new): split($old) | join($new);
def @csv: row(if isstring then "\"" + replaced("\""; "\"\"") + "\"" else tojson end) | join(",");
def @tsv: row(if isstring
    then replaced("\\"; "\\\\") | replaced("\t"; "\\t") | replaced("\n"; "\\n") | replaced("\r"; "\\r")
    else tojson end) | join("\t");
def toarray: if isarray then . else [.] end;
def leaf_paths: paths(scalars);
def ascii: [.] | implode;
def IN(s): any(s == .; .);
def IN(src; s): any(src == s; .);
def INDEX(stream; f): reduce stream as $row ({}; .[$row | f | tostring] |= $row);
def INDEX(f): INDEX(.[]; f);
"#;

/// The longest text of a failure, at its beginning and at its end: it may quote the answer.
const MAX_ERROR_LENGTH: usize = 80;

impl FromStr for Filter {
    type Err = Unclear;

    fn from_str(text: &str) -> Result<Self, Unclear> {
        if text.len() > guard::MAX_FILTER_LENGTH {
            return Err(Unclear {
                what: "it is longer than any filter".to_owned(),
                place: format!("byte {}", guard::MAX_FILTER_LENGTH),
            });
        }
        // It may be nested as deep as it is long.
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(guard::PARSER_STACK);
            let thread = thread.spawn_scoped(scope, || compile(text));
            let filter = thread.ok().and_then(|thread| thread.join().ok());
            filter.unwrap_or_else(|| Err(unclear(text, None)))
        })
    }
}

/// The name under which the expression is called.
const MAIN: &str = "main__of__this__program";

fn compile<'a>(text: &'a str) -> Result<Filter, Unclear> {
    let arena = Arena::default();
    let further = load::parse(FURTHER, |parser| parser.defs()).unwrap_or_default();
    let offered = |name: &str| !WITHHELD.contains(&name);
    let prelude = jaq_core::defs()
        .chain(jaq_std::defs())
        .chain(jaq_json::defs())
        .chain(further)
        .filter(|definition: &Def<&str>| offered(definition.name))
        .map(|definition| -> Def<&'a str> { guard::definition(definition) });
    let natives = jaq_core::funs()
        .chain(jaq_std::funs())
        .chain(jaq_json::funs())
        .filter(|(name, ..)| offered(name))
        .chain([from_json(), guard::shallow(), guard::product()]);
    let loaded = |prelude: Vec<_>, code| {
        let file = File { code, path: () };
        let modules = Loader::new(prelude)
            .load(&arena, file)
            .map_err(|errors| unclear(text, errors.first().and_then(|(_, error)| found(error))))?;
        load::import(&modules, |_| Err(String::new()))
            .map_err(|errors| unclear(text, errors.first().and_then(|(_, error)| found(error))))?;
        Ok(modules)
    };
    let Some(body) = load::parse(text, |parser| parser.term()) else {
        // What is wrong is told in more detail here.
        loaded(Vec::new(), text)?;
        return Err(unclear(text, None));
    };
    let main = guard::definition(Def {
        name: MAIN,
        args: Vec::new(),
        body,
    });
    let modules = loaded(prelude.chain([main]).collect(), MAIN)?;
    let program = Compiler::default()
        .with_funs(natives)
        .compile(modules)
        .map_err(|errors| {
            let first = errors.first().and_then(|(_, errors)| errors.first());
            unclear(
                text,
                first.map(|(name, kind)| (undefined(name, kind), *name)),
            )
        })?;
    Ok(Filter {
        text: text.to_owned(),
        program: Arc::new(program),
    })
}

/// Text that stands in a JSON document may come from anywhere.
fn from_json() -> Fun<JustLut<Val>> {
    run(("fromjson", v(0), |cv| {
        let parsed = match &cv.1 {
            Val::TStr(text) => document::parse(text)
                .map_err(|reason| jaq_json::Error::str(format!("fromjson: {reason}"))),
            other => Err(jaq_json::Error::typ(other.clone(), "string")),
        };
        bome(parsed)
    }))
}

/// The first thing that is wrong, and the rest of the expression from there on.
fn found<'a>(error: &load::Error<&'a str>) -> Option<(String, &'a str)> {
    match error {
        load::Error::Lex(errors) => errors
            .first()
            .map(|(expected, rest)| (format!("{} expected", expected.as_str()), *rest)),
        load::Error::Parse(errors) => errors.first().map(|(expected, rest)| match expected {
            Expect::Nothing => ("an operator is missing".to_owned(), *rest),
            expected => (format!("{} expected", expected.as_str()), *rest),
        }),
        load::Error::Io(errors) => errors
            .first()
            .map(|(path, _)| ("a filter cannot load files".to_owned(), *path)),
    }
}

fn undefined(name: &str, kind: &jaq_core::compile::Undefined) -> String {
    let withheld = WITHHELD.contains(&name) || name == "$ENV" || name.starts_with("input");
    let kind = kind.as_str();
    if withheld {
        format!("the {kind} `{name}` is not offered (a filter sees the answer and nothing else)")
    } else {
        format!("there is no {kind} `{name}`")
    }
}

fn unclear(text: &str, found: Option<(String, &str)>) -> Unclear {
    let Some((what, rest)) = found else {
        return Unclear {
            what: "it cannot be understood".to_owned(),
            place: "an unknown place".to_owned(),
        };
    };
    // What jaq quotes is part of the text; were it not, the end would be named.
    let at = (rest.as_ptr() as usize).checked_sub(text.as_ptr() as usize);
    let before = at.and_then(|at| text.get(..at)).unwrap_or(text);
    let (line, column) = match before.rsplit_once('\n') {
        Some((above, row)) => (above.split('\n').count() + 1, row),
        None => (1, before),
    };
    let column = column.chars().count() + 1;
    let place = if text.contains('\n') {
        format!("line {line}, character {column}")
    } else {
        format!("character {column}")
    };
    Unclear { what, place }
}

impl Filter {
    /// Gives each result to `each`, until there is none left or one is a failure.
    pub(super) fn run(
        &self,
        document: Val,
        mut each: impl FnMut(Val) -> Result<(), Error>,
    ) -> Result<(), Error> {
        guard::begin();
        let context = Ctx::<JustLut<Val>>::new(&self.program.lut, Vars::new([]));
        for result in self.program.id.run((context, document)) {
            let result = result.map_err(failed)?;
            if guard::is_deep(&result) {
                // Neither writing nor dropping it would end well.
                std::mem::forget(result);
                return Err(bounded(guard::Bound::Depth));
            }
            each(result)?;
        }
        Ok(())
    }
}

fn failed(exception: Exn<'_, Val>) -> Error {
    if let Some(bound) = guard::met() {
        return bounded(bound);
    }
    let reason = reason(exception);
    Error::msg(
        Kind::Failure,
        format!("the filter of --jq failed: {reason}"),
    )
}

fn bounded(bound: guard::Bound) -> Error {
    let (what, hint) = match bound {
        guard::Bound::Depth => (
            "the filter of --jq calls itself too often, or nests its values too deep",
            "end the recursion with a condition, or use `reduce` or `limit`",
        ),
        guard::Bound::Size => (
            "the filter of --jq makes a text or a number that is too large",
            "multiply by less",
        ),
    };
    Error::msg(Kind::Usage, what).hint(hint)
}

fn reason(exception: Exn<'_, Val>) -> String {
    let text = match exception.get_err() {
        Ok(error) => match error.into_val() {
            Val::TStr(text) => String::from_utf8_lossy(&text).into_owned(),
            value => document::compact(value),
        },
        Err(_) => "it ended before its time".to_owned(),
    };
    let letters = text.chars().count();
    if letters <= 2 * MAX_ERROR_LENGTH {
        return text;
    }
    let start: String = text.chars().take(MAX_ERROR_LENGTH).collect();
    let end: String = text.chars().skip(letters - MAX_ERROR_LENGTH).collect();
    format!("{start} … {end}")
}

impl fmt::Debug for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Filter").field(&self.text).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(expression: &str, document: &str) -> Result<Vec<String>, Error> {
        let filter: Filter = expression
            .parse()
            .unwrap_or_else(|error| panic!("{expression}: {error}"));
        let document = document.to_owned();
        crate::interrupt::run_interruptible(move || {
            let mut results = Vec::new();
            filter.run(document::parse(document.as_bytes()).unwrap(), |value| {
                results.push(document::compact(value));
                Ok(())
            })?;
            Ok(results)
        })
    }

    #[test]
    fn what_scripts_use_works() {
        let document =
            r#"{"data":[{"id":"a","n":1,"t":true},{"id":"b\t\"c\"","n":2.50,"t":null}]}"#;
        for (expression, expected) in [
            (".data | length", &["2"][..]),
            (".data[].id", &[r#""a""#, r#""b\t\"c\"""#]),
            (".data[] | select(.n > 1) | .n", &["2.50"]),
            (".data | map(.n) | add", &["3.5"]),
            (
                ".data[] | [.id, .n, .t] | @tsv",
                &[r#""a\t1\ttrue""#, r#""b\\t\"c\"\t2.50\t""#],
            ),
            (
                ".data[1] | [.id, .n, .t] | @csv",
                &[r#""\"b\t\"\"c\"\"\",2.50,""#],
            ),
            (
                "first(.data[]) | with_entries(select(.key != \"t\"))",
                &[r#"{"id":"a","n":1}"#],
            ),
            (".data[0].id | test(\"^A$\"; \"i\")", &["true"]),
            ("\"2025-06-01T00:00:00Z\" | fromdate", &["1748736000"]),
            (".missing, .data[9]", &["null", "null"]),
            (".data[] | .id | IN(\"a\", \"z\")", &["true", "false"]),
            ("INDEX(.data[]; .id).a.n", &["1"]),
            ("\"[1,2]\" | fromjson", &["[1,2]"]),
            ("\"12\" | tonumber", &["12"]),
            ("nan, infinite", &["null", "null"]),
            ("empty", &[]),
        ] {
            assert_eq!(
                results(expression, document).unwrap(),
                expected,
                "{expression}"
            );
        }
    }

    #[test]
    fn a_filter_that_would_exhaust_the_stack_is_a_usage_error() {
        for expression in [
            "def f: 1+f; f",
            "def f: [f]; f",
            "def f: {a: f}; f",
            "reduce range(100000) as $i (0; [.])",
        ] {
            let error = results(expression, "null").unwrap_err();
            assert_eq!(error.kind(), Kind::Usage, "{expression}: {error}");
        }
    }

    #[test]
    fn recursion_that_ends_and_deep_expressions_work() {
        for (expression, expected) in [
            ("def f: if . > 300 then . else . + 1 | f end; 0 | f", "301"),
            (
                "def f: if . == 0 then 0 else 1 + (. - 1 | f) end; 40 | f",
                "40",
            ),
            ("[limit(3; repeat(1))] | length", "3"),
            ("last(range(100000))", "99999"),
            ("reduce range(100000) as $i (0; . + $i)", "4999950000"),
            (
                "[recurse(if . < 500 then . + 1 else empty end)] | length",
                "501",
            ),
            ("[range(2000)] | map(. + 1) | length", "2000"),
            ("[[[1]]] | [.. | numbers]", "[1]"),
            (
                "[1, [2]] | walk(if type == \"number\" then . + 1 else . end)",
                "[2,[3]]",
            ),
            ("{a: 1} | .a |= . + 1", "{\"a\":2}"),
            ("[paths]", "[]"),
        ] {
            assert_eq!(
                results(expression, "0").unwrap(),
                [expected],
                "{expression}"
            );
        }
    }

    #[test]
    fn an_expression_nested_as_deep_as_it_is_long_ends_in_an_error_or_a_result() {
        for (start, middle, end, count) in [
            ("(", "1", ")", 8000),
            ("[", "1", "]", 8000),
            ("", "1", "+1", 8000),
            ("-", "1", "", 16000),
            ("1|", "1", "", 8000),
            ("1 as $x|", "1", "", 2000),
            ("def f:1;", "f", "", 2000),
            ("try ", "1", "", 4000),
            ("if 1 then ", "1", " end", 1100),
            ("((((((((((", "", "", 1600),
        ] {
            let text = start.repeat(count) + middle + &end.repeat(count);
            let text: String = text.chars().take(guard::MAX_FILTER_LENGTH).collect();
            let Ok(filter) = text.parse::<Filter>() else {
                continue;
            };
            // Either is fine, as long as it ends.
            let ended = crate::interrupt::run_interruptible(move || {
                Ok(filter.run(Val::Null, |_| Ok(())).is_ok())
            });
            assert!(ended.is_ok(), "{start}");
        }
        let long = ".".repeat(guard::MAX_FILTER_LENGTH + 1);
        assert!(long.parse::<Filter>().is_err());
    }

    #[test]
    fn a_wrong_expression_is_told_with_its_place() {
        for (expression, words) in [
            (".[", "closing bracket expected at character 3"),
            (".a | nope", "there is no filter `nope` at character 6"),
            (".a | $x", "there is no variable `$x` at character 6"),
            (".a b", "an operator is missing at character 4"),
            ("\"é\" | )", "at character 7"),
            (".a |\n .b |\n nope", "`nope` at line 3, character 2"),
            ("", "at character 1"),
            ("import \"m\" as m; .", "cannot load files"),
            ("include \"m\"; .", "cannot load files"),
            ("import \"d\" as $d; .", "cannot load files"),
            ("break $x", "label"),
        ] {
            let error = expression.parse::<Filter>().unwrap_err().to_string();
            assert!(error.contains(words), "{expression}: {error}");
        }
    }

    #[test]
    fn a_filter_sees_the_answer_and_nothing_else() {
        for expression in [
            "env",
            "$ENV",
            "$ENV.HOME",
            "env.EPROSPERA_TOKEN",
            "input",
            "[inputs]",
            "input_filename",
            "debug",
            "debug(1)",
            "stderr",
            "halt",
            "halt(3)",
            "\"x\" | halt_error",
            "halt_error(1)",
            "debug_empty",
            "stderr_empty",
        ] {
            let error = expression.parse::<Filter>().unwrap_err().to_string();
            assert!(error.contains("is not offered"), "{expression}: {error}");
        }
    }

    #[test]
    fn a_failure_says_why_and_quotes_little_of_the_answer() {
        let failed = |expression: &str, document: &str| {
            results(expression, document).unwrap_err().to_string()
        };
        assert_eq!(
            failed(".a.b", r#"{"a":"x"}"#),
            "the filter of --jq failed: cannot index \"x\" with \"b\""
        );
        assert!(failed("error(\"so\")", "1").ends_with("so"));
        assert!(failed("error({a: 1})", "1").ends_with("{\"a\":1}"));
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(5000));
        assert!(failed(".a.b", &long).chars().count() < 250);
        let deep = format!("\"{}\"", "[".repeat(100_000));
        assert!(failed("fromjson", &deep).contains("no JSON"));
    }
}
