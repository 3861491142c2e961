//! Clients as they are written on a command line, and those that are built in.

use crate::{Client, ClientError, GrantType};

#[test]
fn a_client_is_read_with_and_without_a_secret() {
    let public: Client = "app=http://127.0.0.1:1/cb,http://127.0.0.1:2/cb?x=1"
        .parse()
        .unwrap();
    assert_eq!((public.id.as_str(), public.is_public()), ("app", true));
    assert_eq!(
        public.redirect_uris,
        ["http://127.0.0.1:1/cb", "http://127.0.0.1:2/cb?x=1"]
    );
    let web: Client = "app:s3:cret=https://app.example/cb".parse().unwrap();
    assert_eq!(web.secret.as_deref(), Some("s3:cret"));
    assert!(GrantType::ALL.iter().all(|grant| web.allows(*grant)));
    assert!("app=com.example.app:/cb".parse::<Client>().is_ok());
}

#[test]
fn a_client_that_is_not_understood_is_told_without_its_secret() {
    let parse = |text: &str| text.parse::<Client>().unwrap_err();
    assert_eq!(parse("app:s3cret"), ClientError::NoEqualsSign);
    assert_eq!(parse(":s3cret=http://a/cb"), ClientError::EmptyId);
    assert_eq!(parse("a\nb=http://a/cb"), ClientError::InvalidId);
    assert!(matches!(
        parse("app:=http://a/cb"),
        ClientError::EmptySecret { .. }
    ));
    assert!(matches!(
        parse("app="),
        ClientError::EmptyRedirectUri { .. }
    ));
    assert!(matches!(
        parse("app=http://a/cb,,http://b"),
        ClientError::EmptyRedirectUri { .. }
    ));
    let bad = [
        "/cb",
        "http://a/cb#part",
        "javascript:x",
        "http://a/\u{e9}",
        "http://a b/",
    ];
    for uri in bad {
        let error = parse(&format!("app:s3cret={uri}"));
        assert!(matches!(error, ClientError::RedirectUri { .. }), "{uri}");
        assert!(!error.to_string().contains("s3cret"));
    }
}

#[test]
fn the_built_in_clients_are_those_of_the_contract() {
    let clients = Client::built_in();
    let ids: Vec<_> = clients.iter().map(|client| client.id.as_str()).collect();
    assert_eq!(ids, ["sandbox-cli", "sandbox-web", "eprospera-cli"]);
    assert!(clients[0].is_public() && clients[0].allows(GrantType::DeviceCode));
    assert_eq!(clients[1].secret.as_deref(), Some("sandbox-secret"));
    assert!(!clients[1].allows(GrantType::DeviceCode));
    assert_eq!(clients[0].redirect_uris, clients[1].redirect_uris);
    assert_eq!(
        clients[0].redirect_uris,
        [
            "http://127.0.0.1:8736/callback",
            "http://127.0.0.1:8737/callback",
            "http://127.0.0.1:8738/callback",
            "http://localhost:3000/api/auth/callback/eprospera",
        ]
    );
    assert!(clients[2].is_public() && clients[2].redirect_uris.is_empty());
    assert_eq!(
        clients[2].grants,
        [GrantType::DeviceCode, GrantType::RefreshToken]
    );
}
