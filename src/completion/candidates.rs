//! The values that there are for each argument: profiles, keys, stores, scopes, personas, faults, codes, routes.
//!
//! Read when they are needed, from the same tables as the rest of the program. What cannot be read is left out.

#[cfg(feature = "sandbox")]
mod of_sandbox;
mod values;

use std::ffi::OsStr;
use std::sync::Arc;

use clap::Command;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use crate::config::{self, Config};
use crate::environment::Environment;
use crate::folders::Folders;
use crate::provider::Scope;
use crate::store::StoreKind;
use crate::{explain, help, portal, provider, settings};

use values::{Values, listed, names, typed};

const HELP: &str = "help";

/// The methods of HTTP that a portal's route may take.
const METHODS: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/// What OpenID Connect Core §3.1.2.1 has for `prompt`.
const PROMPTS: [&str; 4] = ["login", "consent", "select_account", "none"];

/// The definitions of the command line, with the values of its arguments.
pub(super) fn added(root: Command, words: &[String], environment: &Arc<Environment>) -> Command {
    let key = key_before(words);
    let mut root = root;
    for command in [HELP, "schema"] {
        let pages = pages(&root, command, words);
        root = root.mut_subcommand(command, |sub| {
            sub.mut_arg("words", |argument| {
                argument.add(ArgValueCandidates::new(move || names(&pages)))
            })
        });
    }
    with_values(root, key.as_deref(), environment)
}

/// What can follow `help` or `schema` and the words behind it: commands, and topics of the help in the first place.
fn pages(root: &Command, after: &str, words: &[String]) -> Vec<String> {
    let behind = words.iter().skip_while(|word| *word != after).skip(1);
    let behind: Vec<_> = behind.filter(|word| !word.starts_with('-')).collect();
    // The last is being typed.
    let path = behind.split_last().map_or(&[][..], |(_, path)| path);
    let mut command = root;
    for word in path {
        match command.find_subcommand(word) {
            Some(found) => command = found,
            None => return Vec::new(),
        }
    }
    let commands = command
        .get_subcommands()
        .filter(|command| !command.is_hide_set());
    let topics = help::TOPICS.iter().map(|topic| topic.name.to_owned());
    let topics = topics.filter(|_| after == HELP && path.is_empty());
    let commands = commands.map(|command| command.get_name().to_owned());
    commands.chain(topics).collect()
}

fn with_values(command: Command, key: Option<&str>, environment: &Arc<Environment>) -> Command {
    let name = command.get_name().to_owned();
    command
        .mut_args(
            |argument| match values_of(&name, argument.get_id().as_str(), key, environment) {
                Some(Values::Listed(values)) => argument.add(values),
                Some(Values::Typed(values)) => argument.add(values),
                None => argument,
            },
        )
        .mut_subcommands(|command| with_values(command, key, environment))
}

/// The values of an argument, by the name of its command and its own.
fn values_of(
    command: &str,
    argument: &str,
    key: Option<&str>,
    environment: &Arc<Environment>,
) -> Option<Values> {
    let environment = Arc::clone(environment);
    Some(match (command, argument) {
        (_, "profile") | ("show" | "use", "name") => listed(move || profiles(&environment)),
        ("remove", "name") => listed(move || names(configured(&environment))),
        ("set" | "unset", "key") => listed(|| {
            let mut keys = names(config::KEYS);
            keys.push(CompletionCandidate::new("client-secret"));
            keys
        }),
        ("set", "value") => match key? {
            "provider" => listed(|| names(provider::ALL.map(|provider| provider.name))),
            "store" => listed(stores),
            "token_auth" => {
                listed(|| names(settings::TokenAuth::ALL.map(settings::TokenAuth::name)))
            }
            "scopes" => typed(scopes_in),
            _ => return None,
        },
        (_, "store") => listed(stores),
        ("login" | "refresh", "scope") => typed(scopes_in),
        (_, "add_scope" | "add_scopes") => typed(short_scopes),
        (_, "prompt") => listed(|| names(PROMPTS)),
        ("explain", "code") => listed(codes),
        (_, "subject") => listed(|| vec![CompletionCandidate::new("personal")]),
        (_, "allow") => listed(rules),
        ("api", "method") => listed(|| names(METHODS)),
        ("api", "request") => listed(|| {
            let mut values = routes();
            values.extend(names(METHODS));
            values
        }),
        #[cfg(feature = "sandbox")]
        _ => return of_sandbox::values(command, argument),
        #[cfg(not(feature = "sandbox"))]
        _ => return None,
    })
}

/// The key of `profile set KEY`, when its value is completed.
fn key_before(words: &[String]) -> Option<String> {
    let set = words.iter().position(|word| word == "set")?;
    words.get(set + 1).cloned()
}

/// The profiles of the configuration file, in its order. None if the file cannot be used.
fn configured(environment: &Environment) -> Vec<String> {
    let file = Folders::find(environment).config_file().ok();
    let config = file.and_then(|file| Config::load(&file).ok());
    config.map(|config| config.names()).unwrap_or_default()
}

fn profiles(environment: &Environment) -> Vec<CompletionCandidate> {
    let mut all = configured(environment);
    let built_in = provider::ALL
        .into_iter()
        .flat_map(|provider| provider.profiles);
    let built_in = built_in.map(|profile| profile.name);
    for name in [config::DEFAULT_PROFILE].into_iter().chain(built_in) {
        if !all.iter().any(|known| known == name) {
            all.push(name.to_owned());
        }
    }
    names(all)
}

fn stores() -> Vec<CompletionCandidate> {
    let mut stores = names(StoreKind::ALL.map(|kind| kind.to_string()));
    stores.push(CompletionCandidate::new("command:").help(Some("A helper program".into())));
    stores
}

fn documented_scopes() -> impl Iterator<Item = &'static Scope> {
    let mut seen = Vec::new();
    let scopes = provider::ALL
        .into_iter()
        .flat_map(|provider| provider.scopes);
    scopes.filter(move |scope| {
        let is_new = !seen.contains(&scope.name);
        seen.push(scope.name);
        is_new
    })
}

/// Scopes of a list that is separated by blanks: the last is completed, those before it are not offered again.
fn scopes_in(word: &OsStr) -> Vec<CompletionCandidate> {
    let word = word.to_string_lossy();
    let (before, last) = word.rsplit_once(' ').unwrap_or(("", &*word));
    let prefix = if before.is_empty() {
        String::new()
    } else {
        format!("{before} ")
    };
    documented_scopes()
        .filter(|scope| {
            scope.name.starts_with(last) && !before.split(' ').any(|given| given == scope.name)
        })
        .map(|scope| described(format!("{prefix}{}", scope.name), scope.opens))
        .collect()
}

/// One scope, by its short name until the long one is begun.
fn short_scopes(word: &OsStr) -> Vec<CompletionCandidate> {
    let word = word.to_string_lossy();
    let is_long = |scope: &Scope| {
        let start = scope.name.strip_suffix(scope.short()).unwrap_or_default();
        !word.is_empty() && (word.starts_with(start) || start.starts_with(&*word))
    };
    documented_scopes()
        .map(|scope| match scope.short() {
            short if !is_long(scope) || short == scope.name => (short, scope.opens),
            _ => (scope.name, scope.opens),
        })
        .filter(|(name, _)| name.starts_with(&*word))
        .map(|(name, opens)| described(name.to_owned(), opens))
        .collect()
}

fn described(value: String, description: &'static str) -> CompletionCandidate {
    CompletionCandidate::new(value).help(Some(description.into()))
}

fn codes() -> Vec<CompletionCandidate> {
    let pages = explain::all();
    pages
        .map(|page| described(page.code.to_owned(), page.title))
        .collect()
}

fn routes() -> Vec<CompletionCandidate> {
    let routes = portal::route::ALL
        .into_iter()
        .filter(|route| !route.path.contains("{}"));
    routes
        .map(|route| described(route.path.to_owned(), route.name))
        .collect()
}

/// A rule for each route that a proxy passes, the widest first.
fn rules() -> Vec<CompletionCandidate> {
    let everything = ("GET /api/v1/me/**".to_owned(), "everything about you");
    let routes = portal::route::OF_ME.map(|(_, route)| {
        let path = route.path.replace("{}", "*");
        (format!("GET {path}"), route.name)
    });
    let rules = [everything].into_iter().chain(routes);
    rules.map(|(rule, opens)| described(rule, opens)).collect()
}
