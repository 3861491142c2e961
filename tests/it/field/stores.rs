//! Where a session is kept: homes, locks, keyrings with more than one entry.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use eprospera::secret::Secret;
use eprospera::session::Record;
use eprospera::store::{self, Entry, Identity, StoreConfig, StoreKind};
use eprospera_sandbox::Client;
use serde_json::{Value, json};

use crate::run::LONGEST;
use crate::scripted_portal::ScriptedPortal;
use crate::sign_in::Login;
use crate::world::World;

/// A provider that knows no refresh token but the first, and stores another session behind the
/// client's back, as a process does that does not share its lock, before it refuses the second.
struct Overtaking {
    portal: ScriptedPortal,
    /// What to copy where when the second refresh token comes.
    newer: Arc<Mutex<Option<(PathBuf, PathBuf)>>>,
}

impl Overtaking {
    fn new() -> Self {
        let newer = Arc::<Mutex<Option<(PathBuf, PathBuf)>>>::default();
        let (at_hand, address) = (Arc::clone(&newer), Arc::<Mutex<String>>::default());
        let known = Arc::clone(&address);
        let portal = ScriptedPortal::new(move |path| {
            let url = known.lock().unwrap().clone();
            if path.starts_with("/.well-known/") {
                return (
                    200,
                    json!({
                        "issuer": url,
                        "authorization_endpoint": format!("{url}/authorize"),
                        "token_endpoint": format!("{url}/token"),
                        "jwks_uri": format!("{url}/jwks"),
                    })
                    .to_string(),
                );
            }
            if let Some((from, to)) = at_hand.lock().unwrap().take() {
                std::fs::copy(from, to).unwrap();
                return (400, json!({ "error": "invalid_grant" }).to_string());
            }
            let tokens = json!({
                "access_token": "at_first", "refresh_token": "rt_second",
                "token_type": "Bearer", "expires_in": 3600,
            });
            (200, tokens.to_string())
        });
        *address.lock().unwrap() = portal.url();
        Self { portal, newer }
    }

    /// A user whose session has been refreshed once.
    fn user(&self) -> World {
        let mut world = World::new();
        world.set("EPROSPERA_ISSUER", &self.portal.url());
        world.set("EPROSPERA_REFRESH_TOKEN", "rt_first");
        world.run(&["token"]).succeeds();
        world.unset("EPROSPERA_REFRESH_TOKEN");
        world
    }

    /// Makes the session that another process is about to store.
    fn prepare(&self, world: &World, change: impl FnOnce(&mut Record)) {
        let entry = Entry::Session(Identity {
            profile: "default".to_owned(),
            issuer: self.portal.url(),
            client_id: "it".to_owned(),
        });
        let open = |folder: PathBuf| {
            store::open(
                &StoreKind::PlainFile,
                &StoreConfig::new(folder, world.path("locks")),
                || Ok(None),
            )
        };
        let (here, elsewhere) = (open(world.path("state")), open(world.path("elsewhere")));
        let mut record = Record::parse(&here.get(&entry).unwrap().unwrap()).unwrap();
        record.generation = 9;
        record.refresh.as_mut().unwrap().token = Secret::new("rt_newer".to_owned());
        record.access.as_mut().unwrap().token = Secret::new("at_newer".to_owned());
        change(&mut record);
        let guard = elsewhere.lock(&entry, LONGEST).unwrap();
        elsewhere.put(&entry, &record.to_text(), &guard).unwrap();
        let [from, to] = [&elsewhere, &here].map(|store| PathBuf::from(store.location(&entry)));
        *self.newer.lock().unwrap() = Some((from, to));
    }
}

#[test]
fn a_refused_refresh_uses_the_session_that_another_process_stored_meanwhile() {
    let provider = Overtaking::new();
    let world = provider.user();
    provider.prepare(&world, |_| {});
    let output = world.run(&["refresh", "--json"]).succeeds();
    assert!(!output.stdout.contains("at_newer"));
    assert_eq!(world.run(&["token"]).succeeds().stdout.trim(), "at_newer");
}

#[test]
fn a_refused_refresh_erases_no_session_that_another_process_stored_meanwhile() {
    let provider = Overtaking::new();
    let world = provider.user();
    provider.prepare(&world, |record| {
        let access = record.access.as_mut().unwrap();
        access.issued_at -= 7200;
        access.expires_at -= 7200;
    });
    // Its refresh token is good, and nothing says that it was ever sent: so it is.
    world.run(&["refresh"]).succeeds();
    assert_eq!(world.run(&["token"]).succeeds().stdout.trim(), "at_first");
}

/// Three clients of one profile, each of which can come back to any of three ports.
const CLIENTS: [&str; 3] = ["c0", "c1", "c2"];

fn with_clients() -> World {
    World::with(|options| {
        let known = options.clients[0].clone();
        options.clients.extend(CLIENTS.map(|id| Client {
            id: id.to_owned(),
            ..known.clone()
        }));
    })
}

/// Signs in with all clients at the same time.
fn sign_in_with_all(world: &World) {
    let logins = CLIENTS.map(|id| world.start_login(&["--client-id", id]));
    let pages = logins.each_ref().map(Login::visit_in_background);
    for login in logins {
        login.end().succeeds();
    }
    for page in pages {
        drop(world.block_on(page).unwrap());
    }
}

#[test]
fn logins_of_one_profile_at_the_same_time_are_all_remembered() {
    let world = with_clients();
    sign_in_with_all(&world);
    let text = std::fs::read(world.path("state/logins/default.json")).unwrap();
    let last: Value = serde_json::from_slice(&text).unwrap();
    let mut clients: Vec<_> = last["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|session| session["client_id"].as_str().unwrap())
        .collect();
    clients.sort_unstable();
    assert_eq!(clients, CLIENTS);
}

#[test]
fn the_probe_that_a_killed_login_left_goes_with_the_next_command_that_writes() {
    let world = World::signed_in();
    let left = [
        "probe-0a1b2c.json",
        "probe-0a1b2c.sealed",
        ".probe-0a1b2c.json.Xy12.tmp",
    ];
    for command in ["login", "refresh", "logout"] {
        for name in left {
            world.write(&format!("state/sessions/{name}"), "left");
        }
        match command {
            "login" => world.login().succeeds(),
            command => world.run(&[command]).succeeds(),
        };
        for name in left {
            let path = world.path("state/sessions").join(name);
            assert!(!path.exists(), "{command} leaves {}", path.display());
        }
    }
}

#[test]
fn logout_from_all_finds_sessions_that_no_login_is_remembered_for() {
    for is_encrypted in [false, true] {
        let mut world = with_clients();
        if is_encrypted {
            world.encrypt();
        }
        for id in CLIENTS {
            world.login_with(&["--client-id", id]).succeeds();
        }
        std::fs::remove_dir_all(world.path("state/logins")).unwrap();
        let output = world.run(&["logout", "--all"]).succeeds();
        let outcomes = output.json();
        assert_eq!(outcomes.as_array().unwrap().len(), CLIENTS.len());
        for outcome in outcomes.as_array().unwrap() {
            let facts = (&outcome["deleted"], &outcome["revoked"]);
            assert_eq!(facts, (&true.into(), &true.into()), "{output:#?}");
        }
        assert_eq!(world.events("revoke").len(), 2 * CLIENTS.len());
        for id in CLIENTS {
            world.run(&["--client-id", id, "token"]).exits(3);
        }
    }
}

/// The folders that this user's runs use for the time that they take.
#[cfg(unix)]
fn scratch_folders(world: &World) -> std::collections::BTreeSet<std::ffi::OsString> {
    let folder = std::fs::read_dir(world.path("tmp")).unwrap();
    folder.map(|entry| entry.unwrap().file_name()).collect()
}

/// A login has one for the socket behind its listener, which Windows does without.
#[test]
#[cfg(unix)]
fn the_temporary_folder_of_a_killed_run_goes_with_the_next_and_no_living_one_does() {
    use crate::world::wait_until;

    let mut world = World::new();
    let folder = world.path("tmp");
    std::fs::create_dir(&folder).unwrap();
    world.set("TMPDIR", &folder.display().to_string());
    let mut killed = world.start_login(&[]);
    assert!(killed.is_asking(), "{}", killed.process.seen);
    // The folder may come after the address.
    wait_until("a folder is made", || !scratch_folders(&world).is_empty());
    world.block_on(killed.process.child.kill()).unwrap();
    let left = scratch_folders(&world);
    assert_eq!(left.len(), 1, "the killed login leaves its folder");
    let living = world.start_login(&[]);
    wait_until("the next one has removed it and has its own", || {
        let now = scratch_folders(&world);
        now.len() == 1 && now != left
    });
    let own = scratch_folders(&world);
    world.login().succeeds();
    assert_eq!(
        scratch_folders(&world),
        own,
        "the living one still has its own"
    );
    living.complete().succeeds();
    assert!(scratch_folders(&world).is_empty());
}
