//! The places in which a server may repeat what it was sent.

use serde_json::{Value, json};

use crate::impostor::{Answer, Impostor, json_answer, raw, redirect, typed};

/// An answer that has a text in many places.
pub(super) type Place = fn(&Impostor, &[String]) -> Answer;

/// Status line, headers, every field of an error that is read, details.
pub(super) const PLACES: [(&str, Place); 11] = [
    ("the error of a client error", |_, said| refusal(400, said)),
    ("the error of a forbidden request", |_, said| {
        refusal(403, said)
    }),
    ("the error of a server error", |_, said| refusal(500, said)),
    ("the type of a page", |_, said| {
        let page = format!("<html><p>{}</p></html>", said.join("\n"));
        let word = said[0].replace(' ', "-");
        typed(
            502,
            &format!("text/{word}; charset={word}"),
            page.as_bytes(),
        )
    }),
    ("the type of a success", |_, said| {
        let word = said[0].replace(' ', "-");
        typed(
            200,
            &format!("application/{word}"),
            said.join(" ").as_bytes(),
        )
    }),
    ("the address of a redirect", |_, said| {
        let label = said[0].replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
        redirect(
            302,
            &format!("https://{label}.example/{label}?{label}={label}#{label}"),
        )
    }),
    ("the path of a redirect here", |issuer, said| {
        redirect(
            303,
            &format!("{}/{}", issuer.url, said[0].replace(' ', "%20")),
        )
    }),
    ("the title of a page", |_, said| {
        let title = said.join(" ");
        let page = format!("<!doctype html><html><head><title>{title}</title></head></html>");
        typed(500, "text/html", page.as_bytes())
    }),
    ("names of fields", |_, said| {
        let named = |value: &str| -> Value {
            said.iter()
                .map(|name| (name.clone(), json!(value)))
                .collect()
        };
        let body = json!({ "error": named("a"), "details": [named("b")], "message": named("c") });
        json_answer(422, &body.to_string())
    }),
    ("letters in a list", |_, said| {
        let letters: Vec<_> = said[0].chars().map(String::from).collect();
        let codes = said[0].as_bytes();
        let body = json!({
            "error": { "code": "invalid", "message": "so", "details": [letters, codes] },
            "details": letters, "error_description": letters,
        });
        json_answer(400, &body.to_string())
    }),
    ("the fields of a success", |_, said| {
        json_answer(200, &success(said).to_string())
    }),
];

fn refusal(status: u16, said: &[String]) -> Answer {
    let words = said.join(", ");
    let first = &said[0];
    let body = json!({
        "error": {
            "code": first, "message": words, "error_description": words, "error_uri": words,
            "details": said,
        },
        "error_description": words,
        "message": words,
        "code": first,
        "details": [{ "path": said, "message": words }, words],
    });
    let flat = json!({
        "error": first, "error_description": words, "error_uri": words, "details": said,
    });
    let body = if status == 403 { body } else { flat }.to_string();
    let length = body.len();
    raw(&format!(
        "HTTP/1.1 {status} {first}\r\nContent-Type: application/json\r\nX-Echo: {words}\r\n\
         WWW-Authenticate: Bearer error=\"{first}\", error_description=\"{words}\"\r\n\
         Retry-After: {first}\r\nServer: {first}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    ))
}

/// What every command finds wrong in a way of its own.
fn success(said: &[String]) -> Value {
    let words = said.join(", ");
    json!({
        "sub": words, "name": words, "email": words, "preferred_username": words,
        "data": words, "active": words, "token_type": words, "access_token": 1,
        "scope": words, "expires_in": words, "keys": words, "user_code": words,
        "verification_uri": words, "device_code": 7, "items": said, "error": null,
    })
}
