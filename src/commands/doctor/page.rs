//! The rows of `doctor` for people: one line for each group, and more only where something is not
//! well.

use crate::doctor::{self, Row, State};
use crate::output::{Mark, Page};

/// The row that sums up a group which is well, where that is not its first.
const HEADLINES: [&str; 3] = ["network.answer", "folders.files", "clock.skew"];

pub(super) fn describe(page: &mut Page, rows: &[Row], is_verbose: bool) {
    for group in doctor::groups(rows) {
        let name = doctor::name_of(group);
        let of_group: Vec<_> = rows.iter().filter(|row| row.group == group).collect();
        let worst = worst(&of_group);
        let shown: Vec<_> = of_group
            .iter()
            .filter(|row| is_verbose || matches!(row.state, State::Failed | State::Warning))
            .collect();
        let headline = if shown.is_empty() {
            headline(&of_group)
        } else {
            String::new()
        };
        page.finding(mark(worst), &capital(&name), worst.name(), &headline);
        for row in shown {
            let code = match row.state {
                State::Failed | State::Warning => format!("  [{}]", row.code.name()),
                State::Ok | State::Skipped => String::new(),
            };
            page.detail(mark(row.state), &format!("{}{code}", row.message));
            if let Some(fix) = row.fix.as_deref().filter(|_| row.state != State::Skipped) {
                page.fix(fix);
            }
        }
    }
    page.gap();
    page.paragraph(&summary(rows));
}

/// A group is as well as its worst row. What was skipped beside others counts for nothing.
fn worst(rows: &[&Row]) -> State {
    let has = |state| rows.iter().any(|row| row.state == state);
    if has(State::Failed) {
        State::Failed
    } else if has(State::Warning) {
        State::Warning
    } else if has(State::Ok) {
        State::Ok
    } else {
        State::Skipped
    }
}

fn headline(rows: &[&Row]) -> String {
    let is_headline = |row: &&&Row| HEADLINES.contains(&row.id.as_str()) && row.state == State::Ok;
    let row = rows
        .iter()
        .find(is_headline)
        .or_else(|| rows.iter().find(|row| row.state == State::Ok))
        .or(rows.first());
    let message = row.map_or("", |row| row.message.as_str());
    message
        .strip_prefix("skipped ")
        .unwrap_or(message)
        .to_owned()
}

fn mark(state: State) -> Mark {
    match state {
        State::Ok => Mark::Good,
        State::Warning => Mark::Doubtful,
        State::Failed => Mark::Bad,
        State::Skipped => Mark::Absent,
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn summary(rows: &[Row]) -> String {
    let count = |state| rows.iter().filter(|row| row.state == state).count();
    let plural = |count: usize, noun: &str| match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    };
    let explain = "run `eprospera explain CODE` to learn more about a code in brackets";
    match (count(State::Failed), count(State::Warning)) {
        (0, 0) => "No problems found.".to_owned(),
        (0, warnings) => format!("Nothing failed, {}; {explain}", plural(warnings, "warning")),
        (failures, 0) => format!("{}; {explain}", plural(failures, "problem")),
        (failures, warnings) => format!(
            "{} and {}; {explain}",
            plural(failures, "problem"),
            plural(warnings, "warning")
        ),
    }
}
