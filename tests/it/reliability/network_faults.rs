//! Answers that fail, are cut off or come from somebody else: only the provider ends a
//! session.

use eprospera::store::StoreKind;

use super::aftermath::{Aftermath, answer};
use super::bench::{Bench, is_orderly};
use super::report::Table;
use crate::run::Output;

/// A failure of the token endpoint.
struct Fault {
    what: &'static str,
    rule: &'static str,
    /// Whether the provider rotates all the same, so that only it knows the new token.
    rotates_unseen: bool,
}

const fn fault(what: &'static str, rule: &'static str) -> Fault {
    Fault {
        what,
        rule,
        rotates_unseen: false,
    }
}

const FAULTS: [Fault; 14] = [
    fault("500", "token:500*1"),
    fault("502", "token:502*1"),
    fault("503 with `Retry-After`", "token:503=3*1"),
    fault("429", "token:429*1"),
    fault("429 with `Retry-After`", "token:429=3*1"),
    fault("captive portal (200, HTML)", "token:html*1"),
    fault("garbage instead of JSON", "token:garbage*1"),
    fault("empty body", "token:empty*1"),
    fault("100 MB", "token:huge*1"),
    fault("no answer at all (timeout)", "token:hang*1"),
    fault("slow answer", "token:slow=300ms*1"),
    fault("reset before the server acted", "token:drop*1"),
    Fault {
        what: "reset after the server rotated",
        rule: "token:drop-after-commit*1",
        rotates_unseen: true,
    },
    Fault {
        what: "half a body, after the server rotated",
        rule: "token:half-body*1",
        rotates_unseen: true,
    },
];

fn token(bench: &Bench) -> Output {
    let output = bench.world.run(&["token"]).0;
    assert!(is_orderly(&output), "{output:#?}");
    output
}

/// A refresh that fails, while the access token is valid or after.
fn meet(fault: &Fault, is_valid: bool) -> (Output, Aftermath) {
    let bench = Bench::signed_in(&StoreKind::PlainFile);
    if is_valid {
        bench.world.age_access_token(3600 - 40);
    } else {
        bench.expire();
    }
    bench.world.fault(fault.rule);
    let output = token(&bench);
    assert!(bench.world.faults_left().is_empty(), "{}", fault.what);
    // One login and one refresh.
    let sent = || bench.world.events("token").len() - 1;
    assert_eq!(sent(), 1, "{}: sent once", fault.what);
    if is_valid {
        assert_eq!(output.code, 0, "{}: {output:#?}", fault.what);
    }
    let aftermath = Aftermath::of(&bench, fault.what);
    let expected = if fault.rotates_unseen {
        // The one safe replay, and no more.
        assert_eq!(sent(), 2, "{}", fault.what);
        Aftermath::Lost
    } else {
        Aftermath::Kept
    };
    assert_eq!(aftermath, expected, "{}", fault.what);
    (output, aftermath)
}

/// The provider's clock is off.
fn wrong_clock(seconds: i64) -> (Output, Aftermath) {
    let bench = Bench::signed_in(&StoreKind::PlainFile);
    bench.expire();
    bench.world.sandbox().advance_clock(seconds);
    let output = token(&bench);
    bench.world.sandbox().advance_clock(-seconds);
    let aftermath = Aftermath::of(&bench, "a wrong clock");
    assert_eq!(aftermath, Aftermath::Kept, "{seconds}: {output:#?}");
    (output, aftermath)
}

#[test]
fn only_the_provider_ends_a_session() {
    let columns = [
        "answer to a refresh",
        "`token` while the access token is valid",
        "`token` after its expiry",
        "session afterwards",
    ];
    let mut table = Table::new("8-network", "Network and server faults", &columns);
    for fault in &FAULTS {
        let (valid, _) = meet(fault, true);
        let (expired, aftermath) = meet(fault, false);
        table.row(&[
            fault.what,
            &answer(&valid),
            &answer(&expired),
            aftermath.words(),
        ]);
    }
    for (what, seconds) in [
        ("server's clock 10 minutes ahead", 600),
        ("server's clock 10 minutes behind", -600),
    ] {
        let (output, aftermath) = wrong_clock(seconds);
        table.row(&[what, "—", &answer(&output), aftermath.words()]);
    }
    table.publish();
}
