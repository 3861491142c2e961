//! Why what the browser brought, or a person pasted, is not the answer to a login.

/// Why a request is not the answer to this login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// It goes to another address than the redirect URI.
    #[error("it is not at the redirect URI")]
    OtherAddress,
    /// It is where the login begins.
    #[error("it is the address to open, not the one where the browser ends up")]
    Beginning,
    /// A parameter that must be single is repeated.
    #[error("{0} is given twice")]
    Repeated(&'static str),
    /// It has no state.
    #[error("it has no state")]
    NoState,
    /// Its state is not the one that was sent.
    #[error("its state belongs to another login")]
    WrongState,
    /// Its state is not whole, so its login cannot be told.
    #[error("its state is cut short or altered")]
    CutState,
    /// It has neither a code nor an error.
    #[error("it has neither a code nor an error")]
    Empty,
    /// It has both a code and an error.
    #[error("it has both a code and an error")]
    Both,
    /// The code has characters that RFC 6749 appendix A.11 does not allow, or none.
    #[error("its code is malformed")]
    MalformedCode,
}

impl Rejection {
    /// Whether the state was right, so that it is the provider who answered wrongly.
    pub(in crate::oauth) fn is_of_this_login(self) -> bool {
        match self {
            Self::Repeated(name) => name != "state",
            Self::Empty | Self::Both | Self::MalformedCode => true,
            Self::OtherAddress
            | Self::Beginning
            | Self::NoState
            | Self::WrongState
            | Self::CutState => false,
        }
    }
}
