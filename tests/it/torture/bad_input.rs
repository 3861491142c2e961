//! What is no client, and what stops the trials: a clear error, and nothing left behind.

use super::{client_program, own, torture};
use crate::run::Run;
use crate::world::{SHELL, World, line};

/// Where the system keeps temporary files.
const TEMPORARY: &[&str] = if cfg!(windows) {
    &["TMP", "TEMP"]
} else {
    &["TMPDIR"]
};

/// Runs trials with a client that is a line of a shell, and requires that nothing is left.
pub(super) fn client(world: &World, words: &str, more: &[&str]) -> Run {
    let scratch = world.path("scratch");
    std::fs::create_dir_all(&scratch).unwrap();
    let mut arguments = vec!["sandbox", "torture", "--only", "at-expiry-1"];
    arguments.extend(more);
    let words = line(words);
    arguments.extend(["--", SHELL[0], SHELL[1], &words]);
    let folder = scratch.display().to_string();
    let variables: Vec<_> = TEMPORARY.iter().map(|name| (*name, &*folder)).collect();
    let output = world.run_in(&variables, &arguments);
    let left: Vec<_> = std::fs::read_dir(&scratch).unwrap().flatten().collect();
    assert!(left.is_empty(), "{left:?}");
    output
}

#[test]
fn a_client_that_does_not_exist_or_cannot_be_run_has_the_exit_code_of_shells() {
    let world = World::new();
    let output = world
        .run(&["sandbox", "torture", "--", "./no-such-client"])
        .exits(127);
    assert!(
        output.stderr.contains("no-such-client"),
        "{}",
        output.stderr
    );
    // Elsewhere no right is needed.
    #[cfg(unix)]
    {
        let file = world.write("plain", "").display().to_string();
        world.run(&["sandbox", "torture", "--", &file]).exits(126);
    }
}

#[test]
fn a_client_that_prints_no_token_two_lines_or_a_foreign_token_is_refused() {
    let world = World::new();
    let silent = client(&world, "exit 0", &[]).exits(2);
    assert!(
        silent.stderr.contains("printed no token"),
        "{}",
        silent.stderr
    );
    let two = client(&world, "echo one&& echo two", &[]).exits(2);
    assert!(two.stderr.contains("printed 2 lines"), "{}", two.stderr);
    let foreign = client(&world, "echo somebody-elses", &[]).exits(14);
    assert!(
        foreign.stderr.contains("never issued"),
        "{}",
        foreign.stderr
    );
    assert!(
        !foreign.stderr.contains("somebody-elses"),
        "{}",
        foreign.stderr
    );
    let refused = client(&world, "echo sorry>&2&& exit 5", &[]).exits(3);
    assert!(
        refused.stderr.contains("exited with 5"),
        "{}",
        refused.stderr
    );
    assert!(
        refused.stderr.contains("in the rehearsal, the client"),
        "{}",
        refused.stderr
    );
    assert!(refused.stderr.contains("sorry"), "{}", refused.stderr);
}

#[test]
fn a_client_that_is_not_signed_in_is_not_told_how_this_program_signs_in() {
    let world = World::new();
    let shell = |line| [&["--"], &SHELL[..], &[line]].concat();
    for words in [
        [vec!["--setup", "exit 1"], shell("exit 0")].concat(),
        shell("exit 1"),
    ] {
        let all = [&["--json", "sandbox", "torture"], &words[..]].concat();
        let output = world.run(&all).exits(3);
        let said = format!("{}{}", output.stdout, output.stderr);
        assert!(said.contains("login_required"), "{said}");
        assert!(!said.contains("auth_methods"), "{said}");
        assert!(!said.contains("eprospera login"), "{said}");
    }
}

/// A client that works in the rehearsal, and then puts a file where the folders of the trials are to be.
fn vanishing(world: &World, scratch: &str) -> [String; 3] {
    let client = client_program();
    let words = if cfg!(windows) {
        let rehearsal = format!(
            "{client} token || exit /b 1\r\nif not %TORTURE_TRIAL%==rehearsal exit /b 0\r\n\
             rmdir /s /q \"{scratch}\"\r\necho x> \"{scratch}\""
        );
        world.script("vanishing-client", &rehearsal)
    } else {
        format!(
            "{client} token && {{ [ \"$TORTURE_TRIAL\" != rehearsal ] || {{ rm -rf '{scratch}'; : >'{scratch}'; }}; }}"
        )
    };
    [SHELL[0].to_owned(), SHELL[1].to_owned(), words]
}

#[test]
fn a_trial_that_cannot_go_on_has_not_passed() {
    let world = World::new();
    let scratch = world.path("vanishing").display().to_string();
    std::fs::create_dir_all(&scratch).unwrap();
    let setup = format!("{} sign-in", client_program());
    let client = vanishing(&world, &scratch);
    let mut arguments = vec![
        "--json",
        "sandbox",
        "torture",
        "--only",
        "at-expiry-1",
        "--setup",
        &setup,
        "--",
    ];
    arguments.extend(client.iter().map(String::as_str));
    let variables: Vec<_> = TEMPORARY.iter().map(|name| (*name, &*scratch)).collect();
    let output = world.run_in(&variables, &arguments).exits(1);
    let (_, passed, reason) = &super::verdicts(&output)[0];
    assert!(
        !passed && reason.starts_with("the trial could not go on: "),
        "{reason}"
    );
    let report: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!((&report["of"], &report["skipped"]), (&1.into(), &0.into()));
}

#[test]
fn a_set_up_that_fails_shows_what_it_said_without_tokens() {
    let world = World::new();
    let token = format!("rt_{}", "x".repeat(43));
    let setup = format!("echo no luck with {token}>&2&& exit 7");
    let output = client(&world, "exit 0", &["--setup", &setup]).exits(3);
    assert!(
        output.stderr.contains("the set-up exited with 7"),
        "{}",
        output.stderr
    );
    assert!(
        output.stderr.contains("no luck with [redacted]"),
        "{}",
        output.stderr
    );
}

#[test]
fn an_unknown_trial_and_a_file_that_cannot_be_written_are_refused_at_once() {
    let world = World::new();
    let run = |words: &[&str]| {
        let mut all = vec!["sandbox", "torture"];
        all.extend(words);
        all.extend(["--", "true"]);
        world.run(&all).exits(2)
    };
    let unknown = run(&["--only", "at-expiry-1,half-the-answer"]);
    assert!(
        unknown.stderr.contains("half-an-answer"),
        "{}",
        unknown.stderr
    );
    let missing = run(&["--junit", "no/such/folder/results.xml"]);
    assert!(missing.stderr.contains("results.xml"), "{}", missing.stderr);
    run(&["--junit", "."]);
    // Nothing ran, so nothing is written.
    let file = world.path("unwritten.xml");
    let name = file.display().to_string();
    let words = [
        "sandbox",
        "torture",
        "--junit",
        &name,
        "--",
        "./no-such-client",
    ];
    world.run(&words).exits(127);
    assert!(!file.exists());
}

#[test]
fn a_client_that_asks_userinfo_itself_needs_to_print_nothing() {
    let world = World::new();
    let trials = "at-expiry-10,revoked-elsewhere";
    torture(&world, trials, &["asks"], &[]).exits(0);
    let program = client_program();
    let setup = format!("{program} sign-in");
    let lazy = format!("{program} token>&2");
    let output = client(&world, &lazy, &["--setup", &setup]).exits(2);
    assert!(
        output.stderr.contains("did not call userinfo"),
        "{}",
        output.stderr
    );
}

/// A line for the shell that signs in where there is no session.
fn signs_in_by_itself() -> String {
    let client = client_program();
    format!("{client} token 2>/dev/null || ({client} sign-in && {client} token)")
}

#[test]
fn a_client_without_a_set_up_signs_in_by_itself() {
    let world = World::new();
    let trials = ["--only", "answer-cut,revoked-elsewhere"];
    client(&world, &signs_in_by_itself(), &trials).exits(0);
}

#[test]
fn ctrl_c_shows_what_there_is_and_leaves_nothing() {
    let world = World::new();
    let scratch = world.path("scratch");
    std::fs::create_dir_all(&scratch).unwrap();
    let (setup, [program, token]) = own();
    let mut command = world.command(&[
        "--output",
        "table",
        "sandbox",
        "torture",
        "--jobs",
        "1",
        "--setup",
        &setup,
        "--only",
        "at-expiry-1,never-answers",
        "--",
        &program,
        &token,
    ]);
    command.envs(TEMPORARY.iter().map(|name| (name, &scratch)));
    let mut process = world.spawn(command);
    process.wait_for("[1/2] ");
    process.interrupt();
    let output = process.end().exits(130);
    assert!(output.stdout.contains("1 trial did not end"), "{output:#?}");
    assert!(std::fs::read_dir(&scratch).unwrap().next().is_none());
}

#[test]
fn a_run_says_its_seed_and_can_be_repeated() {
    let world = World::new();
    let seeds = |more: &[&str]| {
        let output = torture(&world, "at-expiry-1", &[], more).succeeds();
        let report: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
        report["seed"].as_u64().unwrap()
    };
    let seed = seeds(&[]);
    assert_eq!(seeds(&["--seed", &seed.to_string()]), seed);
}

#[test]
fn empty_words_and_numbers_below_zero_are_refused_with_what_is_wrong() {
    let world = World::new();
    let cases: [(&[&str], &str); 9] = [
        (&["--only", "", "--", "true"], "`--only` is empty"),
        (
            &["--only", "at-expiry-1,", "--", "true"],
            "`--only` is empty",
        ),
        (&["--", ""], "CLIENT is empty"),
        (&["--setup", "", "--", "true"], "`--setup` is empty"),
        (&["--seed", "-1", "--", "true"], "0..=4294967295"),
        (&["--seed=-1", "--", "true"], "0..=4294967295"),
        (&["--jobs", "-1", "--", "true"], "1..=64"),
        (&["--junit", "-", "--", "true"], "needs a file"),
        (&["--junit", "", "--", "true"], "needs a value"),
    ];
    for (words, told) in cases {
        let all = [&["sandbox", "torture"], words].concat();
        let output = world.run(&all).exits(2);
        assert!(output.stderr.contains(told), "{words:?}: {}", output.stderr);
    }
}

/// Other systems have no file that is always full.
#[cfg(target_os = "linux")]
#[test]
fn results_are_shown_although_their_file_cannot_be_written() {
    let world = World::new();
    let more = ["--junit", "/dev/full"];
    let output = torture(&world, "at-expiry-1", &[], &more).exits(1);
    let report: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(report["score"], 1);
    assert!(output.stderr.contains("/dev/full"), "{}", output.stderr);
}

#[cfg(windows)]
#[test]
fn the_outcome_is_told_on_stderr_where_stdout_is_closed() {
    let world = World::new();
    let (setup, own) = own();
    let line = [
        "sandbox",
        "torture",
        "--only",
        "at-expiry-1",
        "--setup",
        &setup,
        "--",
        &own[0],
        &own[1],
    ];
    let output = crate::run::without_stdout(&world, &line);
    assert_eq!(output.code, 0, "{output:?}");
    assert!(output.stderr.contains("1 of 1 trials passed"), "{output:?}");
}

#[cfg(unix)]
#[test]
fn the_outcome_is_told_on_stderr_where_stdout_is_closed() {
    let world = World::new();
    let (setup, own) = own();
    let line = format!(
        "{} sandbox torture --only at-expiry-1 --setup '{setup}' -- {} >&-",
        own[0],
        own.join(" ")
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &line])
        .env("HOME", world.path(""))
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{stderr}");
    assert!(stderr.contains("1 of 1 trials passed"), "{stderr}");
}

#[test]
fn a_run_in_which_no_trial_could_be_run_has_not_succeeded() {
    let world = World::new();
    // It needs a set-up, which a client that signs in by itself does not have.
    let words = line(&signs_in_by_itself());
    let all = [
        "--json",
        "sandbox",
        "torture",
        "--only",
        "sign-in-meanwhile",
        "--",
        SHELL[0],
        SHELL[1],
        &words,
    ];
    let output = world.run(&all).exits(1);
    let report: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!((&report["of"], &report["skipped"]), (&0.into(), &1.into()));
    assert!(
        output.stderr.contains("nothing was measured"),
        "{}",
        output.stderr
    );
}
