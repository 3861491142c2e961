//! Amounts of money in words. They are decimal texts and never become floats.

/// An amount with its thousands apart and its currency behind it, such as `125,000.00 USD`. Every
/// digit that was given is kept; anything but a decimal number is shown as it is.
pub(crate) fn money(amount: &str, currency: Option<&str>) -> String {
    let shown = grouped(amount).unwrap_or_else(|| amount.to_owned());
    match currency {
        Some(currency) if !currency.is_empty() => {
            format!("{shown} {}", currency.to_ascii_uppercase())
        }
        _ => shown,
    }
}

fn grouped(amount: &str) -> Option<String> {
    let (sign, digits) = match amount.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", amount),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !fraction.is_none_or(is_number) {
        return None;
    }
    let mut shown = sign.to_owned();
    for (index, digit) in whole.char_indices() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if let Some(fraction) = fraction {
        shown.push('.');
        shown.push_str(fraction);
    }
    Some(shown)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn thousands_are_apart_and_no_digit_is_lost() {
        for (amount, currency, shown) in [
            ("125000.00", Some("usd"), "125,000.00 USD"),
            ("1.25000000", Some("btc"), "1.25000000 BTC"),
            ("0.00000001", Some("btc"), "0.00000001 BTC"),
            ("-1205.5", Some("usd"), "-1,205.5 USD"),
            ("-100", None, "-100"),
            ("0", Some(""), "0"),
            ("999", None, "999"),
            ("1000", None, "1,000"),
            (
                "12345678901234567890.123456789",
                Some("usd"),
                "12,345,678,901,234,567,890.123456789 USD",
            ),
            ("1e9", Some("usd"), "1e9 USD"),
            ("1.", None, "1."),
            (".5", None, ".5"),
            ("", None, ""),
            ("n/a", None, "n/a"),
            ("١٢٣٤", None, "١٢٣٤"),
        ] {
            assert_eq!(money(amount, currency), shown);
        }
    }

    proptest! {
        #[test]
        fn only_commas_are_added(amount in "-?[0-9]{1,40}(\\.[0-9]{1,20})?") {
            let shown = money(&amount, None);
            prop_assert_eq!(shown.replace(',', ""), amount);
            let groups: Vec<_> = shown.split('.').next().unwrap().split(',').skip(1).collect();
            prop_assert!(groups.iter().all(|group| group.len() == 3));
        }
    }
}
