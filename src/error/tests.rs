//! Kinds with their codes, hints, and the JSON envelope.

use super::*;

#[test]
fn codes_and_names_are_the_contract() {
    let table: Vec<_> = Kind::ALL
        .iter()
        .map(|kind| (kind.code(), kind.name()))
        .collect();
    assert_eq!(
        table,
        [
            (1, "failure"),
            (2, "usage"),
            (3, "login_required"),
            (4, "forbidden"),
            (5, "not_found"),
            (6, "conflict"),
            (7, "rate_limited"),
            (8, "invalid_request"),
            (9, "timeout"),
            (11, "network"),
            (12, "busy"),
            (13, "store"),
            (14, "untrusted"),
            (130, "interrupted"),
            (143, "terminated"),
        ]
    );
}

#[test]
fn statuses_map_as_in_the_official_tool() {
    let cases = [
        (400, 8),
        (401, 3),
        (403, 4),
        (404, 5),
        (408, 9),
        (409, 6),
        (418, 1),
        (422, 8),
        (429, 7),
        (500, 1),
        (504, 9),
    ];
    for (status, code) in cases {
        assert_eq!(Kind::of_status(status).code(), code, "{status}");
    }
}

#[test]
fn a_hint_is_given_once() {
    let error = Error::untrusted("x")
        .hint("nothing was stored; tell the provider")
        .hint("nothing was stored")
        .hint("sign in with a browser")
        .hint("sign in with a browser");
    assert_eq!(
        error.hints(),
        [
            "nothing was stored; tell the provider",
            "sign in with a browser"
        ]
    );
}

#[test]
fn the_json_envelope_has_the_documented_keys() {
    let error = Error::login_required("the session has ended")
        .hint("run `eprospera login`")
        .http_status(401)
        .auth_methods(|| {
            vec![AuthMethod {
                method: "browser",
                command: "eprospera login".to_owned(),
                needs: "a person",
            }]
        });
    assert_eq!(
        error.to_json(),
        json!({"error": {"code": "login_required", "message": "the session has ended",
            "hint": "run `eprospera login`", "http_status": 401, "retryable": false,
            "auth_methods": [{"method": "browser", "command": "eprospera login",
                "needs": "a person"}]}})
    );
}

#[test]
fn an_error_is_retryable_where_time_alone_may_heal_it() {
    for kind in Kind::ALL {
        let heals = [7, 9, 11, 12].contains(&kind.code());
        assert_eq!(kind.is_retryable(), heals, "{kind:?}");
        assert_eq!(
            Error::of_kind(kind, "x").to_json()["error"]["retryable"],
            heals
        );
    }
    for (status, heals) in [
        (200, false),
        (302, false),
        (418, false),
        (499, false),
        (500, true),
        (501, true),
        (502, true),
        (503, true),
        (599, true),
    ] {
        let error = Error::failure("x").http_status(status).to_json();
        assert_eq!(error["error"]["retryable"], heals, "{status}");
    }
    // Another kind has a cause that no wait takes away.
    let forbidden = Error::forbidden("x").http_status(503).to_json();
    assert_eq!(forbidden["error"]["retryable"], false);
}

#[test]
fn how_long_to_wait_is_said_in_whole_seconds_and_only_where_waiting_helps() {
    let wait = |error: Error, millis| {
        let error = error.retry_after(Some(Duration::from_millis(millis)));
        error.to_json()["error"]["retry_after_seconds"].clone()
    };
    let limited = || Error::of_kind(Kind::RateLimited, "x");
    assert_eq!(wait(limited(), 30_000), 30);
    assert_eq!(wait(limited(), 1_001), 2);
    assert_eq!(wait(Error::conflict("x"), 30_000), Value::Null);
}
