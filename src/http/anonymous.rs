//! Requests that cannot carry a credential, for hosts that must never see one (docs/portal.md,
//! "Downloads").
//!
//! There is no way to add a header here, and a URL with user information is refused, because it
//! would become an `Authorization` header.

use std::cell::OnceCell;

use url::Url;

use super::{Client, Error, Options, Request, ResumeRange, Stream};

/// Asks without a credential. Each kind of host gets a client of its own, made when it is first
/// needed: plain loopback ones no proxy and no trust roots, all others both.
#[derive(Debug)]
pub(crate) struct UnauthenticatedClient {
    options: Options,
    plain: OnceCell<Client>,
    secure: OnceCell<Client>,
}

impl UnauthenticatedClient {
    /// Plain http is spoken with loopback addresses only, and only where the options are those of
    /// a plain loopback server: no other server can send anybody there.
    pub(crate) fn new(options: Options) -> Self {
        Self {
            options,
            plain: OnceCell::new(),
            secure: OnceCell::new(),
        }
    }

    /// Whether a URL can be asked at all.
    pub(crate) fn may_ask(&self, url: &Url) -> bool {
        let is_anonymous = url.username().is_empty() && url.password().is_none();
        let is_plain = url.scheme() == "http" && self.options.plain_loopback;
        is_anonymous && (url.scheme() == "https" || is_plain && super::is_private(url))
    }

    /// Asks for a document, or for the rest of one, and gives its answer as soon as the headers are
    /// there. Any status is an answer.
    pub(crate) async fn open(
        &self,
        url: &Url,
        rest: Option<&ResumeRange>,
    ) -> Result<Stream, Error> {
        if !self.may_ask(url) {
            return Err(Error::Setup(
                "documents are fetched only over https, and without credentials".to_owned(),
            ));
        }
        let mut request = Request::get(url).header("accept", "*/*");
        if let Some(rest) = rest {
            request = request.rest(rest);
        }
        self.client(url.scheme() == "http")?.stream(request).await
    }

    fn client(&self, plain_loopback: bool) -> Result<&Client, Error> {
        let cell = if plain_loopback {
            &self.plain
        } else {
            &self.secure
        };
        if let Some(client) = cell.get() {
            return Ok(client);
        }
        let client = Client::open(&Options {
            plain_loopback,
            ..self.options.clone()
        })?;
        Ok(cell.get_or_init(|| client))
    }
}
