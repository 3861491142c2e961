//! What the definitions of the command line do not say about a command: what it works with, and which routes it asks.
//!
//! One row for each command that can be run. Tests hold the table against the command line, and the exit codes that
//! follow from it against every run of every other test.

use super::uses::Use;
use crate::portal::Route;
use crate::portal::route;

pub(super) struct Facts {
    /// The path of the command, such as `me tax`.
    pub(super) path: &'static str,
    pub(super) uses: &'static [Use],
    /// The routes that it asks, the first by default.
    pub(super) routes: &'static [&'static Route],
    /// The only options with which it uses the network, if that is not always so.
    pub(super) network_with: &'static [&'static str],
    /// The options with which it does not.
    pub(super) no_network_with: &'static [&'static str],
    /// Whether it runs another program and ends with the exit code of that.
    pub(super) runs_command: bool,
    /// What it may ask on a terminal, unless there is `--no-input`.
    pub(super) prompts: &'static [&'static str],
}

/// What a local command works with.
const LOCAL: &[Use] = &[];
const SETTINGS: &[Use] = &[Use::Settings];
const CONFIGURATION: &[Use] = &[Use::Settings, Use::Configuration, Use::Store];
const TRANSFER: &[Use] = &[Use::Settings, Use::Store, Use::Credential, Use::Existing];
/// What a command works with that asks a provider with the session.
const ONLINE: &[Use] = &[
    Use::Settings,
    Use::Store,
    Use::Credential,
    Use::ClientSecret,
    Use::Server,
];

const PASSPHRASE: &str = "the passphrase of an encrypted store, unless a variable has the key";

const BARE: Facts = Facts {
    path: "",
    uses: LOCAL,
    routes: &[],
    network_with: &[],
    no_network_with: &[],
    runs_command: false,
    prompts: &[],
};

const fn local(path: &'static str) -> Facts {
    Facts { path, ..BARE }
}

const fn with(path: &'static str, uses: &'static [Use]) -> Facts {
    Facts { path, uses, ..BARE }
}

const fn stored(path: &'static str, uses: &'static [Use]) -> Facts {
    Facts {
        prompts: &[PASSPHRASE],
        ..with(path, uses)
    }
}

const fn route(path: &'static str, routes: &'static [&'static Route]) -> Facts {
    Facts {
        routes,
        ..stored(path, ONLINE)
    }
}

pub(super) const FACTS: &[Facts] = &[
    Facts {
        prompts: &[
            PASSPHRASE,
            "whether to replace the session of another account",
        ],
        ..with(
            "login",
            &[
                Use::Settings,
                Use::Store,
                Use::Credential,
                Use::ClientSecret,
                Use::Server,
                Use::Browser,
                Use::Existing,
            ],
        )
    },
    stored(
        "logout",
        &[
            Use::Settings,
            Use::Configuration,
            Use::Store,
            Use::Credential,
            Use::ClientSecret,
            Use::BestEffort,
        ],
    ),
    Facts {
        network_with: &["--check"],
        ..stored("status", ONLINE)
    },
    route("whoami", &[&route::USERINFO]),
    stored("token", ONLINE),
    stored("refresh", ONLINE),
    stored("scopes", &[Use::Settings, Use::Store, Use::Credential]),
    stored("decode-id-token", ONLINE),
    route("me natural-person", &[&route::NATURAL_PERSON]),
    route("me residency", &[&route::RESIDENCY]),
    route("me id-verification", &[&route::ID_VERIFICATION]),
    route("me documents", &[&route::PERSONAL_DOCUMENTS]),
    route(
        "me legal-entities",
        &[
            &route::LEGAL_ENTITIES,
            &route::LEGAL_ENTITY,
            &route::ENTITY_DOCUMENTS,
        ],
    ),
    route("me tax summary", &[&route::TAX_SUMMARY]),
    route("me tax filings", &[&route::TAX_FILINGS]),
    route("me tax filing", &[&route::TAX_FILING]),
    route("me tax download", &[&route::TAX_DOCUMENTS]),
    Facts {
        no_network_with: &["--dry-run"],
        ..stored("api", ONLINE)
    },
    stored("introspect", ONLINE),
    Facts {
        runs_command: true,
        ..stored("exec", ONLINE)
    },
    stored("serve", ONLINE),
    stored("session export", TRANSFER),
    stored("session import", TRANSFER),
    stored(
        "session restore",
        &[
            Use::Settings,
            Use::Store,
            Use::Credential,
            Use::Existing,
            Use::Copy,
        ],
    ),
    Facts {
        prompts: &[PASSPHRASE, "the new passphrase"],
        ..with(
            "session rekey",
            &[Use::Settings, Use::Store, Use::NewKey, Use::Copy],
        )
    },
    with("profile list", SETTINGS),
    with("profile show", SETTINGS),
    Facts {
        prompts: &["the client secret"],
        ..with("profile set", CONFIGURATION)
    },
    with("profile unset", CONFIGURATION),
    with("profile use", CONFIGURATION),
    with("profile remove", CONFIGURATION),
    Facts {
        no_network_with: &["--offline", "--sandbox"],
        ..with(
            "doctor",
            &[
                Use::Settings,
                Use::Store,
                Use::Credential,
                Use::ClientSecret,
                Use::Server,
                Use::Browser,
            ],
        )
    },
    local("explain"),
    local("help"),
    local("schema"),
    local("man"),
    local("completions"),
    with("sandbox", &[Use::HeldFile]),
    Facts {
        runs_command: true,
        ..local("sandbox exec")
    },
    Facts {
        runs_command: true,
        ..with("sandbox torture", &[Use::Client])
    },
    local("demo"),
];

/// What is known of a command; nothing of one that only groups others.
pub(super) fn facts(path: &str) -> Option<&'static Facts> {
    FACTS.iter().find(|facts| facts.path == path)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::{Command, CommandFactory as _};

    use super::*;
    use crate::cli::Cli;
    use crate::portal::route::OF_ME;

    /// The paths of the commands that can be run.
    fn runnable(command: &Command, above: &str, found: &mut BTreeSet<String>) {
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            let path = format!("{above}{}", sub.get_name());
            if !sub.is_subcommand_required_set() {
                found.insert(path.clone());
            }
            runnable(sub, &format!("{path} "), found);
        }
    }

    #[test]
    fn every_command_that_can_be_run_has_one_row() {
        let mut commands = BTreeSet::new();
        runnable(&Cli::command(), "", &mut commands);
        let rows: Vec<_> = FACTS.iter().map(|facts| facts.path.to_owned()).collect();
        assert_eq!(rows.iter().cloned().collect::<BTreeSet<_>>(), commands);
        assert_eq!(rows.len(), commands.len(), "a row stands twice");
    }

    #[test]
    fn a_command_about_a_person_asks_the_route_that_other_tables_name_for_it() {
        for (command, route) in OF_ME {
            let is_of = |facts: &&Facts| {
                let path = facts.path.strip_prefix("me ");
                path.is_some_and(|path| command == path || command.starts_with(&format!("{path} ")))
            };
            let facts = FACTS.iter().find(is_of).unwrap();
            assert!(
                facts.routes.iter().any(|one| one.path == route.path),
                "{command}"
            );
        }
    }

    #[test]
    fn options_that_decide_about_the_network_exist() {
        let root = Cli::command();
        for facts in FACTS {
            let words = facts.path.split(' ');
            let command = words.fold(&root, |command, word| {
                command.find_subcommand(word).unwrap()
            });
            for option in facts.network_with.iter().chain(facts.no_network_with) {
                let name = option.strip_prefix("--");
                assert!(
                    command.get_arguments().any(|one| one.get_long() == name),
                    "{option}"
                );
            }
        }
    }
}
