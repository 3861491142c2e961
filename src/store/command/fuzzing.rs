//! What the fuzzer feeds to the side that listens to a helper.

use super::message::{self, HelperRecord, HelperResponse};

/// One line. A record that is let through is one that this program wrapped, for this account.
pub(in super::super) fn line(bytes: &[u8], account: &str) {
    let Some(answer) = HelperResponse::parse(bytes) else {
        return;
    };
    let generation = answer.generation.unwrap_or(1);
    if let HelperRecord::Record(record) = &answer.record
        && let Ok(text) = message::decode("the helper", account, generation, record)
    {
        let again = message::encode(account, generation, &text);
        assert!(message::decode("the helper", account, generation, &again).is_ok());
    }
    let known = [answer.error, answer.message, answer.account];
    let numbers = [answer.id, answer.protocol, answer.generation];
    drop((known, numbers, answer.ok, answer.deleted));
}
