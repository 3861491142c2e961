use super::*;

/// What is in `openssl ca` and other people's folders.
fn foreign() -> (String, String) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::default();
    params.distinguished_name = named("Somebody's CA");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
}

#[test]
fn an_authority_that_was_kept_is_the_same_again() {
    let made = Authority::generate().unwrap();
    assert!(!made.is_due());
    let text = format!("# kept\n{}\n{}", made.certificate_pem(), made.key_pem());
    let kept = Authority::from_pem(text.as_bytes(), made.key_pem().as_bytes()).unwrap();
    assert_eq!(kept.certificate_pem(), made.certificate_pem());
    assert_eq!(kept.expires(), made.expires());
    assert_eq!(kept.key_pem(), made.key_pem());
}

#[test]
fn an_old_authority_is_due_and_its_successor_has_the_same_key_and_name() {
    let key = KeyPair::generate().unwrap();
    let old = today().saturating_sub((LIFETIME_DAYS - 20).days());
    let old = Authority::certified(key, old).unwrap();
    let kept =
        Authority::from_pem(old.certificate_pem().as_bytes(), old.key_pem().as_bytes()).unwrap();
    assert!(kept.is_due());
    let next = Authority::from_key_pem(kept.key_pem().as_bytes()).unwrap();
    assert!(!next.is_due());
    assert_eq!(next.key_pem(), old.key_pem());
    let again =
        Authority::from_pem(next.certificate_pem().as_bytes(), old.key_pem().as_bytes()).unwrap();
    assert_eq!(again.expires(), next.expires());
}

#[test]
fn what_is_not_of_the_sandbox_or_does_not_belong_together_is_refused() {
    let refused = |certificate: &str, key: &str| {
        Authority::from_pem(certificate.as_bytes(), key.as_bytes()).unwrap_err()
    };
    let (one, two) = (
        Authority::generate().unwrap(),
        Authority::generate().unwrap(),
    );
    let (certificate, key) = foreign();
    assert_eq!(refused(&certificate, &key), AuthorityError::Foreign);
    let own = one.certificate_pem();
    assert_eq!(refused(own, &two.key_pem()), AuthorityError::Mismatch);
    assert_eq!(refused(own, "canary"), AuthorityError::Key);
    assert_eq!(refused(own, own), AuthorityError::Key);
    for text in ["canary", "", &one.key_pem()] {
        assert_eq!(refused(text, &one.key_pem()), AuthorityError::Certificate);
    }
    let other_kind = KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    assert_eq!(
        refused(own, &other_kind.serialize_pem()),
        AuthorityError::Foreign
    );
    // The right name, and no limits.
    let key = KeyPair::generate().unwrap();
    let mut params = of_authority(&key, today());
    params.name_constraints = None;
    let wide = params.self_signed(&key).unwrap().pem();
    assert_eq!(
        refused(&wide, &key.serialize_pem()),
        AuthorityError::Foreign
    );
}
