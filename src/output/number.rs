//! Numbers that a filter computed, written as jq writes them: whole ones without a fraction.

/// A number; nothing for one that JSON cannot say. The largest stand for infinity.
pub(super) fn written(number: f64) -> Option<String> {
    if number.is_nan() {
        return None;
    }
    let finite = number.clamp(f64::MIN, f64::MAX);
    // The shortest digits that mean just this number, as `-d.ddde-x`.
    let shortest = format!("{finite:e}");
    let (mantissa, exponent) = shortest.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits = mantissa.replace('.', "");
    let length = i32::try_from(digits.len()).ok()?;
    // So many digits stand before the point.
    let point = exponent + 1;
    let text = if point <= -4 || point > length + 15 {
        let fraction = digits.get(1..).filter(|fraction| !fraction.is_empty());
        let fraction = fraction.map(|fraction| format!(".{fraction}"));
        let first = digits.get(..1)?;
        format!("{first}{}e{exponent:+03}", fraction.unwrap_or_default())
    } else if point <= 0 {
        format!("0.{}{digits}", "0".repeat(usize::try_from(-point).ok()?))
    } else if point >= length {
        digits + &"0".repeat(usize::try_from(point - length).ok()?)
    } else {
        let (whole, fraction) = digits.split_at(usize::try_from(point).ok()?);
        format!("{whole}.{fraction}")
    };
    Some(format!("{sign}{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_jq_writes_them() {
        for (number, expected) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (15.0, "15"),
            (-2.5, "-2.5"),
            (0.1, "0.1"),
            (1.0 / 3.0, "0.3333333333333333"),
            (0.0001, "0.0001"),
            (0.000_01, "1e-05"),
            (1e-7, "1e-07"),
            (1e16, "1e+16"),
            (1e17, "1e+17"),
            (1.5e300, "1.5e+300"),
            (123_456_789_012.0, "123456789012"),
            (2_f64.powi(100), "1267650600228229400000000000000"),
            (f64::INFINITY, "1.7976931348623157e+308"),
            (f64::NEG_INFINITY, "-1.7976931348623157e+308"),
        ] {
            assert_eq!(written(number).as_deref(), Some(expected), "{number}");
        }
        assert_eq!(written(f64::NAN), None);
    }
}
