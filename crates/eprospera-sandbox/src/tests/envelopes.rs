//! What each resource route gives of each persona, in its envelope (docs/portal.md, Endpoints).

use serde_json::{Value, json};

use super::browser::{Browser, entity};
use super::world::{EVERY_SCOPE, Tokens, World, options};
use crate::Persona;

const ME: &str = "/api/v1/me";

/// An answer with each URL of the file service as the persona's file names it: `sandbox:…`.
fn unsigned(world: &World, value: Value) -> Value {
    let each = |value| unsigned(world, value);
    match value {
        Value::String(text) if text.starts_with(world.sandbox.files_url()) => {
            let path = url::Url::parse(&text).unwrap();
            let parts: Vec<_> = path.path_segments().unwrap().skip(1).collect();
            let name = percent_encoding::percent_decode_str(parts.last().unwrap());
            let name = name.decode_utf8().unwrap();
            match parts.as_slice() {
                [size, _] => format!("sandbox:{size}/{name}").into(),
                _ => format!("sandbox:{name}").into(),
            }
        }
        Value::Array(members) => members.into_iter().map(each).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            members.map(|(name, value)| (name, each(value))).collect()
        }
        other => other,
    }
}

#[tokio::test]
async fn personal_routes_give_what_the_file_of_the_persona_says() {
    let world = World::with(options()).await;
    for persona in Persona::built_in() {
        let key = format!("ak-sandbox-{}", persona.id);
        let cases = [
            ("natural-person", &persona.natural_person),
            ("natural-person/residency", &persona.residency),
            ("natural-person/id-verification", &persona.id_verification),
            ("natural-person/id_verification", &persona.id_verification),
            ("natural-person/documents", &persona.documents),
        ];
        for (path, expected) in cases {
            let reply = world.get_as(&format!("{ME}/{path}"), &key).await;
            assert_eq!(reply.status, 200);
            let given = unsigned(&world, reply.json());
            assert_eq!(given, *expected, "{} {path}", persona.id);
        }
    }
}

#[tokio::test]
async fn entity_and_tax_routes_give_what_the_file_of_the_persona_says() {
    for persona in Persona::built_in() {
        let (world, access) = World::signed_in(&persona.id).await;
        let get = async |path: &str| {
            let reply = world.get_as(&format!("{ME}/{path}"), &access).await;
            assert_eq!(reply.status, 200, "{} {path}", persona.id);
            unsigned(&world, reply.json())
        };
        let entities: Vec<_> = persona
            .legal_entities
            .iter()
            .map(|each| &each.entity)
            .collect();
        assert_eq!(get("legal-entities").await, json!({ "data": entities }));
        for each in &persona.legal_entities {
            let path = format!("legal-entities/{}", each.id());
            assert_eq!(get(&path).await, json!({ "data": each.entity }));
            let documents = get(&format!("{path}/documents")).await;
            assert_eq!(documents, json!({ "data": each.documents }));
        }
        let subjects = json!({ "data": { "subjects": persona.tax.subjects } });
        assert_eq!(get("tax/summary").await, subjects);
        let filings = get("tax/filings?limit=100").await;
        let expected = json!({ "data": persona.tax.filings, "meta": { "nextCursor": null } });
        assert_eq!(filings, expected);
    }
}

#[tokio::test]
async fn the_default_page_of_filings_has_twenty() {
    let (world, access) = World::signed_in("trader").await;
    let path = format!("{ME}/tax/filings");
    let first = world.get_as(&path, &access).await.json();
    assert_eq!(first["data"].as_array().unwrap().len(), 20);
    let cursor = first["meta"]["nextCursor"].as_str().unwrap();
    let next = world
        .get_as(&format!("{path}?cursor={cursor}"), &access)
        .await;
    let next = next.json();
    assert_eq!(next["data"].as_array().unwrap().len(), 16);
    assert!(next["meta"]["nextCursor"].is_null());
}

#[tokio::test]
async fn only_what_was_shared_at_consent_exists() {
    let world = World::with(options()).await;
    let (hidden, shared) = (entity(&world, 0), entity(&world, 1));
    let mut browser = Browser::new(&world);
    let id = browser.sign_in("resident", &[("scope", EVERY_SCOPE)]).await;
    let reply = browser.decide(&id, "approve", &[&shared]).await;
    let tokens = Tokens(world.redeem(&reply.redirected()["code"]).await.json());
    let get = async |path: &str| {
        let path = format!("{ME}/{path}");
        world.get_as(&path, tokens.access()).await
    };
    for path in ["legal-entities/ID", "legal-entities/ID/documents"] {
        assert_eq!(get(&path.replace("ID", &shared)).await.status, 200);
        let reply = get(&path.replace("ID", &hidden)).await;
        let error = "Legal entity not found";
        assert_eq!((reply.status, reply.error().as_str()), (404, error));
    }
    let persona = &world.sandbox.personas()[0];
    for filing in &persona.tax.filings {
        let id = filing["id"].as_str().unwrap();
        let status = get(&format!("tax/filings/{id}")).await.status;
        let is_hidden = filing["subject"]["id"] == *hidden;
        assert_eq!(status, if is_hidden { 404 } else { 200 });
    }
    for path in ["tax/summary", "tax/filings", "legal-entities"] {
        let text = get(path).await.text;
        assert!(text.contains(&shared) && !text.contains(&hidden), "{path}");
    }
    assert_eq!(
        get(&format!("tax/summary?subject={hidden}")).await.status,
        404
    );
}

#[tokio::test]
async fn with_an_entity_scope_and_no_entity_the_lists_are_empty() {
    let (world, access) = World::signed_in("e-resident").await;
    let list = world.get_as(&format!("{ME}/legal-entities"), &access).await;
    assert_eq!((list.status, list.text.as_str()), (200, "{\"data\":[]}"));
    let filings = world.get_as(&format!("{ME}/tax/filings"), &access).await;
    let empty = json!({ "data": [], "meta": { "nextCursor": null } });
    assert_eq!((filings.status, filings.json()), (200, empty));
}
