//! `--paginate`: every page of a list, as one document (docs/portal.md, "Endpoints").

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

use super::draft::Draft;
use super::{Asked, reply};
use crate::error::{Error, Kind};
use crate::portal::Bearer;

/// The most pages that are asked for.
const MOST: usize = 10_000;
/// The most bytes that are kept: 256 MiB.
const LONGEST: usize = 256 * 1024 * 1024;

/// One page: its members as they were sent.
type Page<'a> = BTreeMap<String, &'a RawValue>;

#[derive(Deserialize)]
struct Meta {
    #[serde(default, rename = "nextCursor")]
    next_cursor: Option<String>,
}

/// Asks for a page and all that follow.
///
/// # Errors
/// What the portal says to any of them; when they have no end, or cannot be one document.
pub(super) async fn all<B: Bearer<Error = Error>>(
    asked: &Asked<'_, B>,
    mut draft: Draft,
    as_list: bool,
) -> Result<Vec<u8>, Error> {
    let mut pages = Vec::new();
    let mut cursors = HashSet::new();
    let mut bytes = 0;
    loop {
        let answer = asked.success(asked.answer(&draft).await?)?;
        reply::require_json(&answer)?;
        bytes += answer.body.len();
        let next = next_cursor(&answer.body);
        pages.push(answer.body);
        let Some(cursor) = next else { break };
        if pages.len() >= MOST || bytes > LONGEST {
            let problem = format!(
                "there are more pages than the {} that were read",
                pages.len()
            );
            return Err(Error::said(Kind::Failure, problem).hint("narrow the question"));
        }
        set_cursor(&mut draft.url, &cursor);
        if !cursors.insert(cursor) {
            return Err(Error::said(
                Kind::Failure,
                "the portal leads back to a page that was read",
            )
            .hint("it would never end; ask for single pages with `-f cursor=…`"));
        }
    }
    if as_list {
        return listed(&pages);
    }
    match pages.len() {
        1 => Ok(pages.swap_remove(0)),
        _ => merged(&pages),
    }
}

fn next_cursor(body: &[u8]) -> Option<String> {
    let page: Page<'_> = serde_json::from_slice(body).ok()?;
    let meta: Meta = serde_json::from_str(page.get("meta")?.get()).ok()?;
    meta.next_cursor.filter(|cursor| !cursor.is_empty())
}

fn set_cursor(url: &mut Url, cursor: &str) {
    let others: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| name != "cursor")
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(others)
        .append_pair("cursor", cursor);
}

/// The pages as the items of a list.
fn listed(pages: &[Vec<u8>]) -> Result<Vec<u8>, Error> {
    let pages: Result<Vec<&RawValue>, _> = pages
        .iter()
        .map(|page| serde_json::from_slice(page))
        .collect();
    serde_json::to_vec(&pages.map_err(unmergeable)?).map_err(unmergeable)
}

/// The last page, with the items of all.
fn merged(pages: &[Vec<u8>]) -> Result<Vec<u8>, Error> {
    let mut items: Vec<&RawValue> = Vec::new();
    let mut last = Page::new();
    for page in pages {
        last = serde_json::from_slice(page).map_err(unmergeable)?;
        let data = last.get("data").map(|data| data.get()).unwrap_or_default();
        let more: Vec<&RawValue> = serde_json::from_str(data).map_err(unmergeable)?;
        items.extend(more);
    }
    let items = serde_json::value::to_raw_value(&items).map_err(unmergeable)?;
    last.insert("data".to_owned(), &items);
    serde_json::to_vec(&last).map_err(unmergeable)
}

fn unmergeable(_: serde_json::Error) -> Error {
    Error::said(Kind::Failure, "the pages are no lists that could be joined")
        .hint("print them one by one with `--slurp`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_one_list_with_every_item_as_it_was_sent() {
        let pages = [
            br#"{"data":[{"b":1.10,"a":12345678901234567890123}],"meta":{"nextCursor":"x"}}"#
                .to_vec(),
            br#"{"data":[],"meta":{"nextCursor":"y"}}"#.to_vec(),
            br#"{ "data": [ 3 ], "meta": { "nextCursor": null } }"#.to_vec(),
        ];
        assert_eq!(
            String::from_utf8(merged(&pages).unwrap()).unwrap(),
            r#"{"data":[{"b":1.10,"a":12345678901234567890123},3],"meta":{ "nextCursor": null }}"#
        );
        assert!(
            listed(&pages)
                .unwrap()
                .starts_with(br#"[{"data":[{"b":1.10"#)
        );
        for page in [&br#"{"meta":{}}"#[..], br#"{"data":{}}"#, b"[]"] {
            assert!(merged(&[pages[0].clone(), page.to_vec()]).is_err());
        }
    }

    #[test]
    fn a_page_says_whether_there_is_another() {
        for (body, cursor) in [
            (r#"{"meta":{"nextCursor":"x"}}"#, Some("x")),
            (r#"{"meta":{"nextCursor":""}}"#, None),
            (r#"{"meta":{"nextCursor":null}}"#, None),
            (r#"{"meta":{"nextCursor":7}}"#, None),
            (r#"{"meta":null}"#, None),
            (r#"{"data":[]}"#, None),
            ("[]", None),
            ("null", None),
        ] {
            assert_eq!(next_cursor(body.as_bytes()).as_deref(), cursor, "{body}");
        }
    }

    #[test]
    fn the_cursor_takes_the_place_of_the_one_before() {
        let mut url = Url::parse("https://portal.example/a?limit=2&cursor=old&x%5B%5D=y").unwrap();
        set_cursor(&mut url, "n&w=");
        assert_eq!(url.query(), Some("limit=2&x%5B%5D=y&cursor=n%26w%3D"));
    }
}
