//! `schema`: the whole command line as one JSON document.

use crate::cli::{SchemaArgs, command_line, documented};
use crate::context::Context;
use crate::error::Error;
use crate::nearest::nearest;
use crate::schema;

/// There is no page for people: `help` is one.
pub(super) fn run(args: &SchemaArgs, context: &Context) -> Result<(), Error> {
    // `schema "me tax"` means the same as `schema me tax`, and so does a path with the program.
    let words = args.words.iter().flat_map(|word| word.split_whitespace());
    let words: Vec<_> = words.collect();
    let words = words.strip_prefix(&["eprospera"]).unwrap_or(&words);
    let document = schema::document(words).map_err(|index| unknown(words, index))?;
    context
        .output
        .document(format!("{document:#}\n").as_bytes())
}

/// A word that names no command.
fn unknown(words: &[&str], index: usize) -> Error {
    let (above, word) = (&words[..index], words[index]);
    let root = documented(true);
    let command = above
        .iter()
        .try_fold(&root, |command, name| command.find_subcommand(name));
    let commands = command.into_iter().flat_map(clap::Command::get_subcommands);
    let names = commands
        .filter(|sub| !sub.is_hide_set())
        .map(clap::Command::get_name);
    let error = match above {
        [] => Error::usage(format!("unknown command `{word}`")),
        _ => Error::usage(format!(
            "`{}` has no command `{word}`",
            command_line(above, &[])
        )),
    };
    let error = match nearest(word, names) {
        Some(near) => {
            let words: Vec<_> = ["schema"].iter().chain(above).copied().collect();
            error.hint(format!("did you mean `{}`?", command_line(&words, &[near])))
        }
        None => error,
    };
    error.hint("run `eprospera schema --jq '.commands[].name'` to list all commands")
}
