//! What a message may show of an address that a person gave.

use std::borrow::Cow;

/// The text without whatever may be user info: a password can hold any sign, and need not be escaped.
pub(super) fn without_user_info(address: &str) -> Cow<'_, str> {
    let Some((before, host)) = address.rsplit_once('@') else {
        return address.into();
    };
    let scheme = before.split_once("://").map_or("", |(scheme, _)| scheme);
    let slashes = if scheme.is_empty() { "" } else { "://" };
    format!("{scheme}{slashes}…@{host}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        for (address, shown) in [
            ("https://u:pass@w/ord@host/x", "https://…@host/x"),
            ("https://u:pa/ss@host:1/x?y", "https://…@host:1/x?y"),
            ("u:password@host", "…@host"),
            ("https://host/x", "https://host/x"),
            ("", ""),
        ] {
            assert_eq!(without_user_info(address), shown);
        }
    }
}
