//! Which command a command line is about, as far as it can be told without parsing it whole.

use std::ffi::OsString;

use clap::{Arg, Command, CommandFactory as _};

use super::Cli;

/// The names of the command and its subcommands in the arguments of the program, without the program.
pub fn command_path(arguments: &[OsString]) -> Vec<String> {
    let root = built();
    let mut command = &root;
    let mut path = Vec::new();
    let mut words = arguments.iter().skip(1).map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        if word == "--" {
            break;
        }
        if word.starts_with('-') {
            if takes_next_word(command, &word) {
                words.next();
            }
        } else if let Some(sub) = command.find_subcommand(word.as_ref()) {
            path.push(sub.get_name().to_owned());
            command = sub;
        } else {
            break;
        }
    }
    path
}

/// The whole command line, with the options of every command in each of them.
pub fn built() -> Command {
    let mut root = Cli::command();
    root.build();
    root
}

/// A command as a person types it.
pub fn command_line(path: &[impl AsRef<str>], rest: &[&str]) -> String {
    let path = path.iter().map(AsRef::as_ref);
    let words = ["eprospera"].into_iter().chain(path);
    let words: Vec<_> = words.chain(rest.iter().copied()).collect();
    words.join(" ")
}

/// Whether an option has its value in the next word.
pub fn takes_next_word(command: &Command, word: &str) -> bool {
    option(command, word)
        .is_some_and(|option| option.get_action().takes_values() && !option.is_require_equals_set())
}

/// Whether a command has an option, which may be written with its value after `=`.
pub fn is_option_of(command: &Command, word: &str) -> bool {
    let name = word.split('=').next().unwrap_or(word);
    option(command, name).is_some()
}

fn option<'a>(command: &'a Command, word: &str) -> Option<&'a Arg> {
    let is_it = |option: &&Arg| match word.strip_prefix("--") {
        Some(long) => option.get_long() == Some(long),
        None => option
            .get_short()
            .is_some_and(|short| word == format!("-{short}")),
    };
    command.get_arguments().find(is_it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_of_an_option_is_not_taken_for_a_command() {
        for (line, path) in [
            ("eprospera", ""),
            ("eprospera login --bogus", "login"),
            ("eprospera --profile me token --bogus", "token"),
            ("eprospera --profile=x me -q tax filngs", "me tax"),
            ("eprospera me profile --bogus", "me natural-person"),
            ("eprospera exec -- login", "exec"),
            ("eprospera logni token", ""),
        ] {
            let arguments: Vec<_> = line.split(' ').map(OsString::from).collect();
            assert_eq!(command_path(&arguments).join(" "), path, "{line}");
        }
    }
}
