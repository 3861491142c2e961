//! The codes of `doctor`, in one list for each part of the checks.

mod account;
mod machine;
mod network;
mod store;

use super::explanation::Explanation;

/// Every page, in parts.
pub(super) fn pages() -> impl Iterator<Item = &'static Explanation> {
    let parts = [machine::PAGES, store::PAGES, network::PAGES, account::PAGES];
    parts.into_iter().flatten()
}
