//! `config.toml`: whose file it may be, and behind which links and folders it may lie.

#[cfg(unix)]
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use super::{IS_OPEN, close_to_others, open_to_all};
#[cfg(unix)]
use super::{mode, set_mode};
use crate::run::Output;
use crate::world::{SHELL, World};

/// A configuration whose store is a program that leaves a trace when it is started.
fn with_helper(world: &mut World) -> PathBuf {
    world.unset("EPROSPERA_STORE");
    let trace = world.path("started");
    let body = if cfg!(windows) {
        format!("echo x> \"{}\"", trace.display())
    } else {
        format!("touch '{}'", trace.display())
    };
    let helper = world.script("helper", &body);
    world.write(
        "config/config.toml",
        &format!("[profiles.default]\nstore = 'command:{helper}'\n"),
    );
    for part in ["config", "config/config.toml"] {
        close_to_others(&world.path(part));
    }
    trace
}

fn refused(world: &World) -> Output {
    world.run(&["token"]).exits(2)
}

#[test]
fn a_configuration_that_everybody_can_write_to_starts_no_program_and_the_way_out_is_a_command() {
    let mut world = World::new();
    let trace = with_helper(&mut world);
    // On Windows the folder of a user keeps others out of what is below it, whatever its own list says.
    let above = cfg!(unix).then_some("");
    for place in ["config/config.toml", "config"].into_iter().chain(above) {
        let path = world.path(place);
        open_to_all(&path);
        #[cfg(unix)]
        let (because, hint) = {
            let path = path.canonicalize().unwrap();
            let because = format!("{IS_OPEN} {} (mode", path.display());
            (because, format!("`chmod go-w {}`", path.display()))
        };
        #[cfg(windows)]
        let (because, hint) = (format!("{IS_OPEN} {}", path.display()), "icacls".to_owned());
        drop(refused(&world).because(&because).hinting(&hint));
        close_to_others(&path);
    }
    // Whoever may add files can put another one in place, even where nobody may remove any.
    #[cfg(unix)]
    {
        set_mode(&world.path("config"), 0o1777);
        drop(refused(&world).because(IS_OPEN));
        close_to_others(&world.path("config"));
    }
    assert!(!trace.exists());
    // The helper says nothing of use, but it is started.
    drop(world.run(&["token"]).exits(13));
    assert!(trace.exists());
}

#[test]
fn every_command_that_reads_the_configuration_refuses_it() {
    let world = World::new();
    let file = world.write("config/config.toml", "default_profile = \"x\"\n");
    open_to_all(&file);
    for command in [
        &["status"][..],
        &["profile", "list"],
        &["profile", "set", "client_id", "x"],
        &["profile", "use", "sandbox"],
        &["logout"],
        &["login", "--no-browser"],
        &["exec", "--", SHELL[0], SHELL[1], "exit 0"],
        &["whoami"],
    ] {
        drop(world.run(command).exits(2).because("config.toml"));
    }
    #[cfg(unix)]
    assert_eq!(mode(&file), 0o666);
    #[cfg(windows)]
    assert!(eprospera_owner_only::access_at(&file).unwrap().others_write);
}

/// What a group is on Windows is told by no access list.
#[cfg(unix)]
#[test]
fn a_group_that_can_write_is_no_harm_unless_the_configuration_names_a_program() {
    let mut world = World::new();
    let trace = with_helper(&mut world);
    set_mode(&world.path("config"), 0o775);
    drop(refused(&world).because("its group can write to"));
    set_mode(&world.path("config"), 0o755);
    set_mode(&world.path("config/config.toml"), 0o664);
    drop(refused(&world).because("its group can write to"));
    assert!(!trace.exists());
}

/// On Windows a link takes a privilege.
#[cfg(unix)]
#[test]
fn settings_behind_a_link_are_read_and_written_through_it() {
    let world = World::new();
    let set = |value: &str| {
        world
            .run(&["profile", "set", "client_id", value])
            .succeeds();
    };
    let shown = || world.run(&["profile", "show", "--json"]).succeeds().json()["client_id"].clone();
    // A link to a file that is not there yet.
    std::fs::create_dir_all(world.path("dotfiles/eprospera")).unwrap();
    std::fs::create_dir_all(world.path("config")).unwrap();
    let link = world.path("config/config.toml");
    symlink("../dotfiles/eprospera/config.toml", &link).unwrap();
    set("first");
    assert!(link.is_symlink());
    let file = world.path("dotfiles/eprospera/config.toml");
    assert!(std::fs::read_to_string(&file).unwrap().contains("first"));
    set("second");
    assert!(link.is_symlink() && shown() == "second");
    // A link in place of the folder, as stow makes one.
    std::fs::remove_dir_all(world.path("config")).unwrap();
    symlink("dotfiles/eprospera", world.path("config")).unwrap();
    assert_eq!(shown(), "second");
    set("third");
    assert!(world.path("config").is_symlink() && shown() == "third");
    // What it leads to is looked at, too.
    set_mode(&world.path("dotfiles"), 0o777);
    drop(world.run(&["profile", "show"]).exits(2).because("dotfiles"));
    drop(world.run(&["profile", "set", "client_id", "x"]).exits(2));
    assert!(std::fs::read_to_string(&file).unwrap().contains("third"));
}

#[test]
fn what_is_not_a_regular_file_is_refused_at_once() {
    let world = World::new();
    let place = world.path("config/config.toml");
    std::fs::create_dir_all(&place).unwrap();
    let refused = || {
        world
            .run(&["status"])
            .exits(2)
            .because(&format!("{} is not a regular file", place.display()));
    };
    refused();
    // What else there is has no place in a folder of Windows.
    #[cfg(unix)]
    {
        std::fs::remove_dir(&place).unwrap();
        for device in ["/dev/zero", "/dev/null"] {
            symlink(device, &place).unwrap();
            refused();
            std::fs::remove_file(&place).unwrap();
        }
        let made = std::process::Command::new("mkfifo").arg(&place).status();
        assert!(made.unwrap().success());
        refused();
    }
}

#[test]
fn a_configuration_that_is_far_too_large_is_not_read_to_its_end() {
    let world = World::new();
    world.write("config/config.toml", &"# \n".repeat(400_000));
    drop(
        world
            .run(&["status"])
            .exits(1)
            .says("it is larger than 1 MiB"),
    );
}

#[test]
fn a_cache_that_others_could_have_written_to_is_not_used() {
    let world = World::signed_in();
    let cache = std::fs::read_dir(world.path("cache")).unwrap();
    let folder = cache.map(|entry| entry.unwrap().path()).next().unwrap();
    let asked = || world.events("discovery").len();
    let before = asked();
    world.run(&["refresh"]).succeeds();
    assert_eq!(asked(), before);
    open_to_all(&folder);
    world.run(&["refresh"]).succeeds();
    assert_eq!(asked(), before + 1);
}

#[test]
fn logins_are_not_remembered_from_a_folder_that_others_can_write_to() {
    let world = World::signed_in();
    open_to_all(&world.path("state/logins"));
    drop(world.run(&["token"]).exits(13).because("logins"));
    close_to_others(&world.path("state/logins"));
    drop(world.run(&["token"]).succeeds());
}
