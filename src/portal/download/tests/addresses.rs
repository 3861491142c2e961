//! Addresses that lead elsewhere, that are none, and that have expired.

use super::*;

#[tokio::test]
async fn a_few_redirects_are_followed_and_none_to_where_nobody_may_be_sent() {
    let place = Place::new();
    let last = Host::start(&[&whole("abc")]).await;
    let redirect = |to: &str| answer("307 Elsewhere", &format!("Location: {to}\r\n"), "");
    let first = Host::start(&[&redirect(&last.url())]).await;
    place.fetch_one(&first.url()).await.unwrap().unwrap();
    assert_eq!(place.text("Title.bin"), "abc");
    assert!(!last.requests()[0].contains("referer"));

    let relative = Host::start(&[&redirect("/elsewhere"), &whole("abc")]).await;
    let place = Place::new();
    place.fetch_one(&relative.url()).await.unwrap().unwrap();
    assert!(relative.requests()[1].starts_with("get /elsewhere "));

    for to in [
        "http://files.example/",
        "https://user:word@files.example/",
        "file:///etc/passwd",
    ] {
        let host = Host::start(&[&redirect(to)]).await;
        let failure = place.fetch_one(&host.url()).await.unwrap_err();
        assert!(
            matches!(failure, Failure::Redirected { .. }),
            "{to}: {failure:?}"
        );
    }
    let circle = redirect("/again");
    let host = Host::start(&[&circle, &circle, &circle, &circle, &circle]).await;
    let failure = place.fetch_one(&host.url()).await.unwrap_err();
    assert!(failure.to_string().contains("too many times"), "{failure}");
    assert_eq!(host.requests().len(), 4);
}

#[tokio::test]
async fn an_address_that_is_none_or_not_safe_is_not_asked() {
    let place = Place::new();
    for address in [
        "",
        "/relative",
        "http://files.example/x",
        "https://user@files.example/x",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "data:application/pdf,x",
    ] {
        let failure = place.fetch_one(address).await.unwrap_err();
        assert!(
            matches!(failure, Failure::BadAddress),
            "{address}: {failure:?}"
        );
    }
    assert!(!format!("{:?}", location("https://files.example/?sig=x")).contains("sig"));
}

#[tokio::test]
async fn an_expired_address_is_looked_up_again_once() {
    let expired = answer(
        "403 Forbidden",
        "Content-Type: application/xml\r\n",
        "<Error/>",
    );
    let old = Host::start(&[&expired]).await;
    let new = Host::start(&[&whole("abc")]).await;
    let place = Place::new();
    let list = [wanted("key", "Title", &old.url())];
    let outcomes = place.fetch(&list, &Fresh::at(&new.url())).await;
    assert!(outcomes[0].as_ref().unwrap().is_some());
    assert_eq!(place.text("Title.bin"), "abc");

    // The fresh one is refused as well, or there is none any more.
    let place = Place::new();
    for is_there in [true, false] {
        let old = Host::start(&[&expired]).await;
        let new = Host::start(&[&expired]).await;
        let fresh = if is_there {
            Fresh::at(&new.url())
        } else {
            Fresh(RefCell::new([Vec::new()].into()))
        };
        let list = [wanted("key", "Title", &old.url())];
        let outcomes = place.fetch(&list, &fresh).await;
        let failure = outcomes[0].as_ref().unwrap_err();
        assert!(
            matches!(failure, Failure::Refused { status: 403, .. }),
            "{failure:?}"
        );
        assert!(fresh.0.borrow().is_empty());
    }
}

#[tokio::test]
async fn files_that_expired_together_share_one_look() {
    let expired = answer("403 Forbidden", "", "");
    let old = Host::start(&[&expired, &expired, &expired]).await;
    let new = Host::start(&[&whole("a"), &whole("b"), &whole("c")]).await;
    let keys = ["one", "two", "three"];
    let list = keys.map(|key| wanted(key, key, &old.url()));
    let located = keys.map(|key| (key.to_owned(), location(&new.url())));
    let fresh = Fresh(RefCell::new([located.to_vec()].into()));
    let place = Place::new();
    let outcomes = place.fetch(&list, &fresh).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(place.names(), ["one.bin", "three.bin", "two.bin"]);
}
