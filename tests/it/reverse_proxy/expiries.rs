//! Access tokens that end again and again while many ask: no request fails, and each end costs one
//! refresh.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::served::Served;
use crate::world::World;

const ROUTE: &str = "/api/v1/me/natural-person";
const CHILDREN: usize = 4;

#[test]
fn many_tokens_that_end_with_many_callers_cost_one_refresh_each() {
    // As many as an hour has at five seconds each.
    let expiries = if cfg!(feature = "reliability") {
        720
    } else {
        60
    };
    let world = World::signed_in();
    let served = Served::start(&world, &[]);
    let failed = AtomicUsize::new(0);
    let barrier = Barrier::new(CHILDREN + 1);
    std::thread::scope(|scope| {
        for _ in 0..CHILDREN {
            scope.spawn(|| {
                for _ in 0..expiries {
                    barrier.wait();
                    if served.get(ROUTE).status != 200 {
                        failed.fetch_add(1, Ordering::Relaxed);
                    }
                    barrier.wait();
                }
            });
        }
        for expiry in 0..expiries {
            world.revoke_access_token();
            barrier.wait();
            barrier.wait();
            assert_eq!(world.refreshes(), expiry + 1);
        }
    });
    assert_eq!(failed.into_inner(), 0);
    served.stop();
}

#[test]
fn with_tokens_of_five_seconds_no_request_fails_and_each_token_is_refreshed_once() {
    let run_time = Duration::from_secs(if cfg!(feature = "reliability") {
        120
    } else {
        9
    });
    let world = World::with(|options| options.access_ttl = Duration::from_secs(5));
    world.login().succeeds();
    let served: Vec<_> = (0..2).map(|_| Served::start(&world, &[])).collect();
    let is_over = AtomicBool::new(false);
    let sent = AtomicUsize::new(0);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for index in 0..CHILDREN {
            let served = &served[index % served.len()];
            let (is_over, sent) = (&is_over, &sent);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    let response = served.get(ROUTE);
                    assert_eq!(response.status, 200, "{response:?}");
                    sent.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        std::thread::sleep(run_time);
        is_over.store(true, Ordering::Relaxed);
    });
    // A token is good for at least three seconds before it is refreshed.
    let most = start.elapsed().as_secs() / 3 + 1;
    let refreshes = world.refreshes();
    assert!(
        refreshes >= 1 && refreshes as u64 <= most,
        "{refreshes} of {most}"
    );
    let refused: Vec<_> = world
        .events("me")
        .into_iter()
        .filter(|event| event.status != Some(200))
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
    assert!(sent.into_inner() > 20);
    for served in served {
        served.stop();
    }
    world.run(&["refresh"]).succeeds();
}
