//! Answers that are large, deep or endless: a signal ends the work on them, and they take no more
//! of the machine than they should.

use std::fmt::Write as _;
use std::io::Read as _;
use std::process::Stdio;

#[cfg(target_os = "linux")]
use nix::fcntl::{FcntlArg, fcntl};

use crate::endings::ENDINGS;
#[cfg(any(target_os = "linux", windows))]
use crate::memory;
use crate::scripted_portal::ScriptedPortal;
use crate::world::World;
#[cfg(target_os = "linux")]
use crate::world::{program, program_of_tests};

/// A given token, so that nothing but the answer is asked for.
fn world(portal: &ScriptedPortal) -> World {
    let mut world = World::new();
    world.set("EPROSPERA_ISSUER", &portal.url());
    world.set("EPROSPERA_TOKEN", "at");
    world
}

/// A list of documents of about so many bytes.
fn documents(bytes: usize) -> String {
    let mut body = "{\"data\":[".to_owned();
    for number in 0.. {
        if body.len() > bytes {
            break;
        }
        let comma = if number == 0 { "" } else { "," };
        write!(
            body,
            "{comma}{{\"id\":\"document-{number}\",\"name\":\"Document {number}\",\"type\":\"OTHER\",\
             \"createdAt\":\"2025-01-01T00:00:00.000Z\",\"url\":\"https://files.invalid/{number}\"}}"
        )
        .unwrap();
    }
    body + "]}"
}

/// Elsewhere the system does not tell.
#[test]
#[cfg(any(target_os = "linux", windows))]
fn sixteen_megabytes_take_less_than_three_hundred_as_a_table_as_fields_and_filtered() {
    let body = documents(15 * 1024 * 1024);
    let portal = ScriptedPortal::saying(200, &body);
    let world = world(&portal);
    let entity = ["me", "legal-entities", crate::me::ENTITY, "documents"];
    for further in [
        &["--output", "table"][..],
        &["--output", "table", "--fields", "id,name,createdAt"],
        &["--json", "--fields", "id,name,type"],
        // As values of the filter, they come near the bound, and with the heap of Windows above it.
        #[cfg(not(windows))]
        &["--jq", "."],
        &["--json"],
    ] {
        let (mut reader, writer) = std::io::pipe().unwrap();
        // The least that there is, as it is on Windows anyway: even a table does not fit.
        #[cfg(target_os = "linux")]
        fcntl(&writer, FcntlArg::F_SETPIPE_SZ(4096)).unwrap();
        let mut command = world.command(&[&entity[..], further].concat());
        command.stdout(Stdio::from(writer));
        let running = world.spawn(command);
        // The work is done when something comes, and the rest has to wait.
        reader.read_exact(&mut [0; 100]).unwrap();
        let peak = memory::of(running.child.id().unwrap(), memory::MOST).unwrap() / 1024;
        assert!(peak < 300, "{further:?} took {peak} MiB");
        running.interrupt();
        let code = running.end().0.code;
        assert_eq!(code, 130, "{further:?}");
    }
}

#[test]
fn a_long_list_shows_its_beginning_and_how_much_more_there_is() {
    let portal = ScriptedPortal::saying(200, &documents(400_000));
    let world = world(&portal);
    let entity = ["me", "legal-entities", crate::me::ENTITY, "documents"];
    for further in [&[][..], &["--fields", "id,name"]] {
        let table = [&entity[..], &["--output", "table"], further].concat();
        let shown = world.run(&table).succeeds().stdout;
        // A heading, a thousand rows, and the words below them.
        assert_eq!(shown.lines().count(), 1003, "{further:?}");
        assert!(shown.contains("more: use `--json`"), "{further:?}");
    }
}

#[test]
fn a_number_of_millions_of_digits_is_refused_or_shown_as_it_is_and_never_computed() {
    let body = format!("{{\"data\":{{\"n\":{}}}}}", "7".repeat(8_000_000));
    let portal = ScriptedPortal::saying(200, &body);
    let world = world(&portal);
    let api = ["api", "/api/v1/me/natural-person"];
    for part in [["--fields", "n"], ["--jq", ".data.n"]] {
        world
            .run(&[&api[..], &part].concat())
            .exits(1)
            .because("more than 4096 digits");
    }
    for format in ["table", "json"] {
        let whole = [&api[..], &["--output", format]].concat();
        assert_eq!(world.run(&whole).succeeds().stdout.trim_end(), body);
    }
}

#[test]
fn a_filter_without_end_or_bottom_ends_with_a_signal_or_a_usage_error() {
    let world = World::signed_in();
    for expression in [
        "def f: 1+f; f",
        "def f: [f]; f",
        "def f: f | .; f",
        "def f: \"\\(f)\"; f",
        "def f(g): 1 + f(g); f(.)",
        "reduce range(100000) as $i (0; [.])",
        "reduce range(100000) as $i (0; [1, ., 2]) | 1",
        "def f: [.] | f; f",
        // Windows takes no longer command line.
        &"(".repeat(if cfg!(windows) { 30_000 } else { 100_000 }),
    ] {
        let output = world.run(&["whoami", "--jq", expression]).exits(2);
        assert_eq!(output.error()["code"], "usage");
    }
    for &(ending, code, said) in ENDINGS {
        let (mut reader, writer) = std::io::pipe().unwrap();
        let mut command = world.command(&["whoami", "--jq", "1, last(repeat(1)), [range(1e9)]"]);
        command.stdout(Stdio::from(writer));
        let mut running = world.spawn(command);
        reader.read_exact(&mut [0; 2]).unwrap();
        running.send(ending);
        drop(running.end().exits(code).because(said));
    }
}

/// Runs a command to its end: the most memory that it took, in MiB, where the system tells it to others, and its output.
#[cfg(not(target_os = "linux"))]
fn measured(world: &World, arguments: &[&str]) -> (Option<u64>, crate::run::Output) {
    (None, world.run(arguments).0)
}

#[cfg(target_os = "linux")]
fn measured(world: &World, arguments: &[&str]) -> (Option<u64>, crate::run::Output) {
    let scale = program_of_tests(env!("CARGO_BIN_EXE_peak-memory"));
    let command = world.command_of(scale.to_str().unwrap(), &[&[program()], arguments].concat());
    let output = world.spawn(command).end().0;
    let most: u64 = output.stdout.trim_end().parse().unwrap();
    (Some(most / 1024), output)
}

#[test]
fn a_filter_that_makes_values_for_ever_ends_in_a_usage_error_and_takes_little() {
    let world = World::signed_in();
    for expression in [
        "[range(1e9)]",
        "[repeat(\"x\" * 100000)]",
        "\"x\" * 1000000000",
        "\"x\" * 1000000000000 | length",
        "[.email] | .[0] *= 1000000000000",
        "reduce range(100) as $i (\"x\"; . * 10)",
        "reduce range(100) as $i (3; . * .)",
        "\"x\" * 99999999999999999999999",
    ] {
        let (peak, output) = measured(&world, &["whoami", "--jq", expression]);
        assert_eq!(output.code, 2, "{expression}: {output:?}");
        assert_eq!(output.error()["code"], "usage", "{expression}");
        // A text that is doubled at the bound has been copied before that is noticed.
        assert!(
            peak.is_none_or(|peak| peak < 500),
            "{expression} took {peak:?} MiB"
        );
    }
}

#[test]
fn megabytes_of_tiny_items_take_little_or_end_in_a_usage_error() {
    for (item, megabytes, further, code, most) in [
        ("{},", 15, &["--jq", "length"][..], 2, 330),
        // All of them are printed, which takes an unoptimised build its time.
        ("{\"a\":1},", 5, &["--fields", "a"], 0, 150),
        (
            "{\"a\":1},",
            15,
            &["--fields", "a", "--jq", "length"],
            2,
            330,
        ),
    ] {
        let items = item.repeat(megabytes * 1024 * 1024 / item.len());
        let body = format!("{{\"data\":[{}]}}", items.trim_end_matches(','));
        let portal = ScriptedPortal::saying(200, &body);
        let world = world(&portal);
        let api = ["api", "/api/v1/me/natural-person"];
        let (peak, output) = measured(&world, &[&api[..], further].concat());
        assert_eq!(output.code, code, "{item} {further:?}: {}", output.stderr);
        assert!(
            peak.is_none_or(|peak| peak < most),
            "{item} {further:?} took {peak:?} MiB"
        );
    }
}
