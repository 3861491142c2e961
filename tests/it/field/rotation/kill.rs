//! A process that is killed once the new refresh token has arrived.

use std::path::{Path, PathBuf};
use std::time::Duration;

use eprospera::folders;
use eprospera::store::{self, Entry, Identity, StoreConfig};

use super::{JSON, next, sign_in_to};
use crate::command_store::with_helper_of;
use crate::impostor::{Answer, Impostor, TOKEN, user_of};
use crate::world::{World, wait_until};

fn holds_a_session(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes.first().is_some_and(|first| *first != 0))
}

/// Where the user's rescue file is with this store.
fn rescue_file(world: &World, issuer: &Impostor) -> PathBuf {
    let mut places = StoreConfig::new(world.path("state"), world.path("keyring"));
    if let Some(own) = folders::of_user() {
        places.helper_dir = own.join("helpers");
    }
    let entry = Entry::Session(Identity {
        profile: "default".to_owned(),
        issuer: issuer.url.clone(),
        client_id: "it".to_owned(),
    });
    let store = store::open(&world.store, &places, || Ok(None));
    store.beside(&entry, "rescue")
}

#[test]
fn a_kill_right_after_the_refresh_token_has_arrived_costs_nothing_in_any_store() {
    for store in ["plain-file", "a raw key", "a passphrase", "a helper"] {
        let issuer = Impostor::new();
        let mut world = user_of(&issuer);
        match store {
            "a raw key" => world.encrypt(),
            "a passphrase" => world.encrypt_with("correct horse battery staple"),
            "a helper" => world = with_helper_of(world),
            _ => {}
        }
        let rescue = rescue_file(&world, &issuer);
        sign_in_to(&world, &issuer);
        // The rest of the answer never comes: nothing can be verified and nothing be stored.
        let head = format!("{JSON}Content-Length: 100000\r\n\r\n{{\"refresh_token\":\"rt-2\",");
        issuer.put(
            TOKEN,
            Answer::Endless(head, " ".to_owned(), Duration::from_millis(40)),
        );
        let killed = world.spawn(world.command(&["refresh"]));
        wait_until("the new token is in the rescue file", || {
            holds_a_session(&rescue)
        });
        drop(killed.kill());
        let bytes = std::fs::read(&rescue).unwrap();
        let shows = bytes.windows(4).any(|part| part == b"rt-2");
        assert!(!shows, "{store}: it is sealed");

        let status = world.run(&["status"]).succeeds().json();
        assert_eq!(
            status["session"]["refresh_outcome_unknown"], false,
            "{store}"
        );
        assert_eq!(status["session"]["awaits_rescue"], true, "{store}");
        issuer.put(TOKEN, next());
        let token = world.run(&["token"]).succeeds().says("back in its store");
        assert_eq!(token.stdout, "at-3\n", "{store}");
        let asked = issuer.asked(TOKEN);
        assert_eq!(asked.len(), 3, "{store}");
        assert!(asked[2].contains("refresh_token=rt-2"), "{store}");
        world.run(&["token"]).succeeds();
        assert!(!rescue.exists(), "{store}: the store has it");
    }
}
