//! Durations as people write them.

use std::time::Duration;

/// Reads `90s`, `5m`, `1h 30m`, or a bare number of seconds.
pub fn duration(text: &str) -> Result<Duration, String> {
    if let Ok(seconds) = text.parse() {
        return Ok(Duration::from_secs(seconds));
    }
    humantime::parse_duration(text)
        .map_err(|error| format!("{error}; write for example 90s, 5m or 1h"))
}

/// The same, but some time has to pass.
pub fn some_duration(text: &str) -> Result<Duration, String> {
    let found = duration(text)?;
    if found.is_zero() {
        return Err("it has to be longer than 0s; write for example 90s, 5m or 1h".to_owned());
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_with_and_without_a_unit() {
        assert_eq!(duration("90").unwrap(), Duration::from_secs(90));
        assert_eq!(duration("1h 30m").unwrap(), Duration::from_secs(5400));
        assert_eq!(some_duration("1ms").unwrap(), Duration::from_millis(1));
        for none in ["0", "0s", "0ms"] {
            assert!(
                some_duration(none).unwrap_err().contains("longer"),
                "{none}"
            );
        }
        assert!(duration("soon").unwrap_err().contains("for example"));
    }
}
