//! A token stays at its origin: for every way in which an address can come from outside, a
//! stranger listens there, and never hears the bearer.

use std::path::Path;

use serde_json::json;

use crate::impostor::{
    ACCESS, DISCOVERY, Impostor, TOKEN, USERINFO, json_answer, raw, redirect, sign_in, user_of,
};
use crate::world::World;

const PERSON: &str = "/api/v1/me/natural-person";

/// A session at the issuer, and the stranger's server.
struct Scene {
    issuer: Impostor,
    stranger: Impostor,
    world: World,
}

impl Scene {
    fn new() -> Self {
        let (issuer, stranger) = (Impostor::new(), Impostor::new());
        let world = user_of(&issuer);
        let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
        assert_eq!(output.code, 0, "{output:#?}");
        Self {
            issuer,
            stranger,
            world,
        }
    }

    /// Neither the stranger nor another path of the issuer was asked for anything.
    fn nobody_heard_it(&self, what: &str) {
        let heard = self.stranger.everything();
        assert!(heard.is_empty(), "{what}: {heard:#?}");
        assert!(self.issuer.asked("/elsewhere").is_empty(), "{what}");
    }

    /// The stranger's address without its scheme.
    fn authority(&self) -> &str {
        &self.stranger.url["http://".len()..]
    }
}

#[test]
fn no_redirect_is_followed_with_a_token() {
    let scene = Scene::new();
    let locations = [
        format!("{}{PERSON}", scene.stranger.url),
        format!("//{}/x", scene.authority()),
        format!("http://127.0.0.1@{}/x", scene.authority()),
        format!("{}/elsewhere", scene.issuer.url),
        String::from("/elsewhere"),
    ];
    let mut cases = 0;
    for status in [300, 301, 302, 303, 305, 307, 308] {
        for location in &locations {
            for path in [USERINFO, PERSON, "/api/x", TOKEN] {
                scene.issuer.put(path, redirect(status, location));
            }
            for command in [
                &["whoami"][..],
                &["me", "natural-person"],
                &["api", "/api/x"],
                &["api", "POST", "/api/x", "-f", "a=b"],
            ] {
                let output = scene.world.run(command).0;
                let what = format!("{command:?} {status} {location}");
                let is_elsewhere = !location.ends_with("/elsewhere");
                let code = if is_elsewhere { 14 } else { 1 };
                assert_eq!(output.code, code, "{what}: {output:#?}");
                scene.nobody_heard_it(&what);
                cases += 1;
            }
        }
    }
    // The refresh token stays, too.
    for status in [301, 302, 303, 307, 308] {
        let scene = Scene::new();
        scene
            .issuer
            .put(TOKEN, redirect(status, &scene.stranger.url));
        scene
            .world
            .run(&["refresh"])
            .exits(14)
            .because("redirects to");
        scene.nobody_heard_it("refresh");
        cases += 1;
    }
    assert_eq!(cases, 145);
}

#[test]
fn no_header_of_an_answer_leads_elsewhere() {
    let scene = Scene::new();
    for header in [
        "Refresh: 0; url=",
        "Content-Location: ",
        "Alt-Svc: h1=",
        "Link: ",
        "Location: ",
    ] {
        let answer = raw(&format!(
            "HTTP/1.1 200 OK\r\n{header}{}\r\nContent-Type: application/json\r\n\
             Connection: close\r\n\r\n{{}}",
            scene.stranger.url
        ));
        scene.issuer.put("/api/x", answer);
        scene.world.run(&["api", "/api/x"]).succeeds();
        let pages = ["api", "/api/x", "--paginate"];
        scene.world.run(&pages).succeeds();
        scene.nobody_heard_it(header);
    }
}

#[test]
fn metadata_that_points_elsewhere_is_believed_neither_when_fetched_nor_from_the_cache() {
    let scene = Scene::new();
    for endpoint in [
        "userinfo_endpoint",
        "token_endpoint",
        "jwks_uri",
        "revocation_endpoint",
    ] {
        let mut document = scene.issuer.document();
        document[endpoint] = json!(format!("{}/x", scene.stranger.url));
        // The cache is asked first; what somebody wrote there is no better.
        let poisoned = poison(&scene.world.path("cache"), &scene);
        assert!(poisoned > 0);
        let answer = json_answer(200, &document.to_string());
        scene.issuer.put(DISCOVERY, answer);
        for command in [&["whoami"][..], &["refresh"], &["me", "natural-person"]] {
            drop(scene.world.run(command));
            scene.nobody_heard_it(&format!("{endpoint} {command:?}"));
        }
        let output = scene.world.run(&["whoami"]).exits(14);
        drop(output.because("another origin"));
        scene.issuer.behave();
        scene.world.run(&["whoami"]).succeeds();
    }
}

/// Writes the stranger's address for the issuer's into every endpoint of the cache.
fn poison(folder: &Path, scene: &Scene) -> usize {
    let mut changed = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            changed += poison(&path, scene);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let (honest, hostile) = (
            format!("{}/", scene.issuer.url),
            format!("{}/", scene.stranger.url),
        );
        if text.contains(&honest) {
            crate::world::write(&path, text.replace(&honest, &hostile).as_bytes());
            changed += 1;
        }
    }
    changed
}

#[test]
fn api_sends_nothing_to_an_address_that_is_not_the_portals() {
    let scene = Scene::new();
    let (authority, issuer) = (scene.authority(), &scene.issuer.url["http://".len()..]);
    for path in [
        format!("http://{authority}/x"),
        format!("HTTP://{authority}/x"),
        format!("https://{issuer}/x"),
        format!("http://{issuer}@{authority}/x"),
        format!("http://me:secret@{issuer}/x"),
        format!("http://{issuer}\\@{authority}/x"),
        format!("http://{issuer}.{authority}/x"),
        format!("http:{authority}/x"),
        format!("http:/{authority}/x"),
        format!("http:\\\\{authority}/x"),
        format!("//{authority}/x"),
        format!("///{authority}/x"),
        format!("/\\{authority}/x"),
        format!("\\\\{authority}\\x"),
        format!("\t//{authority}/x"),
        format!("/%2f{authority}/x"),
        format!("/..//{authority}/x"),
        format!("@{authority}/x"),
        format!("http://127.1:{}/x", authority.rsplit(':').next().unwrap()),
        String::from("javascript:x"),
        String::from("file:///etc/passwd"),
    ] {
        let before = scene.issuer.everything().len();
        let output = scene.world.run(&["api", "--", &path]).0;
        scene.nobody_heard_it(&path);
        let asked = scene.issuer.everything();
        let is_refused = [2, 14].contains(&output.code) && asked.len() == before;
        // These are paths, odd as they look.
        let is_below = path.starts_with(['@', '/']) && asked.len() == before + 1;
        assert!(is_refused || is_below, "{path}: {output:#?}");
        assert!(!output.stderr.contains(ACCESS), "{output:#?}");
    }
}

#[test]
fn a_cursor_that_is_an_address_stays_a_cursor() {
    let scene = Scene::new();
    for cursor in [
        scene.stranger.url.clone(),
        format!("//{}", scene.authority()),
        format!("x&host={}", scene.authority()),
        format!("x#@{}", scene.authority()),
        String::from("x\r\nHost: y"),
    ] {
        let page = json!({ "data": [], "meta": { "nextCursor": cursor } });
        scene
            .issuer
            .put("/api/v1/x", json_answer(200, &page.to_string()));
        let before = scene.issuer.asked("/api/v1/x").len();
        // The same cursor again is a circle, and ends there.
        let command = ["api", "/api/v1/x", "--paginate"];
        scene
            .world
            .run(&command)
            .exits(1)
            .because("already followed");
        let asked = scene.issuer.asked("/api/v1/x");
        assert_eq!(asked.len(), before + 2, "{cursor}");
        let line = asked.last().unwrap().lines().next().unwrap().to_owned();
        assert!(line.starts_with("GET /api/v1/x?cursor="), "{line}");
        assert_eq!(line.matches(['&', '#']).count(), 0, "{line}");
        scene.nobody_heard_it(&cursor);
    }
}

#[test]
fn a_session_is_worth_nothing_at_another_issuer_whoever_names_it() {
    let mut scene = Scene::new();
    let stranger = scene.stranger.url.clone();
    let commands = [
        &["whoami"][..],
        &["me", "natural-person"],
        &["api", "/api/x"],
        &["token"],
        &["refresh"],
        &["exec", "--", "env"],
        &["status"],
        &["logout"],
    ];
    let unheard = |scene: &Scene, what: &str| {
        let heard = scene.stranger.everything().concat();
        assert!(!heard.contains("canary"), "{what}: {heard}");
    };
    for command in commands {
        let output = scene
            .world
            .run(&[command, &["--issuer", &stranger]].concat())
            .0;
        // `exec` hands flags behind `--` to its program, and keeps to the issuer in use.
        let is_refused = output.code == 3 || ["status", "logout", "exec"].contains(&command[0]);
        assert!(is_refused, "{command:?}: {output:#?}");
        unheard(&scene, &format!("{command:?}"));
    }
    let issuer = scene.issuer.url.clone();
    scene.world.set("EPROSPERA_ISSUER", &stranger);
    for command in commands {
        let output = scene.world.run(command).0;
        let is_refused = output.code == 3 || ["status", "logout"].contains(&command[0]);
        assert!(is_refused, "{command:?}: {output:#?}");
        assert!(
            !output.stdout.contains("canary"),
            "{command:?}: {output:#?}"
        );
        unheard(&scene, &format!("{command:?}"));
    }
    scene.world.set("EPROSPERA_ISSUER", &issuer);
    assert_eq!(
        scene.world.run(&["token"]).succeeds().stdout,
        format!("{ACCESS}\n")
    );
}

#[test]
fn a_proxy_hears_nothing_of_an_issuer_on_this_machine() {
    let mut scene = Scene::new();
    let proxy = scene.stranger.url.clone();
    for name in [
        "http_proxy",
        "HTTP_PROXY",
        "https_proxy",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ] {
        scene.world.set(name, &proxy);
    }
    for command in [
        &["whoami"][..],
        &["me", "natural-person"],
        &["api", "/api/x"],
        &["refresh"],
        &["logout"],
    ] {
        drop(scene.world.run(command));
        scene.nobody_heard_it(&format!("{command:?}"));
    }
    let heard = scene.issuer.everything().concat();
    assert!(heard.contains(&format!("Bearer {ACCESS}")) || heard.contains(ACCESS));
}

#[test]
fn an_address_of_a_document_is_shown_and_not_visited() {
    let scene = Scene::new();
    let document = json!({
        "data": [{
            "id": "d1", "name": "x", "slug": "y", "version": 1,
            "fileUrl": format!("{}/file?signature=s", scene.stranger.url),
            "createdAt": "2026-01-01T00:00:00.000Z",
        }],
        "agreementOfCoexistence": null,
    });
    let answer = json_answer(200, &document.to_string());
    scene.issuer.put("/api/v1/me/documents", answer);
    scene.world.run(&["api", "/api/v1/me/documents"]).succeeds();
    scene.nobody_heard_it("documents");
}
