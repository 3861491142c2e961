//! `sandbox --signing-key`: a key that stays.

use std::path::Path;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::Ed25519KeyPair;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::sandbox::switches::inside;
use crate::world::World;

/// Windows has other rights, which a new file inherits.
fn set_mode(path: &Path, mode: u32) {
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    #[cfg(not(unix))]
    let _ = (path, mode);
}

/// A file with a fresh key; only its owner can read it.
fn key(world: &World, name: &str) -> String {
    let der = Ed25519KeyPair::generate_pkcs8v1(&SystemRandom::new()).unwrap();
    let text = STANDARD.encode(der.as_ref());
    let text = format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n");
    let file = world.write(name, &text);
    set_mode(&file, 0o600);
    file.display().to_string()
}

#[test]
fn the_key_decides_the_algorithm_and_its_kid_stays_over_restarts() {
    let world = World::new();
    let key = key(&world, "key.pem");
    let script = "eprospera --quiet login --no-browser >&2 && eprospera decode-id-token";
    let header = || {
        let run = inside(&["--signing-key", &key], script).run.succeeds();
        run.json()["header"].clone()
    };
    let first = header();
    assert_eq!(first["alg"], "EdDSA");
    assert_eq!(first["kid"].as_str().unwrap().len(), 43);
    assert_eq!(header(), first);
}

#[test]
fn a_key_that_cannot_be_used_is_a_usage_error_with_a_way_out() {
    let world = World::new();
    let refused = |flags: &[&str]| {
        let flags = [&["sandbox", "--port", "0", "--signing-key"][..], flags].concat();
        world.run(&flags).exits(2)
    };
    let good = key(&world, "good.pem");
    refused(&[&good, "--signing", "RS256"]).because("its key signs EdDSA, not RS256");
    let missing = world.path("none.pem").display().to_string();
    refused(&[&missing])
        .because("there is no such file")
        .hinting("openssl genpkey");
    let text = world.write("text.pem", "canary").display().to_string();
    let output = refused(&[&text]).because("does not hold a private key in PEM form");
    assert!(!output.stderr.contains("canary"));
    #[cfg(unix)]
    {
        let open = key(&world, "open.pem");
        set_mode(Path::new(&open), 0o666);
        refused(&[&open]).because("everybody can write to");
    }
}
