//! ID tokens that are none: a login ends with them as with every other that cannot be trusted.

use serde_json::{Value, json};

use crate::impostor::{Impostor, TOKEN, is_anybody_signed_in, json_answer, sign_in, user_of};

#[test]
fn what_is_no_id_token_at_all_is_not_trusted() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let texts = [
        ("a number", "7".to_owned()),
        ("empty", "\"\"".to_owned()),
        ("blank", "\" \"".to_owned()),
        ("a list", "[]".to_owned()),
        ("an object", "{}".to_owned()),
        ("yes", "true".to_owned()),
        ("a word", "\"canary\"".to_owned()),
        ("a blank inside", "\"e30.e30 .c2ln\"".to_owned()),
        ("a line break inside", "\"e30.\\ne30.c2ln\"".to_owned()),
        ("a control character", "\"e30.\\u0000e30.c2ln\"".to_owned()),
        ("not ASCII", "\"e30.é.c2ln\"".to_owned()),
        ("deep", deep),
    ];
    for (name, text) in texts {
        let output = sign_in(&world, &issuer, &[], |_| {
            let tokens = Impostor::tokens("PLACE")
                .to_string()
                .replace("\"PLACE\"", &text);
            issuer.put(TOKEN, json_answer(200, &tokens));
        });
        assert_eq!(output.code, 14, "{name}: {output:#?}");
        assert!(!is_anybody_signed_in(&world), "{name}");
    }
}

#[test]
fn an_honest_id_token_with_one_blank_in_it_is_not_trusted() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    for place in [0, 10, 40] {
        let output = sign_in(&world, &issuer, &[], |nonce| {
            let (header, claims) = issuer.honest(nonce);
            let mut id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
            id_token.insert(place, ' ');
            let mut tokens: Value = Impostor::tokens("");
            tokens["id_token"] = json!(id_token);
            issuer.put(TOKEN, json_answer(200, &tokens.to_string()));
        });
        assert_eq!(output.code, 14, "{place}: {output:#?}");
        assert!(!is_anybody_signed_in(&world));
    }
}
