use crate::crypto::Unreadable;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use proptest::prelude::*;

use super::*;

const ACCOUNT: &str = "default@https://portal.example#cli-1";
const LIMIT: usize = 320;

type Hook = Box<dyn FnOnce(&Memory) + Send>;
type Damage = Box<dyn Fn(&mut Entries)>;
type Entries = BTreeMap<String, Vec<u8>>;

/// A backend in memory whose power can be cut.
#[derive(Default)]
pub(in crate::store) struct Memory {
    limit: Option<usize>,
    entries: Mutex<Entries>,
    lock_folders: Mutex<BTreeMap<String, String>>,
    /// How many more changes succeed; `None` for all.
    changes_left: Mutex<Option<usize>>,
    /// Runs once, right after the head was read.
    after_head: Mutex<Option<Hook>>,
}

impl Memory {
    pub(in crate::store) fn with_limit(limit: Option<usize>) -> Self {
        Self {
            limit,
            ..Self::default()
        }
    }

    pub(in crate::store) fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap()
    }

    fn change(&self) -> Result<(), Error> {
        let mut left = self.changes_left.lock().unwrap();
        match left.as_mut() {
            Some(0) => {
                return Err(Error::Keyring {
                    cause: String::from("the power is off"),
                });
            }
            Some(count) => *count -= 1,
            None => {}
        }
        Ok(())
    }

    fn cut_power_after(&self, changes: Option<usize>) {
        *self.changes_left.lock().unwrap() = changes;
    }
}

impl KeyValueBackend for Memory {
    fn limit(&self) -> Option<usize> {
        self.limit
    }

    fn set(&self, account: &str, bytes: &[u8]) -> Result<(), Error> {
        self.change()?;
        let limit = self.limit.unwrap_or(usize::MAX);
        assert!(bytes.len() <= limit, "{} > {limit}", bytes.len());
        self.entries().insert(account.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        let found = self.entries().get(account).cloned().map(Zeroizing::new);
        if account == ACCOUNT {
            let hook = self.after_head.lock().unwrap().take();
            if let Some(hook) = hook {
                hook(self);
            }
        }
        Ok(found)
    }

    fn lock_folder(&self, account: &str) -> Result<Option<String>, Error> {
        Ok(self.lock_folders.lock().unwrap().get(account).cloned())
    }

    fn set_lock_folder(&self, account: &str, id: &str) -> Result<(), Error> {
        let mut folders = self.lock_folders.lock().unwrap();
        folders.insert(account.to_owned(), id.to_owned());
        Ok(())
    }

    fn remove(&self, account: &str) -> Result<bool, Error> {
        self.change()?;
        self.lock_folders.lock().unwrap().remove(account);
        Ok(self.entries().remove(account).is_some())
    }
}

fn text(letter: char, length: usize) -> Secret {
    Secret::new(String::from(letter).repeat(length))
}

fn stored(backend: &Memory) -> Option<String> {
    read(backend, ACCOUNT)
        .unwrap()
        .map(|found| found.expose().to_owned())
}

#[test]
fn without_a_limit_a_record_is_one_entry() {
    let backend = Memory::default();
    write(&backend, ACCOUNT, &text('x', 9000)).unwrap();
    assert_eq!(backend.entries().len(), 1);
    assert_eq!(stored(&backend).unwrap().len(), 9000);
}

#[test]
fn a_long_record_takes_as_many_entries_as_it_needs_and_shrinking_removes_them() {
    let backend = Memory::with_limit(Some(LIMIT));
    for (length, entries) in [(9000, 1 + 29), (700, 1 + 3), (10, 1), (640, 1 + 2)] {
        write(&backend, ACCOUNT, &text('x', length)).unwrap();
        assert_eq!(backend.entries().len(), entries, "{length} bytes");
        assert_eq!(stored(&backend).unwrap().len(), length);
    }
}

/// What earlier builds have written must stay readable.
#[test]
fn a_head_is_written_byte_for_byte_as_it_always_was() {
    const WRITTEN: &str = concat!(
        r#"{"format":"eprospera-keyring","version":1,"account":"default@https://portal.example#c","#,
        r#""generation":1,"sha256":"7adbe142b3659fe34708f25ed7811b1000604396947313ffb230889a48fcf78f"}"#,
        "\ncs_canary_0123456789"
    );
    let account = "default@https://portal.example#c";
    let backend = Memory::with_limit(None);
    write(
        &backend,
        account,
        &Secret::new("cs_canary_0123456789".to_owned()),
    )
    .unwrap();
    assert_eq!(backend.entries()[account], WRITTEN.as_bytes());
    let found = read(&backend, account).unwrap().unwrap();
    assert_eq!(found.expose(), "cs_canary_0123456789");
}

#[test]
fn the_generation_rises_with_every_write() {
    let backend = Memory::with_limit(Some(LIMIT));
    for generation in 1..5 {
        write(&backend, ACCOUNT, &text('x', 700)).unwrap();
        let head = present_head(&backend, ACCOUNT).unwrap().unwrap();
        assert_eq!(head.generation(), generation);
    }
}

/// Every pair of a short, a middling and a long record, with the power cut after every step.
#[test]
fn a_crash_at_any_step_leaves_the_old_record_or_the_new_and_no_trace_after_removal() {
    for (old, new) in [(10, 900), (900, 10), (900, 2000), (2000, 900), (0, 900)] {
        for step in 0..32 {
            let backend = Memory::with_limit(Some(LIMIT));
            write(&backend, ACCOUNT, &text('o', old)).unwrap();
            backend.cut_power_after(Some(step));
            let outcome = write(&backend, ACCOUNT, &text('n', new));
            backend.cut_power_after(None);

            let found = stored(&backend).unwrap();
            let is_old = found == "o".repeat(old);
            let is_new = found == "n".repeat(new);
            assert!(is_old || is_new, "{old} to {new}, step {step}");
            assert_eq!(outcome.is_ok(), is_new, "{old} to {new}, step {step}");

            write(&backend, ACCOUNT, &text('a', 700)).unwrap();
            assert_eq!(stored(&backend).unwrap(), "a".repeat(700));
            assert!(erase(&backend, ACCOUNT).unwrap());
            assert_eq!(
                *backend.entries(),
                Entries::new(),
                "{old} to {new}, step {step}"
            );
        }
    }
}

#[test]
fn a_crash_during_removal_leaves_no_damaged_record_and_the_next_removal_ends_it() {
    for step in 0..8 {
        let backend = Memory::with_limit(Some(LIMIT));
        write(&backend, ACCOUNT, &text('x', 1500)).unwrap();
        backend.cut_power_after(Some(step));
        let outcome = erase(&backend, ACCOUNT);
        backend.cut_power_after(None);
        assert_eq!(stored(&backend).is_some(), step == 0);
        assert_eq!(erase(&backend, ACCOUNT).unwrap(), outcome.is_err());
        assert_eq!(*backend.entries(), Entries::new());
    }
}

#[test]
fn parts_that_are_missing_cut_off_altered_or_exchanged_are_noticed() {
    let part = |index| Slot::A.part(index, ACCOUNT);
    let cases: [(&str, Damage); 6] = [
        ("missing", Box::new(move |all| drop(all.remove(&part(1))))),
        (
            "cut off",
            Box::new(move |all| all.get_mut(&part(1)).unwrap().truncate(7)),
        ),
        (
            "altered",
            Box::new(move |all| all.get_mut(&part(0)).unwrap()[0] ^= 1),
        ),
        (
            "too long",
            Box::new(move |all| all.get_mut(&part(2)).unwrap().push(b'x')),
        ),
        (
            "not a string",
            Box::new(move |all| all.get_mut(&part(0)).unwrap()[0] = 0xff),
        ),
        (
            "exchanged",
            Box::new(move |all| {
                let (first, second) = (all[&part(0)].clone(), all[&part(1)].clone());
                all.insert(part(0), second);
                all.insert(part(1), first);
            }),
        ),
    ];
    for (name, damage) in cases {
        let backend = Memory::with_limit(Some(LIMIT));
        let long: String = ('a'..='z').cycle().take(900).collect();
        write(&backend, ACCOUNT, &Secret::new(long)).unwrap();
        damage(&mut backend.entries());
        let outcome = read(&backend, ACCOUNT);
        assert!(
            matches!(outcome, Err(Error::Unreadable(Unreadable::Corrupt { .. }))),
            "{name}: {outcome:?}"
        );
        assert!(erase(&backend, ACCOUNT).unwrap(), "{name}");
        assert!(stored(&backend).is_none());
    }
}

#[test]
fn a_head_cut_off_at_any_byte_is_damaged_and_can_be_replaced_and_removed() {
    for (limit, length) in [(None, 40), (Some(LIMIT), 900)] {
        let backend = Memory::with_limit(limit);
        write(&backend, ACCOUNT, &text('x', length)).unwrap();
        let whole = backend.entries()[ACCOUNT].clone();
        for cut in 0..whole.len() {
            backend
                .entries()
                .insert(ACCOUNT.to_owned(), whole[..cut].to_vec());
            let outcome = read(&backend, ACCOUNT);
            assert!(
                matches!(outcome, Err(Error::Unreadable(Unreadable::Corrupt { .. }))),
                "{cut}: {outcome:?}"
            );
        }
        write(&backend, ACCOUNT, &text('y', length)).unwrap();
        assert_eq!(stored(&backend).unwrap(), "y".repeat(length));
        assert!(erase(&backend, ACCOUNT).unwrap());
        assert_eq!(*backend.entries(), Entries::new());
    }
}

#[test]
fn the_head_of_another_account_or_a_later_version_is_refused() {
    let backend = Memory::default();
    write(&backend, "other@x#y", &text('x', 5)).unwrap();
    let foreign = backend.entries()["other@x#y"].clone();
    backend.entries().insert(ACCOUNT.to_owned(), foreign);
    assert!(matches!(
        read(&backend, ACCOUNT),
        Err(Error::Unreadable(Unreadable::NotOurs { .. }))
    ));

    let newer = br#"{"format":"eprospera-keyring","version":9,"unknown":1}"#;
    let newer = [newer.as_slice(), b"\n"].concat();
    backend.entries().insert(ACCOUNT.to_owned(), newer);
    assert!(matches!(
        read(&backend, ACCOUNT),
        Err(Error::Unreadable(Unreadable::Newer { version: 9, .. }))
    ));
}

#[test]
fn a_reader_whose_parts_are_replaced_meanwhile_gets_the_new_record() {
    for (old, new) in [(900, 2000), (2000, 900), (900, 10)] {
        let backend = Memory::with_limit(Some(LIMIT));
        write(&backend, ACCOUNT, &text('o', old)).unwrap();
        *backend.after_head.lock().unwrap() = Some(Box::new(move |backend| {
            write(backend, ACCOUNT, &text('m', old)).unwrap();
            write(backend, ACCOUNT, &text('n', new)).unwrap();
        }));
        assert_eq!(stored(&backend).unwrap(), "n".repeat(new));
    }
}

#[test]
fn entries_too_small_for_the_head_are_refused_before_anything_is_written() {
    let backend = Memory::with_limit(Some(100));
    let outcome = write(&backend, ACCOUNT, &text('x', 900));
    assert!(matches!(outcome, Err(Error::TooSmall { limit: 100, .. })));
    assert_eq!(*backend.entries(), Entries::new());
}

proptest! {
    #[test]
    fn any_texts_survive_any_limit_and_leave_nothing_behind(
        first in "\\PC{0,3000}",
        second in "\\PC{0,3000}",
        limit in prop::option::of(300_usize..3000),
    ) {
        let backend = Memory::with_limit(limit);
        for text in [&first, &second, &first] {
            write(&backend, ACCOUNT, &Secret::new(text.clone())).unwrap();
            prop_assert_eq!(&stored(&backend).unwrap(), text);
        }
        prop_assert!(erase(&backend, ACCOUNT).unwrap());
        prop_assert!(backend.entries().is_empty());
    }
}
