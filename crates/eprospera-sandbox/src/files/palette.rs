//! The colours of a persona's files, so that a look tells whose they are.

use sha2::{Digest as _, Sha256};

/// Red, green and blue.
pub(crate) type Colour = [u8; 3];

const STRONG: [Colour; 10] = [
    [31, 78, 121],
    [122, 44, 74],
    [24, 105, 92],
    [140, 82, 22],
    [74, 62, 134],
    [46, 102, 46],
    [150, 50, 40],
    [20, 100, 130],
    [105, 92, 20],
    [95, 60, 110],
];
const SKINS: [Colour; 4] = [
    [244, 208, 177],
    [214, 162, 120],
    [165, 110, 75],
    [105, 66, 45],
];
const HAIRS: [Colour; 4] = [[40, 30, 28], [95, 60, 35], [190, 150, 90], [130, 130, 135]];

/// Colours that go together.
pub(crate) struct Palette {
    pub(crate) strong: Colour,
    pub(crate) soft: Colour,
    pub(crate) skin: Colour,
    pub(crate) hair: Colour,
}

impl Palette {
    /// The colours of a persona: always the same ones.
    pub(crate) fn of(persona: &str) -> Self {
        let digest: [u8; 32] = Sha256::digest(persona.as_bytes()).into();
        let [skin, hair, .., colour] = digest.map(usize::from);
        let strong = STRONG[colour % STRONG.len()];
        Self {
            strong,
            soft: strong.map(|part| 190 + part / 4),
            skin: SKINS[skin % SKINS.len()],
            hair: HAIRS[hair % HAIRS.len()],
        }
    }
}
