//! One record in a backend whose entries may be too small for it.
//!
//! The head entry bears the account's name. A record that fits is in it; a longer one is in
//! numbered parts, in slot `a` or `b`. A write fills the slot that the head does not name and
//! then changes the head, in one step, so a crash at any moment leaves the old record or the new.
//! Generation and digest in the head give away parts that are missing, cut off or exchanged.

use std::cmp::Reverse;

use zeroize::Zeroizing;

use super::envelope::{Head, Layout, Parts, Slot};
use super::error::Error;
use crate::crypto::Unreadable;
use crate::private_file::FILE_SIZE_LIMIT;
use crate::secret::Secret;

const LAYOUT: Layout = Layout {
    format: "eprospera-keyring",
    version: 1,
    is_numbered: true,
};

/// The service under which every entry of the keyring is found.
pub(super) const SERVICE: &str = "eprospera";

/// How often a reader starts again because a writer was faster.
const ATTEMPTS: u32 = 8;

/// What an operation does to the entries of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// It needs those that are there.
    Read,
    /// It can do without them.
    Write,
}

/// An entry that answers to an account.
pub(super) struct Match {
    pub(super) bytes: Zeroizing<Vec<u8>>,
    /// Whether it is where new ones are made.
    pub(super) is_at_home: bool,
}

/// Named entries of bytes, each replaced in one step.
pub(super) trait KeyValueBackend: Send + Sync {
    /// The most bytes that one entry holds; `None` when there is no limit.
    fn limit(&self) -> Option<usize>;
    /// Makes sure, before an operation, that the entries of `account` can be reached.
    fn prepare(&self, _account: &str, _purpose: Purpose) -> Result<(), Error> {
        Ok(())
    }
    /// Every entry that answers to an account: other programs can leave more than one.
    fn matches(&self, account: &str) -> Result<Vec<Match>, Error> {
        let only = self.get(account)?.map(|bytes| Match {
            bytes,
            is_at_home: true,
        });
        Ok(only.into_iter().collect())
    }
    /// The accounts of all entries, where the backend can list them.
    fn accounts(&self) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }
    /// The id of the folder whose locks protect an entry, where the backend keeps one beside it.
    fn lock_folder(&self, _account: &str) -> Result<Option<String>, Error> {
        Ok(None)
    }
    /// Keeps the id of that folder beside an entry that is there.
    fn set_lock_folder(&self, _account: &str, _id: &str) -> Result<(), Error> {
        Ok(())
    }
    /// Creates or replaces an entry, of which there is one afterwards.
    fn set(&self, account: &str, bytes: &[u8]) -> Result<(), Error>;
    /// Reads an entry, the one that was changed last where there are several.
    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Error>;
    /// Removes an entry, all of them where there are several; `false` when there was none.
    fn remove(&self, account: &str) -> Result<bool, Error>;
}

impl Slot {
    fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// The account of a part. No profile's name has a colon, so it meets no head's.
    fn part(self, index: usize, account: &str) -> String {
        let letter = match self {
            Self::A => 'a',
            Self::B => 'b',
        };
        format!("part-{letter}-{index}:{account}")
    }
}

/// The first line of the head entry; a record that fits follows it.
fn line(head: &Head) -> Vec<u8> {
    let mut line = head.bytes(0).to_vec();
    line.push(b'\n');
    line
}

/// Reads the head entry of `account` into its line and what follows.
fn parse<'a>(account: &str, bytes: &'a [u8]) -> Result<(Head, &'a [u8]), Error> {
    let place = place(account);
    let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else {
        return Err(Error::corrupt(&place, "its first line is cut off"));
    };
    let head = Head::read(LAYOUT, &place, account, &bytes[..end])?;
    Ok((head, &bytes[end + 1..]))
}

/// An entry of the keyring, as errors name it.
pub(super) fn place(account: &str) -> String {
    format!("the keyring's entry `{account}`")
}

/// Reads the record of `account`.
pub(super) fn read(backend: &dyn KeyValueBackend, account: &str) -> Result<Option<Secret>, Error> {
    let mut seen = heads(backend, account)?;
    for _ in 1..ATTEMPTS {
        let Some(outcome) = first_whole(backend, account, &seen) else {
            return Ok(None);
        };
        if !matches!(outcome, Err(Error::Unreadable(Unreadable::Corrupt { .. }))) {
            return outcome.map(Some);
        }
        // A writer may have moved the record while its parts were being read.
        let now = heads(backend, account)?;
        if now == seen {
            return outcome.map(Some);
        }
        seen = now;
    }
    Err(Error::corrupt(
        &place(account),
        "it changed while it was being read",
    ))
}

/// The head entries of an account, the best first: one that can be understood, is where new ones
/// are made, and is the newest.
fn heads(backend: &dyn KeyValueBackend, account: &str) -> Result<Vec<Zeroizing<Vec<u8>>>, Error> {
    let mut found = backend.matches(account)?;
    found.sort_by_key(|found| {
        let head = parse(account, &found.bytes).ok();
        let generation = head.map(|(head, _)| head.generation());
        Reverse((generation.is_some(), found.is_at_home, generation))
    });
    Ok(found.into_iter().map(|found| found.bytes).collect())
}

/// The record of the first head that has all of it; else what is wrong with the best one.
fn first_whole(
    backend: &dyn KeyValueBackend,
    account: &str,
    heads: &[Zeroizing<Vec<u8>>],
) -> Option<Result<Secret, Error>> {
    let (best, others) = heads.split_first()?;
    let outcome = assemble(backend, account, best);
    let is_whole = |outcome: &Result<Secret, Error>| outcome.is_ok();
    if is_whole(&outcome) {
        return Some(outcome);
    }
    let mut others = others.iter().map(|head| assemble(backend, account, head));
    Some(others.find(is_whole).unwrap_or(outcome))
}

fn assemble(backend: &dyn KeyValueBackend, account: &str, bytes: &[u8]) -> Result<Secret, Error> {
    let (head, inline) = parse(account, bytes)?;
    let text = match &head.parts {
        Some(parts) => join(backend, account, *parts)?,
        None => Zeroizing::new(inline.to_vec()),
    };
    let text = Secret::from_utf8(text.to_vec())
        .ok_or_else(|| Error::corrupt(&place(account), "its content is not UTF-8"))?;
    if !head.fits(text.expose()) {
        return Err(Error::corrupt(&place(account), "its digest does not match"));
    }
    Ok(text)
}

fn join(
    backend: &dyn KeyValueBackend,
    account: &str,
    parts: Parts,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    if parts.length > FILE_SIZE_LIMIT || parts.count > parts.length {
        return Err(Error::corrupt(&place(account), "its size is impossible"));
    }
    let mut text = Zeroizing::new(Vec::with_capacity(parts.length));
    for index in 0..parts.count {
        let Some(part) = backend.get(&parts.slot.part(index, account))? else {
            return Err(Error::corrupt(&place(account), "a part is missing"));
        };
        if text.len() + part.len() > parts.length {
            return Err(Error::corrupt(&place(account), "a part is too long"));
        }
        text.extend_from_slice(&part);
    }
    if text.len() != parts.length {
        return Err(Error::corrupt(&place(account), "a part is cut off"));
    }
    Ok(text)
}

/// Replaces the record of `account`, whatever is there now. The caller holds its lock.
pub(super) fn write(
    backend: &dyn KeyValueBackend,
    account: &str,
    text: &Secret,
) -> Result<(), Error> {
    let text = text.expose();
    let old = present_head(backend, account)?;
    let old_parts = old.as_ref().and_then(|head| head.parts);
    let generation = old.map_or(1, |head| head.generation().saturating_add(1));
    let mut head = Head::around(LAYOUT, account, Some(generation), text);
    let limit = backend.limit().unwrap_or(FILE_SIZE_LIMIT);

    let mut whole = Zeroizing::new(Vec::with_capacity(text.len() + 1024));
    whole.extend_from_slice(&line(&head));
    whole.extend_from_slice(text.as_bytes());
    if whole.len() <= limit {
        backend.set(account, &whole)?;
    } else {
        let slot = old_parts.map_or(Slot::A, |parts| parts.slot.other());
        head.parts = Some(Parts {
            slot,
            count: text.len().div_ceil(limit),
            length: text.len(),
        });
        write_parts(backend, account, &head, text)?;
    }
    if backend.limit().is_some() || old_parts.is_some() {
        // The new record is in place. What is left of older ones does no harm to it, and the next
        // write or removal tries again.
        drop(remove_stale(backend, account, head.parts, old_parts));
    }
    Ok(())
}

fn write_parts(
    backend: &dyn KeyValueBackend,
    account: &str,
    head: &Head,
    text: &str,
) -> Result<(), Error> {
    let line = line(head);
    let limit = backend.limit().unwrap_or(FILE_SIZE_LIMIT);
    if line.len() > limit || text.len() > FILE_SIZE_LIMIT {
        return Err(Error::TooSmall {
            place: place(account),
            limit: limit.min(FILE_SIZE_LIMIT),
            needed: line.len().max(text.len()),
        });
    }
    let slot = head.parts.map_or(Slot::A, |parts| parts.slot);
    for (index, part) in text.as_bytes().chunks(limit).enumerate() {
        backend.set(&slot.part(index, account), part)?;
    }
    backend.set(account, &line)
}

/// The head that is there; a damaged one or none counts as absent, because it is to be replaced.
fn present_head(backend: &dyn KeyValueBackend, account: &str) -> Result<Option<Head>, Error> {
    let heads = heads(backend, account)?;
    let mut parsed = heads
        .iter()
        .filter_map(|bytes| Some(parse(account, bytes).ok()?.0));
    let Some(mut best) = parsed.next() else {
        return Ok(None);
    };
    // Its successor must be newer than every copy that another program may put back.
    let newest = parsed.fold(best.generation(), |newest, head| {
        newest.max(head.generation())
    });
    best.set_generation(newest);
    Ok(Some(best))
}

fn remove_stale(
    backend: &dyn KeyValueBackend,
    account: &str,
    new: Option<Parts>,
    old: Option<Parts>,
) -> Result<bool, Error> {
    let mut removed = false;
    for slot in [Slot::A, Slot::B] {
        let count_in = |parts: Option<Parts>| {
            parts
                .filter(|parts| parts.slot == slot)
                .map_or(0, |parts| parts.count.min(FILE_SIZE_LIMIT))
        };
        removed |= remove_parts(backend, account, slot, count_in(new)..count_in(old))?;
    }
    Ok(removed)
}

/// Removes the parts of a slot from `known.start` on. Those up to `known.end` are expected; after
/// them any that an interrupted write left follow without a gap, because parts are written in
/// ascending order and removed in descending order.
fn remove_parts(
    backend: &dyn KeyValueBackend,
    account: &str,
    slot: Slot,
    known: std::ops::Range<usize>,
) -> Result<bool, Error> {
    let mut end = known.end.max(known.start);
    while backend.get(&slot.part(end, account))?.is_some() {
        end += 1;
    }
    let mut removed = false;
    for index in (known.start..end).rev() {
        removed |= backend.remove(&slot.part(index, account))?;
    }
    Ok(removed)
}

/// Removes every trace of `account`; `false` when there was none. The caller holds its lock.
///
/// The head goes first, so an interrupted removal leaves no record rather than a damaged one.
pub(super) fn erase(backend: &dyn KeyValueBackend, account: &str) -> Result<bool, Error> {
    let parts = present_head(backend, account)?.and_then(|head| head.parts);
    let head = backend.remove(account)?;
    Ok(remove_stale(backend, account, None, parts)? || head)
}

#[cfg(test)]
pub(super) mod tests;
