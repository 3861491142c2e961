//! The only place that writes to the standard streams: data on stdout, words on stderr.
//!
//! It knows formats, colours and terminals. It does not know what it prints.

mod confirm;
mod document;
mod fields;
mod jq;
mod memory;
mod money;
mod page;
mod progress;
mod qr;
mod sanitize;
mod selection;
mod time;

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use serde_json::Value;

pub(crate) use fields::Fields;
pub(crate) use jq::Filter;
pub(crate) use money::money;
pub(crate) use page::{Column, Page, Render};
pub(crate) use progress::{Progress, size};
pub(crate) use sanitize::line;
pub(crate) use time::{day, minute, moment, span};

use sanitize::{escaped, json_for_terminal, words};
use selection::Selection;

use crate::error::{Error, Kind};
use crate::interrupt;
use crate::secret::{REDACTED, redact};

/// What `--output` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table on a terminal, JSON when piped
    #[default]
    Auto,
    /// Words and tables for people
    Table,
    /// JSON for scripts
    Json,
}

/// What `--color` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// Colours on a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// One answer's shape for scripts.
#[derive(Clone, Copy)]
pub(crate) enum Json<'a> {
    /// A document of this program, without the secrets that a server may have put into it.
    Value(&'a Value),
    /// A document that shows what is in a token, as was asked for.
    Unredacted(&'a Value),
    /// A server's own body, passed on unchanged.
    Body(&'a [u8]),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoQrCode {
    #[error("stderr is no terminal")]
    NoTerminal,
    /// The terminal has too few columns.
    #[error("it needs a terminal of {columns} columns")]
    TooNarrow { columns: usize },
    /// No QR code can hold the text.
    #[error("the address is too long for one")]
    TooLong,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    json: bool,
    color: Color,
    quiet: bool,
    part: Option<&'static Selection>,
}

/// Details of an error that are shown in words; `--json` has all.
const MOST_DETAILS: usize = 10;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

impl Output {
    /// Whether what is written to stdout is lost: it is closed, or the null device.
    #[cfg(unix)]
    pub(crate) fn is_discarded() -> bool {
        use std::os::fd::AsFd as _;
        use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};

        let stdout = io::stdout();
        let Ok(stdout) = stdout.as_fd().try_clone_to_owned() else {
            return true;
        };
        let Ok(stdout) = std::fs::File::from(stdout).metadata() else {
            return true;
        };
        // The runtime opens the null device in place of a closed stdout.
        let null = std::fs::metadata("/dev/null");
        stdout.file_type().is_char_device() && null.is_ok_and(|null| null.rdev() == stdout.rdev())
    }

    /// Whether what is written to stdout is lost. Nobody can tell here.
    #[cfg(not(unix))]
    pub fn is_discarded() -> bool {
        false
    }

    /// Whether what is written to stdout appears on a terminal.
    pub(crate) fn is_terminal() -> bool {
        io::stdout().is_terminal()
    }

    /// Makes what was written to stdout durable where stdout is a regular file: then whoever has
    /// the only other copy may delete it.
    #[cfg(unix)]
    pub(crate) fn sync() -> Result<(), Error> {
        use std::os::fd::AsFd as _;

        let sync = || {
            let stdout = std::fs::File::from(io::stdout().as_fd().try_clone_to_owned()?);
            if !stdout.metadata()?.is_file() {
                return Ok(());
            }
            stdout.sync_all()?;
            // Its folder has no name here but on Linux: elsewhere the file alone is synced.
            match std::fs::read_link("/proc/self/fd/1") {
                Ok(path) => path
                    .parent()
                    .and_then(|folder| std::fs::File::open(folder).ok())
                    .map_or(Ok(()), |folder| folder.sync_all()),
                Err(_) => Ok(()),
            }
        };
        sync().map_err(unwritten)
    }

    /// Makes what was written to stdout durable. The system does not say how here.
    #[cfg(not(unix))]
    pub fn sync() -> Result<(), Error> {
        Ok(())
    }

    /// Settles the format: `auto` is JSON unless stdout is a terminal, and colours follow
    /// `no_color` unless asked for.
    pub(crate) fn new(choice: Format, color: Color, no_color: bool, quiet: bool) -> Self {
        let json = match choice {
            Format::Auto => !io::stdout().is_terminal(),
            Format::Table => false,
            Format::Json => true,
        };
        let color = if color == Color::Auto && no_color {
            Color::Never
        } else {
            color
        };
        Self {
            json,
            color,
            quiet,
            part: None,
        }
    }

    /// Prints only a part of each answer.
    #[must_use]
    pub(crate) fn only(self, fields: Option<Fields>, filter: Option<Filter>) -> Self {
        if fields.is_none() && filter.is_none() {
            return self;
        }
        Self {
            json: self.json || filter.is_some(),
            // It is the same for the whole run, and lives as long.
            part: Some(Box::leak(Box::new(Selection::new(fields, filter)))),
            ..self
        }
    }

    /// Whether only a part of an answer is wanted, so that there has to be one in JSON.
    pub(crate) fn is_partial(self) -> bool {
        self.part.is_some()
    }

    pub(crate) fn is_json(self) -> bool {
        self.json
    }

    /// Prints an answer on stdout, in the shape that this run asks for. A closed pipe is the silent
    /// error.
    pub(crate) fn answer(self, json: Json<'_>, human: &dyn Render) -> Result<(), Error> {
        let _unattended = interrupt::unattended();
        let clean;
        let json = match json {
            Json::Value(value) => {
                clean = redacted(value);
                Json::Unredacted(&clean)
            }
            other => other,
        };
        if let Some(part) = self.part {
            let body = match json {
                Json::Value(value) | Json::Unredacted(value) => value.to_string().into_bytes(),
                Json::Body(body) => body.to_vec(),
            };
            if part.print(self, body)? {
                return Ok(());
            }
        } else if self.json {
            return match json {
                // It may quote a server, and means the same with its characters spelled out.
                Json::Value(value) | Json::Unredacted(value) => {
                    self.data(&json_for_terminal(&format!("{value:#}\n")))
                }
                Json::Body(body) => self.body(body),
            };
        }
        let mut page = page();
        human.describe(&mut page);
        self.data(&page.render())
    }

    /// Prints a JSON document on stdout that has no other form: as it is for scripts, in many
    /// lines for people.
    pub(crate) fn document(self, body: &[u8]) -> Result<(), Error> {
        let _unattended = interrupt::unattended();
        if let Some(part) = self.part {
            if part.print(self, body.to_vec())? {
                return Ok(());
            }
        } else if self.json {
            return self.body(body);
        }
        match document::parse(body) {
            Ok(document) => self.data(&json_for_terminal(&(document::pretty(document) + "\n"))),
            // It can be shown all the same.
            Err(_) => self.body(body),
        }
    }

    /// Prints text on stdout: byte for byte, unless a terminal would read more into it.
    pub(crate) fn text(self, text: &str) -> Result<(), Error> {
        if io::stdout().is_terminal() {
            self.data(&words(text))
        } else {
            self.bytes(text.as_bytes())
        }
    }

    /// Prints bytes on stdout as they are.
    #[expect(clippy::unused_self, reason = "what prints is a method of the streams")]
    pub(crate) fn bytes(self, bytes: &[u8]) -> Result<(), Error> {
        if io::stdout().is_terminal() {
            return Err(Error::msg(
                Kind::Usage,
                "the answer is no text, and stdout is a terminal",
            )
            .hint("send it to a file: add `> FILE`"));
        }
        written(&mut io::stdout().lock(), bytes)
    }

    /// Prints text on stdout as it is.
    pub(crate) fn data(self, text: &str) -> Result<(), Error> {
        let mut stdout = AutoStream::new(io::stdout().lock(), self.color_choice());
        written(&mut stdout, text.as_bytes())
    }

    fn body(self, body: &[u8]) -> Result<(), Error> {
        if io::stdout().is_terminal() {
            let text = String::from_utf8_lossy(body);
            self.data(&json_for_terminal(&text))?;
        } else {
            // Whatever strips colours would also drop characters of the body.
            written(&mut io::stdout().lock(), body)?;
        }
        if body.ends_with(b"\n") {
            Ok(())
        } else {
            self.data("\n")
        }
    }

    /// Says something on stderr that is worth knowing; `--quiet` leaves it out.
    pub(crate) fn note(self, text: impl Display) {
        if !self.quiet {
            self.say(&lines(&text.to_string()));
        }
    }

    /// Says something on stderr that a person must see, `--quiet` or not.
    pub(crate) fn prompt(self, text: impl Display) {
        self.say(&format!("{}\n", redact(&text.to_string())));
    }

    /// Draws a QR code on stderr, `--quiet` or not. Draws nothing where there is no place for it.
    pub(crate) fn qr_code(self, text: &str) -> Result<(), NoQrCode> {
        let drawing = qr::draw(text).ok_or(NoQrCode::TooLong)?;
        let (width, _) =
            terminal_size::terminal_size_of(io::stderr()).ok_or(NoQrCode::NoTerminal)?;
        if drawing.columns > usize::from(width.0) {
            return Err(NoQrCode::TooNarrow {
                columns: drawing.columns,
            });
        }
        self.say(&drawing.text);
        Ok(())
    }

    /// Asks a question on stderr; anything but a clear yes is a no. `None` when the input ended
    /// before an answer.
    pub(crate) fn confirm(self, question: &str) -> Option<bool> {
        let Some(answer) = confirm::read_line(|| self.say(&redact(question))) else {
            self.say("\n");
            return None;
        };
        let answer = answer.trim().to_ascii_lowercase();
        Some(matches!(answer.as_str(), "y" | "yes"))
    }

    pub(crate) fn warn(self, text: impl Display) {
        let text = lines(&text.to_string());
        self.say(&format!("{WARNING}warning:{WARNING:#} {text}"));
    }

    /// Reports the error that ends the run, on stderr: one JSON object with JSON output.
    pub(crate) fn failure(self, error: &Error) {
        if self.json {
            let error = redacted(&error.to_json());
            self.say(&json_for_terminal(&format!("{error}\n")));
            return;
        }
        let mut rows = vec![format!("{ERROR}error:{ERROR:#} {}", line(&error.message()))];
        rows.extend(
            error
                .causes()
                .iter()
                .map(|cause| format!("  caused by: {}", line(cause))),
        );
        let details = redacted(&Value::from(error.details_in_words()));
        let details = details.as_array().into_iter().flatten();
        rows.extend(
            details
                .filter_map(Value::as_str)
                .take(MOST_DETAILS)
                .map(|detail| format!("  detail: {}", escaped(detail))),
        );
        if !error.hints().is_empty() {
            rows.push(String::new());
        }
        rows.extend(
            error
                .hints()
                .iter()
                .map(|hint| format!("{HINT}hint:{HINT:#} {}", line(hint))),
        );
        let text = rows.join("\n") + "\n";
        self.say(&text);
    }

    /// Nothing is left to be done about a stderr that cannot be written.
    fn say(self, text: &str) {
        let mut stderr = AutoStream::new(io::stderr().lock(), self.color_choice());
        drop(
            stderr
                .write_all(text.as_bytes())
                .and_then(|()| stderr.flush()),
        );
    }

    fn color_choice(self) -> ColorChoice {
        match self.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
    }
}

/// A page as wide as the terminal, if stdout is one.
fn page() -> Page {
    width().map_or_else(Page::default, Page::fitting)
}

/// The width of the terminal that stdout is, where it is one.
fn width() -> Option<u16> {
    let stdout = io::stdout();
    let size = stdout
        .is_terminal()
        .then(|| terminal_size::terminal_size_of(&stdout));
    size.flatten()
        .map(|(width, _)| width.0)
        .filter(|width| *width > 0)
}

/// Words that may quote a server: every line of them without secrets and what steers a terminal.
fn lines(text: &str) -> String {
    let clean = redact(text);
    clean.lines().map(|words| escaped(words) + "\n").collect()
}

/// A document without the secrets of this run.
fn redacted(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from(redact(text)),
        Value::Array(items) => {
            let clean: Value = items.iter().map(redacted).collect();
            match redact(&clean.to_string()) {
                Cow::Borrowed(_) => clean,
                // It is spread over the items.
                Cow::Owned(_) => Value::from(vec![REDACTED]),
            }
        }
        Value::Object(members) => {
            let clean =
                |(name, value): (&String, &Value)| (redact(name).into_owned(), redacted(value));
            members.iter().map(clean).collect()
        }
        other => other.clone(),
    }
}

/// Where the log goes: stderr, without the secrets of this run. Each line comes in one piece.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogWriter;

impl io::Write for LogWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        io::stderr().lock().write_all(redact(&text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().lock().flush()
    }
}

fn written(stdout: &mut impl io::Write, bytes: &[u8]) -> Result<(), Error> {
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    written.map_err(unwritten)
}

fn unwritten(error: io::Error) -> Error {
    match error.kind() {
        ErrorKind::BrokenPipe => Error::broken_pipe(),
        _ => Error::new(Kind::Failure, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_keep_their_lines_and_lose_what_steers_a_terminal() {
        assert_eq!(lines("a\nb\u{9b}31m"), "a\nb\\u{9b}31m\n");
    }
}
