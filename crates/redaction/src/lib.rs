//! Takes the secrets of this run out of every sentence that may quote a server.
//!
//! A server can repeat what it was sent in any part of an answer, so no caller is trusted to think
//! of it: code that receives a secret registers it here, and code that prints passes all words through
//! [`redact`] last. Data that a person asked for, such as the body of `api`, does not come this way.
//!
//! What counts as a repetition: eight characters in a row of a token, whatever their case and with
//! whatever between them that words would not have; spelled as it is or backwards, or in any of the
//! usual encodings, one inside the other. Bytes that were compressed or enciphered are not looked
//! into. A passphrase is made of words that sentences have too, and is never sent to anybody: it
//! counts as a whole only.
//!
//! Kept are hashes of those parts, under a key of this process, and not the secrets: a registered
//! secret would otherwise stay in memory after its owner has wiped it. Registering appends to a
//! list; only the first sentence pays for making it a set.
//!
//! The time is linear in the length of a text. One that is made to waste more of it is shown as
//! `[redacted]` altogether.

mod letter;
mod part;
mod registry;
mod spelling;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use registry::Registry;

/// What stands in the place of a secret.
pub const REDACTED: &str = "[redacted]";

static RUN: LazyLock<Mutex<Registry>> = LazyLock::new(Mutex::default);

/// Takes the registered secrets out of words.
pub fn redact(text: &str) -> Cow<'_, str> {
    if text.len() < letter::SHORTEST_PART {
        return Cow::Borrowed(text);
    }
    run().redact(text)
}

/// Declares a text that may be shown although a secret has a part in common with it, such as the
/// client id that a person has made the secret of.
pub fn publish(text: &str) {
    run().publish(text);
}

/// Registers a token or another secret that no sentence contains by chance.
pub fn register(secret: &str) {
    run().register(secret);
}

/// Registers a secret that may be made of words.
pub fn register_whole(secret: &str) {
    run().register_whole(secret);
}

fn run() -> MutexGuard<'static, Registry> {
    RUN.lock().unwrap_or_else(PoisonError::into_inner)
}
