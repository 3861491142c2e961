//! The pages a person sees: login, consent, the self-submitting form, and words when things go
//! wrong.
//!
//! One embedded style sheet, allowed by its hash; no script but the one line that submits a
//! form; nothing from the network. Every page says that this is not the portal and that its people
//! are invented. All text that is not written here goes through [`escape`].

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use axum::body::Body;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::http::request_log::LogEntry;
use crate::model::browser_sessions::Interaction;
use crate::model::scope;
use crate::paths::{CONSENT, LOGIN};
use crate::people::persona::Persona;

const STYLE: &str = include_str!("page.css");
/// Both answers to a consent page; they are the fields that its form sends.
pub(crate) const DECISION_BUTTONS: &str = "<div class=\"actions\">\
    <button class=\"main\" type=\"submit\" name=\"decision\" value=\"approve\">Approve</button>\
    <button type=\"submit\" name=\"decision\" value=\"deny\">Deny</button></div>\n";
const SUBMIT: &str = "document.forms[0].submit()";

static STYLE_SOURCE: LazyLock<String> = LazyLock::new(|| hash_source(STYLE));
static SUBMIT_SOURCE: LazyLock<String> = LazyLock::new(|| hash_source(SUBMIT));

fn hash_source(text: &str) -> String {
    format!(
        "'sha256-{}'",
        STANDARD.encode(Sha256::digest(text.as_bytes()))
    )
}

/// Makes text harmless inside an element and inside a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A page before it is sent. `title` is text, `content` is HTML.
pub(crate) struct Page<'a> {
    pub(crate) status: StatusCode,
    pub(crate) title: &'a str,
    pub(crate) content: String,
    pub(crate) wide: bool,
    /// What the page is a double of.
    pub(crate) stands_for: &'static str,
    /// Sources of `form-action` and `script-src`.
    pub(crate) form_action: String,
    pub(crate) script: Option<&'static str>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(title: &'a str, content: String) -> Self {
        Self {
            status: StatusCode::OK,
            title,
            content,
            wide: false,
            stands_for: "the e-Próspera portal",
            form_action: "'none'".to_owned(),
            script: None,
        }
    }

    /// The page as an answer, with its policy.
    pub(crate) fn send(&self) -> Response {
        let script = match self.script {
            None => String::new(),
            Some(_) => format!("script-src {}; ", *SUBMIT_SOURCE),
        };
        let policy = format!(
            "default-src 'none'; style-src {}; {script}form-action {}; \
             frame-ancestors 'none'; base-uri 'none'",
            *STYLE_SOURCE, self.form_action
        );
        let mut response = Response::new(Body::from(self.html()));
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

    fn html(&self) -> String {
        let title = escape(self.title);
        let class = if self.wide { " wide" } else { "" };
        let main = if self.wide { " class=\"wide\"" } else { "" };
        let script = match self.script {
            None => String::new(),
            Some(script) => format!("<script>{script}</script>"),
        };
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title} · sandbox</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <p class=\"banner{class}\" role=\"note\"><strong>This is a sandbox, not \
             {}.</strong> It runs on this computer only, and all its people are \
             invented.</p>\n<main{main}>\n<h1>{title}</h1>\n{}\n</main>\n{script}</body>\n</html>\n",
            self.stands_for, self.content
        )
    }
}

/// Choose who to be.
pub(crate) fn login(
    client: &str,
    personas: &[Arc<Persona>],
    chosen: Option<&str>,
    request: &str,
) -> Response {
    let choices = persona_choices(personas, chosen);
    let content = format!(
        "<p><strong>{}</strong> wants to sign you in.</p>\n\
         <form method=\"post\" action=\"{LOGIN}\">\n\
         <input type=\"hidden\" name=\"request\" value=\"{}\">\n\
         <fieldset><legend>Who do you want to be?</legend>\n{choices}</fieldset>\n\
         <div class=\"actions\"><button class=\"main\" type=\"submit\">Sign in</button></div>\n\
         </form>",
        escape(client),
        escape(request),
    );
    let mut page = Page::new("Sign in", content);
    "'self'".clone_into(&mut page.form_action);
    page.send()
}

/// A choice for each persona. The one that is `chosen` is so from the beginning.
pub(crate) fn persona_choices(personas: &[Arc<Persona>], chosen: Option<&str>) -> String {
    let mut choices = String::new();
    for persona in personas {
        let checked = if chosen == Some(&persona.id) {
            " checked"
        } else {
            ""
        };
        let _: Result<_, _> = writeln!(
            choices,
            "<label class=\"choice\"><input type=\"radio\" name=\"persona\" value=\"{}\" \
             required{checked}><span><strong>{}</strong><span>{}</span><span>{}</span></span>\
             </label>",
            escape(&persona.id),
            escape(&persona.name),
            escape(&persona.email),
            escape(&persona.description),
        );
    }
    choices
}

/// Say yes or no.
pub(crate) fn consent(
    client: &str,
    persona: &Persona,
    interaction: &Interaction,
    request: &str,
) -> Response {
    let mut scopes = String::new();
    for name in interaction.scopes() {
        let (meaning, name) = (escape(scope::meaning(name)), escape(name));
        let _: Result<_, _> = writeln!(scopes, "<li>{meaning} <code>{name}</code></li>");
    }
    let (before, after, form_action) = match interaction {
        Interaction::Authorization(authorization) => back_to_client(&authorization.redirect_uri),
        Interaction::Device(device_request) => same_code(&device_request.user_code.shown()),
    };
    let content = format!(
        "<p>You are <strong>{}</strong>, {}. \
         <a href=\"{LOGIN}?request={}\">Be someone else</a></p>\n{before}\
         <form method=\"post\" action=\"{CONSENT}\">\n\
         <input type=\"hidden\" name=\"request\" value=\"{}\">\n\
         <h2 id=\"scopes\">It will be able to</h2>\n\
         <ul class=\"scopes\" aria-labelledby=\"scopes\">\n{scopes}</ul>\n{}{after}\
         {DECISION_BUTTONS}</form>",
        escape(&persona.name),
        escape(&persona.email),
        escape(request),
        escape(request),
        entities(persona, interaction.scopes()),
    );
    let title = format!("{client} asks for access");
    let mut page = Page::new(&title, content);
    page.form_action = form_action;
    page.send()
}

/// What a consent page says before and after its question, and where its form may lead.
type Frame = (String, String, String);

fn back_to_client(redirect_uri: &str) -> Frame {
    let uri = escape(redirect_uri);
    let after = format!("<p class=\"quiet\">Then you go back to <code>{uri}</code></p>\n");
    // Browsers apply `form-action` to the redirect that follows a form as well.
    let form_action = format!("'self' {}", origin_source(redirect_uri));
    (String::new(), after, form_action)
}

/// The person compares the code (RFC 8628 §5.4).
fn same_code(code: &str) -> Frame {
    let before = format!(
        "<p>Approve only if you started this yourself and your device shows the same code:</p>\n\
         <p class=\"code\">{}</p>\n\
         <p class=\"quiet\">If someone sent you this code, they would get access to what is \
         listed here.</p>\n",
        escape(code)
    );
    (before, String::new(), "'self'".to_owned())
}

fn entities(persona: &Persona, scopes: &[String]) -> String {
    if !scope::names_entities(scopes) {
        return String::new();
    }
    if persona.legal_entities.is_empty() {
        return "<p>You represent no legal entity, so none is shared.</p>\n".to_owned();
    }
    let mut choices = String::new();
    for entity in &persona.legal_entities {
        let kind = entity.entity["type"].as_str().unwrap_or_default();
        let _: Result<_, _> = writeln!(
            choices,
            "<label class=\"choice\"><input type=\"checkbox\" name=\"entity\" value=\"{}\" \
             checked><span><strong>{}</strong><span>{}</span></span></label>",
            escape(entity.id()),
            escape(&entity.display_name()),
            escape(kind),
        );
    }
    format!("<fieldset><legend>Legal entities to share</legend>\n{choices}</fieldset>\n")
}

/// Sends fields to a redirect URI by POST (`OAuth` 2.0 Form Post Response Mode §2).
pub(crate) fn form_post(uri: &str, fields: &[(&str, &str)]) -> Response {
    let mut inputs = String::new();
    for (name, value) in fields {
        let (name, value) = (escape(name), escape(value));
        let _: Result<_, _> = writeln!(
            inputs,
            "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"
        );
    }
    let content = format!(
        "<p>Your answer goes to <code>{uri}</code>.</p>\n\
         <form method=\"post\" action=\"{uri}\">\n{inputs}\
         <div class=\"actions\"><button class=\"main\" type=\"submit\">Continue</button></div>\n\
         </form>",
        uri = escape(uri),
    );
    let mut page = Page::new("Back to the application", content);
    page.form_action = origin_source(uri);
    page.script = Some(SUBMIT);
    page.send()
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

/// A request that was answered, has expired or belongs to another browser.
pub(crate) fn expired() -> Response {
    problem(
        "This page is no longer valid",
        "It was already answered, has expired, or belongs to another browser. \
         Go back to the application and start again.",
    )
}

/// 400 with words for a person.
pub(crate) fn problem(title: &str, text: &str) -> Response {
    let mut page = Page::new(title, format!("<p>{}</p>", escape(text)));
    page.status = StatusCode::BAD_REQUEST;
    LogEntry::new(format!("a page said: {title}")).on(page.send())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place_in_a_page() {
        assert_eq!(
            escape("<b title=\"x\" id='y'>&amp;</b>"),
            "&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/b&gt;"
        );
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
