//! What is offered where, without a shell.

use clap::{Arg, ArgAction, Command, ValueHint};
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};

use super::*;
use crate::env;

/// What a shell is told: what is wanted, then the candidates without their descriptions.
fn answer_in(shell: &str, words: &[&str], environment: &Environment) -> Vec<String> {
    let index = (words.len() - 1).to_string();
    let arguments = ["eprospera", WORD, shell, &index, "--"]
        .into_iter()
        .chain(words.iter().copied());
    let arguments: Vec<_> = arguments.map(OsString::from).collect();
    let answer = answer(&arguments, environment).unwrap();
    let lines = answer
        .lines()
        .map(|line| line.split('\t').next().unwrap_or_default().to_owned());
    lines.collect()
}

fn offered(line: &str) -> Vec<String> {
    let words: Vec<_> = line.split(' ').collect();
    let mut lines = answer_in("elvish", &words, &Environment::default());
    assert_eq!(lines.remove(0), "values", "{line}");
    lines
}

fn has(line: &str, expected: &[&str], absent: &[&str]) {
    let offered = offered(line);
    for value in expected {
        assert!(
            offered.iter().any(|found| found == value),
            "`{line}` lacks {value}: {offered:?}"
        );
    }
    for value in absent {
        assert!(
            !offered.iter().any(|found| found == value),
            "`{line}` offers {value}: {offered:?}"
        );
    }
}

#[test]
fn commands_and_flags_are_offered_where_they_belong() {
    has(
        "eprospera ",
        &["login", "sandbox", "me"],
        &["--json", "__complete", "-v"],
    );
    has("eprospera lo", &["login", "logout"], &["status"]);
    has("eprospera --", &["--json", "--profile"], &["login"]);
    has("eprospera -", &["--json"], &["-v"]);
    has(
        "eprospera me tax ",
        &["summary", "filings"],
        &["login", "--json"],
    );
    has("eprospera me legal-entities x ", &["documents"], &[]);
    has("eprospera status ", &["--check", "--json"], &["login"]);
}

#[test]
fn the_value_of_an_option_is_not_the_command() {
    has(
        "eprospera --profile profile ",
        &["login", "status"],
        &["list"],
    );
    has(
        "eprospera --profile sandbox sandbox ",
        &["exec"],
        &["login"],
    );
    has("eprospera --profile=sandbox lo", &["login"], &[]);
    has(
        "eprospera --store keyring --profile login st",
        &["status"],
        &[],
    );
    has("eprospera --jq .a me ", &["tax"], &[]);
    has(
        "eprospera api -X POST ",
        &["/api/v1/me/natural-person"],
        &[],
    );
    has("eprospera -v --profile prosper me ", &["tax"], &[]);
    has(
        "eprospera sandbox --auto-approve ",
        &["exec"],
        &["resident"],
    );
}

#[test]
fn values_are_offered_after_a_blank_and_after_an_equals_sign() {
    has(
        "eprospera --profile ",
        &["default", "sandbox", "staging"],
        &["login"],
    );
    has("eprospera --profile=", &["--profile=sandbox"], &[]);
    has("eprospera login --profile sa", &["sandbox"], &["staging"]);
    has(
        "eprospera --store ",
        &["keyring", "encrypted-file", "plain-file", "command:"],
        &[],
    );
    has(
        "eprospera --output ",
        &["auto", "table", "json"],
        &["login"],
    );
}

#[test]
fn values_are_offered_for_each_kind_of_argument() {
    has(
        "eprospera help ",
        &["login", "me", "exit-codes", "stores"],
        &["--json"],
    );
    has("eprospera help me ", &["tax"], &["exit-codes", "login"]);
    has(
        "eprospera login --add-scope ",
        &["person.tax.read", "openid"],
        &["eprospera:person.tax.read"],
    );
    has(
        "eprospera login --add-scope eprospera:person.t",
        &["eprospera:person.tax.read"],
        &[],
    );
}

#[test]
fn values_of_profiles_logins_and_the_sandbox_are_offered() {
    has("eprospera profile use ", &["sandbox"], &["client_id"]);
    has(
        "eprospera profile set ",
        &["issuer", "client_id", "client-secret"],
        &[],
    );
    has("eprospera profile set store ", &["keyring"], &[]);
    has(
        "eprospera profile set provider ",
        &["eprospera", "prosper"],
        &[],
    );
    has(
        "eprospera profile set token_auth ",
        &["client_secret_post"],
        &[],
    );
    has("eprospera profile unset ", &["issuer"], &[]);
    has(
        "eprospera login --scope ",
        &["openid", "eprospera:person.tax.read"],
        &[],
    );
    has("eprospera login --prompt ", &["consent"], &[]);
    has(
        "eprospera sandbox --auto-approve=",
        &["--auto-approve=resident"],
        &["resident"],
    );
    has(
        "eprospera sandbox --fault ",
        &["token:", "jwks:"],
        &["token:500"],
    );
    has(
        "eprospera sandbox --fault token:",
        &["token:500", "token:drop-after-commit", "token:expires-in="],
        &["jwks:rotate"],
    );
    has(
        "eprospera sandbox --fault id_token:",
        &["id_token:bad-nonce"],
        &["id_token:500"],
    );
    has("eprospera sandbox --signing ", &["EdDSA"], &[]);
    has(
        "eprospera explain ",
        &["login_required", "capability_wrong"],
        &[],
    );
    has("eprospera me tax summary --subject ", &["personal"], &[]);
    has("eprospera token --format ", &["bare", "header"], &[]);
    has("eprospera completions ", &["bash", "zsh", "fish"], &[]);
}

#[test]
fn rules_of_a_proxy_are_offered() {
    for line in [
        "eprospera serve --allow ",
        "eprospera exec --proxy --allow ",
    ] {
        let rules = [
            "GET /api/v1/me/**",
            "GET /api/v1/me/legal-entities/*/documents",
        ];
        has(line, &rules, &["GET"]);
    }
}

#[test]
fn a_list_of_scopes_grows_and_none_is_offered_twice() {
    let words = ["eprospera", "login", "--scope", "openid pro"];
    let lines = answer_in("fish", &words, &Environment::default());
    assert_eq!(lines[1..], ["openid profile"]);
    let words = ["eprospera", "login", "--scope", "'openid "];
    let lines = answer_in("fish", &words, &Environment::default());
    assert!(!lines.contains(&"openid openid".to_owned()), "{lines:?}");
}

#[test]
fn paths_and_commands_are_left_to_the_shell() {
    let wanted = |line: &str| {
        let words: Vec<_> = line.split(' ').collect();
        answer_in("bash", &words, &Environment::default()).remove(0)
    };
    for line in [
        "eprospera --ca-file ",
        "eprospera --ca-file=x",
        "eprospera api --input ",
        "eprospera session export ",
        "eprospera session import --replace ",
        "eprospera session rekey --generate ",
        "eprospera sandbox --data ",
    ] {
        assert_eq!(wanted(line), "files", "{line}");
    }
    for line in [
        "eprospera me documents --download ",
        "eprospera me tax download x --download=d",
    ] {
        assert_eq!(wanted(line), "folders", "{line}");
    }
    for (line, at) in [
        ("eprospera exec -- ", 3),
        ("eprospera exec ma", 2),
        ("eprospera exec --min-ttl 5m -- git che", 5),
        ("eprospera --profile sandbox exec git log --on", 4),
        ("eprospera sandbox exec --fault token:500 -- npm ", 6),
        ("FOO=1 eprospera exec -- l", 4),
    ] {
        assert_eq!(wanted(line), format!("command {at}"), "{line}");
    }
    for line in [
        "eprospera ",
        "eprospera --client-id ",
        "eprospera status x",
        "eprospera sandbox exec ",
    ] {
        assert_eq!(wanted(line), "values", "{line}");
    }
}

#[test]
fn where_there_is_nothing_to_offer_nothing_is_said() {
    for line in [
        "eprospera --client-id ",
        "eprospera --issuer ",
        "eprospera nonsense x",
        "eprospera --nonsense=",
        "eprospera introspect x y ",
    ] {
        let offered = offered(line);
        assert!(
            offered.iter().all(|value| value.starts_with('-')),
            "{line}: {offered:?}"
        );
    }
}

#[test]
fn a_question_that_cannot_be_understood_gets_no_answer() {
    for question in [
        &["bash"][..],
        &["nushell", "1", "--", "eprospera", ""],
        &["bash", "x", "--"],
        &["bash", "1"],
        &[],
    ] {
        let arguments: Vec<_> = ["eprospera", WORD]
            .iter()
            .chain(question)
            .map(OsString::from)
            .collect();
        assert_eq!(
            answer(&arguments, &Environment::default()).as_deref(),
            Some(""),
            "{question:?}"
        );
    }
    let ordinary: Vec<_> = ["eprospera", "status"].map(OsString::from).into();
    assert_eq!(answer(&ordinary, &Environment::default()), None);
    let far = ["eprospera", WORD, "bash", "4000000000", "--", "eprospera"].map(OsString::from);
    assert_eq!(answer(&far, &Environment::default()).as_deref(), Some(""));
}

#[test]
fn a_configuration_that_cannot_be_read_leaves_the_built_in_profiles() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap().to_owned();
    let table = [
        (env::CONFIG_DIR, path.as_str()),
        (env::STATE_DIR, &path),
        (env::CACHE_DIR, &path),
    ];
    let environment = Environment::from_table(&table);
    let profiles = |text: &str| {
        crate::private_file::replace(&folder.path().join("config.toml"), text.as_bytes()).unwrap();
        answer_in("zsh", &["eprospera", "--profile", ""], &environment)
    };
    assert!(profiles("[profiles.work]\nclient_id = 'x'\n").contains(&"work".to_owned()));
    let broken = profiles("= broken");
    assert!(broken.contains(&"sandbox".to_owned()) && !broken.contains(&"work".to_owned()));
}

/// Values that are a person's own: nothing could be offered.
const FREE: &[&str] = &[
    "issuer",
    "client_id",
    "redirect_uris",
    "jq",
    "fields",
    "request_timeout",
    "retries",
    "browser",
    "timeout",
    "login_hint",
    "max_age",
    "min_ttl",
    "token",
    "nonce",
    "audience",
    "id",
    "year",
    "limit",
    "cursor",
    "history_years",
    "raw_fields",
    "typed_fields",
    "headers",
    "port",
    "access_ttl",
    "refresh_ttl",
    "code_ttl",
    "device_ttl",
    "device_interval",
    "id_token_ttl",
    "clients",
    "latency",
    // It depends on the key.
    "value",
    // Pending logins are sealed in the store, whose key may have to be asked for.
    "finish",
    "listen",
    "seed",
    "jobs",
    "client",
];

#[test]
fn every_argument_with_a_value_has_candidates_a_kind_of_path_or_a_reason_for_neither() {
    fn look(command: &Command, lacking: &mut Vec<String>) {
        for argument in command.get_arguments() {
            if !matches!(argument.get_action(), ArgAction::Set | ArgAction::Append)
                || has_values(argument)
            {
                continue;
            }
            let id = argument.get_id().as_str();
            if !FREE.contains(&id) {
                lacking.push(format!("{} {id}", command.get_name()));
            }
        }
        for command in command
            .get_subcommands()
            .filter(|command| command.get_name() != "help")
        {
            look(command, lacking);
        }
    }
    fn has_values(argument: &Arg) -> bool {
        argument.get::<ArgValueCandidates>().is_some()
            || argument.get::<ArgValueCompleter>().is_some()
            || !argument.get_possible_values().is_empty()
            || argument.get_value_hint() != ValueHint::Unknown
    }
    let mut lacking = Vec::new();
    let environment = Arc::new(Environment::default());
    look(
        &candidates::added(Cli::command(), &[], &environment),
        &mut lacking,
    );
    assert!(
        lacking.is_empty(),
        "completion/candidates.rs should say which values there are, or `FREE` here that there are none: {lacking:?}"
    );
}
