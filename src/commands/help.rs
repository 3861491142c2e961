//! `help`: the page of a command or of a topic.

use crate::cli::{HelpArgs, command_line, documented, page_of};
use crate::context::Context;
use crate::error::Error;
use crate::help::{self, Machine, TOPICS, Topic};
use crate::nearest::nearest;
use crate::output::Page;

pub(super) fn run(args: &HelpArgs, context: &Context) -> Result<(), Error> {
    let words: Vec<_> = args.words.iter().map(|word| word.trim()).collect();
    if let [word] = words[..]
        && let Some(topic) = help::find(word)
    {
        return show(topic, context);
    }
    let page = page_of(&words).map_err(|index| unknown(&words, index))?;
    context.output.data(&page)?;
    if words.is_empty() {
        context.output.article(&list)?;
    }
    Ok(())
}

fn show(topic: &Topic, context: &Context) -> Result<(), Error> {
    let machine = Machine {
        environment: &context.environment,
    };
    context
        .output
        .article(&|page: &mut Page| (topic.describe)(page, &machine))
}

fn list(page: &mut Page) {
    page.gap();
    page.heading("Help topics:");
    let rows = TOPICS
        .iter()
        .map(|topic| (format!("  {}", topic.name), Some(topic.about.to_owned())));
    page.fields(&rows.collect::<Vec<_>>());
}

/// A word that names neither a command nor a topic.
fn unknown(words: &[&str], index: usize) -> Error {
    let (above, word) = (&words[..index], words[index]);
    if let ([], Some(extra)) = (above, words.get(1))
        && help::find(word).is_some()
    {
        return Error::usage(format!("unexpected `{extra}` after the topic `{word}`"))
            .hint(format!("run `eprospera help {word}`"));
    }
    let root = documented(true);
    let command = above
        .iter()
        .try_fold(&root, |command, name| command.find_subcommand(name));
    let commands = command.into_iter().flat_map(clap::Command::get_subcommands);
    let commands = commands
        .filter(|sub| !sub.is_hide_set())
        .map(clap::Command::get_name);
    let topics = TOPICS
        .iter()
        .map(|topic| topic.name)
        .filter(|_| above.is_empty());
    let error = match above {
        [] if word.is_empty() => Error::usage("the name of the command or topic is empty"),
        [] => Error::usage(format!("unknown command or topic `{word}`")),
        _ => Error::usage(format!(
            "`{}` has no command `{word}`",
            command_line(above, &[])
        )),
    };
    let error = match nearest(word, commands.chain(topics)) {
        Some(near) => {
            let words: Vec<_> = ["help"].iter().chain(above).copied().collect();
            error.hint(format!("did you mean `{}`?", command_line(&words, &[near])))
        }
        None => error,
    };
    error.hint("run `eprospera help` to list commands and topics")
}
