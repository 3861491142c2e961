//! A person at Prosper's pages.

use super::{authorize, authorize_url, code, is_welcome, with_spaces};
use crate::tests::browser::{Browser, request_id};
use crate::tests::world::{World, options};

#[tokio::test]
async fn a_person_signs_in_agrees_once_and_is_then_sent_on_at_once() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let url = authorize_url(&world, &[]);
    let reply = browser.send(world.http.get(url.clone())).await;
    assert_eq!(reply.status, 302);
    let id = request_id(&reply, "/prosper/login?request=");
    let login = browser.get(reply.header("location")).await;
    assert!(login.text.contains("Sandbox web application"));
    assert!(
        login
            .text
            .contains("This is a sandbox, not Login with Prosper.")
    );
    let form = [("request", id.as_str()), ("persona", "e-resident")];
    let reply = browser.post("/prosper/login", &form).await;
    assert_eq!(request_id(&reply, "/prosper/consent?request="), id);
    let consent = browser.get(reply.header("location")).await;
    assert!(consent.text.contains("<code>user:email</code>"));
    let form = [("request", id.as_str()), ("decision", "approve")];
    let reply = browser.post("/prosper/consent", &form).await;
    assert_eq!(reply.status, 302);
    assert!(reply.redirected().contains_key("code"));

    let again = browser.post("/prosper/consent", &form).await;
    assert_eq!(again.status, 400, "a page is answered once");
    let reply = browser.send(world.http.get(url.clone())).await;
    assert!(
        reply.redirected().contains_key("code"),
        "consent is remembered"
    );

    let mut other = Browser::new(&world);
    let reply = other.send(world.http.get(url)).await;
    let id = request_id(&reply, "/prosper/login?request=");
    let form = [("request", id.as_str()), ("persona", "e-resident")];
    let reply = other.post("/prosper/login", &form).await;
    assert!(
        reply.redirected().contains_key("code"),
        "in any browser of the person"
    );
}

#[tokio::test]
async fn a_page_belongs_to_one_browser_and_a_refusal_ends_on_the_welcome_page() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let reply = browser
        .send(world.http.get(authorize_url(&world, &[])))
        .await;
    let id = request_id(&reply, "/prosper/login?request=");
    let mut stranger = Browser::new(&world);
    assert_eq!(stranger.get(reply.header("location")).await.status, 400);
    let form = [("request", id.as_str()), ("persona", "resident")];
    assert_eq!(stranger.post("/prosper/login", &form).await.status, 400);
    let early = [("request", id.as_str()), ("decision", "approve")];
    assert_eq!(browser.post("/prosper/consent", &early).await.status, 400);
    let consent = format!("/prosper/consent?request={id}");
    assert_eq!(browser.get(&consent).await.status, 303, "sign in first");
    assert_eq!(browser.post("/prosper/login", &form).await.status, 303);
    let form = [("request", id.as_str()), ("decision", "deny")];
    let reply = browser.post("/prosper/consent", &form).await;
    assert!(is_welcome(&reply));
    assert!(world.last_outcome().contains("not documented"));
}

#[tokio::test]
async fn a_person_of_another_space_signs_in_and_gets_no_further_than_welcome() {
    let world = with_spaces(None).await;
    let sign_in = async |persona: &str, client: &str| {
        let mut browser = Browser::new(&world);
        let url = authorize_url(&world, &[("client_id", client)]);
        let reply = browser.send(world.http.get(url.clone())).await;
        let id = request_id(&reply, "/prosper/login?request=");
        let form = [("request", id.as_str()), ("persona", persona)];
        let first = browser.post("/prosper/login", &form).await;
        (first, browser.send(world.http.get(url)).await)
    };
    for (persona, client, parted) in [
        ("former", "sandbox-web", true),
        ("resident", "other", true),
        ("former", "other", false),
        ("resident", "sandbox-web", false),
    ] {
        let (first, second) = sign_in(persona, client).await;
        assert_eq!(is_welcome(&first), parted, "{persona} {client}");
        assert_eq!(
            is_welcome(&second),
            parted,
            "{persona} {client}: signed in already"
        );
    }
    let automatic = with_spaces(Some("former")).await;
    assert!(is_welcome(&authorize(&automatic, &[]).await));
    assert!(
        automatic
            .last_outcome()
            .contains("space elsewhere, the client to space the first one")
    );
    code(&automatic, &[("client_id", "other")]).await;
}
