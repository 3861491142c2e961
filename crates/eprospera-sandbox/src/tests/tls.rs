//! The sandbox over https: all that it is over plain HTTP, for clients that trust its authority.

use std::sync::Arc;
use std::time::Duration;

use rcgen::{CertificateParams, KeyPair};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{
    ClientConfig, ProtocolVersion, RootCertStore, ServerConfig, SupportedProtocolVersion,
};
use tokio_rustls::{TlsAcceptor, TlsConnector};
use url::Url;

use super::world::{EVERY_SCOPE, World, client, options, read, trusting};
use crate::{Authority, Options, Sandbox};

pub(super) fn https() -> Options {
    Options {
        auto_approve: Some(String::new()),
        tls: Some(Authority::generate().unwrap()),
        ..options()
    }
}

/// The same path over plain HTTP.
pub(super) fn plain(world: &World, path: &str) -> String {
    world.at(path).replacen("https", "http", 1)
}

pub(super) fn address(url: &str) -> String {
    let url = Url::parse(url).unwrap();
    format!("127.0.0.1:{}", url.port().unwrap())
}

/// A handshake of one version, with a server of some name.
pub(super) async fn shaken(
    url: &str,
    certificate: &str,
    name: &str,
    version: &'static SupportedProtocolVersion,
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap())
        .unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(address(url)).await?;
    let name = ServerName::try_from(name.to_owned()).unwrap();
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
}

#[tokio::test]
async fn a_client_that_trusts_the_authority_has_a_whole_session_and_every_address_is_https() {
    let world = World::with(https()).await;
    let issuer = world.sandbox.url().to_owned();
    assert!(issuer.starts_with("https://127.0.0.1:"), "{issuer}");
    let discovery = world.get("/.well-known/openid-configuration").await;
    assert_eq!(discovery.json()["issuer"], *issuer);
    assert!(!discovery.text.contains("http://"), "{}", discovery.text);
    assert_eq!(discovery.header("strict-transport-security"), "");
    assert_eq!(world.get("/health").await.json()["issuer"], *issuer);

    let tokens = world.login(&[("scope", EVERY_SCOPE)]).await;
    let renewed = world.refresh(tokens.refresh()).await.json();
    let access = renewed["access_token"].as_str().unwrap();
    assert_eq!(world.userinfo_status(access).await, 200);
    let documents = "/api/v1/me/natural-person/documents";
    let documents = world.get_as(documents, access).await.text;
    let files = world.sandbox.files_url();
    assert!(files.starts_with("https://127.0.0.1:"), "{files}");
    let start = documents
        .find(files)
        .expect("a signed URL of the file service");
    let url = documents[start..].split('"').next().unwrap();
    assert_eq!(read(world.http.get(url)).await.status, 200);
    assert!(!documents.contains("http://"), "{documents}");
}

#[tokio::test]
async fn cookies_are_secure_over_https_only() {
    for (tls, is_secure) in [(https().tls, true), (None, false)] {
        let world = World::with(Options { tls, ..options() }).await;
        let page = world.authorize(&[]).await;
        let cookie = page.header("set-cookie");
        assert!(cookie.contains("HttpOnly"), "{cookie}");
        assert_eq!(cookie.ends_with("; Secure"), is_secure, "{cookie}");
    }
}

#[tokio::test]
async fn plain_http_is_told_to_use_https_and_gets_the_certificate() {
    let world = World::with(https()).await;
    let origin = world.sandbox.url().to_owned();
    let http = client();
    for path in ["/", "/health", "/api/oauth/token", "/sandbox/journal", "/x"] {
        let reply = read(http.get(plain(&world, path))).await;
        assert_eq!(reply.status, 400, "{path}");
        assert!(
            reply.text.ends_with(&format!("Use {origin}\n")),
            "{reply:?}"
        );
        let outcome = format!("plain http where the sandbox speaks https: use {origin}");
        assert_eq!(world.last_outcome(), outcome);
    }
    let files = world.sandbox.files_url();
    let reply = read(http.get(files.replacen("https", "http", 1))).await;
    assert_eq!(reply.status, 400);
    assert!(reply.text.contains(files), "{reply:?}");

    let over_http = read(http.get(plain(&world, "/sandbox/ca.pem"))).await;
    let over_https = world.get("/sandbox/ca.pem").await;
    let certificate = world.sandbox.ca_certificate().unwrap();
    assert_eq!(
        (over_http.text, over_https.text),
        (certificate.clone(), certificate)
    );
    assert_eq!(over_http.headers["content-type"], "application/x-pem-file");
    let foreign = http.get(plain(&world, "/sandbox/ca.pem"));
    assert_eq!(
        read(foreign.header("host", "evil.example")).await.status,
        421
    );

    let plain = World::with(options()).await;
    assert_eq!(plain.get("/sandbox/ca.pem").await.status, 404);
}

#[tokio::test]
async fn tls_1_2_and_1_3_are_spoken_with_each_name_of_this_computer() {
    let world = World::with(https()).await;
    let certificate = world.sandbox.ca_certificate().unwrap();
    for url in [world.sandbox.url(), world.sandbox.files_url()] {
        for version in [&TLS12, &TLS13] {
            for name in ["127.0.0.1", "localhost", "::1"] {
                let stream = shaken(url, &certificate, name, version).await.unwrap();
                let spoken: ProtocolVersion = stream.get_ref().1.protocol_version().unwrap();
                assert_eq!(spoken, version.version);
            }
            let wrong = shaken(url, &certificate, "portal.eprospera.com", version).await;
            assert!(wrong.is_err());
        }
    }
    let port = Url::parse(world.sandbox.url()).unwrap().port().unwrap();
    let named = world.http.get(format!("https://localhost:{port}/health"));
    assert_eq!(read(named).await.status, 200);
}

#[tokio::test]
async fn the_authority_cannot_sign_for_other_hosts() {
    let authority = Authority::generate().unwrap();
    let mut accepted = Vec::new();
    for name in [
        "localhost",
        "127.0.0.9",
        "portal.eprospera.com",
        "10.0.0.1",
        "::2",
    ] {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = authority.sign(params, &key, 1).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.into()], key.into())
            .unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            TlsAcceptor::from(Arc::new(config))
                .accept(stream)
                .await
                .is_ok()
        });
        let shaken = shaken(&url, authority.certificate_pem(), name, &TLS13).await;
        assert_eq!(server.await.unwrap(), shaken.is_ok(), "{name}");
        if shaken.is_ok() {
            accepted.push(name);
        }
    }
    assert_eq!(accepted, ["localhost", "127.0.0.9"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_connections_at_once_are_served() {
    let world = Arc::new(World::with(https()).await);
    let certificate = world.sandbox.ca_certificate().unwrap();
    let mut requests = JoinSet::new();
    for _ in 0..200 {
        // Each client has a connection of its own.
        let http = trusting(&certificate).build().unwrap();
        requests.spawn(read(http.get(world.at("/health"))));
    }
    for reply in requests.join_all().await {
        assert_eq!(reply.status, 200);
    }
}

/// What a client makes of a request at the token endpoint while a rule strikes.
async fn effect(options: Options, rule: &str) -> String {
    let world = World::with(options).await;
    let tokens = world.login(&[]).await;
    world.sandbox.add_fault(rule.parse().unwrap());
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "sandbox-cli"),
        ("refresh_token", tokens.refresh()),
    ];
    let request = world.http.post(world.at("/api/oauth/token")).form(&form);
    let answer = match request.timeout(Duration::from_secs(1)).send().await {
        Err(error) => format!("no answer, timeout {}", error.is_timeout()),
        Ok(response) => {
            let status = response.status();
            match response.text().await {
                Err(error) => format!("{status} and a broken body, timeout {}", error.is_timeout()),
                Ok(text) => format!("{status} with a body, empty {}", text.is_empty()),
            }
        }
    };
    world.sandbox.clear_faults();
    let retried = world.refresh(tokens.refresh()).await.status;
    format!("{answer}; the old token gets {retried}")
}

#[tokio::test]
async fn each_fault_has_the_same_effect_as_over_plain_http() {
    let plain = || Options {
        auto_approve: Some(String::new()),
        ..options()
    };
    for rule in [
        "token:drop",
        "token:drop-after-commit",
        "token:half-body",
        "token:stall",
        "token:hang",
        "token:slow=100ms",
        "token:empty",
        "token:garbage",
        "token:503",
    ] {
        assert_eq!(
            effect(https(), rule).await,
            effect(plain(), rule).await,
            "{rule}"
        );
    }
}

#[tokio::test]
async fn a_connection_that_is_cut_ends_without_a_goodbye() {
    let world = World::with(https()).await;
    world.sandbox.add_fault("discovery:drop".parse().unwrap());
    let certificate = world.sandbox.ca_certificate().unwrap();
    let url = world.sandbox.url();
    let mut stream = shaken(url, &certificate, "localhost", &TLS13)
        .await
        .unwrap();
    let host = address(url);
    let request = format!("GET /.well-known/openid-configuration HTTP/1.1\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A `close_notify` would make it the regular end of an empty answer.
    assert!(stream.read_to_end(&mut answer).await.is_err());
    assert_eq!(answer, b"");
}

#[tokio::test]
async fn it_stays_with_https_and_its_authority_when_it_is_set_up_anew_or_reset() {
    let world = World::with(https()).await;
    let certificate = world.sandbox.ca_certificate();
    world.sandbox.reconfigure(options()).unwrap();
    assert_eq!(world.get("/health").await.status, 200);
    world.sandbox.reset();
    assert_eq!(world.get("/health").await.status, 200);
    assert_eq!(world.sandbox.ca_certificate(), certificate);
    assert_eq!(
        world.get("/sandbox/ca.pem").await.text,
        certificate.unwrap()
    );
}

#[tokio::test]
async fn two_sandboxes_of_one_authority_are_trusted_by_one_client() {
    let tls = https().tls;
    let one = World::with(Options {
        tls: tls.clone(),
        ..options()
    })
    .await;
    let two = Sandbox::start(Options { tls, ..options() }).await.unwrap();
    let health = format!("{}/health", two.url());
    assert_eq!(read(one.http.get(health)).await.status, 200);
    two.stop().await;
}
