//! The page at `/` as it is read without a script.

use super::world::{World, options};

/// The numbers of the requests that a page lists, in its order.
fn listed(page: &str) -> Vec<u64> {
    let rows = page.split("<li id=\"request-").skip(1);
    rows.map(|row| row.split('"').next().unwrap().parse().unwrap())
        .collect()
}

#[tokio::test]
async fn requests_are_listed_newest_first_in_pages_and_filtered_by_links() {
    let world = World::approving().await;
    world.login(&[]).await;
    for _ in 0..60 {
        world.authorize(&[("nonce", "")]).await;
    }
    let first = world.get("/").await.text;
    let expected: Vec<u64> = (13..=62).rev().collect();
    assert_eq!(listed(&first), expected);
    assert!(first.contains("href=\"/?before=13#requests\""));
    let second = world.get("/?before=13").await.text;
    assert_eq!(listed(&second), (1..13).rev().collect::<Vec<u64>>());
    assert!(second.contains("Newest requests") && !second.contains("Older requests"));
    // The newest refusal is at the top of each page.
    assert!(second.contains("data-refusal=\"62\""));

    let refused = world.get("/?show=refused&before=5").await.text;
    assert_eq!(listed(&refused), [4, 3]);
    let of_client = world.get("/?client=sandbox-web").await.text;
    assert!(listed(&of_client).is_empty() && of_client.contains("No request matches."));
    for ignored in ["/?before=x", "/?show=x", "/?before=-1"] {
        assert_eq!(
            listed(&world.get(ignored).await.text),
            expected,
            "{ignored}"
        );
    }
}

#[tokio::test]
async fn a_refusal_is_at_the_top_with_what_was_sent_and_what_to_send_instead() {
    let world = World::with(options()).await;
    assert!(world.get("/").await.text.contains("No request was refused"));
    world.authorize(&[("nonce", "")]).await;
    let page = world.get("/").await.text;
    let (top, list) = page.split_once("id=\"requests\"").unwrap();
    for words in [
        "Newest refusal",
        "Nonce is missing",
        "Send instead",
        "code_challenge_method",
    ] {
        assert!(top.contains(words), "{words}");
    }
    assert_eq!(listed(list).len(), 1);
}

#[tokio::test]
async fn what_is_sent_cannot_leave_its_place_in_the_page() {
    let world = World::with(options()).await;
    let hostile = "\"><script>alert(1)</script>\u{202e}";
    for name in [
        "client_id",
        "redirect_uri",
        "scope",
        "state",
        "nonce",
        "prompt",
    ] {
        world.authorize(&[(name, hostile)]).await;
    }
    world.get(&format!("/{}", "%3Cscript%3E%E2%80%AE")).await;
    for path in ["/", "/sandbox/inspector/content"] {
        let page = world.get(path).await.text;
        let head = page.split("</head>").last().unwrap();
        assert!(
            !head.contains("<script") && !head.contains('\u{202e}'),
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_keeps_an_open_page_up_to_date_is_not_in_the_log() {
    let world = World::with(options()).await;
    world.authorize(&[("nonce", "")]).await;
    for _ in 0..3 {
        let content = world.get("/sandbox/inspector/content").await;
        assert!(content.text.starts_with("<div") && content.text.contains("Newest refusal"));
    }
    assert_eq!(world.sandbox.request_log().len(), 1);
}
