//! `me tax filing`: one filing with its amounts.

use super::super::resource_request::ResourceRequest;
use super::super::short_id;
use super::super::words;
use super::subject;
use crate::cli::TaxFilingArgs;
use crate::context::Context;
use crate::error::Error;
use crate::output::{Json, Page, minute, money};
use crate::portal::{Amounts, Data, ExchangeRate, Filing, Invoice, PortalResponse, route};

const NOT_FOUND_HINT: &str = "run `eprospera me tax filings` to list those you can see. No filing \
                              with this id was submitted, your scopes do not cover it, or this \
                              server does not offer tax data";

pub(super) fn run(args: &TaxFilingArgs, context: &Context) -> Result<(), Error> {
    let id = short_id::of_filing(context, &args.id)?;
    let request = ResourceRequest::for_id(context, &route::TAX_FILING, &id, NOT_FOUND_HINT)?;
    let reply: PortalResponse<Data<Filing>> = context.block_on(request.get(&[]))?;
    context
        .output
        .answer(Json::Body(&reply.body), &|page: &mut Page| {
            card(page, &reply.value.data);
        })
}

fn card(page: &mut Page, filing: &Filing) {
    let amended = filing
        .amended
        .map(|amended| if amended { "yes" } else { "no" });
    let documents = match filing.available_documents.as_slice() {
        [] => "none yet".to_owned(),
        documents => documents.join(", "),
    };
    let amount = |pick: fn(&Amounts) -> &Option<String>| amount(filing, pick);
    let mut fields = vec![
        ("subject", filing.subject.as_ref().map(subject::in_words)),
        ("tax", filing.kind.as_deref().map(words::tax)),
        ("period", filing.period.as_ref().and_then(words::period)),
        ("submitted", filing.submitted_at.as_deref().map(minute)),
        ("amended", amended.map(str::to_owned)),
        (
            "currency",
            filing.currency.as_deref().map(str::to_uppercase),
        ),
        ("accounting method", filing.accounting_method.clone()),
        ("gross income", amount(|amounts| &amounts.gross_income)),
        ("tax credit", amount(|amounts| &amounts.tax_credit)),
        ("tax withheld", amount(|amounts| &amounts.tax_withheld)),
        ("tax liability", words::liability(filing)),
    ];
    // A filing in US dollars needs none.
    if let Some(rate) = filing.exchange_rate.as_ref().and_then(rate) {
        fields.push(("exchange rate", Some(rate)));
    }
    fields.extend([
        ("invoice", filing.invoice.as_ref().and_then(invoice)),
        ("documents", Some(documents)),
        ("id", filing.id.clone()),
    ]);
    page.fields(&fields);
}

/// An amount as it was reported, and in US dollars where the portal gives that, too.
fn amount(filing: &Filing, pick: fn(&Amounts) -> &Option<String>) -> Option<String> {
    let reported = filing
        .reported
        .as_ref()
        .and_then(|amounts| pick(amounts).as_deref());
    let dollars = filing
        .usd_equivalent
        .as_ref()
        .and_then(|amounts| pick(amounts).as_deref());
    let reported = reported.map(|amount| money(amount, filing.currency.as_deref()));
    let dollars = dollars.map(|amount| money(amount, Some("usd")));
    match (reported, dollars) {
        (Some(reported), Some(dollars)) => Some(format!("{reported} = {dollars}")),
        (reported, dollars) => reported.or(dollars),
    }
}

fn rate(rate: &ExchangeRate) -> Option<String> {
    let amount = rate.btc_usd_rate.as_deref();
    let parts = [
        amount.map(|amount| format!("1 BTC = {}", money(amount, Some("usd")))),
        rate.captured_at
            .as_deref()
            .map(|moment| format!("at {}", minute(moment))),
        rate.source.as_ref().map(|source| format!("from {source}")),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    Some(parts.join(", ")).filter(|words| !words.is_empty())
}

fn invoice(invoice: &Invoice) -> Option<String> {
    match (&invoice.status, &invoice.id) {
        (Some(status), Some(id)) => Some(format!("{status} ({id})")),
        (status, id) => status.clone().or_else(|| id.clone()),
    }
}
