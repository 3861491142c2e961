//! What happened to a family: its beginning, its first and last steps, and which request did each.
//!
//! Pure bookkeeping. Of a family only so many steps are kept, and only the newest families have a
//! history at all, so that any number of sign-ins and rotations takes the same memory.

use std::collections::{HashMap, VecDeque};

use crate::current_exchange::{self, ExchangeNumber};

/// Families whose history is kept.
const MAX_FAMILIES: usize = 1000;
/// Steps of one that are kept from its beginning.
const FIRST_STEPS: usize = 4;
/// And of its latest ones.
const LAST_STEPS: usize = 12;

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It began, by a code or a device code.
    Began,
    /// A refresh token of this generation was issued in place of the one before.
    Rotated(u32),
    /// An access token was issued, and the refresh token of this generation stayed.
    Refreshed(u32),
    RefreshTokenRevoked(u32),
    AccessTokenRevoked,
    Ended(&'static str),
}

/// A step, when it was, and the request that did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) at: i64,
    pub(crate) exchange: Option<ExchangeNumber>,
    pub(crate) step: Step,
}

/// The steps of one family, oldest first.
#[derive(Default)]
pub(crate) struct History {
    first: Vec<Entry>,
    last: VecDeque<Entry>,
    /// How many are missing between the two.
    pub(crate) left_out: u64,
}

impl History {
    fn push(&mut self, entry: Entry) {
        if self.first.len() < FIRST_STEPS {
            self.first.push(entry);
            return;
        }
        if self.last.len() == LAST_STEPS {
            self.last.pop_front();
            self.left_out += 1;
        }
        self.last.push_back(entry);
    }

    pub(crate) fn first(&self) -> &[Entry] {
        &self.first
    }

    pub(crate) fn last(&self) -> impl Iterator<Item = &Entry> {
        self.last.iter()
    }
}

/// The histories of the newest families.
#[derive(Default)]
pub(crate) struct Histories {
    families: HashMap<u64, History>,
    /// Their numbers, in the order in which they began.
    order: VecDeque<u64>,
}

impl Histories {
    /// Begins a history; that of the oldest family makes room for it.
    pub(crate) fn begin(&mut self, family: u64, at: i64) {
        if self.order.len() == MAX_FAMILIES
            && let Some(oldest) = self.order.pop_front()
        {
            self.families.remove(&oldest);
        }
        self.order.push_back(family);
        self.families.insert(family, History::default());
        self.note(family, at, Step::Began);
    }

    pub(crate) fn note(&mut self, family: u64, at: i64, step: Step) {
        if let Some(history) = self.families.get_mut(&family) {
            let exchange = current_exchange::number();
            history.push(Entry { at, exchange, step });
        }
    }

    pub(crate) fn of(&self, family: u64) -> Option<&History> {
        self.families.get(&family)
    }

    /// The request that issued a refresh token, as far as that is remembered.
    pub(crate) fn issuer_of(&self, family: u64, generation: u32) -> Option<ExchangeNumber> {
        let history = self.of(family)?;
        let is_meant = |entry: &&Entry| entry.step == Step::Rotated(generation);
        let mut steps = history.first().iter().chain(history.last());
        steps.find(is_meant)?.exchange
    }

    /// Forgets those of families that are gone.
    pub(crate) fn sweep(&mut self, is_kept: impl Fn(u64) -> bool) {
        self.families.retain(|family, _| is_kept(*family));
        self.order.retain(|family| is_kept(*family));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_steps_the_first_and_the_last_are_kept() {
        let mut histories = Histories::default();
        histories.begin(1, 0);
        for generation in 1..=100 {
            histories.note(1, i64::from(generation), Step::Rotated(generation));
        }
        let history = histories.of(1).unwrap();
        let steps =
            |entries: Vec<&Entry>| entries.iter().map(|entry| entry.step).collect::<Vec<_>>();
        let first = steps(history.first().iter().collect());
        assert_eq!(first[..2], [Step::Began, Step::Rotated(1)]);
        let last = steps(history.last().collect());
        assert_eq!((last.len(), last[11]), (12, Step::Rotated(100)));
        assert_eq!(history.left_out, 101 - 16);
    }

    #[test]
    fn only_the_newest_families_have_a_history() {
        let mut histories = Histories::default();
        for family in 1..=5000 {
            histories.begin(family, 0);
        }
        assert_eq!(histories.families.len(), MAX_FAMILIES);
        assert!(histories.of(4000).is_none() && histories.of(4001).is_some());
        histories.note(1, 0, Step::AccessTokenRevoked);
        histories.sweep(|family| family > 4990);
        assert_eq!((histories.families.len(), histories.order.len()), (10, 10));
    }
}
