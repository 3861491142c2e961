//! `me tax download`: the PDF of an assessment or a return.

use super::super::download::{self, DownloadTarget, FileEntry};
use super::super::resource_request::ResourceRequest;
use super::super::short_id;
use crate::cli::{TaxDocument, TaxDownloadArgs};
use crate::context::Context;
use crate::error::Error;
use crate::portal::download::Content;
use crate::portal::route;

const NOT_FOUND_HINT: &str = "run `eprospera me tax filings` to list those you can see. No filing \
                              with this id was submitted, it has no such document, or your scopes \
                              do not cover it";

pub(super) fn run(args: &TaxDownloadArgs, context: &Context) -> Result<(), Error> {
    if !args.is_consistent() {
        return Err(Error::usage(
            "`--history-years` can be used only with `--document assessment`",
        )
        .hint("leave out `--history-years` for a return"));
    }
    let (kind, name) = match args.document {
        TaxDocument::Assessment => ("tax-assessment", "assessment"),
        TaxDocument::Return => ("tax-return", "return"),
    };
    let place = DownloadTarget::of(&args.download, args.force, args.skip_existing)?;
    let id = short_id::of_filing(context, &args.id)?;
    let request =
        ResourceRequest::for_id(context, &route::TAX_DOCUMENTS, &id, NOT_FOUND_HINT)?.child(name);
    let years = args.history_years.map(|years| years.to_string());
    let query: Vec<_> = years
        .iter()
        .map(|years| ("history_years", years.as_str()))
        .collect();
    let listed = FileEntry {
        kind,
        title: format!("{id}-{name}"),
        id: Some(id),
        content: Content::Pdf,
        address: None,
    };
    download::run_route(place, context, &request, &query, listed)
}
