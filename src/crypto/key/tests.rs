use super::*;

fn parse(text: &str) -> KeyMaterial {
    KeyMaterial::parse(&Secret::new(text.to_owned())).unwrap()
}

#[test]
fn hex_and_base64_of_32_bytes_are_raw_keys_and_all_else_is_a_passphrase() {
    let bytes = [0xfb_u8; KEY_LENGTH];
    let hex_key = hex(&bytes);
    let standard = STANDARD.encode(bytes);
    for raw in [
        hex_key.clone(),
        hex_key.to_uppercase(),
        standard.clone(),
        STANDARD_NO_PAD.encode(bytes),
        URL_SAFE.encode(bytes),
        URL_SAFE_NO_PAD.encode(bytes),
        format!("{hex_key}\n"),
        format!(" {standard}\r\n"),
    ] {
        assert!(
            matches!(parse(&raw), KeyMaterial::Raw(key) if *key == bytes),
            "{raw}"
        );
    }
    for passphrase in [
        "correct horse",
        "with  spaces",
        &hex_key[1..],
        &format!("{hex_key}0"),
        &hex_key.replace('f', "g"),
        &STANDARD.encode([1_u8; 31]),
        &STANDARD.encode([1_u8; 33]),
        "\u{e9}t\u{e9}",
    ] {
        assert!(
            matches!(parse(passphrase), KeyMaterial::Passphrase(text) if text.equals(passphrase)),
            "{passphrase}"
        );
    }
}

#[test]
fn what_is_around_a_key_does_not_count() {
    for text in [
        "pass phrase",
        "pass phrase\n",
        "\u{feff}pass phrase\r\n",
        " pass phrase \n\n",
    ] {
        assert!(matches!(parse(text), KeyMaterial::Passphrase(text) if text.equals("pass phrase")));
    }
    let raw = format!("\u{feff}{}\r\n", "ab".repeat(KEY_LENGTH));
    assert!(matches!(parse(&raw), KeyMaterial::Raw(_)));
}

#[test]
fn an_empty_key_is_no_key() {
    for text in ["", "\n", "  ", "\r\n", "\u{feff}"] {
        let outcome = KeyMaterial::parse(&Secret::new(text.to_owned()));
        assert!(matches!(outcome, Err(Error::KeyMissing)));
    }
}

#[test]
fn a_random_key_is_a_raw_key_and_never_the_same() {
    let first = random_key().unwrap();
    assert!(matches!(
        KeyMaterial::parse(&first).unwrap(),
        KeyMaterial::Raw(_)
    ));
    assert!(!first.equals(random_key().unwrap().expose()));
}

#[test]
fn stretching_is_argon2id_with_19_mib_two_passes_and_one_lane() {
    // Computed with the reference implementation: `argon2 somesaltsomesalt -id -t 2 -k 19456 -p 1`.
    let key = stretch(
        &Secret::new(String::from("correct horse")),
        b"somesaltsomesalt",
    );
    assert_eq!(
        hex(key.as_slice()),
        "93da21ae87a3672d4f37913549b1cd3ee83abc1f1e4006a16f948e029ea2185e"
    );
}

#[test]
fn debug_shows_the_kind_of_key_and_nothing_else() {
    assert_eq!(
        format!("{:?}", parse("swordfish")),
        "a passphrase [redacted]"
    );
    assert_eq!(
        format!("{:?}", parse(&"ab".repeat(32))),
        "a raw key [redacted]"
    );
}
