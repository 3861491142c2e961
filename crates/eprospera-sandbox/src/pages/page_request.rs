//! What a page is asked with: fields in its query or its form, and the browser's cookies.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, Method};

use crate::http::rejection::Rejection;
use crate::model::parameters::Parameters;
use crate::pages::page;
use crate::reason::Reason;

pub(crate) struct PageRequest {
    pub(crate) headers: HeaderMap,
    pub(crate) fields: Parameters,
}

impl<S: Send + Sync> FromRequest<S> for PageRequest {
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
        let headers = request.headers().clone();
        let fields = if request.method() == Method::POST {
            Parameters::parse(&Bytes::from_request(request, state).await?)
        } else {
            Parameters::parse(request.uri().query().unwrap_or_default().as_bytes())
        };
        Ok(Self { headers, fields })
    }
}

impl PageRequest {
    /// The id of what waits for the person.
    pub(crate) fn id(&self) -> &str {
        self.fields.get("request").unwrap_or_default()
    }

    /// Whether the person approved.
    pub(crate) fn decision(&self) -> Result<bool, Rejection> {
        match self.fields.get("decision") {
            Some("approve") => Ok(true),
            Some("deny") => Ok(false),
            _ => {
                let text = "Go back and choose Approve or Deny.";
                let reason = Reason::new(
                    "decision is missing or unknown",
                    "send `decision=approve` or `decision=deny` in the form",
                );
                Err(page::problem("No decision", text, reason).into())
            }
        }
    }

    /// The id of the persona that the person chose.
    pub(crate) fn persona<T>(&self, find: impl FnOnce(&str) -> Option<T>) -> Result<T, Rejection> {
        let chosen = self.fields.get("persona").and_then(find);
        chosen.ok_or_else(|| {
            let text = "Go back and choose a persona from the list.";
            let reason = Reason::new(
                "persona is missing, or is not one of this sandbox's people",
                "send `persona=resident` in the form, or the id of another person of the home page",
            );
            page::problem("No persona chosen", text, reason).into()
        })
    }
}
