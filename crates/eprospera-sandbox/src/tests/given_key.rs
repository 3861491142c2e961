//! A signing key from a file.

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::world::{World, options};
use crate::{Algorithm, GivenKey, KeyFileError, Options};

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<_> = text
        .as_bytes()
        .chunks(64)
        .map(String::from_utf8_lossy)
        .collect();
    let body = lines.join("\n");
    format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
}

fn rsa(size: KeySize) -> Vec<u8> {
    let key = KeyPair::generate(size).unwrap();
    key.as_der().unwrap().as_ref().to_vec()
}

fn p256() -> Vec<u8> {
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    key.as_ref().to_vec()
}

fn ed25519() -> Vec<u8> {
    let key = Ed25519KeyPair::generate_pkcs8v1(&SystemRandom::new()).unwrap();
    key.as_ref().to_vec()
}

#[test]
fn a_key_decides_the_algorithm_and_keeps_its_kid() {
    let rsa = rsa(KeySize::Rsa2048);
    for (text, expected) in [
        (pem("PRIVATE KEY", &rsa), Algorithm::Rs256),
        // What PKCS #8 wraps is PKCS #1; its wrapping is 26 bytes long.
        (pem("RSA PRIVATE KEY", &rsa[26..]), Algorithm::Rs256),
        (pem("PRIVATE KEY", &p256()), Algorithm::Es256),
        (pem("PRIVATE KEY", &ed25519()), Algorithm::EdDsa),
    ] {
        let key = GivenKey::from_pem(text.as_bytes(), None).unwrap();
        assert_eq!(key.algorithm(), expected);
        let again = GivenKey::from_pem(text.as_bytes(), Some(expected)).unwrap();
        assert_eq!(again.kid(), key.kid());
        assert_eq!(key.kid().len(), 43);
    }
    let pss = GivenKey::from_pem(pem("PRIVATE KEY", &rsa).as_bytes(), Some(Algorithm::Ps256));
    assert_eq!(pss.unwrap().algorithm(), Algorithm::Ps256);
}

#[test]
fn a_kid_is_the_thumbprint_of_the_standard() {
    // The private key of RFC 8037 appendix A.1, with the thumbprint of its appendix A.3.
    let seed = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
        .unwrap();
    let wrapping = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";
    let text = pem("PRIVATE KEY", &[&wrapping[..], &seed].concat());
    let key = GivenKey::from_pem(text.as_bytes(), None).unwrap();
    assert_eq!(key.kid(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

#[test]
fn what_is_not_a_usable_key_is_refused_and_never_repeated() {
    let random = SystemRandom::new();
    let p384 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &random).unwrap();
    let whole = pem("PRIVATE KEY", &ed25519());
    let cut = whole.replace("-----END", "-----ENDE");
    for (text, expected) in [
        (String::new(), KeyFileError::NoKey),
        ("canary".to_owned(), KeyFileError::NoKey),
        (pem("PUBLIC KEY", b"canary"), KeyFileError::NoKey),
        (
            pem("ENCRYPTED PRIVATE KEY", b"canary"),
            KeyFileError::Encrypted,
        ),
        (pem("OPENSSH PRIVATE KEY", b"canary"), KeyFileError::OpenSsh),
        (pem("PRIVATE KEY", b"canary"), KeyFileError::Unsupported),
        (pem("PRIVATE KEY", p384.as_ref()), KeyFileError::Unsupported),
        (cut, KeyFileError::Damaged("its END line is missing")),
    ] {
        let refused = GivenKey::from_pem(text.as_bytes(), None).unwrap_err();
        assert_eq!(refused, expected, "{text}");
        assert!(!refused.to_string().contains("canary"));
    }
    let conflict = GivenKey::from_pem(whole.as_bytes(), Some(Algorithm::Rs256)).unwrap_err();
    assert_eq!(conflict.to_string(), "its key signs EdDSA, not RS256");
}

#[tokio::test]
async fn two_sandboxes_with_one_key_publish_and_sign_the_same() {
    let text = pem("PRIVATE KEY", &p256());
    let key = GivenKey::from_pem(text.as_bytes(), None).unwrap();
    let mut kids = Vec::new();
    for _ in 0..2 {
        let world = World::with(Options {
            signing_key: Some(key.clone()),
            auto_approve: Some(String::new()),
            ..options()
        })
        .await;
        let keys = world.get("/api/oauth/.well-known/jwks.json").await.json();
        assert_eq!(keys["keys"][0]["alg"], "ES256");
        let document = world.get("/.well-known/openid-configuration").await.json();
        assert_eq!(
            document["id_token_signing_alg_values_supported"][0],
            "ES256"
        );
        world.login(&[]).await;
        kids.push(keys["keys"][0]["kid"].clone());
    }
    assert_eq!(kids, [key.kid(), key.kid()]);
}
