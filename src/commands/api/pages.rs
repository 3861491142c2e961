//! `--paginate`: every page of a list, as one document (docs/portal.md, "Endpoints").

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

use super::asked::Asked;
use super::draft::Draft;
use super::reply;
use crate::commands::pages::PageWalk;
use crate::error::Error;
use crate::portal::Bearer;

/// One page: its members as they were sent.
type Page<'a> = BTreeMap<String, &'a RawValue>;

#[derive(Deserialize)]
struct PageMeta {
    #[serde(default, rename = "nextCursor")]
    next_cursor: Value,
}

/// Asks for a page and all that follow.
pub(super) async fn all<B: Bearer<Error = Error>>(
    asked: &Asked<'_, B>,
    mut draft: Draft,
    as_list: bool,
) -> Result<Vec<u8>, Error> {
    let mut pages = Vec::new();
    let mut walk = PageWalk::from(cursor(&draft.url).as_deref());
    loop {
        let answer = asked.success(asked.answer(&draft).await?)?;
        let body = reply::require_json(answer)?;
        let bytes = body.len();
        let next = next_cursor(&body)?;
        pages.push(body);
        let Some(next) = next else { break };
        walk.go_on(bytes, &next)?;
        set_cursor(&mut draft.url, &next);
    }
    if as_list {
        return listed(&pages);
    }
    match pages.len() {
        1 => Ok(pages.swap_remove(0)),
        _ => merged(&pages),
    }
}

/// Where a page goes on. Fails when it does, and the cursor cannot be read: to end there would pass
/// a part off as the whole.
fn next_cursor(body: &[u8]) -> Result<Option<String>, Error> {
    let page: Page<'_> = serde_json::from_slice(body).unwrap_or_default();
    let meta = page
        .get("meta")
        .and_then(|meta| serde_json::from_str(meta.get()).ok());
    match meta.map(|meta: PageMeta| meta.next_cursor) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(cursor)) => Ok(Some(cursor).filter(|cursor| !cursor.is_empty())),
        Some(_) => Err(Error::failure(
            "the portal announced another page, but its cursor is not a string",
        )
        .hint("request the pages one by one, without `--paginate`")),
    }
}

fn cursor(url: &Url) -> Option<String> {
    let mut pairs = url.query_pairs();
    let (_, cursor) = pairs.find(|(name, _)| name == "cursor")?;
    Some(cursor.into_owned())
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
    Error::failure("the pages are not lists, so they cannot be joined")
        .hint("use `--slurp` to print them one by one")
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
            (r#"{"meta":null}"#, None),
            (r#"{"data":[]}"#, None),
            ("[]", None),
            ("null", None),
        ] {
            let next = next_cursor(body.as_bytes()).unwrap();
            assert_eq!(next.as_deref(), cursor, "{body}");
        }
        for cursor in ["7", "true", "[\"x\"]"] {
            let body = format!(r#"{{"data":[],"meta":{{"nextCursor":{cursor}}}}}"#);
            let error = next_cursor(body.as_bytes()).unwrap_err();
            assert!(error.message().contains("not a string"), "{cursor}");
        }
    }

    #[test]
    fn the_cursor_takes_the_place_of_the_one_before() {
        let mut url = Url::parse("https://portal.example/a?limit=2&cursor=old&x%5B%5D=y").unwrap();
        set_cursor(&mut url, "n&w=");
        assert_eq!(url.query(), Some("limit=2&x%5B%5D=y&cursor=n%26w%3D"));
        assert_eq!(cursor(&url).as_deref(), Some("n&w="));
    }
}
