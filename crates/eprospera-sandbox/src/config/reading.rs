//! Reads a configuration file (docs/sandbox-config.schema.json), and finds as many mistakes at once
//! as it can.

use std::collections::HashSet;
use std::fmt;

use crate::config::Config;
use crate::model::client::Client;
use crate::people::persona_file::{PeopleError, place, toml_begin, unique};
use crate::people::toml_file::from_toml;
use crate::people::wording::Wrong;

/// More mistakes than this are not listed.
const MAX_PROBLEMS: usize = 20;

/// What is wrong in a configuration file, in the order of its lines.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// Each with its place; at least one.
    pub problems: Vec<PeopleError>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems: Vec<_> = self.problems.iter().map(ToString::to_string).collect();
        formatter.write_str(&problems.join("\n"))
    }
}

impl Config {
    /// Reads a file in TOML. Refuses settings that are unknown, of another form, or given twice.
    pub fn read(name: &str, text: &str) -> Result<Self, ConfigError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let read = all(text).and_then(|config| checked(config, text));
        read.map_err(|mut wrong| {
            wrong.sort_by_key(|Wrong(offset, _)| *offset);
            let located = |Wrong(offset, message): Wrong| {
                let (line, column) = place(text, offset);
                let name = name.to_owned();
                PeopleError {
                    name,
                    line,
                    column,
                    message,
                }
            };
            ConfigError {
                problems: wrong.into_iter().map(located).collect(),
            }
        })
    }
}

/// Reads a text. The reader stops at the first mistake; so the line of the mistake is taken out, and
/// it starts again.
fn all(text: &str) -> Result<Config, Vec<Wrong>> {
    let mut left = text.to_owned();
    let mut wrong = Vec::new();
    loop {
        let Wrong(at, message) = match from_toml::<Config>(&left) {
            Ok(config) if wrong.is_empty() => return Ok(config),
            Ok(_) => return Err(wrong),
            Err(problem) => problem,
        };
        let is_grammar = toml_edit::Document::parse(left.as_str()).is_err();
        // Taking a line out can make another mistake, which is not the person's.
        let is_made = is_grammar || message.starts_with("missing field");
        if is_made && !wrong.is_empty() {
            return Err(wrong);
        }
        wrong.push(Wrong(at, message));
        if is_grammar || wrong.len() == MAX_PROBLEMS || !take_out(&mut left, at) {
            return Err(wrong);
        }
    }
}

/// Blanks the line of a byte, with all below it where it begins a table; places stay as they are.
/// Says whether there was anything.
fn take_out(text: &mut String, at: usize) -> bool {
    let start = text.get(..at).and_then(|before| before.rfind('\n'));
    let start = start.map_or(0, |newline| newline + 1);
    let Some(rest) = text.get(start..) else {
        return false;
    };
    let is_table = |line: &str| line.trim_start().starts_with('[');
    let mut lines = rest.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let mut end = start + first.len();
    if is_table(first) {
        let body = lines.take_while(|line| !is_table(line));
        end += body.map(str::len).sum::<usize>();
    }
    let blank: String = text[start..end]
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect();
    if blank == text[start..end] {
        return false;
    }
    text.replace_range(start..end, &blank);
    true
}

/// What one setting alone cannot show.
fn checked(mut config: Config, text: &str) -> Result<Config, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let mut ids = HashSet::new();
    for (index, shape) in std::mem::take(&mut config.client_shapes)
        .into_iter()
        .enumerate()
    {
        let client = Client::from(shape);
        let at = || toml_begin(text, "clients", index).unwrap_or_default();
        if !ids.insert(client.id.clone()) {
            let twice = format!("the client id `{}` is used twice", client.id);
            wrong.push(Wrong(at(), twice));
        }
        if let Some(problem) = client.unusable() {
            wrong.push(Wrong(at(), format!("client `{}`: {problem}", client.id)));
        }
        config.clients.push(client);
    }
    let people = std::mem::take(&mut config.person_shapes);
    if !people.is_empty() {
        match unique(people, text, false) {
            Ok(personas) => config.personas = personas,
            Err(problem) => wrong.push(problem),
        }
    }
    if let Ok(document) = toml_edit::Document::parse(text) {
        for (name, _) in document.iter() {
            let span = document.key(name).and_then(toml_edit::Key::span);
            let at = span.map_or(0, |span| span.start);
            config.places.insert(name.to_owned(), place(text, at));
        }
    }
    if wrong.is_empty() {
        Ok(config)
    } else {
        Err(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let error = Config::read("s.toml", text).err();
        let problems = error.map(|error| error.problems).unwrap_or_default();
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn all_mistakes_of_a_file_are_told_with_their_places() {
        let text = "acess_ttl = \"30s\"\nport = \"x\"\nfaults = [\n  \"token:500\",\n  \"tokn:500\",\n]\n\
                    [[clients]]\nid = \"a\"\nredirect_uri = []\n[[client]]\nid = \"b\"\n\
                    [[personas]]\nid = \"ines\"\nname = 5\n";
        let said = problems(text);
        let expected = [
            "s.toml:1:1: unknown field `acess_ttl`; did you mean `access_ttl`?",
            "s.toml:2:8: `port` must be a number from 0 to 65535, not \"x\"",
            "s.toml:5:3: fault `tokn:500`: there is no endpoint `tokn`; use one of ",
            "s.toml:9:1: unknown field `redirect_uri`; did you mean `redirect_uris`?",
            "s.toml:10:3: unknown field `client`; did you mean `clients`?",
            "s.toml:14:8: `name` must be a string that is not empty, not `5`",
        ];
        assert_eq!(said.len(), expected.len(), "{said:#?}");
        for (said, expected) in said.iter().zip(expected) {
            assert!(said.starts_with(expected), "{said}");
        }
        assert!(said[2].ends_with("did you mean `token`?"), "{}", said[2]);
    }

    /// One mistake each, and how its message begins.
    fn are_told(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let said = problems(text);
            let expected = format!("s.toml:{expected}");
            assert_eq!(said.len(), 1, "{text}: {said:#?}");
            assert!(said[0].starts_with(&expected), "{text}: {said:#?}");
        }
    }

    #[test]
    fn each_form_of_a_value_is_checked_where_it_is_and_in_words() {
        let duration = "must be a duration, such as `\"30s\"`, `\"5m\"` or `\"1h\"`, not";
        are_told(&[
            (
                "access_ttl = \"soon\"",
                &format!("1:14: `access_ttl` {duration} \"soon\""),
            ),
            ("latency = -1", &format!("1:11: `latency` {duration} `-1`")),
            (
                "latency = 1.5",
                &format!("1:11: `latency` {duration} `1.5`"),
            ),
            (
                "code_ttl = true",
                &format!("1:12: `code_ttl` {duration} `true`"),
            ),
            (
                "device_ttl = 2026-01-02",
                &format!("1:14: `device_ttl` {duration} a date without quotes"),
            ),
            ("signing = \"HS256\"", "1:11: `HS256` is not a signing"),
            (
                "signing = 256",
                "1:11: `signing` must be a string, not `256`",
            ),
            (
                "missing_scope_status = 404",
                "1:24: `missing_scope_status` must be 401 or 403, not `404`",
            ),
            (
                "missing_scope_status = \"403\"",
                "1:24: `missing_scope_status` must be 401 or 403, not \"403\"",
            ),
        ]);
    }

    #[test]
    fn each_type_of_a_setting_is_named_in_words() {
        are_told(&[
            (
                "auto_approve = 1",
                "1:16: `auto_approve` must be `true`, `false` or the id of a persona in quotes, not `1`",
            ),
            (
                "iss = \"yes\"",
                "1:7: `iss` must be `true` or `false`, not \"yes\"",
            ),
            ("data = [1]", "1:8: `data` must be a string, not a list"),
            (
                "ready_file = 7",
                "1:14: `ready_file` must be a string, not `7`",
            ),
            (
                "signing_key = { pem = \"x\" }",
                "1:15: `signing_key` must be a string, not a table",
            ),
            (
                "log = \"xml\"",
                "1:7: `log` must be one of `text`, `json`, `none`, not `xml`",
            ),
            ("log = 1", "1:7: `log` must be a string"),
            (
                "discovery = \"shrt\"",
                "1:13: `discovery` must be `full` or `short`, not `shrt`; did you mean `short`?",
            ),
            (
                "port = 70000",
                "1:8: `port` must be a number from 0 to 65535, not `70000`",
            ),
            (
                "port = 1.5",
                "1:8: `port` must be a number from 0 to 65535, not `1.5`",
            ),
            (
                "port = [1]",
                "1:8: `port` must be a number from 0 to 65535, not a list",
            ),
            (
                "faults = \"me:500\"",
                "1:10: `faults` must be a list, not \"me:500\"",
            ),
            (
                "faults = [\n1]",
                "2:1: each entry of `faults` must be a string, not `1`",
            ),
            ("clients = 1", "1:11: `clients` must be a list, not `1`"),
            (
                "clients = [1]",
                "1:12: each entry of `clients` must be a table, not `1`",
            ),
            (
                "personas = true",
                "1:12: `personas` must be a list, not `true`",
            ),
            ("port = 1\nport = 2", "2:1: duplicate key"),
        ]);
    }

    #[test]
    fn what_only_toml_has_is_named_in_words() {
        are_told(&[
            ("log = 0x1F", "1:7: `log` must be a string"),
            (
                "log = 2026-01-02",
                "1:7: a date or such a number does not belong here",
            ),
            ("clients = 2026-01-02", "1:11: `clients` must be a list"),
            (
                "[[clients]]\nid = -inf",
                "2:6: `id` must be a string, not `inf`",
            ),
            (
                "port = nan",
                "1:8: `port` must be a number from 0 to 65535, not `nan`",
            ),
        ]);
    }

    #[test]
    fn grammar_is_explained_in_words() {
        let quoted = "expected a number, `true`, `false`, or a string in quotes";
        are_told(&[
            ("port = ", &format!("1:8: {quoted}")),
            ("log = text", &format!("1:7: {quoted}")),
            ("log = json", &format!("1:7: {quoted}")),
            ("log = { text = 1 }", "1:16: `log` must be a string"),
            (
                "auto_approve = \"x",
                "1:18: the string does not end with `\"`",
            ),
            ("port = 08", "1:8: unexpected leading zero"),
            (
                "port = 99999999999999999999",
                "1:8: the number is too large",
            ),
            (
                "[clients]\nid = \"a\"",
                "1:1: `clients` must be a list: write `[[clients]]`, not `[clients]`",
            ),
            ("port", "1:5: key with no value, expected `=`"),
        ]);
    }

    #[test]
    fn clients_and_people_are_checked_where_they_are() {
        let client = "[[clients]]\nid = \"a\"\n";
        let with = |line: &str| format!("{client}{line}");
        let person = "[[personas]]\nid = \"a\"\nname = \"A\"\n";
        are_told(&[
            ("[[clients]]\nsecret = \"x\"", "1:1: missing field `id`"),
            ("[[clients]]\nid = \"ä\"", "2:6: a client id is"),
            (
                &with("redirect_uris = [\"http://x/\", \"x\"]"),
                "3:31: the redirect URI `x`",
            ),
            (
                &with("grants = [\"refresh\"]"),
                "3:11: there is no grant `refresh`; use authorization_code, ",
            ),
            (
                &with("grants = [\"authorization_code\"]"),
                "1:1: client `a`: ",
            ),
            (
                &with("scopes = [\"emial\"]"),
                "3:11: the portal does not know the scope `emial`; did you mean `email`?",
            ),
            (&with("name = 1"), "3:8: `name` must be a string, not `1`"),
            (
                &with("grants = \"refresh_token\""),
                "3:10: `grants` must be a list, not \"refresh_token\"",
            ),
            (
                &with("scopes = [1]"),
                "3:11: each entry of `scopes` must be a string, not `1`",
            ),
            (
                &with("redirect_uris = [{}]"),
                "3:18: each entry of `redirect_uris` must be a string, not a table",
            ),
            ("[[clients]]\nid = 1", "2:6: `id` must be a string, not `1`"),
            (&with(client), "3:1: the client id `a` is used twice"),
            (
                &format!("{person}{person}"),
                "4:1: the id `a` is used twice",
            ),
        ]);
    }

    #[test]
    fn no_mistake_shows_a_secret() {
        for secret in [
            "12345678",
            "1.5e3",
            "true",
            "[\"canary\"]",
            "{ canary = 1 }",
            "canary",
            "\"canary",
        ] {
            let said = problems(&format!("[[clients]]\nid = \"a\"\nsecret = {secret}\n"));
            assert_eq!(said.len(), 1, "{secret}");
            let shown =
                said[0].contains("canary") || said[0].contains("1234") || said[0].contains("1500");
            assert!(!shown || secret.starts_with('{'), "{said:?}");
        }
        assert!(problems("[[clients]]\nid = \"a\"\nsecret = \"\"")[0].contains("is empty"));
    }

    #[test]
    fn a_client_gets_what_the_file_says_and_a_flag_wins() {
        let text = "port = 1\naccess_ttl = 90\nlatency = \"1s\"\nauto_approve = true\nfaults = [\"me:500\"]\n\
                    [[clients]]\nid = \"a\"\nsecret = \"s\"\nname = \"App\"\n\
                    redirect_uris = [\"http://127.0.0.1:1/cb\"]\ngrants = [\"refresh_token\"]\nscopes = [\"openid\"]\n\
                    [[clients]]\nid = \"sandbox-web\"\n";
        let file = Config::read("s.toml", text).unwrap();
        assert_eq!(file.place("latency"), Some((3, 1)));
        let flags = Config {
            port: Some(2),
            faults: vec!["token:500".parse().unwrap()],
            ..Config::default()
        };
        let options = file.overridden_by(flags).options();
        assert_eq!((options.port, options.access_ttl.as_secs()), (2, 90));
        assert_eq!(options.auto_approve.as_deref(), Some(""));
        let rules: Vec<_> = options.faults.iter().map(ToString::to_string).collect();
        assert_eq!(rules, ["token:500", "me:500"]);
        let ids: Vec<_> = options.clients.iter().map(|client| &*client.id).collect();
        assert_eq!(ids, ["sandbox-cli", "eprospera-cli", "a", "sandbox-web"]);
        let own = &options.clients[2];
        assert_eq!(
            (own.name.as_str(), own.secret.as_deref()),
            ("App", Some("s"))
        );
        assert_eq!((own.grants.len(), own.scopes.len()), (1, 1));
        assert!(options.clients[3].is_public());
    }
}
