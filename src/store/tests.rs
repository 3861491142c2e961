//! What every store promises, asked of the file stores.

use std::path::Path;
use std::time::Duration;

use super::*;

const WAIT: Duration = Duration::from_secs(5);

fn session() -> Entry {
    Entry::Session(Identity {
        profile: String::from("default"),
        issuer: String::from("https://portal.example"),
        client_id: String::from("cli-1"),
    })
}

fn file_stores(folder: &Path) -> [Box<dyn Store>; 2] {
    let places = Places::new(folder.join("state"), folder.join("locks"));
    [Kind::PlainFile, Kind::EncryptedFile].map(|kind| {
        open(kind, &places, || {
            KeyMaterial::parse(&Secret::new("ab".repeat(32))).map(Some)
        })
    })
}

#[test]
fn a_text_comes_back_is_replaced_and_goes_away() {
    let folder = tempfile::tempdir().unwrap();
    for store in file_stores(folder.path()) {
        let entry = session();
        assert!(store.get(&entry).unwrap().is_none());
        let guard = store.lock(&entry, WAIT).unwrap();
        for text in ["first", "second \u{e9} \"quoted\"\n", ""] {
            store
                .put(&entry, &Secret::new(text.to_owned()), &guard)
                .unwrap();
            assert_eq!(store.get(&entry).unwrap().unwrap().expose(), text);
        }
        assert!(store.delete(&entry, &guard).unwrap());
        assert!(!store.delete(&entry, &guard).unwrap());
        assert!(store.get(&entry).unwrap().is_none());
    }
}
