use proptest::prelude::*;

use super::*;

fn rules(lines: &[&str]) -> Rules {
    let lines: Vec<_> = lines.iter().map(|line| (*line).to_owned()).collect();
    Rules::parse(&lines).unwrap()
}

fn permits(rule: &str, line: &str) -> bool {
    let (method, path) = line.split_once(' ').unwrap();
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    rules(&[rule]).permits(&method, path).is_ok()
}

#[test]
fn without_a_rule_everything_can_be_read_and_nothing_changed() {
    let rules = Rules::parse(&[]).unwrap();
    assert_eq!(rules, Rules::default());
    for path in ["/", "/api/v1/me", "/api/v1/me/", "/a//b", "/caf%C3%A9"] {
        for method in [Method::GET, Method::HEAD] {
            assert!(rules.permits(&method, path).is_ok(), "{path}");
        }
        for method in [Method::POST, Method::DELETE, Method::OPTIONS, Method::TRACE] {
            let refused = rules.permits(&method, path).unwrap_err().to_string();
            let sentence = format!("{method} {path} is not allowed here: only `GET,HEAD /**`");
            assert_eq!(refused, sentence);
        }
    }
}

#[test]
fn a_rule_permits_what_it_names_and_nothing_beside_it() {
    for (rule, permitted, refused) in [
        (
            "GET /api/v1/me/residency",
            &["GET /api/v1/me/residency", "HEAD /api/v1/me/residency"][..],
            &[
                "POST /api/v1/me/residency",
                "GET /api/v1/me/residency/",
                "GET /api/v1/me/residency/x",
                "GET /api/v1/me",
                "GET /API/v1/me/residency",
                "GET /api/v1/me/residencyx",
                "GET /api/v1/me;a/residency",
                "get /api/v1/me/residency",
            ][..],
        ),
        (
            "/api/v1/*/residency",
            &["GET /api/v1/me/residency", "HEAD /api/v1/x/residency"],
            &["GET /api/v1/a/b/residency", "POST /api/v1/me/residency"],
        ),
        (
            "GET /a/**",
            &["GET /a/b", "GET /a/b/c", "GET /a/b/"],
            &["GET /a", "GET /a/", "GET /ab", "GET /b/a"],
        ),
        (
            "GET /a/**/z",
            &["GET /a/z", "GET /a/b/z", "GET /a/b/c/z", "GET /a/z/z"],
            &["GET /a/z/b", "GET /z"],
        ),
        ("GET /**/z", &["GET /z", "GET /a/z"], &["GET /z/a", "GET /"]),
        (
            "GET /a/x*y*z.pdf",
            &["GET /a/xyz.pdf", "GET /a/x1y2z.pdf", "GET /a/xyyz.pdf"],
            &["GET /a/xz.pdf", "GET /a/xyz.pdf.exe", "GET /a/x/yz.pdf"],
        ),
        ("HEAD /a", &["HEAD /a"], &["GET /a"]),
        (
            "POST,PATCH /a/*",
            &["POST /a/b", "PATCH /a/b"],
            &["GET /a/b", "PUT /a/b", "HEAD /a/b", "POST /a/"],
        ),
        ("GET /", &["GET /"], &["GET /a"]),
        ("GET /a/", &["GET /a/"], &["GET /a"]),
        ("  GET \t /a ", &["GET /a"], &["GET /b"]),
    ] {
        for line in permitted {
            assert!(permits(rule, line), "{rule} permits {line}");
        }
        for line in refused {
            assert!(!permits(rule, line), "{rule} refuses {line}");
        }
    }
}

#[test]
fn one_path_has_one_meaning_however_it_is_encoded() {
    for (rule, path) in [
        ("GET /api/v1/me", "/api/v1/%6de"),
        ("GET /api/v1/%6De", "/api/v1/me"),
        ("GET /a/caf\u{e9}", "/a/caf%C3%A9"),
        ("GET /a/caf%c3%a9", "/a/caf%C3%A9"),
        ("GET /a/%2A", "/a/*"),
        ("GET /a%20b", "/a%20b"),
        ("GET /a~b", "/a%7Eb"),
    ] {
        assert!(permits(rule, &format!("GET {path}")), "{rule}: {path}");
    }
    // An encoded asterisk in a rule is an asterisk.
    assert!(!permits("GET /a/%2A", "GET /a/b"));
    // Decoded once, it is `%6de`, which the rule does not name.
    assert!(!permits("GET /api/v1/me", "GET /api/v1/%256de"));
}

#[test]
fn a_path_that_could_be_read_in_two_ways_passes_no_rule() {
    for path in [
        "/a/../b",
        "/a/..",
        "/./a",
        "/a/%2e%2e/b",
        "/a/.%2E/b",
        "/a/%252e%252e/b",
        "/a/%25252e%25252e/b",
        "/a/..;x/b",
        "/a/%2e%2e;x/b",
        "/a%2fb",
        "/a%2Fb",
        "/a%252fb",
        "/a%5cb",
        "/a%255Cb",
        "/a\\b",
        "/a%00",
        "/a%2500",
        "/a%0d%0aX:y",
        "",
        "a",
        "*",
        "http://other/a",
    ] {
        let refused = Rules::default().permits(&Method::GET, path).unwrap_err();
        assert!(
            matches!(refused, NotAllowed::Ambiguous { .. }),
            "{path}: {refused}"
        );
    }
}

#[test]
fn a_rule_that_cannot_be_meant_is_refused_with_what_was_probably_meant() {
    for (rule, problem, hint) in [
        ("", "it is empty", "--allow 'GET /api/v1/me/**'"),
        (" ", "it is empty", "--allow 'GET /api/v1/me/**'"),
        ("POST", "no path", "did you mean --allow 'POST /**'?"),
        (
            "api/v1/me",
            "no path",
            "did you mean --allow 'GET /api/v1/me'?",
        ),
        (
            "get /a",
            "get is not a method",
            "did you mean --allow 'GET /a'?",
        ),
        (
            "Get,post /a",
            "not a method",
            "did you mean --allow 'GET,POST /a'?",
        ),
        (
            "GTE /a",
            "GTE is not a method",
            "did you mean --allow 'GET /a'?",
        ),
        ("TRACE /a", "TRACE is not a method", "--allow"),
        ("CONNECT /a", "CONNECT is not a method", "--allow"),
        ("* /a", "`*` does not stand for methods", "--allow"),
        ("/a GET", "the method comes before the path", "--allow"),
        ("GET /a /b", "more than a method and a path", "--allow"),
        (
            "GET a",
            "does not begin with `/`",
            "did you mean --allow 'GET /a'?",
        ),
        (
            "GET *",
            "does not begin with `/`",
            "did you mean --allow 'GET /**'?",
        ),
        (
            "GET https://x.example/a/b",
            "not a URL",
            "did you mean --allow 'GET /a/b'?",
        ),
        (
            "GET /a?b=c",
            "a query is never compared",
            "did you mean --allow 'GET /a'?",
        ),
        (
            "/a#b",
            "a query is never compared",
            "did you mean --allow '/a'?",
        ),
        ("GET /a**", "`**` stands for whole segments", "--allow"),
        ("GET /a/***", "`**` stands for whole segments", "--allow"),
        ("GET /a[bc]", "only wildcards", "--allow"),
        ("GET /{a,b}", "only wildcards", "--allow"),
        ("GET /a/../b", "`.` or `..`", "--allow"),
        ("GET /a/%2e%2E", "`.` or `..`", "--allow"),
        ("GET /a%2fb", "no request with this `%` can pass", "--allow"),
    ] {
        let error = Rules::parse(&[rule.to_owned()]).unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with(&format!("`--allow '{rule}'`: ")), "{text}");
        assert!(text.contains(problem), "{rule}: {text}");
        assert!(error.hint().contains(hint), "{rule}: {}", error.hint());
    }
}

#[test]
fn a_refusal_names_every_rule() {
    let rules = rules(&["GET /a", "POST,PUT /b/*", "/c"]);
    let refused = rules.permits(&Method::GET, "/d").unwrap_err();
    assert_eq!(
        refused.to_string(),
        "GET /d is not allowed here: only `GET /a`, `POST,PUT /b/*`, `GET,HEAD /c`"
    );
}

/// The plain definition, which takes exponential time.
fn naive(pattern: &[Segment], path: &[Vec<u8>]) -> bool {
    match (pattern, path) {
        ([], []) => true,
        ([Segment::AnyNumber, rest @ ..], _) => {
            naive(rest, path) || !path.is_empty() && naive(pattern, &path[1..])
        }
        ([Segment::Pattern(texts), rest @ ..], [first, others @ ..]) => {
            // What is not there is not one segment.
            let is_there = texts.len() == 1 || !first.is_empty();
            is_there && naive_segment(&texts.join(&b'*'), first) && naive(rest, others)
        }
        _ => false,
    }
}

fn naive_segment(pattern: &[u8], given: &[u8]) -> bool {
    match (pattern, given) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => {
            naive_segment(rest, given) || !given.is_empty() && naive_segment(pattern, &given[1..])
        }
        ([one, rest @ ..], [other, others @ ..]) => one == other && naive_segment(rest, others),
        _ => false,
    }
}

proptest! {
    #[test]
    fn a_pattern_matches_what_its_definition_says(
        pattern in "(/(\\*\\*|[ab*]{0,4})){1,6}",
        path in "(/[ab]{0,3}){1,7}",
    ) {
        if let Ok(segments) = segments(&pattern) {
            let path = decoded_segments(&path).unwrap();
            prop_assert_eq!(matches_path(&segments, &path), naive(&segments, &path));
        }
    }

    #[test]
    fn no_spelling_of_a_path_leaves_the_folder_of_its_rule(
        path in "/pub/([./%25ceEfF;a\\\\]{0,16})",
    ) {
        if rules(&["GET /pub/**"]).permits(&Method::GET, &path).is_ok() {
            let mut text = path.into_bytes();
            for _ in 0..4 {
                prop_assert!(text.starts_with(b"/pub/"));
                for segment in text.split(|byte| *byte == b'/') {
                    prop_assert!(!is_dots(segment));
                }
                prop_assert!(!text.contains(&b'\\'));
                text = percent_encoding::percent_decode(&text).collect();
            }
        }
    }

    #[test]
    fn whatever_is_given_as_a_rule_is_read_or_explained(rule in any::<String>()) {
        if let Err(error) = Rules::parse(&[rule]) {
            prop_assert!(!error.hint().is_empty());
        }
    }
}
