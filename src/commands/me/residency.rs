//! `me residency`: whether the person is a resident, in words.

use super::resource_request::ResourceRequest;
use super::words;
use crate::context::Context;
use crate::error::Error;
use crate::output::{Json, Page};
use crate::portal::{PortalResponse, Residency, route};

pub(super) fn run(context: &Context) -> Result<(), Error> {
    let request = ResourceRequest::open(context, &route::RESIDENCY)?;
    let reply: PortalResponse<Residency> = context.block_on(request.get(&[]))?;
    context
        .output
        .answer(Json::Body(&reply.body), &|page: &mut Page| {
            describe(page, &reply.value);
        })
}

fn describe(page: &mut Page, residency: &Residency) {
    let Some(active) = &residency.active_residency else {
        return page.say(match residency.was_ever_resident {
            Some(true) => "You were a resident; no residency is active now.",
            Some(false) => "You have never been a resident.",
            None => "No residency is active.",
        });
    };
    page.say(words::residency(
        active.residency_type.as_deref(),
        active.effective_date.as_deref(),
        active.termination_date.as_deref(),
    ));
    if let Some(version) = &active.version {
        page.say(format!("Agreement of Coexistence {version}"));
    }
}
