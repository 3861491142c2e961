//! `explain`: the page of a code, or the list of all codes.

use serde_json::{Value, json};

use crate::cli::ExplainArgs;
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::explain::{self, Explanation};
use crate::nearest::nearest;
use crate::output::{Column, Json, Page};

const LIST: &str = "run `eprospera explain` to list all codes";

pub(super) fn run(args: &ExplainArgs, context: &Context) -> Result<(), Error> {
    match &args.code {
        None => list(context),
        Some(code) => show(find(code.trim())?, context),
    }
}

/// The page of a code, or of the error that has this exit code.
fn find(code: &str) -> Result<&'static Explanation, Error> {
    let number = code.parse::<u16>().ok();
    let by_number = Kind::ALL
        .into_iter()
        .find(|kind| number == Some(kind.code().into()));
    let code = match by_number {
        Some(kind) => kind.name(),
        None => code,
    };
    explain::find(code).ok_or_else(|| unknown(code, number))
}

fn unknown(code: &str, number: Option<u16>) -> Error {
    if code.is_empty() {
        return Error::usage("the code is empty").hint(LIST);
    }
    let error = Error::usage(format!("unknown code `{code}`"));
    let status = number.filter(|status| (400..600).contains(status));
    let error = if let Some(status) = status {
        let code = Kind::of_status(status).name();
        error.hint(format!(
            "for the HTTP status {status}, run `eprospera explain {code}`"
        ))
    } else if let Some(near) = nearest(code, explain::all().map(|page| page.code)) {
        error.hint(format!("did you mean `{near}`?"))
    } else {
        error
    };
    error.hint(LIST)
}

fn list(context: &Context) -> Result<(), Error> {
    let rows = explain::all().map(|page| json!({ "code": page.code, "title": page.title }));
    let json: Value = rows.collect();
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            let columns = [Column::whole("code"), Column::text("title")];
            let row =
                |page: &Explanation| [Some(page.code.to_owned()), Some(page.title.to_owned())];
            page.list(columns, explain::all().map(row));
            page.gap();
            page.paragraph("Run `eprospera explain CODE` to read about one of them.");
        })
}

/// What `retryable` in the JSON of such an error says.
fn retry(kind: Kind) -> &'static str {
    match (kind.is_retryable(), kind.is_retryable_after(Some(500))) {
        (true, _) => "Retryable: yes. The same command may succeed later without any change.",
        (false, true) => {
            "Retryable: only after a server error (HTTP 500 or more); the JSON error says so."
        }
        (false, false) => "Retryable: no. Something has to change first.",
    }
}

fn show(explanation: &Explanation, context: &Context) -> Result<(), Error> {
    let Explanation {
        code,
        title,
        meaning,
        causes,
        actions,
    } = *explanation;
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == code);
    let exit_code = kind.map(Kind::code);
    let json = json!({
        "code": code, "title": title, "exit_code": exit_code,
        "retryable": kind.map(Kind::is_retryable),
        "meaning": meaning, "causes": causes, "actions": actions,
    });
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            page.heading(code);
            page.paragraph(&match exit_code {
                Some(number) => format!("{title} (exit code {number})"),
                None => title.to_owned(),
            });
            page.gap();
            page.paragraph(meaning);
            if let Some(kind) = kind {
                page.gap();
                page.paragraph(retry(kind));
            }
            for (heading, sentences) in [("Usual causes", causes), ("What to do", actions)] {
                page.gap();
                page.heading(heading);
                for sentence in sentences {
                    page.item(sentence);
                }
            }
        })
}
