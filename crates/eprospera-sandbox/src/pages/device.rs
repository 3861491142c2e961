//! Where a person types the code that a device shows (RFC 8628 §3.3), and how that ends.

use maud::{Markup, html};

use crate::paths::VERIFICATION;

/// Characters of a typed code that are shown again. A code has nine; people type and paste more
/// around them.
const MAX_CHARS_SHOWN: usize = 40;

/// The field for the code, with the one that a link brought or that was wrong.
pub(crate) fn code_form(code: &str, problem: Option<&str>) -> Markup {
    let code: String = code.chars().take(MAX_CHARS_SHOWN).collect();
    let request = if code.is_empty() || problem.is_some() {
        "Type the code that your device shows. Upper and lower case, spaces and the dash make no \
         difference."
    } else {
        "Compare this code with the one that your device shows. Go on only if they are the same."
    };
    let invalid = problem.map(|_| "true");
    let described_by = problem.map_or("hint", |_| "problem hint");
    html! {
        p #hint { (request) }
        @if let Some(problem) = problem {
            p #problem .problem role="alert" { (problem) }
        }
        form method="post" action=(VERIFICATION) {
            label .field for="user_code" { "Code" }
            input #user_code .code name="user_code" value=(code) placeholder="BCDF-1234" required
                maxlength=(MAX_CHARS_SHOWN) autocomplete="off" autocapitalize="characters"
                spellcheck="false" autofocus aria-describedby=(described_by)
                aria-invalid=[invalid];
            div .actions {
                button .main type="submit" { "Continue" }
            }
        }
    }
}

/// The title and the content of the last page.
pub(crate) fn done(is_approved: bool) -> (&'static str, Markup) {
    let (title, text) = if is_approved {
        (
            "Your device is connected",
            "It continues by itself within a few seconds. You can close this page.",
        )
    } else {
        (
            "You denied access",
            "The device gets nothing. You can close this page.",
        )
    };
    (title, html! { p { (text) } })
}
