//! Text in the encodings that other systems write: UTF-8, and UTF-16 with a byte order mark, as `>` of
//! `PowerShell` 5 does.

use std::fs::File;

use serde_json::json;

use crate::run::Run;
use crate::world::{World, write};

/// A text in each encoding, with the mark of each.
fn encoded(text: &str) -> Vec<Vec<u8>> {
    let wide = |unit: fn(u16) -> [u8; 2]| {
        let units = ['\u{feff}']
            .into_iter()
            .chain(text.chars())
            .collect::<String>();
        units.encode_utf16().flat_map(unit).collect::<Vec<u8>>()
    };
    vec![
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
    ]
}

/// UTF-16 without a mark, as `cmd /u` pipes it.
fn unmarked(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn run_with(world: &World, arguments: &[&str], bytes: &[u8]) -> Run {
    let path = world.path("stdin");
    write(&path, bytes);
    let mut command = world.command(arguments);
    command.stdin(File::open(path).unwrap());
    world.finish(command)
}

#[test]
fn a_secret_on_stdin_means_the_same_in_every_encoding() {
    let mut world = World::new();
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    // What `echo SECRET |` of cmd pipes.
    for bytes in encoded("canary secret/+% \r\n") {
        run_with(&world, &["profile", "set", "client-secret"], &bytes).succeeds();
        world.login().succeeds();
        let id = world.run(&["token", "--type", "id"]).succeeds().stdout;
        let decode = ["decode-id-token", "-", "--no-verify"];
        for id in encoded(&id) {
            run_with(&world, &decode, &id).succeeds();
        }
    }
    for (text, why) in [("canary", "save it as UTF-8"), ("für", "it is not UTF-8")] {
        let set = ["profile", "set", "client-secret"];
        let output = run_with(&world, &set, &unmarked(text)).exits(2);
        drop(output.because(why));
    }
}

#[test]
fn a_refresh_token_on_stdin_begins_a_session_in_every_encoding() {
    let world = World::signed_in();
    for index in 0..4 {
        let token = format!("{} \r\n", world.refresh_token());
        std::fs::remove_dir_all(world.path("state")).unwrap();
        let login = ["login", "--with-token"];
        drop(run_with(&world, &login, &unmarked(&token)).exits(2));
        run_with(&world, &login, &encoded(&token)[index]).succeeds();
    }
}

#[test]
fn a_file_with_a_secret_is_the_same_secret_in_every_encoding() {
    let mut world = World::new();
    world.encrypt_with("Zürich, 8 o'clock");
    world.login().succeeds();
    let token = world.access_token();
    world.unset("EPROSPERA_STORE_KEY");
    let file = world.path("secret").display().to_string();
    for bytes in encoded("Zürich, 8 o'clock \r\n") {
        write(&world.path("secret"), &bytes);
        world
            .run_in(&[("EPROSPERA_STORE_KEY_FILE", &file)], &["token"])
            .succeeds();
    }
    for bytes in encoded(&format!("{token}\r\n")) {
        write(&world.path("secret"), &bytes);
        world
            .run_in(&[("EPROSPERA_TOKEN_FILE", &file)], &["whoami"])
            .succeeds();
    }
    for (bytes, why) in [
        (unmarked("Zürich, 8 o'clock"), "it is not UTF-8"),
        (unmarked("words"), "save it as UTF-8"),
        (b"\xff\xfeZ".to_vec(), "it is not UTF-8"),
        (b"caf\xe9".to_vec(), "it is not UTF-8"),
    ] {
        write(&world.path("secret"), &bytes);
        let output = world.run_in(&[("EPROSPERA_STORE_KEY_FILE", &file)], &["token"]);
        drop(output.exits(13).because(why));
    }
}

#[test]
fn a_configuration_in_utf_16_is_read_and_written_again_in_utf_8() {
    for bytes in encoded("# für mich\r\n[profiles.work]\r\nscopes = \"openid\"\r\n") {
        let world = World::new();
        write(&world.path("config/config.toml"), &bytes);
        let shown = world.run(&["profile", "show", "work"]).succeeds().json();
        assert_eq!(shown["scopes"], "openid");
        world
            .run(&["--profile", "work", "profile", "set", "client_id", "x"])
            .succeeds();
        let text = std::fs::read_to_string(world.path("config/config.toml")).unwrap();
        assert!(text.starts_with("# für mich"), "{text:?}");
    }
}

#[test]
fn an_export_that_power_shell_has_written_is_imported() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    for index in 0..4 {
        let exported = world.run(&["session", "export", "-"]).succeeds().stdout;
        let exported = exported.replace('\n', "\r\n");
        write(&world.path("export"), &encoded(&exported)[index]);
        world.run(&["session", "import", "export"]).succeeds();
    }
    world.run(&["token"]).succeeds();
}

#[test]
fn what_a_request_is_made_of_is_sent_in_utf_8() {
    let world = World::signed_in();
    for (bytes, field) in encoded("{\"a\": \"é\"}").into_iter().zip(encoded("é")) {
        write(&world.path("body"), &bytes);
        write(&world.path("field"), &field);
        for arguments in [&["--input", "body"][..], &["-F", "a=@field"]] {
            let command = [&["api", "/x", "--dry-run", "-X", "POST"], arguments].concat();
            let shown = world.run(&command).succeeds().json();
            assert_eq!(shown["body"], json!({"a": "é"}), "{arguments:?}");
        }
    }
}
