//! Two issuers, one of them an attacker: a code of one never reaches the other (RFC 9207,
//! RFC 9700 §4.4). What arrives where is seen at real servers.

use url::Url;

use crate::impostor::{
    AUTHORIZE, DISCOVERY, Impostor, TOKEN, USERINFO, is_anybody_signed_in, json_answer, redirect,
    user_of,
};
use crate::sign_in::Login;
use crate::world::World;

/// A login at an issuer, as far as its authorization URL.
fn begin(world: &World, issuer: &Impostor) -> Login {
    let process = world.spawn(world.command(&["login", "--no-browser"]));
    Login::of(process, &issuer.url)
}

/// Announces that every callback names its issuer.
fn names_itself(issuer: &Impostor) {
    let mut document = issuer.document();
    document["authorization_response_iss_parameter_supported"] = true.into();
    issuer.put(DISCOVERY, json_answer(200, &document.to_string()));
}

fn nothing_was_exchanged(issuers: &[&Impostor], code: &str) {
    for issuer in issuers {
        assert!(issuer.asked(TOKEN).is_empty());
        assert!(issuer.asked(USERINFO).is_empty());
        let seen = issuer.everything().concat();
        assert!(!seen.contains(code), "the code is in {seen}");
    }
}

#[test]
fn an_attackers_page_that_sends_the_person_to_the_honest_server_gets_no_code() {
    // The honest server is the sandbox, with its real pages; the attacker's authorization
    // endpoint is a redirect to it.
    for attacker_names_itself in [false, true] {
        let mut world = World::with(|options| options.issuer_parameter = true);
        let attacker = Impostor::new();
        if attacker_names_itself {
            names_itself(&attacker);
        }
        world.set("EPROSPERA_ISSUER", &attacker.url);
        let mut login = begin(&world, &attacker);
        let asked = login.url();
        let honest = format!(
            "{}/api/oauth/authorize?{}",
            world.url(),
            asked.query().unwrap()
        );
        attacker.put(AUTHORIZE, redirect(302, &honest));

        let page = login.visit();
        let code = page.code().expect("the honest server gave a code");
        page.says("The sign-in did not work");
        let output = login.end().exits(14);
        drop(output.because(world.url()).because(&attacker.url));
        assert_eq!(world.events("authorize").len(), 1);
        assert!(world.events("token").is_empty());
        nothing_was_exchanged(&[&attacker], &code);
        assert!(!is_anybody_signed_in(&world));
    }
}

#[test]
fn a_callback_of_another_issuer_is_refused_however_its_name_is_written() {
    let (issuer, attacker) = (Impostor::new(), Impostor::new());
    names_itself(&issuer);
    let world = user_of(&issuer);
    let port = issuer.url.rsplit(':').next().unwrap();
    let upper = issuer.url.replace("http:", "HTTP:");
    for name in [
        Some(attacker.url.clone()),
        Some(format!("{}/", issuer.url)),
        Some(format!(" {}", issuer.url)),
        Some(format!("{}%00", issuer.url)),
        Some(format!("http://localhost:{port}")),
        Some(issuer.url.replace("http:", "https:")),
        Some(upper),
        Some(String::new()),
        Some(String::from("\u{1b}]0;x\u{7}")),
        None,
    ] {
        let mut login = begin(&world, &issuer);
        let uri = login.parameter("redirect_uri").unwrap();
        let state = login.parameter("state").unwrap();
        let mut back = vec![("code", "honest-code"), ("state", state.as_str())];
        back.extend(name.as_deref().map(|name| ("iss", name)));
        let page = login.page(&Url::parse_with_params(&uri, &back).unwrap());
        page.says("The sign-in did not work");
        let output = login.end().exits(14).because("the callback was sent by");
        assert!(!output.stderr.contains('\u{1b}'), "{output:#?}");
        nothing_was_exchanged(&[&issuer, &attacker], "honest-code");
        assert!(!is_anybody_signed_in(&world), "{name:?}");
    }
}

#[test]
fn an_issuer_is_compared_even_where_nobody_announced_it_and_in_errors_too() {
    let (issuer, attacker) = (Impostor::new(), Impostor::new());
    let world = user_of(&issuer);
    for (field, value) in [("code", "honest-code"), ("error", "access_denied")] {
        let mut login = begin(&world, &issuer);
        let uri = login.parameter("redirect_uri").unwrap();
        let state = login.parameter("state").unwrap();
        let back = [(field, value), ("state", &state), ("iss", &attacker.url)];
        login.page(&Url::parse_with_params(&uri, &back).unwrap());
        let output = login.end().exits(14);
        drop(output.because(&attacker.url));
        nothing_was_exchanged(&[&issuer, &attacker], "honest-code");
    }
}

#[test]
fn two_issuers_in_one_callback_are_no_answer_and_the_login_goes_on() {
    let (issuer, attacker) = (Impostor::new(), Impostor::new());
    names_itself(&issuer);
    let world = user_of(&issuer);
    let mut login = begin(&world, &issuer);
    let uri = login.parameter("redirect_uri").unwrap();
    let state = login.parameter("state").unwrap();
    for (first, second) in [
        (&issuer.url, &attacker.url),
        (&attacker.url, &issuer.url),
        (&issuer.url, &issuer.url),
    ] {
        let back = [
            ("code", "honest-code"),
            ("state", &state),
            ("iss", first),
            ("iss", second),
        ];
        let page = login.page(&Url::parse_with_params(&uri, &back).unwrap());
        assert_eq!(page.status, 400, "{page:#?}");
    }
    nothing_was_exchanged(&[&issuer, &attacker], "honest-code");
    issuer.grant(&login.parameter("nonce").unwrap());
    let back = [("code", "c"), ("state", &state), ("iss", &issuer.url)];
    login.page(&Url::parse_with_params(&uri, &back).unwrap());
    login.end().succeeds();
    assert!(attacker.everything().is_empty());
}

#[test]
fn the_state_and_the_verifier_of_one_login_are_worth_nothing_in_another() {
    let (issuer, attacker) = (Impostor::new(), Impostor::new());
    let (world, mut other) = (user_of(&issuer), user_of(&attacker));
    other.set("EPROSPERA_REDIRECT_URI", &other.redirect_uris.join(" "));
    let (mut honest, mut hostile) = (begin(&world, &issuer), begin(&other, &attacker));
    for name in ["state", "nonce", "code_challenge"] {
        assert_ne!(honest.parameter(name), hostile.parameter(name), "{name}");
    }
    // The attacker's answer, with the attacker's state, at the honest login's port.
    let uri = honest.parameter("redirect_uri").unwrap();
    let state = hostile.parameter("state").unwrap();
    let back = [("code", "attackers-code"), ("state", &state)];
    let page = honest.page(&Url::parse_with_params(&uri, &back).unwrap());
    assert_eq!(page.status, 400, "{page:#?}");
    nothing_was_exchanged(&[&issuer, &attacker], "attackers-code");
    for (login, issuer) in [(&mut honest, &issuer), (&mut hostile, &attacker)] {
        issuer.grant(&login.parameter("nonce").unwrap());
        let uri = login.parameter("redirect_uri").unwrap();
        let state = login.parameter("state").unwrap();
        let back = [("code", "c"), ("state", &state)];
        login.page(&Url::parse_with_params(&uri, &back).unwrap());
    }
    honest.end().succeeds();
    hostile.end().succeeds();
    assert_eq!(
        (issuer.asked(TOKEN).len(), attacker.asked(TOKEN).len()),
        (1, 1)
    );
}
