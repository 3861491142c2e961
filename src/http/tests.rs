//! Servers that do not answer as they should, and what is known after each.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use reqwest::header::RETRY_AFTER;

use super::*;
use crate::ports::ClosedPort;
use crate::secret::Secret;

fn client(timeout: Duration) -> Client {
    let options = Options {
        timeout,
        plain_loopback: true,
        ..Options::default()
    };
    Client::open(&options).unwrap()
}

/// Serves one raw answer, then keeps the connection open when `stay`.
async fn serve(answer: Vec<u8>, stay: bool) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/path", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        let read = stream.read(&mut request).await.unwrap();
        assert!(read > 0);
        // The client may hang up before it has all of a long answer.
        let sent = stream.write_all(&answer).await;
        while stay && sent.is_ok() && stream.read(&mut request).await.is_ok_and(|read| read > 0) {}
    });
    Url::parse(&url).unwrap()
}

async fn error_of(answer: &[u8], stay: bool, timeout: Duration) -> Error {
    let url = serve(answer.to_vec(), stay).await;
    let request = Request::get(&url).limit(1000);
    client(timeout).send(request).await.unwrap_err()
}

const LONG: Duration = Duration::from_secs(20);

#[tokio::test]
async fn an_answer_is_whole_whatever_its_status_and_no_redirect_is_followed() {
    for (head, status) in [
        ("HTTP/1.1 200 OK", 200),
        ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/", 302),
        ("HTTP/1.1 404 Not Found", 404),
        ("HTTP/1.1 503 Busy", 503),
    ] {
        let raw = format!(
            "{head}\r\nContent-Type: Text/Plain; charset=utf-8\r\nContent-Length: 4\r\n\r\nbody"
        );
        let url = serve(raw.into_bytes(), false).await;
        let answer = client(LONG).send(Request::get(&url)).await.unwrap();
        assert_eq!((answer.status, &answer.body[..]), (status, &b"body"[..]));
        assert_eq!(answer.media_type(), "text/plain");
        assert_eq!(answer.is_success(), status == 200);
        assert!(!format!("{answer:?}").contains("body"));
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_has_seen_nothing() {
    let closed = ClosedPort::new();
    let free = closed.address();
    let url = Url::parse(&format!("http://{free}/")).unwrap();
    let error = client(LONG).send(Request::get(&url)).await.unwrap_err();
    assert!(
        matches!(&error, Error::Unreachable { host, .. } if *host == free.to_string()),
        "{error:?}"
    );
    assert!(error.never_sent());
}

#[tokio::test]
async fn a_server_that_is_silent_may_have_acted() {
    let partial = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf";
    for answer in [&b""[..], &partial[..]] {
        let began = Instant::now();
        let error = error_of(answer, true, Duration::from_millis(200)).await;
        assert!(
            matches!(error, Error::Timeout { sent: true, .. }),
            "{error:?}"
        );
        assert!(!error.never_sent() && began.elapsed() < Duration::from_secs(5));
    }
}

#[tokio::test]
async fn a_connection_that_breaks_may_have_acted() {
    let answers: [&[u8]; 4] = [
        b"",
        b"HTTP/1.1 200",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
    ];
    for answer in answers {
        let error = error_of(answer, false, LONG).await;
        assert!(matches!(error, Error::Broken { .. }), "{error:?}");
        assert!(!error.never_sent());
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut_at_the_limit() {
    let announced = b"HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n".to_vec();
    let chunk = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        "64\r\n".to_owned() + &"x".repeat(100) + "\r\n"
    );
    let chunked = [
        chunk.into_bytes(),
        ("64\r\n".to_owned() + &"x".repeat(100) + "\r\n")
            .repeat(20)
            .into_bytes(),
    ]
    .concat();
    let unframed = [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![b'x'; 1001]].concat();
    for answer in [announced, chunked, unframed] {
        let error = error_of(&answer, true, LONG).await;
        assert!(
            matches!(error, Error::TooLarge { limit: 1000, .. }),
            "{error:?}"
        );
    }
    let exact = [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![b'x'; 1000]].concat();
    let url = serve(exact, false).await;
    let answer = client(LONG)
        .send(Request::get(&url).limit(1000))
        .await
        .unwrap();
    assert_eq!(answer.body.len(), 1000);
}

#[tokio::test]
async fn a_stream_gives_its_headers_first_and_its_body_piece_by_piece() {
    let raw = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 4\r\n\r\nbody";
    let url = serve(raw.to_vec(), false).await;
    let mut stream = client(LONG).stream(Request::get(&url)).await.unwrap();
    assert_eq!((stream.status, stream.length()), (200, Some(4)));
    assert_eq!(stream.media_type(), "application/pdf");
    assert_eq!(url.authority(), stream.host());
    let mut body = b"the ".to_vec();
    while stream.read(&mut body).await.unwrap() {}
    assert_eq!(body, b"the body");
    assert!(!stream.read(&mut body).await.unwrap());
}

#[tokio::test]
async fn a_stream_that_ends_early_or_falls_silent_is_an_error() {
    let half = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf";
    for stay in [false, true] {
        let url = serve(half.to_vec(), stay).await;
        let short = Duration::from_millis(200);
        let mut stream = client(short).stream(Request::get(&url)).await.unwrap();
        let mut body = Vec::new();
        let error = loop {
            if let Err(error) = stream.read(&mut body).await {
                break error;
            }
        };
        assert_eq!(body, b"half");
        assert!(!error.never_sent());
        match error {
            Error::Stalled { after, .. } if stay => assert_eq!(after, short),
            Error::Broken { .. } if !stay => {}
            other => panic!("{stay}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_stream_may_take_longer_than_its_deadline_while_something_comes() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let url = Url::parse(&url).unwrap();
    // What succeeds must not hang on how busy the machine is.
    let deadline = Duration::from_secs(3);
    let client = client(deadline);
    let request = client.stream(Request::get(&url));
    let (stream, connection) = tokio::join!(request, async {
        let (mut connection, _) = listener.accept().await.unwrap();
        assert!(connection.read(&mut [0; 4096]).await.unwrap() > 0);
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";
        connection.write_all(head).await.unwrap();
        connection
    });
    let (mut stream, mut connection): (Stream, _) = (stream.unwrap(), connection);
    tokio::time::sleep(deadline).await;
    connection.write_all(b"body").await.unwrap();
    let mut body = Vec::new();
    while stream.read(&mut body).await.unwrap() {}
    assert_eq!(body, b"body");
}

#[tokio::test]
async fn what_is_anonymous_goes_to_https_and_from_a_loopback_server_to_loopback() {
    let anonymous = |plain_loopback| {
        UnauthenticatedClient::new(Options {
            plain_loopback,
            ..Options::default()
        })
    };
    for (text, from_loopback, from_elsewhere) in [
        ("https://files.example/a?sig=x", true, true),
        ("http://127.0.0.1:1/a", true, false),
        ("http://[::1]:1/a", true, false),
        ("http://localhost:1/a", true, false),
        ("http://files.example/a", false, false),
        ("http://127.0.0.1.example/a", false, false),
        ("https://user@files.example/a", false, false),
        ("https://user:word@files.example/a", false, false),
        ("https://:word@files.example/a", false, false),
        ("ftp://files.example/a", false, false),
        ("file:///etc/passwd", false, false),
        ("data:text/plain,a", false, false),
    ] {
        let url = Url::parse(text).unwrap();
        assert_eq!(anonymous(true).may_ask(&url), from_loopback, "{text}");
        assert_eq!(anonymous(false).may_ask(&url), from_elsewhere, "{text}");
        if !from_loopback {
            let error = anonymous(true).open(&url, None).await.unwrap_err();
            assert!(matches!(error, Error::Setup(_)), "{text}: {error:?}");
        }
    }
}

#[tokio::test]
async fn the_rest_of_a_document_is_asked_for_by_range_and_tag_and_without_a_credential() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/a?sig=x", listener.local_addr().unwrap());
    let url = Url::parse(&url).unwrap();
    let anonymous = UnauthenticatedClient::new(Options {
        plain_loopback: true,
        ..Options::default()
    });
    let rest = ResumeRange {
        from: 7,
        of: HeaderValue::from_static("\"tag\""),
    };
    let (stream, request) = tokio::join!(anonymous.open(&url, Some(&rest)), async {
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 4096];
        let read = connection.read(&mut request).await.unwrap();
        let answer = b"HTTP/1.1 206 Partial\r\nContent-Length: 0\r\n\r\n";
        connection.write_all(answer).await.unwrap();
        request.truncate(read);
        String::from_utf8(request).unwrap()
    });
    assert_eq!(stream.unwrap().status, 206);
    let request = request.to_lowercase();
    for header in [
        "range: bytes=7-\r\n",
        "if-range: \"tag\"\r\n",
        "accept: */*\r\n",
    ] {
        assert!(request.contains(header), "{request}");
    }
    for header in ["authorization", "cookie", "referer"] {
        assert!(!request.contains(header), "{request}");
    }
}

#[tokio::test]
async fn plain_http_never_leaves_this_machine() {
    let options = Options::default();
    for client in [Some(client(LONG)), Client::open(&options).ok()]
        .iter()
        .flatten()
    {
        for text in [
            "http://portal.example/",
            "http://10.0.0.1/",
            "http://localhost.example/",
        ] {
            let url = Url::parse(text).unwrap();
            let error = client.send(Request::get(&url)).await.unwrap_err();
            assert!(
                matches!(error, Error::Setup(_)) && error.never_sent(),
                "{text}: {error:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_credential_that_no_header_can_carry_is_refused_before_it_is_sent() {
    let url = Url::parse("http://127.0.0.1:1/").unwrap();
    let error = Request::get(&url)
        .bearer(&Secret::new("rt_canary\r\nX: y".to_owned()))
        .unwrap_err();
    assert!(matches!(&error, Error::Setup(text) if !text.contains("rt_canary")));
    let request = Request::get(&url)
        .bearer(&Secret::new("rt_canary".to_owned()))
        .unwrap();
    assert!(!format!("{request:?}").contains("rt_canary"));
    let form = Request::post_form(&url, &[("token", "rt_canary")]);
    assert!(!format!("{form:?}").contains("rt_canary"));
}

#[test]
fn waiting_times_are_seconds_or_dates() {
    let answer = |value: &str| {
        let headers = [(RETRY_AFTER, HeaderValue::from_str(value).unwrap())];
        Response {
            status: 429,
            headers: headers.into_iter().collect(),
            body: Vec::new(),
        }
    };
    assert_eq!(answer("7").retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(
        answer("Sun, 06 Nov 1994 08:49:37 GMT").retry_after(),
        Some(Duration::ZERO)
    );
    for nonsense in ["", "-1", "soon", "1.5"] {
        assert_eq!(answer(nonsense).retry_after(), None, "{nonsense}");
    }
}

#[test]
fn roots_that_cannot_be_used_are_named() {
    for extra_roots in [
        Some(PathBuf::from("no/such.pem")),
        Some(PathBuf::from("Cargo.toml")),
    ] {
        let options = Options {
            extra_roots: extra_roots.clone(),
            ..Options::default()
        };
        let error = Client::open(&options).unwrap_err().to_string();
        assert!(
            error.contains(extra_roots.unwrap().to_str().unwrap()),
            "{error}"
        );
    }
}

/// Serves any number of requests on each connection; says how many each connection had.
async fn serve_many() -> (Url, Arc<Mutex<Vec<usize>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/path", listener.local_addr().unwrap());
    let counts = Arc::<Mutex<Vec<usize>>>::default();
    let seen = Arc::clone(&counts);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let seen = Arc::clone(&seen);
            let index = {
                let mut seen = seen.lock().unwrap();
                seen.push(0);
                seen.len() - 1
            };
            tokio::spawn(async move {
                let mut request = [0; 4096];
                while stream.read(&mut request).await.is_ok_and(|read| read > 0) {
                    seen.lock().unwrap()[index] += 1;
                    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
                    stream.write_all(answer).await.unwrap();
                }
            });
        }
    });
    (Url::parse(&url).unwrap(), counts)
}

#[tokio::test]
async fn a_request_on_its_own_connection_takes_none_and_leaves_none() {
    let (url, counts) = serve_many().await;
    let client = client(LONG);
    for request in [
        Request::get(&url),
        Request::get(&url).one_time(),
        Request::get(&url).one_time(),
        Request::get(&url).on_own_connection(),
        Request::get(&url),
    ] {
        client.send(request).await.unwrap();
    }
    assert_eq!(*counts.lock().unwrap(), [2, 1, 1, 1]);
}

#[tokio::test]
async fn no_setting_shortens_the_wait_for_a_one_time_answer_and_any_may_lengthen_it() {
    let url = Url::parse("http://127.0.0.1/").unwrap();
    let minute = Duration::from_secs(60);
    for (wanted, usual, one_time) in [
        (
            Duration::from_millis(1),
            Duration::from_millis(1),
            ANSWER_TIMEOUT,
        ),
        (minute, minute, minute),
    ] {
        let client = client(wanted);
        assert_eq!(client.timeout_of(&Request::get(&url)), usual);
        assert_eq!(client.timeout_of(&Request::get(&url).one_time()), one_time);
        let revocation = Request::get(&url).on_own_connection();
        assert_eq!(client.timeout_of(&revocation), usual);
    }
}
