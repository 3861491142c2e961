//! What a person can do something about while the listener waits.

use std::sync::Arc;

use crate::oauth::callback::rejection::Rejection;

/// What keeps a browser from bringing the answer, so that a person has to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// It speaks TLS to an address that is registered with http.
    Https,
    /// Its headers are longer than any should be.
    LongHeaders,
    /// Its address is longer than any should be.
    LongAddress,
    /// It brought the answer in another way than was asked for: as a form, or with a slash at the end
    /// of the path.
    OtherWay,
    /// It brought an error that does not say of which login.
    StrayError,
    /// It came under another name or port than the registered one.
    OtherName,
    /// It brought an answer with the right state that breaks the protocol.
    Unusable(Rejection),
}

/// Called with each obstacle, each time.
pub(super) type Tell = Arc<dyn Fn(Obstacle) + Send + Sync>;
