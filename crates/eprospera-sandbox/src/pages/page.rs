//! What all pages share: the frame with its style sheet, the policy, and words when things go
//! wrong.
//!
//! One embedded style sheet, allowed by its hash; no script but the one line that submits a
//! form, and that of the inspector; nothing from the network. Every page says that this is not the portal and that its people
//! are invented. maud escapes all text; `PreEscaped` is for this file's own constants only.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::http::request_log::LogEntry;
use crate::paths::INDEX;
use crate::reason::Reason;

static STYLE: LazyLock<Embedded> = LazyLock::new(|| Embedded::of(include_str!("page.css")));
static SUBMIT: LazyLock<Embedded> = LazyLock::new(|| Embedded::of("document.forms[0].submit()"));

/// A style sheet or a script of this crate, with the hash by which a policy allows it.
pub(crate) struct Embedded {
    text: &'static str,
    source: String,
}

impl Embedded {
    pub(crate) fn of(text: &'static str) -> Self {
        let hash = STANDARD.encode(Sha256::digest(text.as_bytes()));
        Self {
            text,
            source: format!("'sha256-{hash}'"),
        }
    }
}

/// What a page has that changes by itself.
pub(crate) struct Liveliness {
    /// Added to the style sheet of all pages.
    pub(crate) style: &'static Embedded,
    /// May ask this origin, and nothing else.
    pub(crate) script: &'static Embedded,
}

/// A page before it is sent.
pub(crate) struct Page<'a> {
    pub(crate) status: StatusCode,
    pub(crate) title: &'a str,
    pub(crate) content: Markup,
    /// Set for the page at `/`: its content brings its own frame, and it need not lead to itself.
    pub(crate) home: Option<Liveliness>,
    /// What the page is a double of.
    pub(crate) stands_for: &'static str,
    /// Where its form may lead, redirects included, as sources of `form-action`.
    pub(crate) form_action: String,
    /// Whether its form is sent without a person.
    pub(crate) submits_itself: bool,
}

impl<'a> Page<'a> {
    pub(crate) fn new(title: &'a str, content: Markup) -> Self {
        Self {
            status: StatusCode::OK,
            title,
            content,
            home: None,
            stands_for: "the e-Próspera portal",
            form_action: "'none'".to_owned(),
            submits_itself: false,
        }
    }

    /// The page as an answer, with its policy.
    pub(crate) fn send(&self) -> Response {
        let (style, script) = match &self.home {
            Some(Liveliness { style, script }) => (
                format!("{} {}", STYLE.source, style.source),
                format!("script-src {}; connect-src 'self'; ", script.source),
            ),
            None if self.submits_itself => (
                STYLE.source.clone(),
                format!("script-src {}; ", SUBMIT.source),
            ),
            None => (STYLE.source.clone(), String::new()),
        };
        let policy = format!(
            "default-src 'none'; style-src {style}; {script}form-action {}; \
             frame-ancestors 'none'; base-uri 'none'",
            self.form_action
        );
        let mut response = Response::new(Body::from(self.html().into_string()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        if let Ok(policy) = HeaderValue::try_from(policy) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        response
    }

    fn html(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) " · sandbox" }
                    style { (PreEscaped(STYLE.text)) }
                    @if let Some(Liveliness { style, script }) = &self.home {
                        style { (PreEscaped(style.text)) }
                        // Before the page: it takes the control token out of the address.
                        script { (PreEscaped(script.text)) }
                    }
                }
                body class=[self.home.is_some().then_some("home")] {
                    @if self.home.is_some() {
                        a .skip href="#refusal" { "Skip to the newest refusal" }
                        aside aria-label="What this is" { (self.banner()) }
                        (self.content)
                    } @else {
                        (self.banner())
                        main {
                            h1 { (self.title) }
                            (self.content)
                        }
                    }
                    @if self.submits_itself {
                        script { (PreEscaped(SUBMIT.text)) }
                    }
                }
            }
        }
    }

    fn banner(&self) -> Markup {
        html! {
            p .banner role="note" {
                strong { "This is a sandbox, not " (self.stands_for) "." }
                " It runs on this computer only, and all its people are fictional. "
                @if self.home.is_none() {
                    a href=(INDEX) { "Sandbox home" }
                }
            }
        }
    }
}

/// A URI's origin as a CSP source; its scheme alone where a source cannot say more: private-use
/// schemes, and IPv6 hosts (CSP 3 §2.3.1).
pub(crate) fn origin_source(uri: &str) -> String {
    let Ok(url) = Url::parse(uri) else {
        return "'none'".to_owned();
    };
    match url.host() {
        Some(url::Host::Ipv6(_)) | None => format!("{}:", url.scheme()),
        Some(_) if !matches!(url.scheme(), "http" | "https") => format!("{}:", url.scheme()),
        Some(_) => url.origin().ascii_serialization(),
    }
}

/// `form-action` of a form that is sent here and answered by a redirect to a client: browsers apply
/// it to the redirect as well.
pub(crate) fn self_and_origin(redirect_uri: &str) -> String {
    format!("'self' {}", origin_source(redirect_uri))
}

/// A request that was answered, has expired or belongs to another browser.
pub(crate) fn expired() -> Response {
    let reason = Reason::new(
        "the page was answered already, has expired, or belongs to another browser",
        "start again at authorize, and follow its redirect in the same browser, with its cookie",
    );
    problem(
        "This page is no longer valid",
        "You have already answered it, it has expired, or it was opened in another browser. \
         Go back to the application and start again.",
        reason,
    )
}

/// A page that made room for newer ones, or else one that is no longer valid.
pub(crate) fn gone(is_displaced: bool) -> Response {
    if !is_displaced {
        return expired();
    }
    let reason = Reason::new(
        "the page made room for newer ones: too many sign-ins waited for an answer",
        "start again at authorize, and answer its pages or leave fewer of them open",
    );
    problem(
        "This page made room for newer ones",
        "Too many sign-ins were waiting for an answer, and this one was the oldest. Go back to the \
         application and start again.",
        reason,
    )
}

/// 400 with words for a person, and the reason for the one who wrote the application.
pub(crate) fn problem(title: &str, text: &str, reason: Reason) -> Response {
    let mut page = Page::new(title, html! { p { (text) } });
    page.status = StatusCode::BAD_REQUEST;
    LogEntry::new(format!("a page said: {title}"))
        .refusal(title, reason)
        .on(page.send())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place_in_a_page() {
        let hostile = "</title><b title=\"x\" id='y'>&amp;</b>";
        let page = Page::new(hostile, html! { input value=(hostile); });
        let html = page.html().into_string();
        assert!(!html.contains("<b "), "{html}");
        let harmless = "&lt;/title&gt;&lt;b title=&quot;x&quot; id='y'&gt;&amp;amp;&lt;/b&gt;";
        assert_eq!(html.matches(harmless).count(), 3, "{html}");
    }

    #[test]
    fn no_text_is_capitalised_by_style() {
        for style in [STYLE.text, include_str!("../inspector/page/inspector.css")] {
            assert!(!style.contains("text-transform") && !style.contains("font-variant"));
        }
    }

    #[test]
    fn a_policy_names_the_origin_or_the_scheme_of_a_redirect_uri() {
        assert_eq!(
            origin_source("http://127.0.0.1:8736/cb?x=1"),
            "http://127.0.0.1:8736"
        );
        assert_eq!(
            origin_source("https://app.example/cb"),
            "https://app.example"
        );
        assert_eq!(origin_source("http://[::1]:8736/cb"), "http:");
        assert_eq!(origin_source("com.example.app:/cb"), "com.example.app:");
        assert_eq!(
            origin_source("com.example.app://host/cb"),
            "com.example.app:"
        );
    }
}
