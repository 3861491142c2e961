//! Answers to a refresh by which `rt-2` follows, each with one flaw.

use serde_json::{Value, json};

/// The answer to a refresh by which `rt-2` follows.
pub(super) fn rotated() -> Value {
    json!({
        "access_token": "at-2",
        "token_type": "Bearer",
        "expires_in": 3600,
        "refresh_token": "rt-2",
    })
}

pub(super) fn with(field: &str, value: Value) -> Vec<u8> {
    let mut answer = rotated();
    answer[field] = value;
    answer.to_string().into_bytes()
}

pub(super) fn without(field: &str) -> Vec<u8> {
    let mut answer = rotated();
    answer.as_object_mut().unwrap().remove(field);
    answer.to_string().into_bytes()
}

/// What is sent, what it is called, and how the flaw is named.
pub(super) struct Flawed {
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
    pub(super) words: &'static str,
}

const fn flawed(name: &'static str, body: Vec<u8>, words: &'static str) -> Flawed {
    let kind = "application/json";
    Flawed {
        name,
        kind,
        body,
        words,
    }
}

/// One field is missing or cannot be used.
pub(super) fn flawed_fields() -> [Flawed; 10] {
    [
        flawed(
            "long ID token",
            with("id_token", "a".repeat(64 * 1024 + 1).into()),
            "its id_token is longer than 64 KiB",
        ),
        flawed("no type", without("token_type"), "no token type"),
        flawed(
            "a blank",
            with("token_type", "Bearer ".into()),
            "its token type is not bearer",
        ),
        flawed(
            "DPoP",
            with("token_type", "DPoP".into()),
            "not a bearer token",
        ),
        flawed("no access", without("access_token"), "no access token"),
        flawed(
            "null access",
            with("access_token", Value::Null),
            "no access token",
        ),
        flawed(
            "empty access",
            with("access_token", "".into()),
            "its access_token is empty",
        ),
        flawed(
            "bad access",
            with("access_token", "a b".into()),
            "its access_token contains",
        ),
        flawed(
            "ID object",
            with("id_token", json!({})),
            "its id_token is not a string",
        ),
        flawed(
            "ID blank",
            with("id_token", " a.b.c".into()),
            "its id_token contains",
        ),
    ]
}

/// The answer as a whole is not what it should be.
pub(super) fn flawed_bodies() -> [Flawed; 8] {
    let whole = rotated().to_string();
    let bytes = || whole.clone().into_bytes();
    let mark = format!("\u{feff}{whole}");
    let twice = |field: &str| {
        whole
            .replacen('{', &format!("{{\"{field}\":\"x\","), 1)
            .into_bytes()
    };
    let page = flawed("a page", bytes(), "text/html");
    let octets = flawed("octets", bytes(), "octet-stream");
    [
        Flawed {
            kind: "text/html",
            ..page
        },
        Flawed {
            kind: "application/octet-stream",
            ..octets
        },
        flawed(
            "UTF-16",
            mark.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "a JSON object",
        ),
        flawed(
            "more",
            format!("{whole} and more").into_bytes(),
            "a JSON object",
        ),
        flawed("twice", twice("expires_in"), "repeats a key"),
        flawed("twice new", twice("refresh_token"), "repeats a key"),
        flawed(
            "no end",
            whole.trim_end_matches('}').into(),
            "a JSON object",
        ),
        flawed(
            "nested",
            format!(r#"{{"data":{whole}}}"#).into_bytes(),
            "no token type",
        ),
    ]
}

/// The answer comes in something else.
pub(super) fn flawed_envelopes() -> [Flawed; 8] {
    let whole = rotated().to_string();
    let mark = format!("\u{feff}{whole}");
    [
        flawed(
            "two marks",
            format!("\u{feff}{mark}").into_bytes(),
            "a JSON object",
        ),
        flawed(
            "a prefix",
            format!(")]}}',\n{whole}").into_bytes(),
            "a JSON object",
        ),
        flawed("a list", format!("[{whole}]").into_bytes(), "a JSON object"),
        flawed(
            "a longer list",
            format!(r#"[{{"status":"ok"}},{whole}]"#).into_bytes(),
            "a JSON object",
        ),
        flawed(
            "a comma",
            whole.replace('}', ",}").into_bytes(),
            "a JSON object",
        ),
        flawed(
            "a comment",
            format!("// yours\n{whole}").into_bytes(),
            "a JSON object",
        ),
        flawed(
            "a line break in the token",
            with("refresh_token", "rt-2\r\n".into()),
            "its refresh_token contains",
        ),
        Flawed {
            kind: "application/x-www-form-urlencoded",
            ..flawed(
                "a form",
                b"access_token=at-2&token_type=bearer&refresh_token=rt-2".to_vec(),
                "application/x-www-form-urlencoded instead of JSON",
            )
        },
    ]
}
