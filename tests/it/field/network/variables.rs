//! The variables themselves: what cannot be used is never passed over, and what curl ignores is.

use super::{Authority, SecureIssuer};
use crate::ports::ClosedPort;

/// Windows has one variable for both spellings.
pub(super) const VARIABLES: &[&str] = if cfg!(windows) {
    &["HTTPS_PROXY", "ALL_PROXY"]
} else {
    &["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
};

#[test]
fn a_variable_that_cannot_be_used_ends_in_exit_2_and_nothing_is_sent() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let world = server.user_who_trusts(&authority);
    for (value, hint) in [
        ("\"http://127.0.0.1:1\"", "quotation marks"),
        ("'http://127.0.0.1:1'", "quotation marks"),
        (
            "http://ana:canary@127.0.0.1:1 # office",
            "remove the spaces",
        ),
        (
            "http://ana:c\u{e4}nary-canary@127.0.0.1:1",
            "percent-encode",
        ),
        ("ftp://canary@127.0.0.1:1", "socks5h"),
        ("socks://127.0.0.1:1/", "socks5h://"),
        ("http://ana:canary#w/rd@127.0.0.1:1", "# as %23"),
        ("http://127.0.0.1:99999", "HOST:PORT"),
        ("not a url", "remove the spaces"),
    ] {
        for &variable in VARIABLES {
            for command in [&["whoami"][..], &["login", "--no-browser"]] {
                let output = world.run_in(&[(variable, value)], command).exits(2);
                assert!(!output.stderr.contains("canary"), "{output:#?}");
                let output = output.because(&format!("cannot use {variable}"));
                output.hinting(hint);
            }
        }
    }
    let variables = [
        ("HTTPS_PROXY", "http://127.0.0.1:1"),
        ("NO_PROXY", "\"127.0.0.1\""),
    ];
    let output = world.run_in(&variables, &["whoami"]).exits(2);
    output.because("cannot use NO_PROXY");
    assert!(server.is_untouched());
}

#[test]
fn blanks_around_a_value_do_not_count_and_blanks_alone_are_no_value() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let world = server.user_who_trusts(&authority);
    let closed = ClosedPort::new();
    let address = closed.address();
    let value = format!(" http://{address}\r\n");
    let output = world
        .run_in(&[("HTTPS_PROXY", &value)], &["whoami"])
        .exits(11);
    output.because(&format!(
        "the proxy http://{address} (HTTPS_PROXY) cannot be reached"
    ));
    assert!(server.is_untouched());
    world
        .run_in(&[("HTTPS_PROXY", " \t")], &["whoami"])
        .succeeds();
}

#[test]
fn a_cgi_script_keeps_its_proxy_for_https() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let world = server.user_who_trusts(&authority);
    let closed = ClosedPort::new();
    let proxy = format!("http://{}", closed.address());
    for &variable in VARIABLES {
        let variables = [("REQUEST_METHOD", "GET"), (variable, proxy.as_str())];
        let output = world.run_in(&variables, &["whoami"]).exits(11);
        output.because(&format!("({variable})"));
    }
    assert!(server.is_untouched());
    // A client of the web can set this one by a header `Proxy`.
    for variable in ["HTTP_PROXY", "http_proxy"] {
        let variables = [("REQUEST_METHOD", "GET"), (variable, proxy.as_str())];
        world.run_in(&variables, &["whoami"]).succeeds();
    }
}

#[test]
fn variables_win_over_each_other_as_with_curl() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let world = server.user_who_trusts(&authority);
    let closed = [ClosedPort::new(), ClosedPort::new()];
    let [proxy, other] = closed
        .each_ref()
        .map(|port| format!("http://{}", port.address()));
    let (proxy, other) = (proxy.as_str(), other.as_str());
    for (variables, wins) in [
        (
            [("https_proxy", proxy), ("HTTPS_PROXY", other)],
            "https_proxy",
        ),
        (
            [("HTTPS_PROXY", proxy), ("all_proxy", other)],
            "HTTPS_PROXY",
        ),
        ([("HTTPS_PROXY", ""), ("https_proxy", proxy)], "https_proxy"),
        ([("https_proxy", ""), ("HTTPS_PROXY", proxy)], "HTTPS_PROXY"),
        ([("HTTPS_PROXY", ""), ("ALL_PROXY", proxy)], "ALL_PROXY"),
        // One that is not asked for is not judged.
        (
            [("HTTPS_PROXY", proxy), ("ALL_PROXY", "not a url")],
            "HTTPS_PROXY",
        ),
        (
            [("HTTPS_PROXY", proxy), ("HTTP_PROXY", "not a url")],
            "HTTPS_PROXY",
        ),
    ] {
        // Windows has one variable for both spellings.
        if cfg!(windows) && variables[0].0.eq_ignore_ascii_case(variables[1].0) {
            continue;
        }
        let output = world.run_in(&variables, &["whoami"]).exits(11);
        output.because(&format!("the proxy {proxy} ({wins})"));
    }
    assert!(server.is_untouched());
}

#[test]
fn hosts_that_need_no_proxy_are_reached_directly_as_with_curl() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let world = server.user_who_trusts(&authority);
    let closed = ClosedPort::new();
    let proxy = format!("http://{}", closed.address());
    for variables in [
        [("NO_PROXY", "*"), ("no_proxy", "")],
        [("NO_PROXY", ""), ("no_proxy", "127.0.0.1")],
        [("NO_PROXY", "portal.test, 127.0.0.1"), ("no_proxy", "")],
        [("NO_PROXY", "portal.test 127.0.0.0/8"), ("no_proxy", "")],
    ] {
        // Windows has one variable for both spellings.
        let mut variables = variables.to_vec();
        variables.retain(|(_, hosts)| cfg!(unix) || !hosts.is_empty());
        variables.push(("HTTPS_PROXY", &proxy));
        world.run_in(&variables, &["whoami"]).succeeds();
    }
    let variables = [
        ("no_proxy", "portal.test"),
        ("HTTPS_PROXY", &proxy),
        #[cfg(unix)]
        ("NO_PROXY", "*"),
    ];
    world
        .run_in(&variables, &["whoami"])
        .exits(11)
        .because("the proxy");
}

#[test]
fn a_plain_server_on_this_machine_is_asked_without_a_proxy_however_the_variables_are_set() {
    let mut world = crate::world::World::new();
    for &variable in VARIABLES {
        world.set(variable, "\"not a url\"");
    }
    world.login().succeeds();
    world.run(&["whoami"]).succeeds();
}
