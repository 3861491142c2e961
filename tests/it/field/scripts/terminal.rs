//! What a person sees at a terminal: words, colours, a line while they wait, pages that fit.

mod pages;
mod waits;

#[cfg(unix)]
use std::process::Stdio;

use serde_json::Value;

use crate::me::signed_in_as;
use crate::run::Output;
#[cfg(unix)]
use crate::terminal::without_waits;
use crate::world::World;

/// A terminal of one size, in which `$E` is the program.
struct Screen<'a> {
    world: &'a World,
    /// Whether what moves while a slow machine waits is part of it. A console has none of it in the end.
    #[cfg(unix)]
    shows_waits: bool,
    #[cfg(unix)]
    rows: u16,
    columns: u16,
    variables: &'a [(&'a str, &'a str)],
}

impl Screen<'_> {
    /// What a line shows, and its exit code. It is written for a POSIX shell; of that, it has no more than can be said to
    /// the one of Windows in the same way.
    #[cfg(windows)]
    fn run(&self, line: &str) -> Output {
        let mut rest = line;
        let mut lines: Vec<_> = self
            .variables
            .iter()
            .map(|(name, value)| format!("set {name}={value}"))
            .collect();
        // Variables of the one command stand in front of it.
        while let Some((variable, command)) = rest.split_once(' ')
            && variable.contains('=')
        {
            lines.push(format!("set {variable}"));
            rest = command;
        }
        let program = format!("\"{}\"", crate::world::program());
        let command = rest
            .replace("$E", &program)
            .replace("/dev/null", "NUL")
            .replace("; cat ", " & type ");
        let all = "| more";
        lines.push(command.replace("| cat", all).replace("| head -1", all));
        let script = self.world.script("line", &lines.join("\r\n"));
        self.world
            .console_of(self.columns, &script)
            .end_in_colour()
            .0
    }

    /// What a shell command shows, and its exit code.
    #[cfg(unix)]
    fn run(&self, line: &str) -> Output {
        let (rows, columns) = (self.rows, self.columns);
        let session = format!("stty rows {rows} cols {columns}; {line}");
        let mut command = self
            .world
            .command_of("script", &["-qec", &session, "/dev/null"]);
        command
            .env("SHELL", "/bin/sh")
            .env("TERM", "xterm-256color")
            .env("E", crate::world::program())
            .envs(self.variables.iter().copied())
            .stdin(Stdio::null());
        let mut output = self.world.finish(command).0;
        if !self.shows_waits {
            output.stdout = without_waits(&output.stdout);
        }
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
        #[cfg(unix)]
        shows_waits: false,
        #[cfg(unix)]
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
    // `more` ends with an empty line of its own.
    let last = shown.trim_end().lines().last()?;
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
