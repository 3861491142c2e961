//! `--tls-ca DIR`: an authority that stays, and folders that are none of its own.

use std::collections::BTreeMap;
use std::fs;
#[cfg(unix)]
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, GeneralSubtree, IsCa, KeyPair,
    KeyUsagePurpose, NameConstraints,
};
use serde_json::Value;

use crate::world::{SHELL, World, is_private, program, write};

/// Runs a sandbox with an authority to its introduction, and says what scripts are told.
fn started(world: &World, flags: &[&str]) -> Value {
    let flags = [&["sandbox", "--port", "0"], flags].concat();
    let mut sandbox = world.spawn(world.command(&flags));
    let said = serde_json::from_str(&sandbox.line_of_stdout()).unwrap();
    sandbox.stop();
    said
}

fn kept(world: &World, folder: &Path) -> Value {
    started(world, &["--tls-ca", folder.to_str().unwrap()])
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// A folder that its owner has made, as people do.
fn own_folder(path: &Path) {
    fs::create_dir(path).unwrap();
    #[cfg(unix)]
    set_mode(path, 0o755);
}

/// Who may do what with a file or folder.
#[cfg(unix)]
fn rights(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode()
}

#[cfg(windows)]
fn rights(path: &Path) -> [bool; 3] {
    let access = eprospera_owner_only::access_at(path).unwrap();
    [access.is_own, access.others_read, access.others_write]
}

#[cfg(unix)]
type Rights = u32;
#[cfg(windows)]
type Rights = [bool; 3];

/// All that is in a place, with rights and content.
fn tree(place: &Path) -> BTreeMap<PathBuf, (Rights, Vec<u8>)> {
    let mut found = BTreeMap::new();
    let mut places = vec![place.to_owned()];
    while let Some(place) = places.pop() {
        let Ok(metadata) = fs::symlink_metadata(&place) else {
            continue;
        };
        let content = if metadata.is_file() {
            fs::read(&place).unwrap()
        } else {
            Vec::new()
        };
        if metadata.is_dir() {
            let entries = fs::read_dir(&place).unwrap();
            places.extend(entries.map(|entry| entry.unwrap().path()));
        }
        found.insert(place.clone(), (rights(&place), content));
    }
    found
}

#[test]
fn an_authority_is_made_once_for_its_owner_alone_and_used_again() {
    let world = World::new();
    let folder = world.path("some/ca");
    let first = kept(&world, &folder);
    assert!(is_private(&folder) && is_private(&folder.join("ca-key.pem")));
    let certificate = fs::read_to_string(folder.join("ca.pem")).unwrap();
    assert_eq!(first["ca_certificate"], *certificate);
    assert_eq!(
        first["ca_file"],
        *folder.join("ca.pem").display().to_string()
    );
    let before = tree(&folder);
    assert_eq!(before.len(), 3, "{before:?}");
    assert_eq!(kept(&world, &folder)["ca_certificate"], *certificate);
    let with_slash = format!("{}/", folder.display());
    let inside = ["sandbox", "exec", "--tls", "--tls-ca", &with_slash, "--"];
    let show = if cfg!(windows) {
        "type %EPROSPERA_CA_FILE%"
    } else {
        "cat $EPROSPERA_CA_FILE"
    };
    let inside = [&inside[..], &SHELL, &[show]].concat();
    assert_eq!(world.run(&inside).succeeds().stdout, certificate);
    assert_eq!(tree(&folder), before);
}

#[test]
fn a_folder_of_the_persons_own_may_be_empty_and_keeps_its_rights() {
    let world = World::new();
    let folder = world.path("mine");
    own_folder(&folder);
    let before = rights(&folder);
    let first = kept(&world, &folder);
    assert_eq!(rights(&folder), before);
    assert!(!is_private(&folder) && is_private(&folder.join("ca-key.pem")));
    // The certificate is for everyone, and there may be notes beside it.
    let certificate = folder.join("ca.pem");
    #[cfg(unix)]
    set_mode(&certificate, 0o644);
    #[cfg(windows)]
    {
        let text = fs::read(&certificate).unwrap();
        fs::remove_file(&certificate).unwrap();
        write(&certificate, &text);
    }
    let before = rights(&certificate);
    world.write("mine/README", "the CA of our tests");
    let again = kept(&world, &folder);
    assert_eq!(again["ca_certificate"], first["ca_certificate"]);
    assert_eq!(rights(&certificate), before);
}

#[test]
fn sandboxes_that_start_at_the_same_moment_have_one_authority() {
    let world = World::new();
    let folder = world.path("ca").display().to_string();
    let flags = ["sandbox", "--port", "0", "--tls-ca", &folder];
    let all: Vec<_> = (0..6).map(|_| world.spawn(world.command(&flags))).collect();
    let mut certificates = Vec::new();
    for mut sandbox in all {
        let said: Value = serde_json::from_str(&sandbox.line_of_stdout()).unwrap();
        certificates.push(said["ca_certificate"].as_str().unwrap().to_owned());
        sandbox.stop();
    }
    certificates.dedup();
    let kept = fs::read_to_string(world.path("ca/ca.pem")).unwrap();
    assert_eq!(certificates, [kept]);
    assert_eq!(tree(&world.path("ca")).len(), 3);
}

#[test]
fn a_run_that_was_killed_between_key_and_certificate_is_made_up_for() {
    let world = World::new();
    let folder = world.path("ca");
    kept(&world, &folder);
    let key = fs::read(folder.join("ca-key.pem")).unwrap();
    fs::remove_file(folder.join("ca.pem")).unwrap();
    write(&folder.join(".ca.pem.a1B2c3.tmp"), b"half of a cert");
    let again = kept(&world, &folder);
    assert_eq!(fs::read(folder.join("ca-key.pem")).unwrap(), key);
    let certificate = fs::read_to_string(folder.join("ca.pem")).unwrap();
    assert_eq!(again["ca_certificate"], *certificate);
}

/// A certificate for a kept key that expires on a day.
fn expiring(folder: &Path, year: i32) -> String {
    let key = fs::read_to_string(folder.join("ca-key.pem")).unwrap();
    let key = KeyPair::from_pem(&key).unwrap();
    let kept = fs::read(folder.join("ca.pem")).unwrap();
    let (_, kept) = x509_parser::pem::parse_x509_pem(&kept).unwrap();
    let kept = kept.parse_x509().unwrap();
    let name = kept.subject().iter_common_name().next().unwrap();
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    let name = name.as_str().unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let v6 = CidrSubnet::V6(std::net::Ipv6Addr::LOCALHOST.octets(), [255; 16]);
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![
            GeneralSubtree::DnsName("localhost".to_owned()),
            GeneralSubtree::IpAddress(CidrSubnet::V4([127, 0, 0, 0], [255, 0, 0, 0])),
            GeneralSubtree::IpAddress(v6),
        ],
        excluded_subtrees: Vec::new(),
    });
    params.not_before = rcgen::date_time_ymd(2020, 1, 1);
    params.not_after = rcgen::date_time_ymd(year, 1, 1);
    params.self_signed(&key).unwrap().pem()
}

#[test]
fn an_expired_authority_gets_a_new_certificate_for_its_key_and_says_so() {
    let world = World::new();
    let folder = world.path("ca");
    kept(&world, &folder);
    let key = fs::read(folder.join("ca-key.pem")).unwrap();
    let old = expiring(&folder, 2021);
    write(&folder.join("ca.pem"), old.as_bytes());
    let name = folder.display().to_string();
    let flags = ["sandbox", "exec", "--tls-ca", &name, "--"];
    // Nothing is written by a look at the configuration.
    let config = world
        .write("s.toml", "tls_ca = \"ca\"\n")
        .display()
        .to_string();
    world
        .run(&["sandbox", "--config", &config, "--check-config"])
        .succeeds();
    assert_eq!(fs::read_to_string(folder.join("ca.pem")).unwrap(), old);

    let program = program();
    let command = [
        &flags[..],
        &[program, "doctor", "--only", "provider", "--json"],
    ]
    .concat();
    let output = world.run(&command).succeeds();
    let words = "was valid until 2021-01-01 and has been renewed";
    assert!(output.stderr.contains(words), "{output:#?}");
    assert_ne!(fs::read_to_string(folder.join("ca.pem")).unwrap(), old);
    assert_eq!(fs::read(folder.join("ca-key.pem")).unwrap(), key);
    let again = world
        .run(&[&flags[..], &SHELL, &["exit 0"]].concat())
        .succeeds();
    assert!(!again.stderr.contains("renewed"), "{again:#?}");
}

/// A CA of another program: its certificate and key.
fn foreign() -> (String, String) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn a_folder_that_is_not_of_the_sandbox_is_refused_and_nothing_is_touched() {
    let world = World::new();
    let (one, two) = (world.path("one"), world.path("two"));
    kept(&world, &one);
    kept(&world, &two);
    let file = |folder: &Path, name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let (certificate, key) = (file(&one, "ca.pem"), file(&one, "ca-key.pem"));
    let bare_key = key
        .lines()
        .skip(1)
        .fold(String::new(), |all, line| all + line + "\n");
    let (foreign_certificate, foreign_key) = foreign();
    let make = |name: &str, files: &[(&str, &str)]| {
        let folder = world.path(name);
        own_folder(&folder);
        for (name, text) in files {
            let file = folder.join(name);
            // A new file is private where the program has made it.
            #[cfg(windows)]
            drop(eprospera_owner_only::create_file(&file).unwrap());
            write(&file, text.as_bytes());
            #[cfg(unix)]
            set_mode(&file, 0o600);
        }
        folder
    };
    let other_key = file(&two, "ca-key.pem");
    let folder_for_key = make("folder-for-key", &[("ca.pem", &certificate)]);
    fs::create_dir(folder_for_key.join("ca-key.pem")).unwrap();
    world.write("file", "x");
    let mut cases: Vec<(PathBuf, &str)> = vec![
        (world.path("file"), "it is not a folder"),
        (
            make("others", &[("notes.txt", "x")]),
            "it holds other files, such as notes.txt",
        ),
        (
            make(
                "foreign",
                &[
                    ("ca.pem", &foreign_certificate),
                    ("ca-key.pem", &foreign_key),
                ],
            ),
            "it was not made by `eprospera sandbox`",
        ),
        (
            make(
                "mixed",
                &[("ca.pem", &certificate), ("ca-key.pem", &other_key)],
            ),
            "its key and its certificate do not belong together",
        ),
        (
            make("no-key", &[("ca.pem", &certificate)]),
            "there is ca.pem but no ca-key.pem",
        ),
        (
            make("no-certificate", &[("ca-key.pem", &bare_key)]),
            "there is ca-key.pem but no ca.pem",
        ),
        (
            make(
                "bad-key",
                &[("ca.pem", &certificate), ("ca-key.pem", "canary")],
            ),
            "its key is not a private key in PEM form",
        ),
        (
            make("empty-key", &[("ca.pem", &certificate), ("ca-key.pem", "")]),
            "its key is not a private key in PEM form",
        ),
        (
            make(
                "bad-certificate",
                &[("ca.pem", "canary"), ("ca-key.pem", &key)],
            ),
            "its certificate is not a certificate in PEM form",
        ),
        (folder_for_key, "ca-key.pem is not a regular file"),
    ];
    #[cfg(windows)]
    {
        use eprospera_owner_only::open_to_all;
        let wide = make("wide", &[("ca.pem", &certificate), ("ca-key.pem", &key)]);
        open_to_all(&wide.join("ca-key.pem"), false).unwrap();
        let shared = make("shared", &[]);
        open_to_all(&shared, true).unwrap();
        cases.extend([
            (wide, "others can read ca-key.pem"),
            (shared, "others can write to it"),
        ]);
    }
    // On Windows a link takes a privilege.
    #[cfg(unix)]
    {
        let wide = make("wide", &[("ca.pem", &certificate), ("ca-key.pem", &key)]);
        set_mode(&wide.join("ca-key.pem"), 0o644);
        let shared = make("shared", &[]);
        set_mode(&shared, 0o777);
        symlink(&one, world.path("link")).unwrap();
        symlink(world.path("nowhere"), world.path("dangling")).unwrap();
        let linked_key = make("linked-key", &[("ca.pem", &certificate)]);
        symlink(one.join("ca-key.pem"), linked_key.join("ca-key.pem")).unwrap();
        cases.extend([
            (world.path("link"), "it is a symbolic link"),
            (world.path("link/"), "it is a symbolic link"),
            (world.path("dangling"), "it is a symbolic link"),
            (wide, "others can read ca-key.pem (mode 0644)"),
            (shared, "others can write to it (mode 0777)"),
            (linked_key, "ca-key.pem is not a regular file"),
            (world.path("file/below"), "Not a directory"),
        ]);
    }
    let before = tree(&world.path(""));
    for (folder, words) in cases {
        let mut name = folder.display().to_string();
        if words == "it is a symbolic link" && folder.ends_with("link") {
            name.push('/');
        }
        for flags in [
            vec!["sandbox", "--port", "0", "--tls-ca", &name],
            vec!["sandbox", "exec", "--tls-ca", &name, "--", "touch", "ran"],
        ] {
            let output = world.run(&flags).exits(2).because(words);
            assert!(!output.stderr.contains("canary"), "{output:#?}");
        }
    }
    assert_eq!(tree(&world.path("")), before);
}

#[test]
fn a_configuration_names_the_folder_and_can_switch_https_off() {
    let world = World::new();
    let written = |text: &str| world.write("s.toml", text).display().to_string();
    let said = |config: &str| started(&world, &["--config", config]);
    let is_https = |said: &Value| said["url"].as_str().unwrap().starts_with("https:");
    let config = written("tls = true\n");
    assert!(is_https(&said(&config)));
    let config = written("tls_ca = \"kept\"\n");
    world
        .run(&["sandbox", "--config", &config, "--check-config"])
        .succeeds();
    assert!(!world.path("kept").exists(), "a check makes nothing");
    assert!(is_https(&said(&config)));
    assert!(world.path("kept/ca.pem").is_file(), "beside the file");
    let config = written("tls = false\ntls_ca = \"kept\"\n");
    assert!(!is_https(&said(&config)));
    let own = world.path("flag").display().to_string();
    assert!(is_https(&started(
        &world,
        &["--config", &config, "--tls-ca", &own]
    )));
    assert!(world.path("flag/ca.pem").is_file(), "a flag wins");

    world.write("not-a-folder", "");
    let config = written("port = 0\ntls_ca = \"not-a-folder\"\n");
    let output = world.run(&["sandbox", "--config", &config, "--check-config"]);
    output.exits(2).because("s.toml:2:1: cannot use the CA in");
    let config = written("tls = \"yes\"\n");
    world
        .run(&["sandbox", "--config", &config, "--check-config"])
        .exits(2)
        .because("s.toml:1:7:");
}

#[test]
fn https_counts_from_the_next_start_when_a_configuration_changes() {
    let world = World::new();
    let config = world.write("s.toml", "tls = true\n").display().to_string();
    let flags = ["sandbox", "--port", "0", "--config", &config];
    let mut sandbox = world.spawn(world.command(&flags));
    let said: Value = serde_json::from_str(&sandbox.line_of_stdout()).unwrap();
    let url = said["url"].as_str().unwrap().replacen("https", "http", 1);
    let health = || world.block_on(crate::browser::body(&format!("{url}/health"), "x"));
    assert!(health().contains("speaks https"));
    world.write("s.toml", "auto_approve = true\n");
    sandbox.wait_for("what has changed in tls counts from the next start");
    assert!(health().contains("speaks https"));
    sandbox.stop();
}
