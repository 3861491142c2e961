//! What every store promises, asked of the two file stores; `keyring::tests` asks the third.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::*;
use crate::clock::Clock;
use crate::crypto::{self, KeyMaterial, Unreadable};
use crate::private_file;
use crate::secret::Secret;

const WAIT: Duration = Duration::from_secs(20);

fn session(profile: &str) -> Entry {
    Entry::Session(Identity {
        profile: profile.to_owned(),
        issuer: String::from("https://portal.example"),
        client_id: String::from("cli-1"),
    })
}

fn client_secret() -> Entry {
    Entry::ClientSecret {
        issuer: String::from("https://portal.example"),
        client_id: String::from("cli-1"),
    }
}

fn store(folder: &Path, kind: &StoreKind) -> Box<dyn Store> {
    let mut places = StoreConfig::new(folder.join("state"), folder.join("locks"));
    places.clock = Clock::Fixed(1_795_000_000);
    open(kind, &places, || {
        KeyMaterial::parse(&Secret::new("ab".repeat(32))).map(Some)
    })
}

fn each_file_store(check: impl Fn(Box<dyn Store>, &Path)) {
    for kind in [StoreKind::PlainFile, StoreKind::EncryptedFile] {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path(), &kind);
        assert_eq!(store.kind(), kind);
        check(store, folder.path());
    }
}

fn text(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn put(store: &dyn Store, entry: &Entry, content: &str) {
    let guard = store.lock(entry, WAIT).unwrap();
    store.put(entry, &text(content), &guard).unwrap();
}

fn path(store: &dyn Store, entry: &Entry) -> PathBuf {
    PathBuf::from(store.location(entry))
}

/// Changes a record behind the store's back.
fn tamper(path: &Path, bytes: &[u8]) {
    private_file::replace(path, bytes).unwrap();
}

#[test]
fn a_text_comes_back_is_replaced_and_goes_away() {
    each_file_store(|store, _| {
        for entry in [session("default"), client_secret()] {
            assert!(store.get(&entry).unwrap().is_none());
            let guard = store.lock(&entry, WAIT).unwrap();
            for content in ["first", "second \u{e9} \"quoted\"\n\u{0}", ""] {
                store.put(&entry, &text(content), &guard).unwrap();
                assert_eq!(store.get(&entry).unwrap().unwrap().expose(), content);
            }
            assert!(store.delete(&entry, &guard).unwrap());
            assert!(!store.delete(&entry, &guard).unwrap());
            assert!(store.get(&entry).unwrap().is_none());
        }
    });
}

#[test]
fn entries_do_not_mix() {
    each_file_store(|store, _| {
        let entries = [
            session("default"),
            session("Default"),
            session("work"),
            session("..weird.."),
            client_secret(),
        ];
        for (index, entry) in entries.iter().enumerate() {
            put(&*store, entry, &index.to_string());
        }
        for (index, entry) in entries.iter().enumerate() {
            let found = store.get(entry).unwrap().unwrap();
            assert_eq!(found.expose(), index.to_string());
        }
    });
}

#[test]
fn names_of_files_differ_also_where_case_is_ignored_and_leave_the_folder_never() {
    let stem = |profile| session(profile).stem().to_lowercase();
    assert_ne!(stem("default"), stem("Default"));
    assert_ne!(stem("a.b"), stem("a-b"));
    for profile in ["../../etc", "..", "a/b", "\u{0}", "con", &"x".repeat(500)] {
        let name = stem(profile);
        assert!(name.len() < 80);
        assert!(!name.contains(['/', '\\', '.', '\u{0}']), "{name}");
    }
}

#[test]
fn the_keyring_shows_profile_issuer_and_client() {
    let account = session("default").account();
    assert_eq!(account, "default@https://portal.example#cli-1");
    let account = client_secret().account();
    assert_eq!(account, "client-secret:https://portal.example#cli-1");
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        store(folder.path(), &StoreKind::Keyring).location(&session("default")),
        "OS keyring: service eprospera, account default@https://portal.example#cli-1"
    );
}

#[test]
fn reading_creates_nothing() {
    each_file_store(|store, folder| {
        store.get(&session("default")).unwrap();
        assert_eq!(fs::read_dir(folder).unwrap().count(), 0);
    });
}

#[test]
fn a_store_finds_only_what_its_own_kind_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let plain = store(folder.path(), &StoreKind::PlainFile);
    let sealed = store(folder.path(), &StoreKind::EncryptedFile);
    put(&*plain, &session("default"), "plain");
    assert!(sealed.get(&session("default")).unwrap().is_none());
    put(&*sealed, &session("default"), "sealed");
    let found = plain.get(&session("default")).unwrap().unwrap();
    assert_eq!(found.expose(), "plain");
}

#[test]
fn both_file_stores_share_the_lock_of_an_entry() {
    let folder = tempfile::tempdir().unwrap();
    let plain = store(folder.path(), &StoreKind::PlainFile);
    let sealed = store(folder.path(), &StoreKind::EncryptedFile);
    let _guard = plain.lock(&session("default"), WAIT).unwrap();
    let outcome = sealed.lock(&session("default"), Duration::ZERO);
    assert!(matches!(outcome, Err(Error::Busy { .. })));
}

#[test]
fn the_encrypted_file_shows_nothing_and_the_plain_one_everything() {
    each_file_store(|store, _| {
        put(&*store, &session("default"), "rt_canary");
        let bytes = fs::read(path(&*store, &session("default"))).unwrap();
        let shown = String::from_utf8(bytes).unwrap().contains("rt_canary");
        assert_eq!(shown, store.kind() == StoreKind::PlainFile);
    });
}

#[test]
fn a_record_cut_off_at_any_byte_is_damaged() {
    each_file_store(|store, _| {
        let entry = session("default");
        put(&*store, &entry, "rt_canary");
        let path = path(&*store, &entry);
        let whole = fs::read(&path).unwrap();
        for length in 0..whole.len() {
            tamper(&path, &whole[..length]);
            let outcome = store.get(&entry);
            assert!(
                matches!(outcome, Err(Error::Unreadable(Unreadable::Corrupt { .. }))),
                "{length}: {outcome:?}"
            );
        }
    });
}

#[test]
fn no_bit_of_a_plain_record_can_be_flipped() {
    let plain = plain_file::Plain;
    let account = session("default").account();
    let whole = file_store::FileFormat::encode(&plain, &account, &text("rt_canary")).unwrap();
    for index in 0..whole.len() {
        for bit in 0..8 {
            let mut altered = whole.to_vec();
            altered[index] ^= 1 << bit;
            let outcome = file_store::FileFormat::decode(&plain, "file", &account, &altered);
            assert!(outcome.is_err(), "bit {bit} of byte {index}: {outcome:?}");
        }
    }
}

#[test]
fn a_record_copied_to_another_name_is_refused() {
    each_file_store(|store, _| {
        put(&*store, &session("mine"), "mine");
        put(&*store, &session("other"), "other");
        let bytes = fs::read(path(&*store, &session("other"))).unwrap();
        tamper(&path(&*store, &session("mine")), &bytes);
        let outcome = store.get(&session("mine"));
        assert!(
            matches!(outcome, Err(Error::Unreadable(Unreadable::NotOurs { found, .. })) if found.starts_with("other"))
        );
    });
}

#[test]
fn a_record_of_a_later_version_is_named_as_such() {
    each_file_store(|store, _| {
        let entry = session("default");
        put(&*store, &entry, "text");
        let path = path(&*store, &entry);
        let newer = fs::read_to_string(&path)
            .unwrap()
            .replace("\"version\":1", "\"version\":7,\"new\":true");
        tamper(&path, newer.as_bytes());
        let outcome = store.get(&entry);
        assert!(matches!(
            outcome,
            Err(Error::Unreadable(Unreadable::Newer { version: 7, .. }))
        ));
    });
}

#[test]
fn a_damaged_record_is_kept_aside_and_goes_with_the_next_removal() {
    each_file_store(|store, _| {
        let entry = session("default");
        let guard = store.lock(&entry, WAIT).unwrap();
        assert!(store.set_aside(&entry, &guard).unwrap().is_none());
        let path = path(&*store, &entry);
        let mut kept = Vec::new();
        for content in ["damaged", "again"] {
            tamper(&path, content.as_bytes());
            let aside = store.set_aside(&entry, &guard).unwrap().unwrap();
            assert!(aside.contains(".corrupt-17950000"), "{aside}");
            assert!(store.get(&entry).unwrap().is_none());
            assert_eq!(fs::read_to_string(&aside).unwrap(), content);
            kept.push(aside);
        }
        assert!(store.delete(&entry, &guard).unwrap());
        assert!(kept.iter().all(|aside| !Path::new(aside).exists()));
        assert!(!store.delete(&entry, &guard).unwrap());
    });
}

#[test]
fn a_damaged_record_can_be_removed_and_replaced() {
    each_file_store(|store, _| {
        let entry = session("default");
        let guard = store.lock(&entry, WAIT).unwrap();
        tamper(&path(&*store, &entry), b"{");
        assert!(store.delete(&entry, &guard).unwrap());
        tamper(&path(&*store, &entry), b"{");
        store.put(&entry, &text("new"), &guard).unwrap();
        assert_eq!(store.get(&entry).unwrap().unwrap().expose(), "new");
    });
}

#[test]
fn what_a_killed_writer_left_goes_with_the_next_write_or_removal() {
    each_file_store(|store, _| {
        let entry = session("default");
        let guard = store.lock(&entry, WAIT).unwrap();
        let path = path(&*store, &entry);
        let name = path.file_name().unwrap().to_str().unwrap();
        let leftover = path.with_file_name(format!(".{name}.k1ll3d.tmp"));
        tamper(&leftover, b"half a token");
        store.put(&entry, &text("new"), &guard).unwrap();
        assert!(!leftover.exists());
        tamper(&leftover, b"half a token");
        store.delete(&entry, &guard).unwrap();
        assert!(!leftover.exists());
    });
}

#[test]
fn another_entrys_guard_writes_nothing() {
    each_file_store(|store, _| {
        let guard = store.lock(&session("other"), WAIT).unwrap();
        let entry = session("default");
        let outcomes = [
            store.put(&entry, &text("new"), &guard),
            store.delete(&entry, &guard).map(drop),
            store.set_aside(&entry, &guard).map(drop),
        ];
        for outcome in outcomes {
            assert!(matches!(
                outcome,
                Err(Error::File(private_file::Error::OtherLock))
            ));
        }
        assert!(store.get(&entry).unwrap().is_none());
    });
}

#[test]
fn a_probe_leaves_nothing_behind_and_needs_the_key() {
    each_file_store(|store, folder| {
        store.probe().unwrap();
        let sessions = folder.join("state/sessions");
        assert_eq!(fs::read_dir(sessions).unwrap().count(), 0);
    });
    let folder = tempfile::tempdir().unwrap();
    let places = StoreConfig::new(folder.path().join("state"), folder.path().join("locks"));
    let keyless = open(&StoreKind::EncryptedFile, &places, || Ok(None));
    assert!(matches!(
        keyless.probe(),
        Err(Error::Crypto(crypto::Error::KeyMissing))
    ));
}

#[test]
fn a_text_larger_than_any_session_is_refused_and_the_old_one_kept() {
    each_file_store(|store, _| {
        let entry = session("default");
        let guard = store.lock(&entry, WAIT).unwrap();
        store.put(&entry, &text("old"), &guard).unwrap();
        let large = text(&"x".repeat(private_file::FILE_SIZE_LIMIT + 1));
        let outcome = store.put(&entry, &large, &guard);
        assert!(matches!(outcome, Err(Error::TooSmall { .. })));
        assert_eq!(store.get(&entry).unwrap().unwrap().expose(), "old");
    });
}

#[cfg(unix)]
#[test]
fn a_linked_folder_is_refused_for_reading_and_writing() {
    each_file_store(|store, folder| {
        put(&*store, &session("default"), "text");
        let sessions = folder.join("state/sessions");
        let moved = folder.join("moved");
        fs::rename(&sessions, &moved).unwrap();
        std::os::unix::fs::symlink(&moved, &sessions).unwrap();
        let read = store.get(&session("default")).map(drop);
        let locked = store.lock(&session("default"), WAIT).map(drop);
        for outcome in [read, locked, store.probe()] {
            assert!(matches!(
                outcome,
                Err(Error::File(private_file::Error::NotPrivate { .. }))
            ));
        }
    });
}

#[test]
fn kinds_are_written_as_users_write_them() {
    for kind in StoreKind::ALL {
        assert_eq!(kind.to_string().parse(), Ok(kind.clone()));
        let json = serde_json::to_string(&kind).unwrap();
        assert_eq!(json, format!("\"{kind}\""));
        assert_eq!(serde_json::from_str::<StoreKind>(&json).unwrap(), kind);
    }
    assert_eq!(StoreKind::default(), StoreKind::Keyring);
    let error = "Keyring".parse::<StoreKind>().unwrap_err();
    assert!(error.to_string().contains("`Keyring`"));
}
