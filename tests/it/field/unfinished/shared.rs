//! A store that several machines share knows which given tokens were used.

use std::fs::File;

use serde_json::json;

use super::WITH_TOKEN;
use crate::command_store::with_helper_of;
use crate::impostor::{Impostor, TOKEN, USERINFO, json_answer, user_of};
use crate::run::Run;
use crate::world::World;

/// The same user on another machine: the helper is all that is shared.
fn elsewhere(world: &World, token: &str) -> Run {
    let mut command = world.command(&WITH_TOKEN);
    for name in ["STATE", "CACHE"] {
        let folder = world.path(&format!("elsewhere/{name}"));
        command.env(format!("EPROSPERA_{name}_DIR"), folder);
    }
    command.stdin(File::open(world.write("given", token)).unwrap());
    world.finish(command)
}

#[test]
fn a_given_token_is_known_on_every_machine_that_shares_the_store() {
    let issuer = Impostor::new();
    let world = with_helper_of(user_of(&issuer));
    let tokens = json!({ "access_token": "at-2", "token_type": "Bearer", "refresh_token": "rt-2" });
    issuer.put(TOKEN, json_answer(200, &tokens.to_string()));
    // The provider cannot say yet whose it is.
    issuer.put(USERINFO, json_answer(503, "{}"));
    let Run(first) = world.run_with_stdin(&WITH_TOKEN, "rt-1");
    assert_ne!(first.code, 0, "{first:#?}");
    issuer.behave();
    let output = elsewhere(&world, "rt-1").succeeds();
    assert_eq!(output.json()["account"]["name"], "Ada");
    let output = elsewhere(&world, "rt-1").exits(3);
    drop(output.because("has already been used"));
    // The machine that began it finds it complete.
    world.run_with_stdin(&WITH_TOKEN, "rt-1").succeeds();
    let output = world.run_with_stdin(&WITH_TOKEN, "rt-1").exits(3);
    drop(output.because("has already been used"));
    assert_eq!(issuer.asked(TOKEN).len(), 1);
}
