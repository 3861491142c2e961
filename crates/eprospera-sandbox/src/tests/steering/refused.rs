//! No other page and no mere reader steers, and what gives the right to steer does not leak.

use super::super::world::{World, options, read};
use super::{SESSION, STEER, Visitor, state};
use crate::{Authority, Options};

#[tokio::test]
async fn a_browser_that_stops_steering_only_reads() {
    let world = World::with(options()).await;
    let visitor = Visitor::steering(&world).await;
    let token = visitor.form_token().await;
    let fields = [("form_token", &*token), ("action", "leave")];
    let reply = visitor.post(STEER, &fields, &visitor.own_origin()).await;
    assert!(
        reply.header("set-cookie").contains("; Max-Age=0"),
        "{reply:?}"
    );
    is_refused(&visitor, &fields, &visitor.own_origin()).await;
    assert!(visitor.page().await.text.contains("Start steering"));
}

/// Sends a reset that lacks something; the page must say that nothing was changed.
async fn is_refused(
    visitor: &Visitor<'_>,
    fields: &[(&str, &str)],
    headers: &[(&'static str, String)],
) {
    let before = state(visitor.world).await;
    let reply = visitor.post(STEER, fields, headers).await;
    assert_eq!(reply.status, 403, "{headers:?} {fields:?}");
    assert!(reply.text.contains("Nothing was changed"));
    assert_eq!(state(visitor.world).await, before);
}

#[tokio::test]
async fn no_page_of_another_origin_steers_even_with_cookie_and_form_token() {
    let world = World::with(options()).await;
    let visitor = Visitor::steering(&world).await;
    let token = visitor.form_token().await;
    let fields = [
        ("form_token", &*token),
        ("action", "fault"),
        ("rule", "token:500"),
    ];
    let port = world.sandbox.url().rsplit_once(':').unwrap().1.to_owned();
    let headers = |origin: &str, site: &str| {
        let named = [
            ("origin", origin.to_owned()),
            ("sec-fetch-site", site.to_owned()),
        ];
        named
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect::<Vec<_>>()
    };
    let own = world.sandbox.url();
    let wrong = [
        // A form of another site, a script with `no-cors`, a frame with an opaque origin.
        headers("https://attacker.example", "cross-site"),
        headers("null", "cross-site"),
        // Another server on this computer, to which the browser sends the same cookies.
        headers("http://127.0.0.1:3000", "same-site"),
        headers("null", "same-site"),
        headers(own, "same-site"),
        headers("http://127.0.0.1:3000", "same-origin"),
        headers(&format!("https://127.0.0.1:{port}"), "same-origin"),
        // Browsers without Fetch Metadata.
        headers("http://127.0.0.1:3000", ""),
        headers(&format!("http://localhost:{port}"), ""),
        headers("null", ""),
        headers("", "none"),
        headers("", ""),
    ];
    for headers in wrong {
        is_refused(&visitor, &fields, &headers).await;
    }
    let reply = visitor.post(STEER, &fields, &headers(own, "")).await;
    assert_eq!(reply.status, 303, "{}", reply.text);
}

#[tokio::test]
async fn a_form_needs_the_cookie_of_this_sandbox_and_the_form_token_of_that_cookie() {
    let (world, other) = (World::with(options()).await, World::with(options()).await);
    let visitor = Visitor::steering(&world).await;
    let (second, elsewhere) = (
        Visitor::steering(&world).await,
        Visitor::steering(&other).await,
    );
    let own = visitor.form_token().await;
    let foreign = [second.form_token().await, elsewhere.form_token().await];
    let fields = |token| {
        [
            ("form_token", token),
            ("action", "fault"),
            ("rule", "token:500"),
        ]
    };
    for token in [
        "",
        "x",
        &foreign[0],
        &foreign[1],
        world.sandbox.control_token(),
    ] {
        is_refused(&visitor, &fields(token), &visitor.own_origin()).await;
    }
    is_refused(&visitor, &[("action", "reset")], &visitor.own_origin()).await;
    // Cookies are shared between the ports of a host: that of another sandbox comes along.
    let (name, _) = visitor.cookie.split_once('=').unwrap();
    let (other_name, value) = elsewhere.cookie.split_once('=').unwrap();
    assert_ne!(name, other_name);
    let control_token = world.sandbox.control_token();
    for cookie in [
        String::new(),
        elsewhere.cookie.clone(),
        format!("{name}={value}"),
        format!("{name}={control_token}"),
        format!("{name}=; {name}"),
    ] {
        let stranger = Visitor {
            world: &world,
            cookie,
        };
        is_refused(&stranger, &fields(&own), &stranger.own_origin()).await;
    }
    visitor.steer("clock", &[("by", "1m")]).await;
}

#[tokio::test]
async fn a_foreign_host_reaches_neither_the_page_nor_a_form() {
    let world = World::with(options()).await;
    let visitor = Visitor::steering(&world).await;
    let token = visitor.form_token().await;
    let before = state(&world).await;
    for host in ["attacker.example", "127.0.0.1.attacker.example:80"] {
        let origin = format!("http://{host}");
        let headers = [
            ("host", host.to_owned()),
            ("origin", origin),
            ("sec-fetch-site", "same-origin".to_owned()),
        ];
        let fields = [("form_token", &*token), ("action", "reset")];
        assert_eq!(visitor.post(STEER, &fields, &headers).await.status, 421);
        let fields = [("control_token", world.sandbox.control_token())];
        assert_eq!(visitor.post(SESSION, &fields, &headers).await.status, 421);
        let request = world.http.get(world.at("/")).header("host", host);
        assert_eq!(read(request).await.status, 421);
    }
    assert_eq!(state(&world).await, before);
}

#[tokio::test]
async fn a_get_changes_nothing_and_no_frame_shows_the_page() {
    let world = World::with(options()).await;
    let visitor = Visitor::steering(&world).await;
    let token = visitor.form_token().await;
    let before = state(&world).await;
    let query = format!("?form_token={token}&action=fault&rule=token:500");
    for path in [STEER, SESSION, "/", "/sandbox/inspector/content"] {
        let request = world.http.get(world.at(&format!("{path}{query}")));
        let reply = read(request.header("cookie", &visitor.cookie)).await;
        assert!(matches!(reply.status, 200 | 405), "{path}");
        assert_eq!(reply.header("x-frame-options"), "DENY");
        assert!(reply.header("set-cookie").is_empty());
        if reply.status == 200 {
            let policy = reply.header("content-security-policy").to_owned();
            assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        }
    }
    assert_eq!(state(&world).await, before);
}

#[tokio::test]
async fn only_the_control_token_opens_and_the_cookie_is_strict_and_says_nothing_of_it() {
    let world = World::with(options()).await;
    let other = World::with(options()).await;
    let visitor = Visitor::new(&world);
    for wrong in ["", "x", other.sandbox.control_token()] {
        let reply = visitor.enter(wrong).await;
        assert_eq!(reply.status, 403);
        assert!(reply.text.contains("not the control token of this sandbox"));
        assert!(reply.header("set-cookie").is_empty());
    }
    let token = world.sandbox.control_token();
    let foreign = [("origin", "https://attacker.example".to_owned())];
    let reply = visitor
        .post(SESSION, &[("control_token", token)], &foreign)
        .await;
    assert_eq!(reply.status, 403);

    let reply = visitor.enter(token).await;
    let cookie = reply.header("set-cookie").to_owned();
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"),
        "{cookie}"
    );
    let port = world.sandbox.url().rsplit_once(':').unwrap().1.to_owned();
    assert!(
        cookie.starts_with(&format!("sandbox_steering_{port}=")),
        "{cookie}"
    );
    assert!(!cookie.contains(token) && !cookie.contains("Domain"));
    // It is of no use where the control token is asked for.
    let value = cookie.split([';', '=']).nth(1).unwrap();
    assert_eq!(world.get_as("/sandbox/journal", value).await.status, 401);
}

#[tokio::test]
async fn neither_the_log_nor_a_page_repeats_what_steers() {
    let world = World::approving().await;
    let visitor = Visitor::steering(&world).await;
    let form_token = visitor.form_token().await;
    visitor.steer("clock", &[("by", "1m")]).await;
    visitor.enter("a-wrong-control-token").await;
    let (_, cookie) = visitor.cookie.split_once('=').unwrap();
    let stranger = Visitor::new(&world);
    let everything = world.get("/?show=everything").await.text;
    let json = world.get("/sandbox/inspector.json").await.text;
    let log = serde_json::to_string(&world.sandbox.request_log()).unwrap();
    let page = stranger.page().await.text;
    for text in [everything, json, log, page] {
        for secret in [
            world.sandbox.control_token(),
            cookie,
            &form_token,
            "a-wrong-control-token",
        ] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    let own = visitor.page().await.text;
    assert!(own.contains(&form_token));
    assert!(!own.contains(world.sandbox.control_token()) && !own.contains(cookie));
}

#[tokio::test]
async fn a_cookie_that_another_page_of_this_host_set_does_not_shut_out_the_browser() {
    let world = World::approving().await;
    let mut visitor = Visitor::steering(&world).await;
    let name = visitor.cookie.split('=').next().unwrap().to_owned();
    visitor.cookie = format!("{name}=evil; {name}=; {}", visitor.cookie);
    assert!(visitor.page().await.text.contains("form_token"));
    visitor.cookie = format!("{name}=evil");
    assert!(!visitor.page().await.text.contains("form_token"));
}

#[tokio::test]
async fn the_cookie_is_secure_once_over_https() {
    let world = World::with(Options {
        tls: Some(Authority::generate().unwrap()),
        ..options()
    })
    .await;
    let reply = Visitor::new(&world)
        .enter(world.sandbox.control_token())
        .await;
    let cookie = reply.header("set-cookie");
    assert_eq!(cookie.matches("Secure").count(), 1, "{cookie}");
}

#[tokio::test]
async fn only_the_inspector_parts_from_the_window_that_opened_it() {
    let world = World::approving().await;
    let opener = "cross-origin-opener-policy";
    let resource = "cross-origin-resource-policy";
    let page = world.get("/").await;
    assert_eq!(page.header(opener), "same-origin");
    for path in ["/login", "/device", "/health", "/nothing"] {
        let reply = world.get(path).await;
        assert_eq!(reply.header(opener), "", "{path}");
        assert_eq!(reply.header(resource), "same-origin", "{path}");
    }
    let file = read(world.http.get(world.sandbox.files_url())).await;
    assert_eq!(file.header(resource), "");
}
