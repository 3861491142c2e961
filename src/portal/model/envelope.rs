//! What some answers are wrapped in (docs/portal.md, "Endpoints").

use serde::Deserialize;

/// `{"data": …}`.
#[derive(Clone, Debug, Deserialize)]
pub struct Data<T> {
    /// What is inside.
    pub data: T,
}

/// `{"data": […], "meta": {"nextCursor": …}}`: one page of a list.
#[derive(Clone, Debug, Deserialize)]
pub struct Listing<T> {
    /// This page.
    pub data: Vec<T>,
    /// Where it goes on.
    pub meta: Option<Meta>,
}

/// What is said about a page.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Meta {
    /// The cursor of the next page, opaque; null at the end.
    pub next_cursor: Option<String>,
}

impl<T> Listing<T> {
    /// The cursor of the next page, where there is one.
    pub fn next_cursor(&self) -> Option<&str> {
        self.meta
            .as_ref()?
            .next_cursor
            .as_deref()
            .filter(|cursor| !cursor.is_empty())
    }
}
