use serde_json::json;

use super::super::scripted::{self, Scripted};
use super::*;
use crate::oauth::token::client_auth::ClientAuth;

fn issuer() -> Issuer {
    Issuer::parse("https://portal.example").unwrap()
}

fn document() -> Value {
    json!({
        "device_code": "dc_canary",
        "user_code": "QWRT-2468",
        "verification_uri": "https://portal.example/device",
        "verification_uri_complete": "https://portal.example/device?user_code=QWRT-2468",
        "expires_in": 600,
        "interval": 5,
    })
}

fn parse(document: &Value) -> Result<Device, Error> {
    read(&issuer(), document.to_string().as_bytes())
}

fn with(field: &str, value: Value) -> Result<Device, Error> {
    let mut document = document();
    document[field] = value;
    parse(&document)
}

fn public(id: &str) -> ClientCredentials {
    ClientCredentials {
        id: id.to_owned(),
        auth: ClientAuth::None,
    }
}

fn refused(status: u16, code: &str) -> Error {
    Error::Refused {
        status,
        code: code.to_owned(),
        description: None,
    }
}

fn rate_limited(seconds: u64) -> Error {
    Error::RateLimited {
        retry_after: Some(Duration::from_secs(seconds)),
    }
}

fn not_there() -> Error {
    Error::Unexpected {
        status: 404,
        media_type: "text/html".to_owned(),
    }
}

fn redirected() -> Error {
    Error::Redirected {
        origin: "https://proxy.example".to_owned(),
    }
}

fn unreachable() -> Error {
    Error::Http(http::Error::Unreachable {
        host: "portal.example".to_owned(),
        cause: "no route".to_owned(),
    })
}

#[test]
fn a_documented_answer_is_read_and_the_device_code_is_not_shown() {
    let device = parse(&document()).unwrap();
    assert_eq!(device.user_code, "QWRT-2468");
    assert_eq!(
        device.verification_uri.as_str(),
        "https://portal.example/device"
    );
    assert_eq!(
        device.address().as_str(),
        "https://portal.example/device?user_code=QWRT-2468"
    );
    assert_eq!(device.expires_in, Duration::from_secs(600));
    assert_eq!(device.elsewhere(), None);
    assert!(!format!("{device:?}").contains("canary"));
}

#[test]
fn what_the_server_leaves_out_or_overdoes_is_made_up_for() {
    for (interval, seconds) in [
        (json!(null), 5),
        (json!("soon"), 5),
        (json!(7), 7),
        (json!("7"), 7),
        (json!(0), 1),
        (json!(0.2), 1),
        (json!(-3), 1),
        (json!(1_000_000_000), 60),
        (json!(1e300), 60),
    ] {
        let device = with("interval", interval.clone()).unwrap();
        assert_eq!(
            PollInterval::of(&device).pause(),
            Duration::from_secs(seconds),
            "{interval}"
        );
    }
    let device = with("expires_in", json!(1e18)).unwrap();
    assert_eq!(device.expires_in, Duration::from_secs(LONGEST_LIFETIME));
    let device = with("verification_uri_complete", json!(null)).unwrap();
    assert_eq!(device.address(), &device.verification_uri);
}

#[test]
fn an_answer_that_cannot_be_used_is_refused_for_its_own_reason() {
    for (field, value, reason) in [
        ("device_code", json!(null), "device_code"),
        ("device_code", json!(""), "device_code"),
        ("device_code", json!("a\r\nb"), "device_code"),
        ("user_code", json!(7), "user_code"),
        ("user_code", json!("A\u{1b}[2J"), "user_code"),
        ("user_code", json!("A".repeat(65)), "user_code"),
        ("expires_in", json!(0), "expires_in"),
        ("expires_in", json!("never"), "expires_in"),
    ] {
        let error = with(field, value).unwrap_err().to_string();
        assert!(error.contains(reason), "{field}: {error}");
    }
    for body in ["", "[]", "null", r#"{"device_code":"a","device_code":"b"}"#] {
        assert!(read(&issuer(), body.as_bytes()).is_err(), "{body}");
    }
}

#[test]
fn a_person_is_only_sent_to_a_page_that_is_what_it_seems() {
    for address in [
        "http://portal.example/device",
        "http://127.0.0.1/device",
        "https://portal.example@evil.example/device",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "/device",
    ] {
        let error = with("verification_uri", json!(address)).unwrap_err();
        assert!(error.to_string().contains("verification_uri"), "{address}");
        let device = with("verification_uri_complete", json!(address)).unwrap();
        assert_eq!(device.address(), &device.verification_uri, "{address}");
    }
    let elsewhere = with("verification_uri", json!("https://short.example/d\u{1b}x")).unwrap();
    assert_eq!(elsewhere.elsewhere(), Some("https://short.example"));
    assert_eq!(
        elsewhere.address().as_str(),
        "https://short.example/d%1Bx",
        "the one with the code lies elsewhere than the page"
    );
    let plain = Issuer::parse("http://127.0.0.1:8787").unwrap();
    for (address, good) in [
        ("http://127.0.0.1:8787/device", true),
        ("http://localhost:8787/device", true),
        ("http://portal.example/device", false),
    ] {
        assert_eq!(page(&plain, address).is_some(), good, "{address}");
    }
}

#[test]
fn each_answer_says_whether_to_go_on() {
    let passing = [
        unreachable(),
        Error::Http(http::Error::Broken {
            host: String::new(),
            cause: String::new(),
        }),
        rate_limited(3),
        refused(500, "access_denied"),
        refused(503, "temporarily_unavailable"),
        Error::Unexpected {
            status: 502,
            media_type: "text/html".to_owned(),
        },
        Error::NotJson {
            media_type: "text/html".to_owned(),
        },
        not_there(),
        redirected(),
    ];
    for error in passing {
        let words = format!("{error:?}");
        assert!(
            matches!(judge(Err(error)), Ok(Poll::Troubled(_))),
            "{words}"
        );
    }
    let pending = judge(Err(refused(400, "authorization_pending")));
    assert!(matches!(pending, Ok(Poll::Pending)));
    // Some servers answer a pending request with success.
    let pending = judge(Err(refused(200, "authorization_pending")));
    assert!(matches!(pending, Ok(Poll::Pending)));
    let slower = judge(Err(refused(400, "slow_down")));
    assert!(matches!(slower, Ok(Poll::SlowDown)));
    let denied = judge(Err(refused(400, "access_denied")));
    assert!(matches!(denied, Err(DeviceError::Denied(denial)) if denial.code == "access_denied"));
    let denied = judge(Err(refused(400, "authorization_declined")));
    assert!(matches!(denied, Err(DeviceError::Denied(_))));
    let expired = judge(Err(refused(400, "expired_token")));
    assert!(matches!(expired, Err(DeviceError::Expired)));
    for error in [
        refused(400, "invalid_grant"),
        refused(401, "invalid_client"),
        Error::Malformed { what: "x" },
    ] {
        let words = format!("{error:?}");
        let ended = judge(Err(error));
        assert!(matches!(ended, Err(DeviceError::Protocol(_))), "{words}");
    }
}

#[test]
fn the_pace_follows_the_answers() {
    let mut pace = PollInterval::of(&parse(&document()).unwrap());
    let mut after = |poll: Poll| {
        pace.note(&poll);
        pace.pause().as_secs()
    };
    assert_eq!(after(Poll::Pending), 5);
    assert_eq!(after(Poll::SlowDown), 10);
    assert_eq!(after(Poll::Pending), 10, "slower for good");
    assert_eq!(after(Poll::Troubled(unreachable())), 20);
    assert_eq!(after(Poll::Troubled(unreachable())), 40);
    assert_eq!(after(Poll::Troubled(unreachable())), 60, "and no longer");
    assert_eq!(after(Poll::Troubled(rate_limited(90))), 90);
    assert_eq!(after(Poll::Troubled(rate_limited(1))), 60);
    assert_eq!(after(Poll::Pending), 10, "as before the trouble");
    for _ in 0..20 {
        after(Poll::SlowDown);
    }
    assert_eq!(after(Poll::Troubled(unreachable())), 110, "never sooner");
    for _ in 0..100 {
        after(Poll::Troubled(unreachable()));
    }
    assert_eq!(after(Poll::Pending), 110);
}

#[tokio::test]
async fn a_public_client_names_itself_and_a_confidential_one_proves_itself() {
    let answer = scripted::json(&document().to_string());
    let secret = || Secret::new("s:1".to_owned());
    for (auth, in_head, in_body) in [
        (ClientAuth::None, "", "client_id=c+1"),
        (ClientAuth::Basic(secret()), "Basic YysxOnMlM0Ex", "scope="),
        (
            ClientAuth::Post(secret()),
            "",
            "client_id=c+1&client_secret=s%3A1",
        ),
    ] {
        let server = Scripted::serve(&[&answer]).await;
        let endpoint = server.metadata.issuer.endpoint("/device_authorization");
        let client = ClientCredentials {
            id: "c 1".to_owned(),
            auth,
        };
        let (issuer, scope) = (issuer(), "openid offline_access");
        authorize_device(
            &server.http,
            &Retries::default(),
            &endpoint,
            &issuer,
            &client,
            scope,
        )
        .await
        .unwrap();
        let request = server.server.await.unwrap().remove(0);
        assert!(
            request.starts_with("POST /device_authorization "),
            "{request}"
        );
        assert!(request.contains("scope=openid+offline_access"), "{request}");
        assert!(
            request.contains(in_head) && request.contains(in_body),
            "{request}"
        );
    }
}

#[tokio::test]
async fn a_poll_sends_the_grant_the_device_code_and_the_client() {
    let answers = [
        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n\
         {\"error\":\"authorization_pending\"}"
            .to_owned(),
        scripted::json(r#"{"access_token":"at","token_type":"Bearer","expires_in":60}"#),
    ];
    let server = Scripted::serve(&[&answers[0], &answers[1]]).await;
    let device = parse(&document()).unwrap();
    let client = public("cli");
    let poll = || device.poll(&server.http, &server.metadata, &client, |_| ());
    assert!(matches!(poll().await, Ok(Poll::Pending)));
    let granted = poll().await;
    assert!(
        matches!(&granted, Ok(Poll::Granted(tokens)) if tokens.access_token.expose() == "at"),
        "{granted:?}"
    );
    let requests = server.server.await.unwrap();
    for request in requests {
        assert!(
            request.ends_with(
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code\
                 &device_code=dc_canary&client_id=cli"
            ),
            "{request}"
        );
    }
}

#[test]
fn no_server_makes_a_person_wait_for_ever_for_the_next_poll() {
    let mut pace = PollInterval::of(&with("interval", json!(59)).unwrap());
    pace.note(&Poll::Troubled(unreachable()));
    assert_eq!(pace.pause(), LONGEST_PAUSE);
    pace.note(&Poll::Troubled(rate_limited(1_000_000_000)));
    assert_eq!(pace.pause(), LONGEST_RETRY_AFTER);
}

#[test]
fn only_a_token_endpoint_that_stays_away_ends_the_wait() {
    let mut pace = PollInterval::of(&parse(&document()).unwrap());
    for poll in [
        Poll::Troubled(not_there()),
        Poll::Troubled(redirected()),
        Poll::Pending,
        Poll::Troubled(redirected()),
        Poll::Troubled(unreachable()),
        Poll::Troubled(not_there()),
        Poll::Troubled(not_there()),
    ] {
        pace.note(&poll);
        assert!(!pace.gives_up(), "{poll:?}");
    }
    pace.note(&Poll::Troubled(redirected()));
    assert!(pace.gives_up());
}
