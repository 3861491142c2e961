//! Tables in Markdown, one file for each part of the harness.

use std::path::Path;

/// A table of results.
pub(super) struct Table {
    name: &'static str,
    title: &'static str,
    width: usize,
    lines: Vec<String>,
}

impl Table {
    /// A table; `name` orders it among the others.
    pub(super) fn new(name: &'static str, title: &'static str, columns: &[&str]) -> Self {
        let mut table = Self {
            name,
            title,
            width: columns.len(),
            lines: Vec::new(),
        };
        table.row(columns);
        table.row(&vec!["---"; columns.len()]);
        table
    }

    pub(super) fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        assert_eq!(cells.len(), self.width, "a cell for each column");
        let cells: Vec<_> = cells.iter().map(AsRef::as_ref).collect();
        self.lines.push(format!("| {} |", cells.join(" | ")));
    }

    /// Writes the table where `just reliability` finds it.
    pub(super) fn publish(self) {
        let size = if super::IS_FULL { "" } else { " (a sample)" };
        let text = format!("### {}{size}\n\n{}\n\n", self.title, self.lines.join("\n"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reliability");
        crate::world::write(&folder.join(format!("{}.md", self.name)), text.as_bytes());
    }
}
