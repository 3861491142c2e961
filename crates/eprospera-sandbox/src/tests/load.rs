//! Many requests at once: the sandbox answers them all, and signing delays none.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use super::world::{EVERY_SCOPE, World, options, read};
use crate::{Algorithm, Event, Options, Persona};

/// RSA, as in use.
async fn signing_with_rsa() -> World {
    World::with(Options {
        auto_approve: Some(String::new()),
        signing: Algorithm::Rs256,
        ..options()
    })
    .await
}

#[tokio::test]
async fn requests_that_sign_nothing_overtake_a_queue_of_signatures() {
    let world = signing_with_rsa().await;
    let mut tokens = Vec::new();
    for _ in 0..40 {
        tokens.push(world.login(&[]).await.refresh().to_owned());
    }
    let mut refreshes = JoinSet::new();
    for token in tokens {
        let form = [
            ("grant_type", "refresh_token".to_owned()),
            ("client_id", "sandbox-cli".to_owned()),
            ("refresh_token", token),
        ];
        refreshes.spawn(read(
            world.http.post(world.at("/api/oauth/token")).form(&form),
        ));
    }
    let asked = world.sandbox.request_log().len();
    // Each refresh takes its permit in order; this one takes none.
    assert_eq!(
        world.get("/.well-known/openid-configuration").await.status,
        200
    );
    for reply in refreshes.join_all().await {
        assert_eq!(reply.status, 200);
    }
    let request_log = world.sandbox.request_log();
    let place = request_log
        .iter()
        .skip(asked)
        .position(|event| event.endpoint == "discovery");
    let done = request_log.len() - asked;
    assert!(place.unwrap() < done - 1, "discovery came last of {done}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_hundred_logins_at_once_all_succeed() {
    let world = Arc::new(World::approving().await);
    let mut logins = JoinSet::new();
    for _ in 0..300 {
        let world = Arc::clone(&world);
        logins.spawn(async move {
            let tokens = world.login(&[]).await;
            let person = world
                .get_as("/api/v1/me/natural-person", tokens.access())
                .await;
            person.status
        });
    }
    let statuses = tokio::time::timeout(Duration::from_secs(180), logins.join_all()).await;
    assert!(statuses.unwrap().iter().all(|status| *status == 200));
    assert_eq!(world.sandbox.request_log().len(), 900);
}

#[tokio::test]
async fn a_request_is_finished_when_its_client_hangs_up() {
    let world = World::with(Options {
        auto_approve: Some(String::new()),
        ..options()
    })
    .await;
    let tokens = world.login(&[]).await;
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "sandbox-cli"),
        ("refresh_token", tokens.refresh()),
    ];
    world
        .sandbox
        .add_fault("token:slow=300ms*1".parse().unwrap());
    let request = world.http.post(world.at("/api/oauth/token")).form(&form);
    let impatient = tokio::spawn(request.send());
    let control = world.sandbox.control_token().to_owned();
    let left = async || world.get_as("/sandbox/faults", &control).await.json();
    while left().await["rules"] != serde_json::json!([]) {}
    impatient.abort();
    let is_refresh = |event: &Event| event.grant_type == Some("refresh_token");
    while !world.sandbox.request_log().iter().any(is_refresh) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    world.sandbox.clear_faults();
    assert_eq!(
        world.refresh(tokens.refresh()).await.error(),
        "invalid_grant"
    );
}

#[tokio::test]
async fn ten_thousand_entities_and_their_taxes_are_listed() {
    const COUNT: usize = 10_000;
    let mut personas = Persona::built_in();
    let resident = &mut personas[0];
    let model = resident.legal_entities[0].clone();
    let filing = resident.tax.filings[0].clone();
    for number in 0..COUNT {
        let id = format!("3b0f7a52-91c4-4d7e-a6b5-{number:012}");
        let mut entity = model.clone();
        entity.entity["id"] = id.as_str().into();
        resident.legal_entities.push(entity);
        let mut filing = filing.clone();
        filing["subject"]["id"] = id.as_str().into();
        resident.tax.filings.push(filing);
    }
    let world = World::approving_of(personas).await;
    let tokens = world.login(&[("scope", EVERY_SCOPE)]).await;
    let path = "/api/v1/me/legal-entities";
    let list = world.get_as(path, tokens.access()).await.json();
    assert_eq!(list["data"].as_array().unwrap().len(), COUNT + 2);
    let newest = format!("{path}/3b0f7a52-91c4-4d7e-a6b5-000000009999/documents");
    assert_eq!(world.get_as(&newest, tokens.access()).await.status, 200);
    let filings = "/api/v1/me/tax/filings?limit=100&type=vat";
    let page = world.get_as(filings, tokens.access()).await.json();
    assert_eq!(page["data"].as_array().unwrap().len(), 100);
}
