//! `me id-verification`: how the person's identity was verified.

use super::download::{self, DownloadTarget, FileEntry};
use super::resource_request::ResourceRequest;
use super::words;
use crate::cli::DownloadArgs;
use crate::context::Context;
use crate::error::Error;
use crate::output::{Json, Page, Toned, minute};
use crate::portal::download::Content;
use crate::portal::{IdVerification, PortalResponse, route};

pub(super) fn run(args: &DownloadArgs, context: &Context) -> Result<(), Error> {
    let request = ResourceRequest::open(context, &route::ID_VERIFICATION)?;
    if let Some(directory) = &args.download {
        let place = DownloadTarget::of(directory, args.force, args.skip_existing)?;
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
        return page.say("You have no approved identity verification.");
    }
    let images = verification.documents.as_ref().map(|images| {
        let images = images.named();
        let names: Vec<_> = images.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    });
    let status = verification.status.clone();
    let status = status.map(|status| Toned::new(status.clone(), words::tone(&status)));
    page.fields(&[
        ("status", status),
        (
            "document",
            verification
                .document_type
                .as_deref()
                .map(kind)
                .map(Toned::from),
        ),
        (
            "verified by",
            verification.kind.as_deref().map(verifier).map(Toned::from),
        ),
        (
            "date",
            verification.date.as_deref().map(minute).map(Toned::from),
        ),
        (
            "images",
            images.filter(|names| !names.is_empty()).map(Toned::from),
        ),
        ("id", verification.id.clone().map(Toned::from)),
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
