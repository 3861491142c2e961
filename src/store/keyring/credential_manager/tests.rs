//! With the Credential Manager itself. Each test has accounts of its own, and removes them.

use std::sync::atomic::{AtomicUsize, Ordering};

use zeroize::Zeroizing;

use super::*;
use crate::secret::Secret;
use crate::store::chunked::{self, KeyValueBackend};
use crate::store::keyring::platform::Native;

const LIMIT: usize = 2560;

/// An account that nothing else uses; its entries go with it.
struct Account(String);

impl Account {
    fn new() -> Self {
        let id = crate::crypto::random_name().unwrap();
        Self(format!("test-{id}@https://portal.example#cli-1"))
    }

    /// How the Credential Manager keeps each entry of this account: the head, then the parts.
    fn persistence(&self) -> Vec<String> {
        let store = open().unwrap();
        let parts = |slot: char| {
            let name = move |index: usize| format!("part-{slot}-{index}:{}", self.0);
            (0..).map(name)
        };
        let of = |name: String| {
            let attributes = item(&*store, &name).unwrap().get_attributes().ok()?;
            Some(attributes["persistence"].clone())
        };
        let head = of(self.0.clone());
        let parts = ['a', 'b'].map(|slot| parts(slot).map_while(of).collect::<Vec<_>>());
        head.into_iter()
            .chain(parts.into_iter().flatten())
            .collect()
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        drop(chunked::erase(&native(), &self.0));
    }
}

fn native() -> Native {
    Native::new(Some(LIMIT), false)
}

fn text(letter: char, length: usize) -> Secret {
    Secret::new(String::from(letter).repeat(length))
}

fn stored(account: &Account) -> String {
    let found = chunked::read(&native(), &account.0).unwrap().unwrap();
    found.expose().to_owned()
}

/// The Credential Manager, until it has been changed a number of times.
struct Failing {
    native: Native,
    changes_left: AtomicUsize,
}

impl Failing {
    fn change(&self) -> std::result::Result<(), Error> {
        let left = self.changes_left.load(Ordering::Relaxed);
        if left == 0 {
            let cause = String::from("the power is off");
            return Err(Error::Keyring { cause });
        }
        self.changes_left.store(left - 1, Ordering::Relaxed);
        Ok(())
    }
}

impl KeyValueBackend for Failing {
    fn limit(&self) -> Option<usize> {
        self.native.limit()
    }

    fn set(&self, account: &str, bytes: &[u8]) -> std::result::Result<(), Error> {
        self.change()?;
        self.native.set(account, bytes)
    }

    fn get(&self, account: &str) -> std::result::Result<Option<Zeroizing<Vec<u8>>>, Error> {
        self.native.get(account)
    }

    fn remove(&self, account: &str) -> std::result::Result<bool, Error> {
        self.change()?;
        self.native.remove(account)
    }
}

#[test]
fn records_of_every_size_come_back_and_none_of_their_entries_leaves_this_computer() {
    let account = Account::new();
    let doubled = (0..=6).map(|power| 1024 << power);
    let at_limits = [1, 2000, 2559, 2560, 2561, 5 * 1024, 7680, 64 * 1024, 1, 0];
    for length in doubled.chain(at_limits) {
        let written = text('x', length);
        chunked::write(&native(), &account.0, &written).unwrap();
        assert_eq!(stored(&account), written.expose(), "{length} bytes");
        let persistence = account.persistence();
        // One is the head; a record of which its line leaves no room is in parts.
        let parts = if length > 2048 {
            length.div_ceil(LIMIT)
        } else {
            0
        };
        assert_eq!(persistence, vec!["Local"; 1 + parts], "{length} bytes");
    }
    assert!(chunked::erase(&native(), &account.0).unwrap());
    assert!(account.persistence().is_empty());
}

#[test]
fn a_write_that_stops_anywhere_leaves_the_old_record_or_the_new() {
    for (before, after) in [
        (5000, 6000),
        (64, 20_000),
        (20_000, 64),
        (64 << 10, 64 << 10),
    ] {
        let account = Account::new();
        let mut changes = 0;
        loop {
            chunked::write(&native(), &account.0, &text('a', before)).unwrap();
            let failing = Failing {
                native: native(),
                changes_left: AtomicUsize::new(changes),
            };
            let outcome = chunked::write(&failing, &account.0, &text('b', after));
            let found = stored(&account);
            let (old, new) = (text('a', before), text('b', after));
            assert!(
                found == new.expose() || outcome.is_err() && found == old.expose(),
                "{before} to {after} bytes, {changes} changes"
            );
            if failing.changes_left.load(Ordering::Relaxed) > 0 {
                break;
            }
            changes += 1;
        }
        assert!(changes > 1);
    }
}

#[test]
fn an_entry_that_would_roam_stays_here_from_its_next_write_on() {
    let account = Account::new();
    let roaming = open().unwrap().build(SERVICE, &account.0, None).unwrap();
    roaming.set_secret(b"of an earlier version").unwrap();
    assert_eq!(account.persistence(), ["Enterprise"]);
    native().set(&account.0, b"of this one").unwrap();
    assert_eq!(account.persistence(), ["Local"]);
    assert_eq!(roaming.get_secret().unwrap(), b"of this one");
}

#[test]
fn accounts_that_differ_only_in_case_have_entries_of_their_own() {
    let lower = Account::new();
    let upper = Account(lower.0.replace("test", "Test"));
    chunked::write(&native(), &lower.0, &text('l', 10)).unwrap();
    chunked::write(&native(), &upper.0, &text('u', 10)).unwrap();
    assert_eq!(stored(&lower), "llllllllll");
    assert_eq!(stored(&upper), "uuuuuuuuuu");
}

#[test]
fn names_of_entries_differ_without_regard_to_case() {
    let mut names = Vec::new();
    for (account, name) in [
        (
            "default@https://portal.example#cli-1",
            "default@https://portal.example#cli-1",
        ),
        ("Work.2@x#CLI_A", "~work.2@x#~c~l~i_~a"),
        ("work.2@x#cli_a", "work.2@x#cli_a"),
        ("~work", "~~work"),
        ("Work", "~work"),
    ] {
        assert_eq!(without_capitals(account), name);
        names.push(name.to_ascii_lowercase());
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 5);
}
