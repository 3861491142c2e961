//! `login --with-token`: begins a session with a refresh token from stdin, without a browser.

use std::io::Read as _;

use super::attempt::{Login, SignedIn};
use super::begun_session::Handover;
use crate::context::Context;
use crate::error::Error;
use crate::secret::{self, Secret};
use crate::session;

/// The longest text that is taken for a token, in bytes.
const MAX_TOKEN_LENGTH: u64 = 64 * 1024;

/// Reads the token: from a prompt that shows nothing on a terminal, else from stdin.
pub(super) fn read(context: &Context) -> Result<Secret, Error> {
    let text = if context.can_ask() {
        context.ask("Refresh token: ")?
    } else if context.environment.stdin_is_terminal {
        return Err(
            Error::usage("there is no refresh token on stdin, and prompts are off")
                .hint("pipe it in: `eprospera login --with-token < token.txt`"),
        );
    } else {
        let mut bytes = Vec::with_capacity(8 * 1024);
        std::io::stdin()
            .take(MAX_TOKEN_LENGTH + 1)
            .read_to_end(&mut bytes)
            .map_err(Error::failure)?;
        let is_too_long = bytes.len() as u64 > MAX_TOKEN_LENGTH;
        let text = Secret::of_text(bytes)
            .map_err(|error| Error::usage(format!("cannot use what is on stdin: {error}")))?;
        if is_too_long {
            return Err(Error::usage("the input on stdin is longer than any token")
                .hint("nothing was sent; pipe in only the refresh token"));
        }
        text
    };
    let token = secret::strip(text.expose());
    if token.is_empty() {
        return Err(Error::usage("there is no refresh token on stdin"));
    }
    // RFC 6749, appendix A.17.
    if !token.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Err(Error::usage(
            "the input on stdin is not a refresh token: it contains line \
                                 breaks or other characters that are not allowed in a token",
        )
        .hint("nothing was sent; pipe in only the refresh token"));
    }
    Ok(Secret::new(token.to_owned()))
}

impl Login<'_> {
    /// Refreshes the token at once, so that the copy that was given is worth nothing any more.
    pub(super) async fn with_token(&self, given: &Secret) -> Result<SignedIn, Error> {
        let (server, metadata) = self.provider().await?;
        let asked = self.scope(&server, &metadata)?;
        self.session_store.take_over_lock().await?;
        // It may be the stored one: nothing rotates without the lock.
        let guard = self.session_store.lock(session::LOCK_WAIT).await?;
        let _hold = self.context.interrupts.hold_in_silence();
        let mut handover = Handover {
            storage: &self.storage(&server, &metadata, &asked),
            given,
            bootstrap_tokens: self.context.bootstrap_tokens()?,
            guard: Some(guard),
            before: None,
        };
        let mut begun = handover.begin().await?;
        let record = handover.complete(&mut begun).await?;
        Ok(SignedIn { record, asked })
    }
}
