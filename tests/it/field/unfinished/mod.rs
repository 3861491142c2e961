//! A login with a given token that was cut off: what it has left is found, told, ended, and never
//! taken for something else.

mod another;
mod ended;
mod found;
mod kept;
/// Its helper is a script of a POSIX shell.
mod shared;

use std::fs::File;
use std::path::PathBuf;

use eprospera::session::Record;
use eprospera::store::{Entry, Identity};

use crate::endings::Ending;
use crate::run::{LONGEST, Run};
use crate::world::{World, wait_until};

const WITH_TOKEN: [&str; 2] = ["login", "--with-token"];

const KEY: &str = "2222222222222222222222222222222222222222222222222222222222222222";

/// A session that was refreshed with a given token, beside a session of another login.
fn cut_off() -> World {
    let mut world = World::signed_in();
    // Of exports.
    world.set("EPROSPERA_STORE_KEY", KEY);
    let given = world.refresh_token();
    std::fs::remove_dir_all(world.path("state")).unwrap();
    world.login().succeeds();
    drop(cut_off_with(&world, &given, Ending::Kill));
    world
}

/// Ends a login with a given token when its refresh is done.
fn cut_off_with(world: &World, given: &str, ending: Ending) -> Run {
    world.fault("userinfo:hang*1");
    let file = world.write("given", given);
    let mut command = world.command(&WITH_TOKEN);
    command.stdin(File::open(file).unwrap());
    let mut login = world.spawn(command);
    wait_until("the given token is refreshed", || {
        world.faults_left().is_empty()
    });
    login.send(ending);
    login.end()
}

fn incoming(world: &World) -> Entry {
    Entry::Incoming(Identity {
        profile: "default".to_owned(),
        issuer: world.url().to_owned(),
        client_id: "it".to_owned(),
    })
}

/// The session that waits.
fn waiting(world: &World) -> Option<Record> {
    let text = world.open_store().get(&incoming(world)).unwrap()?;
    Some(Record::parse(&text).unwrap())
}

/// Lets a session wait.
fn put_waiting(world: &World, record: &Record) {
    let (store, entry) = (world.open_store(), incoming(world));
    let guard = store.lock(&entry, LONGEST).unwrap();
    store.put(&entry, &record.to_text(), &guard).unwrap();
}

/// The file of that session, of the plain store.
fn waiting_file(world: &World) -> PathBuf {
    let records = std::fs::read_dir(world.path("state/sessions")).unwrap();
    let mut paths = records.map(|entry| entry.unwrap().path());
    let is_it = |path: &PathBuf| {
        path.extension().is_some_and(|kind| kind == "json")
            && std::fs::read_to_string(path).is_ok_and(|text| text.contains("incoming:"))
    };
    paths.find(is_it).expect("a session that waits")
}
