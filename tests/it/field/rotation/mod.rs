//! What has arrived of a refresh is kept, however it is written and whatever happens next.

mod answers;
mod given;
mod kill;
mod leftovers;

use std::path::PathBuf;

use serde_json::json;

use crate::impostor::{Answer, Impostor, json_answer, sign_in, user_of};
use crate::world::World;

const JSON: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

fn signed_in(issuer: &Impostor) -> World {
    let world = user_of(issuer);
    sign_in_to(&world, issuer);
    world
}

fn sign_in_to(world: &World, issuer: &Impostor) {
    let output = sign_in(world, issuer, &[], |nonce| issuer.grant(nonce));
    assert_eq!(output.code, 0, "{output:#?}");
}

/// What `rt-2` is exchanged for.
fn next() -> Answer {
    let answer = json!({
        "access_token": "at-3",
        "token_type": "Bearer",
        "refresh_token": "rt-3",
    });
    json_answer(200, &answer.to_string())
}

/// The files that this machine keeps for the user's sessions and that have this extension.
fn files(world: &World, extension: &str) -> Vec<PathBuf> {
    let mut folders = vec![world.path("state")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|known| known == extension) {
                found.push(path);
            }
        }
    }
    found
}
