//! The only place that writes to the standard streams: data on stdout, words on stderr.
//!
//! It knows formats, colours and terminals. It does not know what it prints.

mod confirm;
mod document;
mod fields;
mod jq;
mod memory;
mod money;
mod number;
mod page;
mod palette;
mod progress;
mod qr;
mod sanitize;
mod selection;
mod spinner;
pub(crate) mod stdout;
mod time;
mod wrap;

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use serde_json::Value;

pub(crate) use fields::Fields;
pub(crate) use jq::Filter;
pub(crate) use money::money;
pub(crate) use page::{Column, Mark, Page, Render, Toned};
pub(crate) use palette::{HEADING, INPUT, Tone};
pub(crate) use progress::{Progress, size};
pub(crate) use qr::NoQrCode;
pub(crate) use sanitize::line;
pub(crate) use spinner::question;
pub(crate) use time::{clock_time, date_and_time, day, minute, moment, span};
pub(crate) use wrap::with_code;

use document::Look;
use palette::{ERROR, HINT, LABEL, WARNING};
use sanitize::{escaped, json_for_terminal, redacted, words};
use selection::Selection;
use wrap::{fitted, in_lines};

use crate::error::Error;
use crate::interrupt;
use crate::secret::{redact, strip};

/// What `--output` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table on a terminal, JSON when piped
    #[default]
    Auto,
    /// Human-readable text and tables
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

#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    json: bool,
    /// Whether errors are for a script to read, which is another matter than where the data goes.
    json_errors: bool,
    color: Color,
    quiet: bool,
    part: Option<&'static Selection>,
}

/// Details of an error that are shown in words; `--json` has all.
const MOST_DETAILS: usize = 10;

impl Output {
    /// Settles the format: `auto` is JSON unless stdout is a terminal, for errors unless stderr
    /// is one. Colours follow `no_color` unless asked for.
    pub(crate) fn new(choice: Format, color: Color, no_color: bool, quiet: bool) -> Self {
        let (json, json_errors) = match choice {
            Format::Auto => (!stdout::is_terminal(), !io::stderr().is_terminal()),
            Format::Table => (false, false),
            Format::Json => (true, true),
        };
        let color = if color == Color::Auto && no_color {
            Color::Never
        } else {
            color
        };
        Self {
            json,
            json_errors,
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
            json_errors: self.json_errors || filter.is_some(),
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

    /// Whether an error is one JSON object.
    pub(crate) fn has_json_errors(self) -> bool {
        self.json_errors
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
            spinner::end();
            if part.print(self.json, self.json_look(), self.color_choice(), body)? {
                return Ok(());
            }
        } else if self.json {
            return match json {
                // It may quote a server, and means the same with its characters spelled out.
                Json::Value(value) | Json::Unredacted(value) if self.json_look().is_none() => {
                    self.data(&json_for_terminal(&format!("{value:#}\n")))
                }
                Json::Value(value) | Json::Unredacted(value) => {
                    self.json_text(value.to_string().as_bytes())
                }
                Json::Body(body) => self.json_text(body),
            };
        }
        self.page(human)
    }

    /// Prints a document of this program that is JSON whatever format was asked for.
    pub(crate) fn json(self, value: &Value) -> Result<(), Error> {
        let json = Self { json: true, ..self };
        json.answer(Json::Value(value), &|_: &mut Page| {})
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
            spinner::end();
            let (look, color) = (self.json_look(), self.color_choice());
            if part.print(self.json, look, color, body.to_vec())? {
                return Ok(());
            }
        } else if self.json {
            return self.json_text(body);
        }
        let look = self.json_look().unwrap_or(Look::Plain);
        self.readable(body, look)
    }

    /// Prints a JSON text: byte for byte, but in many lines and in colours for eyes.
    fn json_text(self, body: &[u8]) -> Result<(), Error> {
        match self.json_look() {
            None => {
                spinner::end();
                stdout::body(body, self.color_choice())
            }
            Some(look) => self.readable(body, look),
        }
    }

    fn readable(self, body: &[u8], look: Look) -> Result<(), Error> {
        if let Ok(document) = document::parse(body) {
            return self.data(&(document::pretty(document, look) + "\n"));
        }
        // It can be shown all the same.
        spinner::end();
        stdout::body(body, self.color_choice())
    }

    /// How JSON is shown to eyes: on a terminal, or wherever colours were asked for with a flag.
    fn json_look(self) -> Option<Look> {
        match AutoStream::choice(&io::stdout()) {
            _ if self.color == Color::Always => Some(Look::Colored),
            _ if !stdout::is_terminal() => None,
            ColorChoice::Never => Some(Look::Plain),
            _ if self.color == Color::Never => Some(Look::Plain),
            _ => Some(Look::Colored),
        }
    }

    /// Prints words for people that are no answer to a script.
    pub(crate) fn page(self, human: &dyn Render) -> Result<(), Error> {
        let mut page = stdout::page();
        human.describe(&mut page);
        self.data(&page.render())
    }

    /// Prints text on stdout: byte for byte, unless a terminal would read more into it.
    pub(crate) fn text(self, text: &str) -> Result<(), Error> {
        if stdout::is_terminal() {
            self.data(&words(text))
        } else {
            self.bytes(text.as_bytes())
        }
    }

    /// Prints on stdout what should have been text: byte for byte, or what a terminal can show of it.
    pub(crate) fn unreadable(self, bytes: &[u8]) -> Result<(), Error> {
        if stdout::is_terminal() {
            let text = words(&String::from_utf8_lossy(bytes));
            let end = if text.ends_with('\n') { "" } else { "\n" };
            self.data(&(text + end))
        } else {
            self.bytes(bytes)
        }
    }

    /// Prints bytes on stdout as they are.
    #[expect(clippy::unused_self, reason = "what prints is a method of the streams")]
    pub(crate) fn bytes(self, bytes: &[u8]) -> Result<(), Error> {
        spinner::end();
        stdout::bytes(bytes)
    }

    /// Prints text on stdout as it is.
    pub(crate) fn data(self, text: &str) -> Result<(), Error> {
        spinner::end();
        stdout::data(text, self.color_choice())
    }

    /// Says something on stderr that is worth knowing; `--quiet` leaves it out.
    pub(crate) fn note(self, text: impl Display) {
        if !self.quiet {
            self.say(&fitted("", &text.to_string()));
        }
    }

    /// Says something on stderr that a person must see, `--quiet` or not.
    pub(crate) fn prompt(self, text: impl Display) {
        self.say(&format!("{}\n", redact(&text.to_string())));
    }

    /// Says that the rest of a wait is announced in words of its own.
    #[expect(clippy::unused_self, reason = "what prints is a method of the streams")]
    pub(crate) fn end_waiting(self) {
        spinner::end();
    }

    /// Shows an address that a person opens, `--quiet` or not. Where the terminal knows links, it
    /// is one; it can be read and copied everywhere.
    pub(crate) fn link(self, address: &str) {
        let address = redact(address);
        // OSC 8: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
        let (open, close) = if supports_hyperlinks::on(supports_hyperlinks::Stream::Stderr) {
            (format!("\u{1b}]8;;{address}\u{1b}\\"), "\u{1b}]8;;\u{1b}\\")
        } else {
            (String::new(), "")
        };
        self.say(&format!("{INPUT}{open}{address}{close}{INPUT:#}\n"));
    }

    /// Shows something on stderr that a person types elsewhere, `--quiet` or not.
    pub(crate) fn code(self, text: &str) {
        self.say(&format!("{HINT}{}{HINT:#}\n", line(text)));
    }

    /// Draws a QR code on stderr with some lines beside it, or below where there is no room,
    /// `--quiet` or not. Draws nothing where it does not fit.
    pub(crate) fn qr_code(self, text: &str, beside: &[String]) -> Result<(), NoQrCode> {
        let drawing = qr::draw(text).ok_or(NoQrCode::TooLong)?;
        let (width, _) =
            terminal_size::terminal_size_of(io::stderr()).ok_or(NoQrCode::NoTerminal)?;
        if drawing.columns > usize::from(width.0) {
            return Err(NoQrCode::TooNarrow {
                columns: drawing.columns,
            });
        }
        let beside: Vec<_> = beside.iter().map(|text| line(text)).collect();
        self.say(&drawing.with(&beside, usize::from(width.0)));
        Ok(())
    }

    /// Asks a question on stderr; anything but a clear yes is a no. `None` when the input ended
    /// before an answer.
    pub(crate) fn confirm(self, question: &str) -> Option<bool> {
        let _question = spinner::question();
        let Some(answer) =
            confirm::read_line(|| self.say(&redact(question)), |typed| self.say(typed))
        else {
            self.say("\n");
            return None;
        };
        let answer = strip(&answer).to_ascii_lowercase();
        Some(matches!(answer.as_str(), "y" | "yes"))
    }

    /// Warns of what stops nothing; `--quiet` leaves it out.
    pub(crate) fn caution(self, text: impl Display) {
        if !self.quiet {
            self.warn(text);
        }
    }

    pub(crate) fn warn(self, text: impl Display) {
        let label = format!("{WARNING}warning:{WARNING:#} ");
        self.say(&fitted(&label, &text.to_string()));
    }

    /// Reports the error that ends the run, on stderr: one JSON object where scripts read it.
    pub(crate) fn failure(self, error: &Error) {
        spinner::end();
        if self.json_errors {
            let error = redacted(&error.to_json());
            self.say(&json_for_terminal(&format!("{error}\n")));
            return;
        }
        let mut text = in_lines(&format!("{ERROR}error:{ERROR:#} "), &line(&error.message()));
        let cause = format!("  {LABEL}caused by:{LABEL:#} ");
        let causes = error.causes();
        text.extend(causes.iter().map(|words| in_lines(&cause, &line(words))));
        let details = redacted(&Value::from(error.details_in_words()));
        let details = details.as_array().into_iter().flatten();
        let detail = format!("  {LABEL}detail:{LABEL:#} ");
        text.extend(
            details
                .filter_map(Value::as_str)
                .take(MOST_DETAILS)
                .map(|words| in_lines(&detail, &escaped(words))),
        );
        if !error.hints().is_empty() {
            text.push('\n');
        }
        let hint = format!("{HINT}hint:{HINT:#} ");
        let hints = error.hints();
        text.extend(hints.iter().map(|words| in_lines(&hint, &line(words))));
        self.say(&text);
    }

    /// Nothing is left to be done about a stderr that cannot be written.
    fn say(self, text: &str) {
        spinner::beside(|| {
            let mut stderr = AutoStream::new(io::stderr().lock(), self.color_choice());
            drop(
                stderr
                    .write_all(text.as_bytes())
                    .and_then(|()| stderr.flush()),
            );
        });
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
