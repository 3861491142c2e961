//! A user whom the system does not know, and who has no home: of containers, and of services. Needs root
//! and `setpriv` of util-linux.

use crate::run::Run;
use crate::world::World;

const USER: u32 = 54_323;

/// A world without folders; the program can be run by everybody.
fn homeless() -> World {
    let mut world = World::new();
    for name in ["CONFIG", "STATE", "CACHE"] {
        world.unset(&format!("EPROSPERA_{name}_DIR"));
        world.unset(&format!("XDG_{name}_HOME"));
    }
    world.unset("HOME");
    super::other_users::copied_program(&world);
    world
}

fn run(world: &World, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
    let program = world.path("eprospera").display().to_string();
    let (user, group) = (format!("--reuid={USER}"), format!("--regid={USER}"));
    let before = [&user, &group, "--clear-groups", "--", &program];
    let mut command = world.command_of("setpriv", &[&before[..], arguments].concat());
    command.envs(variables.iter().copied());
    world.finish(command)
}

#[test]
fn what_needs_no_folder_works_without_a_home() {
    let world = homeless();
    let token = World::signed_in()
        .run(&["token", "--type", "id"])
        .succeeds()
        .stdout;
    let given = [("EPROSPERA_TOKEN", "ak-sandbox-resident")];
    for arguments in [
        &["me", "natural-person"][..],
        &["api", "--dry-run", "/api/v1/me/natural-person"],
        &["status"],
    ] {
        run(&world, &given, arguments).succeeds();
    }
    for arguments in [
        &["decode-id-token", token.trim(), "--no-verify"][..],
        &["sandbox", "exec", "--", "true"],
        &["completions", "bash"],
        &["--help"],
        &["scopes"],
        &["profile", "list"],
        &["logout"],
    ] {
        run(&world, &[], arguments).succeeds();
    }
    let ended = run(&world, &[], &["logout", "--all"]).succeeds();
    assert_eq!(ended.json(), serde_json::json!([]));
}

#[test]
fn what_needs_a_folder_names_the_variable_that_gives_one() {
    let world = homeless();
    for arguments in [
        &["login", "--no-browser"][..],
        &["token"],
        &["profile", "set", "client_id", "x"],
    ] {
        let output = run(&world, &[], arguments).exits(2);
        drop(
            output
                .because("this user has no home folder")
                .hinting("EPROSPERA_STATE_DIR"),
        );
    }
}
