//! `me legal-entities`: the entities that were shared, one of them, or its documents.

use super::documents;
use super::download::{self, Listed, Place};
use super::inquiry::Inquiry;
use super::words;
use crate::cli::{DownloadArgs, EntityPart, LegalEntitiesArgs};
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::output::{Column, Json, Page, day, minute};
use crate::portal::{Data, Document, LegalEntity, Reply, route};

const ABSENT: &str = "it does not exist, was not shared at sign-in, or is no longer represented by \
                      you; `eprospera me legal-entities` lists what can be seen";

/// Runs the command.
///
/// # Errors
/// Exit 3 without a session, 4 where the scope is missing, 5 for an entity that cannot be seen,
/// else what the portal says.
pub(super) fn run(args: &LegalEntitiesArgs, context: &Context) -> Result<(), Error> {
    match (&args.id, args.part) {
        (Some(id), Some(EntityPart::Documents)) => documents_of(id, &args.download, context),
        _ if args.download.download.is_some() => Err(Error::said(
            Kind::Usage,
            "`--download` is for the documents of one entity",
        )
        .hint("use `eprospera me legal-entities ID documents --download DIR`")),
        (None, _) => entities(context),
        (Some(id), None) => entity(id, context),
    }
}

fn entities(context: &Context) -> Result<(), Error> {
    let inquiry = Inquiry::open(context, &route::LEGAL_ENTITIES)?;
    let reply: Reply<Data<Vec<LegalEntity>>> = context.block_on(inquiry.get(&[]))?;
    context
        .output
        .answer(Json::Body(&reply.body), &|page: &mut Page| {
            let entities = &reply.value.data;
            if entities.is_empty() {
                return page
                    .say("No legal entities: none was shared at sign-in, or you represent none any more.");
            }
            list(page, entities);
        })
}

fn list(page: &mut Page, entities: &[LegalEntity]) {
    page.list(
        [
            Column::text("name"),
            Column::whole("permit number"),
            Column::spare("dissolved"),
            Column::spare("type"),
            Column::whole("id"),
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
    let inquiry = Inquiry::about(context, &route::LEGAL_ENTITY, id, ABSENT)?;
    let reply: Reply<Data<LegalEntity>> = context.block_on(inquiry.get(&[]))?;
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
    let inquiry = Inquiry::about(context, &route::ENTITY_DOCUMENTS, id, ABSENT)?;
    if let Some(directory) = &args.download {
        let place = Place::of(directory, args.force)?;
        return download::run(place, context, &inquiry, files);
    }
    let reply: Reply<Data<Vec<Document>>> = context.block_on(inquiry.get(&[]))?;
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

fn files(documents: &Data<Vec<Document>>) -> Vec<Listed> {
    let documents = documents.data.iter();
    documents
        .map(|document| documents::file("entity-document", document))
        .collect()
}
