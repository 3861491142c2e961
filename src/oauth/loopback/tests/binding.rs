//! Which addresses are bound.

use super::*;

#[test]
fn the_first_free_candidate_is_bound_and_every_busy_one_is_named() {
    let uris: Vec<_> = (0..3)
        .map(|_| RedirectUri::parse(&format!("http://127.0.0.1:{}/cb", free_port())).unwrap())
        .collect();
    let first = Listener::bind(&uris).unwrap();
    assert_eq!(first.redirect_uri(), &uris[0]);
    let second = Listener::bind(&uris).unwrap();
    assert_eq!(second.redirect_uri(), &uris[1]);
    let _third = Listener::bind(&uris).unwrap();
    let error = Listener::bind(&uris).unwrap_err();
    assert_eq!(error.tried.len(), 3);
    for uri in &uris {
        assert!(error.to_string().contains(uri.as_str()), "{error}");
    }
    let remote = RedirectUri::parse("https://app.example/cb").unwrap();
    let error = Listener::bind(&[remote]).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("not an http address of this machine"),
        "{error}"
    );
}

#[test]
fn only_the_named_addresses_are_bound() {
    let literal = listener_on("127.0.0.1");
    assert_eq!(addresses(&literal), ["127.0.0.1"]);
    let other = listener_on("127.0.0.2");
    assert_eq!(addresses(&other), ["127.0.0.2"]);
    let has_six = Socket::bind("[::1]:0").is_ok();
    let both: &[&str] = if has_six {
        &["127.0.0.1", "::1"]
    } else {
        &["127.0.0.1"]
    };
    assert_eq!(addresses(&listener_on("localhost")), both);
    if has_six {
        assert_eq!(addresses(&listener_on("[::1]")), ["::1"]);
    }
}

fn addresses(listener: &Listener) -> Vec<String> {
    let address = |socket: &Socket| socket.local_addr().unwrap().ip().to_string();
    listener.sockets.iter().map(address).collect()
}
