//! Hashes of the parts of all registered secrets, and the search for them in a text.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::hash::{BuildHasher as _, RandomState};
use std::ops::Range;

use zeroize::Zeroizing;

use crate::REDACTED;
use crate::letter::{self, Letter};
use crate::part::Part;
use crate::spelling;

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
        // Three kinds of parts in two directions, and six spellings that are a third longer.
        self.pending.reserve(14 * secret.len());
        let both = both_ways(letter::bytes(secret));
        for bytes in &both {
            add_parts(self.key, bytes, &mut self.pending);
        }
        // A host and a media type lose their case, and with it base64 can be read no more, but
        // guessed.
        for packed in spelling::packed_without_case(secret) {
            let hashes = hashes(self.key, Part::InARow, packed.bytes());
            self.pending.extend(hashes.map(|(_, hash)| hash));
        }
        self.is_settled &= self.pending.is_empty();
        self.add_whole(&both);
    }

    pub(crate) fn register_whole(&mut self, secret: &str) {
        self.add_whole(&both_ways(letter::bytes(secret)));
    }

    fn add_whole(&mut self, both: &[Zeroizing<Vec<u8>>]) {
        for bytes in both {
            let all = || bytes.iter().copied();
            let Some((_, beginning)) = hashes(self.key, Part::InARow, all()).next() else {
                return;
            };
            let whole = Whole {
                length: bytes.len(),
                beginning,
                all: hash_of_all(self.key, all()),
            };
            let is_known = |known: &Whole| (known.length, known.all) == (whole.length, whole.all);
            if !self.wholes.iter().any(is_known) {
                self.wholes.push(whole);
                self.is_settled = false;
            }
        }
    }

    pub(crate) fn publish(&mut self, text: &str) {
        for bytes in both_ways(letter::bytes(text)) {
            add_parts(self.key, &bytes, &mut self.public);
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
            for (at, hash) in hashes(self.key, part, letters.iter().map(byte)) {
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
            (hash_of_all(self.key, all.iter().map(byte)) == whole.all).then(|| range(all))?
        })
    }
}

/// Adds the hashes of all parts that tell something.
fn add_parts(key: u64, bytes: &[u8], to: &mut Vec<u64>) {
    let mut joined = Zeroizing::new(Vec::with_capacity(bytes.len()));
    joined.extend(bytes.iter().filter(|byte| byte.is_ascii_alphanumeric()));
    for (part, bytes) in Part::all(bytes, &joined) {
        let is_telling = |at: usize| {
            let bytes = bytes.get(at..at + part.length());
            bytes.is_some_and(|bytes| part.is_telling(bytes))
        };
        let all = hashes(key, part, bytes.iter().copied());
        to.extend(all.filter(|(at, _)| is_telling(*at)).map(|(_, hash)| hash));
    }
}

/// Where each part begins, with its hash.
fn hashes(
    key: u64,
    part: Part,
    bytes: impl Iterator<Item = u8>,
) -> impl Iterator<Item = (usize, u64)> {
    let (length, key) = (part.length(), key ^ part.salt());
    let mask = (1_u128 << (8 * length)) - 1;
    let mut window = 0_u128;
    // A part of eight letters has no upper half.
    let constant = mixed(key);
    let hashed = bytes.enumerate().map(move |(index, byte)| {
        window = (window << 8 | u128::from(byte.to_ascii_lowercase())) & mask;
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

fn hash_of_all(key: u64, bytes: impl Iterator<Item = u8>) -> u64 {
    let add = |hash, byte: u8| mixed(hash ^ u64::from(byte.to_ascii_lowercase()));
    bytes.fold(key, add)
}

fn byte(letter: &Letter) -> u8 {
    letter.byte
}

/// The finaliser of `MurmurHash3`: every bit of the result depends on every bit given.
fn mixed(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ bits >> 33
}

/// The letters and digits.
fn joined(letters: &[Letter]) -> Vec<Letter> {
    let is_joined = |letter: &&Letter| letter.byte.is_ascii_alphanumeric();
    letters.iter().filter(is_joined).copied().collect()
}

/// Letters as they are, and backwards.
fn both_ways<T, L: Clone + AsMut<[T]>>(letters: L) -> [L; 2] {
    let mut backwards = letters.clone();
    backwards.as_mut().reverse();
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
