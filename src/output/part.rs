//! The part of an answer that is wanted: `--fields` first, then `--jq`.

use std::io::{self, IsTerminal as _, Write as _};

use jaq_json::Val;

use super::fields::{Fields, Unknown};
use super::jq::Filter;
use super::sanitize::{json_for_terminal, line, words};
use super::{Output, Page, document, unwritten};
use crate::error::{Error, Kind};
use crate::interrupt;

/// What of an answer is wanted.
#[derive(Debug)]
pub(super) struct Part {
    fields: Option<Fields>,
    filter: Option<Filter>,
}

impl Part {
    pub(super) fn new(fields: Option<Fields>, filter: Option<Filter>) -> Self {
        Self { fields, filter }
    }

    /// Prints this part of a document. For people there may be none: then nothing is printed.
    pub(super) fn print(&'static self, output: Output, body: Vec<u8>) -> Result<bool, Error> {
        interrupt::heeding(move || {
            let mut document = document::read(&body)?;
            if let Some(fields) = &self.fields {
                document = fields
                    .pick(&document)
                    .map_err(|unknown| no_such_field(&unknown))?;
            }
            match (&self.filter, &self.fields) {
                (Some(filter), _) => filtered(filter, document)?,
                (None, Some(fields)) if !output.json => {
                    let Some(page) = described(fields, &document) else {
                        return Ok(false);
                    };
                    output.data(&page.render())?;
                }
                _ => output.text(&(document::pretty(&document) + "\n"))?,
            }
            Ok(true)
        })
    }
}

/// A text is printed as it is, anything else as JSON in one line.
fn filtered(filter: &Filter, document: Val) -> Result<(), Error> {
    let is_terminal = io::stdout().is_terminal();
    // Line by line: somebody may be waiting for the first.
    let mut stdout = io::stdout().lock();
    filter.run(document, |result| {
        let row = match result {
            Val::TStr(text) if is_terminal => words(&String::from_utf8_lossy(&text)).into_bytes(),
            Val::TStr(text) => text.to_vec(),
            value if is_terminal => json_for_terminal(&document::compact(value)).into_bytes(),
            value => document::compact(value).into_bytes(),
        };
        let written = stdout
            .write_all(&row)
            .and_then(|()| stdout.write_all(b"\n"));
        written.map_err(unwritten)
    })?;
    stdout.flush().map_err(unwritten)
}

/// Fields as the columns of a table, or the rows of a card.
fn described(fields: &Fields, document: &Val) -> Option<Page> {
    let mut page = super::page();
    let titles = fields.titles();
    match document {
        Val::Arr(items) if !items.is_empty() => {
            page.rows(&titles, items.iter().map(|item| fields.row(item)));
        }
        Val::Obj(_) => {
            let rows: Vec<_> = titles.into_iter().zip(fields.row(document)).collect();
            page.fields(&rows);
        }
        _ => return None,
    }
    Some(page)
}

fn no_such_field(unknown: &Unknown) -> Error {
    let field = line(&unknown.field);
    let error = Error::said(Kind::Usage, format!("the answer has no field `{field}`"));
    if unknown.available.is_empty() {
        return error.hint("there is nothing to choose from in its place");
    }
    error.hint(format!("choose from {}", unknown.available.join(", ")))
}
