//! `me tax filings`: the filings that were submitted, page by page or all at once.

use super::super::resource_request::ResourceRequest;
use super::super::words;
use super::{pages, subject};
use crate::cli::{TaxFilingsArgs, TaxKind};
use crate::context::Context;
use crate::error::Error;
use crate::output::{Column, Json, Page, day};
use crate::portal::{Filing, Listing, PortalResponse, route};

pub(super) fn run(args: &TaxFilingsArgs, context: &Context) -> Result<(), Error> {
    let request = ResourceRequest::open(context, &route::TAX_FILINGS)?;
    let request = request.with_not_found_hint(subject::not_found_hint(args.subject.as_ref()));
    let pairs = pairs(args, subject::whole(context, args.subject.as_ref())?);
    let query: Vec<_> = pairs
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    if args.paginate {
        let pages = context.block_on(pages::follow(&request, &query))?;
        let show = |page: &mut Page| list(page, &pages.filings);
        return context.output.answer(Json::Body(&pages.body), &show);
    }
    let reply: PortalResponse<Listing<Filing>> = context.block_on(request.get(&query))?;
    let show = |page: &mut Page| {
        list(page, &reply.value.data);
        if let Some(cursor) = reply.value.next_cursor() {
            page.gap();
            for line in continuation(cursor) {
                page.say(line);
            }
        }
    };
    context.output.answer(Json::Body(&reply.body), &show)
}

fn pairs(args: &TaxFilingsArgs, subject: Option<String>) -> Vec<(&'static str, String)> {
    let kind = args.kind.map(|kind| match kind {
        TaxKind::Income => "income".to_owned(),
        TaxKind::Vat => "vat".to_owned(),
    });
    [
        ("subject", subject),
        ("type", kind),
        ("year", args.year.map(|year| year.to_string())),
        ("limit", args.limit.map(|limit| limit.to_string())),
        ("cursor", args.cursor.clone()),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

/// How to go on. A server chose the cursor: one that a shell could understand is not offered for
/// copying.
fn continuation(cursor: &str) -> Vec<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-=+/:".contains(&byte);
    if cursor.bytes().all(plain) && cursor.len() <= 200 {
        vec![
            "There are more filings: to fetch all, add `--paginate`; to fetch the next page, add"
                .to_owned(),
            format!("--cursor {cursor}"),
        ]
    } else {
        vec!["There are more: add `--paginate` for all".to_owned()]
    }
}

fn list(page: &mut Page, filings: &[Filing]) {
    if filings.is_empty() {
        return page.say("You have no filings.");
    }
    page.list(
        [
            Column::whole("period"),
            Column::whole("tax"),
            Column::text("subject"),
            Column::whole("liability").right(),
            Column::whole("submitted").spare(2),
            Column::whole("invoice").spare(1).toned(words::tone),
            Column::id("id"),
        ],
        filings.iter().map(|filing| {
            let subject = filing.subject.as_ref();
            [
                filing.period.as_ref().and_then(words::period),
                filing.kind.as_deref().map(words::tax),
                subject.and_then(|subject| subject.name.clone()),
                words::liability(filing),
                filing.submitted_at.as_deref().map(day),
                filing
                    .invoice
                    .as_ref()
                    .and_then(|invoice| invoice.status.clone()),
                filing.id.clone(),
            ]
        }),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_offered_for_copying_only_where_no_shell_would_understand_it() {
        assert_eq!(continuation("eyJvIjoyfQ==")[1], "--cursor eyJvIjoyfQ==");
        for cursor in ["$(reboot)", "a b", "`x`", "é", &"x".repeat(201)] {
            let said = continuation(cursor).concat();
            assert!(
                !said.contains("--cursor") && said.contains("--paginate"),
                "{said}"
            );
        }
    }
}
