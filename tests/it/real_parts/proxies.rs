//! Debian's tinyproxy and microsocks: what a scripted proxy cannot prove about real ones.

use std::net::TcpStream;
use std::process::{Command, Stdio};

use super::Process;
use crate::field::network::{Authority, SecureIssuer};
use crate::ports::{ClosedPort, ReservedPorts};
use crate::world::{World, wait_until};

/// A proxy on a port of its own.
struct RealProxy {
    address: String,
    _ports: ReservedPorts,
    _process: Process,
}

impl RealProxy {
    fn start(ports: ReservedPorts, program: &str, arguments: &[&str]) -> Self {
        let child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let process = Process(child.unwrap_or_else(|_| panic!("{program} is not installed")));
        let address = format!("127.0.0.1:{}", ports.numbers[0]);
        wait_until(program, || TcpStream::connect(&address).is_ok());
        Self {
            address,
            _ports: ports,
            _process: process,
        }
    }

    fn tinyproxy(world: &World, rules: &str) -> Self {
        let ports = ReservedPorts::new(1);
        let port = ports.numbers[0];
        let lines =
            format!("Port {port}\nListen 127.0.0.1\nTimeout 60\nAllow 127.0.0.1\n{rules}\n");
        let file = world.write("tinyproxy.conf", &lines).display().to_string();
        Self::start(ports, "tinyproxy", &["-d", "-c", &file])
    }

    fn microsocks(more: &[&str]) -> Self {
        let ports = ReservedPorts::new(1);
        let number = ports.numbers[0].to_string();
        let arguments = [&["-i", "127.0.0.1", "-p", &number], more].concat();
        Self::start(ports, "microsocks", &arguments)
    }
}

#[test]
fn tinyproxy_lets_through_whom_it_knows_and_what_it_allows() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let world = server.user_who_trusts(&authority);
    let proxy = RealProxy::tinyproxy(&world, "BasicAuth ana pass-canary");
    let through = |user: &str| {
        let value = format!("http://{user}{}", proxy.address);
        let run = world.run_in(&[("HTTPS_PROXY", &value)], &["whoami", "-v"]);
        assert!(!run.0.stderr.contains("canary"), "{run:#?}");
        run
    };
    through("ana:pass-canary@").succeeds();
    through("")
        .exits(11)
        .because("requires a user name and password: 407");
    through("ana:wrong-canary@")
        .exits(11)
        .because("does not accept the user name and password");
    let strict = RealProxy::tinyproxy(&world, "ConnectPort 1");
    let value = format!("http://{}", strict.address);
    let output = world.run_in(&[("https_proxy", &value)], &["whoami"]);
    output
        .exits(11)
        .because("(https_proxy) answered 403 Forbidden");
}

#[test]
fn tinyproxy_says_that_the_portal_is_not_there() {
    let mut world = World::new();
    let proxy = RealProxy::tinyproxy(&world, "");
    let closed = ClosedPort::new();
    let nobody = format!("https://{}", closed.address());
    world.set("EPROSPERA_ISSUER", &nobody);
    world.set("EPROSPERA_TOKEN", "at_canary");
    let value = format!("http://{}", proxy.address);
    let variables = [("ALL_PROXY", value.as_str()), ("EPROSPERA_RETRIES", "0")];
    let output = world.run_in(&variables, &["whoami"]).exits(11);
    output.because(&format!("the proxy {value} (ALL_PROXY) answered 50"));
}

#[test]
fn microsocks_lets_through_whom_it_knows_and_says_whom_it_does_not() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let world = server.user_who_trusts(&authority);
    let open = RealProxy::microsocks(&[]);
    for scheme in ["socks5", "socks5h"] {
        let value = format!("{scheme}://{}", open.address);
        world
            .run_in(&[("ALL_PROXY", &value)], &["whoami"])
            .succeeds();
    }
    let closed = RealProxy::microsocks(&["-u", "ana", "-P", "pass-canary"]);
    let through = |user: &str| {
        let value = format!("socks5h://{user}{}", closed.address);
        let run = world.run_in(&[("HTTPS_PROXY", &value)], &["whoami", "-v"]);
        assert!(!run.0.stderr.contains("canary"), "{run:#?}");
        run
    };
    through("ana:pass-canary@").succeeds();
    through("")
        .exits(11)
        .because("requires a user name and password");
    through("ana:wrong-canary@")
        .exits(11)
        .because("does not accept");
    let value = format!("socks5h://{}", open.address);
    let unused = ClosedPort::new();
    let nobody = format!("https://{}", unused.address());
    let variables = [
        ("ALL_PROXY", value.as_str()),
        ("EPROSPERA_ISSUER", nobody.as_str()),
        ("EPROSPERA_RETRIES", "0"),
    ];
    let output = world.run_in(&variables, &["whoami"]).exits(11);
    output.because("(ALL_PROXY) answered: the host refused the connection");
    // An HTTP proxy's scheme for a SOCKS server.
    let value = format!("http://{}", open.address);
    let output = world
        .run_in(&[("HTTPS_PROXY", &value)], &["whoami"])
        .exits(11);
    output
        .because("(HTTPS_PROXY)")
        .hinting("check the proxy's scheme");
}
