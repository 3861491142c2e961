//! The commands of a shell line, as far as documentation writes them: quotes, pipes, substitutions, redirections.

/// Words that stand before a command.
const BEFORE: [&str; 9] = [
    "!", "if", "while", "then", "do", "time", "sudo", "env", "exec",
];

/// The text of a message with a word in capitals in place of what is filled in.
pub(super) fn placeholders_filled(text: &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((_, after)) => {
                filled.push_str("VALUE");
                rest = after;
            }
            None => rest = after,
        }
    }
    filled + rest
}

/// Every command of a line with its words, those in substitutions and behind `--` included.
pub(super) fn commands_of(line: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut line = line.to_owned();
    // From the inside out.
    while let Some(start) = line.rfind("$(") {
        let Some(length) = line[start..].find(')') else {
            break;
        };
        found.extend(commands_of(&line[start + 2..start + length]));
        line.replace_range(start..=start + length, "VALUE");
    }
    for words in simple_commands(&line) {
        let is_before = |word: &String| {
            let is_assignment = word.split_once('=').is_some_and(|(name, _)| {
                !name.is_empty()
                    && name
                        .chars()
                        .all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
            });
            is_assignment || BEFORE.contains(&word.as_str())
        };
        let words: Vec<_> = words.into_iter().skip_while(is_before).collect();
        if let Some(at) = words.iter().position(|word| word == "--") {
            found.push(words[at + 1..].to_vec());
        }
        // What a quoted script runs.
        for word in words.iter().filter(|word| word.contains("eprospera ")) {
            found.extend(commands_of(word));
        }
        found.push(words);
    }
    found
}

/// Adds a word to the last command, where one has begun.
fn end_word(word: &mut String, is_word: &mut bool, commands: &mut [Vec<String>]) {
    let text = std::mem::take(word);
    if !std::mem::take(is_word) {
        return;
    }
    let bare = text.trim_matches(['[', ']', '…']).trim_end_matches("...");
    // Alternatives are as good as the first of them, where they are no filter of jq.
    let is_filter = bare.contains(' ') || bare.starts_with('.');
    let first = bare.split('|').next().unwrap_or_default();
    let bare = if is_filter { bare } else { first };
    if !bare.is_empty() || text.is_empty() {
        commands.last_mut().unwrap().push(bare.to_owned());
    }
}

/// The words between the operators of a line. What is optional stands without its brackets.
fn simple_commands(line: &str) -> Vec<Vec<String>> {
    let mut commands = vec![Vec::new()];
    let mut word = String::new();
    let mut is_word = false;
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\'' | '"' => {
                is_word = true;
                while let Some(inner) = signs.next_if(|inner| *inner != sign) {
                    word.push(inner);
                }
                signs.next();
            }
            '|' if !word.is_empty() && signs.peek().is_some_and(|next| next.is_alphanumeric()) => {
                word.push(sign);
            }
            '|' | '&' | ';' | '(' | ')' | '\n' => {
                end_word(&mut word, &mut is_word, &mut commands);
                commands.push(Vec::new());
            }
            '#' if !is_word => break,
            '<' | '>' => {
                // The number of a stream belongs to it.
                if word.chars().all(|sign| sign.is_ascii_digit()) {
                    word.clear();
                    is_word = false;
                }
                end_word(&mut word, &mut is_word, &mut commands);
                while signs
                    .next_if(|next| ['>', '<', '&', ' ', '-'].contains(next))
                    .is_some()
                {}
                while signs
                    .next_if(|next| !next.is_whitespace() && !"|&;)".contains(*next))
                    .is_some()
                {}
            }
            sign if sign.is_whitespace() => {
                end_word(&mut word, &mut is_word, &mut commands);
            }
            sign => {
                is_word = true;
                word.push(sign);
            }
        }
    }
    end_word(&mut word, &mut is_word, &mut commands);
    commands.retain(|words| !words.is_empty());
    commands
}

#[test]
fn a_line_is_taken_apart_as_a_shell_would() {
    let commands = |line: &str| -> Vec<String> {
        commands_of(line)
            .iter()
            .map(|words| words.join(" "))
            .collect()
    };
    assert_eq!(
        commands("A=1 eprospera token | b -x 2>&1 > out && c"),
        ["eprospera token", "b -x", "c"]
    );
    assert_eq!(
        commands("[ \"$(eprospera a)\" = true ] || d"),
        ["eprospera a", "VALUE = true", "d"]
    );
    assert_eq!(
        commands("eprospera exec -- make all"),
        ["make all", "eprospera exec -- make all"]
    );
    assert_eq!(
        commands("eprospera me legal-entities [ID] # why"),
        ["eprospera me legal-entities ID"]
    );
    assert_eq!(
        commands("eprospera session export|import FILE"),
        ["eprospera session export FILE"]
    );
    assert_eq!(
        commands("eprospera api x --jq '.a | .b'"),
        ["eprospera api x --jq .a | .b"]
    );
    assert_eq!(
        placeholders_filled("run `a {first} {}`"),
        "run `a VALUE VALUE`"
    );
}
