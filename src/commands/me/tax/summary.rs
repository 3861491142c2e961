//! `me tax summary`: what each subject has to file, and its lump-sum elections.

use super::super::resource_request::ResourceRequest;
use super::super::words;
use super::subject;
use crate::cli::TaxSummaryArgs;
use crate::context::Context;
use crate::error::Error;
use crate::output::{Column, Json, Page, day};
use crate::portal::{
    Data, LumpSumElection, Obligation, PortalResponse, Summary, SummaryOfSubject, route,
};

pub(super) fn run(args: &TaxSummaryArgs, context: &Context) -> Result<(), Error> {
    let request = ResourceRequest::open(context, &route::TAX_SUMMARY)?;
    let request = request.with_not_found_hint(subject::not_found_hint(args.subject.as_ref()));
    let subject = subject::whole(context, args.subject.as_ref())?;
    let query: Vec<_> = subject
        .iter()
        .map(|subject| ("subject", subject.as_str()))
        .collect();
    let reply: PortalResponse<Data<Summary>> = context.block_on(request.get(&query))?;
    context
        .output
        .answer(Json::Body(&reply.body), &|page: &mut Page| {
            let subjects = &reply.value.data.subjects;
            if subjects.is_empty() {
                page.say("There is no tax data for you or for an entity that you shared.");
            }
            for (index, summary) in subjects.iter().enumerate() {
                if index > 0 {
                    page.gap();
                }
                describe(page, summary);
            }
        })
}

fn describe(page: &mut Page, summary: &SummaryOfSubject) {
    page.heading(subject::in_words(&summary.subject));
    if summary.obligations.is_empty() {
        page.say("Nothing to file.");
    } else {
        obligations(page, &summary.obligations);
    }
    if !summary.lump_sum_elections.is_empty() {
        page.gap();
        elections(page, &summary.lump_sum_elections);
    }
}

fn obligations(page: &mut Page, obligations: &[Obligation]) {
    page.list(
        [
            Column::whole("to file"),
            Column::whole("period"),
            Column::whole("due"),
            Column::whole("status").toned(words::tone),
            Column::id("filing"),
        ],
        obligations.iter().map(|obligation| {
            [
                obligation.kind.as_deref().map(words::tax),
                obligation.period.as_ref().and_then(words::period),
                obligation.due_date.as_deref().map(day),
                obligation.status.clone(),
                obligation.filing_id.clone(),
            ]
        }),
    );
}

fn elections(page: &mut Page, elections: &[LumpSumElection]) {
    page.list(
        [
            Column::whole("lump-sum election"),
            Column::whole("from"),
            Column::whole("until"),
            Column::whole("status").toned(words::tone),
        ],
        elections.iter().map(|election| {
            let until = election.termination_date.as_deref();
            [
                election.tax_year.clone(),
                election.effective_date.as_deref().map(day),
                Some(until.map_or_else(|| "no end date".to_owned(), day)),
                election.status.clone(),
            ]
        }),
    );
}
