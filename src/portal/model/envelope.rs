//! What some answers are wrapped in (docs/portal.md, "Endpoints").

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Data<T> {
    pub data: T,
}

/// `{"data": […], "meta": {"nextCursor": …}}`: one page of a list.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Listing<T> {
    pub data: Vec<T>,
    pub meta: Option<Meta>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Meta {
    /// The cursor of the next page, opaque; null at the end.
    pub next_cursor: Option<String>,
}

impl<T> Listing<T> {
    /// The cursor of the next page, where there is one.
    pub(crate) fn next_cursor(&self) -> Option<&str> {
        self.meta
            .as_ref()?
            .next_cursor
            .as_deref()
            .filter(|cursor| !cursor.is_empty())
    }
}
