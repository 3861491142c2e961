//! `sandbox --tls` and `sandbox exec --tls`: https, and how its certificate gets to clients.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::run::sandbox_log;
use crate::sandbox::switches::inside;
use crate::sign_in::Login;
use crate::world::line;
use crate::world::{SHELL, World};

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";

/// Variables that name a file which replaces what their readers trust.
const REPLACING: [&str; 3] = ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"];
/// The same beside what they trust.
const ADDING: [&str; 3] = ["EPROSPERA_CA_FILE", "NODE_EXTRA_CA_CERTS", "DENO_CERT"];

/// What each variable names inside of `sandbox exec --tls`, read by the command itself.
fn bundles(world: &World, caller: &[(&str, &str)], names: &[&str]) -> Vec<String> {
    let shown = names.iter().map(|name| {
        if cfg!(windows) {
            format!("type \"%{name}%\" || exit 9\r\necho ====\r\n")
        } else {
            format!("cat \"${name}\" || exit 9\necho ====\n")
        }
    });
    let script = world.script("show", &shown.collect::<String>());
    let flags = ["sandbox", "exec", "--tls", "--", &script];
    let output = world.run_in(caller, &flags).succeeds();
    let stdout = output.stdout.replace("\r\n", "\n");
    let mut bundles: Vec<_> = stdout.split("====\n").map(str::to_owned).collect();
    bundles.pop();
    bundles
}

#[test]
fn the_program_has_a_whole_session_over_https() {
    let script = "eprospera login --no-browser --scopes-all && eprospera refresh && eprospera whoami \
                  && eprospera me documents --download papers && eprospera logout";
    let output = inside(&["--tls"], script).run.succeeds();
    assert!(output.stdout.contains("https://127.0.0.1:"), "{output:#?}");
    let log = sandbox_log(&output.stderr);
    for endpoint in [
        "discovery",
        "jwks",
        "authorize",
        "token",
        "userinfo",
        "files",
        "revoke",
    ] {
        let mut events = log.iter().filter(|event| event["endpoint"] == endpoint);
        assert!(
            events.any(|event| event["status"].as_u64() < Some(400)),
            "{endpoint}: {log:#?}"
        );
    }
    // A connection that was opened in advance and then not needed looks like one that is not trusted.
    let unused = "the client closed the connection right after the TLS handshake";
    let mut failed = log.iter().filter(|event| event["endpoint"] == "tls");
    assert!(failed.all(|event| event["outcome"] == unused), "{log:#?}");
}

#[test]
fn without_the_certificate_the_program_refuses_and_log_and_hint_say_what_to_do() {
    let world = World::new();
    let another = bundles(&World::new(), &[], &["EPROSPERA_CA_FILE"]).remove(0);
    world.write("another.pem", &another);
    // What it says goes to a file: beside the log, lines of the two can be cut by each other.
    let script = if cfg!(windows) {
        // Wine has another word for it than an untrusted authority, as long as no roots are named.
        "set EPROSPERA_CA_FILE=& set SSL_CERT_FILE=another.pem& eprospera login --no-browser 2> said"
    } else {
        "unset EPROSPERA_CA_FILE SSL_CERT_FILE; eprospera login --no-browser 2> said"
    };
    let script = line(script);
    let flags = [
        "sandbox", "exec", "--tls", "--", SHELL[0], SHELL[1], &script,
    ];
    let mut output = world.run(&flags).exits(11);
    let said = fs::read_to_string(world.path("said")).unwrap();
    let log = std::mem::replace(&mut output.stderr, said);
    let output = output.because("signed by an authority that this machine does not trust");
    drop(output.hinting("eprospera sandbox --tls"));
    assert!(
        log.contains("hint: give it the certificate from http://127.0.0.1:"),
        "{log}"
    );
}

#[test]
fn the_command_finds_the_certificate_in_each_variable_beside_the_roots_of_the_machine() {
    let world = World::new();
    let own = bundles(&world, &[], &ADDING);
    assert!(own.iter().all(|text| text.matches(BEGIN).count() == 1));
    assert!(own.iter().all(|text| *text == own[0]));
    let usual = world.write("roots.pem", &own[0]);
    let names = [&["EPROSPERA_CA_FILE"][..], &REPLACING].concat();
    let found = bundles(&world, &[], &names);
    for bundle in &found[1..] {
        assert!(bundle.ends_with(&found[0]), "{bundle}");
        assert_eq!(*bundle, found[1], "one bundle for all");
    }
    drop(usual);
}

#[test]
fn what_the_caller_has_set_is_kept_and_the_certificate_added() {
    let world = World::new();
    let mine = "-----BEGIN CERTIFICATE-----\nmine\n-----END CERTIFICATE-----";
    let file = world.write("mine.pem", mine).display().to_string();
    fs::create_dir(world.path("roots")).unwrap();
    world.write("roots/one.pem", mine);
    world.write("roots/two.pem", &mine.replace("mine", "two"));
    let folder = world.path("roots").display().to_string();
    for name in [
        "SSL_CERT_FILE",
        "CURL_CA_BUNDLE",
        "NODE_EXTRA_CA_CERTS",
        "NIX_SSL_CERT_FILE",
    ] {
        let found = bundles(&world, &[(name, &file)], &["EPROSPERA_CA_FILE", name]);
        assert_eq!(found[1], format!("{mine}\n{}", found[0]), "{name}");
    }
    // Their readers would take these instead of the roots of the machine.
    for (set, read) in [
        ("SSL_CERT_FILE", "CURL_CA_BUNDLE"),
        ("CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"),
    ] {
        let found = bundles(&world, &[(set, &file)], &["EPROSPERA_CA_FILE", read]);
        assert_eq!(found[1], format!("{mine}\n{}", found[0]), "{set}");
    }
    for name in ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"] {
        let found = bundles(&world, &[(name, &folder)], &[name]);
        assert!(
            found[0].contains("\nmine\n") && found[0].contains("\ntwo\n"),
            "{found:?}"
        );
        assert_eq!(found[0].matches(BEGIN).count(), 3, "{name}");
    }
    let found = bundles(
        &world,
        &[("SSL_CERT_DIR", &folder)],
        &["SSL_CERT_FILE", "CURL_CA_BUNDLE"],
    );
    assert_eq!(
        found[0].matches(BEGIN).count(),
        1,
        "the folder is read beside the file"
    );
    assert_eq!(found[1].matches(BEGIN).count(), 3);

    let missing = world.path("none.pem").display().to_string();
    let flags = [
        "sandbox", "exec", "--tls", "--", SHELL[0], SHELL[1], "exit 0",
    ];
    let output = world
        .run_in(&[("SSL_CERT_FILE", &missing)], &flags)
        .succeeds();
    assert!(output.stderr.contains("SSL_CERT_FILE names"), "{output:#?}");
}

#[test]
fn a_proxy_of_the_caller_is_not_asked_for_the_sandbox() {
    let world = World::new();
    // Windows has one variable for both spellings.
    let print = if cfg!(windows) {
        "echo %no_proxy% %NO_PROXY%"
    } else {
        "echo $no_proxy $NO_PROXY"
    };
    let flags = ["sandbox", "exec", "--tls", "--", SHELL[0], SHELL[1], print];
    let proxy = ("HTTPS_PROXY", "http://proxy.example:3128");
    let hosts = |variables: &[(&str, &str)]| {
        let stdout = world.run_in(variables, &flags).succeeds().stdout;
        stdout.trim_end().to_owned()
    };
    let both = "127.0.0.1,localhost";
    assert_eq!(hosts(&[proxy]), format!("{both} {both}"));
    let own = ("NO_PROXY", "corp.example");
    assert_eq!(
        hosts(&[proxy, own]),
        format!("corp.example,{both} corp.example,{both}")
    );
    let own_alone = if cfg!(windows) {
        "corp.example corp.example"
    } else {
        "corp.example"
    };
    assert_eq!(hosts(&[own]), own_alone);
}

#[test]
fn the_folder_of_the_command_holds_no_private_key() {
    let world = World::new();
    let script = if cfg!(windows) {
        "cd /d \"%EPROSPERA_CA_FILE%\\..\"\r\nfor %%f in (*) do type \"%%f\""
    } else {
        "cat \"$(dirname \"$EPROSPERA_CA_FILE\")\"/*"
    };
    let script = world.script("show", script);
    let flags = ["sandbox", "exec", "--tls", "--", &script];
    let all = world.run(&flags).succeeds().stdout;
    assert!(all.contains(BEGIN), "{all}");
    assert!(!all.contains("PRIVATE KEY"), "{all}");
}

/// The words after a line's beginning.
fn after<'a>(text: &'a str, begin: &str) -> Vec<&'a str> {
    let mut lines = text.lines().filter_map(|line| line.strip_prefix(begin));
    let line = lines.next().unwrap_or_else(|| panic!("{begin}: {text}"));
    line.split_whitespace().collect()
}

/// Starts a sandbox for people, and does what it tells them in another terminal.
fn introduced(world: &World, flags: &[&str], get: impl Fn(&World, &str)) {
    let flags = [
        &[
            "sandbox",
            "--port",
            "0",
            "--output",
            "table",
            "--auto-approve",
        ],
        flags,
    ]
    .concat();
    let mut sandbox = world.spawn(world.command(&flags));
    let mut said = String::new();
    while !said.contains("Press Ctrl-C") {
        said.push_str(&sandbox.line_of_stdout());
    }
    get(world, &said);
    let command = after(&said, "Sign in from another terminal: eprospera ");
    let command = [&command[..], &["--no-browser"]].concat();
    let issuer = after(&said, "The sandbox is running at ")[0].to_owned();
    let mut other = World::new();
    other.unset_settings();
    let mut process = other.command(&command);
    process.current_dir(world.path(""));
    process.env("EPROSPERA_STORE", "plain-file");
    // Wine can have no roots beside those of the system, only in their place.
    #[cfg(windows)]
    {
        let stranger = crate::field::network::Authority::new("Company Root").pem();
        process.env("SSL_CERT_FILE", other.write("roots.pem", &stranger));
    }
    let mut login = Login::of(other.spawn(process), &issuer);
    login.visit().says("You are signed in");
    login.end().succeeds();
    drop(sandbox.stop());
}

#[test]
fn the_introduction_has_the_commands_for_another_terminal() {
    let world = World::new();
    introduced(&world, &["--tls"], |world, said| {
        let command = after(
            said,
            "Get the CA certificate, which is new at each start: curl -fsSo ",
        );
        let certificate = world.block_on(crate::browser::body(command[1], "x"));
        world.write(command[0], &certificate);
    });
    let kept = world.path("ca of mine").display().to_string();
    let world = World::new();
    // A shell takes the quotation marks away; this test has none.
    let kept = kept.replace(' ', "-");
    introduced(&world, &["--tls-ca", &kept], |_, said| {
        let file = after(said, "CA certificate to trust: ");
        assert!(Path::new(file[0]).is_file(), "{file:?}");
    });
}

#[test]
fn scripts_get_the_certificate_with_the_address() {
    let world = World::new();
    let file = world.path("ready.json");
    let flags = ["--tls", "--ready-file", file.to_str().unwrap()];
    let flags = [&["sandbox", "--port", "0"], &flags[..]].concat();
    let mut sandbox = world.spawn(world.command(&flags));
    let said: Value = serde_json::from_str(&sandbox.line_of_stdout()).unwrap();
    let ready: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(said, ready);
    assert!(said["ca_certificate"].as_str().unwrap().starts_with(BEGIN));
    assert_eq!(said["ca_file"], Value::Null);
    let url = said["url"].as_str().unwrap();
    assert!(url.starts_with("https://127.0.0.1:"), "{url}");
    // Plain HTTP gets a word, in the answer and in the log.
    let plain = url.replacen("https", "http", 1);
    let answer = world.block_on(crate::browser::body(&format!("{plain}/health"), "x"));
    assert!(answer.contains(&format!("Use {url}")), "{answer}");
    sandbox.wait_for("GET /health 400  plain http where the sandbox speaks https");
    drop(sandbox.stop());
}
