//! One copy of what is the same in many records: names, lists of scopes, sentences.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

/// Values that are known; what comes beyond is kept by its record alone.
const MAX_SHARED: usize = 4096;

pub(crate) struct Pool<T: ?Sized>(HashSet<Arc<T>>);

impl<T: ?Sized> Default for Pool<T> {
    fn default() -> Self {
        Self(HashSet::new())
    }
}

impl<T: ?Sized + Eq + Hash> Pool<T> {
    /// The known copy of a value, or this one, which is known from now on.
    pub(crate) fn share<Q>(&mut self, value: &Q) -> Arc<T>
    where
        Q: ?Sized + Eq + Hash,
        Arc<T>: Borrow<Q> + for<'a> From<&'a Q>,
    {
        if let Some(known) = self.0.get(value) {
            return Arc::clone(known);
        }
        if self.0.len() >= MAX_SHARED {
            self.sweep();
        }
        let new = Arc::<T>::from(value);
        if self.0.len() < MAX_SHARED {
            self.0.insert(Arc::clone(&new));
        }
        new
    }

    /// Forgets what no record has any more.
    pub(crate) fn sweep(&mut self) {
        self.0.retain(|value| Arc::strong_count(value) > 1);
        self.0.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_one_and_what_nothing_uses_is_forgotten() {
        let mut pool = Pool::<str>::default();
        let first = pool.share("a name");
        assert!(Arc::ptr_eq(&first, &pool.share("a name")));
        drop(first);
        pool.sweep();
        assert!(pool.0.is_empty());
        let all: Vec<_> = (0..2 * MAX_SHARED)
            .map(|number| pool.share(number.to_string().as_str()))
            .collect();
        assert_eq!((all.len(), pool.0.len()), (2 * MAX_SHARED, MAX_SHARED));
    }
}
