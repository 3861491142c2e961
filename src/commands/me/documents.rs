//! `me documents`: the person's documents and their agreement; and how documents are listed.

use super::inquiry::Inquiry;
use super::words;
use crate::context::Context;
use crate::error::Error;
use crate::output::{Column, Json, Page, day};
use crate::portal::{AgreementOfCoexistence, Document, PersonalDocuments, Reply, route};

/// Runs the command.
///
/// # Errors
/// Exit 3 without a session, 4 where the scope is missing, 5 where the portal does not have the
/// route, else what the portal says.
pub(super) fn run(context: &Context) -> Result<(), Error> {
    let inquiry = Inquiry::open(context, &route::PERSONAL_DOCUMENTS)?;
    let reply: Reply<PersonalDocuments> = context.block_on(inquiry.get(&[]))?;
    context
        .output
        .answer(Json::Body(&reply.body), &|page: &mut Page| {
            let documents = &reply.value;
            if documents.data.is_empty() {
                page.say("No documents.");
            } else {
                list(page, &documents.data);
            }
            page.gap();
            match &documents.agreement_of_coexistence {
                Some(agreement) => card(page, agreement),
                None => page.say("No Agreement of Coexistence of an active residency."),
            }
        })
}

/// The list of documents.
pub(super) fn list(page: &mut Page, documents: &[Document]) {
    page.list(
        [
            Column::text("name"),
            Column::whole("version"),
            Column::whole("created"),
            Column::whole("file"),
        ],
        documents.iter().map(|document| {
            [
                document.name.clone(),
                document.version.clone(),
                document.created_at.as_deref().map(day),
                Some(words::file(document.file_url.is_some())),
            ]
        }),
    );
}

fn card(page: &mut Page, agreement: &AgreementOfCoexistence) {
    page.heading("Agreement of Coexistence");
    let signed = match (
        &agreement.signed_document_url,
        &agreement.signed_document_id,
    ) {
        (None, None) => "none of this residency yet".to_owned(),
        (url, None) => words::file(url.is_some()),
        (url, Some(id)) => format!("{} ({id})", words::file(url.is_some())),
    };
    page.fields(&[
        ("version", agreement.version.clone()),
        (
            "residency",
            Some(words::residency(
                agreement.residency_type.as_deref(),
                agreement.effective_date.as_deref(),
                agreement.termination_date.as_deref(),
            )),
        ),
        ("signed document", Some(signed)),
        (
            "template",
            Some(words::file(agreement.template_pdf_url.is_some())),
        ),
        ("id", agreement.aoc_id.clone()),
    ]);
}
