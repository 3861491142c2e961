//! The one look that words and tables have.
//!
//! A command describes its answer to a [`Page`] in headings, fields, tables and lists; every text
//! is sanitised on the way in. A page for a terminal is made to fit its width; any other is as
//! wide as its content.

use std::borrow::Cow;
use std::fmt::Write as _;

use anstyle::Style;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Row, Table};

use super::sanitize::line;

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
/// Between two columns.
const GAP: u16 = 2;
/// A text in a list is shown this wide before other columns get any room.
const COMFORTABLE: u16 = 30;
/// A text in a list that would be cut shorter is better read in a card.
const TOLERABLE: u16 = 12;

/// The most rows of a table. More are of no use to a person, and take many times their text.
pub(super) const MOST_ROWS: usize = 1000;
/// The most letters that are shown of one value.
const MOST_LETTERS: usize = 4000;

const HEADING: Style = Style::new().bold();

#[derive(Debug, Default)]
pub(crate) struct Page {
    text: String,
    width: Option<u16>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    title: &'static str,
    room: Room,
    alignment: CellAlignment,
}

/// What happens to a column where a terminal is too narrow for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    Cut,
    Whole,
    Spare,
}

impl Column {
    const fn new(title: &'static str, room: Room) -> Self {
        Self {
            title,
            room,
            alignment: CellAlignment::Left,
        }
    }

    /// A text that can be cut short.
    pub(crate) const fn text(title: &'static str) -> Self {
        Self::new(title, Room::Cut)
    }

    /// What is of no use unless it is whole, such as an id.
    pub(crate) const fn whole(title: &'static str) -> Self {
        Self::new(title, Room::Whole)
    }

    /// What can be left out; the last one goes first.
    pub(crate) const fn spare(title: &'static str) -> Self {
        Self::new(title, Room::Spare)
    }

    /// The same, aligned at the right, as amounts are.
    #[must_use]
    pub(crate) const fn right(mut self) -> Self {
        self.alignment = CellAlignment::Right;
        self
    }
}

impl Page {
    pub(crate) fn fitting(width: u16) -> Self {
        Self {
            text: String::new(),
            width: Some(width),
        }
    }

    pub(crate) fn say(&mut self, text: impl AsRef<str>) {
        self.text.push_str(&line(text.as_ref()));
        self.text.push('\n');
    }

    pub(crate) fn heading(&mut self, text: impl AsRef<str>) {
        let text = line(text.as_ref());
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "{HEADING}{text}{HEADING:#}");
    }

    pub(crate) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Adds names with their values, aligned. A value of `None` is shown as a dash; one that is
    /// too long for the terminal is wrapped.
    pub(crate) fn fields<N: AsRef<str>>(&mut self, fields: &[(N, Option<String>)]) {
        let mut table = empty();
        for (name, value) in fields {
            table.add_row([line(name.as_ref()), value_of(value.as_deref())]);
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
        table.set_header(header.map(str::to_uppercase));
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
        table.set_header(titles.iter().map(|title| line(title).to_uppercase()));
        for row in rows {
            let cell =
                |cell: Option<String>| cell.map_or(NO_VALUE.to_owned(), |text| line(&short(&text)));
            table.add_row(row.into_iter().map(cell));
        }
        self.print(table);
    }

    /// Adds a list with one line for each row. Columns without any value are left out. Where the
    /// terminal is too narrow, spare columns go first, then texts are cut; where that is not
    /// enough, each row becomes a card.
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
        let mut shown: Vec<_> = (0..N)
            .filter(|&index| rows.iter().any(|row| row[index].is_some()))
            .collect();
        let mut table = empty();
        table.set_header(columns.iter().map(|column| column.title.to_uppercase()));
        for row in rows {
            let cells = row.iter().map(|cell| value_of(cell.as_deref()));
            let mut row = Row::from(cells);
            row.max_height(1);
            table.add_row(row);
        }
        let needs = Needs {
            columns,
            widths: table.column_max_content_widths(),
        };
        let left_out = self
            .width
            .map_or_else(Vec::new, |width| needs.spare(&mut shown, width));
        if self
            .width
            .is_some_and(|width| needs.at_least(&shown, TOLERABLE) > usize::from(width))
        {
            return self.cards(columns, rows);
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
        if !left_out.is_empty() {
            self.gap();
            self.say(format!(
                "Left out to fit: {} (`--json` has all)",
                left_out.join(", ")
            ));
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
                .filter(|(_, value)| value.is_some())
                .map(|(column, value)| (column.title, value.clone()))
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
            self.text.push_str(row.trim_end());
            self.text.push('\n');
        }
    }

    pub(crate) fn render(self) -> String {
        self.text
    }
}

/// A value without what steers a terminal, or a dash where there is none.
fn value_of(value: Option<&str>) -> String {
    let value = value.filter(|value| !value.is_empty()).unwrap_or(NO_VALUE);
    line(&short(value))
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

/// How much room the columns of a list need.
struct Needs<'a> {
    columns: &'a [Column],
    widths: Vec<u16>,
}

impl Needs<'_> {
    /// The least width of these columns, where no text is cut below a number of characters.
    fn at_least(&self, shown: &[usize], text: u16) -> usize {
        let widths = shown.iter().map(|&index| match self.columns[index].room {
            Room::Cut => self.widths[index].min(text),
            Room::Whole | Room::Spare => self.widths[index],
        });
        let gaps = usize::from(GAP) * shown.len().saturating_sub(1);
        widths.map(usize::from).sum::<usize>() + gaps
    }

    /// Takes spare columns away until the others fit, and gives their names.
    fn spare(&self, shown: &mut Vec<usize>, width: u16) -> Vec<&'static str> {
        let mut left_out = Vec::new();
        while self.at_least(shown, COMFORTABLE) > usize::from(width) {
            let is_spare = |&index: &usize| self.columns[index].room == Room::Spare;
            let Some(position) = shown.iter().rposition(is_spare) else {
                break;
            };
            left_out.insert(0, self.columns[shown.remove(position)].title);
        }
        left_out
    }
}

mod findings;
mod prose;

pub(crate) use findings::Mark;

#[cfg(test)]
mod tests;
