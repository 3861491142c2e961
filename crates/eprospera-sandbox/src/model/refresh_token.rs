//! What a refresh token holds by itself: its family and its place in it, so that nothing need be
//! stored of one that was rotated.

use crate::crypto::mac::MacKey;

/// How a refresh token begins.
const PREFIX: &str = "rt_";

/// What a refresh token holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RefreshTokenContent {
    pub(crate) grant: u64,
    pub(crate) generation: u32,
    pub(crate) expires: i64,
}

impl RefreshTokenContent {
    /// The token: the content under a keyed hash.
    pub(crate) fn token(self, key: &MacKey) -> String {
        format!("{PREFIX}{}", key.handle(self.bytes()))
    }

    /// What a token holds, if it was made with this key.
    pub(crate) fn open(token: &str, key: &MacKey) -> Option<Self> {
        let handle = token.strip_prefix(PREFIX)?;
        key.open_handle(handle).map(Self::read)
    }

    /// Six bytes of each number are enough for families and for milliseconds until the year 10000.
    const MAX: u64 = (1 << 48) - 1;

    fn bytes(self) -> [u8; 16] {
        let expires = u64::try_from(self.expires).unwrap_or(0).min(Self::MAX);
        let grant = self.grant.min(Self::MAX);
        let packed =
            u128::from(grant) << 80 | u128::from(self.generation) << 48 | u128::from(expires);
        packed.to_be_bytes()
    }

    fn read(bytes: [u8; 16]) -> Self {
        let packed = u128::from_be_bytes(bytes);
        let number = |shift: u32| u64::try_from(packed >> shift & u128::from(Self::MAX));
        let generation = packed >> 48 & u128::from(u32::MAX);
        Self {
            grant: number(80).unwrap_or_default(),
            generation: u32::try_from(generation).unwrap_or_default(),
            expires: number(0).unwrap_or_default().cast_signed(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refresh_token_holds_what_it_was_issued_for() {
        let key = MacKey::random();
        for content in [
            RefreshTokenContent {
                grant: 1,
                generation: 0,
                expires: 1_770_076_800_123,
            },
            RefreshTokenContent {
                grant: RefreshTokenContent::MAX,
                generation: u32::MAX,
                expires: 0,
            },
        ] {
            let token = content.token(&key);
            assert!(token.starts_with("rt_") && token.len() == 46, "{token}");
            assert_eq!(RefreshTokenContent::open(&token, &key), Some(content));
            let another = MacKey::random();
            assert_eq!(RefreshTokenContent::open(&token, &another), None);
        }
        let endless = RefreshTokenContent {
            grant: 1,
            generation: 1,
            expires: i64::MAX,
        };
        let content = RefreshTokenContent::open(&endless.token(&key), &key).unwrap();
        assert!(content.expires > 253_402_300_799_000, "the year 9999");
    }
}
