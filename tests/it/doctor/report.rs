//! The report that is made to be pasted in public.

use crate::world::{STORE_KEY, World};

#[test]
fn a_report_holds_no_secret_no_name_and_no_address() {
    let mut world = World::new();
    world.encrypt();
    world.client_id = "it-web";
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world.set("EPROSPERA_CLIENT_SECRET", "canary secret/+%");
    world.login().succeeds();
    let record = world.record().unwrap();
    world.set(
        "HTTPS_PROXY",
        "http://proxy-user:canary-password@proxy.invalid:3128",
    );
    world.set("EPROSPERA_REFRESH_TOKEN", "rt_canary_refresh");
    world.set("USER", "canary-user");
    let account = &record.account;
    let secrets = [
        world.access_token(),
        world.refresh_token(),
        record.id_token.unwrap().token.expose().to_owned(),
        STORE_KEY.to_owned(),
        "canary".to_owned(),
        account.subject.clone(),
        account.name.clone().unwrap(),
        account.email.clone().unwrap(),
        world.path("").display().to_string(),
    ];
    let whole = world.run(&["doctor", "--report"]).succeeds();
    let issuer = [(
        "EPROSPERA_ISSUER",
        "https://me:canary-password@portal.invalid",
    )];
    let faulty = world.run_in(&issuer, &["doctor", "--report"]).exits(2);
    let given = [("EPROSPERA_TOKEN", "at_canary_given")];
    let given = world.run_in(&given, &["doctor", "--report"]).0;
    let proxied = [("EPROSPERA_ISSUER", "https://portal.invalid")];
    let proxied = world.run_in(&proxied, &["doctor", "--report"]).exits(11);
    for output in [&whole, &faulty, &given, &proxied] {
        for secret in &secrets {
            let is_there = output.stdout.contains(secret) || output.stderr.contains(secret);
            assert!(!is_there, "{secret}: {output:#?}");
        }
    }
    assert!(whole.stdout.contains("signed in as [e-mail]"), "{whole:#?}");
    assert!(
        proxied.stdout.contains("proxy.invalid:3128"),
        "{proxied:#?}"
    );
}

#[test]
fn a_report_is_markdown_wherever_it_goes() {
    let world = World::new();
    let output = world.run(&["doctor", "--report", "--offline"]).succeeds();
    assert!(
        output
            .stdout
            .contains("| check | state | code | message | fix |")
    );
    world.run(&["doctor", "--report", "--json"]).exits(2);
    world.run(&["doctor", "--report", "--jq", "."]).exits(2);
}
