//! `me id-verification`: how the person's identity was verified.

use super::download::{self, DownloadTarget, FileEntry};
use super::resource_request::ResourceRequest;
use crate::cli::DownloadArgs;
use crate::context::Context;
use crate::error::Error;
use crate::output::{Json, Page, minute};
use crate::portal::download::Content;
use crate::portal::{IdVerification, PortalResponse, route};

pub(super) fn run(args: &DownloadArgs, context: &Context) -> Result<(), Error> {
    let request = ResourceRequest::open(context, &route::ID_VERIFICATION)?;
    if let Some(directory) = &args.download {
        let place = DownloadTarget::of(directory, args.force)?;
        return download::run(place, context, &request, files);
    }
    let reply: PortalResponse<IdVerification> = context.block_on(request.get(&[]))?;
    context
        .output
        .answer(Json::Body(&reply.body), &|page: &mut Page| {
            describe(page, &reply.value);
        })
}

fn files(verification: &IdVerification) -> Vec<FileEntry> {
    let images = verification.documents.clone().unwrap_or_default();
    let files = [
        (
            "id-document-front",
            "Front of the document",
            images.document_front,
        ),
        (
            "id-document-back",
            "Back of the document",
            images.document_back,
        ),
        ("id-face", "Face", images.face),
    ];
    let files = files.into_iter().filter(|(.., address)| address.is_some());
    files
        .map(|(kind, title, address)| FileEntry {
            kind,
            id: verification.id.clone(),
            title: title.to_owned(),
            content: Content::Picture,
            address,
        })
        .collect()
}

fn describe(page: &mut Page, verification: &IdVerification) {
    if verification.is_empty() {
        return page.say("No approved identity verification on file.");
    }
    let images = verification.documents.as_ref().map(|images| {
        let images = images.named();
        let names: Vec<_> = images.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    });
    page.fields(&[
        ("status", verification.status.clone()),
        ("document", verification.document_type.as_deref().map(kind)),
        ("verified by", verification.kind.as_deref().map(verifier)),
        ("date", verification.date.as_deref().map(minute)),
        ("images", images.filter(|names| !names.is_empty())),
        ("id", verification.id.clone()),
    ]);
}

fn kind(document_type: &str) -> String {
    match document_type {
        "passport" => "passport",
        "national_id" => "national identity card",
        "drivers_license" => "driver's licence",
        "residence_permit" => "residence permit",
        "visa" => "visa",
        "other" => "another kind of document",
        unknown => unknown,
    }
    .to_owned()
}

fn verifier(kind: &str) -> String {
    match kind {
        "veriff" => "Veriff",
        unknown => unknown,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_document_has_its_words_and_an_unknown_one_its_own() {
        assert_eq!(kind("drivers_license"), "driver's licence");
        assert_eq!(kind("library_card"), "library_card");
        assert_eq!(verifier("veriff"), "Veriff");
        assert_eq!(verifier("notary"), "notary");
    }
}
