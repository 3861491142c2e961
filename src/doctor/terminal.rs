//! What the terminal can show.

use super::checkup::Checkup;
use super::code::Code;
use super::row::Row;
use crate::cli::DoctorGroup::Terminal as GROUP;
use crate::env;
use crate::files::setting;
use crate::output::stdout;

/// Tables need this many columns.
const NARROW: u16 = 60;

/// The variables that name the character set, in the order in which they count.
const LOCALE: [&str; 3] = ["LC_ALL", "LC_CTYPE", "LANG"];

pub(super) fn check(checkup: &Checkup<'_>) -> Row {
    let environment = &checkup.as_given.environment;
    if environment.text(env::TERM).as_deref() == Some("dumb") {
        let message = "TERM is `dumb`: no colours, no progress bars";
        let row = Row::warning(GROUP, "shows", Code::TerminalDumb, message);
        return row.fix(setting(env::TERM, "xterm-256color"));
    }
    let mut locale = LOCALE
        .into_iter()
        .filter_map(|name| Some((name, environment.text(name)?)));
    let locale = locale.next();
    let is_utf8 = |value: &str| {
        let value = value.to_ascii_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    };
    let has_locale = cfg!(unix) && !cfg!(target_os = "macos");
    if let Some((name, value)) = locale
        .as_ref()
        .filter(|(_, value)| has_locale && !is_utf8(value))
    {
        let message = format!("{name} is `{value}`, which is not UTF-8: names may look wrong");
        let row = Row::warning(GROUP, "shows", Code::TerminalNotUtf8, message);
        return row.fix("export LC_ALL=C.UTF-8");
    }
    let color = if environment.get(env::NO_COLOR).is_some() {
        "no colours (NO_COLOR)"
    } else {
        "colours"
    };
    match stdout::width() {
        _ if !stdout::is_terminal() => Row::skipped(
            GROUP,
            "shows",
            Code::NotApplicable,
            format!("the output is not a terminal; on a terminal: {color}"),
        ),
        Some(width) if width < NARROW => {
            let message = format!("{width} columns: tables are shown as cards");
            Row::warning(GROUP, "shows", Code::TerminalNarrow, message)
        }
        Some(width) => Row::ok(GROUP, "shows", format!("{width} columns, {color}")),
        None => Row::ok(
            GROUP,
            "shows",
            format!("a terminal of unknown width, {color}"),
        ),
    }
}
