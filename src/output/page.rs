//! The one look that words and tables have.
//!
//! A command describes its answer to a [`Page`] in headings, fields and tables; every text is
//! sanitised on the way in.

use comfy_table::presets::NOTHING;
use comfy_table::{ContentArrangement, Table};

use super::sanitize::line;

/// An answer that people can read.
pub trait Human {
    /// Describes the answer to the page.
    fn describe(&self, page: &mut Page);
}

impl<F: Fn(&mut Page)> Human for F {
    fn describe(&self, page: &mut Page) {
        self(page);
    }
}

/// What is going to be printed for a person.
#[derive(Debug, Default)]
pub struct Page {
    text: String,
}

impl Page {
    /// Adds a line of words.
    pub fn say(&mut self, text: impl AsRef<str>) {
        self.text.push_str(&line(text.as_ref()));
        self.text.push('\n');
    }

    /// Adds an empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Adds names with their values, aligned. A value of `None` is shown as a dash.
    pub fn fields<N: AsRef<str>>(&mut self, fields: &[(N, Option<String>)]) {
        let rows = fields.iter().map(|(name, value)| {
            [
                name.as_ref().to_owned(),
                value.clone().unwrap_or_else(|| "—".to_owned()),
            ]
        });
        self.rows(&[], rows);
    }

    /// Adds a table.
    pub fn table<const N: usize>(
        &mut self,
        header: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) {
        self.rows(&header, rows);
    }

    fn rows<const N: usize>(
        &mut self,
        header: &[&str],
        rows: impl IntoIterator<Item = [String; N]>,
    ) {
        let mut table = Table::new();
        table
            .load_style(NOTHING)
            .set_content_arrangement(ContentArrangement::Disabled);
        if !header.is_empty() {
            table.set_header(header.iter().map(|title| title.to_uppercase()));
        }
        for row in rows {
            table.add_row(row.iter().map(|cell| line(cell)));
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        for row in table.lines() {
            self.text.push_str(row.trim_end());
            self.text.push('\n');
        }
    }

    /// The finished text.
    pub fn render(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_aligned_and_a_missing_value_is_a_dash() {
        let mut page = Page::default();
        page.fields(&[("name", Some("Ines".to_owned())), ("phone number", None)]);
        assert_eq!(page.render(), "name          Ines\nphone number  —\n");
    }

    #[test]
    fn a_table_has_its_header_and_no_escape_from_a_server() {
        let mut page = Page::default();
        page.table(["id", "name"], [["1".to_owned(), "a\u{1b}[31m".to_owned()]]);
        assert_eq!(page.render(), "ID  NAME\n1   a\\u{1b}[31m\n");
    }
}
