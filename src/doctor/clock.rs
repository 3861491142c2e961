//! This machine's clock, against the provider's and against what is stored.

use super::checkup::{Checkup, set_clock};
use super::code::Code;
use super::row::Row;
use super::store::StoredState;
use super::survey::Survey;
use crate::cli::DoctorGroup::Clock as GROUP;
use crate::output::{moment, span};

/// What the checks of an ID token forgive, in seconds.
const LEEWAY: i64 = 60;
/// No clock that runs this program is right about an earlier moment: the first of 2025.
const BEFORE: i64 = 1_735_689_600;

pub(super) fn check(checkup: &Checkup<'_>, state: &StoredState, survey: &Survey) -> Vec<Row> {
    let mut rows = Vec::new();
    let now = checkup.context.clock.now();
    let newest = state.record.as_ref().map(|record| {
        let access = record.access.as_ref().map(|access| access.issued_at);
        access.unwrap_or(record.signed_in_at)
    });
    if now < BEFORE || newest.is_some_and(|newest| newest - now > LEEWAY) {
        let message = match newest.filter(|newest| newest - now > LEEWAY) {
            Some(newest) => format!(
                "this machine's clock says {}, but the stored tokens were received at {}",
                moment(now),
                moment(newest)
            ),
            None => format!("this machine's clock says {}", moment(now)),
        };
        rows.push(bad("plausible", message));
    }
    rows.push(against_provider(survey));
    rows
}

fn against_provider(survey: &Survey) -> Row {
    let found = match survey {
        Survey::NotAsked(reason) => return reason.row(GROUP, "skew"),
        Survey::Asked(found) => found,
    };
    let Ok(answer) = &found.answer else {
        return Row::blocked(
            GROUP,
            "skew",
            "the provider cannot be reached (see network)",
        );
    };
    match answer.ahead {
        None => Row::skipped(
            GROUP,
            "skew",
            Code::NotApplicable,
            "the provider does not say what time it is",
        ),
        Some(ahead) if ahead.abs() <= LEEWAY => {
            Row::ok(GROUP, "skew", "in sync with the provider's clock")
        }
        Some(ahead) => {
            let side = if ahead > 0 { "ahead of" } else { "behind" };
            let by = span(ahead.abs());
            bad(
                "skew",
                format!(
                    "this machine's clock is {by} {side} the provider's, so ID tokens are refused"
                ),
            )
        }
    }
}

fn bad(id: &str, message: String) -> Row {
    Row::failed(GROUP, id, Code::ClockSkew, message).maybe_fix(set_clock())
}
