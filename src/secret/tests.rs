//! What a secret shows of itself, and what of it is found in the words of others.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::redaction::Registry;
use super::*;

const TOKEN: &str = "Zq3-kP9_vL0xW7.tYb2Nf8Rj5Gm1Hc6";

fn registry() -> Registry {
    let mut registry = Registry::default();
    registry.register(TOKEN);
    registry
}

fn each(text: &str, escape: impl Fn(u8) -> String) -> String {
    text.bytes().map(escape).collect()
}

#[test]
fn debug_never_shows_the_text() {
    let secret = Secret::new(String::from("rt_canary"));
    assert_eq!(
        format!("{secret:?} {:?}", Some(&secret)),
        "[redacted] Some([redacted])"
    );
}

#[test]
fn comparison_is_exact() {
    let secret = Secret::new(String::from("abc"));
    assert!(secret.equals("abc"));
    assert!(!secret.equals("abd"));
    assert!(!secret.equals("ab"));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    assert!(Secret::from_utf8(vec![0xff, 0xfe]).is_none());
    assert_eq!(Secret::from_utf8(b"ok".to_vec()).unwrap().expose(), "ok");
}

#[test]
fn every_spelling_of_a_secret_is_taken_out_and_the_words_around_it_stay() {
    let mut registry = registry();
    let hex = each(TOKEN, |byte| format!("{byte:02x}"));
    let percent = each(TOKEN, |byte| format!("%{byte:02X}"));
    for spelling in [
        TOKEN.to_owned(),
        TOKEN.to_uppercase(),
        TOKEN.to_lowercase(),
        TOKEN[..12].to_owned(),
        TOKEN[..8].to_owned(),
        TOKEN[20..].to_owned(),
        TOKEN[9..18].to_owned(),
        TOKEN.chars().rev().collect(),
        percent.clone(),
        percent.replace('%', "%25"),
        each(TOKEN, |byte| format!("\\u{byte:04x}")),
        each(TOKEN, |byte| format!("\\\\u{byte:04x}")),
        each(TOKEN, |byte| format!("\\u{{{byte:x}}}")),
        each(TOKEN, |byte| format!("\\x{byte:02x}")),
        each(TOKEN, |byte| format!("&#{byte};")),
        each(TOKEN, |byte| format!("&#x{byte:x};")),
        each(TOKEN, |byte| format!("{}\u{200b}", char::from(byte))),
        each(TOKEN, |byte| format!("{} ", char::from(byte))),
        each(TOKEN, |byte| format!("{}-", char::from(byte))),
        format!("{}\n  {}", &TOKEN[..15], &TOKEN[15..]),
        format!("{}\u{ad}{}", &TOKEN[..5], &TOKEN[5..]),
        TOKEN
            .chars()
            .map(|letter| char::from_u32(u32::from(letter) + 0xfee0).unwrap())
            .collect(),
        STANDARD.encode(TOKEN),
        URL_SAFE_NO_PAD.encode(TOKEN),
        STANDARD.encode(format!("id:{TOKEN}")),
        STANDARD.encode(format!("Bearer {TOKEN}")),
        format!("//{hex}"),
        hex.to_uppercase(),
        hex,
    ] {
        let sentence = format!("the server said \u{201c}{spelling}\u{201d} and no more");
        let clean = registry.redact(&sentence);
        assert!(
            clean.contains("[redacted]") && clean.starts_with("the server said \u{201c}"),
            "{spelling}: {clean}"
        );
        // A sign at an end may stay: parts of fewer than eight characters do.
        assert!(
            clean.ends_with("\u{201d} and no more"),
            "{spelling}: {clean}"
        );
        assert!(clean.chars().count() < 60, "{spelling}: {clean}");
    }
}

#[test]
fn neighbours_become_one_and_others_stay_apart() {
    let mut registry = registry();
    let twice = format!("{TOKEN}{TOKEN} {TOKEN}!");
    assert_eq!(registry.redact(&twice), "[redacted] [redacted]!");
    assert_eq!(registry.redact(TOKEN), "[redacted]");
}

#[test]
fn sentences_without_a_secret_are_not_touched() {
    let mut registry = registry();
    registry.register("my-eprospera-production-client-secret-4711");
    registry.register("sandbox-secret");
    registry.register("------------xxxxxxxxxxxxxxxx0000000000000000");
    registry.register_whole("the correct passphrase of this portal");
    for sentence in [
        "the client secret was refused: invalid_client",
        "run `eprospera profile set client-secret`, or set EPROSPERA_CLIENT_SECRET_FILE",
        "this is the correct passphrase",
        "-------------------- 0000000000000000 xxxxxxxxxx",
        "run `eprospera --profile sandbox login`: it is a production client of the sandbox",
        "http://127.0.0.1:8736/callback?code=%5Bredacted%5D&amp;state=\\u00e9",
        "Zq3-kP9",
        "c2FuZGJveA== 73616e64626f78 0123456789abcdef",
        "",
    ] {
        assert_eq!(registry.redact(sentence), sentence);
    }
    let all = "it was THE CORRECT PASSPHRASE OF THIS PORTAL";
    assert_eq!(registry.redact(all), "it was [redacted]");
    assert_eq!(registry.redact("a sandbox-secret"), "a [redacted]");
}

#[test]
fn what_was_published_stays_readable() {
    let mut registry = Registry::default();
    registry.publish("acme-web-client");
    registry.register("acme-web-client-4f9a1c7e02");
    assert_eq!(
        registry.redact("no acme-web-client here"),
        "no acme-web-client here"
    );
    let secret = registry.redact("no acme-web-client-4f9a1c7e02 here");
    assert_eq!(secret, "no [redacted] here");
}

#[test]
fn parts_of_fewer_than_eight_characters_are_words() {
    let mut registry = registry();
    let short = format!("{} {}", &TOKEN[..7], "short");
    registry.register("short");
    assert_eq!(registry.redact(&short), short);
}

proptest::proptest! {
    #[test]
    fn every_part_of_eight_characters_is_found_anywhere(
        before in "\\PC{0,20}", from in 0_usize..23, after in "\\PC{0,20}",
    ) {
        let part = &TOKEN[from..from + 8];
        let text = format!("{before}{part}{after}");
        let clean = registry().redact(&text).into_owned();
        proptest::prop_assert!(!clean.contains(part), "{}", clean);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}|[%\\\\&#xu0-9a-f;{}]{0,40}") {
        registry().redact(&text);
    }
}
