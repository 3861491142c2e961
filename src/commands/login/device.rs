//! The device grant: the person approves on any device, and this program asks until they have.

use std::time::Duration;

use tokio::time::sleep;

use super::attempt::{Login, SignedIn};
use super::code::INTERRUPTED_EXCHANGE_TIMEOUT;
use super::messages::{TOKENS_MAY_LIVE, expired, no_device_grant, timed_out_on_device};
use super::store_tokens::TokenStorage;
use crate::clock::Stopwatch;
use crate::error::Error;
use crate::oauth::{
    self, CodeMeaning, Device, DeviceError, Metadata, Poll, PollInterval, Tokens, authorize_device,
};
use crate::output::line;
use crate::secret::Secret;
use crate::session::ProviderClient;

impl Login<'_> {
    /// Signs in on another device, or in whatever browser there is.
    pub(super) async fn by_device(&self) -> Result<SignedIn, Error> {
        let (server, metadata) = self.provider().await?;
        let asked = self.scope(&server, &metadata)?;
        // The code may have begun to live as soon as it was asked for.
        let watch = Stopwatch::start();
        let device = self.ask_for_device(&server, &metadata, &asked).await?;
        self.show_device(&device);
        let storage = self.storage(&server, &metadata, &asked);
        let approved = self.approved(&storage, &device, &watch).await;
        let tokens = approved.map_err(|unapproved| unapproved.error)?;
        let record = storage.complete(&tokens, None).await?;
        Ok(SignedIn { record, asked })
    }

    /// Asks the provider for an address and a code.
    pub(super) async fn ask_for_device(
        &self,
        server: &ProviderClient,
        metadata: &Metadata,
        asked: &str,
    ) -> Result<Device, Error> {
        let Some(endpoint) = server.provider.device_endpoint(metadata) else {
            return Err(no_device_grant(server.provider));
        };
        let (http, retries) = (&server.http, &server.retries);
        let client = server.client(metadata)?;
        authorize_device(http, retries, &endpoint, &server.issuer, &client, asked)
            .await
            .map_err(|error| not_begun(error, server))
    }

    /// Shows address and code before anything opens; the address with the code filled in is
    /// opened and drawn.
    fn show_device(&self, device: &Device) {
        let output = &self.context.output;
        let around = self.surroundings();
        let opens = around.opens() && device.elsewhere().is_none();
        output.end_waiting();
        if !self.has_drawn_code(device) {
            output.prompt("Open this page on any device:\n");
            output.link(device.verification_uri.as_str());
            output.prompt("\nand enter the code:\n");
            output.code(&device.user_code);
            output.prompt("");
        }
        if opens {
            output.note("Opening your browser …");
        }
        match device.elsewhere() {
            None => self.open(&around, device.address()),
            // The issuer is what the person trusts.
            Some(origin) => output.warn(format!(
                "the page is at {origin}, not at the issuer's own address, so it was not opened; \
                 make sure that it belongs to your provider"
            )),
        }
        let patience = humantime::format_duration(self.patience(device));
        output.note(format!(
            "Waiting up to {patience} for you to approve (Ctrl-C to cancel) …"
        ));
    }

    /// Whether address and code are shown beside a QR code that a person wanted. On a small
    /// terminal all of it is in view.
    fn has_drawn_code(&self, device: &Device) -> bool {
        if !self.args.qr {
            return false;
        }
        let beside = [
            "Scan this, or open this page".to_owned(),
            "on any device:".to_owned(),
            String::new(),
            device.verification_uri.to_string(),
            String::new(),
            "and enter the code:".to_owned(),
            String::new(),
            device.user_code.clone(),
        ];
        let output = &self.context.output;
        match output.qr_code(device.address().as_str(), &beside) {
            Ok(()) => true,
            Err(reason) => {
                output.note(format!("Not showing a QR code: {reason}"));
                false
            }
        }
    }

    fn patience(&self, device: &Device) -> Duration {
        let wanted = self.args.timeout.unwrap_or(device.expires_in);
        wanted.min(device.expires_in)
    }

    /// Waits for the approval.
    pub(super) async fn approved(
        &self,
        storage: &TokenStorage<'_>,
        device: &Device,
        watch: &Stopwatch,
    ) -> Result<Tokens, Unapproved> {
        let patience = self.patience(device);
        let (server, metadata) = (storage.server, storage.metadata);
        let client = server.client(metadata).map_err(Unapproved::yet)?;
        let mut salvaged = None;
        let mut pace = PollInterval::of(device);
        let mut last_trouble = None;
        while watch.timeout(patience, sleep(pace.pause())).await.is_some() {
            let keep = |token: Option<&Secret>| salvaged = token.cloned();
            let poll = device.poll(&server.http, metadata, &client, keep);
            // It may bring the tokens just when the time is up.
            let poll = watch.timeout(patience + INTERRUPTED_EXCHANGE_TIMEOUT, poll);
            let Some(poll) = self
                .answered(Box::pin(poll))
                .await
                .map_err(Unapproved::yet)?
            else {
                self.context.output.warn(TOKENS_MAY_LIVE);
                break;
            };
            let poll = match poll {
                Ok(poll) => poll,
                Err(error) => {
                    if let DeviceError::Protocol(error) = &error {
                        storage.end_unusable(error, salvaged.as_ref()).await;
                    }
                    return Err(not_approved(error));
                }
            };
            pace.note(&poll);
            tracing::debug!(pause = ?pace.pause(), "polled");
            last_trouble = match poll {
                Poll::Granted(tokens) => return Ok(*tokens),
                Poll::Pending | Poll::SlowDown => None,
                Poll::Troubled(error) if pace.gives_up() => {
                    return Err(Unapproved::yet(not_approved(error.into()).error));
                }
                Poll::Troubled(error) => {
                    let error = line(&error.to_string());
                    // Once for each stretch of bad weather.
                    if last_trouble.is_none() {
                        self.context
                            .output
                            .warn(format!("{error}; trying again until the code expires"));
                    }
                    Some(error)
                }
            };
        }
        if patience < device.expires_in {
            return Err(Unapproved::yet(timed_out_on_device(patience)));
        }
        Err(Unapproved::over(expired(last_trouble)))
    }
}

/// Why there are no tokens.
pub(super) struct Unapproved {
    pub(super) error: Error,
    /// Whether the code can still be approved, and asked about.
    pub(super) is_open: bool,
}

impl Unapproved {
    fn yet(error: impl Into<Error>) -> Self {
        Self {
            error: error.into(),
            is_open: true,
        }
    }

    fn over(error: Error) -> Self {
        Self {
            error,
            is_open: false,
        }
    }
}

/// Why the login has failed.
fn not_approved(error: DeviceError) -> Unapproved {
    use CodeMeaning as M;
    match error {
        DeviceError::Denied(denial) => Unapproved::over(Error::from(denial).only_hint(
            "nothing was stored; run `eprospera login --device` again and approve the \
                        request",
        )),
        DeviceError::Expired => Unapproved::over(expired(None)),
        DeviceError::Protocol(error) => {
            let is_of_this_code = matches!(
                &error,
                oauth::Error::Refused { code, .. } if matches!(
                    CodeMeaning::of(code),
                    M::GrantRefused | M::SignInRequired | M::ConsentRequired
                )
            );
            // The client may be refused until its secret is right again.
            let is_open = matches!(&error, oauth::Error::Refused { .. }) && !is_of_this_code;
            let error = Error::from(error);
            let error = if is_of_this_code {
                error.only_hint("nothing was stored; run `eprospera login --device` for a new code")
            } else {
                error.hint("nothing was stored")
            };
            Unapproved { error, is_open }
        }
    }
}

/// Why there is no code.
fn not_begun(error: oauth::Error, server: &ProviderClient) -> Error {
    use oauth::Error as E;
    match &error {
        E::Unexpected {
            status: 404 | 405, ..
        }
        | E::Refused {
            status: 404 | 405, ..
        } => no_device_grant(server.provider),
        E::Refused { code, .. } if CodeMeaning::of(code) == CodeMeaning::ClientUnauthorized => {
            Error::from(error)
                .hint("allow the device grant in the client's registration")
                .hint("to sign in with a browser instead, run `eprospera login`")
        }
        _ => Error::from(error).hint("nothing was stored"),
    }
}
