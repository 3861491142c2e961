//! Which addresses are bound.

use super::*;

#[test]
fn the_first_free_candidate_is_bound_and_every_busy_one_is_named() {
    let ports = ReservedPorts::new(4);
    let uris: Vec<_> = ports
        .numbers
        .iter()
        .map(|port| redirect_uri("127.0.0.1", *port))
        .collect();
    let busy = [&uris[..1], &uris[1..2]].map(|uri| Listener::bind(uri).unwrap());
    let error = Listener::bind(&uris[..2]).unwrap_err();
    assert_eq!(error.tried.len(), 2);
    for uri in &uris[..2] {
        assert!(error.to_string().contains(uri.as_str()), "{error}");
    }
    assert_eq!(Listener::bind(&uris).unwrap().redirect_uri(), &uris[2]);
    drop(busy);
}

#[test]
fn an_address_that_is_not_of_this_machine_is_never_bound() {
    let remote = RedirectUri::parse("https://app.example/cb").unwrap();
    let error = Listener::bind(&[remote]).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("not an http address of this machine"),
        "{error}"
    );
    let error = Listener::bind(&[]).unwrap_err();
    assert!(error.to_string().contains("none is configured"), "{error}");
}

#[tokio::test]
async fn localhost_answers_in_every_family_it_is_bound_in() {
    for index in 0..addresses(&listener_on("localhost")).len() {
        let listener = listener_on("localhost");
        let address = listener.sockets[index].local_addr().unwrap();
        let login = Login::begin_at(listener, ResponseMode::Query);
        let request = login.get("/callback?code=c1&state=STATE").replace(
            &login.address.to_string(),
            &format!("localhost:{}", address.port()),
        );
        let tab = tokio::spawn(async move { send(address, &request).await });
        let callback = login.result().await.unwrap();
        assert_eq!(code_of(callback.response), "c1", "{address}");
        drop((tab, callback.reply));
    }
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

#[test]
fn a_port_that_the_system_denies_is_not_called_used() {
    use super::super::bind::BindFailure;
    let failure = |kind: std::io::ErrorKind| BindFailure::from(std::io::Error::from(kind));
    let tried = |kind| BindError {
        tried: vec![("http://127.0.0.1:80/".to_owned(), failure(kind))],
    };
    let denied = tried(std::io::ErrorKind::PermissionDenied);
    assert!(denied.is_denied() && !denied.is_in_use());
    assert!(denied.to_string().contains("does not let you use the port"));
    let used = tried(std::io::ErrorKind::AddrInUse);
    assert!(used.is_in_use() && !used.is_denied());
    assert!(used.to_string().contains("another program uses the port"));
}
