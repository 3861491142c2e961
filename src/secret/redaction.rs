//! Takes the secrets of this run out of every sentence that may quote a server.
//!
//! A server can repeat what it was sent in any part of an answer, so no caller is trusted to think
//! of it: [`Secret::new`](super::Secret::new) registers each secret here, and `output` passes all
//! words through [`redact`] last. Data that a person asked for, such as the body of `api`, does not
//! come this way.
//!
//! What counts as a repetition: eight characters in a row of a token, whatever their case, or twelve
//! letters and digits of it in a row with other signs between them, unless they could be words;
//! spelled as it is or backwards, percent-encoded, as escapes of JSON, C or HTML, in base64 or in
//! hexadecimal. A passphrase is made of words that sentences have too, and is never sent to anybody:
//! it counts as a whole only.
//!
//! Kept are hashes of those eight and twelve characters, under a key of this process, and not the
//! secrets: a registered secret would otherwise stay in memory after its owner has wiped it.
//! Registering appends to a list; only the first sentence pays for making it a set.

use std::borrow::Cow;
use std::hash::{BuildHasher as _, RandomState};
use std::ops::Range;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use super::spelling::{self, Letter};

/// What stands in the place of a secret.
const REDACTED: &str = "[redacted]";
/// The shortest part of a secret that is one, in characters: what is shorter can be a word.
pub(super) const SHORTEST_PART: usize = 8;
/// The same for letters and digits with anything between them. Words of a sentence run together
/// there, so that it takes more to tell a secret.
const SHORTEST_SPLIT: usize = 12;
/// A part with fewer different characters tells nothing: it may be a ruler or a number.
const FEWEST_DIFFERENT: usize = 3;
/// Encodings inside each other that are looked through.
const MOST_LAYERS: usize = 3;

/// Words of this program that a secret chosen by a person may contain as well: they stay readable.
const PUBLIC_WORDS: &str = "eprospera e-prospera eprospera-sandbox- sandbox production development application \
    client_secret client-secret client secret client_id clientid access_token access-token access \
    token refresh_token refresh-token refresh token id_token bearer token device_code password \
    passphrase credential credentials authorization authorization_code authenticate redirect_uri \
    code_verifier invalid_client invalid_grant invalid_request unauthorized forbidden discovery \
    introspection revocation endpoint certificate encrypted-file plain-file keyring command \
    permission provider response_mode localhost 127.0.0.1 callback https:// http:// openid profile \
    email offline_access application/json text/html internal server error session sessions \
    signed in sign-in signature verification issuer metadata environment variable EPROSPERA_TOKEN \
    EPROSPERA_CLIENT_ID EPROSPERA_CLIENT_SECRET EPROSPERA_STORE_KEY EPROSPERA_REFRESH_TOKEN \
    question terminal answered temporarily unavailable something different available";

static RUN: LazyLock<Mutex<Registry>> = LazyLock::new(Mutex::default);

/// Takes the registered secrets out of words.
pub fn redact(text: &str) -> Cow<'_, str> {
    if text.len() < SHORTEST_PART {
        return Cow::Borrowed(text);
    }
    run().redact(text)
}

/// Declares a text that may be shown although a secret has a part in common with it, such as the
/// client id that a person has made the secret of.
pub fn publish(text: &str) {
    run().publish(text);
}

/// Registers a token or another secret that no sentence contains by chance.
pub(super) fn register(secret: &str) {
    run().register(secret);
}

/// Registers a secret that may be made of words.
pub(super) fn register_whole(secret: &str) {
    run().register_whole(secret);
}

fn run() -> MutexGuard<'static, Registry> {
    RUN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A secret that counts as a whole: its length in characters, and hashes of its beginning and of
/// all of it.
struct Whole {
    length: usize,
    beginning: u64,
    all: u64,
}

/// All secrets of a run.
pub(super) struct Registry {
    key: u64,
    /// Registered since the last sentence.
    pending: Vec<u64>,
    /// Sorted.
    parts: Vec<u64>,
    /// Sorted, but for what was published since the last sentence.
    public: Vec<u64>,
    wholes: Vec<Whole>,
}

/// How the characters of a part follow each other. It keeps the two kinds of hashes apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    InARow,
    Split,
}

impl Part {
    fn length(self) -> usize {
        match self {
            Self::InARow => SHORTEST_PART,
            Self::Split => SHORTEST_SPLIT,
        }
    }

    /// The letters that such a part is made of.
    fn of(self, letters: &[Letter]) -> Cow<'_, [Letter]> {
        match self {
            Self::InARow => Cow::Borrowed(letters),
            Self::Split => letters
                .iter()
                .filter(|letter| letter.byte.is_ascii_alphanumeric())
                .copied()
                .collect(),
        }
    }
}

impl Default for Registry {
    fn default() -> Self {
        Self {
            key: RandomState::new().hash_one(REDACTED),
            pending: Vec::new(),
            parts: Vec::new(),
            public: Vec::new(),
            wholes: Vec::new(),
        }
    }
}

impl Registry {
    pub(super) fn register(&mut self, secret: &str) {
        let hashes = self.parts_of(secret);
        self.pending.extend(hashes);
        self.register_whole(secret);
    }

    pub(super) fn register_whole(&mut self, secret: &str) {
        let letters = spelling::letters(secret);
        let Some((_, beginning)) = self.hashes(Part::InARow, &letters).next() else {
            return;
        };
        let whole = Whole {
            length: letters.len(),
            beginning,
            all: self.hash_of_all(&letters),
        };
        let is_known = |known: &Whole| (known.length, known.all) == (whole.length, whole.all);
        if !self.wholes.iter().any(is_known) {
            self.wholes.push(whole);
        }
    }

    pub(super) fn publish(&mut self, text: &str) {
        let hashes = self.parts_of(text);
        self.public.extend(hashes);
    }

    pub(super) fn redact<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        if self.wholes.is_empty() {
            return Cow::Borrowed(text);
        }
        self.settle();
        let mut found = Vec::new();
        let mut layer = spelling::letters(text);
        for _ in 0..MOST_LAYERS {
            self.search(&layer, &mut found);
            for decoded in spelling::binary_decoded(&layer) {
                self.search(&decoded, &mut found);
            }
            match spelling::unescaped(&layer) {
                Some(next) => layer = next,
                None => break,
            }
        }
        replaced(text, found)
    }

    /// Makes what is pending searchable.
    fn settle(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        self.publish(PUBLIC_WORDS);
        self.public.sort_unstable();
        self.public.dedup();
        self.parts.append(&mut self.pending);
        self.parts.sort_unstable();
        self.parts.dedup();
        let public = std::mem::take(&mut self.public);
        self.parts
            .retain(|hash| public.binary_search(hash).is_err());
        self.public = public;
    }

    fn search(&self, letters: &[Letter], found: &mut Vec<Range<usize>>) {
        let backwards: Vec<_> = letters.iter().rev().copied().collect();
        for letters in [letters, &backwards] {
            for part in [Part::InARow, Part::Split] {
                let letters = part.of(letters);
                for (at, hash) in self.hashes(part, &letters) {
                    if self.parts.binary_search(&hash).is_ok() {
                        found.extend(letters.get(at..at + part.length()).and_then(range));
                    }
                    if part == Part::InARow {
                        found.extend(self.whole_at(at, hash, &letters));
                    }
                }
            }
        }
    }

    /// The place of a secret that counts as a whole and begins there.
    fn whole_at(&self, at: usize, beginning: u64, letters: &[Letter]) -> Option<Range<usize>> {
        let mut alike = self
            .wholes
            .iter()
            .filter(|whole| whole.beginning == beginning);
        alike.find_map(|whole| {
            let all = letters.get(at..at + whole.length)?;
            (self.hash_of_all(all) == whole.all).then(|| range(all))?
        })
    }

    /// The hashes of all parts of a text that tell something.
    fn parts_of(&self, text: &str) -> Vec<u64> {
        let letters = spelling::letters(text);
        let mut hashes = Vec::with_capacity(2 * letters.len());
        for part in [Part::InARow, Part::Split] {
            let letters = part.of(&letters);
            let is_telling = |at: usize| {
                let letters = letters.get(at..at + part.length()).unwrap_or_default();
                is_telling(letters) && (part == Part::InARow || !may_be_words(letters))
            };
            let all = self.hashes(part, &letters);
            hashes.extend(all.filter(|(at, _)| is_telling(*at)).map(|(_, hash)| hash));
        }
        hashes
    }

    /// Where each part begins, with its hash.
    fn hashes(&self, part: Part, letters: &[Letter]) -> impl Iterator<Item = (usize, u64)> {
        let (length, key) = (part.length(), self.key);
        let mask = (1_u128 << (8 * length)) - 1;
        let mut window = 0_u128;
        let folded = letters
            .iter()
            .map(|letter| letter.byte.to_ascii_lowercase());
        let hashed = folded.enumerate().map(move |(index, byte)| {
            window = (window << 8 | u128::from(byte)) & mask;
            let half = |bits: u128| u64::try_from(bits & u128::from(u64::MAX)).unwrap_or_default();
            let (low, high) = (half(window), half(window >> 64));
            (index, mixed(low ^ mixed(high ^ key)))
        });
        let full = hashed.skip(length - 1);
        full.map(move |(last, hash)| (last + 1 - length, hash))
    }

    fn hash_of_all(&self, letters: &[Letter]) -> u64 {
        let add = |hash, letter: &Letter| mixed(hash ^ u64::from(letter.byte.to_ascii_lowercase()));
        letters.iter().fold(self.key, add)
    }
}

/// The finaliser of `MurmurHash3`: every bit of the result depends on every bit given.
fn mixed(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ bits >> 33
}

/// Whether a part has enough different characters.
fn is_telling(letters: &[Letter]) -> bool {
    let mut different: [Option<u8>; FEWEST_DIFFERENT] = [None; FEWEST_DIFFERENT];
    for letter in letters {
        let byte = Some(letter.byte);
        match different
            .iter()
            .position(|known| *known == byte || known.is_none())
        {
            Some(place) if place + 1 == FEWEST_DIFFERENT => return true,
            Some(place) => {
                if let Some(slot) = different.get_mut(place) {
                    *slot = byte;
                }
            }
            None => return true,
        }
    }
    false
}

/// Whether words of a sentence can look like it when what is between them is left out.
fn may_be_words(letters: &[Letter]) -> bool {
    let are_all = |is: fn(&u8) -> bool| letters.iter().all(|letter| is(&letter.byte));
    are_all(u8::is_ascii_lowercase) || are_all(u8::is_ascii_uppercase)
}

/// Where letters stand in the text, in whichever direction they are read.
fn range(letters: &[Letter]) -> Option<Range<usize>> {
    let start = letters.iter().map(|letter| letter.start).min()?;
    let end = letters.iter().map(|letter| letter.end).max()?;
    Some(start..end)
}

fn replaced(text: &str, mut found: Vec<Range<usize>>) -> Cow<'_, str> {
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    found.sort_by_key(|range| range.start);
    let mut clean = String::with_capacity(text.len());
    let mut end = 0;
    for range in found {
        // A range that begins in the one before, or right behind it, continues it.
        if range.start > end || clean.is_empty() {
            clean.push_str(text.get(end..range.start).unwrap_or_default());
            clean.push_str(REDACTED);
        }
        end = end.max(range.end);
    }
    clean.push_str(text.get(end..).unwrap_or_default());
    Cow::Owned(clean)
}
