//! A proxy that works, refuses or lies, and what is said about it.

use super::scripted_proxy::{Behaviour, ScriptedProxy};
use super::variables::VARIABLES;
use super::{Authority, SecureIssuer};
use crate::ports::ClosedPort;

#[test]
fn requests_go_through_a_proxy_with_its_credentials_and_only_the_proxy_sees_them() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let world = server.user_who_trusts(&authority);
    let proxy = ScriptedProxy::new(Behaviour::Tunnel);
    for &variable in VARIABLES {
        let value = format!("http://ana:p%40ss-canary@{}", proxy.address);
        let before = proxy.heads().len();
        let output = world.run_in(&[(variable, &value)], &["whoami", "-v"]);
        let output = output.succeeds();
        let shown = format!("the proxy http://{} ({variable})", proxy.address);
        assert!(output.stderr.contains(&shown), "{output:#?}");
        assert!(!output.stderr.contains("canary") && !output.stderr.contains("ana:"));
        let heads = proxy.heads();
        let connect = format!("CONNECT 127.0.0.1:{} HTTP/1.1\r\n", server.port);
        assert!(
            heads.len() > before && heads[before].starts_with(&connect),
            "{heads:?}"
        );
        // `ana:p@ss-canary`
        let credentials = "Proxy-Authorization: Basic YW5hOnBAc3MtY2FuYXJ5\r\n";
        assert!(heads[before].contains(credentials), "{heads:?}");
    }
    let arrived = server.issuer.everything().join("\n").to_lowercase();
    assert!(!arrived.contains("proxy-authorization"), "{arrived}");
}

/// Answers to CONNECT, what is said of each, and the hint.
const REFUSALS: [(&str, &str, &str); 7] = [
    (
        "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
        "requires a user name and password: 407 Proxy Authentication Required",
        "http://USER:PASSWORD@HOST:PORT",
    ),
    (
        "HTTP/1.1 403 canary\r\n\r\n",
        "answered 403 Forbidden",
        "the proxy's administrator",
    ),
    (
        "HTTP/1.0 502 Bad Gateway\r\n\r\ncanary",
        "answered 502 Bad Gateway",
        "run the command again later",
    ),
    (
        "HTTP/1.1 503 X\r\n\r\n",
        "answered 503 Service Unavailable",
        "run the command again later",
    ),
    (
        "HTTP/1.1 302 Found\r\nLocation: http://canary/\r\n\r\n",
        "answered 302 Found",
        "sign in there first",
    ),
    (
        "HTTP/1.1 407 X\r\nContent-Type: text/html\r\n\r\n<h1>canary</h1>",
        "requires a user name and password: 407",
        "http://USER:PASSWORD@HOST:PORT",
    ),
    (
        "HTTP/1.1 599 X\r\n\r\n",
        "answered 599 when",
        "run the command again later",
    ),
];

#[test]
fn a_proxy_that_refuses_is_named_with_its_variable_and_its_status() {
    for (answer, words, hint) in REFUSALS {
        let proxy = ScriptedProxy::new(Behaviour::Answer(answer));
        let world = crate::world::World::new();
        let variables = [
            ("EPROSPERA_ISSUER", "https://portal.test"),
            ("EPROSPERA_TOKEN", "at_canary"),
            ("EPROSPERA_RETRIES", "0"),
            ("HTTPS_PROXY", &format!("http://{}", proxy.address)),
        ];
        for command in [
            &["whoami"][..],
            &["me", "residency"],
            &["login", "--no-browser"],
        ] {
            let output = world.run_in(&variables, command).exits(11);
            let named = format!("the proxy http://{} (HTTPS_PROXY) {words}", proxy.address);
            let shown = format!("{output:?}");
            assert!(
                !shown.contains("cannot reach") && !shown.contains("canary"),
                "{shown}"
            );
            let output = output.because(&named).hinting(hint);
            assert!(!output.stderr.contains("tunnel"), "{output:#?}");
        }
    }
}

#[test]
fn a_proxy_that_does_not_know_the_password_says_so_and_the_password_is_not_shown() {
    let answer = "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n";
    let proxy = ScriptedProxy::new(Behaviour::Answer(answer));
    let world = crate::world::World::new();
    let variables = [
        ("EPROSPERA_ISSUER", "https://portal.test"),
        ("EPROSPERA_TOKEN", "at_canary"),
        ("EPROSPERA_RETRIES", "0"),
        ("ALL_PROXY", &format!("http://ana:canary@{}", proxy.address)),
    ];
    let output = world.run_in(&variables, &["whoami", "-vv"]).exits(11);
    assert!(!output.stderr.contains("canary"), "{output:#?}");
    output
        .because("(ALL_PROXY) does not accept the user name and password: 407")
        .hinting("correct the user name and password in that variable");
}

#[test]
fn a_proxy_that_wants_a_sign_in_of_another_kind_is_named_with_that_kind() {
    let only = "which eprospera does not support: 407 Proxy Authentication Required";
    for (challenges, kinds) in [
        ("Proxy-Authenticate: NTLM\r\n", Some("NTLM")),
        ("WWW-Authenticate: NTLM\r\n", Some("NTLM")),
        (
            "Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n",
            Some("Negotiate or NTLM"),
        ),
        (
            "proxy-authenticate: negotiate, Digest realm=\"a, b\", nonce=\"canary\"\r\n",
            Some("Negotiate or Digest"),
        ),
        ("Proxy-Authenticate: canary\r\n", Some("another scheme")),
        ("Proxy-Authenticate: NTLM, Basic realm=\"canary\"\r\n", None),
        (
            "Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: BASIC realm=\"x\"\r\n",
            None,
        ),
    ] {
        let answer = format!("HTTP/1.1 407 X\r\n{challenges}\r\n");
        let proxy = ScriptedProxy::new(Behaviour::Answer(answer.leak()));
        let world = crate::world::World::new();
        for credentials in ["", "ana:canary@"] {
            let variables = [
                ("EPROSPERA_ISSUER", "https://portal.test"),
                ("EPROSPERA_TOKEN", "at_canary"),
                (
                    "HTTPS_PROXY",
                    &format!("http://{credentials}{}", proxy.address),
                ),
            ];
            let output = world.run_in(&variables, &["whoami"]).exits(11);
            assert!(!output.stderr.contains("canary"), "{output:#?}");
            let (words, hint) = match kinds {
                Some(kinds) => (
                    format!("only accepts clients that sign in with {kinds}, {only}"),
                    "a proxy that accepts a user name and password",
                ),
                None => (String::from("user name and password"), "variable"),
            };
            if kinds.is_some() || !credentials.is_empty() {
                drop(output.because(&words).hinting(hint));
            }
        }
    }
}

/// Asserts what is said about a proxy at this address.
fn unusable(scheme: &str, address: &str, words: &str, hint: &str) {
    let world = crate::world::World::new();
    let variables = [
        ("EPROSPERA_ISSUER", "https://portal.test"),
        ("EPROSPERA_TOKEN", "at_canary"),
        ("EPROSPERA_RETRIES", "0"),
        ("ALL_PROXY", &format!("{scheme}://{address}")),
    ];
    let output = world.run_in(&variables, &["whoami"]).exits(11);
    assert!(!format!("{output:?}").contains("canary"), "{output:#?}");
    let named = format!("the proxy {scheme}://{address} (ALL_PROXY) {words}");
    output.because(&named).hinting(hint);
}

#[test]
fn what_is_not_a_proxy_or_is_not_there_is_named_with_its_variable() {
    let closed = ClosedPort::new();
    let not_there = closed.address().to_string();
    for scheme in ["http", "socks5h"] {
        let words = "cannot be reached: Connection refused";
        unusable(scheme, &not_there, words, "NO_PROXY");
    }
    for scheme in ["http", "https", "socks5", "socks5h", "socks4a"] {
        // RFC 6761 §6.4: there is never such a name.
        let words = "has a name that this machine cannot resolve: ";
        unusable(scheme, "proxy.invalid:3128", words, "the proxy's name");
    }
    for bytes in [
        "SSH-2.0-x\r\n",
        "HTTP/1.1 2",
        "<html><h1>canary</h1>",
        "HTTP/1.1 OK 200\r\n\r\n",
    ] {
        let proxy = ScriptedProxy::new(Behaviour::Answer(bytes));
        let words = "does not answer like a proxy of this kind";
        unusable("http", &proxy.address, words, "the proxy's scheme");
    }
    for behaviour in [Behaviour::Answer(""), Behaviour::Reset] {
        let proxy = ScriptedProxy::new(behaviour);
        let words = "closed the connection without answering";
        unusable("http", &proxy.address, words, "the proxy's administrator");
    }
}

#[test]
fn a_proxy_whose_own_certificate_is_not_trusted_is_the_one_that_is_named() {
    let authority = Authority::new("Unknown Root");
    let proxy = SecureIssuer::trusted_by(&authority);
    // Wine has another word for it than an untrusted authority, as long as no roots are named.
    let world = if cfg!(windows) {
        proxy.user_who_trusts(&Authority::new("Another Root"))
    } else {
        proxy.user()
    };
    let value = format!("https://127.0.0.1:{}", proxy.port);
    let variables = [
        ("EPROSPERA_ISSUER", "https://portal.test"),
        ("HTTPS_PROXY", value.as_str()),
    ];
    let output = world.run_in(&variables, &["whoami"]).exits(11);
    output
        .because(&format!(
            "cannot reach the proxy {value} (HTTPS_PROXY) securely"
        ))
        .hinting("--ca-file");
}

#[test]
fn a_refresh_that_no_proxy_lets_through_keeps_the_session() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let mut world = server.user_who_trusts(&authority);
    world.set("EPROSPERA_TOKEN", "");
    let output = crate::impostor::sign_in(&world, &server.issuer, &[], |nonce| {
        server.issuer.grant(nonce);
    });
    assert_eq!(output.code, 0, "{output:#?}");
    let before = server.issuer.asked(crate::impostor::TOKEN).len();
    for answer in ["HTTP/1.1 407 X\r\n\r\n", "HTTP/1.1 502 X\r\n\r\n", ""] {
        let proxy = ScriptedProxy::new(Behaviour::Answer(answer));
        let variables = [("HTTPS_PROXY", &*format!("http://{}", proxy.address))];
        let output = world.run_in(&variables, &["refresh"]).exits(11);
        output.because("the proxy").hinting("the session is kept");
    }
    assert_eq!(server.issuer.asked(crate::impostor::TOKEN).len(), before);
    let (header, claims) = server.issuer.honest("");
    let mut claims = claims;
    claims.as_object_mut().unwrap().remove("nonce");
    let id_token = server
        .issuer
        .key
        .sign(&header.to_string(), &claims.to_string());
    let tokens = crate::impostor::Impostor::tokens(&id_token).to_string();
    let answer = crate::impostor::json_answer(200, &tokens);
    server.issuer.put(crate::impostor::TOKEN, answer);
    world.run(&["refresh"]).succeeds();
}

#[test]
fn a_proxy_that_says_it_connects_and_does_not_is_named_with_its_variable() {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>canary</h1>";
    for (lie, words) in [
        ("", "the connection was cut during the TLS handshake"),
        (page, "the server there does not speak TLS"),
        ("<h1>canary</h1>", "the server there does not speak TLS"),
        (
            "\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{28}",
            "it ended the TLS handshake",
        ),
    ] {
        let proxy = ScriptedProxy::new(Behaviour::Lie(lie));
        let world = crate::world::World::new();
        let variables = [
            ("EPROSPERA_ISSUER", "https://portal.test"),
            ("EPROSPERA_TOKEN", "at_canary"),
            ("EPROSPERA_RETRIES", "0"),
            (
                "HTTPS_PROXY",
                &format!("http://ana:canary@{}", proxy.address),
            ),
        ];
        for command in [&["whoami"][..], &["login", "--no-browser"]] {
            let output = world.run_in(&variables, command).exits(11);
            assert!(!output.stderr.contains("canary"), "{output:#?}");
            drop(output.because(&format!(
                "cannot reach portal.test through the proxy http://{} (HTTPS_PROXY) securely: {words}",
                proxy.address
            )));
        }
    }
}

#[test]
fn a_proxy_that_opens_tls_with_an_authority_of_its_own_is_named() {
    let (company, portal) = (Authority::new("Company Root"), Authority::new("Test Root"));
    let server = SecureIssuer::trusted_by(&company);
    let world = server.user_who_trusts(&portal);
    let proxy = ScriptedProxy::new(Behaviour::Tunnel);
    let value = format!("http://{}", proxy.address);
    let output = world
        .run_in(&[("HTTPS_PROXY", &value)], &["whoami"])
        .exits(11);
    output
        .because(&format!(
            "through the proxy {value} (HTTPS_PROXY) securely: its certificate is signed by an \
             authority that this machine does not trust"
        ))
        .hinting("--ca-file");
}

#[test]
fn a_proxy_that_refuses_a_later_connection_is_named_with_its_reason() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let world = server.user_who_trusts(&authority);
    for (behaviour, words) in [
        (
            Behaviour::First("HTTP/1.1 502 X\r\n\r\n"),
            "answered 502 Bad Gateway",
        ),
        (
            Behaviour::First("HTTP/1.1 407 X\r\n\r\n"),
            "does not accept the user name and password: 407",
        ),
        (
            Behaviour::First(""),
            "closed the connection without answering",
        ),
        (
            Behaviour::Second("HTTP/1.1 503 X\r\n\r\n"),
            "sometimes accepts and sometimes refuses the connection",
        ),
    ] {
        let proxy = ScriptedProxy::new(behaviour);
        let value = format!("http://ana:canary@{}", proxy.address);
        let variables = [("HTTPS_PROXY", value.as_str()), ("EPROSPERA_RETRIES", "0")];
        let output = world.run_in(&variables, &["whoami"]).exits(11);
        assert!(!output.stderr.contains("canary"), "{output:#?}");
        let named = format!("the proxy http://{} (HTTPS_PROXY) {words}", proxy.address);
        let output = output.because(&named);
        assert!(!output.stderr.contains("tunnel"), "{output:#?}");
    }
}

#[test]
fn a_proxy_that_speaks_plain_http_where_the_variable_says_https_is_named_with_the_right_scheme() {
    for answer in ["HTTP/1.1 400 X\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"] {
        let address = super::trust::answering(answer.as_bytes());
        let address = address.strip_prefix("https://").unwrap();
        unusable(
            "https",
            address,
            "does not speak TLS",
            "http:// instead of https://",
        );
    }
}

#[test]
fn a_proxy_that_never_answers_is_named_with_its_variable() {
    let proxy = ScriptedProxy::new(Behaviour::Silence);
    let world = crate::world::World::new();
    for scheme in ["http", "socks5h", "socks4a"] {
        let value = format!("{scheme}://ana:canary@{}", proxy.address);
        let variables = [
            ("EPROSPERA_ISSUER", "https://portal.test"),
            ("EPROSPERA_TOKEN", "at_canary"),
            ("EPROSPERA_RETRIES", "0"),
            ("ALL_PROXY", value.as_str()),
        ];
        let run = world.run_in(&variables, &["whoami", "--request-timeout", "1s"]);
        let output = run.exits(9);
        assert!(!output.stderr.contains("canary"), "{output:#?}");
        drop(output.because(&format!(
            "the proxy {scheme}://{} (ALL_PROXY) did not answer within 1s",
            proxy.address
        )));
    }
}
