//! `me documents`: the person's documents and their agreement; and how documents are listed.

use super::download::{self, DownloadTarget, FileEntry};
use super::resource_request::ResourceRequest;
use super::words;
use crate::cli::DownloadArgs;
use crate::context::Context;
use crate::error::Error;
use crate::output::{Column, Json, Page, day};
use crate::portal::download::Content;
use crate::portal::{AgreementOfCoexistence, Document, PersonalDocuments, PortalResponse, route};

pub(super) fn run(args: &DownloadArgs, context: &Context) -> Result<(), Error> {
    let request = ResourceRequest::open(context, &route::PERSONAL_DOCUMENTS)?;
    if let Some(directory) = &args.download {
        let place = DownloadTarget::of(directory, args.force, args.skip_existing)?;
        return download::run(place, context, &request, files);
    }
    let reply: PortalResponse<PersonalDocuments> = context.block_on(request.get(&[]))?;
    context
        .output
        .answer(Json::Body(&reply.body), &|page: &mut Page| {
            let documents = &reply.value;
            if documents.data.is_empty() {
                page.say("You have no documents.");
            } else {
                list(page, &documents.data);
            }
            page.gap();
            match &documents.agreement_of_coexistence {
                Some(agreement) => card(page, agreement),
                None => page.say("You have no Agreement of Coexistence for an active residency."),
            }
        })
}

/// Every file: the documents, and of the agreement what is not among them.
fn files(documents: &PersonalDocuments) -> Vec<FileEntry> {
    let mut files: Vec<_> = documents
        .data
        .iter()
        .map(|document| file("document", document))
        .collect();
    if let Some(agreement) = &documents.agreement_of_coexistence {
        let signed = &agreement.signed_document_id;
        let is_listed =
            signed.is_some() && documents.data.iter().any(|document| document.id == *signed);
        if agreement.signed_document_url.is_some() && !is_listed {
            files.push(FileEntry {
                kind: "agreement-signed",
                id: signed.clone(),
                title: "Agreement of Coexistence, signed".to_owned(),
                content: Content::Document,
                address: agreement.signed_document_url.clone(),
            });
        }
        if agreement.template_pdf_url.is_some() {
            files.push(FileEntry {
                kind: "agreement-template",
                id: agreement.aoc_id.clone(),
                title: "Agreement of Coexistence, template".to_owned(),
                content: Content::Document,
                address: agreement.template_pdf_url.clone(),
            });
        }
    }
    files
}

pub(super) fn file(kind: &'static str, document: &Document) -> FileEntry {
    let named = [&document.name, &document.slug, &document.id];
    let named = named.into_iter().flatten().find(|name| !name.is_empty());
    FileEntry {
        kind,
        id: document.id.clone(),
        title: named.cloned().unwrap_or_else(|| kind.to_owned()),
        content: Content::Document,
        address: document.file_url.clone(),
    }
}

pub(super) fn list(page: &mut Page, documents: &[Document]) {
    page.list(
        [
            Column::text("name"),
            Column::whole("version").spare(2),
            Column::whole("created").spare(1),
            Column::whole("file").toned(words::tone),
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
        (None, None) => "none yet for this residency".to_owned(),
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
