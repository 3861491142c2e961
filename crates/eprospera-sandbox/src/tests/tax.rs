//! The tax routes (docs/portal.md, Tax).

use serde_json::{Value, json};

use super::world::World;

const SUMMARY: &str = "/api/v1/me/tax/summary";
const FILINGS: &str = "/api/v1/me/tax/filings";
const ENTITY: &str = "3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63";
const FOREIGN: &str = "c78e1d04-f5a9-4b62-8e30-9d17b6f2a54c";

fn ids(list: &Value) -> Vec<String> {
    let ids = list.as_array().unwrap().iter();
    ids.map(|each| each["id"].as_str().unwrap().to_owned())
        .collect()
}

fn kinds(subjects: &Value) -> Vec<&str> {
    let subjects = subjects["data"]["subjects"].as_array().unwrap().iter();
    subjects
        .map(|each| each["subject"]["type"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn the_scopes_decide_which_subjects_are_visible() {
    let world = World::approving().await;
    let cases = [
        ("eprospera:person.tax.read", &["natural_person"][..], 2),
        (
            "eprospera:entity.tax.read",
            &["legal_entity", "legal_entity"],
            3,
        ),
        (
            "eprospera:person.tax.read eprospera:entity.tax.read",
            &["natural_person", "legal_entity", "legal_entity"],
            5,
        ),
    ];
    for (scope, expected, filings) in cases {
        let tokens = world.login(&[("scope", scope), ("nonce", "")]).await;
        let summary = world.get_as(SUMMARY, tokens.access()).await.json();
        assert_eq!(kinds(&summary), expected, "{scope}");
        let list = world.get_as(FILINGS, tokens.access()).await.json();
        assert_eq!(list["data"].as_array().unwrap().len(), filings, "{scope}");
    }
}

#[tokio::test]
async fn a_subject_can_be_asked_for() {
    let (world, access) = World::signed_in("resident").await;
    for (subject, expected) in [
        ("personal", "natural_person"),
        (ENTITY, "legal_entity"),
        (&ENTITY.to_uppercase(), "legal_entity"),
    ] {
        let path = format!("{SUMMARY}?subject={subject}");
        let summary = world.get_as(&path, &access).await.json();
        assert_eq!(kinds(&summary), [expected], "{subject}");
        let path = format!("{FILINGS}?subject={subject}");
        let list = world.get_as(&path, &access).await.json();
        let types = list["data"].as_array().unwrap().iter();
        assert!(
            types
                .map(|filing| &filing["subject"]["type"])
                .all(|kind| kind == expected)
        );
        assert_eq!(list["data"].as_array().unwrap().len(), 2, "{subject}");
    }
}

#[tokio::test]
async fn a_subject_that_cannot_be_seen_is_refused() {
    let (world, access) = World::signed_in("resident").await;
    for route in [SUMMARY, FILINGS] {
        let foreign = format!("{route}?subject={FOREIGN}");
        let reply = world.get_as(&foreign, &access).await;
        assert_eq!(
            (reply.status, reply.error().as_str()),
            (404, "Legal entity not found")
        );
        let asked = [
            ("eprospera:entity.tax.read", "personal", "person"),
            ("eprospera:person.tax.read", ENTITY, "entity"),
        ];
        for (scope, subject, lacking) in asked {
            let tokens = world.login(&[("scope", scope), ("nonce", "")]).await;
            let path = format!("{route}?subject={subject}");
            let reply = world.get_as(&path, tokens.access()).await;
            let error = format!("missing_scopes: eprospera:{lacking}.tax.read");
            assert_eq!((reply.status, reply.error()), (403, error));
        }
    }
}

#[tokio::test]
async fn filings_are_filtered_by_type_and_year() {
    let (world, access) = World::signed_in("resident").await;
    let count = async |query: &str| {
        let path = format!("{FILINGS}?{query}");
        let list = world.get_as(&path, &access).await.json();
        list["data"].as_array().unwrap().len()
    };
    assert_eq!(count("type=vat").await, 1);
    assert_eq!(count("type=income").await, 4);
    assert_eq!(count("year=2025").await, 3);
    assert_eq!(count("year=2025&subject=personal").await, 1);
    assert_eq!(count("year=2020").await, 0);
    assert_eq!(count("type=vat&year=2025").await, 0);
}

#[tokio::test]
async fn pages_follow_each_other_by_cursor_and_end_with_null() {
    let (world, access) = World::signed_in("resident").await;
    let all = world.get_as(FILINGS, &access).await.json();
    assert_eq!(all["meta"], json!({ "nextCursor": null }));
    let mut seen = Vec::new();
    let mut path = format!("{FILINGS}?limit=2");
    for left in [3, 1, 0] {
        let page = world.get_as(&path, &access).await.json();
        seen.extend(ids(&page["data"]));
        assert_eq!(seen.len(), 5 - left);
        match page["meta"]["nextCursor"].as_str() {
            Some(cursor) => path = format!("{FILINGS}?limit=2&cursor={cursor}"),
            None => assert_eq!(left, 0),
        }
    }
    assert_eq!(seen, ids(&all["data"]));
    let exact = world.get_as(&format!("{FILINGS}?limit=5"), &access).await;
    assert!(exact.json()["meta"]["nextCursor"].is_null());
}

#[tokio::test]
async fn a_cursor_is_good_with_its_own_filters_only() {
    let (world, access) = World::signed_in("resident").await;
    let path = format!("{FILINGS}?limit=1&type=income");
    let page = world.get_as(&path, &access).await.json();
    let cursor = page["meta"]["nextCursor"].as_str().unwrap();
    let fine = format!("{FILINGS}?limit=3&type=income&cursor={cursor}");
    assert_eq!(world.get_as(&fine, &access).await.status, 200);
    for query in [
        format!("cursor={cursor}"),
        format!("type=vat&cursor={cursor}"),
        format!("type=income&year=2025&cursor={cursor}"),
        format!("type=income&cursor={}", &cursor[1..]),
        "cursor=invented".to_owned(),
    ] {
        let reply = world.get_as(&format!("{FILINGS}?{query}"), &access).await;
        assert_eq!(reply.status, 400, "{query}");
        assert_eq!(reply.json()["details"][0]["parameter"], "cursor");
    }
}

#[tokio::test]
async fn a_malformed_query_is_refused_with_details() {
    let (world, access) = World::signed_in("resident").await;
    let filing = "tax/filings/2c8f4a91-7b06-4e5d-a3c2-d90b61e8f574/documents";
    let cases = [
        (format!("{SUMMARY}?subject=me"), &["subject"][..]),
        (format!("{FILINGS}?subject="), &["subject"]),
        (format!("{FILINGS}?year=1999&limit=0"), &["year", "limit"]),
        (format!("{FILINGS}?type=wealth"), &["type"]),
        (format!("{FILINGS}?cursor="), &["cursor"]),
        (
            format!("/api/v1/me/{filing}/assessment?history_years=6"),
            &["history_years"],
        ),
        (
            format!("/api/v1/me/{filing}/return?history_years=1"),
            &["history_years"],
        ),
    ];
    for (path, parameters) in cases {
        let reply = world.get_as(&path, &access).await;
        let body = reply.json();
        assert_eq!(
            (reply.status, &body["error"]),
            (400, &json!("invalid_request")),
            "{path}"
        );
        let details = body["details"].as_array().unwrap();
        let named: Vec<_> = details
            .iter()
            .map(|detail| detail["parameter"].as_str().unwrap())
            .collect();
        assert_eq!(named, parameters, "{path}");
    }
}

#[tokio::test]
async fn one_filing_is_given_in_an_envelope_to_those_who_may_see_it() {
    let (world, access) = World::signed_in("resident").await;
    let filings = world.sandbox.personas()[0].tax.filings.clone();
    for filing in &filings {
        let path = format!("{FILINGS}/{}", filing["id"].as_str().unwrap());
        let reply = world.get_as(&path, &access).await;
        assert_eq!(
            (reply.status, reply.json()),
            (200, json!({ "data": filing }))
        );
    }
    let scope = [("scope", "eprospera:person.tax.read"), ("nonce", "")];
    let tokens = world.login(&scope).await;
    let path = format!("{FILINGS}/{}", filings[0]["id"].as_str().unwrap());
    let hidden = world.get_as(&path, tokens.access()).await;
    assert_eq!(
        (hidden.status, hidden.error().as_str()),
        (404, "Tax filing not found")
    );
}

#[tokio::test]
async fn a_tax_document_is_a_named_pdf_without_a_length() {
    let (world, access) = World::signed_in("resident").await;
    let filing = format!("{FILINGS}/d15a7e3c-860f-4b29-9e74-c3f2b80d6a1e/documents");
    let plain = world.get_as(&format!("{filing}/assessment"), &access).await;
    assert!(plain.text.starts_with("%PDF-1.") && plain.text.ends_with("%%EOF"));
    assert_eq!(plain.header("content-length"), "");
    assert_eq!(
        plain.header("content-disposition"),
        "attachment; filename=\"income-2025-assessment.pdf\"; \
         filename*=UTF-8''Amara%20Okafor-Lindstr%C3%B6m%20income%202025%20assessment.pdf"
    );
    let long = world
        .get_as(&format!("{filing}/assessment?history_years=5"), &access)
        .await;
    assert_eq!(long.text.matches("/Type /Page\n").count(), 6);
    let absent = world.get_as(&format!("{filing}/invoice"), &access).await;
    assert_eq!(
        (absent.status, absent.error().as_str()),
        (404, "Tax document not found")
    );
    let none = format!("{FILINGS}/6e5b0c17-d4a2-4938-b8f6-15a90e7c3d42/documents/return");
    assert_eq!(world.get_as(&none, &access).await.status, 404);
}
