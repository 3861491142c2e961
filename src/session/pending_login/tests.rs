//! Pending logins over a real store: which there are, who gets one, and what is left of it.

use tempfile::TempDir;

use super::*;
use crate::oauth::SuspendedDevice;
use crate::secret::Secret;
use crate::store::{Identity, StoreConfig, StoreKind, open};

const NOW: Seconds = 1_000_000;

struct Bench {
    folder: TempDir,
    runtime: tokio::runtime::Runtime,
}

impl Bench {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            runtime: tokio::runtime::Runtime::new().unwrap(),
        }
    }

    fn logins(&self, client_id: &str, now: Seconds) -> PendingLogins {
        let places = StoreConfig::new(self.folder.path().into(), self.folder.path().join("user"));
        let store = open(&StoreKind::PlainFile, &places, || Ok(None));
        let identity = Identity {
            profile: "default".to_owned(),
            issuer: "https://portal.example".to_owned(),
            client_id: client_id.to_owned(),
        };
        let provider = crate::provider::ALL[0];
        SessionStore::new(store.into(), identity, provider, Clock::Fixed(now)).pending_logins()
    }

    fn add(&self, id: &str, expires_at: Seconds) {
        let logins = self.logins("c", NOW);
        self.runtime
            .block_on(logins.add(login(id, expires_at)))
            .unwrap();
    }

    fn take(&self, id: &str, now: Seconds) -> bool {
        let logins = self.logins("c", now);
        let taken = self.runtime.block_on(logins.take(id, EndingCause::Used));
        taken.unwrap().is_some()
    }
}

fn login(id: &str, expires_at: Seconds) -> PendingLogin {
    PendingLogin {
        id: id.to_owned(),
        provider: crate::provider::ALL[0].name.to_owned(),
        begun_at: NOW,
        expires_at,
        scopes: "openid".to_owned(),
        max_age: None,
        replace: false,
        method: PendingMethod::from(SuspendedDevice {
            code: Secret::new(format!("dc_{id}_canary")),
            user_code: "ABCD-1234".to_owned(),
            verification_uri: "https://portal.example/device".to_owned(),
            interval: 5,
        }),
    }
}

fn ids(logins: &[PendingLogin]) -> Vec<&str> {
    logins.iter().map(|login| login.id.as_str()).collect()
}

#[test]
fn a_login_is_taken_once_and_its_end_is_remembered() {
    let bench = Bench::new();
    bench.add("one", NOW + 60);
    assert!(bench.take("one", NOW));
    assert!(!bench.take("one", NOW));
    let found = bench.logins("c", NOW).find(Some("one")).unwrap();
    assert!(matches!(
        found,
        Lookup::Ended(EndedLogin {
            cause: EndingCause::Used,
            ..
        })
    ));
    // Nothing of it is left in the store.
    let logins = bench.logins("c", NOW);
    assert!(logins.store.get(&logins.entry).unwrap().is_none());
}

#[test]
fn a_login_that_was_put_back_is_taken_again() {
    let bench = Bench::new();
    bench.add("one", NOW + 60);
    let logins = bench.logins("c", NOW);
    let taken = bench
        .runtime
        .block_on(logins.take("one", EndingCause::Used));
    let back = logins.put_back(taken.unwrap().unwrap());
    bench.runtime.block_on(back).unwrap();
    assert!(bench.take("one", NOW));
}

#[test]
fn one_that_has_expired_is_no_longer_there_and_is_explained_before_and_after_it_is_swept() {
    let bench = Bench::new();
    bench.add("old", NOW + 60);
    bench.add("new", NOW + 600);
    let later = bench.logins("c", NOW + 60);
    assert_eq!(ids(&later.list().unwrap()), ["new"]);
    for _ in 0..2 {
        let found = bench.logins("c", NOW + 60).find(Some("old")).unwrap();
        let Lookup::Ended(ended) = found else {
            panic!("{found:?}");
        };
        assert_eq!((ended.cause, ended.at), (EndingCause::Expired, NOW + 60));
        assert!(!bench.take("old", NOW + 60));
        bench
            .runtime
            .block_on(later.add(login("third", NOW + 600)))
            .unwrap();
    }
    let text = later.store.get(&later.entry).unwrap().unwrap();
    assert!(!text.expose().contains("dc_old_canary"));
}

#[test]
fn without_an_id_only_a_single_login_is_meant() {
    let bench = Bench::new();
    let find = || bench.logins("c", NOW).find(None).unwrap();
    assert!(matches!(find(), Lookup::Nothing(None)));
    bench.add("one", NOW + 60);
    assert!(matches!(find(), Lookup::Found(login) if login.id == "one"));
    bench.add("two", NOW + 60);
    assert!(matches!(find(), Lookup::Several(logins) if ids(&logins) == ["one", "two"]));
    let unknown = bench.logins("c", NOW).find(Some("three")).unwrap();
    assert!(matches!(unknown, Lookup::Unknown(logins) if logins.len() == 2));
}

#[test]
fn another_client_sees_none_of_them() {
    let bench = Bench::new();
    bench.add("one", NOW + 60);
    let other = bench.logins("other", NOW);
    assert!(
        matches!(other.find(Some("one")).unwrap(), Lookup::Unknown(logins) if logins.is_empty())
    );
}

#[test]
fn the_oldest_makes_room_for_one_more_than_there_may_be() {
    let bench = Bench::new();
    let names: Vec<_> = (0..=MOST_PENDING)
        .map(|number| format!("l{number}"))
        .collect();
    for name in &names {
        bench.add(name, NOW + 60);
    }
    let logins = bench.logins("c", NOW);
    assert_eq!(ids(&logins.list().unwrap()), names[1..]);
    let found = logins.find(Some("l0")).unwrap();
    assert!(matches!(
        found,
        Lookup::Ended(EndedLogin {
            cause: EndingCause::Displaced,
            ..
        })
    ));
}

#[test]
fn nothing_is_left_after_all_were_erased() {
    let bench = Bench::new();
    bench.add("one", NOW + 60);
    bench.add("two", NOW + 60);
    assert!(bench.take("one", NOW));
    let logins = bench.logins("c", NOW);
    assert!(logins.erase(LOCK_TIMEOUT).unwrap());
    assert!(!logins.ended_file().exists());
    assert!(!logins.erase(LOCK_TIMEOUT).unwrap());
    assert!(matches!(logins.find(None).unwrap(), Lookup::Nothing(None)));
}

/// What one version has written, the next one must read.
#[test]
fn the_record_is_written_byte_for_byte_as_it_always_was() {
    let written = concat!(
        r#"{"format":"eprospera-pending-logins","version":1,"logins":[{"id":"a1","provider":"eprospera","#,
        r#""begun_at":1,"expires_at":2,"scopes":"openid","max_age":60,"replace":true,"method":{"code":{"#,
        r#""endpoint":"https://p.example/a","redirect_uri":"http://127.0.0.1:1/cb","response_mode":"query","#,
        r#""state":"s","nonce":"n","verifier":"v_canary"}}},{"id":"b2","provider":"prosper","begun_at":1,"#,
        r#""expires_at":2,"scopes":"","max_age":null,"replace":false,"method":{"device":{"#,
        r#""device_code":"dc_canary","user_code":"A-1","verification_uri":"https://p.example/d","interval":5}}}]}"#
    );
    let record = PendingRecord::parse(&Secret::unregistered(written.to_owned())).unwrap();
    assert_eq!(record.to_text().expose(), written);
    assert!(!format!("{:?}", record.logins).contains("canary"));
    for damaged in [
        "{}",
        &written[..90],
        &written.replace("\"version\":1", "\"version\":2"),
    ] {
        assert!(PendingRecord::parse(&Secret::unregistered(damaged.to_owned())).is_err());
    }
}
