//! What can be wrong on the way to the provider, and with what it publishes.

use std::io::Write as _;
use std::net::TcpListener;

use serde_json::json;

use super::{Case, Fix, UNSET_ISSUER, diagnose, examine, row};
use crate::impostor::{self, Impostor};
use crate::ports::ClosedPort;
use crate::run::Run;
use crate::scripted_portal::ScriptedPortal;
use crate::wire::{self, Wire};
use crate::world::World;

const NETWORK: [&str; 2] = ["--only", "network"];
const PROVIDER: [&str; 2] = ["--only", "provider"];

fn at(issuer: &str) -> World {
    let mut world = World::new();
    world.set("EPROSPERA_ISSUER", issuer);
    world
}

fn with(mut world: World, name: &str, value: &str) -> World {
    world.set(name, value);
    world
}

/// An https issuer at which nothing listens.
fn behind_proxy(name: &str, value: &str) -> World {
    let closed = ClosedPort::new().address();
    with(at(&format!("https://{closed}")), name, value)
}

#[test]
fn a_provider_that_is_out_of_reach_is_never_called_signed_out() {
    let mut world = World::signed_in();
    world.stop_sandbox();
    let run = examine(&world, &[]);
    assert_eq!(run.0.code, 11, "{run:#?}");
    assert_eq!(row(&run, "unreachable").unwrap()["group"], "network");
    for code in ["not_signed_in", "session_expired", "session_refused"] {
        assert_eq!(row(&run, code), None, "{run:#?}");
    }
    let document = run.0.json();
    let rows = document["checks"].as_array().unwrap();
    let skipped: Vec<_> = rows.iter().filter(|row| row["code"] == "blocked").collect();
    let why = "skipped because the provider cannot be reached (see network)";
    assert!(
        skipped.len() >= 3 && skipped.iter().all(|row| row["message"] == why),
        "{skipped:#?}"
    );
}

fn fails(what: &'static str, world: World, code: &'static str, exit: i32, fix: Fix) -> Case {
    Case::new(what, world, &NETWORK).fails(code, exit, fix)
}

/// The port of a server that speaks at once, and no TLS.
fn without_tls() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            stream
                .unwrap()
                .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                .unwrap();
        }
    });
    port
}

#[test]
fn a_name_an_address_or_a_port_that_leads_nowhere_is_named() {
    let closed = format!("http://{}", ClosedPort::new().address());
    let no_tls = format!("https://127.0.0.1:{}", without_tls());
    let leave = || Fix::Says(UNSET_ISSUER);
    diagnose([
        fails("nothing listens", at(&closed), "unreachable", 11, leave()),
        fails(
            "no such name",
            at("https://portal.invalid"),
            "dns_failure",
            11,
            leave(),
        ),
        fails("no TLS", at(&no_tls), "tls_failure", 11, leave()),
    ]);
    // Another program may have the sandbox's usual port.
    let mut sandbox = World::new();
    sandbox.unset_settings();
    let sandbox = with(sandbox, "EPROSPERA_STORE", "plain-file");
    let is_free = TcpListener::bind(("127.0.0.1", 8787)).is_ok();
    let run = examine(&sandbox, &["--only", "network", "--profile", "sandbox"]);
    if is_free && run.0.code != 0 {
        let found = row(&run, "sandbox_not_running").unwrap();
        assert_eq!(found["fix"], "eprospera sandbox", "{run:#?}");
    }
}

#[test]
fn a_proxy_that_makes_no_connection_is_named_with_its_variable() {
    let nobody = format!("http://{}", ClosedPort::new().address());
    let asks = ["proxy-authenticate: Basic realm=\"x\""];
    let asks = Wire::answering(vec![wire::answer(407, &asks, b"")]);
    let refuses = Wire::answering(vec![wire::answer(403, &[], b"")]);
    let proxied = |proxy: &str| behind_proxy("HTTPS_PROXY", proxy);
    let no_name = proxied("http://proxy.invalid:3128");
    let every = behind_proxy("all_proxy", &nobody);
    let quoted = proxied("\"http://proxy\"");
    let credentials = Fix::Says(if cfg!(windows) {
        "$env:HTTPS_PROXY = 'http://USER:PASSWORD@HOST:PORT'"
    } else {
        "export HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT"
    });
    diagnose([
        fails(
            "no such proxy",
            proxied(&nobody),
            "proxy_unreachable",
            11,
            Fix::Runs,
        ),
        fails(
            "no name of a proxy",
            no_name,
            "proxy_unreachable",
            11,
            Fix::Runs,
        ),
        fails(
            "a proxy in all_proxy",
            every,
            "proxy_unreachable",
            11,
            Fix::Runs,
        ),
        fails(
            "a proxy that asks",
            proxied(&asks.url),
            "proxy_auth",
            11,
            credentials,
        ),
        fails(
            "a proxy that refuses",
            proxied(&refuses.url),
            "proxy_refused",
            11,
            Fix::Runs,
        ),
        fails("a proxy in quotes", quoted, "proxy_variable", 2, Fix::Runs),
    ]);
}

#[test]
fn trust_roots_that_cannot_be_read_are_named_with_their_variable() {
    let only = behind_proxy("SSL_CERT_FILE", "/no/such.pem");
    let beside = behind_proxy("EPROSPERA_CA_FILE", "/no/such.pem");
    diagnose([
        fails("no file of roots", only, "trust_roots", 2, Fix::Runs),
        fails(
            "no file beside the roots",
            beside,
            "trust_roots",
            2,
            Fix::Runs,
        ),
    ]);
}

#[test]
fn a_host_that_goes_around_the_proxy_is_said_to_do_so() {
    let world = behind_proxy("HTTPS_PROXY", "http://proxy.invalid:3128");
    let world = with(world, "NO_PROXY", "127.0.0.1");
    let run = examine(&world, &NETWORK);
    assert!(
        run.0
            .stdout
            .contains("no proxy is used: NO_PROXY names the host"),
        "{run:#?}"
    );
}

#[test]
fn something_else_that_answers_is_a_captive_portal_and_not_the_provider() {
    let page = Wire::answering(vec![wire::answer(
        200,
        &["content-type: text/html"],
        b"<h1>Welcome to the hotel</h1>",
    )]);
    let redirect = Wire::answering(vec![wire::answer(
        302,
        &["location: https://hotel.example/sign-in"],
        b"",
    )]);
    let terms = Wire::answering(vec![wire::answer(511, &[], b"")]);
    let fix = || Fix::Says(UNSET_ISSUER);
    diagnose([
        Case::new("a page", at(&page.url), &[]).fails("captive_portal", 11, fix()),
        Case::new("a redirect", at(&redirect.url), &[]).fails("captive_portal", 11, fix()),
        Case::new("terms", at(&terms.url), &[]).fails("captive_portal", 11, fix()),
    ]);
}

#[test]
fn a_clock_that_is_wrong_is_named_on_either_side() {
    let ahead = Wire::answering(vec![wire::answer(
        200,
        &[
            "content-type: application/json",
            "date: Thu, 01 Jan 2026 00:00:00 GMT",
        ],
        b"{}",
    )]);
    let behind = Wire::answering(vec![wire::answer(
        200,
        &[
            "content-type: application/json",
            "date: Fri, 01 Jan 2100 00:00:00 GMT",
        ],
        b"{}",
    )]);
    let future = World::signed_in();
    future.age_access_token(-7200);
    let clock = ["--only", "clock"];
    let offline = ["--offline", "--only", "clock"];
    let fix = || {
        if cfg!(target_os = "linux") {
            Fix::Says("timedatectl set-ntp true")
        } else if cfg!(windows) {
            Fix::Says("w32tm /resync")
        } else {
            Fix::Says("sntp")
        }
    };
    diagnose([
        Case::new("a clock ahead", at(&ahead.url), &clock).fails("clock_skew", 14, fix()),
        Case::new("a clock behind", at(&behind.url), &clock).fails("clock_skew", 14, fix()),
        Case::new("tokens from the future", future, &offline).fails("clock_skew", 14, fix()),
    ]);
}

fn publishes(what: &'static str, url: &str, code: &'static str, exit: i32, fix: Fix) -> Case {
    Case::new(what, at(url), &PROVIDER).fails(code, exit, fix)
}

fn leave() -> Fix {
    Fix::Says(UNSET_ISSUER)
}

#[test]
fn an_answer_in_place_of_the_metadata_is_told_apart_by_what_it_is() {
    let saying = ScriptedPortal::saying;
    let other = r#"{"issuer":"https://other.example","token_endpoint":"x"}"#;
    let (broken, absent, busy) = (saying(500, "{}"), saying(404, "{}"), saying(429, "{}"));
    let (list, other) = (saying(200, "[]"), saying(200, other));
    diagnose([
        publishes(
            "a server error",
            &broken.url(),
            "provider_error",
            1,
            Fix::None,
        ),
        publishes(
            "nothing there",
            &absent.url(),
            "provider_not_found",
            1,
            leave(),
        ),
        publishes(
            "too many requests",
            &busy.url(),
            "provider_rate_limited",
            7,
            Fix::None,
        ),
        publishes("a list", &list.url(), "metadata_invalid", 1, leave()),
        publishes(
            "another issuer",
            &other.url(),
            "issuer_mismatch",
            14,
            leave(),
        ),
    ]);
}

#[test]
fn metadata_that_lead_elsewhere_and_keys_that_are_none_are_named() {
    let foreign = Impostor::new();
    let mut document = foreign.document();
    document["token_endpoint"] = json!("https://elsewhere.example/token");
    foreign.put(
        impostor::DISCOVERY,
        impostor::json_answer(200, &document.to_string()),
    );
    let keyless = Impostor::new();
    keyless.put(
        impostor::JWKS,
        impostor::json_answer(200, r#"{"keys":"none"}"#),
    );
    let no_keys = Impostor::new();
    no_keys.put(impostor::JWKS, impostor::json_answer(500, "{}"));
    diagnose([
        publishes(
            "endpoints elsewhere",
            &foreign.url,
            "metadata_untrusted",
            14,
            leave(),
        ),
        publishes(
            "keys that are none",
            &keyless.url,
            "keys_invalid",
            14,
            Fix::None,
        ),
        publishes(
            "no keys for now",
            &no_keys.url,
            "provider_error",
            1,
            Fix::None,
        ),
    ]);
}

#[test]
fn a_provider_that_hangs_is_given_up_soon_and_the_check_that_waited_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let world = at(&format!("http://{}", listener.local_addr().unwrap()));
    let began = std::time::Instant::now();
    let run: Run = examine(&world, &[]);
    let took = began.elapsed();
    let found = row(&run, "timed_out").unwrap();
    assert_eq!(
        (found["id"].as_str(), run.0.code),
        (Some("network.answer"), 9),
        "{run:#?}"
    );
    // Two rounds of questions, each with a deadline of its own, and a machine that is busy.
    assert!(took.as_secs() < 30, "{took:?}");
}
