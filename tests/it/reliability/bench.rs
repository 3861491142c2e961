//! A signed-in user with one of the stores, seen from outside only.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use eprospera::store::StoreKind;
use eprospera_sandbox::Options;

use crate::command_store::with_helper_of;
use crate::real_parts::{Cli, Policy, SecretService};
use crate::run::Output;
use crate::world::{World, wait_until};

/// A store, and what its key is made of where that makes a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TestedStore {
    PlainFile,
    EncryptedFile,
    /// The same with a passphrase, which each run stretches.
    Passphrase,
    Keyring,
    /// A helper program behind `command:`.
    Command,
}

impl TestedStore {
    pub(super) const ALL: [Self; 5] = [
        Self::PlainFile,
        Self::EncryptedFile,
        Self::Passphrase,
        Self::Command,
        Self::Keyring,
    ];

    /// How it is called in a table.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::PlainFile => "plain-file",
            Self::EncryptedFile => "encrypted-file",
            Self::Passphrase => "encrypted-file, passphrase",
            Self::Keyring => "keyring",
            Self::Command => "command",
        }
    }
}

impl From<&StoreKind> for TestedStore {
    fn from(kind: &StoreKind) -> Self {
        match kind {
            StoreKind::PlainFile => Self::PlainFile,
            StoreKind::EncryptedFile => Self::EncryptedFile,
            StoreKind::Keyring => Self::Keyring,
            StoreKind::Command(_) => Self::Command,
        }
    }
}

/// How long an access token lives where the store cannot be changed from outside.
const SHORT_LIFE: Duration = Duration::from_secs(12);
/// For so many seconds it has to be valid where commands are to see that it is, however busy the machine.
const SURELY_VALID: i64 = 6;

/// What `status` says about the stored session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) generation: u64,
    pub(super) unknown: bool,
    /// Seconds for which the access token is valid; 0 when it is not.
    pub(super) remaining: i64,
}

impl Facts {
    /// Whether the access token is still valid when the next two commands have ended.
    pub(super) const fn stays_valid(self) -> bool {
        self.remaining > SURELY_VALID
    }
}

/// A user of one store.
pub(super) struct Bench {
    pub(super) store: TestedStore,
    pub(super) world: World,
    pub(super) keyring: Option<(SecretService, Cli)>,
    /// Who owned a keyring that is no more.
    pub(super) cli_of_a_killed_keyring: Option<Cli>,
}

impl Bench {
    /// A user who has not signed in yet.
    pub(super) fn empty(store: impl Into<TestedStore>) -> Self {
        Self::with(store.into(), |_| {})
    }

    /// A user who has signed in.
    pub(super) fn signed_in(store: impl Into<TestedStore>) -> Self {
        let bench = Self::empty(store);
        bench.world.login().succeeds();
        bench
    }

    /// The same; tokens that are kept in a keyring live for seconds, so that they can expire.
    pub(super) fn short_lived(store: impl Into<TestedStore>) -> Self {
        let store = store.into();
        let bench = Self::with(store, |options| {
            if store == TestedStore::Keyring {
                options.access_ttl = SHORT_LIFE;
            }
        });
        bench.world.login().succeeds();
        bench
    }

    fn with(store: TestedStore, change: impl FnOnce(&mut Options)) -> Self {
        let mut world = World::with(change);
        let mut keyring = None;
        match store {
            TestedStore::PlainFile => {}
            TestedStore::EncryptedFile => world.encrypt(),
            TestedStore::Passphrase => world.encrypt_with("three plain words"),
            TestedStore::Command => world = with_helper_of(world),
            TestedStore::Keyring => {
                world.store = StoreKind::Keyring;
                world.set("EPROSPERA_STORE", "keyring");
                keyring = Some(unlocked_keyring(&mut world, Cli::new()));
            }
        }
        Self {
            store,
            world,
            keyring,
            cli_of_a_killed_keyring: None,
        }
    }

    /// What `status` says; `None` when nobody is signed in.
    pub(super) fn facts(&self) -> Option<Facts> {
        let output = self.world.run(&["status"]).0;
        if output.code == 3 {
            return None;
        }
        assert_eq!(output.code, 0, "{output:#?}");
        let session = &output.json()["session"];
        Some(Facts {
            generation: session["generation"].as_u64().unwrap(),
            unknown: session["refresh_outcome_unknown"].as_bool().unwrap(),
            remaining: session["access_token"]["expires_in"]
                .as_i64()
                .unwrap_or(0)
                .max(0),
        })
    }

    /// Lets the access token expire.
    pub(super) fn expire(&self) {
        if self.keyring.is_none() {
            self.world.change_record(|record| {
                // A rotation that could not be verified leaves none.
                if let Some(access) = record.access.as_mut() {
                    access.issued_at -= 2 * 3600;
                    access.expires_at -= 2 * 3600;
                }
            });
        } else {
            wait_until("the access token expires", || {
                self.facts().is_some_and(|facts| facts.remaining == 0)
            });
        }
    }

    /// The same where a further refresh does no harm: it yields a token of a second, so that no more
    /// than that has to pass.
    pub(super) fn refresh_and_expire(&self) {
        if self.keyring.is_some() {
            self.world.fault("token:expires-in=1*1");
            self.world.run(&["refresh"]).succeeds();
        }
        self.expire();
    }

    /// The file that the session is stored in.
    pub(super) fn session_file(&self) -> PathBuf {
        let folder = std::fs::read_dir(self.world.path("state/sessions")).unwrap();
        let mut files = folder.map(|entry| entry.unwrap().path()).filter(|path| {
            let extension = path.extension().unwrap_or_default();
            extension == "json" || extension == "sealed"
        });
        files.next().expect("a stored session")
    }

    /// How many refreshes the provider has granted, each of them a rotation.
    pub(super) fn rotations(&self) -> usize {
        let events = self.world.events("token");
        let granted = |event: &&eprospera_sandbox::Event| {
            event.grant_type == Some("refresh_token") && event.status == Some(200)
        };
        events.iter().filter(granted).count()
    }

    /// How many families the provider has revoked because an old token came again.
    pub(super) fn families_revoked(&self) -> usize {
        let events = self.world.events("token");
        let revoked = |event: &&eprospera_sandbox::Event| event.outcome.contains("revoked");
        events.iter().filter(revoked).count()
    }
}

/// Starts a keyring for the user, or starts it again over the same secrets.
pub(super) fn unlocked_keyring(world: &mut World, cli: Cli) -> (SecretService, Cli) {
    let (service, cli) = SecretService::unlocked(cli, Policy::Open);
    world.set("DBUS_SESSION_BUS_ADDRESS", service.address());
    (service, cli)
}

/// Whether a run ended in a way that an honest program may end in, without a panic.
pub(super) fn is_orderly(output: &Output) -> bool {
    !output.stderr.contains("panicked") && output.code != 101 && output.code < 132
}

/// A duration for a table.
pub(super) fn seconds(since: Instant) -> String {
    format!("{:.1} s", since.elapsed().as_secs_f64())
}

/// How a store is called.
pub(super) fn name(store: impl Into<TestedStore>) -> &'static str {
    store.into().name()
}
