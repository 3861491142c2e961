//! How rules of faults are written, and the error about one that cannot be read.

use std::time::Duration;

use crate::Fault;
use crate::faults::fault::{Action, Endpoint};

#[test]
fn rules_are_read() {
    let fault: Fault = "userinfo:429=7*3".parse().unwrap();
    assert_eq!(fault.endpoint, Endpoint::Userinfo);
    assert_eq!(fault.action, Action::Status(429, Some("7".to_owned())));
    assert_eq!(fault.count, Some(3));
    assert_eq!(fault.to_string(), "userinfo:429=7*3");
    let fault: Fault = "me:slow=5s".parse().unwrap();
    assert_eq!(fault.action, Action::Slow(Duration::from_secs(5)));
    assert_eq!(fault.count, None);
    let good = [
        "token:500",
        "token:drop-after-commit",
        "jwks:rotate",
        "jwks:rotate=keep-old",
        "jwks:rsa-short*1",
        "id_token:bad-nonce",
        "any:hang",
        "discovery:302=http://x.example/",
        "token:half-body",
        "token:expires-in=\"3600\"",
        "token:expires-in=-1",
        "token:expires-in=null",
        "token:expires-in=absent",
        "token:token-type=mac",
        "authorize:error=server_error",
        "discovery:huge=length",
        "revoke:empty",
        "discovery:short",
        "files:expired*1",
        "files:changed",
        "files:stall",
        "tax-document:huge",
    ];
    for rule in good {
        assert!(rule.parse::<Fault>().is_ok(), "{rule}");
    }
}

#[test]
fn every_action_of_the_table_is_understood_where_it_is_listed() {
    let endpoints = [
        "me",
        "token",
        "prosper_token",
        "discovery",
        "jwks",
        "files",
        "id_token",
    ];
    for ((title, actions), endpoint) in crate::fault_actions().into_iter().zip(endpoints) {
        assert!(!title.is_empty() && !actions.is_empty());
        for action in actions {
            let argument = action.argument.map(|argument| match argument {
                "DURATION" => "=5s".to_owned(),
                "CODE" => "=server_error".to_owned(),
                "JSON" => "=3600".to_owned(),
                "NAME" => "=mac".to_owned(),
                word => format!("={word}"),
            });
            let name = action.name.replace("STATUS", "500");
            let rule = format!("{endpoint}:{name}{}", argument.unwrap_or_default());
            assert!(rule.parse::<Fault>().is_ok(), "{rule}");
        }
    }
    for endpoint in crate::fault_endpoints() {
        let rule = format!("{endpoint}:oops").parse::<Fault>().unwrap_err();
        let (word, known) = rule.unknown().unwrap();
        assert!(word == "oops" && known.len() >= 11, "{endpoint}");
    }
}

#[test]
fn a_rule_that_is_not_understood_names_the_part() {
    let bad = [
        ("token", "the `:` is missing"),
        (
            "tokens:500",
            "there is no endpoint `tokens`; use one of discovery, jwks",
        ),
        (
            "token:oops",
            "`token` has no action `oops`; use one of a status",
        ),
        ("userinfo:rotate", "`userinfo` has no action `rotate`"),
        (
            "id_token:500",
            "`id_token` has no action `500`; use one of bad-nonce",
        ),
        ("token:200", "`token` has no action `200`"),
        ("token:500*0", "the count after `*`"),
        ("token:500*x", "the count after `*`"),
        ("token:429=soon", "the argument of `429` must be seconds"),
        ("token:500=7", "the argument of `500` must be left out"),
        ("me:slow", "the argument of `slow` must be a duration"),
        (
            "token:expires-in=x",
            "the argument of `expires-in` must be a JSON value",
        ),
        (
            "token:error=",
            "the argument of `error` must be an OAuth error code",
        ),
        (
            "jwks:rotate=soon",
            "the argument of `rotate` must be `keep-old` or left out",
        ),
        (
            "files:expired=1",
            "the argument of `expired` must be left out",
        ),
        ("me:expired", "`me` has no action `expired`"),
        (
            "id_token:bad-nonce=7",
            "the argument of `bad-nonce` must be left out",
        ),
        ("token:hang=1", "the argument of `hang` must be left out"),
    ];
    for (rule, part) in bad {
        let message = rule.parse::<Fault>().unwrap_err().to_string();
        assert!(
            message.contains(part) && message.contains(rule),
            "{message}"
        );
    }
}
