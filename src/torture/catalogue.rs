//! Every trial, with its words. docs/torture.md has them as a table that a test keeps in step.

use super::trial::{Script, Storm, Trial};

const fn storm(rule: &'static str, runs: usize) -> Script {
    Script::Storm(Storm {
        rule,
        runs,
        is_lossy: false,
    })
}

/// The provider has rotated the refresh token, and its answer is lost.
const fn lossy(rule: &'static str) -> Script {
    Script::Storm(Storm {
        rule,
        runs: 1,
        is_lossy: true,
    })
}

const KEPT: &str = "Afterwards the same session gives a working token.";
const SAYS_SO: &str = "The client ends with an error, sends 5 token requests at most, and a new sign-in works; \
                       the lost session itself is not held against it.";
const ROTATION: &str =
    "RFC 9700 section 4.14.2: with rotation, a refresh token that is sent twice ends the session.";
const TRANSIENT: &str =
    "RFC 6749 section 5.2: only `invalid_grant` says that the refresh token is no longer valid.";
const STATUS_5XX: &str = "RFC 9110 section 15.6: a 5xx status is an error of the server, and says nothing about the session.";
const DISCARD: &str = "RFC 6749 section 6: the new refresh token replaces the old one, so it has to be stored before it counts.";
const UNKNOWN_OUTCOME: &str = "RFC 9110 section 9.2.2: after a broken connection, a client cannot know whether the request was \
     carried out, and must not repeat it without end.";
const ENDED: &str =
    "RFC 6749 section 5.2: after `invalid_grant`, only a new sign-in helps; asking again does not.";

/// Makes a trial of its group, name, script and words.
macro_rules! trials {
    ($($group:literal { $($name:literal: $script:expr, $does:expr, $shows:expr, $because:expr;)+ })+) => {
        /// Every trial, in the order of the report.
        pub(crate) const TRIALS: &[Trial] = &[$($(Trial {
            name: $name,
            group: $group,
            does: $does,
            shows: $shows,
            because: $because,
            script: $script,
        },)+)+];
    };
}

trials! {
    "expiry" {
        "at-expiry-1": Script::AtExpiry(1),
            "The access token expires; one process wants a token.",
            "The process gets a working token of the same session.",
            "RFC 6749 section 1.5: this is what a refresh token is for.";
        "at-expiry-10": Script::AtExpiry(10),
            "The access token expires; 10 processes want a token at once.",
            "All 10 get a working token, and the session lives.",
            ROTATION;
        "at-expiry-200": Script::AtExpiry(200),
            "The access token expires; 200 processes want a token at once.",
            "All 200 get a working token, and the session lives.",
            ROTATION;
        "slow-answer": Script::SlowAnswer,
            "The provider takes 3 seconds to answer the refresh, while 10 processes want a token.",
            "All 10 get a working token: none loses patience and sends the same refresh token.",
            ROTATION;
        "stored-after-refresh": Script::StoredAfterRefresh,
            "One process refreshes and ends; then another process wants a token.",
            "The second process sends no refresh: what the first one got was stored.",
            DISCARD;
        "five-refreshes": Script::FiveRefreshes,
            "The access token expires 5 times; each time another process wants a token.",
            "Each process gets a working token of the same session.",
            DISCARD;
    }
    "answers" {
        "answer-cut": lossy("token:drop-after-commit*1"),
            "The provider rotates the refresh token, then closes the connection without an answer.",
            SAYS_SO, UNKNOWN_OUTCOME;
        "half-an-answer": lossy("token:half-body*1"),
            "The provider rotates the refresh token, sends half of its answer, and closes the connection.",
            SAYS_SO, UNKNOWN_OUTCOME;
        "closed-before-answer": storm("token:drop", 2),
            "The provider closes the connection before it has done anything; two runs.",
            KEPT, UNKNOWN_OUTCOME;
        "never-answers": storm("token:hang", 1),
            "The token endpoint accepts the request and never answers.",
            "The client ends by itself within the limit (60 seconds), and afterwards the same session works.",
            "A process that waits for ever blocks all that wait for it; 60 seconds is the usual limit of proxies.";
        "bad-gateway-once": storm("token:502*1", 1),
            "The token endpoint answers one request with 502 and an HTML page.",
            KEPT, STATUS_5XX;
        "bad-gateway-lasting": storm("token:502", 3),
            "The token endpoint answers 502 and an HTML page for three runs.",
            "Each run sends 5 token requests at most, and afterwards the same session works.",
            STATUS_5XX;
        "server-error": storm("token:500", 2),
            "The token endpoint answers 500 for two runs.",
            KEPT, STATUS_5XX;
        "rate-limited": storm("token:429", 2),
            "The token endpoint answers 429 without Retry-After for two runs.",
            "Each run sends 5 token requests at most, and afterwards the same session works.",
            "RFC 6585 section 4: 429 asks to send less, and says nothing about the session.";
        "rate-limited-retry-after": Script::RetryAfter,
            "The token endpoint answers one request with 429 and `Retry-After: 2`.",
            "The client does not ask again within 2 seconds, and the same session works.",
            "RFC 9110 section 10.2.3: Retry-After says how long to wait.";
        "unavailable-retry-after": storm("token:503=1", 2),
            "The token endpoint answers 503 and `Retry-After: 1` for two runs.",
            KEPT, STATUS_5XX;
        "temporarily-unavailable": storm("token:error=temporarily_unavailable", 2),
            "The token endpoint answers the error `temporarily_unavailable` for two runs.",
            KEPT, TRANSIENT;
        "invalid-client": storm("token:error=invalid_client*1", 1),
            "The token endpoint answers one request with 401 and the error `invalid_client`.",
            KEPT, TRANSIENT;
        "garbage": storm("token:garbage", 2),
            "The token endpoint answers 200 with something that is not JSON, for two runs.",
            KEPT, "RFC 6749 section 5.1: a 200 without an access token is not a grant, and no refusal either.";
        "empty-answer": storm("token:empty", 2),
            "The token endpoint answers 200 without a body, for two runs.",
            KEPT, "RFC 6749 section 5.1: a 200 without an access token is not a grant, and no refusal either.";
        "captive-portal-page": storm("any:html", 2),
            "Every address answers 200 with the page of a Wi-Fi network that wants to be accepted; two runs.",
            KEPT, "RFC 8910: a captive portal answers in the provider's place; nothing it says is about the session.";
        "captive-portal-redirect": Script::PortalRedirect,
            "Every address redirects (302) to an HTML page; two runs.",
            KEPT, "RFC 8910: a captive portal answers in the provider's place; nothing it says is about the session.";
        "discovery-broken": storm("discovery:500", 2),
            "The discovery document answers 500 for two runs; everything else works.",
            KEPT, STATUS_5XX;
        "issuer-unreachable": storm("any:drop", 3),
            "Every connection is closed without an answer for three runs; then the provider is back.",
            KEPT, "Laptops sleep, cables are pulled: no answer says nothing about the session.";
        "token-echoed": Script::TokenEchoed,
            "The token endpoint answers 500 with an error description that repeats the refresh token.",
            "Neither stdout nor stderr of the client shows the refresh token, and the same session works.",
            "RFC 6749 section 10.4: refresh tokens are kept confidential; logs are read by many.";
    }
    "signals" {
        "killed-at-random": Script::KilledAtRandom,
            "The client is killed (SIGKILL) 6 times at a random moment of a run; then it runs again.",
            "A session is lost only if its refresh had been granted, and at most 3 times; no lock blocks the next run.",
            "A crash, an out-of-memory killer and a power cut come unannounced.";
        "killed-after-commit": Script::KilledAfterCommit,
            "The client is killed when the provider has rotated the refresh token and has not answered.",
            SAYS_SO, UNKNOWN_OUTCOME;
        "terminated": Script::Terminated,
            "SIGTERM reaches the client's process group while its refresh is under way.",
            KEPT, "SIGTERM asks a program to finish; service managers wait a minute and more before they kill.";
        "stopped-and-continued": Script::Stopped,
            "The client is stopped (SIGSTOP) for 5 seconds while its refresh is under way, and another process runs.",
            "The other process does not send the same refresh token, and afterwards the same session works.",
            ROTATION;
    }
    "disk" {
        "full-disk": Script::FullDisk,
            "No file can grow, as on a full disk, for two runs; then there is room again.",
            KEPT, DISCARD;
        "read-only-store": Script::ReadOnlyStore,
            "All folders of the client are read-only for two runs; then they can be written again.",
            KEPT, DISCARD;
    }
    "clock and keys" {
        "clock-a-day-ahead": Script::Clock(86_400),
            "The provider's clock is a day ahead for two runs; then it is right again.",
            "Each run sends 5 token requests at most, and afterwards the same session works; a run may refuse.",
            "RFC 6749 section 5.1: expires_in counts from the answer, so that clocks need not agree.";
        "clock-a-day-behind": Script::Clock(-86_400),
            "The provider's clock is a day behind for two runs; then it is right again.",
            "Each run sends 5 token requests at most, and afterwards the same session works; a run may refuse.",
            "RFC 6749 section 5.1: expires_in counts from the answer, so that clocks need not agree.";
        "key-rotated": Script::KeyRotated,
            "The provider signs with a new key, and the old one has left its key set.",
            "The client gets a working token at once: it ignores the ID token, or fetches the keys again.",
            "OpenID Connect Core section 10.1.1: a client fetches the keys again when it meets an unknown one.";
    }
    "sessions" {
        "sign-in-meanwhile": Script::SignInMeanwhile,
            "Another process signs in while a refresh of the old session is under way.",
            "Afterwards the client has the session of the later sign-in.",
            "When you sign in again, perhaps as another person, a late answer must not bring the old session back.";
        "revoked-elsewhere": Script::Revoked,
            "The person ends all sessions in the provider's settings.",
            "Two runs end with an error after 5 token requests at most each, and a new sign-in works.",
            ENDED;
        "reuse-detected": Script::Reuse,
            "A thief sends a used refresh token, and the provider ends the session.",
            "Two runs end with an error after 5 token requests at most each, and a new sign-in works.",
            ENDED;
    }
    "unusual answers" {
        "scope-narrowed": Script::Answer("token:narrow-scope*1", true),
            "The answer to a refresh grants fewer scopes than before.",
            "The client gives the token, keeps the new refresh token, and the next refresh works.",
            "RFC 6749 sections 5.1 and 6: the answer says which scope its token has; the refresh token keeps its own.";
        "no-new-refresh-token": Script::Answer("token:no-refresh*1", true),
            "The answer to a refresh has no refresh token.",
            "The client gives the token, keeps the old refresh token, and the next refresh works.",
            "RFC 6749 section 6: the server MAY issue a new refresh token; without one, the old one stays valid.";
        "same-refresh-token": Script::Answer("token:no-rotate*1", true),
            "The answer to a refresh has the same refresh token again.",
            "The client gives the token, and the next refresh works.",
            "RFC 6749 section 6: rotation is the server's choice, each time.";
        "expires-in-missing": Script::ExpiresInMissing,
            "The answer to a refresh has no `expires_in`; the token lives for an hour.",
            "The client gives the token, and another process gets a working one of the same session.",
            "RFC 6749 section 5.1: expires_in is RECOMMENDED, not REQUIRED.";
        "expires-in-text": Script::Answer("token:expires-in=\"2\"*1", false),
            "The answer to a refresh has `expires_in` as a text.",
            "The client may refuse the token, but keeps the session: the next refresh works.",
            "RFC 6749 section 5.1 has a number, but the answer has rotated the refresh token all the same.";
    }
}

/// The names of all trials.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    TRIALS.iter().map(|trial| trial.name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_trial_has_a_name_of_its_own_and_whole_sentences() {
        let all: BTreeSet<_> = names().collect();
        assert_eq!(all.len(), TRIALS.len());
        for trial in TRIALS {
            let is_kebab = |letter: char| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
            };
            assert!(trial.name.chars().all(is_kebab), "{}", trial.name);
            for text in [trial.does, trial.shows, trial.because] {
                assert!(
                    text.ends_with('.') && text.starts_with(char::is_uppercase),
                    "{text}"
                );
                assert!(!text.contains("  "), "{text}");
            }
        }
    }

    #[test]
    fn every_rule_can_be_read() {
        for trial in TRIALS {
            if let Script::Storm(Storm { rule, .. }) | Script::Answer(rule, _) = trial.script {
                assert!(rule.parse::<eprospera_sandbox::Fault>().is_ok(), "{rule}");
            }
        }
    }
}
