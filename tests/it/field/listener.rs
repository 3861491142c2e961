//! The loopback listener, the browser that comes back to it, and the opener.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use url::Url;

use crate::browser::Browser;
use crate::sign_in::Login;
use crate::world::World;

/// The address at which the browser ends.
fn answer_to(world: &World, login: &Login) -> Url {
    let url = login.url();
    world.block_on(async { Browser::new().sent_to(&url).await })
}

fn connect(address: &Url) -> TcpStream {
    TcpStream::connect(("127.0.0.1", address.port().unwrap())).unwrap()
}

/// The answer to a request for an address with further headers.
fn ask(address: &Url, target: &str, host: &str, headers: &str) -> String {
    let mut stream = connect(address);
    let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n");
    // The listener may refuse it before it has all.
    drop(stream.write_all(request.as_bytes()));
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    String::from_utf8_lossy(&answer).into_owned()
}

fn target(address: &Url) -> String {
    format!("{}?{}", address.path(), address.query().unwrap_or_default())
}

fn authority(address: &Url) -> String {
    format!("127.0.0.1:{}", address.port().unwrap())
}

#[test]
fn cookies_of_other_programs_do_not_keep_the_browser_out() {
    for kilobytes in [1, 15, 16, 20, 64, 700] {
        let world = World::new();
        let login = world.start_login(&[]);
        let address = answer_to(&world, &login);
        let cookies: Vec<_> = (0..kilobytes)
            .map(|index| format!("c{index}={}", "x".repeat(1014)))
            .collect();
        let headers = format!("Cookie: {}\r\n", cookies.join("; "));
        let host = authority(&address);
        let answer = ask(&address, &target(&address), &host, &headers);
        assert!(answer.starts_with("HTTP/1.1 303"), "{kilobytes}: {answer}");
        let place = answer.split("Location: ").nth(1).unwrap();
        let place = place.lines().next().unwrap();
        let page = ask(&address, place, &host, &headers);
        assert!(page.contains("You are signed in"), "{page}");
        login.end().succeeds();
    }
}

#[test]
fn headers_without_an_end_are_explained_on_the_page_and_on_the_terminal() {
    let world = World::new();
    let mut login = world.start_login(&[]);
    let address = answer_to(&world, &login);
    for headers in [
        format!("Cookie: {}\r\n", "x".repeat(1200 * 1024)),
        format!("X-Other: {}\r\n", "x".repeat(20 * 1024)),
    ] {
        let answer = ask(&address, &target(&address), &authority(&address), &headers);
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
        assert!(answer.contains("Delete the cookies"), "{answer}");
    }
    login.page(&address).says("You are signed in");
    let output = login.end().succeeds();
    let told = output.stderr.matches("delete its cookies").count();
    assert_eq!(told, 1, "{}", output.stderr);
}

#[test]
fn an_answer_that_comes_in_another_way_is_told_once_and_the_login_continues() {
    for (way, status, words) in [
        ("long", "414", "longer than 16 KiB"),
        ("slash", "404", "an extra slash"),
        ("form", "405", "--response-mode form_post"),
        ("stray", "400", "without the state of this login"),
    ] {
        let world = World::new();
        let mut login = world.start_login(&[]);
        let address = answer_to(&world, &login);
        let (path, query) = (address.path(), address.query().unwrap());
        let host = authority(&address);
        for _ in 0..2 {
            let answer = match way {
                "long" => {
                    let long = format!("{path}?x={}&{query}", "x".repeat(20 * 1024));
                    ask(&address, &long, &host, "")
                }
                "slash" => ask(&address, &format!("{path}/?{query}"), &host, ""),
                "stray" => ask(&address, &format!("{path}?error=access_denied"), &host, ""),
                _ => {
                    let length = query.len();
                    let request = format!(
                        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n\
                         Content-Type: application/x-www-form-urlencoded\r\n\r\n{query}"
                    );
                    let mut stream = connect(&address);
                    stream.write_all(request.as_bytes()).unwrap();
                    let mut answer = String::new();
                    stream.read_to_string(&mut answer).unwrap();
                    answer
                }
            };
            assert!(
                answer.starts_with(&format!("HTTP/1.1 {status}")),
                "{way}: {answer}"
            );
            assert!(answer.contains("Nothing was changed"), "{way}: {answer}");
        }
        login.page(&address).says("You are signed in");
        let output = login.end().succeeds();
        let told = output.stderr.matches(words).count();
        assert_eq!(told, 1, "{way}: {}", output.stderr);
    }
}

#[test]
fn a_browser_that_speaks_tls_is_told_once_and_the_login_continues() {
    let world = World::new();
    let mut login = world.start_login(&[]);
    let address = answer_to(&world, &login);
    for _ in 0..3 {
        let mut stream = connect(&address);
        stream
            .write_all(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
            .unwrap();
        drop(stream.read_to_end(&mut Vec::new()));
    }
    login.page(&address).says("You are signed in");
    let output = login.end().succeeds();
    let told = output.stderr.matches("the browser used https").count();
    assert_eq!(told, 1, "{}", output.stderr);
    assert!(output.stderr.contains("login --paste"), "{}", output.stderr);
}

#[test]
fn another_name_of_this_machine_gets_a_page_of_words() {
    let world = World::new();
    let mut login = world.start_login(&[]);
    let address = answer_to(&world, &login);
    let host = format!("localhost:{}", address.port().unwrap());
    let answer = ask(&address, &target(&address), &host, "");
    assert!(answer.starts_with("HTTP/1.1 421"), "{answer}");
    assert!(
        answer.contains("This address is spelled differently"),
        "{answer}"
    );
    login.page(&address).says("You are signed in");
    login.end().succeeds().says("another host name or port");
}

/// Tests have a terminal on these systems.
#[test]
#[cfg(any(target_os = "linux", windows))]
fn a_paste_is_taken_whatever_the_browser_made_of_the_loopback_address() {
    for (from, to) in [
        ("http://", "https://"),
        ("127.0.0.1", "localhost"),
        ("127.0.0.1", "[::1]"),
        ("http://127.0.0.1:", "https://localhost:1"),
        ("http://127.0.0.1:", "https://hub.example/proxy/"),
        ("127.0.0.1", "0.0.0.0"),
        ("/callback", "/callback/"),
    ] {
        let world = World::new();
        let mut terminal = world.at_terminal(80, &["login", "--no-browser"]);
        let url = terminal.url();
        let answer = world.block_on(async { Browser::new().sent_to(&url).await });
        let port = answer.port().unwrap().to_string();
        let pasted = answer.as_str().replacen(from, to, 1);
        let pasted = pasted.replacen(&format!("1{port}"), "9000", 1);
        terminal.types(&format!("{pasted}\n"));
        let screen = terminal.end().succeeds().stdout;
        assert!(screen.contains("Signed in as"), "{to}: {screen}");
    }
}

#[test]
fn the_forwarding_line_fits_each_loopback_address() {
    for host in ["127.0.0.5", "localhost"] {
        let mut world = World::new();
        world.set("SSH_CONNECTION", "192.0.2.7 51000 192.0.2.9 22");
        world.set("USER", "ines");
        let port = world
            .other_redirect_uri
            .parse::<Url>()
            .unwrap()
            .port()
            .unwrap();
        let uri = format!("http://{host}:{port}/callback");
        let mut login = world.start_login(&["--redirect-uri", &uri]);
        login.process.wait_for("Ctrl-C to cancel");
        login.process.child.start_kill().unwrap();
        let forwarding = if host == "localhost" {
            format!("{port}:localhost:{port}")
        } else {
            format!("{host}:{port}:{host}:{port}")
        };
        let line = format!("\nssh -N -L {forwarding} ines@192.0.2.9\n");
        let seen = login.process.seen.clone();
        login.end().exits(crate::run::KILLED);
        assert!(seen.contains(&line), "{seen}");
    }
}

#[test]
fn a_text_browser_is_not_started_and_the_person_learns_why() {
    for name in ["w3m", "lynx", "links", "elinks", "www-browser"] {
        let mut world = World::new();
        let program = world.script(name, crate::world::MARK_OPENED);
        world.set("BROWSER", &program);
        let mut login = world.start(world.command(&["login"]));
        login.visit();
        login
            .end()
            .succeeds()
            .says("a text browser, which needs a terminal of its own");
        assert!(!world.path("opened").exists(), "{name}");
    }
}

/// On Windows it takes a right of its own to make a link.
#[cfg(unix)]
#[test]
fn a_link_to_a_text_browser_is_one() {
    let mut world = World::new();
    let program = world.script("lynx", crate::world::MARK_OPENED);
    let link = world.path("browser-of-the-system");
    std::os::unix::fs::symlink(program, &link).unwrap();
    world.set("BROWSER", link.to_str().unwrap());
    let mut login = world.start(world.command(&["login"]));
    login.visit();
    login
        .end()
        .succeeds()
        .says("a text browser, which needs a terminal of its own");
    assert!(!world.path("opened").exists());
}

#[test]
fn arguments_and_lists_in_the_browser_variable_are_explained() {
    for value in [
        "firefox %s",
        "firefox:chromium",
        "no-such-browser --new-tab",
    ] {
        let mut world = World::new();
        world.set("BROWSER", value);
        let mut login = world.start(world.command(&["login"]));
        login.process.wait_for("warning:");
        login.visit();
        login
            .end()
            .succeeds()
            .says("the name of one program")
            .says("open the URL yourself");
    }
}

/// Windows has an opener of its own, which is no program on the path.
#[cfg(target_os = "linux")]
#[test]
fn a_system_without_an_opener_says_what_to_install() {
    let mut world = World::new();
    world.set("DISPLAY", ":99");
    world.set("PATH", world.path("").to_str().unwrap());
    let mut login = world.start(world.command(&["login"]));
    login.process.wait_for("warning:");
    login.visit();
    let output = login.end().succeeds();
    assert!(
        output.stderr.contains("no program to open a browser"),
        "{}",
        output.stderr
    );
    assert!(
        !output.stderr.contains("`kde-open` cannot be started"),
        "{}",
        output.stderr
    );
}

/// Of the openers of desktops, Windows has none.
#[cfg(target_os = "linux")]
#[test]
fn of_several_openers_that_fail_the_desktops_own_is_named() {
    let mut world = World::new();
    world.set("DISPLAY", ":99");
    world.set("PATH", world.path("openers").to_str().unwrap());
    std::fs::create_dir(world.path("openers")).unwrap();
    for (name, status) in [("xdg-open", 3), ("gio", 4)] {
        let script = world.script(name, &format!("exit {status}"));
        std::fs::rename(script, world.path("openers").join(name)).unwrap();
    }
    let mut login = world.start(world.command(&["login"]));
    login.process.wait_for("warning:");
    login.visit();
    let output = login.end().succeeds();
    assert!(
        output.stderr.contains("`xdg-open` ended with"),
        "{}",
        output.stderr
    );
    assert!(!output.stderr.contains("`gio`"), "{}", output.stderr);
}

#[test]
fn every_word_for_no_switches_ci_off() {
    for (value, is_on) in [
        ("no", false),
        ("OFF", false),
        ("False", false),
        ("yes", true),
    ] {
        for variable in ["CI", "EPROSPERA_NO_INPUT"] {
            let mut world = World::new();
            world.set(variable, value);
            // Wine would look for a browser of this machine.
            if cfg!(windows) && !is_on {
                world.set("BROWSER", &world.script("browser", "exit 0"));
            }
            let mut login = world.start(world.command(&["login"]));
            login.visit();
            let output = login.end().succeeds();
            let says_so = output.stderr.contains("--no-input or CI");
            assert_eq!(says_so, is_on, "{variable}={value}: {}", output.stderr);
        }
    }
}
