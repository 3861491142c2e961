//! `me tax download`: the PDF of an assessment or a return.

use super::super::download::{self, Listed, Place};
use super::super::inquiry::Inquiry;
use crate::cli::{TaxDocument, TaxDownloadArgs};
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::portal::download::Content;
use crate::portal::route;

const ABSENT: &str = "no filing of this id was submitted, it has no such document, or the scopes do \
                      not cover it; `eprospera me tax filings` lists what can be seen";

/// Runs the command.
///
/// # Errors
/// Exit 2 for flags that do not go together, else as [`super::run`].
pub(super) fn run(args: &TaxDownloadArgs, context: &Context) -> Result<(), Error> {
    if !args.is_consistent() {
        return Err(Error::said(
            Kind::Usage,
            "`--history-years` goes with `--document assessment` only",
        )
        .hint("leave it out for a return"));
    }
    let (kind, name) = match args.document {
        TaxDocument::Assessment => ("tax-assessment", "assessment"),
        TaxDocument::Return => ("tax-return", "return"),
    };
    let inquiry = Inquiry::about(context, &route::TAX_DOCUMENTS, &args.id, ABSENT)?.below(name);
    let years = args.history_years.map(|years| years.to_string());
    let query: Vec<_> = years
        .iter()
        .map(|years| ("history_years", years.as_str()))
        .collect();
    let listed = Listed {
        kind,
        id: Some(args.id.clone()),
        title: format!("{}-{name}", args.id),
        content: Content::Pdf,
        address: None,
    };
    let place = Place::of(&args.download, args.force)?;
    download::run_route(place, context, &inquiry, &query, listed)
}
