//! `me natural-person`: the person's card.

use crate::context::Context;
use crate::error::Error;
use crate::output::{Json, Page};
use crate::portal::{Address, NaturalPerson, Reply};

const PATH: &str = "/api/v1/me/natural-person";
const SCOPE: &str = "eprospera:person.details.read";

/// Runs the command.
///
/// # Errors
/// Exit 3 without a session, 4 where the scope is missing, else what the portal says.
pub(super) fn run(context: &Context) -> Result<(), Error> {
    let access = super::access_with(context, SCOPE)?;
    let server = access.server(context)?;
    let reply: Reply<Option<NaturalPerson>> = context.block_on(async {
        let portal = access.portal(context, &server)?;
        Ok(portal.get(PATH, &[]).await?)
    })?;
    context.output.answer(
        Json::Body(&reply.body),
        &|page: &mut Page| match &reply.value {
            Some(person) => card(page, person),
            None => page.say("The profile has not been filled in at the portal yet."),
        },
    )
}

fn card(page: &mut Page, person: &NaturalPerson) {
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
        (
            "citizenships",
            person
                .citizenships
                .as_ref()
                .filter(|list| !list.is_empty())
                .map(|list| list.join(", ")),
        ),
        ("sex", person.sex.clone()),
        ("address", person.address.as_ref().map(address)),
        ("phone number", person.phone_number.clone()),
    ]);
}

/// A calendar day, which the portal writes as a day or as a timestamp; the zone is not shifted
/// (docs/portal.md, "Discrepancies").
fn day(text: &str) -> String {
    match text.get(..10).map(str::parse::<jiff::civil::Date>) {
        Some(Ok(day)) => day.to_string(),
        _ => text.to_owned(),
    }
}

fn address(address: &Address) -> String {
    let town = [&address.city, &address.state, &address.postal_code];
    let town: Vec<_> = town.into_iter().flatten().map(String::as_str).collect();
    [
        &address.line1,
        &address.line2,
        &Some(town.join(" ")),
        &address.country,
    ]
    .into_iter()
    .flatten()
    .filter(|part| !part.is_empty())
    .map(String::as_str)
    .collect::<Vec<_>>()
    .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_shown_as_it_was_meant_whichever_way_it_is_written() {
        for (given, shown) in [
            ("1988-11-02", "1988-11-02"),
            ("1988-11-02T00:00:00.000Z", "1988-11-02"),
            ("1988-11-02T23:59:59.000-06:00", "1988-11-02"),
            ("2 November 1988", "2 November 1988"),
            ("né", "né"),
        ] {
            assert_eq!(day(given), shown);
        }
    }

    #[test]
    fn an_address_leaves_out_what_is_not_there() {
        let given = Address {
            country: Some("Honduras".to_owned()),
            line1: Some("Main Street 9".to_owned()),
            city: Some("Roatan".to_owned()),
            postal_code: Some("34101".to_owned()),
            ..Address::default()
        };
        assert_eq!(address(&given), "Main Street 9, Roatan 34101, Honduras");
    }
}
