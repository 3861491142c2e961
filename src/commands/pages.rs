//! How far the pages of a list are followed (docs/portal.md, "Tax"): no cursor twice, and no
//! further than a broken server may take of this machine. It does not know what is on a page.

use std::collections::HashSet;

use crate::error::Error;

/// The most pages that are asked for.
const MAX_PAGES: usize = 10_000;
/// The most bytes that are read: 256 MiB.
const MAX_TOTAL_SIZE: usize = 256 * 1024 * 1024;

/// A way from page to page.
#[derive(Default)]
pub(super) struct PageWalk {
    followed: HashSet<String>,
    pages: usize,
    bytes: usize,
}

impl PageWalk {
    /// A way that begins at a cursor, or at the first page.
    pub(super) fn from(first: Option<&str>) -> Self {
        Self {
            followed: first.map(str::to_owned).into_iter().collect(),
            ..Self::default()
        }
    }

    /// Goes on from a page of so many bytes to the next one.
    pub(super) fn go_on(&mut self, bytes: usize, next: &str) -> Result<(), Error> {
        self.pages += 1;
        self.bytes = self.bytes.saturating_add(bytes);
        if self.pages >= MAX_PAGES || self.bytes > MAX_TOTAL_SIZE {
            let problem = format!(
                "there are more pages than the {} that were read",
                self.pages
            );
            return Err(Error::failure(problem).hint(
                "narrow the query, or request the pages one \
                                                     by one",
            ));
        }
        if !self.followed.insert(next.to_owned()) {
            return Err(
                Error::failure("the portal returned a cursor that was already followed").hint(
                    "the pages would never end; narrow the query, or request the pages one \
                           by one",
                ),
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cursor_is_followed_twice_nor_the_one_that_it_began_with() {
        let mut walk = PageWalk::from(Some("a"));
        walk.go_on(1, "b").unwrap();
        walk.go_on(1, "c").unwrap();
        for known in ["a", "b", "c"] {
            let error = walk.go_on(1, known).unwrap_err();
            assert!(error.message().contains("already followed"), "{known}");
        }
    }

    #[test]
    fn pages_are_bounded_in_number_and_in_size() {
        let mut walk = PageWalk::from(None);
        for page in 1..MAX_PAGES {
            walk.go_on(1, &page.to_string()).unwrap();
        }
        let error = walk.go_on(1, "another").unwrap_err();
        assert!(error.message().contains("the 10000 that were read"));

        let mut walk = PageWalk::from(None);
        walk.go_on(MAX_TOTAL_SIZE, "a").unwrap();
        let error = walk.go_on(1, "b").unwrap_err();
        assert!(error.message().contains("the 2 that were read"));
    }
}
