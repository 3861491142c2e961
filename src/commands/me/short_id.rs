//! Ids by their first characters, as tables show them where there is little room.

use super::resource_request::ResourceRequest;
use super::tax::pages;
use crate::context::Context;
use crate::error::Error;
use crate::portal::{Data, LegalEntity, PortalResponse, route};

/// A UUID with its hyphens, in characters.
const WHOLE: usize = 36;
/// The most ids that are named where several begin alike.
const MOST_CANDIDATES: usize = 5;

/// Something that has an id, and how a person knows it.
struct Candidate {
    id: String,
    name: String,
}

/// The whole id of a legal entity. Asks for the list only where the id is not whole.
pub(super) fn of_entity(context: &Context, given: &str) -> Result<String, Error> {
    if given.len() == WHOLE {
        return Ok(given.to_owned());
    }
    let request = ResourceRequest::open(context, &route::LEGAL_ENTITIES)?;
    let reply: PortalResponse<Data<Vec<LegalEntity>>> = context.block_on(request.get(&[]))?;
    let entities = reply.value.data.into_iter();
    let known = entities.filter_map(|entity| {
        Some(Candidate {
            name: entity.full_name().unwrap_or_default(),
            id: entity.id?,
        })
    });
    only(given, known, "`eprospera me legal-entities` lists them")
}

/// The same of a tax filing.
pub(super) fn of_filing(context: &Context, given: &str) -> Result<String, Error> {
    if given.len() == WHOLE {
        return Ok(given.to_owned());
    }
    let request = ResourceRequest::open(context, &route::TAX_FILINGS)?;
    let pages = context.block_on(pages::follow(&request, &[]))?;
    let known = pages.filings.into_iter().filter_map(|filing| {
        let parts = [
            filing.subject.and_then(|subject| subject.name),
            filing.kind.as_deref().map(super::words::tax),
            filing.period.as_ref().and_then(super::words::period),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        Some(Candidate {
            name: parts.join(", "),
            id: filing.id?,
        })
    });
    only(
        given,
        known,
        "`eprospera me tax filings --paginate` lists them",
    )
}

/// The one id that begins like this.
fn only(
    given: &str,
    known: impl Iterator<Item = Candidate>,
    list: &'static str,
) -> Result<String, Error> {
    let given = given.to_ascii_lowercase();
    let begins = |id: &str| id.to_ascii_lowercase().starts_with(&given);
    let mut found: Vec<_> = known.filter(|known| begins(&known.id)).collect();
    found.sort_by(|one, other| one.id.cmp(&other.id));
    found.dedup_by(|one, other| one.id == other.id);
    if found.is_empty() {
        return Err(Error::not_found(format!("no id begins with `{given}`")).hint(list));
    }
    if found.len() > 1 {
        let error = Error::usage(format!("{} ids begin with `{given}`", found.len()));
        let candidates = found.iter().take(MOST_CANDIDATES);
        return Err(candidates
            .fold(error, |error, known| {
                error.hint(format!("{}  {}", known.id, known.name))
            })
            .hint(format!("give more characters; {list}")));
    }
    Ok(found.remove(0).id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(given: &str) -> Result<String, Error> {
        let ids = [
            "0f3d7c1e-8f0c",
            "0f3d7c1e-9999",
            "0f3e0000-0000",
            "0F3E0000-0000",
        ];
        let known = ids.into_iter().map(|id| Candidate {
            id: id.to_ascii_lowercase(),
            name: format!("the one of {id}"),
        });
        only(given, known, "look")
    }

    #[test]
    fn an_id_is_found_by_what_only_it_begins_with() {
        assert_eq!(found("0f3e").unwrap(), "0f3e0000-0000");
        assert_eq!(found("0F3D7C1E-8").unwrap(), "0f3d7c1e-8f0c");
    }

    #[test]
    fn an_ambiguous_beginning_names_what_begins_so_and_an_unknown_one_the_list() {
        let ambiguous = found("0f3d").unwrap_err();
        assert_eq!(ambiguous.kind(), crate::error::Kind::Usage);
        assert_eq!(ambiguous.hints().len(), 3);
        assert!(ambiguous.hints()[0].contains("0f3d7c1e-8f0c  the one of"));
        let unknown = found("ffff").unwrap_err();
        assert_eq!(unknown.kind(), crate::error::Kind::NotFound);
        assert_eq!(unknown.hints()[..], ["look"]);
    }
}
