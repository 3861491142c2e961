//! Completion in real shells: what bash, zsh and fish offer when a person presses Tab.

use std::path::Path;

use crate::terminal::Terminal;
use crate::world::World;

/// What was typed, what has to be offered, and what must not be. A word is compared without what precedes the last
/// `=` or `:` in it.
type Situation = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const SITUATIONS: &[Situation] = &[
    (
        "eprospera ",
        &["login", "sandbox", "me"],
        &["--json", "other.pem"],
    ),
    ("eprospera lo", &["login", "logout"], &["status"]),
    ("eprospera --", &["--json", "--profile"], &["login"]),
    (
        "eprospera me tax ",
        &["summary", "filings"],
        &["login", "--json"],
    ),
    (
        "eprospera --profile ",
        &["work", "default", "sandbox"],
        &["login", "other.pem"],
    ),
    ("eprospera --profile=", &["work", "sandbox"], &["login"]),
    (
        "eprospera --profile profile ",
        &["login", "status"],
        &["list", "use"],
    ),
    ("eprospera --profile=work st", &["status"], &["login"]),
    (
        "eprospera --store ",
        &["keyring", "plain-file"],
        &["other.pem"],
    ),
    ("eprospera --output ", &["json", "table"], &["login"]),
    (
        "eprospera profile use ",
        &["work", "sandbox"],
        &["client_id"],
    ),
    (
        "eprospera profile set ",
        &["client_id", "client-secret"],
        &["other.pem"],
    ),
    (
        "eprospera profile set store ",
        &["keyring", "encrypted-file"],
        &["client_id"],
    ),
    (
        "eprospera login --scope eprospera:person.",
        &["person.tax.read"],
        &["openid"],
    ),
    (
        "eprospera sandbox --auto-approve=",
        &["resident", "e-resident"],
        &["exec"],
    ),
    (
        "eprospera sandbox --fault ",
        &["token", "jwks"],
        &["other.pem"],
    ),
    (
        "eprospera sandbox --fault token:no",
        &["no-refresh", "no-rotate"],
        &["jwks"],
    ),
    (
        "eprospera explain ",
        &["login_required", "busy"],
        &["other.pem"],
    ),
    (
        "eprospera completions ",
        &["bash", "zsh", "fish"],
        &["other.pem"],
    ),
    (
        "eprospera api /api/v1/me/nat",
        &["/api/v1/me/natural-person"],
        &["other.pem"],
    ),
    ("eprospera --ca-file ", &["other.pem", "papers"], &["login"]),
    ("eprospera --ca-file=oth", &["other.pem"], &["papers"]),
    (
        "eprospera me documents --download ",
        &["papers"],
        &["other.pem"],
    ),
    ("eprospera session import oth", &["other.pem"], &["papers"]),
    ("eprospera exec -- whoam", &["whoami"], &["login"]),
    ("eprospera exec -- cat oth", &["other.pem"], &["login"]),
    ("eprospera --client-id ", &[], &["other.pem", "login"]),
    ("eprospera --issuer ", &[], &["other.pem", "papers"]),
];

/// What Tab makes of a line where there is one way to go on.
const LINES: &[(&str, &str)] = &[
    ("eprospera sta", "eprospera status "),
    ("eprospera --profile wo", "eprospera --profile work "),
    ("eprospera --profile=wo", "eprospera --profile=work"),
    (
        "eprospera login --scope \"openid prof",
        "eprospera login --scope \"openid profile\"",
    ),
    (
        "eprospera login --scope openid\\ prof",
        "eprospera login --scope openid\\ profile ",
    ),
    (
        "eprospera login --scope eprospera:person.t",
        "eprospera login --scope eprospera:person.tax.read ",
    ),
    (
        "eprospera sandbox --fault tok",
        "eprospera sandbox --fault token:",
    ),
    (
        "eprospera --ca-file my",
        "eprospera --ca-file my\\ file.pem",
    ),
    (
        "EPROSPERA_NO_INPUT=1 eprospera who",
        "EPROSPERA_NO_INPUT=1 eprospera whoami ",
    ),
];

fn world() -> World {
    let mut world = World::new();
    world
        .run(&["--profile", "work", "profile", "set", "client_id", "x"])
        .succeeds();
    world.write("other.pem", "");
    world.write("my file.pem", "");
    world.write("papers/in.pdf", "");
    let folder = Path::new(crate::world::program()).parent().unwrap();
    let (_, path) = std::env::vars_os()
        .find(|(name, _)| name == "PATH")
        .unwrap();
    let path = format!("{}:{}", folder.display(), path.to_string_lossy());
    world.set("PATH", &path);
    world
}

fn check(shell: &str, line: &str, offered: &str, expected: &[&str], absent: &[&str]) {
    let words: Vec<_> = offered
        .split_whitespace()
        .map(|word| {
            let word = word.trim_end_matches(['/', ':']);
            word.rsplit(['=', ':']).next().unwrap_or(word)
        })
        .collect();
    for word in expected {
        assert!(
            words.contains(word),
            "{shell}: `{line}` lacks {word}: {offered:?}"
        );
    }
    for word in absent {
        assert!(
            !words.contains(word),
            "{shell}: `{line}` offers {word}: {offered:?}"
        );
    }
}

/// The command line of an interactive shell after some keys. Ctrl-O shows it between marks.
fn line_after(terminal: &mut Terminal, keys: &str) -> String {
    terminal.clear();
    terminal.types(&format!("{keys}\u{f}"));
    terminal.wait_for("]]]");
    let shown = terminal
        .seen
        .rsplit_once("[[[")
        .map_or("", |(_, shown)| shown);
    let line = shown.split("]]]").next().unwrap_or_default().to_owned();
    // Ctrl-U
    terminal.types("\u{15}");
    line
}

fn try_interactively(shell: &str, mut terminal: Terminal, all: &str) {
    terminal.wait_for("it is ready");
    for (typed, expected, absent) in SITUATIONS {
        let line = line_after(&mut terminal, &format!("{typed}{all}"));
        let start = typed.rfind(' ').map_or(0, |at| at + 1);
        let offered = line.get(start..).unwrap_or_default();
        check(shell, typed, offered, expected, absent);
    }
    for (typed, expected) in LINES {
        let line = line_after(&mut terminal, &format!("{typed}\t"));
        assert_eq!(line.trim_end(), expected.trim_end(), "{shell}: {typed}");
    }
    // In the middle of a line.
    let back = "\u{1b}[D".repeat(" --json".len());
    let line = line_after(&mut terminal, &format!("eprospera who --json{back}\t"));
    assert_eq!(
        line.replace("  ", " "),
        "eprospera whoami --json",
        "{shell}"
    );
    terminal.hang_up();
}

#[test]
fn bash_offers_what_belongs_there_and_nothing_else() {
    for with in ["", ". /usr/share/bash-completion/bash_completion"] {
        let world = world();
        let script = world.run(&["completions", "bash"]).succeeds().stdout;
        world.write("eprospera.bash", &script);
        let settings = format!(
            "{with}\n. ./eprospera.bash\nPS1='$ '\nbind 'set page-completions off'\n\
             bind -x '\"\\C-o\": printf \"[[[%s]]]\\n\" \"$READLINE_LINE\"'\nstty -ixon\necho it is ready\n"
        );
        world.write("bashrc", &settings);
        let terminal =
            world.terminal_of("stty cols 300; INPUTRC=/dev/null exec bash --rcfile ./bashrc -i");
        // M-* inserts all.
        try_interactively("bash", terminal, "\u{1b}*");
    }
}

#[test]
fn zsh_offers_what_belongs_there_and_nothing_else() {
    let world = world();
    let script = world.run(&["completions", "zsh"]).succeeds().stdout;
    world.write("functions/_eprospera", &script);
    world.write(
        ".zshrc",
        "fpath=(./functions $fpath)\nautoload -Uz compinit; compinit -u -d ./dump\nPS1='$ '\n\
         show() { print -r -- \"[[[$BUFFER]]]\" }; zle -N show; bindkey '^O' show\n\
         zle -C all-matches complete-word _generic; bindkey '^X^A' all-matches\n\
         zstyle ':completion:all-matches::::' completer _all_matches _complete\n\
         zstyle ':completion:all-matches:*' insert true\n\
         setopt nolistbeep\nstty -ixon\nprint it is ready\n",
    );
    let terminal = world.terminal_of("stty cols 300; ZDOTDIR=. exec zsh -d -i");
    try_interactively("zsh", terminal, "\u{18}\u{1}");
}

#[test]
fn fish_offers_what_belongs_there_and_nothing_else() {
    let world = world();
    let quoted = |line: &str| format!("'{}'", line.replace('\\', "\\\\").replace('\'', "\\'"));
    let mut script = vec!["eprospera completions fish | source".to_owned()];
    let lines = SITUATIONS
        .iter()
        .map(|(line, ..)| *line)
        .chain(LINES.iter().map(|(line, _)| *line));
    for line in lines {
        // What stands behind a tab is the description.
        script.push(format!(
            "complete --do-complete {} | string replace --regex '\\t.*' ''; echo '---'",
            quoted(line)
        ));
    }
    let path = world
        .write("try.fish", &script.join("\n"))
        .display()
        .to_string();
    let output = world
        .finish(world.command_of("fish", &["--no-config", &path]))
        .succeeds();
    let mut offers = output.stdout.split("---\n");
    for (line, expected, absent) in SITUATIONS {
        check("fish", line, offers.next().unwrap(), expected, absent);
    }
    for (line, expected) in LINES {
        let offered = offers.next().unwrap();
        let expected = expected.replace(['\\', '"'], "");
        assert!(
            offered
                .lines()
                .any(|offer| !offer.is_empty() && expected.trim_end().ends_with(offer.trim_end())),
            "fish: {line}: {offered:?}"
        );
    }
}
