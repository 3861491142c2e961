//! Follows the cursors of the filings (docs/portal.md, "Tax"), with the same filters on every page.

use serde::Serialize;
use serde_json::value::RawValue;

use super::super::resource_request::ResourceRequest;
use crate::commands::pages::PageWalk;
use crate::error::Error;
use crate::portal::{Filing, Listing, PortalResponse};

/// Every page in one: the filings, and the one body that scripts get.
pub(in crate::commands::me) struct Pages {
    pub(in crate::commands::me) filings: Vec<Filing>,
    /// `{"data": […], "meta": {"nextCursor": null}}`, each filing as the portal sent it.
    pub(super) body: Vec<u8>,
}

/// Follows the pages from the one that the query asks for to the end.
pub(in crate::commands::me) async fn follow(
    request: &ResourceRequest<'_>,
    query: &[(&str, &str)],
) -> Result<Pages, Error> {
    let filters = query.iter().copied().filter(|(name, _)| *name != "cursor");
    let filters: Vec<_> = filters.collect();
    let first = query.iter().find(|(name, _)| *name == "cursor");
    let mut cursor = first.map(|(_, cursor)| (*cursor).to_owned());
    let mut walk = PageWalk::from(cursor.as_deref());
    let (mut filings, mut sent) = (Vec::new(), Vec::new());
    loop {
        let mut query = filters.clone();
        query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let mut reply: PortalResponse<Listing<Filing>> = request.get(&query).await?;
        sent.extend(untouched(&reply.body)?);
        cursor = reply.value.next_cursor().map(str::to_owned);
        filings.append(&mut reply.value.data);
        let Some(next) = &cursor else { break };
        walk.go_on(reply.body.len(), next)?;
    }
    let body = one_body(&sent)?;
    Ok(Pages { filings, body })
}

/// The filings of a page, byte for byte.
fn untouched(body: &[u8]) -> Result<Vec<Box<RawValue>>, Error> {
    let page: Listing<Box<RawValue>> = serde_json::from_slice(body).map_err(Error::failure)?;
    Ok(page.data)
}

fn one_body(data: &[Box<RawValue>]) -> Result<Vec<u8>, Error> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct End {
        next_cursor: Option<()>,
    }
    #[derive(Serialize)]
    struct Body<'a> {
        data: &'a [Box<RawValue>],
        meta: End,
    }
    let body = Body {
        data,
        meta: End { next_cursor: None },
    };
    serde_json::to_vec(&body).map_err(Error::failure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filings_of_all_pages_are_passed_on_as_they_were_sent() {
        let first = br#"{"data":[{"a": 1.50, "b":"\u00e9"}],"meta":{"nextCursor":"x"}}"#;
        let second = br#"{"data":[ {"a":2} ],"meta":null}"#;
        let mut sent = untouched(first).unwrap();
        sent.extend(untouched(second).unwrap());
        let body = String::from_utf8(one_body(&sent).unwrap()).unwrap();
        let expected = r#"{"data":[{"a": 1.50, "b":"\u00e9"},{"a":2}],"meta":{"nextCursor":null}}"#;
        assert_eq!(body, expected);
        let none = String::from_utf8(one_body(&[]).unwrap()).unwrap();
        assert_eq!(none, r#"{"data":[],"meta":{"nextCursor":null}}"#);
    }
}
