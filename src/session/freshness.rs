//! When an access token is still good enough: a pure decision.

use crate::clock::Seconds;

use super::record::AccessToken;

/// Tokens are refreshed at most this long before they expire, in seconds.
const EARLY: Seconds = 60;
/// The part of the early window that one request needs: ten seconds of a token that is issued for
/// an hour.
const ONE_REQUEST: Seconds = 6;

/// How long the caller needs the token to stay valid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MinValidity {
    /// Long enough for one request: 60 s or a third of the issued lifetime, whichever is less.
    #[default]
    Usual,
    /// At least this long, in seconds.
    AtLeast(Seconds),
}

/// The decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Good.
    Fresh,
    /// To be refreshed.
    Stale,
    /// No refresh could give what was asked for: tokens are issued for this long, in seconds.
    Impossible(Seconds),
}

impl AccessToken {
    /// Whether the token is good enough.
    ///
    /// `jitter` from 0 to 1 makes the early window up to a quarter shorter, so that processes
    /// that started together do not all refresh in the same second.
    pub fn freshness(&self, need: MinValidity, now: Seconds, jitter: f64) -> Freshness {
        let lifetime = self.lifetime();
        let remaining = self.remaining(now);
        match need {
            MinValidity::AtLeast(seconds) if remaining >= seconds && remaining > 0 => {
                Freshness::Fresh
            }
            MinValidity::AtLeast(seconds) if seconds > lifetime => Freshness::Impossible(lifetime),
            MinValidity::AtLeast(_) => Freshness::Stale,
            MinValidity::Usual => {
                let window = early_window(lifetime, jitter);
                if remaining > window {
                    Freshness::Fresh
                } else {
                    Freshness::Stale
                }
            }
        }
    }

    /// How long a caller with a [`MinValidity::Usual`] may wait for another process's refresh, in seconds.
    /// Not at all while the token is good for one more request, and never for longer than it
    /// lives; `None` once it is as good as expired, and there is nothing to go on with.
    pub fn longest_wait(&self, now: Seconds) -> Option<Seconds> {
        let remaining = self.remaining(now);
        if remaining > early_window(self.lifetime(), 0.0) / ONE_REQUEST {
            return Some(0);
        }
        (remaining > 1).then(|| remaining - 1)
    }
}

/// The part of a lifetime in which a token is refreshed although it is still valid, in seconds.
fn early_window(lifetime: Seconds, jitter: f64) -> Seconds {
    let window = EARLY.min(lifetime / 3).max(0);
    // At most 60, so neither conversion loses anything.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "at most 60"
    )]
    let shorter = (window as f64 * 0.25 * jitter.clamp(0.0, 1.0)) as Seconds;
    window - shorter
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    fn token(lifetime: Seconds) -> AccessToken {
        AccessToken {
            token: Secret::new("t".to_owned()),
            issued_at: 1000,
            expires_at: 1000 + lifetime,
        }
    }

    #[test]
    fn the_usual_window_is_sixty_seconds_or_a_third() {
        let cases = [
            (3600, 1000, Freshness::Fresh),
            (3600, 4539, Freshness::Fresh),
            (3600, 4540, Freshness::Stale),
            (3600, 4600, Freshness::Stale),
            (3600, 9999, Freshness::Stale),
            (9, 1005, Freshness::Fresh),
            (9, 1006, Freshness::Stale),
            (1, 1000, Freshness::Fresh),
            (1, 1001, Freshness::Stale),
        ];
        for (lifetime, now, expected) in cases {
            assert_eq!(
                token(lifetime).freshness(MinValidity::Usual, now, 0.0),
                expected,
                "{lifetime} {now}"
            );
        }
    }

    #[test]
    fn jitter_only_shortens_the_window() {
        for jitter in [0.0, 0.3, 1.0, 7.0, -1.0] {
            let window = early_window(3600, jitter);
            assert!((45..=60).contains(&window), "{window}");
        }
    }

    #[test]
    fn a_token_from_the_future_is_refreshed_however_long_it_seems_to_last() {
        let token = token(600);
        for (now, expected) in [(940, Freshness::Fresh), (939, Freshness::Stale)] {
            assert_eq!(
                token.freshness(MinValidity::Usual, now, 0.0),
                expected,
                "{now}"
            );
            let need = MinValidity::AtLeast(300);
            assert_eq!(token.freshness(need, now, 0.0), expected, "{now}");
        }
    }

    #[test]
    fn nobody_waits_for_a_refresh_longer_than_the_token_lives() {
        let cases = [
            (3600, 4540, Some(0)),
            (3600, 4589, Some(0)),
            (3600, 4590, Some(9)),
            (3600, 4598, Some(1)),
            (3600, 4599, None),
            (3600, 4600, None),
            (9, 1008, Some(0)),
            (9, 1009, None),
            (3600, 900, None),
        ];
        for (lifetime, now, expected) in cases {
            assert_eq!(
                token(lifetime).longest_wait(now),
                expected,
                "{lifetime} {now}"
            );
        }
    }

    #[test]
    fn an_explicit_need_is_met_or_called_impossible() {
        let token = token(600);
        assert_eq!(
            token.freshness(MinValidity::AtLeast(600), 1000, 0.0),
            Freshness::Fresh
        );
        assert_eq!(
            token.freshness(MinValidity::AtLeast(600), 1001, 0.0),
            Freshness::Stale
        );
        assert_eq!(
            token.freshness(MinValidity::AtLeast(601), 1000, 0.0),
            Freshness::Impossible(600)
        );
        assert_eq!(
            token.freshness(MinValidity::AtLeast(0), 1600, 0.0),
            Freshness::Stale
        );
    }
}
