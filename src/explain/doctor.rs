//! The codes of `doctor`.

use super::explanation::Explanation;

pub(super) const PAGES: &[Explanation] = &[];
