//! A keyring that is locked, frozen or gone between sending a refresh token and storing its
//! successor.

use eprospera::store::StoreKind;

use super::aftermath::{Aftermath, answer};
use super::bench::{Bench, is_orderly, unlocked_keyring};
use super::report::Table;
use crate::run::Output;
use crate::world::wait_until;

/// Something that happens to a keyring.
type Event = fn(&mut Bench);

/// A refresh whose answer takes long enough for something to happen to the keyring.
fn refresh_while(bench: &mut Bench, happens: Event) -> Output {
    let world = &bench.world;
    world.fault("token:slow=1s*1");
    let refresh = world.spawn(world.command(&["refresh"]));
    wait_until("the refresh is sent", || world.faults_left().is_empty());
    happens(bench);
    refresh.end().0
}

fn lock(bench: &mut Bench) {
    let (service, cli) = bench.keyring.as_ref().unwrap();
    service.lock(cli);
}

fn freeze(bench: &mut Bench) {
    bench.keyring.as_ref().unwrap().0.freeze();
}

fn kill(bench: &mut Bench) {
    let (service, cli) = bench.keyring.take().unwrap();
    drop(service);
    bench.cli_of_a_killed_keyring = Some(cli);
}

/// The same secrets behind a new daemon on a new bus.
fn mend(bench: &mut Bench) {
    let cli = match bench.keyring.take() {
        Some((service, cli)) => {
            drop(service);
            cli
        }
        None => bench.cli_of_a_killed_keyring.take().unwrap(),
    };
    bench.keyring = Some(unlocked_keyring(&mut bench.world, cli));
}

#[test]
fn a_keyring_that_vanishes_during_a_rotation_costs_no_session() {
    let columns = [
        "between sending and storing, the keyring",
        "`refresh` ends in",
        "session",
    ];
    let title = "A keyring that vanishes during a rotation";
    let mut table = Table::new("7-keyring", title, &columns);
    let cases: [(&str, Event); 3] = [
        ("is locked", lock),
        ("stops answering", freeze),
        ("dies with its D-Bus", kill),
    ];
    for (what, happens) in cases {
        let mut bench = Bench::short_lived(&StoreKind::Keyring);
        let output = refresh_while(&mut bench, happens);
        assert!(is_orderly(&output), "{what}: {output:#?}");
        assert_eq!(bench.rotations(), 1, "{what}");
        mend(&mut bench);
        let aftermath = Aftermath::of(&bench, what);
        assert_eq!(aftermath, Aftermath::Kept, "{what}: {output:#?}");
        table.row(&[what, &answer(&output), aftermath.words()]);
    }
    table.publish();
}
