//! What a script waits for: `/health`, and the file of `--ready-file`.

use std::fs;

use serde_json::Value;

use crate::endings::{ENDINGS, Ending};
use crate::world::{World, is_private};

fn start(world: &World, flags: &[&str]) -> (crate::sign_in::Process, Value) {
    let flags = [&["sandbox", "--port", "0"][..], flags].concat();
    let mut sandbox = world.spawn(world.command(&flags));
    let said = serde_json::from_str(&sandbox.line_of_stdout()).unwrap();
    (sandbox, said)
}

#[test]
fn health_answers_with_the_default_algorithm_before_its_key_is_needed() {
    let world = World::new();
    let (sandbox, said) = start(&world, &[]);
    let url = said["url"].as_str().unwrap();
    let health = world.block_on(crate::browser::body(&format!("{url}/health"), "x"));
    let health: Value = serde_json::from_str(&health).unwrap();
    assert_eq!(
        (&health["status"], &health["issuer"]),
        (&"ready".into(), &said["url"])
    );
    let (status, _) = world.block_on(crate::browser::with_host(
        &format!("{url}/health"),
        "evil.example",
    ));
    assert_eq!(status, 421);
    drop(sandbox.stop());
}

#[test]
fn the_file_holds_what_is_printed_and_goes_with_the_sandbox() {
    for &(ending, _, _) in ENDINGS {
        let world = World::new();
        let file = world.path("ready.json");
        let (mut sandbox, said) = start(&world, &["--ready-file", file.to_str().unwrap()]);
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), said);
        assert!(is_private(&file));
        sandbox.send(ending);
        let ended = sandbox.end();
        assert!(!file.exists(), "{ending:?}: {ended:#?}");
    }
}

#[test]
fn the_file_of_a_killed_run_is_replaced_and_that_of_a_running_one_stays() {
    let world = World::new();
    let file = world.path("ready.json");
    let name = file.to_str().unwrap();
    let (killed, first) = start(&world, &["--ready-file", name]);
    drop(killed.kill());
    assert!(file.exists());
    let (mut running, second) = start(&world, &["--ready-file", name]);
    assert_ne!(first["control_token"], second["control_token"]);
    let url = second["url"].as_str().unwrap();
    let held = format!("{name} is the ready file of the sandbox at {url}, which is still running");
    let again = ["sandbox", "--port", "0", "--ready-file", name];
    world
        .run(&again)
        .exits(12)
        .because(&held)
        .hinting("`--ready-file`");
    let config = world.write("s.toml", "port = 0\nready_file = \"ready.json\"\n");
    let config = config.display().to_string();
    world
        .run(&["sandbox", "--config", &config])
        .exits(12)
        .because(&held);
    // What is checked is the configuration, not what runs.
    world
        .run(&["sandbox", "--config", &config, "--check-config"])
        .exits(0);
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), second);
    running.send(Ending::CtrlC);
    drop(running.end().exits(0));
    assert!(!file.exists());
}

#[test]
fn a_sandbox_removes_no_file_that_has_taken_the_place_of_its_own() {
    let world = World::new();
    let file = world.path("ready.json");
    let name = file.to_str().unwrap();
    let (mut first, _) = start(&world, &["--ready-file", name]);
    fs::rename(&file, world.path("elsewhere")).unwrap();
    let (mut second, facts) = start(&world, &["--ready-file", name]);
    first.send(Ending::CtrlC);
    drop(first.end().exits(0));
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), facts);
    second.send(Ending::CtrlC);
    drop(second.end().exits(0));
    assert!(!file.exists());
}

#[test]
fn a_check_of_the_configuration_looks_at_the_ready_file_as_a_start_does() {
    let world = World::new();
    world.write("notes", "mine");
    let shut = world.path("shut");
    fs::create_dir(&shut).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&shut, std::os::unix::fs::PermissionsExt::from_mode(0o500)).unwrap();
    for (name, words) in [
        ("notes", "there is another file"),
        (".", "it is not a regular file"),
        ("none/ready.json", "its folder does not exist"),
        ("notes/ready.json", "what should be its folder is a file"),
        ("shut/ready.json", "you cannot write to its folder"),
    ] {
        // Root can write everywhere, and on Windows nobody knows before a try.
        #[cfg(unix)]
        let may_write = rustix::process::geteuid().is_root();
        #[cfg(not(unix))]
        let may_write = true;
        if may_write && name.starts_with("shut") {
            continue;
        }
        let text = format!("port = 0\nready_file = \"{name}\"\n");
        let config = world.write("s.toml", &text).display().to_string();
        let said = format!("{config}:2:1: cannot write ");
        for flags in [&["--check-config"][..], &[]] {
            let command = [&["sandbox", "--config", &config][..], flags].concat();
            world.run(&command).exits(2).because(&said).because(words);
        }
    }
}

#[test]
fn a_file_of_another_kind_is_not_replaced_and_an_empty_one_is() {
    let world = World::new();
    let notes = world.write("notes", "mine").display().to_string();
    let folder = world.path("").display().to_string();
    for (name, words) in [
        (notes.as_str(), "there is another file"),
        (&folder, "it is not a regular file"),
        (
            if cfg!(windows) { "." } else { "/dev/null" },
            "it is not a regular file",
        ),
        ("none/ready.json", "its folder does not exist"),
    ] {
        world
            .run(&["sandbox", "--port", "0", "--ready-file", name])
            .exits(2)
            .because(words);
    }
    assert_eq!(fs::read_to_string(&notes).unwrap(), "mine");
    let empty = world.write("empty", "").display().to_string();
    let (sandbox, _) = start(&world, &["--ready-file", &empty]);
    assert!(
        fs::read_to_string(&empty)
            .unwrap()
            .contains("control_token")
    );
    drop(sandbox.stop());
}

#[test]
fn a_reset_is_for_the_holder_of_the_control_token() {
    let world = World::new();
    let (sandbox, said) = start(&world, &["--signing", "EdDSA"]);
    let reset = format!("{}/sandbox/reset", said["url"].as_str().unwrap());
    let status_with = |token: &str| world.block_on(crate::browser::post_as(&reset, token));
    assert_eq!(status_with("wrong"), 401);
    assert_eq!(status_with(said["control_token"].as_str().unwrap()), 204);
    drop(sandbox.stop());
}
