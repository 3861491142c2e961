//! Many visitors, rude visitors, and a listener that breaks.

use super::*;

#[tokio::test]
async fn giving_up_frees_the_port_at_once() {
    let ports = ReservedPorts::new(1);
    let uri = redirect_uri("127.0.0.1", ports.numbers[0]);
    let listener = Listener::bind(std::slice::from_ref(&uri)).unwrap();
    let params = Params::new("client", "openid");
    let authorization =
        Authorization::begin(&metadata(""), &params, listener.redirect_uri()).unwrap();
    let waiting = listener.callback(&authorization);
    let ended = tokio::time::timeout(Duration::from_millis(50), waiting).await;
    assert!(ended.is_err());
    drop(Listener::bind(&[uri]).expect("the port is free"));
}

#[tokio::test]
async fn visitors_that_reset_their_connection_do_no_harm() {
    let login = Login::begin(ResponseMode::Query);
    for _ in 0..200 {
        let mut stream = TcpStream::connect(login.address).await.unwrap();
        let request = login.get("/callback?code=c&state=wrong");
        stream.write_all(request.as_bytes()).await.unwrap();
        stream.set_zero_linger().unwrap();
    }
    let tab = login.open_tab(&login.get("/callback?code=c1&state=STATE"));
    assert!(judged(login.result().await.unwrap().response).is_ok());
    drop(tab);
}

#[tokio::test]
async fn a_dead_server_behind_ends_the_login_at_once() {
    let listener = listener_on("127.0.0.1");
    let (address, uri) = (
        listener.sockets[0].local_addr().unwrap(),
        listener.redirect_uri(),
    );
    let closed = ClosedPort::new();
    let dead = closed.address();
    let gate = Gate::open(
        vec![listener.sockets[0].try_clone().unwrap()],
        upstream::Upstream::to(upstream::BackendAddress::Port(dead)),
        Arc::new(|_| ()),
    );
    let (_close, closing) = oneshot::channel();
    let running = tokio::spawn(gate.unwrap().run(closing));
    let visitor = tokio::spawn(async move {
        TcpStream::connect(address)
            .await
            .unwrap()
            .write_all(b"GET / HTTP/1.1\r\n\r\n")
            .await
    });
    let error = tokio::time::timeout(Duration::from_secs(5), running)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionRefused, "{uri}");
    visitor.await.unwrap().unwrap();
}

/// They are in the queue of the system when they leave: on Windows, accepting each of them is an error.
#[tokio::test]
async fn visitors_that_leave_before_they_are_accepted_do_no_harm() {
    let login = Login::begin(ResponseMode::Query);
    for _ in 0..4 {
        // The listener does not run meanwhile: nothing is awaited.
        let strangers: Vec<_> = (0..50)
            .map(|_| {
                let stranger = std::net::TcpStream::connect(login.address).unwrap();
                stranger.set_nonblocking(true).unwrap();
                TcpStream::from_std(stranger).unwrap()
            })
            .collect();
        for (index, stranger) in strangers.into_iter().enumerate() {
            // Some close their connection in order, as a port scan does.
            if index % 5 > 0 {
                stranger.set_zero_linger().unwrap();
            }
            drop(stranger);
        }
        let ignored = login.send(&login.get("/callback?code=c&state=wrong")).await;
        assert_eq!(status_of(&ignored), "400");
    }
    let tab = login.open_tab(&login.get("/callback?code=c1&state=STATE"));
    assert!(judged(login.result().await.unwrap().response).is_ok());
    drop(tab);
}

#[tokio::test]
async fn visitors_that_say_nothing_or_half_of_it_do_not_keep_the_browser_out() {
    let login = Login::begin(ResponseMode::Query);
    let mut slow = Vec::new();
    for index in 0..150 {
        let mut stream = TcpStream::connect(login.address).await.unwrap();
        if index % 2 == 0 {
            stream.write_all(b"GET /callback?co").await.unwrap();
        }
        slow.push(stream);
    }
    let tab = login.open_tab(&login.get("/callback?code=c1&state=STATE"));
    assert!(judged(login.result().await.unwrap().response).is_ok());
    drop((slow, tab));
}

/// No other system lets a test break a socket that it listens on.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_listener_that_is_broken_ends_the_login_and_says_so() {
    let listener = listener_on("127.0.0.1");
    let socket = listener.sockets[0].try_clone().unwrap();
    let login = Login::begin_at(listener, ResponseMode::Query);
    let ignored = login.send(&login.get("/callback?code=c&state=wrong")).await;
    assert_eq!(status_of(&ignored), "400");
    rustix::net::shutdown(&socket, rustix::net::Shutdown::Both).unwrap();
    let error = login.result().await.unwrap_err();
    assert!(matches!(error, Error::ListenerFailed { .. }), "{error}");
    assert!(error.to_string().contains("Invalid argument"), "{error}");
}
