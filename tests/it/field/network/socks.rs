//! SOCKS servers, each scripted to the byte (RFC 1928, RFC 1929).

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use super::{Authority, SecureIssuer, in_background, listener};
use crate::world::World;

/// What the server does.
#[derive(Clone, Copy)]
enum Mood {
    Connects,
    /// Chooses this method and nothing else.
    Method(u8),
    /// Does not know the password.
    WrongPassword,
    /// Answers the request with this code.
    Code(u8),
    /// Answers everything with these bytes.
    Bytes(&'static [u8]),
}

/// A SOCKS 5 server that remembers the address that each request names.
struct Socks {
    address: String,
    targets: Arc<Mutex<Vec<String>>>,
}

impl Socks {
    fn new(mood: Mood) -> Self {
        let (listener, port) = listener();
        let targets = Arc::<Mutex<Vec<String>>>::default();
        let seen = Arc::clone(&targets);
        in_background(move || async move {
            let listener = TcpListener::from_std(listener).unwrap();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let seen = Arc::clone(&seen);
                // A client that has seen enough may be gone.
                tokio::spawn(async move { serve(stream, mood, &seen).await.unwrap_or_default() });
            }
        });
        Self {
            address: format!("127.0.0.1:{port}"),
            targets,
        }
    }
}

async fn serve(
    mut stream: TcpStream,
    mood: Mood,
    seen: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut block = [0; 512];
    if let Mood::Bytes(bytes) = mood {
        assert!(stream.read(&mut block).await? > 0);
        return stream.write_all(bytes).await;
    }
    stream.read_exact(&mut block[..2]).await?;
    let count = usize::from(block[1]);
    stream.read_exact(&mut block[..count]).await?;
    let method = match mood {
        Mood::Method(method) => method,
        Mood::WrongPassword => 2,
        _ => 0,
    };
    stream.write_all(&[5, method]).await?;
    if let Mood::WrongPassword = mood {
        assert!(stream.read(&mut block).await? > 0);
        return stream.write_all(&[1, 1]).await;
    }
    if let Mood::Method(_) = mood {
        return Ok(());
    }
    stream.read_exact(&mut block[..4]).await?;
    let host = match block[3] {
        1 => {
            let mut octets = [0; 4];
            stream.read_exact(&mut octets).await?;
            std::net::Ipv4Addr::from(octets).to_string()
        }
        3 => {
            let length = usize::from(stream.read_u8().await?);
            stream.read_exact(&mut block[..length]).await?;
            String::from_utf8(block[..length].to_vec()).unwrap()
        }
        other => panic!("address of type {other}"),
    };
    let port = stream.read_u16().await?;
    seen.lock().unwrap().push(format!("{host}:{port}"));
    if let Mood::Code(code) = mood {
        return stream.write_all(&[5, code, 0, 1, 0, 0, 0, 0, 0, 0]).await;
    }
    let mut upstream = TcpStream::connect((host, port)).await?;
    stream.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 1]).await?;
    copy_bidirectional(&mut stream, &mut upstream).await?;
    Ok(())
}

#[test]
fn a_name_is_resolved_at_a_proxy_of_socks5h_and_here_for_socks5() {
    let authority = Authority::new("Test Root");
    let mut server = SecureIssuer::trusted_by(&authority);
    server.issuer.url = format!("https://localhost:{}", server.port);
    server.issuer.behave();
    let world = server.user_who_trusts(&authority);
    for (scheme, variable, host) in [
        ("socks5h", "ALL_PROXY", "localhost"),
        ("socks5", "ALL_PROXY", "127.0.0.1"),
        ("socks5h", "HTTPS_PROXY", "localhost"),
        ("SOCKS5H", "https_proxy", "localhost"),
    ] {
        let socks = Socks::new(Mood::Connects);
        let value = format!("{scheme}://{}", socks.address);
        let output = world.run_in(&[(variable, &value)], &["whoami"]);
        output.succeeds();
        let targets = socks.targets.lock().unwrap().clone();
        assert_eq!(
            targets[0],
            format!("{host}:{}", server.port),
            "{scheme}: {targets:?}"
        );
    }
}

/// How a server refuses whom, the words, and the hint.
const REFUSALS: [(Mood, &str, &str, &str); 16] = [
    (
        Mood::Code(3),
        "",
        "answered: the network cannot be reached",
        "issuer URL",
    ),
    (
        Mood::Code(7),
        "",
        "answered: it does not support connections",
        "the proxy's administrator",
    ),
    (
        Mood::Code(8),
        "",
        "answered: it does not support this kind of address",
        "the proxy's administrator",
    ),
    (
        Mood::Code(99),
        "",
        "does not answer like a proxy of this kind",
        "scheme",
    ),
    // Another version, and a server of HTTP.
    (
        Mood::Bytes(&[4, 0]),
        "",
        "does not answer like a proxy of this kind",
        "scheme",
    ),
    (
        Mood::Bytes(b"HTTP/1.1 400 canary\r\n\r\n"),
        "",
        "does not answer like a proxy of this kind",
        "scheme",
    ),
    (
        Mood::Code(1),
        "",
        "answered: no connection to the host",
        "issuer URL",
    ),
    (
        Mood::Code(2),
        "",
        "answered: its rules do not allow it",
        "the proxy's administrator",
    ),
    (
        Mood::Code(4),
        "",
        "answered: the host cannot be reached",
        "issuer URL",
    ),
    (
        Mood::Code(5),
        "",
        "answered: the host refused the connection",
        "issuer URL",
    ),
    (
        Mood::Code(6),
        "",
        "answered: the host did not answer in time",
        "issuer URL",
    ),
    (
        Mood::Method(255),
        "",
        "requires a user name and password",
        "USER:PASSWORD@",
    ),
    (
        Mood::Method(2),
        "",
        "requires a user name and password",
        "USER:PASSWORD@",
    ),
    (
        Mood::WrongPassword,
        "ana:canary@",
        "does not accept the user name",
        "correct",
    ),
    (
        Mood::Method(77),
        "",
        "does not answer like a proxy of this kind",
        "scheme",
    ),
    (
        Mood::Method(0),
        "",
        "closed the connection without answering",
        "scheme",
    ),
];

#[test]
fn a_refusal_of_a_socks_server_is_told_in_words_with_its_variable() {
    for (mood, user, words, hint) in REFUSALS {
        let socks = Socks::new(mood);
        let world = World::new();
        let value = format!("socks5h://{user}{}", socks.address);
        let variables = [
            ("EPROSPERA_ISSUER", "https://portal.test"),
            ("EPROSPERA_TOKEN", "at_canary"),
            ("EPROSPERA_RETRIES", "0"),
            ("ALL_PROXY", &value),
        ];
        let output = world.run_in(&variables, &["whoami", "-vv"]).exits(11);
        assert!(!output.stderr.contains("canary"), "{output:#?}");
        let named = format!("the proxy socks5h://{} (ALL_PROXY) {words}", socks.address);
        output.because(&named).hinting(hint);
    }
}

#[test]
fn a_refusal_of_an_older_socks_server_is_told_in_words_as_well() {
    for (answer, words, hint) in [
        (
            &[0, 0x5b, 0, 0, 0, 0, 0, 0],
            "answered: no connection to the host",
            "issuer URL",
        ),
        (
            &[0, 0x5c, 0, 0, 0, 0, 0, 0],
            "does not accept the user name",
            "correct",
        ),
        (
            &[0, 0x5d, 0, 0, 0, 0, 0, 0],
            "does not accept the user name",
            "correct",
        ),
        (
            &[0, 0x10, 0, 0, 0, 0, 0, 0],
            "does not answer like a proxy of this kind",
            "scheme",
        ),
        (
            &[5, 0, 0, 0, 0, 0, 0, 0],
            "does not answer like a proxy of this kind",
            "scheme",
        ),
    ] {
        let socks = Socks::new(Mood::Bytes(answer));
        let value = format!("socks4a://{}", socks.address);
        let variables = [
            ("EPROSPERA_ISSUER", "https://portal.test"),
            ("EPROSPERA_TOKEN", "at_canary"),
            ("EPROSPERA_RETRIES", "0"),
            ("ALL_PROXY", &value),
        ];
        let output = World::new().run_in(&variables, &["whoami"]).exits(11);
        let named = format!("the proxy {value} (ALL_PROXY) {words}");
        output.because(&named).hinting(hint);
    }
}
