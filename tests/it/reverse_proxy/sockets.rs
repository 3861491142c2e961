//! `serve --socket`: a socket that only its user can connect to.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::PathBuf;

use super::served::{Address, Served};
use crate::world::World;

const ROUTE: &str = "/api/v1/me/natural-person";

fn socket(world: &World) -> (PathBuf, String) {
    let path = world.path("api.sock");
    let text = path.display().to_string();
    (path, text)
}

#[test]
fn requests_through_a_socket_get_what_the_portal_says_and_the_file_goes_at_the_end() {
    let world = World::signed_in();
    let (path, text) = socket(&world);
    let served = Served::start(&world, &["--socket", &text]);
    assert!(matches!(&served.address, Address::Socket(at) if *at == path));
    let mode = std::fs::symlink_metadata(&path).unwrap().mode();
    assert_eq!(mode & 0o7777, 0o600);
    let response = served.get(ROUTE);
    assert_eq!(response.status, 200, "{response:?}");
    assert_eq!(response.json()["surname"], "Okafor-Lindström");
    served.stop();
    assert!(!path.exists());
}

#[test]
fn a_relative_socket_path_is_named_in_full() {
    let world = World::signed_in();
    let (path, _) = socket(&world);
    let served = Served::start(&world, &["--socket", "api.sock"]);
    let Address::Socket(named) = &served.address else {
        panic!("{:?}", served.address);
    };
    assert_eq!(*named, path);
    assert_eq!(served.get(ROUTE).status, 200);
    served.stop();
}

#[test]
fn a_socket_without_the_capability_is_of_no_use() {
    let world = World::signed_in();
    let (_, text) = socket(&world);
    let served = Served::start(&world, &["--socket", &text]);
    let before = world.events("me").len();
    for capability in ["", "wrong", "0000"] {
        let response = served.address.send(capability, &format!("GET {ROUTE}"), "");
        assert_eq!(response.status, 401, "{response:?}");
    }
    assert_eq!(world.events("me").len(), before);
    served.stop();
}

#[test]
fn over_a_socket_any_host_is_taken_and_a_web_page_is_not() {
    let world = World::signed_in();
    let (_, text) = socket(&world);
    let served = Served::start(&world, &["--socket", &text]);
    let capability = &served.capability;
    for host in ["localhost", "portal", "127.0.0.1:1", "x.example:99"] {
        let request = format!(
            "GET {ROUTE} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {capability}\r\n\
             Connection: close\r\n\r\n"
        );
        let answer = served.address.exchange(request.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 200 "), "{host}: {answer}");
    }
    let rest = "Origin: https://evil.example\r\n\r\n";
    let response = served
        .address
        .send(capability, &format!("GET {ROUTE}"), rest);
    assert_eq!(response.status, 403, "{response:?}");
    served.stop();
}

#[test]
fn a_second_serve_on_the_same_socket_is_told_so_and_the_first_goes_on() {
    let world = World::signed_in();
    let (path, text) = socket(&world);
    let served = Served::start(&world, &["--socket", &text]);
    world
        .run(&["serve", "--socket", &text])
        .exits(12)
        .because(&format!("another process listens on {text}"))
        .hinting("--socket");
    assert_eq!(served.get(ROUTE).status, 200);
    served.stop();
    assert!(!path.exists());
}

#[test]
fn a_socket_that_a_killed_run_left_is_replaced() {
    let world = World::signed_in();
    let (path, text) = socket(&world);
    let mut killed = world.spawn(world.command(&["serve", "--socket", &text]));
    killed.line_of_stdout();
    killed.signal(rustix::process::Signal::KILL);
    drop(killed.end().exits(137));
    assert!(path.exists());
    let served = Served::start(&world, &["--socket", &text]);
    assert_eq!(served.get(ROUTE).status, 200);
    served.stop();
    assert!(!path.exists());
}

#[test]
fn what_stands_in_the_way_of_a_socket_is_named_and_kept() {
    let world = World::signed_in();
    let file = world.write("file", "mine").display().to_string();
    let folder = world.path("state").display().to_string();
    let open = world.path("open");
    std::fs::create_dir(&open).unwrap();
    std::fs::set_permissions(&open, PermissionsExt::from_mode(0o777)).unwrap();
    let in_open = open.join("s").display().to_string();
    let long = world.path(&"x".repeat(120)).display().to_string();
    for (path, because, hint) in [
        (file.as_str(), "is not a socket", "remove"),
        (&folder, "is not a socket", "--socket"),
        (&in_open, "everybody can write to", "chmod go-w"),
        (&long, "the system takes at most", "shorter"),
        ("absent/s", "absent/s", "existing folder"),
        ("/", "does not name a file", "--socket"),
    ] {
        world
            .run(&["serve", "--socket", path])
            .exits(2)
            .because(because)
            .hinting(hint);
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    assert!(std::fs::symlink_metadata(in_open).is_err());
}

#[test]
fn a_socket_that_another_has_put_there_meanwhile_is_kept() {
    let world = World::signed_in();
    let (path, text) = socket(&world);
    let served = Served::start(&world, &["--socket", &text]);
    std::fs::remove_file(&path).unwrap();
    let _other = UnixListener::bind(&path).unwrap();
    served.stop();
    assert!(path.exists());
}

#[test]
fn a_socket_and_a_port_at_once_are_refused() {
    let world = World::signed_in();
    let (_, text) = socket(&world);
    let both = ["serve", "--socket", &text, "--listen", "127.0.0.1:0"];
    world.run(&both).exits(2).because("cannot be used");
}
