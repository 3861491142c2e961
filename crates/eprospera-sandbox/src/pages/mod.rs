//! The HTML that a person sees. It decides nothing.
//!
//! `page` is what all pages share. The others hold what is asked of a person; the page at `/` is
//! beside the table of routes, in `server/index`.

pub(crate) mod consent;
pub(crate) mod device;
pub(crate) mod form_post;
pub(crate) mod login;
pub(crate) mod page;
pub(crate) mod page_request;
