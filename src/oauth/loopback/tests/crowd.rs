//! Many visitors, rude visitors, and a listener that breaks.

use std::time::Instant;

use super::*;

#[tokio::test]
async fn giving_up_frees_the_port_at_once() {
    let listener = listener_on("127.0.0.1");
    let uri = listener.redirect_uri().clone();
    let metadata = metadata("");
    let params = Params::new("client", "openid");
    let authorization = Authorization::begin(&metadata, &params, &listener).unwrap();
    let waiting = listener.callback(&authorization, &metadata);
    let ended = tokio::time::timeout(Duration::from_millis(50), waiting).await;
    assert!(ended.is_err());
    drop(Listener::bind(&[uri]).expect("the port is free"));
}

#[tokio::test]
async fn fifty_silent_connections_do_not_delay_the_callback() {
    let login = Login::begin(ResponseMode::Query);
    let mut silent = Vec::new();
    for _ in 0..50 {
        silent.push(TcpStream::connect(login.address).await.unwrap());
    }
    let began = Instant::now();
    let tab = login.open_tab(&login.get("/callback?code=c1&state=STATE"));
    let callback = login.result().await.unwrap();
    let took = began.elapsed();
    assert!(took < Duration::from_millis(200), "{took:?}");
    drop((tab, callback, silent));
}

/// Memory that this process holds, in bytes.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = status
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse::<usize>().ok());
    pages.unwrap_or(0) * 4096
}

#[tokio::test]
async fn ten_thousand_outsiders_cannot_end_a_login() {
    let login = Login::begin(ResponseMode::Query);
    let address = login.address;
    let before = resident();
    let mut lurkers = Vec::new();
    for index in 0..200 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        if index % 2 == 0 {
            stream.write_all(b"GET /callback?code=").await.unwrap();
        }
        lurkers.push(stream);
    }
    let long = "x".repeat(64 * 1024);
    let junk: Arc<Vec<String>> = Arc::new(vec![
        login.get("/"),
        login.get("/callback?code=c&state=wrong"),
        login.get("/callback?error=access_denied"),
        login.get("/callback?code=c&code=d&state=STATE"),
        login.get("/callback").replace("GET", "PUT"),
        login.get(&format!("/callback?state={long}")),
        login.post(FORM, &long),
        login.post(FORM, &long[..16_000]),
        login.post(FORM, &long[..16_000]).replace("/callback", "/x"),
        String::from("GET /callback HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
        login.get("/favicon.ico"),
        String::from("nonsense\r\n\r\n"),
    ]);
    let crowd: Vec<_> = (0..50)
        .map(|_| {
            let junk = Arc::clone(&junk);
            tokio::spawn(async move {
                for index in 0..200 {
                    let answer = send(address, &junk[index % junk.len()]).await;
                    assert!(status_of(&answer).starts_with('4'), "{index}: {answer}");
                }
            })
        })
        .collect();
    for outsider in crowd {
        outsider.await.unwrap();
    }
    let grown = resident().saturating_sub(before);
    assert!(grown < 64 * 1024 * 1024, "{grown} bytes");
    let tab = login.open_tab(&login.get("/callback?code=c1&state=STATE"));
    let callback = login.result().await.unwrap();
    assert_eq!(callback.outcome.unwrap().expose(), "c1");
    drop((tab, callback.reply, lurkers));
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
    assert!(login.result().await.unwrap().outcome.is_ok());
    drop(tab);
}

#[tokio::test]
async fn a_dead_server_behind_ends_the_login_at_once() {
    let listener = listener_on("127.0.0.1");
    let (address, uri) = (
        listener.sockets[0].local_addr().unwrap(),
        listener.redirect_uri(),
    );
    let dead = format!("127.0.0.1:{}", free_port()).parse().unwrap();
    let gate = Gate::open(
        vec![listener.sockets[0].try_clone().unwrap()],
        upstream::Upstream::to(upstream::Place::Port(dead)),
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
