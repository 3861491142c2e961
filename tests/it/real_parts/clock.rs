//! Debian's faketime: a machine whose clock is wrong, which no server can prove to the last word.

use std::time::{Duration, SystemTime};

use tokio::process::Command;

use crate::field::network::{Authority, SecureIssuer};
use crate::world::World;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A command of this program whose clock is off by so much.
fn at(world: &World, offset: &str, arguments: &[&str]) -> Command {
    let program = crate::world::program();
    let arguments = [&["-f", offset, program], arguments].concat();
    world.command_of("faketime", &arguments)
}

#[test]
fn a_certificate_that_is_refused_for_a_wrong_clock_says_what_the_clock_shows() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_for(&authority, SystemTime::now() - DAY, 3 * DAY);
    let world = server.user_who_trusts(&authority);
    world.finish(at(&world, "+0", &["whoami"])).succeeds();
    for (offset, words, hint) in [
        (
            "-400d",
            "not valid yet",
            "set this machine's clock: it is probably slow",
        ),
        (
            "-2d",
            "not valid yet",
            "set this machine's clock: it is probably slow",
        ),
        (
            "+4d",
            "has expired",
            "set this machine's clock if it is wrong",
        ),
        (
            "+400d",
            "has expired",
            "set this machine's clock if it is wrong",
        ),
    ] {
        let output = world.finish(at(&world, offset, &["whoami"])).exits(11);
        let output = output.because(words).hinting(hint);
        drop(output.because("this machine's clock says"));
    }
}

#[test]
fn a_login_with_a_wrong_clock_ends_with_how_wrong_it_is() {
    for (offset, words) in [
        ("-400d", "behind the server's"),
        ("-2h", "this machine's clock is 2h behind"),
        ("+2h", "this machine's clock is 2h ahead of"),
        ("+400d", "ahead of the server's"),
    ] {
        let world = World::new();
        let login = world.start(at(&world, offset, &["login", "--no-browser"]));
        let output = login.complete().exits(14).because(words);
        drop(output.hinting("set this machine's clock, then run the command again"));
        assert!(world.nothing_is_stored());
    }
}

#[test]
fn a_clock_that_goes_wrong_costs_no_session_and_is_named_until_it_is_set() {
    let world = World::signed_in();
    for offset in ["-30", "+30"] {
        world.finish(at(&world, offset, &["whoami"])).succeeds();
    }
    // By this clock the access token is from the future, or has expired.
    for offset in ["-2h", "+2h"] {
        for arguments in [&["whoami"][..], &["refresh"]] {
            let output = world.finish(at(&world, offset, arguments)).exits(14);
            drop(
                output
                    .hinting("set this machine's clock, then run the command again")
                    .hinting("the new refresh token is kept"),
            );
        }
    }
    world.run(&["whoami"]).succeeds();
    world.run(&["refresh"]).succeeds();
}
