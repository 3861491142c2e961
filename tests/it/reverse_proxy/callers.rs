//! Who may ask: a program of this machine that has the capability, and no web page.

use super::reads::refuses;
use super::served::{Response, Served};
use crate::world::World;

const LINE: &str = "GET /api/v1/me/natural-person HTTP/1.1\r\n";

/// Sends headers of its own; each row is one.
fn ask(served: &Served, rows: &[&str]) -> Response {
    let rows: String = rows.iter().map(|row| [row, "\r\n"].concat()).collect();
    let request = format!("{LINE}Connection: close\r\n{rows}\r\n");
    Response::parse(&served.address.exchange(request.as_bytes()))
}

#[test]
fn without_the_capability_nothing_is_sent_and_the_answer_says_how_to_show_it() {
    let world = World::signed_in();
    let served = Served::start(&world, &[]);
    let before = world.sandbox().request_log().len();
    let host = format!("Host: {}", served.address.host());
    let own = &served.capability;
    let cookie = format!("Cookie: capability={own}");
    let api_key = format!("X-Api-Key: {own}");
    let proxied = format!("Proxy-Authorization: Bearer {own}");
    for other in ["X-None: 1", &cookie, &api_key, &proxied] {
        let response = ask(&served, &[&host, other]);
        refuses(&response, 401, "capability_missing", "forbidden");
        assert!(response.head.contains("www-authenticate: bearer"));
        let hint = response.json()["error"]["hint"].to_string();
        assert!(hint.contains("EPROSPERA_API_CAPABILITY"), "{hint}");
    }
    let token = world.access_token();
    let longer = format!("Authorization: Bearer {own}0");
    let shorter = format!("Authorization: Bearer {}", &own[1..]);
    let basic = format!("Authorization: Basic {own}");
    let the_token = format!("Authorization: Bearer {token}");
    for row in [
        "Authorization: Bearer",
        &longer,
        &shorter,
        &basic,
        &the_token,
    ] {
        let response = ask(&served, &[&host, row]);
        refuses(&response, 401, "capability_wrong", "forbidden");
    }
    let twice = format!("Authorization: Bearer {own}");
    let response = ask(&served, &[&host, &twice, &twice]);
    refuses(&response, 401, "capability_missing", "forbidden");
    let in_query = format!(
        "GET /api/v1/me?access_token={own}&capability={own} HTTP/1.1\r\n{host}\r\nConnection: close\r\n\r\n"
    );
    let response = Response::parse(&served.address.exchange(in_query.as_bytes()));
    refuses(&response, 401, "capability_missing", "forbidden");
    assert_eq!(world.sandbox().request_log().len(), before);
    drop(served.stop());
}

#[test]
fn each_proxy_has_a_capability_of_its_own_and_the_portal_knows_neither() {
    let world = World::signed_in();
    let (one, other) = (Served::start(&world, &[]), Served::start(&world, &[]));
    assert_ne!(one.capability, other.capability);
    assert!(one.capability.len() >= 43, "{}", one.capability);
    let path = "GET /api/v1/me/natural-person";
    let response = one.address.send(&other.capability, path, "");
    refuses(&response, 401, "capability_wrong", "forbidden");
    let given = [("EPROSPERA_TOKEN", one.capability.as_str())];
    drop(world.run_in(&given, &["whoami"]).exits(3));
    for served in [one, other] {
        assert_eq!(served.send(path).status, 200);
        drop(served.stop());
    }
}

#[test]
fn a_request_for_another_host_is_misdirected() {
    let world = World::signed_in();
    let served = Served::start(&world, &[]);
    let authorization = format!("Authorization: Bearer {}", served.capability);
    let port = served.address.host();
    let port = port.rsplit(':').next().unwrap();
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("10.0.0.1:{port}"),
        format!("127.0.0.1@evil.example:{port}"),
    ] {
        let host = format!("Host: {host}");
        let response = ask(&served, &[&host, &authorization]);
        refuses(&response, 421, "foreign_host", "untrusted");
    }
    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}")] {
        let host = format!("host: {host}");
        assert_eq!(ask(&served, &[&host, &authorization]).status, 200, "{host}");
    }
    assert_eq!(ask(&served, &[&authorization]).status, 400);
    drop(served.stop());
}

#[test]
fn no_web_page_may_ask_and_no_answer_is_opened_to_one() {
    let world = World::signed_in();
    let served = Served::start(&world, &[]);
    let host = format!("Host: {}", served.address.host());
    let authorization = format!("Authorization: Bearer {}", served.capability);
    for origin in [
        "https://evil.example".to_owned(),
        "null".to_owned(),
        format!("http://{}", served.address.host()),
    ] {
        let origin = format!("Origin: {origin}");
        for rows in [
            &[host.as_str(), &authorization, &origin][..],
            &[&host, &origin],
        ] {
            let response = ask(&served, rows);
            refuses(&response, 403, "web_page", "untrusted");
            assert!(!response.head.contains("access-control-"), "{response:?}");
        }
    }
    drop(served.stop());
}

#[test]
fn an_upgrade_is_refused() {
    let world = World::signed_in();
    let served = Served::start(&world, &[]);
    let before = world.sandbox().request_log().len();
    let host = format!("Host: {}", served.address.host());
    let authorization = format!("Authorization: Bearer {}", served.capability);
    for protocol in ["websocket", "h2c", "TLS/1.3"] {
        let upgrade = format!("Upgrade: {protocol}");
        let rows = [
            host.as_str(),
            &authorization,
            &upgrade,
            "Connection: upgrade",
        ];
        refuses(&ask(&served, &rows), 501, "upgrade", "invalid_request");
    }
    assert_eq!(world.sandbox().request_log().len(), before);
    drop(served.stop());
}
