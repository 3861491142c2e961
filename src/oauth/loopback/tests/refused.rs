//! Requests that are not the callback.

use super::*;

/// Targets of a GET with the right host, and the status they get. STATE is the right state, LONG
/// is 64 KiB.
const TARGETS: &[(&str, &str)] = &[
    ("/callback", "400"),
    ("/callback?code=c&state=wrong", "400"),
    ("/callback?code=c", "400"),
    ("/callback?error=access_denied", "400"),
    ("/callback?code=c&code=c&state=STATE", "400"),
    ("/callback?code=c&state=STATE&state=STATE", "400"),
    ("/callback?error=a&error=b&state=STATE", "400"),
    ("/callback?code=c&state=STATE&iss=a&iss=b", "400"),
    ("/callback?code=c&error=e&state=STATE", "400"),
    ("/callback?state=STATE", "400"),
    ("/callback#code=c&state=STATE", "404"),
    ("/", "404"),
    ("/favicon.ico", "404"),
    ("/callback/?code=c&state=STATE", "404"),
    ("/callback/AAAAAAAAAAAAAAAAAAAAAA", "404"),
    ("/Callback?code=c&state=STATE", "404"),
    ("//callback?code=c&state=STATE", "404"),
    ("/x/../callback?code=c&state=STATE", "404"),
    ("/%63allback?code=c&state=STATE", "404"),
    ("http://HOST/callback?code=c&state=STATE", "404"),
    ("/callback?code=LONG&state=STATE", "414"),
];

/// Whole requests, and the status they get. HOST is the right host.
const REQUESTS: &[(&str, &str)] = &[
    (
        "HEAD /callback?code=c&state=STATE HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "405",
    ),
    (
        "DELETE /callback?code=c&state=STATE HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "405",
    ),
    (
        "BREW /callback?code=c&state=STATE HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "405",
    ),
    (
        "OPTIONS /callback HTTP/1.1\r\nHost: HOST\r\nOrigin: https://evil.example\r\n\r\n",
        "405",
    ),
    ("GET /callback?code=c&state=STATE HTTP/1.1\r\n\r\n", "400"),
    (
        "GET /callback?code=c&state=STATE HTTP/1.1\r\nHost:\r\n\r\n",
        "421",
    ),
    (
        "GET /callback?code=c&state=STATE HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "421",
    ),
    (
        "GET /callback?code=c&state=STATE HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
        "421",
    ),
    (
        "GET /callback?code=c&state=STATE HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\n\r\n",
        "400",
    ),
    (
        "GET /callback?code=c&state=STATE HTTP/1.1\r\nHost: HOST\r\n X: folded\r\n\r\n",
        "400",
    ),
    (
        "GET /callback HTTP/1.1\r\nHost: HOST\r\nX: LONG\r\n\r\n",
        "431",
    ),
    ("GET /callback HTTP/1.1\r\nMANY\r\n", "431"),
    ("GET /callback HTTP/3.0\r\nHost: HOST\r\n\r\n", "400"),
    ("GET /\u{e9} HTTP/1.1\r\nHost: HOST\r\n\r\n", "400"),
    ("GET / HTTP/1.1\r\nHost: \u{e9}\r\n\r\n", "400"),
    (
        "POST /callback HTTP/1.1\r\nHost: HOST\r\nContent-Length: 18\r\n\r\ncode=c&state=STATE",
        "405",
    ),
    (
        "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "400",
    ),
    (
        "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
        "400",
    ),
    (
        "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: +1\r\n\r\nx",
        "400",
    ),
    (
        "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 18446744073709551615\r\n\r\n",
        "413",
    ),
    (
        "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "413",
    ),
    (
        "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 65536\r\n\r\nLONG",
        "413",
    ),
    (
        "POST / HTTP/1.1\r\nHost: HOST\r\nExpect: 100-continue\r\n\r\n",
        "417",
    ),
    ("\u{16}\u{3}\u{1} TLS client hello \r\n\r\n", "400"),
];

#[tokio::test]
async fn requests_that_are_not_the_callback_are_refused_and_the_login_continues() {
    let login = Login::begin(ResponseMode::Query);
    let port = login.address.port().to_string();
    let whole = |request: &str| {
        request
            .replace("HOST", &login.address.to_string())
            .replace("PORT", &port)
            .replace("STATE", &login.state)
            .replace("LONG", &"x".repeat(64 * 1024))
            .replace("MANY", &"X: y\r\n".repeat(65))
    };
    let targets = TARGETS.iter().map(|(target, status)| {
        (
            format!("GET {target} HTTP/1.1\r\nHost: HOST\r\n\r\n"),
            *status,
        )
    });
    let requests = REQUESTS
        .iter()
        .map(|(request, status)| ((*request).to_owned(), *status));
    for (request, expected) in targets.chain(requests) {
        let answer = login.send(&whole(&request)).await;
        assert_eq!(status_of(&answer), expected, "{request}");
        assert!(!answer.contains(&login.state), "{request}");
        assert!(!answer.contains("evil.example"), "{request}");
        assert!(!answer.contains("Access-Control"), "{request}");
    }
    let tab = login.open_tab(&login.get("/callback?code=c1&state=STATE"));
    let callback = login.result().await.unwrap();
    assert!(judged(callback.response).is_ok());
    drop((tab, callback.reply));
}
