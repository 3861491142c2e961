//! Programs that are started by name, and what they get and give back.

use crate::world::World;

/// A user whose `PATH` begins with a folder of batch files.
fn with_batch_file(name: &str, lines: &str) -> World {
    let mut world = World::signed_in();
    let file = world.write(&format!("bin/{name}"), &lines.replace('\n', "\r\n"));
    let mut variables = std::env::vars_os();
    let system = variables.find(|(name, _)| name.eq_ignore_ascii_case("PATH"));
    let (_, system) = system.unwrap();
    let system = system.to_str().unwrap();
    let path = format!("{};{system}", file.parent().unwrap().display());
    world.set("PATH", &path);
    world
}

#[test]
fn a_batch_file_is_found_without_its_ending_and_gets_its_arguments_whole() {
    for name in ["npm.cmd", "npm.bat"] {
        let world = with_batch_file(name, "@echo off\necho [%1] [%2] [%3]\nexit /b 7\n");
        let arguments = ["exec", "--", "npm", "install", "a b", "c&d"];
        let output = world.run(&arguments).exits(7);
        assert_eq!(
            output.stdout.trim(),
            r#"[install] ["a b"] ["c&d"]"#,
            "{name}"
        );
    }
}

#[test]
fn a_batch_file_in_a_folder_that_is_named_is_found_without_its_ending() {
    let world = with_batch_file("tool.cmd", "@exit /b 9\n");
    let path = world.path("bin").join("tool").display().to_string();
    world.run(&["exec", "--", &path]).exits(9);
}

#[test]
fn an_argument_that_a_batch_file_cannot_take_is_refused() {
    let world = with_batch_file("npm.cmd", "@exit /b 0\n");
    let output = world.run(&["exec", "--", "npm", "two\nlines"]).exits(126);
    output.because("cannot run").hinting("line break");
}

#[test]
fn a_program_that_is_nowhere_ends_as_in_a_shell() {
    let world = World::signed_in();
    let output = world.run(&["exec", "--", "no-such-command"]).exits(127);
    drop(output.because("cannot run no-such-command"));
}

#[test]
fn an_exit_code_of_more_than_eight_bits_passes_whole() {
    let world = World::signed_in();
    for code in [0, 1, 255, 256, 123_456, -1, -1_073_741_510] {
        let exit = format!("exit {code}");
        for way in [
            &["exec", "--"][..],
            &["exec", "--proxy", "--"],
            &["sandbox", "exec", "--"],
        ] {
            let arguments = [way, &["cmd", "/c", &exit]].concat();
            drop(world.run(&arguments).exits(code));
        }
    }
}

#[test]
fn secrets_do_not_reach_the_command_however_their_variables_are_spelled() {
    let mut world = World::signed_in();
    for name in [
        "Eprospera_Store_Key",
        "eprospera_client_secret_old",
        "EPROSPERA_New_Store_Key",
    ] {
        world.set(name, "canary");
    }
    let output = world.run(&["exec", "--", "cmd", "/c", "set"]).succeeds();
    assert!(
        output.stdout.contains("EPROSPERA_TOKEN="),
        "{}",
        output.stdout
    );
    assert!(!output.stdout.contains("canary"), "{}", output.stdout);
}

#[test]
fn a_variable_counts_however_it_is_spelled() {
    let mut world = World::signed_in();
    world.set("eprospera_OUTPUT", "json");
    let output = world.run(&["status"]).succeeds();
    assert!(output.json().is_object());
}

#[test]
fn the_opener_of_the_variable_browser_may_be_a_batch_file() {
    let mut world = with_batch_file("opener.cmd", "@echo off\necho %1> \"%~dp0opened.txt\"\n");
    world.set("BROWSER", "opener");
    let login = world.start(world.command(&["login"]));
    let opened = world.path("bin").join("opened.txt");
    crate::world::wait_until("the opener was called", || {
        std::fs::read_to_string(&opened).is_ok_and(|text| text.contains("code_challenge"))
    });
    let text = std::fs::read_to_string(&opened).unwrap();
    assert_eq!(text.trim().trim_matches('"'), login.url().as_str());
}

#[test]
fn what_is_piped_is_utf_8_whatever_the_code_page() {
    let world = World::signed_in();
    let output = world.run(&["explain"]).succeeds();
    assert!(output.stdout.contains('…') || output.stdout.is_ascii());
    let line = "chcp 850 >NUL & eprospera me natural-person --output json";
    let output = world.finish(world.command_line(line)).succeeds();
    assert!(output.json().is_object());
}
