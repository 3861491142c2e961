//! Tokens that must each be refused for their own reason, and for no other.

use super::*;

/// A field, the JSON that replaces it (nothing removes it), the check that must fail, and a part
/// of its reason.
type Mutation = (&'static str, &'static str, &'static str, &'static str);

const HEADERS: &[Mutation] = &[
    ("alg", r#""none""#, "signature", "none is not allowed"),
    ("alg", r#""None""#, "signature", "None is not allowed"),
    ("alg", r#""HS256""#, "signature", "HS256 is not allowed"),
    ("alg", r#""HS512""#, "signature", "HS512 is not allowed"),
    ("alg", r#""RS1""#, "signature", "RS1 is not allowed"),
    ("alg", r#""rs256""#, "signature", "rs256 is not allowed"),
    ("alg", r#""ES512""#, "signature", "ES512 is not allowed"),
    ("alg", r#""""#, "signature", "is not allowed"),
    ("alg", "256", "signature", "names no algorithm"),
    ("alg", r#"["RS256"]"#, "signature", "names no algorithm"),
    ("alg", "", "signature", "names no algorithm"),
    ("alg", r#""RS384""#, "signature", "does not belong"),
    ("alg", r#""PS256""#, "signature", "does not belong"),
    (
        "alg",
        r#""ES256""#,
        "signature",
        "no key of the token's kind",
    ),
    (
        "alg",
        r#""EdDSA""#,
        "signature",
        "no key of the token's kind",
    ),
    ("kid", r#""gone""#, "signature", "has no key gone"),
    ("kid", r#""RSA""#, "signature", "has no key RSA"),
    ("kid", r#""""#, "signature", "has no key"),
    ("kid", "7", "signature", "key id is not a string"),
    ("kid", "null", "signature", "key id is not a string"),
    (
        "kid",
        r#""p256""#,
        "signature",
        "no key of the token's kind",
    ),
    ("kid", r#""shared""#, "signature", "has no key shared"),
    ("kid", r#""weak""#, "signature", "shorter than 2048"),
    (
        "kid",
        r#""sealing""#,
        "signature",
        "not meant for signatures",
    ),
    (
        "kid",
        r#""bound""#,
        "signature",
        "bound to another algorithm",
    ),
    ("kid", r#""twin""#, "signature", "does not belong"),
    (
        "kid",
        r#""../../etc\u001b[2J""#,
        "signature",
        "has no key ../../etc [2J",
    ),
    ("kid", "", "signature", "several fit"),
    ("crit", r#"["exp"]"#, "signature", "critical"),
    ("crit", "[]", "signature", "critical"),
    ("b64", "false", "signature", "unencoded"),
    ("typ", r#""at+jwt""#, "signature", "another type"),
    ("typ", r#""logout+jwt""#, "signature", "another type"),
    ("typ", "1", "signature", "another type"),
];

const CLAIMS: &[Mutation] = &[
    (
        "iss",
        r#""https://evil.example""#,
        "iss",
        "it is https://evil.example",
    ),
    (
        "iss",
        r#""https://portal.example/""#,
        "iss",
        "it is https://portal.example/",
    ),
    ("iss", r#""HTTPS://PORTAL.EXAMPLE""#, "iss", "it is HTTPS"),
    (
        "iss",
        r#"["https://portal.example"]"#,
        "iss",
        "not a string",
    ),
    ("iss", "", "iss", "absent"),
    ("aud", r#""client-2""#, "aud", "does not name client-1"),
    ("aud", r#""client-1 ""#, "aud", "does not name"),
    ("aud", "[]", "aud", "does not name"),
    ("aud", r#"["client-1", 7]"#, "aud", "not a string"),
    ("aud", r#"{"client-1": 1}"#, "aud", "neither"),
    ("aud", "", "aud", "absent"),
    (
        "aud",
        r#"["client-1", "client-2"]"#,
        "azp",
        "absent although there are several",
    ),
    ("azp", r#""client-2""#, "azp", "it is client-2"),
    ("azp", "1", "azp", "not a string"),
    ("azp", "null", "azp", "not a string"),
    ("exp", "1799999940", "exp", "passed 60 s ago"),
    ("exp", "0", "exp", "passed 1800000000 s ago"),
    ("exp", "-1e300", "exp", "passed"),
    ("exp", r#""1900000000""#, "exp", "not a number"),
    ("exp", "null", "exp", "not a number"),
    ("exp", "", "exp", "absent"),
    ("nbf", "1800000061", "nbf", "61 s in the future"),
    ("nbf", "1e300", "nbf", "s in the future"),
    ("nbf", r#""now""#, "nbf", "not a number"),
    ("iat", "1800000061", "iat", "61 s in the future"),
    ("iat", "1e300", "iat", "s in the future"),
    ("iat", "true", "iat", "not a number"),
    ("iat", "", "iat", "absent"),
    ("nonce", r#""n-2""#, "nonce", "another login"),
    ("nonce", r#""n-1 ""#, "nonce", "another login"),
    ("nonce", "1", "nonce", "not a string"),
    ("nonce", "", "nonce", "absent"),
    (
        "at_hash",
        r#""77QmUPtjPfzWtF2AnpK9RR""#,
        "at_hash",
        "another access token",
    ),
    (
        "at_hash",
        r#""77QmUPtjPfzWtF2AnpK9RQ==""#,
        "at_hash",
        "another access token",
    ),
    ("at_hash", r#""""#, "at_hash", "another access token"),
    ("at_hash", "0", "at_hash", "not a string"),
    ("sub", r#""person-2""#, "sub", "a different person"),
    ("sub", r#""""#, "sub", "1 to 255"),
    ("sub", r#""person-1\u007f""#, "sub", "1 to 255"),
    ("sub", "17", "sub", "not a string"),
    ("sub", "", "sub", "absent"),
    ("auth_time", "1799999600", "auth_time", "400 s ago"),
    ("auth_time", "", "auth_time", "absent"),
];

/// A good token after one change.
fn changed(header_field: bool, (field, value, ..): Mutation) -> String {
    mutated(|header, claims| {
        // The hash of the access token depends on the algorithm; it has rows of its own.
        if header_field {
            claims.as_object_mut().unwrap().remove("at_hash");
        }
        let part = if header_field { header } else { claims };
        let part = part.as_object_mut().unwrap();
        if value.is_empty() {
            part.remove(field);
        } else {
            part.insert(field.to_owned(), serde_json::from_str(value).unwrap());
        }
    })
}

#[test]
fn every_mutated_token_is_refused_for_its_own_reason_alone() {
    let jwks = jwks();
    let headers = HEADERS.iter().map(|row| (true, *row));
    let claims = CLAIMS.iter().map(|row| (false, *row));
    let mut refused = 0;
    for (in_header, row) in headers.chain(claims) {
        let report = verify(&changed(in_header, row), Some(&jwks), &expectations()).unwrap();
        let failed = failures(&report);
        let (_, _, check, reason) = row;
        assert_eq!(failed.len(), 1, "{row:?}: {failed:?}");
        assert_eq!(failed[0].0, check, "{row:?}: {failed:?}");
        assert!(failed[0].1.contains(reason), "{row:?}: {failed:?}");
        assert!(!failed[0].1.chars().any(char::is_control));
        let error = report.require().unwrap_err();
        assert!(error.is_untrusted() && error.to_string().contains(reason));
        refused += 1;
    }
    assert!(refused >= 60, "{refused}");
}

#[test]
fn a_subject_has_at_most_255_characters() {
    for (length, refused) in [(255, false), (256, true)] {
        let name = "x".repeat(length);
        let token = mutated(|_, claims| claims["sub"] = json!(name));
        let expected = Expectations {
            subject: None,
            ..expectations()
        };
        let report = verify(&token, Some(&jwks()), &expected).unwrap();
        assert_eq!(report.failure().is_some(), refused);
    }
}

#[test]
fn a_signature_of_another_key_or_of_nobody_is_refused() {
    let (header, claims) = good();
    let (header, claims) = (header.to_string(), claims.to_string());
    let token = sign_texts(&KEYS, "RS256", &header, &claims);
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let mut bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    bytes[0] ^= 1;
    let flipped = URL_SAFE_NO_PAD.encode(&bytes);
    let other = sign_texts(&OTHERS, "RS256", &header, &claims);
    let longer = claims.replace("person-1", "person-1x");
    let swapped = sign_texts(&KEYS, "RS256", &header, &longer);
    let swapped = swapped.rsplit_once('.').unwrap().1;
    let carried = {
        // RFC 8725 §3.10: a key that a token brings along proves nothing.
        let mut header: Value = serde_json::from_str(&header).unwrap();
        header["jwk"] = OTHERS.public("RS256", "rsa");
        header["jku"] = json!("https://evil.example/jwks");
        header["x5u"] = json!("https://evil.example/x5c");
        sign_texts(&OTHERS, "RS256", &header.to_string(), &claims)
    };
    for token in [
        other,
        carried,
        format!("{signed}."),
        format!("{signed}.AA"),
        format!("{signed}.{flipped}"),
        format!("{signed}.{swapped}"),
    ] {
        let report = verify(&token, Some(&jwks()), &expectations()).unwrap();
        let failed = failures(&report);
        assert_eq!(failed.len(), 1, "{failed:?}");
        assert!(failed[0].1.contains("does not belong"), "{failed:?}");
    }
}

#[test]
fn a_public_key_is_never_a_shared_secret() {
    let (mut header, claims) = good();
    header["alg"] = json!("HS256");
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(&header), encode(&claims));
    let public = KEYS.public("RS256", "rsa").to_string();
    let secret = EncodingKey::from_secret(public.as_bytes());
    let signature =
        crypto::sign(signed.as_bytes(), &secret, jsonwebtoken::Algorithm::HS256).unwrap();
    let token = format!("{signed}.{signature}");
    let report = verify(&token, Some(&jwks()), &expectations()).unwrap();
    assert!(report.failure().unwrap().1.contains("HS256 is not allowed"));
}

#[test]
fn what_is_no_token_is_malformed() {
    let (header, claims) = good();
    let token = sign("RS256", &header, &claims);
    let parts: Vec<_> = token.split('.').collect();
    let (h, c, s) = (parts[0], parts[1], parts[2]);
    let raw = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let twice = claims.to_string().replacen('{', r#"{"sub":"person-2","#, 1);
    let alg = header.to_string().replacen('{', r#"{"alg":"none","#, 1);
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(500), "]".repeat(500));
    let table = [
        (String::new(), Malformed::Parts),
        (String::from("x"), Malformed::Parts),
        (format!("{h}.{c}"), Malformed::Parts),
        (format!("{token}."), Malformed::Parts),
        (format!("{token}.x.y"), Malformed::Encrypted),
        ("a".repeat(64 * 1024 + 1), Malformed::TooLong),
        (format!("{h}=.{c}.{s}"), Malformed::Encoding("header")),
        (format!("{h}.{c}.{s}="), Malformed::Encoding("signature")),
        (format!("{h}.{c}.{s}\n"), Malformed::Encoding("signature")),
        (format!(" {token}"), Malformed::Encoding("header")),
        (format!("{h}.{c}.+/+/"), Malformed::Encoding("signature")),
        // The last character carries bits that no canonical encoder sets.
        (format!("e31.{c}.{s}"), Malformed::Encoding("header")),
        (format!("..{s}"), Malformed::Json("header")),
        (format!("{h}..{s}"), Malformed::Json("claims")),
        (format!("{h}.{}.{s}", raw("[]")), Malformed::Json("claims")),
        (
            format!("{h}.{}.{s}", raw("null")),
            Malformed::Json("claims"),
        ),
        (
            format!("{h}.{}.{s}", raw("{} {}")),
            Malformed::Json("claims"),
        ),
        (format!("{h}.{}.{s}", raw(&deep)), Malformed::Json("claims")),
        (
            format!("{h}.{}.{s}", raw(&twice)),
            Malformed::Json("claims"),
        ),
        (format!("{}.{c}.{s}", raw(&alg)), Malformed::Json("header")),
        (
            format!("{h}.{}.{s}", raw(r#"{"exp":1e999}"#)),
            Malformed::Json("claims"),
        ),
    ];
    for (token, reason) in table {
        assert_eq!(decode(&token).unwrap_err(), reason, "{token}");
    }
}
