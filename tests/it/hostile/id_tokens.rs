//! ID tokens that an attacker or a broken server could send, through a whole login: each ends in
//! exit 14 for its own reason, and legal tokens of unusual shapes sign in.
//!
//! The unit tests of `oauth::id_token` hold the longer table.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Map, Value, json};

use crate::impostor::{
    DISCOVERY, Impostor, JWKS, Key, TOKEN, discreet, is_anybody_signed_in, json_answer, sign_in,
    user_of,
};
use crate::run::Output;
use crate::world::World;

/// A field, the JSON that replaces it (nothing removes it), and a part of the reason.
type Mutation = (&'static str, &'static str, &'static str);

const HEADERS: [Mutation; 18] = [
    ("alg", r#""none""#, "none is not allowed"),
    ("alg", r#""nOnE""#, "nOnE is not allowed"),
    ("alg", r#""HS256""#, "HS256 is not allowed"),
    ("alg", r#""RS256""#, "RS256 is not allowed"),
    ("alg", r#""es256""#, "es256 is not allowed"),
    ("alg", "null", "names no algorithm"),
    ("alg", r#"{"x":"ES256"}"#, "names no algorithm"),
    ("alg", "", "names no algorithm"),
    ("kid", r#""k2""#, "has no key k2"),
    ("kid", r#""K1""#, "has no key K1"),
    ("kid", r#""k1\u0000""#, "has no key k1"),
    ("kid", "[]", "key id is not a string"),
    ("crit", r#"["b64"]"#, "critical"),
    ("crit", "null", "critical"),
    ("b64", "false", "unencoded"),
    ("typ", r#""at+jwt""#, "another type"),
    ("typ", r#""logout+jwt""#, "another type"),
    ("typ", "[]", "another type"),
];

const CLAIMS: [Mutation; 26] = [
    (
        "iss",
        r#""https://evil.example""#,
        "iss: it is https://evil.example",
    ),
    ("iss", r#"["x"]"#, "iss: it is not a string"),
    ("iss", "", "iss: it is absent"),
    ("aud", r#""IT""#, "aud: it does not name it"),
    ("aud", "[]", "aud: it does not name it"),
    ("aud", r#"["it", null]"#, "aud"),
    ("aud", "", "aud: it is absent"),
    ("aud", r#"["it", "other"]"#, "azp"),
    ("azp", r#""other""#, "azp: it is other"),
    ("exp", "1", "exp: it passed"),
    ("exp", "-1", "exp: it passed"),
    ("exp", r#""9999999999""#, "exp: it is not a number"),
    ("exp", "[9999999999]", "exp: it is not a number"),
    ("exp", "", "exp: it is absent"),
    ("nbf", "9999999999", "nbf"),
    ("nbf", r#""0""#, "nbf: it is not a number"),
    ("iat", "9999999999", "iat"),
    ("iat", "{}", "iat: it is not a number"),
    ("iat", "", "iat: it is absent"),
    ("nonce", r#""another""#, "nonce"),
    ("nonce", "", "nonce: it is absent"),
    ("at_hash", r#""77QmUPtjPfzWtF2AnpK9RQ""#, "at_hash"),
    ("at_hash", "7", "at_hash"),
    ("sub", r#""""#, "sub"),
    ("sub", r#""\u0007""#, "sub"),
    ("sub", "", "sub: it is absent"),
];

fn change(part: &mut Value, field: &str, value: &str) {
    let part = part.as_object_mut().unwrap();
    if value.is_empty() {
        part.remove(field);
    } else {
        part.insert(field.to_owned(), serde_json::from_str(value).unwrap());
    }
}

/// A login at an issuer that gives the ID token that is made of the honest one.
fn login(world: &World, issuer: &Impostor, make: impl FnOnce(Value, Value) -> String) -> Output {
    sign_in(world, issuer, &[], |nonce| {
        let (header, claims) = issuer.honest(nonce);
        let tokens = Impostor::tokens(&make(header, claims)).to_string();
        issuer.put(TOKEN, json_answer(200, &tokens));
    })
}

fn is_refused(world: &World, what: &str, words: &str, output: Output) {
    assert_eq!(output.code, 14, "{what}: {output:#?}");
    discreet(what, &output);
    assert!(!is_anybody_signed_in(world), "{what}");
    let output = output.because("the ID token is ").because(words);
    assert_eq!(output.error()["code"], "untrusted", "{what}");
    drop(output.hinting("nothing was stored"));
}

#[test]
fn a_token_with_one_wrong_field_is_refused_for_its_own_reason() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let headers = HEADERS.iter().map(|row| (true, row));
    let claims = CLAIMS.iter().map(|row| (false, row));
    for (in_header, (field, value, words)) in headers.chain(claims) {
        let output = login(&world, &issuer, |mut header, mut claims| {
            let part = if in_header { &mut header } else { &mut claims };
            change(part, field, value);
            issuer.key.sign(&header.to_string(), &claims.to_string())
        });
        is_refused(&world, &format!("{field} {value}"), words, output);
    }
}

/// A token whose three parts are changed as texts after it was signed.
fn altered(key: &Key, header: &Value, claims: &Value, form: &str) -> String {
    let token = key.sign(&header.to_string(), &claims.to_string());
    let parts: Vec<_> = token.split('.').collect();
    let form = form.replace("{h}", parts[0]).replace("{c}", parts[1]);
    form.replace("{s}", parts[2])
}

#[test]
fn a_token_of_another_form_is_malformed_or_proves_nothing() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let long = format!("{{h}}.{}.{{s}}", "A".repeat(20_000));
    for (form, words) in [
        ("{h}.{c}", "three parts"),
        ("{h}.{c}.", "does not belong"),
        ("{h}.{c}.{s}.{s}", "three parts"),
        ("{h}.{c}.{s}.{s}.{s}", "encrypted"),
        ("{h}=.{c}.{s}", "header is not base64url"),
        ("{h}.{c}.{s}=", "signature is not base64url"),
        ("{h}.{c}.{s}==", "signature is not base64url"),
        ("{h}.{c}.+/+/", "signature is not base64url"),
        ("e31.{c}.{s}", "header is not base64url"),
        ("{h}..{s}", "claims is not a JSON object"),
        ("..", "header is not a JSON object"),
        ("bnVsbA.{c}.{s}", "header is not a JSON object"),
        ("{h}.{c}.AAAA", "does not belong"),
        (&long, "claims is not a JSON object"),
    ] {
        let output = login(&world, &issuer, |header, claims| {
            altered(&issuer.key, &header, &claims, form)
        });
        is_refused(&world, &form[..form.len().min(40)], words, output);
    }
}

#[test]
fn json_that_two_readers_could_read_differently_is_refused() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let deep = format!("\"a\":{}{},", "[".repeat(5000), "]".repeat(5000));
    for (in_header, first) in [
        (true, r#""alg":"none","#),
        (true, r#""\u0061lg":"none","#),
        (false, r#""sub":"person-2","#),
        (false, r#""aud":"other","#),
        (false, r#""x":{"y":1,"y":2},"#),
        (false, r#""x":1e999,"#),
        (false, r#""x":NaN,"#),
        (false, "\"x\":\"\n\","),
        (false, &deep),
    ] {
        let output = login(&world, &issuer, |header, claims| {
            let (mut header, mut claims) = (header.to_string(), claims.to_string());
            let part = if in_header { &mut header } else { &mut claims };
            part.insert_str(1, first);
            issuer.key.sign(&header, &claims)
        });
        let words = if in_header {
            "header is not a JSON object"
        } else {
            "claims is not a JSON object"
        };
        is_refused(&world, &first[..first.len().min(40)], words, output);
    }
}

#[test]
fn a_key_that_the_token_brings_along_or_points_to_is_not_asked_for() {
    let (issuer, stranger) = (Impostor::new(), Impostor::new());
    let world = user_of(&issuer);
    let elsewhere = format!("{}/jwks", stranger.url);
    let brought = [
        ("jwk", stranger.key.public.clone()),
        ("jku", json!(elsewhere)),
        ("x5u", json!(elsewhere)),
        ("x5c", json!(["MIIB"])),
    ];
    for (field, value) in &brought {
        let output = login(&world, &issuer, |mut header, claims| {
            header[*field] = value.clone();
            stranger.key.sign(&header.to_string(), &claims.to_string())
        });
        is_refused(&world, field, "does not belong", output);
    }
    assert!(stranger.everything().is_empty());
    // Signed with the right key, the same headers change nothing.
    let output = login(&world, &issuer, |mut header, claims| {
        let all = brought
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        header.as_object_mut().unwrap().extend(all);
        issuer.key.sign(&header.to_string(), &claims.to_string())
    });
    assert_eq!(output.code, 0, "{output:#?}");
    assert!(stranger.everything().is_empty());
}

#[test]
fn a_public_key_is_no_shared_secret_and_no_key_set_makes_it_one() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let public = issuer.key.public.to_string();
    let mut document = issuer.document();
    document["id_token_signing_alg_values_supported"] = json!(["ES256", "HS256", "none"]);
    issuer.put(DISCOVERY, json_answer(200, &document.to_string()));
    let shared = json!({ "kty": "oct", "kid": "k1", "k": URL_SAFE_NO_PAD.encode(&public) });
    for keys in [json!([issuer.key.public]), json!([shared]), json!([])] {
        issuer.put(JWKS, json_answer(200, &json!({ "keys": keys }).to_string()));
        for (name, secret) in [("HS256", public.as_str()), ("HS256", ""), ("none", "")] {
            let output = login(&world, &issuer, |mut header, claims| {
                header["alg"] = json!(name);
                let part = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
                let signed = format!("{}.{}", part(&header), part(&claims));
                let secret = EncodingKey::from_secret(secret.as_bytes());
                let code = crypto::sign(signed.as_bytes(), &secret, Algorithm::HS256).unwrap();
                let code = if name == "none" { String::new() } else { code };
                format!("{signed}.{code}")
            });
            is_refused(&world, name, &format!("{name} is not allowed"), output);
        }
    }
}

#[test]
fn a_key_set_without_the_one_right_key_verifies_nothing() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let other = Key::new("k1").public;
    let public = |change: &[(&str, Value)]| {
        let mut key = issuer.key.public.clone();
        let change = change
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        key.as_object_mut()
            .unwrap()
            .extend(change.collect::<Map<_, _>>());
        key
    };
    for (keys, words) in [
        (json!([]), "has no key k1"),
        (json!([other]), "does not belong"),
        (json!([other, other]), "does not belong"),
        (json!([public(&[("use", json!("enc"))])]), "not meant"),
        (
            json!([public(&[("key_ops", json!(["sign"]))])]),
            "not meant",
        ),
        (
            json!([public(&[("alg", json!("ES384"))])]),
            "bound to another algorithm",
        ),
        (
            json!([public(&[("crv", json!("secp256k1"))])]),
            "has no key k1",
        ),
        (
            json!([public(&[("crv", json!("P-384"))])]),
            "no key of the token's kind",
        ),
        (
            json!([public(&[("kty", json!("RSA"))])]),
            "no key of the token's kind",
        ),
        (json!([public(&[("kid", json!(7))])]), "has no key k1"),
        (
            json!([public(&[("x", json!("_".repeat(56)))])]),
            "wrong length",
        ),
        (
            json!([public(&[("x", json!(URL_SAFE_NO_PAD.encode([0; 32])))])]),
            "does not belong",
        ),
        (json!([public(&[("y", json!(null))])]), "incomplete"),
        (json!(["k1", null, 7, [], {}]), "has no key k1"),
    ] {
        issuer.put(JWKS, json_answer(200, &json!({ "keys": keys }).to_string()));
        let output = login(&world, &issuer, |header, claims| {
            issuer.key.sign(&header.to_string(), &claims.to_string())
        });
        is_refused(&world, &keys.to_string(), words, output);
    }
}

/// A change of the header and the claims.
type Shape<'a> = &'a dyn Fn(&mut Value, &mut Value);

#[test]
fn legal_tokens_of_unusual_shapes_sign_in() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let long = "y".repeat(8000);
    let shapes: [Shape<'_>; 17] = [
        &|_, claims| claims["aud"] = json!(["it"]),
        &|_, claims| claims["azp"] = json!("it"),
        &|_, claims| {
            claims["aud"] = json!(["other", "it"]);
            claims["azp"] = json!("it");
        },
        &|_, claims| claims["exp"] = json!(4_102_444_800.5),
        &|_, claims| claims["exp"] = json!(1e300),
        &|_, claims| claims["nbf"] = json!(0),
        &|_, claims| claims["iat"] = json!(claims["iat"].as_i64().unwrap() + 50),
        &|_, claims| drop(claims.as_object_mut().unwrap().remove("at_hash")),
        &|_, claims| claims["address"] = json!({ "nested": [[[{ "deep": null }]]] }),
        &|_, claims| claims["note"] = json!(long),
        &|_, claims| claims["name"] = json!("Áda 🦀 \u{202e}"),
        &|_, claims| claims["auth_time"] = json!(1),
        &|header, _| drop(header.as_object_mut().unwrap().remove("typ")),
        &|header, _| header["typ"] = json!("application/JWT"),
        &|header, _| drop(header.as_object_mut().unwrap().remove("kid")),
        &|header, _| header["x5t"] = json!("unknown"),
        &|header, _| header["cty"] = json!({}),
    ];
    for (index, shape) in shapes.iter().enumerate() {
        let output = login(&world, &issuer, |mut header, mut claims| {
            shape(&mut header, &mut claims);
            issuer.key.sign(&header.to_string(), &claims.to_string())
        });
        assert_eq!(output.code, 0, "{index}: {output:#?}");
    }
    // Spaces, line breaks and escapes are as good as none.
    let output = login(&world, &issuer, |_, claims| {
        let claims = serde_json::to_string_pretty(&claims).unwrap();
        let header = "{ \"\\u0061lg\" :\t\"\\u0045S256\" ,\r\n\"kid\":\"k1\" }\n";
        issuer.key.sign(header, &claims)
    });
    assert_eq!(output.code, 0, "{output:#?}");
}

#[test]
fn a_refresh_that_tells_of_somebody_else_is_refused_and_the_session_is_kept() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let signed_in = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
    assert_eq!(signed_in.code, 0, "{signed_in:#?}");
    let (header, mut claims) = issuer.honest("");
    claims["sub"] = json!("person-2");
    let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
    let tokens = Impostor::tokens(&id_token).to_string();
    issuer.put(TOKEN, json_answer(200, &tokens));
    let output = world
        .run(&["refresh"])
        .exits(14)
        .because("a different person");
    discreet("refresh", &output);
    let kept = std::fs::read_to_string(world.session_file()).unwrap();
    assert!(
        kept.contains("person-1") && kept.contains("rt_canary"),
        "{kept}"
    );
    assert!(!kept.contains("person-2"), "{kept}");
    // The access token that came with it is nobody's, and the next refresh is honest again.
    let (header, claims) = issuer.honest("");
    let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
    let tokens = Impostor::tokens(&id_token).to_string();
    issuer.put(TOKEN, json_answer(200, &tokens));
    world.run(&["whoami"]).succeeds();
}
