//! What only the answer to a login can match is in the store, and nowhere else.

use std::path::{Path, PathBuf};

use super::{answer_to, begin, device, finish, pending};
use crate::world::World;

/// All files below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn encrypted(mut world: World) -> World {
    world.encrypt();
    world
}

#[track_caller]
fn assert_in_no_file(world: &World, secrets: &[String]) {
    let mut found = Vec::new();
    files(&world.path(""), &mut found);
    assert!(found.len() > 3);
    for path in found {
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} is in {}", path.display());
        }
    }
}

/// The secrets of the only pending login.
fn secrets(world: &World, names: &[&str]) -> Vec<String> {
    let record = pending(world).unwrap();
    let method = record["logins"][0]["method"].clone();
    let fields = method.as_object().unwrap().values().next().unwrap();
    let text = |name: &&str| fields[*name].as_str().unwrap().to_owned();
    names.iter().map(text).collect()
}

#[test]
fn verifier_state_and_nonce_are_sealed_and_no_output_or_log_shows_the_verifier() {
    let world = encrypted(World::new());
    let begun = begin(&world, &[]);
    let all = secrets(&world, &["verifier", "state", "nonce"]);
    assert!(all.iter().all(|secret| secret.len() == 43));
    assert_in_no_file(&world, &all);
    let again = world.run(&["login", "--begin", "-vv"]).succeeds();
    let record = pending(&world).unwrap();
    let verifier = record["logins"][1]["method"]["code"]["verifier"].clone();
    let verifier = verifier.as_str().unwrap();
    assert!(!again.stdout.contains(verifier) && !again.stderr.contains(verifier));
    let answer = answer_to(&world, &begun);
    let output = finish(&world, &[&begun.id, "-vv"], &answer).succeeds();
    let (_, parameters) = answer.split_once("code=").unwrap();
    let code = parameters.split('&').next().unwrap();
    for secret in [all[0].as_str(), code] {
        assert!(!output.stdout.contains(secret) && !output.stderr.contains(secret));
    }
    assert_in_no_file(&world, &all);
}

#[test]
fn a_device_code_is_sealed_and_never_shown() {
    let world = encrypted(device::with(|_| {}));
    let begun = begin(&world, &["--device"]);
    let all = secrets(&world, &["device_code"]);
    assert!(!begun.json.to_string().contains(&all[0]));
    assert_in_no_file(&world, &all);
    world.fault("token:500*1");
    let output = finish(&world, &[&begun.id, "-vv"], "").succeeds();
    assert!(!output.stdout.contains(&all[0]) && !output.stderr.contains(&all[0]));
    assert_in_no_file(&world, &all);
}

#[test]
fn in_a_plain_store_the_record_is_as_private_as_a_session() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let all = secrets(&world, &["verifier"]);
    let mut found = Vec::new();
    files(&world.path("state"), &mut found);
    let has_it = |path: &PathBuf| std::fs::read_to_string(path).unwrap().contains(&all[0]);
    found.retain(has_it);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(crate::world::is_private(&found[0]));
    // Neither the id nor the command that finishes says anything about it.
    assert!(!begun.json["finish"].as_str().unwrap().contains(&all[0]));
}
