//! What a person sees at a terminal: words, colours, a line while they wait, pages that fit.

use std::process::Stdio;

use eprospera_sandbox::GrantType;
use serde_json::{Value, json};

use crate::me::{ENTITY, FILING, signed_in_as};
use crate::run::Output;
use crate::scripted_portal::ScriptedPortal;
use crate::world::World;

/// A terminal of one size, in which `$E` is the program.
struct Screen<'a> {
    world: &'a World,
    rows: u16,
    columns: u16,
    variables: &'a [(&'a str, &'a str)],
}

impl Screen<'_> {
    /// What a shell command shows, and its exit code.
    fn run(&self, line: &str) -> Output {
        let (rows, columns) = (self.rows, self.columns);
        let session = format!("stty rows {rows} cols {columns}; {line}");
        let mut command = self
            .world
            .command_of("script", &["-qec", &session, "/dev/null"]);
        command
            .env("SHELL", "/bin/sh")
            .env("TERM", "xterm-256color")
            .env("E", env!("CARGO_BIN_EXE_eprospera"))
            .envs(self.variables.iter().copied())
            .stdin(Stdio::null());
        let mut output = self.world.finish(command).0;
        output.stdout = output.stdout.replace("\r\n", "\n");
        output
    }

    /// The same without colours.
    fn plain(&self, line: &str) -> String {
        stripped(&self.run(line).stdout)
    }
}

fn screen(world: &World) -> Screen<'_> {
    Screen {
        world,
        rows: 24,
        columns: 80,
        variables: &[],
    }
}

fn stripped(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// The error object at the end of what was shown.
fn error_object(shown: &str) -> Option<Value> {
    let last = shown.lines().last()?;
    let json: Value = serde_json::from_str(last).ok()?;
    json.get("error").cloned()
}

#[test]
fn an_error_is_in_words_while_stderr_is_a_terminal_wherever_stdout_goes() {
    let world = World::new();
    for line in [
        "$E whoami",
        "$E whoami | cat",
        "$E whoami > out",
        "$E whoami --output table | cat",
        "EPROSPERA_OUTPUT=table $E whoami 2>&1 | cat",
        "$E bogus | cat",
        "$E token --format papyrus | head -1",
        "$E me tax filings --fields id | cat",
    ] {
        let shown = screen(&world).plain(line);
        assert!(shown.contains("error: "), "{line}: {shown}");
        assert_eq!(error_object(&shown), None, "{line}: {shown}");
    }
}

#[test]
fn an_error_is_an_object_where_a_script_asked_for_one_or_reads_stderr() {
    let world = World::new();
    for line in [
        "$E whoami --json",
        "$E whoami --output json",
        "$E whoami --output=json | cat",
        "EPROSPERA_OUTPUT=json $E whoami",
        "EPROSPERA_OUTPUT=json $E bogus",
        "$E me residency --jq .",
        "$E bogus --json",
        "$E whoami --papyrus --jq .",
        "$E whoami 2> error; cat error",
        "$E whoami > out 2>&1; cat out",
        "$E bogus 2>&1 | cat",
    ] {
        let shown = screen(&world).run(line).stdout;
        let error = error_object(&shown).unwrap_or_else(|| panic!("{line}: {shown}"));
        assert!(error["code"].is_string(), "{line}: {error}");
    }
}

#[test]
fn notes_and_warnings_stay_words_beside_json() {
    let world = World::signed_in();
    let noted = screen(&world).plain("EPROSPERA_TOKEN=x $E --json refresh 2>&1 >/dev/null | cat");
    assert!(!noted.trim().is_empty() && !noted.contains('{'), "{noted}");
}

#[test]
fn states_have_colours_and_words_that_say_the_same() {
    let world = signed_in_as("resident");
    let colored = |command: &[&str]| {
        let arguments = [command, &["--output", "table", "--color", "always"]].concat();
        world.run(&arguments).succeeds().stdout
    };
    let taxes = colored(&["me", "tax", "summary"]);
    for (color, word) in [(31, "overdue"), (33, "expired"), (32, "active")] {
        let painted = format!("\u{1b}[{color}m{word}\u{1b}[0m");
        assert!(taxes.contains(&painted), "{word}: {taxes:?}");
    }
    assert!(taxes.contains("\u{1b}[1mAmara"), "{taxes:?}");
    assert!(taxes.contains("\u{1b}[2mSTATUS\u{1b}[0m"), "{taxes:?}");
    let documents = colored(&["me", "documents"]);
    assert!(
        documents.contains("\u{1b}[32mready\u{1b}[0m"),
        "{documents:?}"
    );
    let card = colored(&["me", "natural-person"]);
    assert!(card.contains("\u{1b}[2mname\u{1b}[0m "), "{card:?}");
    for command in [
        &["me", "tax", "summary"][..],
        &["me", "documents"],
        &["status"],
    ] {
        let plain = world.run(&[command, &["--output", "table"]].concat());
        // A second may pass between the two.
        let without_times = |text: &str| {
            let rows = text.lines();
            let rows = rows.filter(|row| !row.contains("expires in") && !row.contains(" ago"));
            rows.map(str::to_owned).collect::<Vec<_>>()
        };
        let plain = plain.succeeds().stdout;
        assert_eq!(
            without_times(&stripped(&colored(command))),
            without_times(&plain)
        );
    }
}

#[test]
fn a_session_that_has_expired_is_in_the_colour_of_one() {
    let world = World::signed_in();
    let always = ["status", "--output", "table", "--color", "always"];
    let ready = world.run(&always).succeeds().stdout;
    assert!(ready.contains("\u{1b}[32mexpires in "), "{ready:?}");
    world.expire_access_token();
    let expired = world.run(&always).succeeds().stdout;
    assert!(expired.contains("\u{1b}[33mexpired "), "{expired:?}");
    let error = World::new().run(&["whoami", "--output", "table", "--color", "always"]);
    let error = error.exits(3).stderr;
    assert!(
        error.contains("\u{1b}[1m\u{1b}[31merror:\u{1b}[0m"),
        "{error:?}"
    );
    assert!(
        error.contains("\u{1b}[1m\u{1b}[36mhint:\u{1b}[0m"),
        "{error:?}"
    );
}

#[test]
fn colours_follow_the_flag_and_the_usual_variables() {
    let world = signed_in_as("resident");
    let shown = |line: &str| screen(&world).run(line).stdout;
    let is_colored = |line: &str| shown(line).contains("\u{1b}[32m");
    let command = "$E me tax summary";
    assert!(is_colored(command));
    assert!(is_colored(&format!(
        "{command} --color always --output table | cat"
    )));
    assert!(is_colored(&format!("NO_COLOR=1 {command} --color always")));
    let forced = format!("CLICOLOR_FORCE=1 {command} --output table | cat");
    assert!(is_colored(&forced));
    for line in [
        format!("{command} --output table | cat"),
        format!("{command} --color never"),
        format!("NO_COLOR=1 {command}"),
        format!("NO_COLOR=1 {forced}"),
        format!("CLICOLOR=0 {command}"),
        format!("TERM=dumb {command}"),
    ] {
        assert!(!shown(&line).contains('\u{1b}'), "{line}");
    }
}

#[test]
fn json_has_colours_on_a_terminal_and_is_left_alone_in_a_pipe() {
    let world = signed_in_as("resident");
    let path = "/api/v1/me/natural-person";
    let sent = world.run(&["api", path]).succeeds().stdout;
    for line in [
        format!("$E api {path}"),
        "$E me natural-person --json".to_owned(),
        "$E me natural-person --jq .".to_owned(),
        "$E me natural-person --json --fields name".to_owned(),
    ] {
        let shown = screen(&world).run(&line).stdout;
        let key = "\u{1b}[1m\u{1b}[34m\"name\"\u{1b}[0m:";
        assert!(shown.contains(key), "{line}: {shown:?}");
        assert!(shown.contains("\u{1b}[32m\"Amara"), "{line}: {shown:?}");
        let value: Value = serde_json::from_str(&stripped(&shown)).unwrap();
        assert_eq!(value["name"], "Amara Okafor-Lindström", "{line}");
        let plain = screen(&world).run(&format!("NO_COLOR=1 {line}")).stdout;
        assert_eq!(plain, stripped(&shown), "{line}");
    }
    let piped = world.run_in(&[("CLICOLOR_FORCE", "1")], &["api", path]);
    assert_eq!(piped.succeeds().stdout, sent);
    let asked = world.run(&["api", path, "--color", "always"]).succeeds();
    assert!(asked.stdout.contains("\u{1b}[32m"), "{asked:?}");
}

const WAITING: &str = "Waiting for the portal…";

#[test]
fn a_wait_is_shown_and_nothing_of_it_is_left() {
    let world = signed_in_as("resident");
    for (line, words) in [
        ("$E me residency", WAITING),
        ("$E me residency --json", WAITING),
        ("$E me residency | cat", WAITING),
        ("$E refresh", "Refreshing the session…"),
    ] {
        world.fault("me:slow=1s");
        world.fault("token:slow=1s");
        let shown = screen(&world).run(line).stdout;
        let Some((_, after)) = shown.rsplit_once(words) else {
            panic!("{line}: {shown:?}");
        };
        // The line is erased before anything else is printed.
        let erased = after
            .find("\u{1b}[2K")
            .unwrap_or_else(|| panic!("{line}: {shown:?}"));
        let between = stripped(&after[..erased]);
        assert_eq!(between.trim(), "", "{line}: {shown:?}");
    }
}

#[test]
fn a_wait_is_not_shown_without_a_terminal_or_where_it_would_disturb() {
    let world = signed_in_as("resident");
    for line in [
        "$E me residency -q",
        "$E me residency -v",
        "TERM=dumb $E me residency",
        "$E me residency 2> error; cat error",
    ] {
        world.fault("me:slow=1s");
        let shown = screen(&world).run(line).stdout;
        assert!(!shown.contains(WAITING), "{line}: {shown:?}");
    }
    world.fault("me:slow=1s");
    let piped = world.run(&["me", "residency"]).succeeds();
    assert_eq!(piped.stderr, "");
}

#[test]
fn ctrl_c_ends_a_wait_and_leaves_nothing_of_it() {
    let world = signed_in_as("resident");
    world.fault("me:hang");
    let mut terminal = world.at_terminal(80, &["me", "residency"]);
    terminal.wait_for(WAITING).types("\u{3}");
    let shown = terminal.end().exits(130).stdout;
    let (_, after) = shown.rsplit_once(WAITING).unwrap();
    let erased = after.find("\u{1b}[2K").unwrap();
    assert!(after[erased..].contains("interrupted"), "{shown:?}");
    assert!(!after[erased..].contains(WAITING), "{shown:?}");
}

#[test]
fn a_question_is_not_drawn_over() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    world.unset("EPROSPERA_STORE_KEY");
    let mut terminal = world.at_terminal(80, &["whoami"]);
    terminal.wait_for("Passphrase for the encrypted store: ");
    terminal.types("wrong\r");
    let shown = terminal.end().exits(13).stdout;
    assert!(!shown.contains("Waiting"), "{shown:?}");
}

#[test]
fn the_sign_in_address_is_a_link_where_terminals_know_links() {
    let world = World::new();
    for variable in [
        ("FORCE_HYPERLINK", "1"),
        ("VTE_VERSION", "7600"),
        ("TERM_PROGRAM", "WezTerm"),
    ] {
        let variables = [variable];
        let screen = Screen {
            variables: &variables,
            ..screen(&world)
        };
        let shown = screen.run("$E login --no-browser --timeout 1s").stdout;
        let (_, link) = shown.split_once("\u{1b}]8;;").unwrap();
        let (address, rest) = link.split_once("\u{1b}\\").unwrap();
        assert!(address.contains("code_challenge_method=S256"), "{shown:?}");
        assert!(rest.starts_with(address), "{shown:?}");
        let (_, end) = rest.split_once(address).unwrap();
        assert!(end.starts_with("\u{1b}]8;;\u{1b}\\"), "{shown:?}");
    }
    let shown = screen(&world)
        .run("$E login --no-browser --timeout 1s")
        .stdout;
    assert!(!shown.contains("\u{1b}]8"), "{shown:?}");
    let forced = [("FORCE_HYPERLINK", "1")];
    let login = ["login", "--no-browser", "--timeout", "1s"];
    let piped = world.run_in(&forced, &login).exits(9).stderr;
    assert!(!piped.contains('\u{1b}'), "{piped:?}");
}

#[test]
fn a_login_says_whether_it_opens_a_browser_and_shows_the_address_either_way() {
    let world = World::new();
    let opens = world.run(&["login", "--browser", "/bin/true", "--timeout", "1s"]);
    let opens = opens.exits(9).stderr;
    let said = opens
        .find("Opening your browser … If it does not open")
        .unwrap();
    let address = opens.find("code_challenge_method=S256").unwrap();
    let waits = opens.find("Waiting up to 1s").unwrap();
    assert!(said < address && address < waits, "{opens}");
    let shown = world.run(&["login", "--no-browser", "--timeout", "1s"]);
    let shown = shown.exits(9).stderr;
    assert!(shown.contains("Open this URL in a browser"), "{shown}");
    assert!(!shown.contains("Opening"), "{shown}");
}

#[test]
fn a_table_of_80_columns_keeps_money_and_dates_before_whole_ids() {
    let world = signed_in_as("resident");
    let filings = screen(&world).plain("$E me tax filings");
    for shown in [
        "1,205.00 USD",
        "open",
        "Blue Reef Robotics LLC",
        &FILING[..8],
    ] {
        assert!(filings.contains(shown), "{shown}: {filings}");
    }
    assert!(!filings.contains(FILING), "{filings}");
    assert!(filings.contains("Ids are shortened"), "{filings}");
    let entities = screen(&world).plain("$E me legal-entities");
    assert!(entities.contains("Limited Liability Company"), "{entities}");
    assert!(!entities.contains(ENTITY), "{entities}");
    for line in [filings, entities].concat().lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let wide = Screen {
        columns: 120,
        ..screen(&world)
    };
    for line in ["$E me tax filings", "$E me legal-entities"] {
        let shown = wide.plain(line);
        assert!(!shown.contains("shortened"), "{shown}");
        assert!(!shown.contains("Left out"), "{shown}");
    }
    assert!(wide.plain("$E me tax filings").contains(FILING));
}

#[test]
fn the_first_characters_of_an_id_are_enough_for_every_command() {
    let world = signed_in_as("resident");
    let (entity, filing) = (&ENTITY[..8], &FILING[..4]);
    let same = |short: &[&str], whole: &[&str]| {
        let whole = world.run(whole).succeeds().stdout;
        assert_eq!(world.run(short).succeeds().stdout, whole, "{short:?}");
    };
    let entities = ["me", "legal-entities"];
    same(
        &[&entities[..], &[entity]].concat(),
        &[&entities[..], &[ENTITY]].concat(),
    );
    same(
        &[&entities[..], &[&entity.to_uppercase(), "documents"]].concat(),
        &[&entities[..], &[ENTITY, "documents"]].concat(),
    );
    let tax = |rest: &[&'static str]| [&["me", "tax"], rest].concat();
    same(
        &[&tax(&["filing"])[..], &[filing]].concat(),
        &[&tax(&["filing"])[..], &[FILING]].concat(),
    );
    for command in ["summary", "filings"] {
        same(
            &["me", "tax", command, "--subject", entity],
            &["me", "tax", command, "--subject", ENTITY],
        );
    }
    let folder = world.path("papers").display().to_string();
    let download = ["me", "tax", "download", filing, "--document", "assessment"];
    let manifest = world.run(&[&download[..], &["--download", &folder]].concat());
    let manifest = manifest.succeeds().json();
    assert_eq!(manifest["files"][0]["document_id"], FILING);
}

#[test]
fn a_beginning_that_several_ids_share_names_them_and_an_unknown_one_is_not_found() {
    let list = json!({ "data": [
        { "id": "3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63", "name": "Blue Reef" },
        { "id": "3b0f7a52-0000-4d7e-a6b5-0c2d8e4f1a63", "name": "Red Reef" },
    ]});
    let portal = ScriptedPortal::saying(200, &list.to_string());
    let mut world = World::new();
    world.set("EPROSPERA_ISSUER", &portal.url());
    world.set("EPROSPERA_TOKEN", "at");
    for further in [
        &[][..],
        &["documents"],
        &["documents", "--download", "papers"],
    ] {
        let command = [&["me", "legal-entities", "3b0f7a52"], further].concat();
        let refused = world.run(&command).exits(2).because("2 ids begin with");
        let hint = refused.error()["hint"].as_str().unwrap().to_owned();
        for candidate in ["3b0f7a52-91c4", "Blue Reef", "3b0f7a52-0000", "Red Reef"] {
            assert!(hint.contains(candidate), "{hint}");
        }
    }
    let unknown = world.run(&["me", "legal-entities", "ffff"]).exits(5);
    assert!(
        unknown.error()["hint"]
            .as_str()
            .unwrap()
            .contains("lists them")
    );
    for malformed in ["3b0", "nonsense", "3b0f7a52x"] {
        let before = portal.asked().len();
        assert_eq!(world.run(&["me", "legal-entities", malformed]).0.code, 2);
        assert_eq!(portal.asked().len(), before, "{malformed}");
    }
}

#[test]
fn status_fits_one_screen_with_the_most_important_first() {
    let world = signed_in_as("resident");
    for line in ["$E status", "$E status --check"] {
        let shown = screen(&world).plain(line);
        // The shell's prompt needs a line, too.
        assert!(shown.lines().count() < 24, "{shown}");
        assert!(shown.starts_with("✓ Signed in to "), "{shown}");
        for line in shown.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

#[test]
fn people_get_times_of_their_own_zone_and_scripts_get_utc() {
    let world = signed_in_as("resident");
    let in_zone = |zone: &str, arguments: &[&str]| {
        let run = world.run_in(&[("TZ", zone)], arguments).succeeds();
        run.stdout
    };
    let table =
        |zone: &str, command: &[&str]| in_zone(zone, &[command, &["--output", "table"]].concat());
    for (zone, name) in [
        ("CET-1", "CET"),
        ("<-03>3", "-03"),
        ("", "UTC"),
        ("no/such", "UTC"),
    ] {
        for command in [&["status"][..], &["introspect"], &["decode-id-token"]] {
            if command == ["introspect"] {
                continue;
            }
            let shown = table(zone, command);
            assert!(shown.contains(&format!(" {name}")), "{zone}: {shown}");
        }
        let status: Value = serde_json::from_str(&in_zone(zone, &["status", "--json"])).unwrap();
        let expiry = status["session"]["access_token"]["expires_at"].as_str();
        assert!(expiry.unwrap().ends_with('Z'), "{zone}: {status}");
    }
    let filing = ["me", "tax", "filing", FILING];
    assert!(table("UTC0", &filing).contains("2026-07-28 12:00 UTC"));
    assert!(table("CET-1", &filing).contains("2026-07-28 13:00 CET"));
    assert_eq!(in_zone("CET-1", &filing), in_zone("UTC0", &filing));
}

#[test]
fn an_export_says_what_happened_and_what_to_do_next() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    let exported = world.run(&["session", "export", "away.session", "--output", "table"]);
    let shown = exported.succeeds().stdout;
    for words in [
        "Exported the session of ",
        "signed out on this machine",
        "On the other machine",
        "EPROSPERA_STORE_KEY",
        "eprospera session import away.session",
        "eprospera session restore",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    world.run(&["session", "restore"]).succeeds();
    let piped = world.run(&["session", "export", "-"]).succeeds();
    assert!(piped.stderr.contains("session import") && piped.stderr.contains("session restore"));
}

#[test]
fn the_qr_code_and_the_code_to_type_are_in_view_together() {
    let world = World::with(|options| {
        for client in &mut options.clients {
            client.grants.push(GrantType::DeviceCode);
        }
    });
    let shown = screen(&world).plain("$E login --device --qr --timeout 1s");
    let shown = shown.split("error:").next().unwrap().trim_end();
    assert!(shown.lines().count() < 24, "{shown}");
    assert!(shown.contains('█') && shown.contains("/device"), "{shown}");
    let is_code = |word: &str| word.len() == 9 && word.as_bytes()[4] == b'-';
    assert!(shown.split_whitespace().any(is_code), "{shown}");
    assert!(shown.contains("Waiting up to 1s"), "{shown}");
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn long_sentences_end_their_lines_between_words_on_a_terminal() {
    let world = signed_in_as("newcomer");
    let shown = screen(&world).plain("$E me legal-entities");
    assert!(shown.lines().count() > 1, "{shown}");
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let piped = world.run(&["me", "legal-entities", "--output", "table"]);
    assert_eq!(piped.succeeds().stdout.lines().count(), 1);
}
