//! The pages that the browser shows at the end of a login.
//!
//! They are whole without JavaScript and load nothing: styles are inline and allowed by their
//! hash, and so is the one script, of the page that passes a fragment on. Every inserted text is
//! escaped. What may be said on them is decided elsewhere.

use std::fmt::Write as _;
use std::sync::LazyLock;

use crate::oauth::authorize::redirect::RedirectUri;
use crate::oauth::callback::rejection::Rejection;
use crate::oauth::server_text::is_invisible;
use crate::secret::redact;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const BRIDGE: &str = include_str!("bridge.js");

/// A finished page and the policy it is served under.
#[derive(Clone, Debug)]
pub(in crate::oauth) struct PageDocument {
    pub(in crate::oauth) html: String,
    pub(in crate::oauth) policy: &'static str,
}

struct Content<'a> {
    tone: &'static str,
    mark: &'static str,
    title: &'static str,
    text: &'a str,
    next: &'static str,
}

const CLOSE: &str = "You can close this tab and go back to the terminal.";

/// The login worked: everything is verified and stored.
pub(in crate::oauth) fn success(account: Option<&str>) -> PageDocument {
    let text = account.map_or_else(
        || "The sign-in is complete.".to_owned(),
        |account| format!("The sign-in of {account} is complete."),
    );
    plain(&Content {
        tone: "good",
        mark: "✓",
        title: "You are signed in",
        text: &text,
        next: CLOSE,
    })
}

/// The login did not work.
pub(in crate::oauth) fn failure(reason: &str) -> PageDocument {
    plain(&Content {
        tone: "bad",
        mark: "✕",
        title: "The sign-in did not work",
        text: reason,
        next: "The terminal shows the same reason. You can close this tab.",
    })
}

/// The answer to this login was given before.
pub(in crate::oauth) fn already_used() -> PageDocument {
    plain(&Content {
        tone: "calm",
        mark: "i",
        title: "This sign-in was already used",
        text: "Its answer has arrived once, and counts once. The terminal shows how the sign-in ends.",
        next: CLOSE,
    })
}

/// A request to the right address that is not the answer to this login, which may have its answer.
pub(in crate::oauth) fn not_this_login(is_waiting: bool) -> PageDocument {
    let (text, next) = if is_waiting {
        (
            "Nothing was changed. The terminal keeps waiting for the sign-in that it began.",
            "Use the link that the terminal shows.",
        )
    } else {
        (
            "Nothing was changed. The terminal has the answer that it waited for, and shows how the \
             sign-in ends.",
            CLOSE,
        )
    };
    plain(&Content {
        tone: "calm",
        mark: "i",
        title: "This is not the sign-in being waited for",
        text,
        next,
    })
}

/// The provider's answer to this login, which breaks the protocol.
pub(in crate::oauth) fn unusable_answer(rejection: Rejection) -> PageDocument {
    let text = format!(
        "It belongs to the sign-in that the terminal waits for, but {rejection}. Nothing was \
         changed, and the terminal keeps waiting."
    );
    plain(&Content {
        tone: "bad",
        mark: "✕",
        title: "The provider's answer cannot be used",
        text: &text,
        next: "Open the link that the terminal shows again. If this page comes back, tell the provider.",
    })
}

/// A request that came under another name or port than the registered one.
pub(in crate::oauth) fn other_name(redirect_uri: &RedirectUri) -> PageDocument {
    let text = format!(
        "The program in your terminal listens at {}, and your browser asked for another name or \
         port. Nothing was changed.",
        redirect_uri.as_str()
    );
    plain(&Content {
        tone: "calm",
        mark: "i",
        title: "This address is spelled differently",
        text: &text,
        next: "Copy the address of this page and paste it in the terminal, or open the link that \
               the terminal shows again.",
    })
}

/// A request whose headers are too long.
pub(in crate::oauth) fn headers_too_large() -> PageDocument {
    plain(&Content {
        tone: "bad",
        mark: "✕",
        title: "Your browser sent too much",
        text: "The headers of its request are too long, most likely because programs on this \
               machine have left many cookies for this address. Nothing was changed.",
        next: "Delete the cookies of this address and reload this page, or copy its address and \
               paste it in the terminal.",
    })
}

/// A request whose address is too long.
pub(in crate::oauth) fn address_too_long() -> PageDocument {
    plain(&Content {
        tone: "bad",
        mark: "✕",
        title: "The address is too long",
        text: "The provider sent your browser here with an address of more than 16 KiB. Nothing was \
               changed.",
        next: "Copy the address of this page and paste it in the terminal, or tell the provider.",
    })
}

/// The answer to this login, which came in another way than was asked for.
pub(in crate::oauth) fn other_way() -> PageDocument {
    plain(&Content {
        tone: "bad",
        mark: "✕",
        title: "The answer came in another way",
        text: "It belongs to the sign-in that the terminal waits for, but not in the form or at the \
               path that the provider was asked for. Nothing was changed.",
        next: "The terminal shows what to do. You can close this tab.",
    })
}

/// Passes the fragment, which a server never sees, on to the listener by a POST.
pub(in crate::oauth) fn bridge() -> PageDocument {
    let content = Content {
        tone: "calm",
        mark: "…",
        title: "Finishing the sign-in",
        text: "The answer is being handed to the program in your terminal.",
        next: "",
    };
    let help = "<noscript><p>This step needs JavaScript. Enable it and reload the page, \
                or sign in again without --response-mode fragment.</p></noscript>\n";
    PageDocument {
        html: render(&content, &format!("{help}<script>{BRIDGE}</script>\n")),
        policy: &BRIDGE_POLICY,
    }
}

fn plain(content: &Content<'_>) -> PageDocument {
    PageDocument {
        html: render(content, ""),
        policy: &PLAIN_POLICY,
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

/// Fills the template in one pass, so that an inserted text is never a placeholder.
fn render(content: &Content<'_>, script: &str) -> String {
    let mut html = String::with_capacity(TEMPLATE.len() + STYLE.len() + 512);
    let mut rest = TEMPLATE;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, tail) = after.split_once("}}").unwrap_or((after, ""));
        html.push_str(before);
        match name {
            "style" => html.push_str(STYLE),
            "script" => html.push_str(script),
            "tone" => html.push_str(content.tone),
            "mark" => html.push_str(content.mark),
            "title" => escape(&mut html, content.title),
            "text" => escape(&mut html, &redact(content.text)),
            "next" => escape(&mut html, content.next),
            _ => {}
        }
        rest = tail;
    }
    html.push_str(rest);
    html
}

/// HTML §13.1.2: what could end a text or begin markup becomes a character reference; control
/// characters, and those that reorder or hide text, become spaces.
fn escape(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' | '<' | '>' | '"' | '\'' | '`' => {
                // Writing to a String cannot fail.
                write!(html, "&#{};", u32::from(character)).unwrap_or_default();
            }
            other if other.is_control() || is_invisible(other) => html.push(' '),
            other => html.push(other),
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
            failure("x"),
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
    fn inserted_text_is_never_markup_nor_a_placeholder() {
        let hostile = "<script>alert(1)</script> \" ' ` & \u{1b}[2J\u{202e} {{style}} {{script}}";
        for document in [failure(hostile), success(Some(hostile))] {
            assert!(!document.html.contains("<script"));
            assert!(!document.html.contains(['\u{1b}', '\u{202e}']));
            assert!(
                document
                    .html
                    .contains("&#60;script&#62;alert(1)&#60;/script&#62;")
            );
            assert!(document.html.contains("{{style}} {{script}}"));
            assert_eq!(document.html.matches("<style>").count(), 1);
        }
    }

    #[test]
    fn every_placeholder_is_known() {
        for document in all() {
            assert!(!document.html.contains("{{"), "{}", document.html);
        }
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
