//! What filters can do, and what they cannot.

use super::*;
use crate::error::Kind;

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
    let document = r#"{"data":[{"id":"a","n":1,"t":true},{"id":"b\t\"c\"","n":2.50,"t":null}]}"#;
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
        ("nan, infinite", &["null", "1.7976931348623157e+308"]),
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
    let failed =
        |expression: &str, document: &str| results(expression, document).unwrap_err().to_string();
    assert_eq!(
        failed(".a.b", r#"{"a":"x"}"#),
        "the filter of --jq failed: cannot index \"x\" with \"b\""
    );
    assert!(failed("error(\"so\")", "1").ends_with("so"));
    assert!(failed("error({a: 1})", "1").ends_with("{\"a\":1}"));
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(5000));
    assert!(failed(".a.b", &long).chars().count() < 250);
    let deep = format!("\"{}\"", "[".repeat(100_000));
    assert!(failed("fromjson", &deep).contains("not JSON"));
}

/// One row: the filter, the document, and every result, each in a line of its own.
#[derive(serde::Deserialize)]
struct Row {
    filter: String,
    document: String,
    results: Vec<String>,
}

#[test]
fn filters_give_what_jq_gives() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("golden.json")).unwrap();
    assert!(rows.len() > 350, "{}", rows.len());
    let mut wrong = Vec::new();
    for row in rows {
        let found = match row.filter.parse::<Filter>() {
            Ok(_) => results(&row.filter, &row.document).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if found.as_ref() != Ok(&row.results) {
            wrong.push(format!(
                "{} of {}: {found:?}, jq: {:?}",
                row.filter, row.document, row.results
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What jq of other versions has, or refuses for no good reason.
#[test]
fn filters_of_other_versions_of_jq_work_as_well() {
    for (filter, document, expected) in [
        (
            "from_entries",
            r#"[{"name":"a","value":1},{"k":"b","v":2},{"Name":"c","Value":3},{"K":"d","V":4}]"#,
            r#"{"a":1,"b":2,"c":3,"d":4}"#,
        ),
        (
            "from_entries",
            r#"[{"key":false,"value":1},{"key":1,"value":2}]"#,
            r#"{"false":1,"1":2}"#,
        ),
        ("toarray", "1", "[1]"),
        ("[leaf_paths]", r#"{"a":[1]}"#, r#"[["a",0]]"#),
        ("[trim, ltrim, rtrim]", "\" a \"", "[\"a\",\"a \",\" a\"]"),
        ("add(.[] | .a)", r#"[{"a":1},{"a":2}]"#, "3"),
        ("[skip(1; .[])]", "[1,2,3]", "[2,3]"),
        ("have_literal_numbers", "null", "true"),
        (".a[0].b |= 3", "null", r#"{"a":[{"b":3}]}"#),
        (".[3] = 1", "[0]", "[0,null,null,1]"),
        ("[.[] as $x | \"\\($x / 2)\"]", "[4,3]", r#"["2","1.5"]"#),
        ("map(. / 2) | tostring", "[4,3]", "\"[2,1.5]\""),
    ] {
        assert_eq!(results(filter, document).unwrap(), [expected], "{filter}");
    }
}
