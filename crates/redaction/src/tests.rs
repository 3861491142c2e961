//! What of a secret is found in the words of others.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::registry::Registry;

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
#[expect(clippy::too_many_lines, reason = "a table of spellings")]
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
        percent.replace('%', "%25252525"),
        each(TOKEN, |byte| format!("%u00{byte:02x}")),
        each(TOKEN, |byte| format!("\\U{byte:08x}")),
        each(TOKEN, |byte| format!("\\{byte:03o}")),
        each(TOKEN, |byte| format!("\\0{byte:o}")),
        each(TOKEN, |byte| format!("\\{byte:03}")),
        each(TOKEN, |byte| format!("\\N{{U+{byte:04X}}}")),
        each(TOKEN, |byte| format!("={byte:02X}")),
        each(TOKEN, |byte| format!("&#{byte:05}")),
        each(TOKEN, |byte| format!("&amp;#X{byte:x};")),
        TOKEN
            .replace('-', "&hyphen;")
            .replace('_', "&lowbar;")
            .replace('.', "&period;"),
        each(TOKEN, |byte| format!("<b>{}</b>", char::from(byte))),
        each(TOKEN, |byte| {
            format!("&lt;i&gt;{}&lt;/i&gt;", char::from(byte))
        }),
        each(TOKEN, |byte| {
            format!("\x1b[3{}m{}", byte % 8, char::from(byte))
        }),
        each(TOKEN, |byte| {
            format!("{}&ZeroWidthSpace;", char::from(byte))
        }),
        each(TOKEN, |byte| format!("{}\u{336}", char::from(byte))),
        each(&TOKEN[..13], |byte| format!("{}, ", char::from(byte))),
        each(TOKEN, |byte| format!("{byte:02x} ")),
        each(TOKEN, |byte| format!("{byte:02X}:")),
        each(TOKEN, |byte| format!("0x{byte:02x}, ")),
        each(TOKEN, |byte| format!("{byte},")),
        each(TOKEN, |byte| format!("{byte:03o} ")),
        each(TOKEN, |byte| format!("{byte:08b} ")),
        each(TOKEN, |byte| format!("U+{byte:04X} ")),
        each(TOKEN, |byte| format!("{byte:02x}00")),
        each(TOKEN, |byte| {
            format!("{byte:02x}{byte:02x} ")[2..].to_owned()
        })
        .replacen(' ', "", 1),
        data_encoding(TOKEN, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
        data_encoding(TOKEN, b"0123456789abcdefghijklmnopqrstuv"),
        STANDARD.encode(TOKEN),
        STANDARD.encode(format!("id:{TOKEN}")).to_lowercase(),
        STANDARD.encode(STANDARD.encode(TOKEN)),
        STANDARD.encode(STANDARD.encode(STANDARD.encode(TOKEN))),
        STANDARD.encode(&percent),
        STANDARD.encode(
            TOKEN
                .chars()
                .flat_map(|letter| [letter, '\0'])
                .collect::<String>(),
        ),
        STANDARD.encode(TOKEN).chars().rev().collect(),
        STANDARD.encode(TOKEN.chars().rev().collect::<String>()),
        STANDARD
            .encode(TOKEN)
            .replace('=', "%3D")
            .replace('Z', "%5A"),
        each(&STANDARD.encode(TOKEN), |byte| format!("{byte:02x}")),
        STANDARD
            .encode(TOKEN)
            .as_bytes()
            .chunks(10)
            .map(|row| String::from_utf8_lossy(row) + "\r\n")
            .collect(),
        format!("<{}>", STANDARD.encode(&hex)),
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
        assert!(clean.chars().count() < 70, "{spelling}: {clean}");
    }
}

/// Base32 with the digits in this order.
fn data_encoding(text: &str, digits: &[u8; 32]) -> String {
    let bits: String = each(text, |byte| format!("{byte:08b}"));
    let digit = |bits: &[u8]| {
        let bits = String::from_utf8_lossy(bits);
        char::from(digits[usize::from_str_radix(&format!("{bits:0<5}"), 2).unwrap()])
    };
    bits.as_bytes().chunks(5).map(digit).collect()
}

#[test]
fn the_other_signs_of_a_secret_are_found_in_any_encoding_too() {
    let secret = "p@ß w/ord+%&=é12\u{1f600}x7Q";
    let mut registry = Registry::default();
    registry.register(secret);
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let json = serde_json::to_string(secret).unwrap();
    let units = secret.encode_utf16();
    let units: Vec<_> = units.map(|unit| format!("\\u{unit:04x}")).collect();
    let utf_16 = units.concat();
    for spelling in [
        form.clone(),
        form.replace('+', "%20"),
        STANDARD.encode(format!("id:{form}")),
        STANDARD.encode(secret),
        each(secret, |byte| format!("{byte:02x} ")),
        json,
        utf_16,
    ] {
        let clean = registry.redact(&spelling);
        assert!(clean.contains("[redacted]"), "{spelling}: {clean}");
        let rest = clean.replace("[redacted]", "");
        assert!(rest.chars().count() < 25, "{spelling}: {clean}");
    }
}

#[test]
fn a_text_that_is_made_to_waste_time_is_not_shown_at_all() {
    let mut registry = registry();
    let deep = "%25".repeat(200_000);
    let clean = registry.redact(&deep);
    assert!(clean == "[redacted]" || clean == deep, "{clean}");
    // The tail of each is a head of the next.
    let nested = "&amp;%25<b>\\x25=25%26".repeat(20_000);
    let clean = registry.redact(&nested);
    assert!(clean == "[redacted]" || clean == nested);
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
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301 and 00112233-4455-6677-8899-aabbccddeeff",
        "see https://id.example/docs/errors?code=invalid_client&lang=en-US#section-4.1.2 (RFC 6749 \u{a7}5.2)",
        "{\"error\":{\"code\":\"rate_limited\",\"message\":\"429: try again in 30 s\",\"details\":[1,2,3]}}",
        "<html><head><title>502 Bad Gateway</title></head><body>nginx/1.25.3 &amp; friends</body></html>",
        "request 7f3a9c at 2026-11-28T09:30:00.123Z from 192.0.2.17:51234 took 1,234 ms (51 52 53 54 55 56 57 58 59)",
        "00000000: 4854 5450 2f31 2e31 2034 3030 2042 6164  HTTP/1.1 400 Bad",
        "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbWFyYSJ9.c2lnbmF0dXJl",
        "=?UTF-8?Q?Caf=C3=A9?= \\303\\251 \\u00e9 &eacute; &#233; %C3%A9",
        "the token endpoint answered with the status 400 and the words: the refresh token has expired",
        "aGFyYm91cg== 686172626f7572 0123456789abcdef",
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
