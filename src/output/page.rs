//! The one look that words and tables have.
//!
//! A command describes its answer to a [`Page`] in headings, fields, tables and lists; every text
//! is sanitised on the way in. A page for a terminal is made to fit its width; any other is as
//! wide as its content.

mod columns;
mod findings;
mod paint;
mod prose;

use std::borrow::Cow;
use std::fmt::Write as _;

use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, Row, Table};

use super::palette::{HEADING, LABEL, Tone};
use super::sanitize::line;
use super::wrap::wrapped;
pub(crate) use columns::Column;
use columns::{COMFORTABLE, GAP, Needs, Room, TOLERABLE};
pub(crate) use findings::Mark;
use paint::{label, painted, toned};

/// An answer that people can read.
pub(crate) trait Render {
    /// Describes the answer to the page.
    fn describe(&self, page: &mut Page);
}

impl<F: Fn(&mut Page)> Render for F {
    fn describe(&self, page: &mut Page) {
        self(page);
    }
}

/// What stands where there is no value.
const NO_VALUE: &str = "—";

/// The most rows of a table. More are of no use to a person, and take many times their text.
pub(super) const MOST_ROWS: usize = 1000;
/// The most letters that are shown of one value.
const MOST_LETTERS: usize = 4000;

#[derive(Debug, Default)]
pub(crate) struct Page {
    text: String,
    width: Option<u16>,
}

/// A value and how good or bad it is.
#[derive(Clone, Debug)]
pub(crate) struct Toned {
    text: String,
    tone: Tone,
}

impl Toned {
    pub(crate) fn new(text: impl Into<String>, tone: Tone) -> Self {
        let text = text.into();
        Self { text, tone }
    }
}

impl From<String> for Toned {
    fn from(text: String) -> Self {
        Self::new(text, Tone::Plain)
    }
}

impl Page {
    pub(crate) fn fitting(width: u16) -> Self {
        Self {
            text: String::new(),
            width: Some(width),
        }
    }

    /// Adds a paragraph, whose lines end between words on a terminal.
    pub(crate) fn say(&mut self, text: impl AsRef<str>) {
        let text = self.fitted(text.as_ref(), 0);
        self.text.push_str(&text);
        self.text.push('\n');
    }

    /// Adds a line that says how it is, in its tone. On a terminal it begins with a sign.
    pub(crate) fn outcome(&mut self, text: impl AsRef<str>, tone: Tone) {
        let style = tone.style();
        let sign = match tone {
            _ if self.width.is_none() => "",
            Tone::Good => "✓ ",
            Tone::Caution => "! ",
            Tone::Bad => "✗ ",
            Tone::Plain => "",
        };
        let indent = sign.chars().count();
        let text = self.fitted(&format!("{sign}{}", text.as_ref()), indent);
        let text = text.strip_prefix(sign).unwrap_or(&text);
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "{style}{sign}{style:#}{text}");
    }

    /// Adds a remark on the rest of the page.
    pub(crate) fn remark(&mut self, text: impl AsRef<str>) {
        let text = self.fitted(text.as_ref(), 0);
        for row in text.lines() {
            let _ = writeln!(self.text, "{LABEL}{row}{LABEL:#}");
        }
    }

    pub(crate) fn heading(&mut self, text: impl AsRef<str>) {
        let text = line(text.as_ref());
        let _ = writeln!(self.text, "{HEADING}{text}{HEADING:#}");
    }

    pub(crate) fn gap(&mut self) {
        self.text.push('\n');
    }

    fn fitted(&self, text: &str, indent: usize) -> String {
        let text = line(text);
        match self.width {
            Some(width) => wrapped(&text, usize::from(width), indent),
            None => text,
        }
    }

    /// Adds names with their values, aligned. A value of `None` is shown as a dash; one that is
    /// too long for the terminal is wrapped.
    pub(crate) fn fields<N: AsRef<str>, V: Clone + Into<Toned>>(
        &mut self,
        fields: &[(N, Option<V>)],
    ) {
        let mut table = empty();
        for (name, value) in fields {
            let value: Option<Toned> = value.clone().map(Into::into);
            let tone = value.as_ref().map_or(Tone::Plain, |value| value.tone);
            let text = value_of(value.as_ref().map(|value| value.text.as_str()));
            table.add_row([label(&line(name.as_ref())), toned(text, tone)]);
        }
        if let Some(names) = table.column_mut(0) {
            names.set_constraint(ColumnConstraint::ContentWidth);
        }
        self.print(table);
    }

    /// Adds a table of few rows. What is too long for the terminal is wrapped.
    pub(crate) fn table<const N: usize>(
        &mut self,
        header: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) {
        let mut table = empty();
        table.set_header(header.map(title));
        let mut rows = rows.into_iter();
        for row in rows.by_ref().take(MOST_ROWS) {
            table.add_row(row.iter().map(|cell| line(&short(cell))));
        }
        self.print(table);
        self.more(rows.count());
    }

    /// Adds a table with as many columns as there are titles.
    pub(super) fn rows(
        &mut self,
        titles: &[String],
        rows: impl IntoIterator<Item = Vec<Option<String>>>,
    ) {
        let mut table = empty();
        table.set_header(titles.iter().map(|text| title(&line(text))));
        for row in rows {
            let cell = |cell: Option<String>| {
                cell.map_or_else(|| label(NO_VALUE), |text| line(&short(&text)))
            };
            table.add_row(row.into_iter().map(cell));
        }
        self.print(table);
    }

    /// Adds a list with one line for each row. Columns without any value are left out. Where the
    /// terminal is too narrow, ids are shortened first, then spare columns go, then texts are cut;
    /// where that is not enough, each row becomes a card.
    pub(crate) fn list<const N: usize>(
        &mut self,
        columns: [Column; N],
        rows: impl IntoIterator<Item = [Option<String>; N]>,
    ) {
        let mut rows = rows.into_iter();
        let listed: Vec<_> = rows.by_ref().take(MOST_ROWS).collect();
        self.listed(&columns, &listed);
        self.more(rows.count());
    }

    fn listed<const N: usize>(&mut self, columns: &[Column; N], rows: &[[Option<String>; N]]) {
        let has_any = |index: usize| rows.iter().any(|row| row[index].is_some());
        let mut shown: Vec<_> = (0..N).filter(|&index| has_any(index)).collect();
        let mut table = listing(columns, rows);
        let mut remarks = Vec::new();
        if let Some(width) = self.width {
            let mut needs = Needs::of(columns, &table);
            if needs.at_least(&shown, COMFORTABLE) > usize::from(width) {
                let (shortened, is_shorter) = columns::with_short_ids(columns, rows);
                table = listing(columns, &shortened);
                needs = Needs::of(columns, &table);
                if is_shorter {
                    remarks.push("Ids are shortened: commands take them as shown".to_owned());
                }
            }
            let left_out = needs.spare(&mut shown, width);
            if needs.at_least(&shown, TOLERABLE) > usize::from(width) {
                return self.cards(columns, rows);
            }
            if !left_out.is_empty() {
                let left_out = left_out.join(", ");
                remarks.push(format!(
                    "Hidden to fit: {left_out} (use `--json` to see all)"
                ));
            }
        }
        for (index, column) in table.column_iter_mut().enumerate() {
            column.set_cell_alignment(columns[index].alignment);
            // A text is cut where its room ends, not at the blank before.
            column.set_delimiter('\n');
            if !shown.contains(&index) {
                column.set_constraint(ColumnConstraint::Hidden);
            } else if columns[index].room != Room::Cut {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        self.print(table);
        if !remarks.is_empty() {
            self.gap();
        }
        for remark in remarks {
            self.remark(remark);
        }
    }

    /// Says how many rows are not shown, if there are any.
    pub(super) fn more(&mut self, rows: usize) {
        if rows > 0 {
            self.gap();
            self.say(format!("… and {rows} more: use `--json` to see all"));
        }
    }

    fn cards<const N: usize>(&mut self, columns: &[Column; N], rows: &[[Option<String>; N]]) {
        for (index, row) in rows.iter().enumerate() {
            if index > 0 {
                self.gap();
            }
            let fields: Vec<_> = columns
                .iter()
                .zip(row)
                .filter_map(|(column, value)| Some((column, value.clone()?)))
                .map(|(column, value)| {
                    let tone = column.tone_of(&value);
                    (column.title, Some(Toned::new(value, tone)))
                })
                .collect();
            self.fields(&fields);
        }
    }

    fn print(&mut self, mut table: Table) {
        if let Some(width) = self.width {
            table.set_width(width);
            table.set_content_arrangement(ContentArrangement::Dynamic);
        }
        let last = table.column_iter().rposition(|column| !column.is_hidden());
        for (index, column) in table.column_iter_mut().enumerate() {
            let gap = if Some(index) == last { 0 } else { GAP };
            column.set_padding((0, gap));
        }
        for row in table.lines() {
            self.text.push_str(&painted(row.trim_end()));
            self.text.push('\n');
        }
    }

    pub(crate) fn render(self) -> String {
        self.text
    }
}

/// The rows of a list, each one line high.
fn listing<const N: usize>(columns: &[Column; N], rows: &[[Option<String>; N]]) -> Table {
    let mut table = empty();
    table.set_header(columns.iter().map(|column| title(column.title)));
    for row in rows {
        let cells = columns.iter().zip(row).map(|(column, cell)| {
            let tone = cell
                .as_deref()
                .map_or(Tone::Plain, |text| column.tone_of(text));
            toned(value_of(cell.as_deref()), tone)
        });
        let mut row = Row::from(cells);
        row.max_height(1);
        table.add_row(row);
    }
    table
}

/// The name above a column.
fn title(text: &str) -> String {
    label(&text.to_uppercase())
}

/// A value without what steers a terminal, or a dash where there is none.
fn value_of(value: Option<&str>) -> String {
    match value.filter(|value| !value.is_empty()) {
        Some(value) => line(&short(value)),
        None => label(NO_VALUE),
    }
}

/// A value as far as it is shown.
fn short(value: &str) -> Cow<'_, str> {
    match value.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => Cow::Owned(format!("{}…", &value[..end])),
        None => Cow::Borrowed(value),
    }
}

fn empty() -> Table {
    let mut table = Table::new();
    table
        .load_style(NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_truncation_indicator("…");
    table
}

#[cfg(test)]
mod tests;
