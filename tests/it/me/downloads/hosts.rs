//! Hosts that cut connections, stall, refuse, or let addresses expire: a file comes whole or not at
//! all.

use super::{DOCUMENTS, check, column, document, files, names, personal, signed_in, with_one};

#[test]
fn a_connection_that_is_cut_goes_on_where_it_was() {
    for (rule, requests) in [
        ("files:half-body*1", 2),
        ("files:half-body*3", 4),
        ("files:stall*1", 2),
        ("files:drop*1", 2),
        ("files:503=0*2", 3),
        ("files:429=0*1", 2),
    ] {
        let world = with_one();
        let whole = world.run(&DOCUMENTS).succeeds();
        world.fault(rule);
        let patience = if rule.contains("stall") { "2s" } else { "60s" };
        let command = ["--force", "--request-timeout", patience];
        let output = world.run(&[&DOCUMENTS[..], &command].concat()).succeeds();
        assert_eq!(check(&world, &output), 1, "{rule}");
        assert_eq!(
            column(&output, "sha256"),
            column(&whole, "sha256"),
            "{rule}"
        );
        let events = world.events("files");
        assert_eq!(events.len(), 1 + requests, "{rule}");
        let is_cut = rule.contains("half") || rule.contains("stall");
        let parts = events.iter().filter(|event| event.status == Some(206));
        assert_eq!(parts.count() > 0, is_cut, "{rule}");
        assert_eq!(names(&world.path("files")), ["Policy.pdf"]);
    }
}

#[test]
fn a_file_that_changed_in_between_is_fetched_from_its_beginning() {
    let world = with_one();
    let whole = world.run(&DOCUMENTS).succeeds();
    // Half of another version comes first.
    world.fault("files:changed*1");
    world.fault("files:half-body*1");
    let again = world.run(&[&DOCUMENTS[..], &["--force"]].concat());
    let again = again.succeeds();
    assert_eq!(check(&world, &again), 1);
    assert_eq!(column(&again, "sha256"), column(&whole, "sha256"));
    let statuses = world.events("files").into_iter().map(|event| event.status);
    assert_eq!(statuses.collect::<Vec<_>>(), [Some(200); 3]);
}

#[test]
fn a_host_that_never_gives_the_whole_file_leaves_nothing() {
    for (rule, code, words) in [
        ("files:half-body", 11, "broke"),
        ("files:drop", 11, "broke"),
        ("files:hang", 9, "did not answer"),
        ("files:stall", 9, "nothing more"),
        ("files:404", 5, "404"),
        ("files:410", 1, "410"),
        ("files:401", 4, "401"),
        ("files:429=600", 7, "429"),
        ("files:500", 1, "500"),
        ("files:expired", 4, "403"),
        ("files:html", 1, "a file of type text/html"),
        ("files:garbage", 1, "a file of type application/pdf"),
        ("files:empty", 1, "nothing"),
        ("files:huge", 1, "instead of the file"),
        ("files:302=http://files.example/", 14, "redirects"),
    ] {
        let world = with_one();
        world.fault(rule);
        let is_silent = ["files:hang", "files:stall"].contains(&rule);
        let patience = if is_silent { "2s" } else { "60s" };
        let flags = ["--retries", "1", "--request-timeout", patience];
        let output = world.run(&[&DOCUMENTS[..], &flags].concat()).exits(code);
        assert_eq!(column(&output, "status"), ["failed"], "{rule}");
        let error = files(&output)[0]["error"].clone();
        assert_eq!(error["code"], output.error()["code"], "{rule}");
        output.because("could not download Policy").because(words);
        assert!(!world.path("files").exists(), "{rule}");
    }
}

#[test]
fn what_fails_does_not_keep_the_rest_from_coming() {
    let world = signed_in(|_| {});
    world.fault("files:404*1");
    let output = world.run(&DOCUMENTS).exits(5);
    let statuses = column(&output, "status");
    let count = |wanted: &str| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!(
        (count("failed"), count("downloaded"), count("absent")),
        (1, 2, 1)
    );
    assert_eq!(check(&world, &output), 2);
    output.because("1 of 4 files could not be downloaded");
}

#[test]
fn an_address_that_has_expired_is_asked_for_again_once() {
    let world = with_one();
    world.fault("files:expired*1");
    let output = world.run(&DOCUMENTS).succeeds();
    assert_eq!(check(&world, &output), 1);
    assert_eq!(
        (world.events("me").len(), world.events("files").len()),
        (2, 2)
    );
    world.fault("files:expired");
    let output = world.run(&[&DOCUMENTS[..], &["--force"]].concat()).exits(4);
    output.because("status 403");
    assert_eq!(
        (world.events("me").len(), world.events("files").len()),
        (4, 4)
    );
}

#[test]
fn addresses_that_expired_while_files_came_are_refreshed_together() {
    let documents = (0..6).map(|number| document(number, "Policy", "sandbox:policy.pdf"));
    let world = signed_in(|options| {
        options.access_ttl = std::time::Duration::from_secs(86_400);
        options.personas[0].documents = personal(&documents.collect::<Vec<_>>());
    });
    // The first four have begun before the clock is moved; whoever comes later is too late.
    world.fault("files:slow=500ms*4");
    let download = world.spawn(world.command(&DOCUMENTS));
    crate::world::wait_until("four files are on their way", || {
        world.faults_left().is_empty()
    });
    world.sandbox().advance_clock(2 * 3600);
    let output = download.end().succeeds();
    assert_eq!(check(&world, &output), 6);
    assert_eq!(world.events("me").len(), 2);
}
