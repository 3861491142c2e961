//! Other users of the machine: root with the home of a user, as `sudo -E` leaves it, and a user
//! with files of others. Needs root and `setpriv` of util-linux.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, lchown, symlink};
use std::path::{Path, PathBuf};

use tokio::process::Command;

use crate::run::Run;
use crate::world::World;

pub(super) const USER: u32 = 54_321;
const STRANGER: u32 = 54_322;

pub(super) fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

pub(super) fn give(path: &Path, user: u32) {
    chown(path, Some(user), Some(user)).unwrap();
}

/// A world whose folders depend on a home that is a user's.
fn with_the_home_of_a_user() -> (World, PathBuf) {
    let mut world = World::new();
    let home = world.path("home");
    std::fs::create_dir(&home).unwrap();
    give(&home, USER);
    world.set("HOME", &home.display().to_string());
    for name in ["CONFIG", "STATE", "CACHE"] {
        world.unset(&format!("EPROSPERA_{name}_DIR"));
        world.unset(&format!("XDG_{name}_HOME"));
    }
    (world, home)
}

/// The program, for users who cannot enter the folder in which it was built. `cp` copies it: what a process has open for
/// writing, even one that a test beside this one has just started, cannot be run.
pub(super) fn copied_program(world: &World) -> PathBuf {
    let program = world.path("eprospera");
    let words = [crate::world::program(), &program.display().to_string()];
    world.finish(world.command_of("cp", &words)).succeeds();
    set_mode(&program, 0o755);
    set_mode(&world.path(""), 0o755);
    program
}

/// The program as a user without rights, with a line of a shell before it.
pub(super) fn as_user(world: &World, before: &str, arguments: &str) -> Command {
    let mut program = world.path("eprospera");
    if !program.exists() {
        program = copied_program(world);
    }
    let user = format!("--reuid={USER}");
    let group = format!("--regid={USER}");
    let line = format!("{before} exec '{}' {arguments}", program.display());
    let rest = ["--clear-groups", "--", "bash", "-c", &line];
    world.command_of("setpriv", &[&[user.as_str(), &group][..], &rest].concat())
}

fn run_as_user(world: &World, before: &str, arguments: &str) -> Run {
    world.finish(as_user(world, before, arguments))
}

#[test]
fn root_starts_no_program_that_the_configuration_of_a_user_names() {
    let mut world = World::new();
    world.unset("EPROSPERA_STORE");
    let trace = world.path("started");
    let helper = world.script("helper", &format!("touch '{}'", trace.display()));
    let file = world.write(
        "config/config.toml",
        &format!("[profiles.default]\nstore = \"command:{helper}\"\n"),
    );
    let refused = || {
        world
            .run(&["token"])
            .exits(2)
            .because(&format!("belongs to user {USER}, not to user 0"))
            .hinting("`sudo -H`")
            .hinting("EPROSPERA_CONFIG_DIR");
    };
    for path in [&file, &world.path("config"), &world.path("")] {
        give(path, USER);
        refused();
        give(path, 0);
    }
    // A link of a user to a file of root's is the user's choice of the file.
    std::fs::rename(&file, world.path("other.toml")).unwrap();
    symlink(world.path("other.toml"), &file).unwrap();
    lchown(&file, Some(USER), Some(USER)).unwrap();
    refused();
    assert!(!trace.exists());
}

#[test]
fn root_leaves_nothing_in_the_home_of_a_user() {
    let (mut world, home) = with_the_home_of_a_user();
    for command in [
        &["login", "--no-browser"][..],
        &["profile", "set", "client_id", "x"],
        &["profile", "set", "client-secret"],
        &["profile", "use", "sandbox"],
        &["status"],
        &["logout"],
    ] {
        let run = world.run_with_stdin(command, "secret");
        assert_ne!(run.0.code, 101, "{run:?}");
        assert_eq!(std::fs::read_dir(&home).unwrap().count(), 0, "{command:?}");
    }
    world
        .run(&["login", "--no-browser"])
        .exits(2)
        .because(&format!("{} belongs to user {USER}", home.display()))
        .hinting("`sudo -H`")
        .hinting("EPROSPERA_STATE_DIR");
    // What an earlier program left for root there is no better place.
    std::fs::create_dir_all(home.join(".local/state")).unwrap();
    drop(world.run(&["login", "--no-browser"]).exits(2));
    assert_eq!(
        std::fs::read_dir(home.join(".local/state"))
            .unwrap()
            .count(),
        0
    );
    for name in ["CONFIG", "STATE", "CACHE"] {
        let folder = world.path(&format!("own/{name}"));
        world.set(
            &format!("EPROSPERA_{name}_DIR"),
            &folder.display().to_string(),
        );
    }
    world.login().succeeds();
    drop(world.run(&["whoami"]).succeeds());
}

#[test]
fn what_another_user_left_in_the_cache_is_not_used() {
    let world = World::signed_in();
    let asked = || world.events("discovery").len();
    let before = asked();
    let cache = std::fs::read_dir(world.path("cache")).unwrap();
    let folder = cache.map(|entry| entry.unwrap().path()).next().unwrap();
    give(&folder, USER);
    drop(world.run(&["refresh"]).succeeds());
    assert_eq!(asked(), before + 1);
    give(&folder, 0);
    give(&folder.join("discovery.json"), USER);
    drop(world.run(&["refresh"]).succeeds());
    assert_eq!(asked(), before + 2);
}

#[test]
fn a_secret_of_root_is_read_and_one_of_a_stranger_is_not() {
    let world = World::new();
    let file = world.write("token", "canary\n");
    let line = format!(
        "EPROSPERA_TOKEN_FILE='{}'; export EPROSPERA_TOKEN_FILE;",
        file.display()
    );
    for (owner, mode, code) in [
        (USER, 0o600, 0),
        (0, 0o444, 0),
        (0, 0o440, 0),
        (STRANGER, 0o444, 2),
        (STRANGER, 0o440, 2),
    ] {
        chown(&file, Some(owner), Some(USER)).unwrap();
        set_mode(&file, mode);
        drop(run_as_user(&world, &line, "token").exits(code));
    }
}

#[test]
fn a_ca_of_another_user_is_refused() {
    let world = World::new();
    let folder = world.path("ca");
    let name = folder.display().to_string();
    let flags = ["sandbox", "exec", "--tls-ca", &name, "--", "true"];
    drop(world.run(&flags).succeeds());
    for stranger in [folder.join("ca-key.pem"), folder] {
        give(&stranger, USER);
        let words = format!("belongs to user {USER}, not to user 0");
        drop(world.run(&flags).exits(2).because(&words));
        give(&stranger, 0);
    }
    drop(world.run(&flags).succeeds());
}

#[test]
fn no_other_program_of_the_user_can_look_into_the_process_and_its_commands_are_as_ever() {
    let world = World::new();
    let sandbox = as_user(&world, "", "sandbox --port 0 --output json");
    let mut sandbox = world.spawn(sandbox);
    drop(sandbox.line_of_stdout());
    let id = sandbox.child.id().unwrap();
    let owner = |file: &str| {
        let path = format!("/proc/{id}/{file}");
        std::fs::metadata(path).unwrap().uid()
    };
    // The system gives what belongs to a process that is not dumpable to root.
    assert_eq!((owner("environ"), owner("mem")), (0, 0));
    sandbox.signal(rustix::process::Signal::TERM);
    drop(sandbox.end().succeeds());

    let look = "sandbox exec -- stat -L -c %u /proc/self/environ";
    let output = run_as_user(&world, "", look).succeeds();
    assert_eq!(output.stdout.trim(), USER.to_string());
}

#[test]
fn where_no_thread_can_be_started_each_command_ends_in_an_error_with_a_code() {
    let world = World::new();
    for command in [
        "--profile sandbox login --no-browser --timeout 1s",
        "--profile sandbox refresh",
        "sandbox exec -- true",
        "demo",
        "status",
    ] {
        for limit in [1, 2, 3, 4, 6] {
            let line = format!("ulimit -u {limit}; export HOME=/nonexistent;");
            let output = run_as_user(&world, &line, command).0;
            assert!(!output.stderr.contains("panicked"), "{limit}: {output:?}");
            assert!(output.code < 15, "{limit}: {output:?}");
        }
    }
    run_as_user(&world, "ulimit -u 1;", "sandbox --port 0")
        .exits(1)
        .because("cannot start a thread")
        .hinting("ulimit -u");
}
