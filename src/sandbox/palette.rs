//! The colours of a persona's files, so that a look tells whose they are.

use sha2::{Digest as _, Sha256};

/// Red, green and blue.
pub(super) type Colour = [u8; 3];

/// Colours that go together.
pub(super) struct Palette {
    pub(super) strong: Colour,
    pub(super) soft: Colour,
    pub(super) skin: Colour,
    pub(super) hair: Colour,
}

impl Palette {
    /// The colours of a persona: always the same ones.
    pub(super) fn of(persona: &str) -> Self {
        const SKINS: [Colour; 4] = [
            [244, 208, 177],
            [214, 162, 120],
            [165, 110, 75],
            [105, 66, 45],
        ];
        const HAIRS: [Colour; 4] = [[40, 30, 28], [95, 60, 35], [190, 150, 90], [130, 130, 135]];
        let digest: [u8; 32] = Sha256::digest(persona.as_bytes()).into();
        let [red, green, blue, skin, hair, ..] = digest;
        let strong = [red, green, blue].map(|part| part / 2 + 20);
        Self {
            strong,
            soft: strong.map(|part| 200 + part / 5),
            skin: SKINS[usize::from(skin % 4)],
            hair: HAIRS[usize::from(hair % 4)],
        }
    }
}
