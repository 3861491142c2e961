use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

const ACCOUNT: &str = "default@https://portal.example#cli-1";
const PLACE: &str = "session.sealed";

fn sealer(key: &'static str) -> Sealer {
    Sealer::new(move || KeyMaterial::parse(&Secret::new(key.to_owned())).map(Some))
}

const RAW: &str = "abababababababababababababababababababababababababababababababab";
const OTHER_RAW: &str = "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd";

fn text() -> Secret {
    Secret::new(String::from(r#"{"refresh_token":"rt_canary"}"#))
}

#[test]
fn a_raw_key_and_a_passphrase_open_what_they_sealed_also_in_another_run() {
    for key in [RAW, "correct horse"] {
        let bytes = sealer(key).seal(ACCOUNT, &text()).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("rt_canary"));
        let opened = sealer(key).open(PLACE, ACCOUNT, &bytes).unwrap();
        assert_eq!(opened.expose(), text().expose());
    }
}

#[test]
fn two_sealings_of_one_text_have_nothing_secret_in_common() {
    let sealer = sealer(RAW);
    let parse = |bytes: &[u8]| serde_json::from_slice::<SealedText>(bytes).unwrap();
    let first = parse(&sealer.seal(ACCOUNT, &text()).unwrap());
    let second = parse(&sealer.seal(ACCOUNT, &text()).unwrap());
    assert_ne!(first.nonce, second.nonce);
    assert_ne!(first.sealed, second.sealed);
}

#[test]
fn no_bit_can_be_flipped() {
    let sealer = sealer(RAW);
    let bytes = sealer.seal(ACCOUNT, &text()).unwrap();
    for index in 0..bytes.len() {
        for bit in 0..8 {
            let mut altered = bytes.clone();
            altered[index] ^= 1 << bit;
            assert!(
                sealer.open(PLACE, ACCOUNT, &altered).is_err(),
                "bit {bit} of byte {index}"
            );
        }
    }
}

#[test]
fn a_passphrase_file_with_an_altered_header_is_not_opened() {
    let sealer = sealer("correct horse");
    let bytes = sealer.seal(ACCOUNT, &text()).unwrap();
    let alter = |from: &str, to: &str| {
        let altered = String::from_utf8(bytes.clone()).unwrap().replace(from, to);
        assert_ne!(altered.as_bytes(), bytes);
        sealer.open(PLACE, ACCOUNT, altered.as_bytes()).unwrap_err()
    };
    for (from, to) in [
        ("19456", "19457"),
        ("\"passes\":2", "\"passes\":3"),
        ("\"lanes\":1", "\"lanes\":4000000000"),
        ("\"salt\":\"", "\"salt\":\"AA"),
        ("\"sealed\":\"", "\"sealed\":\"AAAA"),
        ("\"nonce\":\"", "\"nonce\":\"AAAA"),
    ] {
        let error = alter(from, to);
        assert!(
            matches!(error, Error::Unreadable(Unreadable::Corrupt { .. })),
            "{from}: {error}"
        );
    }
}

#[test]
fn another_key_and_the_other_kind_of_key_are_told_apart() {
    let by_raw = sealer(RAW).seal(ACCOUNT, &text()).unwrap();
    let by_passphrase = sealer("correct horse").seal(ACCOUNT, &text()).unwrap();
    let open = |key, bytes: &[u8]| sealer(key).open(PLACE, ACCOUNT, bytes).unwrap_err();
    assert!(matches!(open(OTHER_RAW, &by_raw), Error::WrongKey { .. }));
    assert!(matches!(
        open("wrong horse", &by_passphrase),
        Error::WrongKey { .. }
    ));
    assert_eq!(
        open("correct horse", &by_raw).to_string(),
        "session.sealed was encrypted with a raw key, but you gave a passphrase"
    );
    assert_eq!(
        open(RAW, &by_passphrase).to_string(),
        "session.sealed was encrypted with a passphrase, but you gave a raw key"
    );
}

#[test]
fn a_file_of_another_account_or_a_later_version_is_refused_before_the_key_is_asked_for() {
    let bytes = sealer(RAW).seal(ACCOUNT, &text()).unwrap();
    let no_key = Sealer::new(|| -> Result<Option<KeyMaterial>, Error> {
        panic!("the key was asked for");
    });
    let error = no_key.open(PLACE, "other@x#y", &bytes).unwrap_err();
    assert!(
        matches!(error, Error::Unreadable(Unreadable::NotOurs { found, .. }) if found == ACCOUNT)
    );
    let newer = String::from_utf8(bytes)
        .unwrap()
        .replace("\"version\":1", "\"version\":2");
    let error = no_key.open(PLACE, ACCOUNT, newer.as_bytes()).unwrap_err();
    assert!(matches!(
        error,
        Error::Unreadable(Unreadable::Newer { version: 2, .. })
    ));
}

#[test]
fn a_file_that_was_relabelled_for_another_account_is_damaged() {
    for key in [RAW, "correct horse"] {
        let sealer = sealer(key);
        let bytes = sealer.seal(ACCOUNT, &text()).unwrap();
        let other = ACCOUNT.replace("default", "another");
        let relabelled = String::from_utf8(bytes).unwrap().replace(ACCOUNT, &other);
        let error = sealer
            .open(PLACE, &other, relabelled.as_bytes())
            .unwrap_err();
        assert!(
            matches!(error, Error::Unreadable(Unreadable::Corrupt { .. })),
            "{error}"
        );
    }
}

#[test]
fn without_a_key_nothing_is_sealed_or_opened() {
    let bytes = sealer(RAW).seal(ACCOUNT, &text()).unwrap();
    let no_key = Sealer::new(|| Ok(None));
    assert!(matches!(
        no_key.seal(ACCOUNT, &text()),
        Err(Error::KeyMissing)
    ));
    assert!(matches!(
        no_key.open(PLACE, ACCOUNT, &bytes),
        Err(Error::KeyMissing)
    ));
}

#[test]
fn the_key_is_asked_for_once_and_the_passphrase_stretched_once() {
    let asked = Arc::new(AtomicUsize::new(0));
    let sealer = {
        let asked = Arc::clone(&asked);
        Sealer::new(move || {
            asked.fetch_add(1, Ordering::SeqCst);
            Ok(Some(KeyMaterial::Passphrase(Secret::new(String::from(
                "correct horse",
            )))))
        })
    };
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    for _ in 0..3 {
        let bytes = sealer.seal(ACCOUNT, &text()).unwrap();
        sealer.open(PLACE, ACCOUNT, &bytes).unwrap();
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert_eq!(sealer.known().unwrap().stretched.len(), 1);
}

#[test]
fn a_key_that_cannot_be_read_says_why() {
    let sealer = Sealer::new(|| Err(Error::KeySource("no such file".into())));
    let error = sealer.seal(ACCOUNT, &text()).unwrap_err();
    assert!(error.to_string().ends_with("no such file"));
}

/// What earlier builds have sealed must stay readable.
#[test]
fn a_text_that_an_earlier_build_sealed_is_opened() {
    let sealed = concat!(
        r#"{"format":"eprospera-sealed","version":1,"#,
        r#""account":"client-secret:https://portal.eprospera.com#app1","kdf":{"name":"none"},"#,
        r#""key_check":"1e0a23c4b6286fce","nonce":"T4SBq4muN2RYnONZOaVHUCLUCMh/mWXP","#,
        r#""sealed":"HyJW9KSEGoaI8Ws69m2DLGlzDz1E4H65Nq+R2rmQtlhuOeHT"}"#
    );
    let account = "client-secret:https://portal.eprospera.com#app1";
    let opened = sealer(RAW).open(PLACE, account, sealed.as_bytes()).unwrap();
    assert_eq!(opened.expose(), "cs_canary_0123456789");
}
