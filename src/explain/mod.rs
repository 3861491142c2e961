//! Pages about codes: what each means, what usually causes it, and what to do. `eprospera explain` shows them.
//!
//! Static texts only, one file for each source of codes. It does not know who prints them, nor when a
//! code arises.

mod doctor;
mod errors;
mod explanation;
mod proxy;

pub(crate) use explanation::Explanation;

/// Every page: the codes of errors in the order of their exit codes, then those of `doctor`, then the
/// words of a proxy.
pub(crate) fn all() -> impl Iterator<Item = &'static Explanation> {
    let codes = errors::PAGES.iter().chain(doctor::pages());
    codes.chain(proxy::PAGES)
}

/// The page of a code.
pub(crate) fn find(code: &str) -> Option<&'static Explanation> {
    all().find(|page| page.code == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::error::Kind;

    #[test]
    fn every_error_code_has_a_page() {
        for kind in Kind::ALL {
            assert!(find(kind.name()).is_some(), "{}", kind.name());
        }
        assert_eq!(errors::PAGES.len(), Kind::ALL.len());
    }

    #[test]
    fn every_word_of_a_proxy_has_a_page() {
        let pages: BTreeSet<_> = proxy::PAGES.iter().map(|page| page.code).collect();
        assert_eq!(pages, BTreeSet::from(crate::reverse_proxy::REASONS));
    }

    #[test]
    fn every_page_says_what_the_code_means_what_causes_it_and_what_to_do() {
        let mut codes = BTreeSet::new();
        for page in all() {
            let code = page.code;
            assert!(codes.insert(code), "{code} has two pages");
            assert!(
                !page.title.is_empty() && !page.title.ends_with('.'),
                "{code}"
            );
            assert!(
                !page.causes.is_empty() && !page.actions.is_empty(),
                "{code}"
            );
            let texts = [page.meaning]
                .into_iter()
                .chain(page.causes.iter().copied());
            for text in texts.chain(page.actions.iter().copied()) {
                let first = text.chars().next().unwrap_or_default();
                assert!(first.is_uppercase() || first == '`', "{code}: {text}");
                assert!(text.ends_with('.'), "{code}: {text}");
                assert!(
                    !text.contains("  ") && text.matches('`').count() % 2 == 0,
                    "{code}: {text}"
                );
            }
        }
    }
}
