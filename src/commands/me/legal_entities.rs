//! `me legal-entities`: the entities that were shared, one of them, or its documents.

use super::documents;
use super::download::{self, DownloadTarget, FileEntry};
use super::resource_request::ResourceRequest;
use super::short_id;
use super::words;
use crate::cli::{DownloadArgs, EntityPart, LegalEntitiesArgs};
use crate::context::Context;
use crate::error::Error;
use crate::output::{Column, Json, Page, day, minute};
use crate::portal::{Data, Document, LegalEntity, PortalResponse, route};

const NOT_FOUND_HINT: &str = "run `eprospera me legal-entities` to list those you can see. This \
                              one does not exist, was not shared at sign-in, or you no longer \
                              represent it";

pub(super) fn run(args: &LegalEntitiesArgs, context: &Context) -> Result<(), Error> {
    match (&args.id, args.part) {
        (Some(id), Some(EntityPart::Documents)) => documents_of(id, &args.download, context),
        _ if args.download.download.is_some() => Err(Error::usage(
            "`--download` is for the documents of one entity",
        )
        .hint("use `eprospera me legal-entities ID documents --download DIR`")),
        (None, _) => entities(context),
        (Some(id), None) => entity(id, context),
    }
}

fn entities(context: &Context) -> Result<(), Error> {
    let request = ResourceRequest::open(context, &route::LEGAL_ENTITIES)?;
    let reply: PortalResponse<Data<Vec<LegalEntity>>> = context.block_on(request.get(&[]))?;
    context
        .output
        .answer(Json::Body(&reply.body), &|page: &mut Page| {
            let entities = &reply.value.data;
            if entities.is_empty() {
                return page.say(
                    "You have no legal entities here: you shared none when you signed in, or you no longer \
                     represent any.",
                );
            }
            list(page, entities);
        })
}

fn list(page: &mut Page, entities: &[LegalEntity]) {
    page.list(
        [
            Column::text("name"),
            Column::whole("permit number"),
            Column::whole("dissolved").spare(1),
            Column::whole("type").spare(2),
            Column::id("id"),
        ],
        entities.iter().map(|entity| {
            [
                entity.full_name(),
                entity.resident_permit_number.clone(),
                entity.dissolution_date.as_deref().map(day),
                entity.kind.clone(),
                entity.id.clone(),
            ]
        }),
    );
}

fn entity(id: &str, context: &Context) -> Result<(), Error> {
    let id = short_id::of_entity(context, id)?;
    let request = ResourceRequest::for_id(context, &route::LEGAL_ENTITY, &id, NOT_FOUND_HINT)?;
    let reply: PortalResponse<Data<LegalEntity>> = context.block_on(request.get(&[]))?;
    context
        .output
        .answer(Json::Body(&reply.body), &|page: &mut Page| {
            card(page, &reply.value.data);
        })
}

fn card(page: &mut Page, entity: &LegalEntity) {
    let kind = match (&entity.kind, &entity.option_id) {
        (Some(kind), Some(option)) => Some(format!("{kind} ({option})")),
        (kind, option) => kind.clone().or_else(|| option.clone()),
    };
    let office = &entity.principal_office_address;
    page.fields(&[
        ("name", entity.full_name()),
        ("type", kind),
        (
            "resident permit number",
            entity.resident_permit_number.clone(),
        ),
        ("formed", entity.formation_date.as_deref().map(day)),
        ("registered", entity.registration_date.as_deref().map(day)),
        ("dissolved", entity.dissolution_date.as_deref().map(day)),
        ("principal office", office.as_ref().map(words::address)),
        ("created", entity.created_at.as_deref().map(minute)),
        ("id", entity.id.clone()),
    ]);
}

fn documents_of(id: &str, args: &DownloadArgs, context: &Context) -> Result<(), Error> {
    let place = args.download.as_deref();
    let place =
        place.map(|directory| DownloadTarget::of(directory, args.force, args.skip_existing));
    let place = place.transpose()?;
    let id = short_id::of_entity(context, id)?;
    let request = ResourceRequest::for_id(context, &route::ENTITY_DOCUMENTS, &id, NOT_FOUND_HINT)?;
    if let Some(place) = place {
        return download::run(place, context, &request, files);
    }
    let reply: PortalResponse<Data<Vec<Document>>> = context.block_on(request.get(&[]))?;
    context
        .output
        .answer(Json::Body(&reply.body), &|page: &mut Page| {
            let documents = &reply.value.data;
            if documents.is_empty() {
                return page.say("This entity has no documents.");
            }
            documents::list(page, documents);
        })
}

fn files(documents: &Data<Vec<Document>>) -> Vec<FileEntry> {
    let documents = documents.data.iter();
    documents
        .map(|document| documents::file("entity-document", document))
        .collect()
}
