//! The file service (docs/portal.md, Downloads).

use serde_json::Value;

use super::world::{EVERY_SCOPE, Reply, World, read};
use crate::Persona;

const DOCUMENTS: &str = "/api/v1/me/natural-person/documents";
const CHECK: &str = "/api/v1/me/natural-person/id-verification";

/// A file's bytes and head.
struct Got {
    status: u16,
    headers: reqwest::header::HeaderMap,
    bytes: Vec<u8>,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }
}

async fn get(world: &World, url: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = world.http.get(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    Got {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        bytes: response.bytes().await.unwrap().to_vec(),
    }
}

/// A resident whose first document is written so in the persona's file.
async fn with_file(reference: &str) -> (World, String) {
    let mut personas = Persona::built_in();
    personas[0].documents["data"][0]["fileUrl"] = reference.into();
    let world = World::approving_of(personas).await;
    let tokens = world.login(&[("scope", EVERY_SCOPE)]).await;
    let url = first(&world.get_as(DOCUMENTS, tokens.access()).await.json());
    (world, url)
}

fn first(documents: &Value) -> String {
    documents["data"][0]["fileUrl"].as_str().unwrap().to_owned()
}

fn is_denied(reply: &Reply, status: u16, code: &str) {
    assert_eq!(reply.status, status, "{}", reply.text);
    assert_eq!(reply.header("content-type"), "application/xml");
    let code = format!("<Code>{code}</Code>");
    assert!(reply.text.contains(&code), "{}", reply.text);
}

#[tokio::test]
async fn every_file_named_in_an_answer_opens_at_another_origin() {
    let (world, access) = World::signed_in("resident").await;
    let entity = "/api/v1/me/legal-entities/3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63/documents";
    let mut opened = 0;
    for path in [DOCUMENTS, CHECK, entity] {
        let text = world.get_as(path, &access).await.text;
        assert!(!text.contains("sandbox:"), "{text}");
        for url in text.split('"').filter(|part| part.contains("X-Amz-")) {
            assert!(url.starts_with(world.sandbox.files_url()));
            assert!(!url.starts_with(world.sandbox.url()));
            let got = get(&world, url, &[]).await;
            let (kind, start) = if url.contains(".jpg?") {
                ("image/jpeg", &b"\xff\xd8\xff"[..])
            } else {
                ("application/pdf", &b"%PDF-1."[..])
            };
            assert_eq!((got.status, got.header("content-type")), (200, kind));
            assert!(got.bytes.starts_with(start));
            let length = got.bytes.len().to_string();
            assert_eq!(got.header("content-length"), length);
            opened += 1;
        }
    }
    assert_eq!(opened, 8);
}

#[tokio::test]
async fn a_url_opens_its_file_for_an_hour() {
    let (world, access) = World::signed_in("resident").await;
    let documents = world.get_as(DOCUMENTS, &access).await.json();
    let url = first(&documents);
    world.sandbox.advance_clock(3500);
    assert_eq!(get(&world, &url, &[]).await.status, 200);
    world.sandbox.advance_clock(101);
    let late = read(world.http.get(&url)).await;
    is_denied(&late, 403, "AccessDenied");
    assert!(late.text.contains("Request has expired"));
    assert_eq!(world.last_outcome(), "the URL has expired");
}

#[tokio::test]
async fn a_url_that_was_changed_or_is_not_signed_opens_nothing() {
    let (world, url) = with_file("sandbox:agreement.pdf").await;
    let (path, query) = url.split_once('?').unwrap();
    is_denied(&read(world.http.get(path)).await, 403, "AccessDenied");
    let other = url.replace("agreement.pdf", "privacy-policy.pdf");
    let longer = url.replace("X-Amz-Expires=3600", "X-Amz-Expires=360000");
    let cut = url[..url.len() - 1].to_owned();
    let more = format!("{url}&x=1");
    for changed in [other, longer, cut, more, format!("{path}/x?{query}")] {
        let reply = read(world.http.get(&changed)).await;
        is_denied(&reply, 403, "SignatureDoesNotMatch");
    }
    let head = world.http.head(&url).send().await.unwrap();
    assert_eq!(head.status(), 403);
    let post = read(world.http.post(&url)).await;
    is_denied(&post, 405, "MethodNotAllowed");
}

#[tokio::test]
async fn credentials_sent_to_a_document_host_are_a_leak() {
    let (world, url) = with_file("sandbox:agreement.pdf").await;
    world.sandbox.add_fault("files:500".parse().unwrap());
    let reply = read(world.http.get(&url).bearer_auth("anything")).await;
    is_denied(&reply, 400, "InvalidArgument");
    let event = world.sandbox.request_log().pop().unwrap();
    assert!(event.leak && event.outcome.starts_with("LEAK: "));
    assert_eq!(event.endpoint, "files");
    world.sandbox.clear_faults();
    assert_eq!(get(&world, &url, &[]).await.status, 200);
    assert!(!world.sandbox.request_log().pop().unwrap().leak);
}

#[tokio::test]
async fn the_portal_and_its_files_do_not_answer_for_each_other() {
    let (world, access) = World::signed_in("resident").await;
    let url = first(&world.get_as(DOCUMENTS, &access).await.json());
    let at_portal = url.replace(world.sandbox.files_url(), world.sandbox.url());
    assert_eq!(read(world.http.get(at_portal)).await.status, 404);
    let person = format!("{}/api/v1/me/natural-person", world.sandbox.files_url());
    is_denied(&read(world.http.get(person)).await, 403, "AccessDenied");
    let host = "127.0.0.1:1";
    let foreign = read(world.http.get(&url).header("host", host)).await;
    assert_eq!(foreign.status, 421);
}

#[tokio::test]
async fn a_download_can_go_on_where_it_broke_off() {
    let (world, url) = with_file("sandbox:agreement.pdf").await;
    let whole = get(&world, &url, &[]).await;
    let (tag, size) = (whole.header("etag").to_owned(), whole.bytes.len());
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let rest = [("range", "bytes=100-"), ("if-range", tag.as_str())];
    let got = get(&world, &url, &rest).await;
    assert_eq!(got.status, 206);
    assert_eq!(got.bytes, whole.bytes[100..]);
    let place = format!("bytes 100-{}/{size}", size - 1);
    assert_eq!(got.header("content-range"), place);
    assert_eq!(got.header("etag"), tag);
    let other = [("range", "bytes=100-"), ("if-range", "\"other\"")];
    assert_eq!(get(&world, &url, &other).await.status, 200);
    let beyond = format!("bytes={size}-");
    let got = get(&world, &url, &[("range", &beyond)]).await;
    assert_eq!(got.status, 416);
    assert_eq!(got.header("content-range"), format!("bytes */{size}"));
    assert_eq!(got.header("content-type"), "application/xml");
    let known = [("if-none-match", tag.as_str())];
    let got = get(&world, &url, &known).await;
    assert_eq!((got.status, got.bytes.len()), (304, 0));
    let wrong = [("if-match", "\"other\"")];
    assert_eq!(get(&world, &url, &wrong).await.status, 412);
}

#[tokio::test]
async fn a_changed_file_does_not_go_on_where_the_old_one_broke_off() {
    let (world, url) = with_file("sandbox:agreement.pdf").await;
    let whole = get(&world, &url, &[]).await;
    world.sandbox.add_fault("files:changed*1".parse().unwrap());
    let tag = whole.header("etag");
    let rest = [("range", "bytes=100-"), ("if-range", tag)];
    let changed = get(&world, &url, &rest).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), tag);
    assert_ne!(changed.bytes, whole.bytes);
}

#[tokio::test]
async fn a_file_of_any_size_is_made_as_it_is_sent() {
    let size: usize = 300_000;
    let (world, url) = with_file(&format!("sandbox:bytes={size}/large.pdf")).await;
    let whole = get(&world, &url, &[]).await;
    assert_eq!(whole.bytes.len(), size);
    assert_eq!(whole.header("content-length"), size.to_string());
    assert!(whole.bytes.starts_with(b"%PDF-1.") && whole.bytes.ends_with(b"%%EOF\n"));
    for (from, end) in [
        (0, 1),
        (70_000, 140_000),
        (131_072, 131_073),
        (299_990, size),
    ] {
        let range = format!("bytes={from}-{}", end - 1);
        let part = get(&world, &url, &[("range", &range)]).await;
        assert_eq!(part.bytes, whole.bytes[from..end], "{range}");
    }
    let lines = |start: usize| whole.bytes[start..start + 22].to_vec();
    assert_ne!(lines(65_536), lines(131_072));
}

#[tokio::test]
async fn a_file_can_be_empty_or_tiny() {
    for size in [0_usize, 1, 64] {
        let (world, url) = with_file(&format!("sandbox:bytes={size}/tiny.pdf")).await;
        let got = get(&world, &url, &[]).await;
        assert_eq!((got.status, got.bytes.len()), (200, size));
        assert_eq!(got.header("content-length"), size.to_string());
    }
}

#[tokio::test]
async fn a_name_may_hold_anything() {
    for name in [
        "../../x",
        "a\u{7}\n\"b/é.pdf",
        &"long ".repeat(1000),
        "%2e?#",
    ] {
        let (world, url) = with_file(&format!("sandbox:{name}")).await;
        let got = get(&world, &url, &[]).await;
        assert_eq!(got.status, 200, "{name:?}");
        assert!(got.bytes.starts_with(b"%PDF-1."));
        let parsed = url::Url::parse(&url).unwrap();
        assert_eq!(parsed.as_str(), url);
    }
}

#[tokio::test]
async fn the_same_name_gives_the_same_bytes() {
    let first = with_file("sandbox:agreement.pdf").await;
    let second = with_file("sandbox:agreement.pdf").await;
    let first = get(&first.0, &first.1, &[]).await;
    let second = get(&second.0, &second.1, &[]).await;
    assert_eq!(first.bytes, second.bytes);
    assert_eq!(first.header("etag"), second.header("etag"));
}

#[tokio::test]
async fn faults_of_the_file_service_are_in_its_own_words() {
    let (world, url) = with_file("sandbox:agreement.pdf").await;
    let cases = [
        ("files:403*1", 403, "AccessDenied"),
        ("files:expired*1", 403, "AccessDenied"),
        ("files:404*1", 404, "NoSuchKey"),
        ("files:503=1*1", 503, "SlowDown"),
        ("files:500*1", 500, "InternalError"),
        ("any:400*1", 400, "InvalidRequest"),
    ];
    for (rule, status, code) in cases {
        world.sandbox.add_fault(rule.parse().unwrap());
        is_denied(&read(world.http.get(&url)).await, status, code);
        let event = world.sandbox.request_log().pop().unwrap();
        assert_eq!(event.fault.as_deref(), Some(rule));
    }
    assert_eq!(get(&world, &url, &[]).await.status, 200);
    world.sandbox.add_fault("files:garbage*1".parse().unwrap());
    let garbage = get(&world, &url, &[]).await;
    assert_eq!(garbage.header("content-type"), "application/pdf");
    assert!(!garbage.bytes.starts_with(b"%PDF"));
    world.sandbox.add_fault("files:drop*1".parse().unwrap());
    assert!(world.http.get(&url).send().await.is_err());
}

#[tokio::test]
async fn a_download_that_broke_off_in_the_middle_goes_on_from_there() {
    let size = 300_000;
    let (world, url) = with_file(&format!("sandbox:bytes={size}/large.pdf")).await;
    let whole = get(&world, &url, &[]).await.bytes;
    let rule = "files:half-body*1";
    world.sandbox.add_fault(rule.parse().unwrap());
    let mut response = world.http.get(&url).send().await.unwrap();
    assert_eq!(response.content_length(), Some(size));
    let mut received = Vec::new();
    while let Ok(chunk) = response.chunk().await {
        received.extend(chunk.expect("an end that is no end"));
    }
    assert_eq!(received, whole[..150_000]);
    let range = [("range", "bytes=150000-")];
    let rest = get(&world, &url, &range).await;
    assert_eq!(rest.status, 206);
    received.extend(rest.bytes);
    assert_eq!(received, whole);
}

#[tokio::test]
async fn a_stalled_download_stays_silent_until_the_sandbox_stops() {
    let (world, url) = with_file("sandbox:bytes=300000/large.pdf").await;
    world.sandbox.add_fault("files:stall".parse().unwrap());
    let mut response = world.http.get(&url).send().await.unwrap();
    let mut received = 0;
    while received < 150_000 {
        received += response.chunk().await.unwrap().unwrap().len();
    }
    assert_eq!(received, 150_000);
    let rest = tokio::spawn(async move { response.chunk().await });
    world.sandbox.stop().await;
    assert!(rest.await.unwrap().is_err());
}

#[tokio::test]
async fn the_hostile_persona_keeps_to_the_rules_of_its_urls() {
    let (world, access) = World::signed_in("hostile").await;
    let documents = world.get_as(DOCUMENTS, &access).await.json();
    let documents = documents["data"].as_array().unwrap();
    let names = documents.iter().map(|document| &document["name"]);
    let longest = names.map(|name| name.as_str().unwrap().len()).max();
    assert_eq!(longest, Some(5000));
    for document in documents {
        let url = document["fileUrl"].as_str().unwrap();
        assert_eq!(get(&world, url, &[]).await.status, 200, "{url}");
    }
    let filings = "/api/v1/me/tax/filings";
    let list = world.get_as(filings, &access).await.json();
    let id = list["data"][0]["id"].as_str().unwrap();
    let path = format!("{filings}/{id}/documents/assessment");
    let pdf = world.get_as(&path, &access).await;
    let disposition = pdf.header("content-disposition");
    assert!(disposition.contains("filename*=UTF-8''..%2F..%2F"));
}
