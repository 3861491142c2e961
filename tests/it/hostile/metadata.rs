//! Metadata and key sets as a hostile or broken server might give them: no login begins or
//! ends well with them, and no other server is asked for anything.

use serde_json::json;

use crate::hostile::corpus::{
    Case, MEBIBYTE, broken, case, logins_end, nobody_else_was_asked, untrusted, with,
};
use crate::impostor::{DISCOVERY, Impostor, JWKS, TOKEN, json_answer};

/// The exit code of metadata that is refused with these words.
fn code(words: &str) -> i32 {
    match words {
        "says that its issuer is" | "another origin" | "not an https" | "PKCE" => 14,
        _ => 1,
    }
}

/// Honest metadata with one field changed to a JSON value; nothing removes it.
fn changed(issuer: &Impostor, field: &str, value: &str, words: &'static str) -> Case {
    let answer = json_answer(200, &with(&issuer.document(), field, value));
    case(&format!("{field} {value}"), answer, code(words), words)
}

/// Names that are not the issuer's, letter by letter.
fn issuers(issuer: &Impostor, stranger: &Impostor) -> Vec<Case> {
    let url = &issuer.url;
    let (_, authority) = url.split_once("//").unwrap();
    let (_, port) = url.rsplit_once(':').unwrap();
    let names = [
        format!("HTTP://{authority}"),
        format!("https://{authority}"),
        format!("http://robin@{authority}"),
        format!("http://localhost:{port}"),
        format!("{url}//"),
        format!("{url}/."),
        format!("{url}#"),
        format!(" {url}"),
        stranger.url.clone(),
        String::new(),
    ];
    let strings = names.map(|name| (json!(name).to_string(), "says that its issuer is"));
    let others =
        ["null", "7", "", &json!([url]).to_string()].map(|value| (value.to_owned(), "malformed"));
    strings
        .iter()
        .chain(&others)
        .map(|(value, words)| changed(issuer, "issuer", value, words))
        .collect()
}

const ENDPOINTS: [&str; 7] = [
    "authorization_endpoint",
    "token_endpoint",
    "jwks_uri",
    "userinfo_endpoint",
    "revocation_endpoint",
    "introspection_endpoint",
    "device_authorization_endpoint",
];

/// Addresses that are not the issuer's.
fn endpoints(issuer: &Impostor, stranger: &Impostor) -> Vec<Case> {
    let (_, authority) = issuer.url.split_once("//").unwrap();
    let (_, elsewhere) = stranger.url.split_once("//").unwrap();
    let (_, port) = authority.split_once(':').unwrap();
    let urls = [
        (format!("http://{elsewhere}/x"), "another origin"),
        (format!("http://localhost:{port}/x"), "another origin"),
        (format!("https://{authority}/x"), "another origin"),
        (format!("http://me@{authority}/x"), "another origin"),
        (
            format!("http://{authority}@{elsewhere}/x"),
            "another origin",
        ),
        (format!("ftp://{authority}/x"), "not an https"),
        (String::from("javascript:alert(1)"), "not an https"),
        (String::from("file:///etc/passwd"), "not an https"),
        (String::from("data:,canary"), "not an https"),
        (format!("http://{authority}/x#y"), "fragment"),
        (String::from("/relative"), "malformed"),
        (String::from("http://"), "malformed"),
    ];
    let mut cases = Vec::new();
    for endpoint in ENDPOINTS {
        for (url, words) in &urls {
            let value = json!(url).to_string();
            cases.push(changed(issuer, endpoint, &value, words));
        }
        for value in ["7", "{}"] {
            cases.push(changed(issuer, endpoint, value, "malformed"));
        }
    }
    cases
}

/// A field, its value, and a part of the message.
const FIELDS: [(&str, &str, &str); 10] = [
    ("code_challenge_methods_supported", "[\"plain\"]", "PKCE"),
    ("code_challenge_methods_supported", "[\"s256\"]", "PKCE"),
    ("code_challenge_methods_supported", "[]", "PKCE"),
    ("code_challenge_methods_supported", "\"S256\"", "malformed"),
    ("scopes_supported", "7", "malformed"),
    ("grant_types_supported", "[7]", "malformed"),
    ("response_modes_supported", "{}", "malformed"),
    (
        "authorization_response_iss_parameter_supported",
        "\"true\"",
        "malformed",
    ),
    ("token_endpoint", "", "malformed"),
    ("jwks_uri", "", "there is no key set"),
];

#[test]
fn no_login_begins_with_metadata_that_cannot_be_believed() {
    let (issuer, stranger) = (Impostor::new(), Impostor::new());
    let honest = issuer.document().to_string();
    let mut cases = broken(&honest, &stranger);
    cases.extend(issuers(&issuer, &stranger));
    cases.extend(endpoints(&issuer, &stranger));
    let fields = FIELDS.iter();
    cases.extend(fields.map(|(field, value, words)| changed(&issuer, field, value, words)));
    for field in ["issuer", "token_endpoint", "scopes_supported"] {
        let first = format!("{{\"{field}\":\"{}\",\"{field}\":[],", issuer.url);
        let answer = json_answer(200, &honest.replacen('{', &first, 1));
        cases.push(case(&format!("{field} twice"), answer, 1, "malformed"));
    }
    let long = format!("\"{}\"", "x".repeat(MEBIBYTE));
    cases.push(changed(&issuer, "op_policy_uri", &long, "longer than"));
    logins_end(DISCOVERY, &issuer, &cases);
    assert!(issuer.asked(TOKEN).is_empty());
    nobody_else_was_asked(&issuer, &stranger);
    assert_eq!(cases.len(), 167);
}

#[test]
fn no_login_ends_well_with_a_key_set_that_cannot_be_read() {
    let (issuer, stranger) = (Impostor::new(), Impostor::new());
    let keys = json!({ "keys": [issuer.key.public] }).to_string();
    let mut cases = untrusted(broken(&keys, &stranger));
    let many = json!({ "keys": vec![issuer.key.public.clone(); 101] }).to_string();
    let long = format!("{{\"keys\":[],\"x\":\"{}\"}}", "x".repeat(MEBIBYTE));
    for (body, words) in [
        ("{}", "no list of keys"),
        (r#"{"keys":null}"#, "no list of keys"),
        (r#"{"keys":{"0":{}}}"#, "no list of keys"),
        (r#"{"keys":"canary"}"#, "no list of keys"),
        (r#"{"keys":[],"keys":[]}"#, "repeats a key"),
        (r#"{"keys":[{"kty":"EC","kty":"EC"}]}"#, "repeats a key"),
        (&many, "more than 100 keys"),
    ] {
        cases.push(case(body, json_answer(200, body), 14, words));
    }
    cases.push(case("long", json_answer(200, &long), 14, "longer than"));
    logins_end(JWKS, &issuer, &cases);
    nobody_else_was_asked(&issuer, &stranger);
    assert_eq!(cases.len(), 49);
}
