//! Which requests the page shows, as it is in the address: the page works by links alone.

use url::form_urlencoded::Serializer;

use crate::model::parameters::Parameters;
use crate::paths::INDEX;
use crate::recording::exchange::Exchange;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageQuery {
    is_refused_only: bool,
    client: Option<String>,
    /// Whether requests of pages like this one and of control are shown as well.
    has_own: bool,
    /// Only older requests than this one.
    pub(super) before: Option<u64>,
}

impl PageQuery {
    /// What is not understood counts as left out.
    pub(crate) fn parse(query: &str) -> Self {
        let parameters = Parameters::parse(query.as_bytes());
        Self {
            is_refused_only: parameters.get("show") == Some("refused"),
            has_own: parameters.get("show") == Some("everything"),
            client: parameters.get("client").map(str::to_owned),
            before: parameters
                .get("before")
                .and_then(|number| number.parse().ok()),
        }
    }

    pub(super) fn admits(&self, exchange: &Exchange) -> bool {
        let is_wanted = if self.is_refused_only {
            is_refused(exchange)
        } else {
            self.has_own || !is_own(exchange)
        };
        let is_of_client = match &self.client {
            Some(client) => client_of(exchange) == Some(client),
            None => true,
        };
        is_wanted && is_of_client && self.before.is_none_or(|number| exchange.number < number)
    }

    pub(super) fn unpaged(&self) -> Self {
        Self {
            before: None,
            ..self.clone()
        }
    }

    pub(super) fn of_everything() -> Self {
        Self::default()
    }

    pub(super) fn of_refused() -> Self {
        Self {
            is_refused_only: true,
            ..Self::default()
        }
    }

    pub(super) fn of_client(client: &str) -> Self {
        Self {
            client: Some(client.to_owned()),
            ..Self::default()
        }
    }

    pub(super) fn with_own() -> Self {
        Self {
            has_own: true,
            ..Self::default()
        }
    }

    pub(super) fn href(&self) -> String {
        let mut query = Serializer::new(String::new());
        if self.is_refused_only {
            query.append_pair("show", "refused");
        }
        if self.has_own {
            query.append_pair("show", "everything");
        }
        if let Some(client) = &self.client {
            query.append_pair("client", client);
        }
        if let Some(before) = self.before {
            query.append_pair("before", &before.to_string());
        }
        match query.finish() {
            none if none.is_empty() => INDEX.to_owned(),
            query => format!("{INDEX}?{query}"),
        }
    }

    pub(super) fn newest(&self) -> String {
        format!("{}#requests", self.unpaged().href())
    }

    pub(super) fn older(&self, before: u64) -> String {
        let next = Self {
            before: Some(before),
            ..self.clone()
        };
        format!("{}#requests", next.href())
    }

    /// What the page says if it has nothing to show.
    pub(super) const fn nothing(&self) -> &'static str {
        if self.is_refused_only || self.client.is_some() || self.before.is_some() {
            "No request matches."
        } else {
            "No request has come yet."
        }
    }
}

/// Whether a request is one of a person who looks round or of a test that steers, and neither was
/// refused nor tells anything about a client.
fn is_own(exchange: &Exchange) -> bool {
    let is_listed = matches!(exchange.endpoint, "index" | "control" | "health");
    is_listed && !is_refused(exchange)
}

fn is_refused(exchange: &Exchange) -> bool {
    let ending = exchange.ending.as_ref();
    ending.is_some_and(|ending| ending.refusal.is_some())
}

fn client_of(exchange: &Exchange) -> Option<&String> {
    exchange.ending.as_ref()?.client.as_ref()
}
