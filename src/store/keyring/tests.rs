use crate::crypto::Unreadable;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};

use zeroize::Zeroizing;

use super::*;
use crate::store::Identity;
use crate::store::chunked::tests::Memory;

const WAIT: Duration = Duration::from_secs(20);

fn entry() -> Entry {
    Entry::Session(Identity {
        profile: String::from("default"),
        issuer: String::from("https://portal.example"),
        client_id: String::from("cli-1"),
    })
}

fn places(folder: &Path) -> StoreConfig {
    StoreConfig::new(folder.join("state"), folder.join("locks"))
}

fn text() -> Secret {
    Secret::new("x".repeat(9000))
}

#[test]
fn a_session_comes_back_whatever_the_entries_hold_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    for limit in [None, Some(2560)] {
        let backend = Arc::new(Memory::with_limit(limit));
        let store = Keyring::over(backend.clone(), &places(folder.path()));
        store.probe().unwrap();
        assert!(backend.entries().is_empty());

        let guard = store.lock(&entry(), WAIT).unwrap();
        assert!(store.get(&entry()).unwrap().is_none());
        store.put(&entry(), &text(), &guard).unwrap();
        let found = store.get(&entry()).unwrap().unwrap();
        assert!(found.equals(text().expose()));
        assert!(
            backend
                .entries()
                .contains_key("default@https://portal.example#cli-1")
        );
        assert!(store.set_aside(&entry(), &guard).unwrap().is_none());
        assert!(store.delete(&entry(), &guard).unwrap());
        assert!(!store.delete(&entry(), &guard).unwrap());
        assert!(backend.entries().is_empty());
    }
}

#[test]
fn its_lock_does_not_move_with_the_state_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut moved = places(folder.path());
    moved.state_dir = folder.path().join("elsewhere");
    let stores = [places(folder.path()), moved]
        .map(|places| Keyring::over(Arc::new(Memory::default()), &places));
    let guard = stores[0].lock(&entry(), WAIT).unwrap();
    let outcome = stores[1].lock(&entry(), Duration::ZERO);
    assert!(matches!(outcome, Err(Error::Busy { .. })));
    drop(guard);
    drop(stores[1].lock(&entry(), WAIT).unwrap());
    assert!(!folder.path().join("state").exists());
}

/// Two homes that see one keyring, as a Flatpak and its host can.
fn homes(folder: &Path) -> [Keyring; 2] {
    let backend = Arc::new(Memory::default());
    ["host", "sandbox"].map(|home| {
        let places = StoreConfig::new(folder.join(home), folder.join(home).join("locks"));
        Keyring::over(backend.clone(), &places)
    })
}

#[test]
fn a_session_that_was_stored_from_another_home_cannot_be_locked_here() {
    let folder = tempfile::tempdir().unwrap();
    let [host, sandbox] = homes(folder.path());
    // Nothing is stored yet.
    drop(sandbox.lock(&entry(), WAIT).unwrap());
    let guard = host.lock(&entry(), WAIT).unwrap();
    host.put(&entry(), &text(), &guard).unwrap();
    drop(guard);
    let refused = sandbox.lock(&entry(), WAIT);
    assert!(matches!(refused, Err(Error::LockedApart { .. })));
    // It can be read, and its own home goes on.
    assert!(sandbox.get(&entry()).unwrap().is_some());
    let guard = host.lock(&entry(), WAIT).unwrap();
    host.put(&entry(), &text(), &guard).unwrap();
    assert!(host.delete(&entry(), &guard).unwrap());
    drop(sandbox.lock(&entry(), WAIT).unwrap());
}

#[test]
fn a_refresh_in_flight_does_not_overwrite_the_login_of_another_home() {
    let folder = tempfile::tempdir().unwrap();
    let [host, sandbox] = homes(folder.path());
    let guard = host.lock(&entry(), WAIT).unwrap();
    host.put(&entry(), &text(), &guard).unwrap();
    drop(guard);
    // The refresh of this home has the lock and has read the session.
    let refreshing = host.lock(&entry(), WAIT).unwrap();
    host.get(&entry()).unwrap().unwrap();
    sandbox.take_over_lock(&entry()).unwrap();
    // Nothing else was stored yet: the entry gets the successor of the token that was spent.
    let refreshed = Secret::new("y".repeat(9000));
    host.put(&entry(), &refreshed, &refreshing).unwrap();
    let guard = sandbox.lock(&entry(), WAIT).unwrap();
    let found = sandbox.get(&entry()).unwrap().unwrap();
    assert!(found.equals(refreshed.expose()));

    let login = Secret::new("z".repeat(9000));
    sandbox.put(&entry(), &login, &guard).unwrap();
    let refused = host.put(&entry(), &refreshed, &refreshing);
    assert!(matches!(refused, Err(Error::LockedApart { .. })));
    let found = sandbox.get(&entry()).unwrap().unwrap();
    assert!(found.equals(login.expose()));
}

#[test]
fn a_person_who_signs_in_moves_the_lock_and_a_home_that_moves_takes_it_along() {
    let folder = tempfile::tempdir().unwrap();
    let [host, sandbox] = homes(folder.path());
    let guard = host.lock(&entry(), WAIT).unwrap();
    host.put(&entry(), &text(), &guard).unwrap();
    drop(guard);
    sandbox.take_over_lock(&entry()).unwrap();
    drop(sandbox.lock(&entry(), WAIT).unwrap());
    let refused = host.lock(&entry(), WAIT);
    assert!(matches!(refused, Err(Error::LockedApart { .. })));
    host.take_over_lock(&entry()).unwrap();

    std::fs::rename(folder.path().join("host"), folder.path().join("renamed")).unwrap();
    let moved = Keyring {
        backend: Arc::clone(&host.backend),
        lock_dir: Some(folder.path().join("renamed/locks")),
        state_dir: folder.path().join("renamed"),
        patience: Patience::default(),
        seen: Mutex::default(),
    };
    drop(moved.lock(&entry(), WAIT).unwrap());
}

#[test]
fn a_client_secret_is_every_homes() {
    let folder = tempfile::tempdir().unwrap();
    let secret = Entry::ClientSecret {
        issuer: String::from("https://portal.example"),
        client_id: String::from("cli-1"),
    };
    for home in homes(folder.path()) {
        let guard = home.lock(&secret, WAIT).unwrap();
        home.put(&secret, &text(), &guard).unwrap();
    }
}

#[test]
fn another_entrys_guard_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let backend = Arc::new(Memory::default());
    let store = Keyring::over(backend.clone(), &places(folder.path()));
    let other = Entry::ClientSecret {
        issuer: String::from("https://portal.example"),
        client_id: String::from("cli-1"),
    };
    let guard = store.lock(&other, WAIT).unwrap();
    let outcomes = [
        store.put(&entry(), &text(), &guard),
        store.delete(&entry(), &guard).map(drop),
        store.set_aside(&entry(), &guard).map(drop),
    ];
    for outcome in outcomes {
        assert!(matches!(
            outcome,
            Err(Error::File(private_file::Error::OtherLock))
        ));
    }
    assert!(backend.entries().is_empty());
}

#[test]
fn it_works_inside_an_async_runtime() {
    let folder = tempfile::tempdir().unwrap();
    let store = Keyring::over(Arc::new(Memory::default()), &places(folder.path()));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async { store.probe().unwrap() });
}

/// A keyring whose every change waits until it is let go.
struct Stuck {
    inner: Memory,
    let_go: Mutex<Receiver<()>>,
}

impl Stuck {
    fn new() -> (Arc<Self>, Sender<()>) {
        let (sender, receiver) = mpsc::channel();
        let stuck = Self {
            inner: Memory::default(),
            let_go: Mutex::new(receiver),
        };
        (Arc::new(stuck), sender)
    }
}

impl KeyValueBackend for Stuck {
    fn limit(&self) -> Option<usize> {
        None
    }

    fn set(&self, account: &str, bytes: &[u8]) -> Result<(), Error> {
        self.let_go.lock().unwrap().recv().unwrap();
        self.inner.set(account, bytes)
    }

    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        self.inner.get(account)
    }

    fn remove(&self, account: &str) -> Result<bool, Error> {
        self.inner.remove(account)
    }
}

#[test]
fn a_write_that_ran_out_of_time_keeps_the_lock_until_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let (backend, let_go) = Stuck::new();
    let mut places = places(folder.path());
    places.patience.deadline = Duration::from_millis(30);
    let store = Keyring::over(backend.clone(), &places);

    let guard = store.lock(&entry(), WAIT).unwrap();
    let outcome = store.put(&entry(), &text(), &guard);
    assert!(matches!(outcome, Err(Error::TimedOut { .. })));
    drop(guard);
    let outcome = store.lock(&entry(), Duration::ZERO);
    assert!(matches!(outcome, Err(Error::Busy { .. })));

    let_go.send(()).unwrap();
    drop(store.lock(&entry(), WAIT).unwrap());
    assert_eq!(backend.inner.entries().len(), 1);
}

/// A keyring that changes what it is given.
struct Forgetful(Memory);

impl KeyValueBackend for Forgetful {
    fn limit(&self) -> Option<usize> {
        None
    }

    fn set(&self, account: &str, bytes: &[u8]) -> Result<(), Error> {
        self.0.set(account, &bytes[..bytes.len() / 2])
    }

    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        self.0.get(account)
    }

    fn remove(&self, account: &str) -> Result<bool, Error> {
        self.0.remove(account)
    }
}

#[test]
fn a_probe_notices_a_keyring_that_keeps_half_and_cleans_up() {
    let folder = tempfile::tempdir().unwrap();
    let backend = Arc::new(Forgetful(Memory::default()));
    let store = Keyring::over(backend.clone(), &places(folder.path()));
    assert!(matches!(
        store.probe(),
        Err(Error::Unreadable(Unreadable::Corrupt { .. }))
    ));
    assert!(backend.0.entries().is_empty());
}
