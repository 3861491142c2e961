//! Hashes of the parts of all registered secrets, and the search for them in a text.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::hash::{BuildHasher as _, RandomState};
use std::ops::Range;

use crate::REDACTED;
use crate::letter::{self, Letter, SHORTEST_PART};
use crate::spelling;

/// The shortest part of letters and digits with anything between them. Words of a sentence run together
/// there, so that it takes more to tell a secret, unless a digit stands between letters.
const SHORTEST_SPLIT: usize = 12;
/// A part with fewer different characters tells nothing: it may be a ruler or a number.
const FEWEST_DIFFERENT: usize = 3;
/// Encodings inside each other that are looked through.
const MOST_LAYERS: usize = 12;
/// How many decoded letters are looked at for each byte of a text. An ordinary one takes up to five.
const MOST_WORK: usize = 8;
/// A short text takes a little more: its encodings stand close to each other.
const LEAST_WORK: usize = 256 * 1024;

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

/// A secret that counts as a whole: its length in characters, and hashes of its beginning and of
/// all of it.
struct Whole {
    length: usize,
    beginning: u64,
    all: u64,
}

/// All secrets of a run.
pub(crate) struct Registry {
    key: u64,
    /// Registered since the last sentence.
    pending: Vec<u64>,
    /// Sorted.
    parts: Vec<u64>,
    /// Sorted, but for what was published since the last sentence.
    public: Vec<u64>,
    wholes: Vec<Whole>,
    /// Lets pass what `parts` or `wholes` may have, once everything is settled.
    sieve: Sieve,
    is_settled: bool,
}

/// A set of hashes that answers fast, and says yes to a few that are not in it.
#[derive(Default)]
struct Sieve(Vec<u64>);

impl Sieve {
    fn of(hashes: impl Iterator<Item = u64>, count: usize) -> Self {
        // One bit of sixteen is set.
        let mut sieve = Self(vec![0; (count / 4).next_power_of_two()]);
        for hash in hashes {
            let (word, bit) = sieve.place(hash);
            if let Some(word) = sieve.0.get_mut(word) {
                *word |= bit;
            }
        }
        sieve
    }

    fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        let word = usize::try_from(hash >> 6 & 0xffff_ffff).unwrap_or_default();
        (word & self.0.len().wrapping_sub(1), 1 << (hash & 63))
    }
}

/// How the characters of a part follow each other. It keeps the two kinds of hashes apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Eight in a row.
    InARow,
    /// Eight with gaps, and a digit between letters.
    Split,
    /// Twelve with gaps.
    LongSplit,
}

impl Part {
    fn length(self) -> usize {
        match self {
            Self::InARow | Self::Split => SHORTEST_PART,
            Self::LongSplit => SHORTEST_SPLIT,
        }
    }

    /// Keeps parts of the same length apart.
    fn salt(self) -> u64 {
        match self {
            Self::InARow | Self::LongSplit => 0,
            Self::Split => 1,
        }
    }

    /// Whether such letters of a secret tell something.
    fn is_telling(self, letters: &[Letter]) -> bool {
        is_telling(letters)
            && match self {
                Self::InARow => true,
                Self::Split => has_digit_between_letters(letters),
                Self::LongSplit => !may_be_words(letters),
            }
    }

    /// All parts, each with the letters that it is made of: all, or letters and digits only.
    fn all<'a>(letters: &'a [Letter], joined: &'a [Letter]) -> [(Self, &'a [Letter]); 3] {
        [
            (Self::InARow, letters),
            (Self::Split, joined),
            (Self::LongSplit, joined),
        ]
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
            sieve: Sieve::default(),
            is_settled: true,
        }
    }
}

impl Registry {
    pub(crate) fn register(&mut self, secret: &str) {
        for letters in both_ways(letter::letters(secret)) {
            let hashes = self.parts_of(&letters);
            self.pending.extend(hashes);
        }
        // A host and a media type lose their case, and with it base64 can be read no more, but
        // guessed.
        for packed in spelling::packed_without_case(secret) {
            let letters = letter::letters(&packed);
            let hashes = self.hashes(Part::InARow, &letters);
            let hashes: Vec<_> = hashes.map(|(_, hash)| hash).collect();
            self.pending.extend(hashes);
        }
        self.is_settled &= self.pending.is_empty();
        self.register_whole(secret);
    }

    pub(crate) fn register_whole(&mut self, secret: &str) {
        for letters in both_ways(letter::letters(secret)) {
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
                self.is_settled = false;
            }
        }
    }

    pub(crate) fn publish(&mut self, text: &str) {
        for letters in both_ways(letter::letters(text)) {
            let hashes = self.parts_of(&letters);
            self.public.extend(hashes);
        }
    }

    pub(crate) fn redact<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        if self.wholes.is_empty() {
            return Cow::Borrowed(text);
        }
        self.settle();
        let mut found = Vec::new();
        let mut work = LEAST_WORK + MOST_WORK * text.len();
        let [letters, backwards] = both_ways(letter::letters(text));
        self.search(&letters, &mut found);
        let mut views = VecDeque::new();
        let decode = |letters: &[Letter], layers, views: &mut VecDeque<_>| {
            let decoded = spelling::decoded(letters).into_iter();
            views.extend(decoded.map(|letters| (letters, layers)));
        };
        decode(&letters, 1, &mut views);
        // Secrets are registered in both directions; encodings are read in one.
        decode(&backwards, 1, &mut views);
        while let Some((letters, layers)) = views.pop_front() {
            let Some(left) = work.checked_sub(letters.len()) else {
                return Cow::Borrowed(REDACTED);
            };
            work = left;
            self.search(&letters, &mut found);
            if layers < MOST_LAYERS {
                decode(&letters, layers + 1, &mut views);
            }
        }
        replaced(text, found)
    }

    /// Makes what is pending searchable.
    fn settle(&mut self) {
        if self.is_settled {
            return;
        }
        self.is_settled = true;
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
        let beginnings = self.wholes.iter().map(|whole| whole.beginning);
        let all = self.parts.iter().copied().chain(beginnings);
        self.sieve = Sieve::of(all, self.parts.len() + self.wholes.len());
    }

    fn search(&self, letters: &[Letter], found: &mut Vec<Range<usize>>) {
        for (part, letters) in Part::all(letters, &joined(letters)) {
            for (at, hash) in self.hashes(part, letters) {
                if !self.sieve.may_have(hash) {
                    continue;
                }
                if self.parts.binary_search(&hash).is_ok() {
                    found.extend(letters.get(at..at + part.length()).and_then(range));
                }
                if part == Part::InARow {
                    found.extend(self.whole_at(at, hash, letters));
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

    /// The hashes of all parts that tell something.
    fn parts_of(&self, letters: &[Letter]) -> Vec<u64> {
        let mut hashes = Vec::with_capacity(3 * letters.len());
        for (part, letters) in Part::all(letters, &joined(letters)) {
            let is_telling = |at: usize| {
                let letters = letters.get(at..at + part.length());
                letters.is_some_and(|letters| part.is_telling(letters))
            };
            let all = self.hashes(part, letters);
            hashes.extend(all.filter(|(at, _)| is_telling(*at)).map(|(_, hash)| hash));
        }
        hashes
    }

    /// Where each part begins, with its hash.
    fn hashes(&self, part: Part, letters: &[Letter]) -> impl Iterator<Item = (usize, u64)> {
        let (length, key) = (part.length(), self.key ^ part.salt());
        let mask = (1_u128 << (8 * length)) - 1;
        let mut window = 0_u128;
        // A part of eight letters has no upper half.
        let constant = mixed(key);
        let folded = letters
            .iter()
            .map(|letter| letter.byte.to_ascii_lowercase());
        let hashed = folded.enumerate().map(move |(index, byte)| {
            window = (window << 8 | u128::from(byte)) & mask;
            let half = |bits: u128| u64::try_from(bits & u128::from(u64::MAX)).unwrap_or_default();
            let (low, high) = (half(window), half(window >> 64));
            let upper = if high == 0 {
                constant
            } else {
                mixed(high ^ key)
            };
            (index, mixed(low ^ upper))
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

/// As in no words.
fn has_digit_between_letters(letters: &[Letter]) -> bool {
    let is_digit = |letter: &Letter| letter.byte.is_ascii_digit();
    let mut stretches = letters.chunk_by(|one, next| is_digit(one) == is_digit(next));
    let first_is_digit = letters.first().is_some_and(is_digit);
    // Letters, digits, letters: one more where digits come first.
    stretches.nth(2 + usize::from(first_is_digit)).is_some()
}

/// Whether words of a sentence can look like it when what is between them is left out.
fn may_be_words(letters: &[Letter]) -> bool {
    let are_all = |is: fn(&u8) -> bool| letters.iter().all(|letter| is(&letter.byte));
    are_all(u8::is_ascii_lowercase) || are_all(u8::is_ascii_uppercase)
}

/// The letters and digits.
fn joined(letters: &[Letter]) -> Vec<Letter> {
    let is_joined = |letter: &&Letter| letter.byte.is_ascii_alphanumeric();
    letters.iter().filter(is_joined).copied().collect()
}

/// Letters as they are, and backwards.
fn both_ways(letters: Vec<Letter>) -> [Vec<Letter>; 2] {
    let backwards = letters.iter().rev().copied().collect();
    [letters, backwards]
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
