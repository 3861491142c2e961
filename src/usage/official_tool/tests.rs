//! Every command and option of the official tool, with what becomes of it.

use std::ffi::OsString;

use clap::Parser as _;

use super::table::{Answer, COMMANDS, GROUPS};
use super::{Translation, translation};
use crate::cli::{Cli, built};
use crate::files::quoted;

fn arguments(line: &str) -> Vec<OsString> {
    let words = shlex::split(line).unwrap().into_iter();
    [OsString::from("eprospera")]
        .into_iter()
        .chain(words.map(OsString::from))
        .collect()
}

/// The line in the words of this program.
fn works(line: &str) -> String {
    let arguments = arguments(line);
    assert!(Cli::try_parse_from(&arguments).is_err(), "{line}");
    match translation(&arguments) {
        Some(Translation::Works(line)) => {
            Cli::try_parse_from(&line).unwrap_or_else(|error| panic!("{line:?}: {error}"));
            let words: Vec<_> = line
                .iter()
                .skip(1)
                .map(|word| word.to_string_lossy())
                .collect();
            words.join(" ")
        }
        other => panic!("{line}: {other:?}"),
    }
}

/// What is said: the message, and the hint.
fn instead(line: &str) -> (String, String) {
    let arguments = arguments(line);
    assert!(Cli::try_parse_from(&arguments).is_err(), "{line}");
    match translation(&arguments) {
        Some(Translation::Instead(error)) => {
            assert_eq!(error.kind().code(), 2);
            let hints = error.hints();
            assert_eq!(hints.len(), 1, "{line}: {hints:?}");
            assert!(!hints[0].contains('\n'));
            (error.message(), hints[0].clone())
        }
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn what_works_the_same_way_is_run_with_the_options_that_were_typed() {
    for (line, own) in [
        ("tax status", "me tax summary"),
        (
            "--json --yes tax status --subject personal",
            "me tax summary --json --subject personal",
        ),
        (
            "tax list --type vat --year 2025 --limit 5 --cursor=x",
            "me tax filings --type vat --year 2025 --limit 5 --cursor=x",
        ),
        ("tax get 0f3d7c1e", "me tax filing 0f3d7c1e"),
        (
            "tax download 0f3d7c1e --document assessment --history-years 2 --yes",
            "me tax download 0f3d7c1e --document assessment --history-years 2 --force",
        ),
        (
            "tax download 0f3d7c1e --document return --output json",
            "me tax download 0f3d7c1e --document return --output json",
        ),
        ("tax filings --year 2025", "me tax filings --year 2025"),
        ("me legal-entities list --raw", "me legal-entities --jq ."),
        (
            "me legal-entities get 0f3d7c1e",
            "me legal-entities 0f3d7c1e",
        ),
        (
            "--profile a me legal-entities documents 0f3d7c1e --fields name",
            "me legal-entities 0f3d7c1e documents --profile a --fields name",
        ),
        (
            "auth login --oauth --no-browser",
            "login --no-browser --device",
        ),
        (
            "auth login --oauth --scopes openid,profile -y",
            "login --replace --device --scope openid,profile",
        ),
        ("auth whoami --verify", "whoami"),
        ("--yes auth logout", "auth logout"),
        ("completion bash", "completions bash"),
        ("completion powershell --raw", "completions powershell"),
        ("me profile --raw --json", "me profile --json --jq ."),
        ("me profile --raw --jq .name", "me profile --jq .name"),
        ("me residency --no-auto-json", "me residency --output table"),
        ("me residency --no-auto-json --json", "me residency --json"),
        ("me residency --skip-scope-check", "me residency"),
        ("--yes exec -- cp --yes a", "exec -- cp --yes a"),
        ("--yes exec cp --yes a", "exec cp --yes a"),
    ] {
        assert_eq!(works(line), own, "{line}");
    }
}

/// Lines that do not work, and the one to use.
const INSTEAD: &[(&str, &str)] = &[
    (
        "entity verify 80000000000012",
        "eprospera api POST /api/v1/verify_rpn -f rpn=80000000000012",
    ),
    (
        "entity search 'Acme Holdings' --json",
        "eprospera api POST /api/v1/registries/legal_entities/search -f query='Acme Holdings' --json",
    ),
    (
        "entity search Acme Holdings",
        "eprospera api POST /api/v1/registries/legal_entities/search -f query='Acme Holdings'",
    ),
    (
        "--profile staging entity get ab/../c",
        "eprospera api '/api/v1/legal_entities/ab%2F..%2Fc' --profile staging",
    ),
    ("entity get", "eprospera api /api/v1/legal_entities/ID"),
    (
        "entity documents X --bogus",
        "eprospera api /api/v1/legal_entities/X/documents",
    ),
    (
        "--json --yes entity amendment update A B --file 'my changes.json'",
        "eprospera api PATCH /api/v1/legal_entities/A/amendments/B --input 'my changes.json' --json",
    ),
    (
        "entity amendment pay A B",
        "eprospera api POST /api/v1/legal_entities/A/amendments/B/pay/voucher -f voucherCode=CODE",
    ),
    (
        "entity certificate create A",
        "echo '{}' | eprospera api POST /api/v1/legal_entities/A/certificate_requests --input -",
    ),
    (
        "entity certificate create A --file contest.json",
        "eprospera api POST /api/v1/legal_entities/A/certificate_requests --input contest.json",
    ),
    (
        "registry search Acme",
        "eprospera api POST /api/v1/registries/legal_entities/search -f query=Acme",
    ),
    (
        "--json --dry-run application create --file application.json",
        "eprospera api POST /api/v1/legal_entity_applications --input application.json --json --dry-run",
    ),
    (
        "application list --fields id,statusId --raw",
        "eprospera api /api/v1/legal_entity_applications --fields 'id,statusId' --jq .",
    ),
    (
        "application pay --coupon 'A B' X",
        "eprospera api POST /api/v1/legal_entity_applications/X/pay/voucher -f voucherCode='A B'",
    ),
    (
        r#"application checkout X --redirect-url https://a.example/b --payment-method '{"asset":"BTC","n":{"x":1,"y":[true,"z"]}}'"#,
        "eprospera api POST /api/v1/legal_entity_applications/X/checkout_session -f redirectUrl=https://a.example/b \
             -f 'paymentMethod[asset]=BTC' -F 'paymentMethod[n][x]=1' -F 'paymentMethod[n][y][]=true' \
             -f 'paymentMethod[n][y][]=z'",
    ),
    (
        "application watch X --timeout 30m",
        "eprospera api /api/v1/legal_entity_applications/X --jq .data.statusId",
    ),
    (
        "referral list 'A/B'",
        "eprospera api '/api/v1/referral-codes/A%2FB/referrals'",
    ),
    (
        "visitor-pass create --first-name Ada --last-name Lovelace --date-of-birth 1990-01-01 --email a@b.example \
             --signature 'Ada Lovelace' --consent-to-background-check --referral-source web",
        "eprospera api POST /api/v1/visitor_pass_applications -f firstName=Ada -f lastName=Lovelace \
             -f dateOfBirth=1990-01-01 -f email=a@b.example -f signature='Ada Lovelace' \
             -F consentToBackgroundCheck=true -f referralSource=web",
    ),
    (
        "config get api.baseUrl",
        "eprospera profile show --jq .issuer",
    ),
    (
        "config set api.baseUrl https://a.example",
        "eprospera profile set issuer https://a.example",
    ),
    ("config unset api.baseUrl", "eprospera profile unset issuer"),
    ("config list", "eprospera profile show"),
    (
        "entity",
        "eprospera api POST /api/v1/registries/legal_entities/search -f query=TEXT",
    ),
    (
        "entity serch Acme",
        "eprospera api POST /api/v1/registries/legal_entities/search -f query=TEXT",
    ),
    (
        "tax download 0f3d7c1e --document return --output out/2025.pdf",
        "eprospera me tax download 0f3d7c1e --document return --download out",
    ),
];

#[test]
fn a_line_that_does_not_work_names_the_one_that_does_with_the_arguments_that_were_typed() {
    for (line, own) in INSTEAD {
        let (before, own) = own.split_at(own.find("eprospera ").unwrap());
        // In the quotation marks of the system's shell.
        let words = own.split('\'').enumerate();
        let words = words.map(|(index, words)| match index % 2 {
            0 => words.to_owned(),
            _ => quoted(words),
        });
        let own = [before, &words.collect::<String>()].concat();
        let (_, hint) = instead(line);
        let use_it = hint
            .strip_prefix("use `")
            .unwrap_or_else(|| panic!("{line}: {hint}"));
        assert_eq!(use_it.rsplit_once('`').unwrap().0, own, "{line}");
        // What is suggested is itself right.
        let own = own.strip_prefix("echo '{}' | ").unwrap_or(&own);
        let own = own.strip_prefix("eprospera ").unwrap();
        Cli::try_parse_from(arguments(own)).unwrap_or_else(|error| panic!("{own}: {error}"));
    }
}

#[test]
fn a_key_on_the_command_line_is_refused_and_not_repeated() {
    for line in [
        "--api-key ak-secret entity verify 8",
        "--api-key=ak-secret me profile",
        "me residency --api-key ak-secret --json",
        "--json --api-key sk-secret auth login --standard-key",
        "--api-key ak-secret auth login --agent-key --scopes agent:verify_rpn",
        "--api-key ak-secret",
        "api /api/v1/x --api-key ak-secret",
        "tax status --api-key ak-secret --yes",
    ] {
        let (message, hint) = instead(line);
        assert!(message.contains("`--api-key` is not accepted"), "{message}");
        assert!(hint.contains("EPROSPERA_TOKEN_FILE"), "{hint}");
        assert!(
            !message.contains("secret") && !hint.contains("secret"),
            "{hint}"
        );
    }
    let (_, hint) = instead("--api-key ak-secret entity verify 80000000000012");
    assert!(
        hint.ends_with("use `eprospera api POST /api/v1/verify_rpn -f rpn=80000000000012`"),
        "{hint}"
    );
    let (_, hint) = instead("tax status --api-key ak-secret --yes");
    assert!(hint.ends_with("use `eprospera me tax summary`"), "{hint}");
}

#[test]
fn a_key_is_not_stored_and_a_dry_run_is_only_for_requests() {
    let (message, hint) = instead("auth login --agent-key --scopes agent:verify_rpn");
    assert_eq!(message, "this program does not store API keys");
    assert!(hint.contains("EPROSPERA_TOKEN_FILE"), "{hint}");
    let (message, hint) = instead("me profile --dry-run");
    assert_eq!(message, "only `eprospera api` has `--dry-run`");
    assert!(hint.contains("changes nothing"), "{hint}");
    instead("auth logout --dry-run");
}

#[test]
fn what_is_of_neither_tool_is_left_alone() {
    for line in [
        "weather",
        "logni",
        "status --chek",
        "me legal-entities lst",
        "api",
        "residency",
    ] {
        assert!(translation(&arguments(line)).is_none(), "{line}");
    }
}

#[test]
fn no_command_of_the_official_tool_hides_one_of_this_program() {
    let root = built();
    for group in GROUPS {
        assert!(root.find_subcommand(group).is_none(), "{group}");
    }
    for command in COMMANDS {
        // An argument goes somewhere.
        if let Answer::Api(request) = &command.answer {
            for index in 0..command.arguments.len() {
                let is_used =
                    request.path.contains(&format!("{{{index}}}")) || request.field.is_some();
                assert!(is_used, "{:?}", command.words);
            }
        }
    }
}
