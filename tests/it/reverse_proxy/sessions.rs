//! The session behind a running proxy: refreshed once for all, lost, and found again.

use super::reads::refuses;
use super::served::Served;
use crate::wire::{Wire, json};
use crate::world::World;

const PERSON: &str = "/api/v1/me/natural-person";

/// Asks so often at once, and gives the statuses.
fn at_once(served: &Served, count: usize) -> Vec<u16> {
    let (address, capability) = (&served.address, &served.capability);
    std::thread::scope(|scope| {
        let ask = || {
            address
                .send(capability, &format!("GET {PERSON}"), "")
                .status
        };
        let asking: Vec<_> = (0..count).map(|_| scope.spawn(ask)).collect();
        asking.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

#[test]
fn many_requests_with_an_expired_token_cost_one_refresh() {
    let world = World::signed_in();
    world.expire_access_token();
    let served = Served::start(&world, &[]);
    assert_eq!(at_once(&served, 20), [200; 20]);
    assert_eq!(world.refreshes(), 1);
    drop(served.stop());
}

#[test]
fn two_proxies_of_one_session_share_its_refreshes() {
    let world = World::signed_in();
    world.expire_access_token();
    let (one, other) = (Served::start(&world, &[]), Served::start(&world, &[]));
    std::thread::scope(|scope| {
        for served in [&one, &other] {
            scope.spawn(move || assert_eq!(at_once(served, 8), [200; 8]));
        }
    });
    assert_eq!(world.refreshes(), 1);
    drop((one.stop(), other.stop()));
}

#[test]
fn a_token_that_the_portal_no_longer_takes_is_replaced_once_for_all_who_ask() {
    let world = World::signed_in();
    let served = Served::start(&world, &[]);
    assert_eq!(served.get(PERSON).status, 200);
    world.revoke_access_token();
    assert_eq!(at_once(&served, 12), [200; 12]);
    assert_eq!(world.refreshes(), 1);
    drop(served.stop());
}

#[test]
fn a_portal_that_is_gone_is_a_bad_gateway_until_it_is_back() {
    let wire = Wire::answering(vec![json(200, "{}")]);
    let mut world = wire.user();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    world.set("EPROSPERA_ISSUER", &format!("http://{address}"));
    let served = Served::start(&world, &[]);
    for _ in 0..2 {
        let response = served.get("/a");
        refuses(&response, 502, "network", "network");
        assert!(response.json()["error"]["hint"].is_string());
    }
    let portal = std::net::TcpListener::bind(address).unwrap();
    let answering = std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        let (mut stream, _) = portal.accept().unwrap();
        assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
        stream.write_all(&json(200, "{}")).unwrap();
    });
    assert_eq!(served.get("/a").status, 200);
    answering.join().unwrap();
    drop(served.stop());
}

#[test]
fn a_portal_that_does_not_answer_is_a_gateway_timeout() {
    let mut world = World::signed_in();
    world.set("EPROSPERA_REQUEST_TIMEOUT", "300ms");
    world.fault("me:slow=60s");
    let served = Served::start(&world, &[]);
    refuses(&served.get(PERSON), 504, "timeout", "timeout");
    drop(served.stop());
}

#[test]
fn a_session_that_ends_is_a_bad_gateway_until_someone_signs_in_again() {
    let world = World::signed_in();
    let served = Served::start(&world, &[]);
    assert_eq!(served.get(PERSON).status, 200);
    world.run(&["logout"]).succeeds();
    for _ in 0..2 {
        let response = served.get(PERSON);
        refuses(&response, 502, "login_required", "login_required");
        let hint = response.json()["error"]["hint"].to_string();
        assert!(hint.contains("eprospera login"), "{hint}");
    }
    world.login().succeeds();
    assert_eq!(served.get(PERSON).status, 200);
    drop(served.stop());
}

#[test]
fn a_grant_that_the_provider_ends_is_told_and_a_new_login_is_used() {
    let world = World::signed_in();
    world.expire_access_token();
    world.fault("token:error=invalid_grant*1");
    let served = Served::start(&world, &[]);
    let response = served.get(PERSON);
    refuses(&response, 502, "login_required", "login_required");
    world.login().succeeds();
    assert_eq!(served.get(PERSON).status, 200);
    drop(served.stop());
}

#[test]
fn a_new_login_whose_session_ended_at_once_is_told_as_an_ended_session() {
    let world = World::signed_in();
    let served = Served::start(&world, &[]);
    assert_eq!(served.get(PERSON).status, 200);
    // The proxy still has the token of the first login.
    world.login().succeeds();
    world.sandbox().revoke_all();
    for _ in 0..2 {
        refuses(&served.get(PERSON), 502, "login_required", "login_required");
    }
    world.login().succeeds();
    assert_eq!(served.get(PERSON).status, 200);
    drop(served.stop());
}

#[test]
fn another_accounts_data_is_not_given_for_the_first_ones_capability() {
    let world = World::signed_in();
    let served = Served::start(&world, &[]);
    assert_eq!(served.get(PERSON).status, 200);
    world.change_record(|record| {
        record.account.subject = "somebody-else".to_owned();
        record.account.email = Some("else@mail.example".to_owned());
        let access = record.access.as_mut().unwrap();
        access.issued_at -= 7200;
        access.expires_at -= 7200;
    });
    // What was read before counts for some seconds.
    crate::world::wait_until("the store is read again", || {
        served.get(PERSON).status != 200
    });
    let response = served.get(PERSON);
    refuses(&response, 502, "conflict", "conflict");
    assert_eq!(world.refreshes(), 0);
    drop(served.stop());
}

#[test]
fn a_given_token_is_used_as_it_is_and_never_refreshed() {
    let world = World::signed_in();
    let token = world.access_token();
    let mut other = World::new();
    other.set("EPROSPERA_ISSUER", world.url());
    other.set("EPROSPERA_TOKEN", &token);
    let served = Served::start(&other, &[]);
    assert_eq!(served.get(PERSON).status, 200);
    world.revoke_access_token();
    let response = served.get(PERSON);
    refuses(&response, 502, "login_required", "login_required");
    let message = response.json()["error"]["message"].to_string();
    assert!(message.contains("EPROSPERA_TOKEN"), "{message}");
    drop(served.stop());
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn a_refused_permission_never_leads_to_a_refresh() {
    let world = World::signed_in();
    world.fault("me:403*3");
    let served = Served::start(&world, &[]);
    for _ in 0..3 {
        assert_eq!(served.get(PERSON).status, 403);
    }
    assert_eq!(served.get(PERSON).status, 200);
    drop(served.stop());
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn without_a_session_no_proxy_is_started() {
    let world = World::new();
    let output = world.run(&["serve"]).exits(3);
    assert!(output.stdout.is_empty(), "{output:?}");
    drop(output.hinting("eprospera login"));
}
