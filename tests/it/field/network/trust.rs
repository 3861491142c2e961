//! Certificates, authorities and clocks: what a person reads, and that nothing was sent.

use std::io::{Read as _, Write as _};
#[cfg(unix)]
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use rcgen::{CertificateParams, date_time_ymd};
use serde_json::json;

use super::{Authority, SecureIssuer};
use crate::impostor::{self, Impostor};
use crate::world::World;

const UNKNOWN: &str = "its certificate is signed by an authority that this machine does not trust";

/// Words that are a type of a library.
fn is_plain(text: &str) -> bool {
    let types = [
        "invalid peer",
        "Other(",
        "UnknownIssuer",
        "InvalidCertificate",
        "OtherError",
    ];
    types.iter().all(|word| !text.contains(word))
}

#[test]
fn a_certificate_that_cannot_be_accepted_is_explained_in_words_with_a_way_out() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let world = server.user_who_trusts(&authority);
    world.run(&["whoami"]).succeeds();
    let before = server.issuer.everything().len();
    let other_name = |params: &mut CertificateParams| {
        *params = CertificateParams::new(vec!["hotspot.example".to_owned()]).unwrap();
    };
    let expired = |params: &mut CertificateParams| {
        params.not_before = date_time_ymd(2019, 1, 1);
        params.not_after = date_time_ymd(2020, 1, 1);
    };
    let future = |params: &mut CertificateParams| {
        params.not_before = date_time_ymd(2090, 1, 1);
        params.not_after = date_time_ymd(2091, 1, 1);
    };
    let stranger = Authority::new("Company Root");
    for (tls, words, hints) in [
        (
            stranger.server(|_| {}),
            UNKNOWN,
            ["--ca-file", "SSL_CERT_FILE"],
        ),
        (
            authority.itself(),
            "certificate of an authority instead of a server certificate",
            ["a certificate of its own", "--ca-file"],
        ),
        (
            authority.server(other_name),
            "its certificate is not for this name, but for hotspot.example",
            ["issuer URL", "captive portal"],
        ),
        (
            authority.server(expired),
            "has expired: it was valid until 2020-01-01T00:00:00Z; this machine's clock says",
            ["set this machine's clock", "new certificate"],
        ),
        (
            authority.server(future),
            "not valid yet: it is valid from 2090-01-01T00:00:00Z; this machine's clock says",
            ["set this machine's clock", "slow"],
        ),
    ] {
        server.show(tls);
        for command in [&["whoami"][..], &["login", "--no-browser"]] {
            let output = world.run(command).exits(11);
            assert!(is_plain(&output.stderr), "{output:#?}");
            let output = output.because(words);
            hints
                .iter()
                .fold(output, |output, hint| output.hinting(hint));
        }
    }
    assert_eq!(server.issuer.everything().len(), before);
}

/// The https address of a server that sends these bytes, whatever it is sent, and hangs up.
pub(super) fn answering(bytes: &'static [u8]) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            // What is left unread would make a reset of the end.
            assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
            stream.write_all(bytes).unwrap();
        }
    });
    address
}

#[test]
fn what_does_not_speak_tls_or_cuts_the_handshake_is_named_so() {
    let plain = answering(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    let cut = answering(b"");
    // A fatal alert `handshake_failure` of TLS 1.2.
    let alert = answering(&[21, 3, 3, 0, 2, 2, 40]);
    let world = World::new();
    for (address, words) in [
        (plain, "does not speak TLS"),
        (cut, "the connection was cut during the TLS handshake"),
        (
            alert,
            "it ended the TLS handshake: the two sides have no encryption method",
        ),
    ] {
        let variables = [
            ("EPROSPERA_ISSUER", address.as_str()),
            ("EPROSPERA_TOKEN", "at_canary"),
            ("EPROSPERA_RETRIES", "0"),
        ];
        let output = world.run_in(&variables, &["whoami"]).exits(11);
        assert!(is_plain(&output.stderr), "{output:#?}");
        output.because(words);
    }
}

#[test]
fn a_network_that_opens_tls_is_told_from_the_portal_and_costs_no_session() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let mut world = server.user_who_trusts(&authority);
    world.set("EPROSPERA_TOKEN", "");
    let output = impostor::sign_in(&world, &server.issuer, &[], |nonce| {
        server.issuer.grant(nonce);
    });
    assert_eq!(output.code, 0, "{output:#?}");
    let before = server.issuer.everything().len();
    let company = Authority::new("Company Root");
    server.show(company.server(|_| {}));
    for command in [
        &["refresh"][..],
        &["me", "natural-person"],
        &["whoami"],
        &["login", "--no-browser", "--replace"],
    ] {
        let output = world.run(command).exits(11);
        output.because(UNKNOWN).hinting("a captive portal");
    }
    assert_eq!(server.issuer.everything().len(), before);
    server.show(authority.server(|_| {}));
    world.run(&["token"]).succeeds();
    assert_eq!(
        server.issuer.asked(impostor::TOKEN).len(),
        1,
        "nothing had to be renewed"
    );
}

#[test]
fn a_damaged_certificate_in_a_bundle_is_named_by_file_and_number() {
    let (one, other) = (Authority::new("One"), Authority::new("Other"));
    let server = SecureIssuer::trusted_by(&one);
    let world = server.user();
    let damaged = other.pem().replacen("\nM", "\nMAAA", 1);
    let cut = other.pem().lines().take(4).collect::<Vec<_>>().join("\n")
        + "\n-----END CERTIFICATE-----\n";
    for (name, third) in [("damaged.pem", damaged), ("cut.pem", cut)] {
        let file = world.write(name, &[one.pem(), other.pem(), third].concat());
        let file = file.display().to_string();
        let flag = world.run(&["whoami", "--ca-file", &file]);
        let by_variable = |variable| world.run_in(&[(variable, file.as_str())], &["whoami"]);
        let runs = [
            flag,
            by_variable("EPROSPERA_CA_FILE"),
            by_variable("SSL_CERT_FILE"),
        ];
        for run in runs {
            let output = run.exits(2);
            let output = output.because(&format!("cannot use {file} as trust roots"));
            let output = output.because("certificate 3 in the file is damaged");
            output.hinting("--ca-file").hinting("SSL_CERT_FILE");
        }
    }
    assert!(server.is_untouched());
}

#[test]
fn an_empty_variable_of_trust_roots_is_not_set() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let world = server.user();
    let file = world
        .write("ca.pem", &authority.pem())
        .display()
        .to_string();
    let with = |variables: &[(&str, &str)]| world.run_in(variables, &["whoami"]);
    for variable in ["SSL_CERT_FILE", "SSL_CERT_DIR", "EPROSPERA_CA_FILE"] {
        // Wine can have no roots beside those of the system, only in their place.
        let other = match variable {
            "SSL_CERT_DIR" if cfg!(windows) => "SSL_CERT_FILE",
            "EPROSPERA_CA_FILE" => "SSL_CERT_FILE",
            _ => "EPROSPERA_CA_FILE",
        };
        let both = [(variable, ""), (other, file.as_str())];
        if cfg!(windows) && variable == "SSL_CERT_FILE" {
            // It asks the system, and is not refused for its settings.
            with(&both[..1]).exits(11).because("its certificate ");
        } else {
            with(&both).succeeds();
        }
    }
    // Windows has no folders with roots.
    #[cfg(unix)]
    of_folders(&world, &authority);
}

#[cfg(unix)]
fn of_folders(world: &World, authority: &Authority) {
    let with = |variables: &[(&str, &str)]| world.run_in(variables, &["whoami"]);
    let folder = world.path("roots");
    world.write("roots/ca.pem", &authority.pem());
    world.write("roots/README", "not a certificate");
    with(&[("SSL_CERT_DIR", &folder.display().to_string())]).succeeds();
    let both = [
        ("SSL_CERT_FILE", ""),
        ("SSL_CERT_DIR", folder.to_str().unwrap()),
    ];
    with(&both).succeeds();
}

/// Tokens of a server whose clock shows two hours ago, and says so or not.
fn of_two_hours_ago(issuer: &Impostor, nonce: Option<&str>, is_said: bool) -> impostor::Answer {
    let then = SystemTime::now() - Duration::from_secs(7200);
    let seconds = then
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let (header, mut claims) = issuer.honest(nonce.unwrap_or_default());
    if nonce.is_none() {
        claims.as_object_mut().unwrap().remove("nonce");
    }
    claims["iat"] = json!(seconds);
    claims["exp"] = json!(seconds + 600);
    let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
    let body = Impostor::tokens(&id_token).to_string();
    if !is_said {
        return impostor::json_answer(200, &body);
    }
    let moment = jiff::Timestamp::try_from(then).unwrap();
    let date = moment.strftime("%a, %d %b %Y %H:%M:%S GMT");
    impostor::raw(&format!(
        "HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    ))
}

#[test]
fn an_id_token_that_fails_for_a_wrong_clock_names_the_clock() {
    for (is_said, words, hint) in [
        (
            true,
            "this machine's clock is 2h",
            "set this machine's clock, then",
        ),
        (
            false,
            "exp: it passed",
            "set this machine's clock if it is wrong",
        ),
    ] {
        let issuer = Impostor::new();
        let world = impostor::user_of(&issuer);
        let output = impostor::sign_in(&world, &issuer, &[], |nonce| {
            issuer.put(
                impostor::TOKEN,
                of_two_hours_ago(&issuer, Some(nonce), is_said),
            );
        });
        assert_eq!(output.code, 14, "{output:#?}");
        drop(output.because(words).hinting(hint));
        let output = impostor::sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
        assert_eq!(output.code, 0, "{output:#?}");
        issuer.put(impostor::TOKEN, of_two_hours_ago(&issuer, None, is_said));
        let output = world.run(&["refresh"]).exits(14);
        drop(
            output
                .hinting(hint)
                .hinting("the new refresh token is kept"),
        );
    }
}

/// `SSL_CERT_DIR` is read where certificates are files by their hashes.
#[cfg(unix)]
#[test]
fn a_file_in_a_folder_of_trust_roots_that_cannot_be_used_is_named_when_it_may_be_the_one_that_is_missing()
 {
    let (one, other) = (Authority::new("One"), Authority::new("Other"));
    let server = SecureIssuer::trusted_by(&one);
    let world = server.user();
    world.write("roots/one.pem", &one.pem());
    world.write("roots/README", "not a certificate");
    let damaged = other.pem().replacen("\nM", "\nMAAA", 1);
    let damaged = world.write("roots/damaged.pem", &damaged);
    let dangling = world.path("roots/0a1b2c3d.0");
    std::os::unix::fs::symlink("/nonexistent/ca.pem", &dangling).unwrap();
    let folders = world.path("roots").display().to_string();
    let folders = format!("{folders}:{}", world.path("nowhere").display());
    let with = |arguments: &[&str]| world.run_in(&[("SSL_CERT_DIR", &folders)], arguments);
    let named = |path: &std::path::Path| format!("cannot use {} as trust roots", path.display());
    let left_out = [
        named(&damaged),
        named(&dangling),
        named(&world.path("nowhere")),
    ];
    let quiet = with(&["whoami"]).succeeds();
    assert!(!quiet.stderr.contains("as trust roots"), "{quiet:#?}");
    let verbose = with(&["whoami", "-v"]).succeeds();
    server.show(other.server(|_| {}));
    let refused = with(&["whoami"]).exits(11).because(UNKNOWN);
    for words in left_out {
        assert!(verbose.stderr.contains(&words), "{words}: {verbose:#?}");
        assert!(refused.stderr.contains(&words), "{words}: {refused:#?}");
    }
    // Another failure has nothing to do with it.
    server.show(one.server(|params| params.not_after = date_time_ymd(2020, 1, 1)));
    let expired = with(&["whoami"]).exits(11).because("has expired");
    assert!(!expired.stderr.contains("as trust roots"), "{expired:#?}");
}

#[test]
fn files_and_folders_without_any_trust_root_are_named() {
    let authority = Authority::new("Test Root");
    let server = SecureIssuer::trusted_by(&authority);
    let world = server.user();
    std::fs::create_dir(world.path("empty")).unwrap();
    let file = world.write("ca.pem", &authority.pem());
    let nowhere = world.path("nowhere");
    let words = |unix, windows| if cfg!(windows) { windows } else { unix };
    let mut cases = vec![
        (
            "SSL_CERT_FILE",
            nowhere.clone(),
            words("No such file", "(os error 2)"),
        ),
        (
            "SSL_CERT_FILE",
            world.path("empty"),
            words("Is a directory", "(os error 5)"),
        ),
        (
            "EPROSPERA_CA_FILE",
            nowhere,
            words("No such file", "(os error 2)"),
        ),
    ];
    // Windows has no folders with roots, and modes.
    #[cfg(unix)]
    cases.extend(of_unix(&world, &authority));
    let der = world.path("ca.der");
    crate::world::write(&der, authority.der());
    cases.push(("EPROSPERA_CA_FILE", der, "it is DER, not PEM"));
    for (variable, path, cause) in cases {
        let path = path.display().to_string();
        let output = world.run_in(&[(variable, &path)], &["whoami"]).exits(2);
        let words = format!("cannot use {path} as trust roots: ");
        // Windows has words of its own before the number.
        let begin = if cause.starts_with('(') { "" } else { cause };
        let output = output.because(&(words + begin)).because(cause);
        output.hinting(variable);
    }
    // A folder beside a file that has what is needed. Windows has no folders with roots.
    let both = [
        ("SSL_CERT_DIR", world.path("empty").display().to_string()),
        ("SSL_CERT_FILE", file.display().to_string()),
    ];
    let both = both.each_ref().map(|(name, value)| (*name, value.as_str()));
    world.run_in(&both, &["whoami"]).succeeds();
    assert!(!server.is_untouched());
}

/// Files and folders without any trust root, and what is wrong with them.
#[cfg(unix)]
fn of_unix(world: &World, authority: &Authority) -> Vec<(&'static str, PathBuf, &'static str)> {
    use std::os::unix::fs::PermissionsExt;

    let closed = world.write("closed/ca.pem", &authority.pem());
    std::fs::set_permissions(&closed, PermissionsExt::from_mode(0o000)).unwrap();
    let mut cases = vec![
        (
            "SSL_CERT_DIR",
            world.path("empty"),
            "it contains no certificate",
        ),
        ("SSL_CERT_DIR", world.path("nowhere"), "No such file"),
        ("SSL_CERT_DIR", world.path("ca.pem"), "Not a directory"),
    ];
    // An administrator can read everything.
    if std::fs::read(&closed).is_err() {
        cases.push(("SSL_CERT_FILE", closed, "Permission denied"));
    }
    cases
}
