//! The way to the server: proxies, trust roots, redirects, and answers that are none.

use crate::world::World;

#[test]
fn a_plain_loopback_issuer_needs_no_proxy_and_no_trust_root() {
    let mut world = World::new();
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
        world.set(name, "http://127.0.0.1:9");
    }
    world.set("SSL_CERT_FILE", "/nonexistent/roots.pem");
    world.set("SSL_CERT_DIR", "/nonexistent");
    world.login().succeeds();
    world.run(&["me", "natural-person"]).succeeds();
}

#[test]
fn trust_roots_that_cannot_be_used_are_a_usage_error() {
    let world = World::new();
    let file = world
        .write("roots.pem", "no certificate")
        .display()
        .to_string();
    let https = ["--issuer", "https://127.0.0.1:9"];
    for (variable, value) in [
        ("EPROSPERA_CA_FILE", file.as_str()),
        ("EPROSPERA_CA_FILE", "/nonexistent/roots.pem"),
        ("SSL_CERT_FILE", file.as_str()),
        ("SSL_CERT_FILE", "/nonexistent/roots.pem"),
    ] {
        let login = [&["login", "--no-browser"], &https[..]].concat();
        let output = world.run_in(&[(variable, value)], &login).exits(2);
        output.because(value).hinting("--ca-file");
    }
    let flag = [&["login", "--no-browser", "--ca-file", &file], &https[..]].concat();
    world.run(&flag).exits(2).because(&file);
}

#[test]
fn a_server_that_speaks_no_tls_is_a_network_error() {
    let world = World::new();
    let issuer = world.url().replace("http:", "https:");
    let output = world.login_with(&["--issuer", &issuer]).exits(11);
    output
        .because("does not speak TLS")
        .hinting("issuer URL and its port");
    let log = world.sandbox().request_log();
    assert!(log.iter().all(|event| event.endpoint == "tls"), "{log:#?}");
}

#[test]
fn a_token_does_not_follow_a_redirect_to_another_origin() {
    let (world, other) = (World::signed_in(), World::new());
    for (endpoint, command) in [
        ("me", &["me", "natural-person"][..]),
        ("userinfo", &["whoami"]),
    ] {
        let elsewhere = format!("{endpoint}:302={}/api/v1/me/natural-person", other.url());
        world.fault(&elsewhere);
        world.run(command).exits(14).because("redirects to");
    }
    world.fault(&format!("token:302={}/api/oauth/token", other.url()));
    world.run(&["refresh"]).exits(14).because("redirects to");
    assert!(other.sandbox().request_log().is_empty());
}

#[test]
fn an_answer_that_is_none_has_its_exit_code_and_keeps_the_session() {
    let world = World::signed_in();
    for (action, code) in [
        ("html", 1),
        ("garbage", 1),
        ("empty", 1),
        ("huge", 1),
        ("huge=length", 1),
        ("502", 1),
        ("503", 1),
        ("504", 9),
        ("hang", 9),
        ("slow=5s", 9),
        ("drop", 11),
        ("half-body", 11),
    ] {
        for (endpoint, command) in [
            ("me", &["me", "natural-person"][..]),
            ("userinfo", &["whoami"]),
        ] {
            world.sandbox().clear_faults();
            world.fault(&format!("{endpoint}:{action}"));
            // Only where the time is to run out: a busy machine reads slowly.
            let patience = if code == 9 { "300ms" } else { "60s" };
            let flags = &["--request-timeout", patience, "--retries", "0"];
            let command = [command, flags].concat();
            let output = world.run(&command).exits(code);
            assert_eq!(output.stdout, "", "{endpoint}:{action}");
        }
    }
    world.sandbox().clear_faults();
    world.run(&["whoami"]).succeeds();
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn the_request_timeout_can_be_a_variable() {
    let world = World::signed_in();
    world.fault("userinfo:hang");
    let variable = [("EPROSPERA_REQUEST_TIMEOUT", "200ms")];
    world
        .run_in(&variable, &["whoami"])
        .exits(9)
        .because("within 200ms");
    world
        .run_in(&[("EPROSPERA_REQUEST_TIMEOUT", "soon")], &["whoami"])
        .exits(2);
}
