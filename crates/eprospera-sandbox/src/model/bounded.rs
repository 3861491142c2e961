//! What waits for somebody, and how much memory it may take: the oldest goes when there is more.
//!
//! Anyone who can reach the sandbox can make it wait for an answer that never comes, with up to 64
//! KiB of `state` each time. So what waits is counted in bytes. Pure; no clock of its own.

use std::collections::{HashMap, VecDeque};

use crate::crypto::random::Fingerprint;

/// How many are remembered that made room for others.
const MAX_DISPLACED: usize = 1024;
/// What an entry takes beside its value: its key twice, its place in both tables.
const OVERHEAD: usize = 96;

/// A value that knows how much it keeps on the heap.
pub(crate) trait HeapBytes {
    /// The bytes of its strings and lists.
    fn heap_bytes(&self) -> usize;
}

struct Entry<V> {
    value: V,
    bytes: usize,
    /// When it may be forgotten.
    expires: i64,
}

/// Values by the fingerprint of their secret name, oldest first.
pub(crate) struct Bounded<V> {
    entries: HashMap<Fingerprint, Entry<V>>,
    /// Has those that were removed, too, until it is their turn.
    order: VecDeque<Fingerprint>,
    displaced: VecDeque<Fingerprint>,
    bytes: usize,
    max_bytes: usize,
}

impl<V: HeapBytes> Bounded<V> {
    pub(crate) fn new(max_bytes: usize) -> Self {
        Self {
            entries: HashMap::new(),
            order: VecDeque::new(),
            displaced: VecDeque::new(),
            bytes: 0,
            max_bytes,
        }
    }

    /// Lets a value wait until it expires. `times` are now and that.
    pub(crate) fn insert(&mut self, key: Fingerprint, value: V, times: (i64, i64)) {
        let (now, expires) = times;
        self.drop_first_expired(now);
        let bytes = size_of::<V>() + OVERHEAD + value.heap_bytes();
        self.bytes += bytes;
        let entry = Entry {
            value,
            bytes,
            expires,
        };
        self.entries.insert(key, entry);
        self.order.push_back(key);
        while self.bytes > self.max_bytes && self.entries.len() > 1 {
            self.displace_first();
        }
        if self.order.len() > 64 + 2 * self.entries.len() {
            let entries = &self.entries;
            self.order.retain(|key| entries.contains_key(key));
        }
    }

    fn displace_first(&mut self) {
        let Some(key) = self.order.pop_front() else {
            return;
        };
        if self.remove(&key).is_none() {
            return;
        }
        if self.displaced.len() == MAX_DISPLACED {
            self.displaced.pop_front();
        }
        self.displaced.push_back(key);
    }

    /// Lifetimes are mostly the same, so what expired is mostly at the front.
    fn drop_first_expired(&mut self, now: i64) {
        while let Some(key) = self.order.front().copied() {
            if self.get(&key).is_some() && self.entries[&key].expires > now {
                return;
            }
            self.order.pop_front();
            self.remove(&key);
        }
    }

    pub(crate) fn get(&self, key: &Fingerprint) -> Option<&V> {
        self.entries.get(key).map(|entry| &entry.value)
    }

    /// A value to change; what it keeps on the heap must not grow by much.
    pub(crate) fn get_mut(&mut self, key: &Fingerprint) -> Option<&mut V> {
        self.entries.get_mut(key).map(|entry| &mut entry.value)
    }

    pub(crate) fn remove(&mut self, key: &Fingerprint) -> Option<V> {
        let entry = self.entries.remove(key)?;
        self.bytes -= entry.bytes;
        Some(entry.value)
    }

    /// Whether a value made room for newer ones, as far as that is remembered.
    pub(crate) fn was_displaced(&self, key: &Fingerprint) -> bool {
        self.displaced.contains(key)
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.values().map(|entry| &entry.value)
    }

    /// Keeps what has not expired and is still wanted, and gives memory back.
    pub(crate) fn sweep(&mut self, now: i64, is_wanted: impl Fn(&V) -> bool) {
        self.entries
            .retain(|_, entry| entry.expires > now && is_wanted(&entry.value));
        self.bytes = self.entries.values().map(|entry| entry.bytes).sum();
        let entries = &self.entries;
        self.order.retain(|key| entries.contains_key(key));
        self.entries.shrink_to_fit();
        self.order.shrink_to_fit();
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::new(self.max_bytes);
    }
}

/// The bytes of a list of strings.
pub(crate) fn bytes_of(list: &[String]) -> usize {
    list.iter()
        .map(|text| size_of::<String>() + text.len())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    impl HeapBytes for String {
        fn heap_bytes(&self) -> usize {
            self.len()
        }
    }

    fn key(number: usize) -> Fingerprint {
        Fingerprint::of(&number.to_string())
    }

    #[test]
    fn the_oldest_goes_when_the_bytes_are_used_up_and_is_remembered() {
        let mut waiting = Bounded::new(100_000);
        for number in 0..1000 {
            waiting.insert(key(number), "x".repeat(10_000), (0, 10));
        }
        assert_eq!(waiting.len(), 9);
        assert!(waiting.get(&key(999)).is_some() && waiting.get(&key(990)).is_none());
        assert!(waiting.was_displaced(&key(990)) && !waiting.was_displaced(&key(991)));
        assert!(waiting.bytes <= 100_000);
    }

    #[test]
    fn what_was_answered_or_has_expired_takes_no_room() {
        let mut waiting = Bounded::new(100_000);
        for number in 0..1000 {
            waiting.insert(key(number), "x".repeat(10_000), (0, 10));
            waiting.remove(&key(number));
        }
        assert_eq!((waiting.bytes, waiting.len()), (0, 0));
        assert!(waiting.order.len() <= 64);
        waiting.insert(key(1), String::new(), (0, 10));
        waiting.insert(key(2), String::new(), (10, 20));
        assert_eq!(waiting.len(), 1);
        waiting.sweep(20, |_| true);
        assert_eq!((waiting.bytes, waiting.len()), (0, 0));
        assert!(!waiting.was_displaced(&key(1)));
    }
}
