//! The HTML that a person sees. It decides nothing.

pub(crate) mod page;
pub(crate) mod page_request;
