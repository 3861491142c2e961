//! The picture of the README: a real terminal of 80 columns, with what differs from run to run made equal.
//! `UPDATE=1` rewrites it.

use std::path::Path;

use crate::terminal::without_waits;
use crate::world::World;

const PATH: &str = "docs/images/terminal.svg";

/// What is typed, beside the sign-in that comes first.
const COMMANDS: [&str; 3] = [
    "eprospera me residency",
    "eprospera me tax filings --year 2025",
    "eprospera me legal-entities --jq '.data[].name'",
];

#[test]
fn the_picture_of_the_readme_is_what_a_terminal_shows() {
    let mut world = World::new();
    world.encrypt();
    // It lives until the sign-in is done, as an opener of a desktop may.
    let opener = world.script("open", "printf %s \"$1\" > url.part && mv url.part url");
    world.set("BROWSER", &opener);
    let mut session = String::new();

    let scopes = ["--add-scope", "person.tax.read"];
    let mut terminal = world.at_terminal(80, &[&["login"][..], &scopes].concat());
    let url = terminal.url();
    drop(world.block_on(crate::browser::Browser::new().open(&url)));
    let login = terminal.end().succeeds();
    type_line(
        &mut session,
        &format!("eprospera login {}", scopes.join(" ")),
    );
    session.push_str(&without_waits(&login.stdout));
    for line in COMMANDS {
        let words = line.split(' ').skip(1);
        let words: Vec<_> = words.map(|word| word.trim_matches('\'')).collect();
        type_line(&mut session, line);
        let terminal = world.at_terminal(80, &words);
        session.push_str(&without_waits(&terminal.end().succeeds().stdout));
    }

    let text = same_every_time(&world, &session, url.as_str());
    let svg = anstyle_svg::Term::new()
        .palette(anstyle_svg::WIN10_CONSOLE)
        .render_svg(&text)
        // Dim words have to be readable in a picture, too.
        .replace("opacity: 0.4", "opacity: 0.65");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PATH);
    if std::env::vars_os().any(|(name, value)| name == "UPDATE" && value == "1") {
        crate::world::write(&path, svg.as_bytes());
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == svg,
        "{PATH} is stale: run `UPDATE=1 cargo test --test it picture`; the terminal shows {text}"
    );
}

fn type_line(session: &mut String, line: &str) {
    if !session.is_empty() {
        session.push('\n');
    }
    session.push_str("\u{1b}[1;32m$\u{1b}[0m \u{1b}[1m");
    session.push_str(line);
    session.push_str("\u{1b}[0m\n");
}

/// Without random values, ports, folders and carriage returns.
fn same_every_time(world: &World, session: &str, url: &str) -> String {
    let (page, _) = url.split_once('?').unwrap();
    let session = session.replace("\r\n", "\n");
    // The name of the file is a hash over the port, and goes on in the next line.
    let name = session.find("/sessions/default-").unwrap() + "/sessions/default".len();
    let end = name + session[name..].find(".sealed").unwrap();
    // A busy machine prints the end of an hour a second later.
    let hour = ["59m 59s", "59m 58s", "59m 57s"];
    let session = [&session[..name], &session[end..]].concat();
    hour.iter()
        .fold(session, |session, late| {
            session.replace(&format!("expires in {late}"), "expires in 1h")
        })
        .replace(url, &format!("{page}?…"))
        .replace(world.url(), "http://127.0.0.1:8787")
        .replace(&world.path("").display().to_string(), "~")
}
