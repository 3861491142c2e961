//! `me natural-person`: the person's card.

use super::resource_request::ResourceRequest;
use super::words;
use crate::context::Context;
use crate::error::Error;
use crate::output::{Json, Page, day};
use crate::portal::{NaturalPerson, PortalResponse, route};

pub(super) fn run(context: &Context) -> Result<(), Error> {
    let request = ResourceRequest::open(context, &route::NATURAL_PERSON)?;
    let reply: PortalResponse<Option<NaturalPerson>> = context.block_on(request.get(&[]))?;
    context.output.answer(
        Json::Body(&reply.body),
        &|page: &mut Page| match &reply.value {
            Some(person) => card(page, person),
            None => page.say("You have not filled in your profile at the portal yet."),
        },
    )
}

fn card(page: &mut Page, person: &NaturalPerson) {
    let citizenships = Some(person.citizenships.join(", "));
    page.fields(&[
        ("name", person.name.clone()),
        ("given name", person.given_name.clone()),
        ("surname", person.surname.clone()),
        (
            "resident permit number",
            person.resident_permit_number.clone(),
        ),
        ("date of birth", person.date_of_birth.as_deref().map(day)),
        ("country of birth", person.country_of_birth.clone()),
        ("citizenships", citizenships.filter(|list| !list.is_empty())),
        ("sex", person.sex.clone()),
        ("address", person.address.as_ref().map(words::address)),
        ("phone number", person.phone_number.clone()),
    ]);
}
