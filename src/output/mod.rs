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
pub(crate) mod stdout;
mod time;

use std::fmt::Display;
use std::io::{self, Write as _};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use serde_json::Value;

pub(crate) use fields::Fields;
pub(crate) use jq::Filter;
pub(crate) use money::money;
pub(crate) use page::{Column, Mark, Page, Render};
pub(crate) use progress::{Progress, size};
pub(crate) use sanitize::line;
pub(crate) use time::{day, minute, moment, span};

use sanitize::{escaped, json_for_terminal, lines, redacted, words};
use selection::Selection;

use crate::error::Error;
use crate::interrupt;
use crate::secret::redact;

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
    #[error("stderr is not a terminal")]
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
    /// Settles the format: `auto` is JSON unless stdout is a terminal, and colours follow
    /// `no_color` unless asked for.
    pub(crate) fn new(choice: Format, color: Color, no_color: bool, quiet: bool) -> Self {
        let json = match choice {
            Format::Auto => !stdout::is_terminal(),
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
            if part.print(self.json, self.color_choice(), body)? {
                return Ok(());
            }
        } else if self.json {
            return match json {
                // It may quote a server, and means the same with its characters spelled out.
                Json::Value(value) | Json::Unredacted(value) => {
                    self.data(&json_for_terminal(&format!("{value:#}\n")))
                }
                Json::Body(body) => stdout::body(body, self.color_choice()),
            };
        }
        let mut page = stdout::page();
        human.describe(&mut page);
        self.data(&page.render())
    }

    /// Prints a page of sentences on stdout, which has no form for scripts.
    pub(crate) fn article(self, human: &dyn Render) -> Result<(), Error> {
        let mut page = stdout::article();
        human.describe(&mut page);
        self.data(&page.render())
    }

    /// Prints a JSON document on stdout that has no other form: as it is for scripts, in many
    /// lines for people.
    pub(crate) fn document(self, body: &[u8]) -> Result<(), Error> {
        let _unattended = interrupt::unattended();
        if let Some(part) = self.part {
            if part.print(self.json, self.color_choice(), body.to_vec())? {
                return Ok(());
            }
        } else if self.json {
            return stdout::body(body, self.color_choice());
        }
        match document::parse(body) {
            Ok(document) => self.data(&json_for_terminal(&(document::pretty(document) + "\n"))),
            // It can be shown all the same.
            Err(_) => stdout::body(body, self.color_choice()),
        }
    }

    /// Prints text on stdout: byte for byte, unless a terminal would read more into it.
    pub(crate) fn text(self, text: &str) -> Result<(), Error> {
        if stdout::is_terminal() {
            self.data(&words(text))
        } else {
            self.bytes(text.as_bytes())
        }
    }

    /// Prints bytes on stdout as they are.
    #[expect(clippy::unused_self, reason = "what prints is a method of the streams")]
    pub(crate) fn bytes(self, bytes: &[u8]) -> Result<(), Error> {
        stdout::bytes(bytes)
    }

    /// Prints text on stdout as it is.
    pub(crate) fn data(self, text: &str) -> Result<(), Error> {
        stdout::data(text, self.color_choice())
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

    /// Draws a QR code on stderr, `--quiet` or not. Draws nothing where it does not fit.
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

    /// Warns of what stops nothing; `--quiet` leaves it out.
    pub(crate) fn caution(self, text: impl Display) {
        if !self.quiet {
            self.warn(text);
        }
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
