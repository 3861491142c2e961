//! Who may steer the sandbox from a browser, and how it is known that they meant to.
//!
//! The control token buys a browser session: a cookie and a form token, which every form of the
//! inspector repeats. Both are random, of one sandbox, and forgotten with it. Why there is a cookie
//! at all, and what another server on this computer could do with it, is in docs/sandbox.md, The
//! inspector. It knows no route and no page.

pub(crate) mod origin;
pub(crate) mod sessions;
