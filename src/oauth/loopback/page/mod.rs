//! The pages that the browser shows at the end of a login.
//!
//! They are whole without JavaScript and load nothing: styles are inline and allowed by their
//! hash, and so is the one script, of the page that passes a fragment on. maud escapes all text;
//! `PreEscaped` is for this folder's own constants. What may be said on them is decided elsewhere.

use std::sync::LazyLock;

use crate::oauth::authorize::redirect::RedirectUri;
use crate::oauth::callback::rejection::Rejection;
use crate::secret::redact;
use crate::unicode::is_invisible;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

const STYLE: &str = include_str!("page.css");
const BRIDGE: &str = include_str!("bridge.js");

/// A finished page and the policy it is served under.
#[derive(Clone, Debug)]
pub(in crate::oauth) struct PageDocument {
    pub(in crate::oauth) html: String,
    pub(in crate::oauth) policy: &'static str,
}

/// How a page is meant, which never shows in colour alone.
#[derive(Clone, Copy)]
enum Tone {
    Good,
    Bad,
    Calm,
}

const CLOSE: &str = "You can close this tab and go back to the terminal.";

/// The login worked: everything is verified and stored.
pub(in crate::oauth) fn success(account: Option<&str>) -> PageDocument {
    let content = html! {
        @if let Some(account) = account {
            p { "Account: " strong { (visible(account)) } }
        } @else {
            p { "The sign-in is complete." }
        }
        p .close { (CLOSE) }
    };
    plain(Tone::Good, "You are signed in", &content)
}

/// The login did not work: why, and what can be done about it. Commands stand in backticks.
pub(in crate::oauth) fn failure(reason: &str, hints: &[String]) -> PageDocument {
    let content = html! {
        p { strong { "Reason: " } (with_commands(reason)) }
        @if let [hint] = hints {
            p { strong { "What to do next: " } (with_commands(hint)) }
        } @else if !hints.is_empty() {
            p { strong { "What to do next:" } }
            ul { @for hint in hints { li { (with_commands(hint)) } } }
        }
        p .close { "The terminal shows the same. You can close this tab." }
    };
    plain(Tone::Bad, "The sign-in did not work", &content)
}

/// The answer to this login was given before.
pub(in crate::oauth) fn already_used() -> PageDocument {
    let text = "This sign-in has already received its response. The terminal shows the result.";
    plain(
        Tone::Calm,
        "This sign-in was already used",
        &told(text, CLOSE),
    )
}

/// A request to the right address that is not the answer to this login, which may have its answer.
pub(in crate::oauth) fn not_this_login(is_waiting: bool) -> PageDocument {
    let (text, next) = if is_waiting {
        (
            "Nothing was changed. The terminal keeps waiting for the sign-in that it began.",
            "Open the link that the terminal shows.",
        )
    } else {
        (
            "Nothing was changed. The terminal already has the answer that it waited for, and shows the result.",
            CLOSE,
        )
    };
    let title = "This page belongs to another sign-in";
    plain(Tone::Calm, title, &told(text, next))
}

/// The provider's answer to this login, which breaks the protocol.
pub(in crate::oauth) fn unusable_answer(rejection: Rejection) -> PageDocument {
    let text = format!(
        "It belongs to the sign-in that the terminal waits for, but {rejection}. Nothing was \
         changed, and the terminal keeps waiting."
    );
    let next = "Open the link that the terminal shows again. If this page comes back, tell the \
                provider.";
    let title = "The provider's answer cannot be used";
    plain(Tone::Bad, title, &told(&text, next))
}

/// A request that came under another name or port than the registered one.
pub(in crate::oauth) fn other_name(redirect_uri: &RedirectUri) -> PageDocument {
    let text = format!(
        "The program in your terminal listens at {}, and your browser asked for another name or \
         port. Nothing was changed.",
        redirect_uri.as_str()
    );
    let next = "Copy the address of this page and paste it in the terminal, or open the link that \
                the terminal shows again.";
    let title = "This address is spelled differently";
    plain(Tone::Calm, title, &told(&text, next))
}

/// A request whose headers are too long.
pub(in crate::oauth) fn headers_too_large() -> PageDocument {
    let text = "The headers of its request are too long, most likely because programs on this \
                computer have left many cookies for this address. Nothing was changed.";
    let next = "Delete the cookies of this address and reload this page, or copy its address and \
                paste it in the terminal.";
    plain(Tone::Bad, "Your browser sent too much", &told(text, next))
}

/// A request whose address is too long.
pub(in crate::oauth) fn address_too_long() -> PageDocument {
    let text = "The provider sent your browser here with an address of more than 16 KiB. Nothing \
                was changed.";
    let next = "Copy the address of this page and paste it in the terminal, or tell the provider.";
    plain(Tone::Bad, "The address is too long", &told(text, next))
}

/// The answer to this login, which came in another way than was asked for.
pub(in crate::oauth) fn other_way() -> PageDocument {
    let text = "It belongs to the sign-in that the terminal waits for, but the provider did not \
                send it in the form, or to the path, that it was asked to use. Nothing was changed.";
    let next = "The terminal shows what to do. You can close this tab.";
    plain(
        Tone::Bad,
        "The answer came in another way",
        &told(text, next),
    )
}

/// Passes the fragment, which a server never sees, on to the listener by a POST.
pub(in crate::oauth) fn bridge() -> PageDocument {
    let content = html! {
        p { "Your browser is passing the answer on to the program in your terminal." }
        noscript {
            p {
                "This step needs JavaScript. Enable it and reload the page, or sign in again \
                 without " code { "--response-mode fragment" } "."
            }
        }
        script { (PreEscaped(BRIDGE)) }
    };
    PageDocument {
        html: render(Tone::Calm, "Finishing the sign-in", &content),
        policy: &BRIDGE_POLICY,
    }
}

fn plain(tone: Tone, title: &str, content: &Markup) -> PageDocument {
    PageDocument {
        html: render(tone, title, content),
        policy: &PLAIN_POLICY,
    }
}

/// What happened, and what to do next.
fn told(text: &str, next: &str) -> Markup {
    html! {
        p { (visible(text)) }
        p class=[(next == CLOSE).then_some("close")] { (next) }
    }
}

const BASE_POLICY: &str =
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; img-src data:";

static PLAIN_POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{BASE_POLICY}; form-action 'none'; style-src {}",
        hash(STYLE)
    )
});

static BRIDGE_POLICY: LazyLock<String> = LazyLock::new(|| {
    let (style, script) = (hash(STYLE), hash(BRIDGE));
    format!("{BASE_POLICY}; form-action 'self'; style-src {style}; script-src {script}")
});

/// Content Security Policy Level 3 §2.3.1: the hash of exactly what stands between the tags.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

fn render(tone: Tone, title: &str, content: &Markup) -> String {
    let (class, mark) = match tone {
        Tone::Good => ("good", "✓"),
        Tone::Bad => ("bad", "✕"),
        Tone::Calm => ("calm", "i"),
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " · eprospera" }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body {
                main class=(class) {
                    span .mark aria-hidden="true" { (mark) }
                    h1 { (title) }
                    (content)
                    footer { "eprospera, on this computer" }
                }
            }
        }
    };
    page.into_string()
}

/// Text without secrets. Control characters, and those that reorder or hide text, are spaces.
fn visible(text: &str) -> String {
    let is_hidden = |character: char| character.is_control() || is_invisible(character);
    redact(text).replace(is_hidden, " ")
}

/// Text with each part between two backticks as code.
fn with_commands(text: &str) -> Markup {
    let text = visible(text);
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return html! { (text) };
    }
    html! {
        @for (index, part) in parts.iter().enumerate() {
            @if index.is_multiple_of(2) { (part) } @else { code { (part) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between<'a>(html: &'a str, open: &str, close: &str) -> &'a str {
        html.split_once(open)
            .unwrap()
            .1
            .split_once(close)
            .unwrap()
            .0
    }

    fn all() -> Vec<PageDocument> {
        vec![
            success(None),
            success(Some("Ines")),
            failure("x", &[]),
            failure("x", &["run `eprospera login`", "y"].map(str::to_owned)),
            already_used(),
            not_this_login(true),
            not_this_login(false),
            unusable_answer(Rejection::Both),
            headers_too_large(),
            address_too_long(),
            other_way(),
            bridge(),
        ]
    }

    #[test]
    fn inserted_text_is_never_markup() {
        let hostile = "<script>alert(1)</script> \" ' & \u{1b}[2J\u{202e}";
        for document in [
            failure(hostile, &[hostile.to_owned()]),
            failure("x", &["`a`".to_owned(), format!("`{hostile}`")]),
            success(Some(hostile)),
        ] {
            assert!(!document.html.contains("<script"));
            assert!(!document.html.contains(['\u{1b}', '\u{202e}']));
            let harmless = "&lt;script&gt;alert(1)&lt;/script&gt;";
            assert!(document.html.contains(harmless));
        }
    }

    #[test]
    fn a_failure_says_why_and_what_to_do_with_each_command_as_code() {
        let hints = [
            "nothing was stored; run `eprospera login` again",
            "a ` alone",
        ];
        let hints = hints.map(str::to_owned);
        let html = failure("`iss` is <wrong>", &hints).html;
        for words in [
            "<strong>Reason: </strong><code>iss</code> is &lt;wrong&gt;</p>",
            "<li>nothing was stored; run <code>eprospera login</code> again</li>",
            "<li>a ` alone</li>",
        ] {
            assert!(html.contains(words), "{words} in {html}");
        }
    }

    #[test]
    fn no_text_is_capitalised_by_style() {
        assert!(!STYLE.contains("text-transform") && !STYLE.contains("font-variant"));
    }

    #[test]
    fn the_policy_allows_exactly_what_the_page_has() {
        for document in all() {
            let style = hash(between(&document.html, "<style>", "</style>"));
            assert!(document.policy.contains(&style));
            assert!(document.policy.starts_with("default-src 'none'"));
            assert!(!document.policy.contains("unsafe"));
        }
        let bridge = bridge();
        let script = hash(between(&bridge.html, "<script>", "</script>"));
        assert!(bridge.policy.contains(&script));
        assert!(bridge.html.contains("<noscript>"));
        assert!(!success(None).policy.contains("script-src"));
    }

    #[test]
    fn pages_load_nothing_and_are_readable_by_machines_and_in_the_dark() {
        for document in all() {
            let html = &document.html;
            for outside in ["http:", "https:", "src=", "url(", "@import"] {
                assert!(!html.contains(outside), "{outside}");
            }
            for part in [
                "<html lang=\"en\">",
                "<title>",
                "<main",
                "<h1>",
                "prefers-color-scheme",
            ] {
                assert!(html.contains(part), "{part}");
            }
        }
    }
}
