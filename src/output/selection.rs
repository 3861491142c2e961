//! The part of an answer that is wanted: `--fields` first, then `--jq`.

use std::io::{self, IsTerminal as _, Write as _};

use anstream::ColorChoice;
use jaq_json::Val;

use super::document::{self, Look};
use super::fields::{Fields, NotPicked, Picked, Unknown};
use super::jq::Filter;
use super::memory::bound_memory;
use super::page::{MOST_ROWS, Page};
use super::sanitize::{line, words};
use super::stdout::{self, unwritten};
use crate::error::Error;
use crate::interrupt;

/// What of an answer is wanted.
#[derive(Debug)]
pub(super) struct Selection {
    fields: Option<Fields>,
    filter: Option<Filter>,
}

impl Selection {
    pub(super) fn new(fields: Option<Fields>, filter: Option<Filter>) -> Self {
        Self { fields, filter }
    }

    /// Prints this part of a document. For people there may be none: then nothing is printed.
    pub(super) fn print(
        &'static self,
        is_json: bool,
        look: Option<Look>,
        color: ColorChoice,
        body: Vec<u8>,
    ) -> Result<bool, Error> {
        interrupt::run_interruptible(move || {
            let _bound = bound_memory();
            let Some(filter) = &self.filter else {
                return self.pick(is_json, look, color, &body);
            };
            let document = match &self.fields {
                None => document::read(&body)?,
                Some(fields) => {
                    let picked = fields.find(&body).map_err(not_picked)?;
                    let mut values = picked.values();
                    if picked.length().is_some() {
                        let values: Result<_, _> = values.collect();
                        values.map_err(|reason| document::unreadable(&reason))?
                    } else {
                        let value = values.next().unwrap_or(Ok(Val::Null));
                        value.map_err(|reason| document::unreadable(&reason))?
                    }
                }
            };
            drop(body);
            filtered(filter, document, look)?;
            Ok(true)
        })
    }

    /// Prints fields, item by item.
    fn pick(
        &self,
        is_json: bool,
        look: Option<Look>,
        color: ColorChoice,
        body: &[u8],
    ) -> Result<bool, Error> {
        let Some(fields) = &self.fields else {
            return Ok(false);
        };
        let picked = fields.find(body).map_err(not_picked)?;
        if is_json {
            in_many_lines(&picked, look)?;
            return Ok(true);
        }
        let Some(page) = described(fields, &picked)? else {
            return Ok(false);
        };
        stdout::data(&page.render(), color)?;
        Ok(true)
    }
}

/// What was picked as JSON, indented as one document.
fn in_many_lines(picked: &Picked<'_>, look: Option<Look>) -> Result<(), Error> {
    let is_list = picked.length().is_some();
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    let mut write = |text: &str| stdout.write_all(text.as_bytes()).map_err(unwritten);
    let mut is_first = true;
    for value in picked.values() {
        let value = value.map_err(|reason| document::unreadable(&reason))?;
        let level = usize::from(is_list);
        let text = match look {
            Some(look) => document::nested_for_eyes(value, level, look),
            None => document::nested(value, level),
        };
        if is_list {
            write(if is_first { "[\n  " } else { ",\n  " })?;
        }
        write(&text)?;
        is_first = false;
    }
    write(match (is_list, is_first) {
        (true, true) => "[]\n",
        (true, false) => "\n]\n",
        (false, _) => "\n",
    })?;
    stdout.flush().map_err(unwritten)
}

/// A text is printed as it is, anything else as JSON in one line.
fn filtered(filter: &Filter, document: Val, look: Option<Look>) -> Result<(), Error> {
    let is_terminal = io::stdout().is_terminal();
    // Line by line: a reader may be waiting for the first.
    let mut stdout = io::stdout().lock();
    filter.run(document, |result| {
        let written = match result {
            Val::TStr(text) if is_terminal => {
                stdout.write_all(words(&String::from_utf8_lossy(&text)).as_bytes())
            }
            Val::TStr(text) => stdout.write_all(&text),
            value => match look {
                Some(look) => stdout.write_all(document::compact_for_eyes(value, look).as_bytes()),
                None => document::write_compact(&mut stdout, value),
            },
        };
        written
            .and_then(|()| stdout.write_all(b"\n"))
            .map_err(unwritten)
    })?;
    stdout.flush().map_err(unwritten)
}

/// Fields as the columns of a table, or the rows of a card.
fn described(fields: &Fields, picked: &Picked<'_>) -> Result<Option<Page>, Error> {
    let mut page = stdout::page();
    let titles = fields.titles();
    let mut values = picked.values();
    match picked.length() {
        Some(0) => return Ok(None),
        Some(length) => {
            let rows = values.by_ref().take(MOST_ROWS);
            let rows: Result<Vec<_>, _> = rows.map(|value| Ok(fields.row(&value?))).collect();
            page.rows(
                &titles,
                rows.map_err(|reason| document::unreadable(&reason))?,
            );
            page.more(length.saturating_sub(MOST_ROWS));
        }
        None => {
            let Some(value) = values.next() else {
                return Ok(None);
            };
            let value = value.map_err(|reason| document::unreadable(&reason))?;
            if !matches!(value, Val::Obj(_)) {
                return Ok(None);
            }
            let rows: Vec<_> = titles.into_iter().zip(fields.row(&value)).collect();
            page.fields(&rows);
        }
    }
    Ok(Some(page))
}

fn not_picked(reason: NotPicked) -> Error {
    match reason {
        NotPicked::MalformedDocument(reason) => document::unreadable(&reason),
        NotPicked::Unknown(unknown) => no_such_field(&unknown),
    }
}

fn no_such_field(unknown: &Unknown) -> Error {
    let field = line(&unknown.field);
    let error = Error::usage(format!("the answer has no field `{field}`"));
    if unknown.available.is_empty() {
        return error.hint("the response has no fields to choose from");
    }
    error.hint(format!("choose from {}", unknown.available.join(", ")))
}
