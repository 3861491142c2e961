//! What the fuzzer feeds to the side that listens to a helper.

use super::message::{HelperRecord, HelperResponse};
use super::sealing;

/// One line. A record that is let through is one that this program wrapped, for this account.
pub(in super::super) fn line(bytes: &[u8], account: &str) {
    let Some(answer) = HelperResponse::parse(bytes) else {
        return;
    };
    let generation = answer.generation.unwrap_or(1);
    if let HelperRecord::Record(record) = &answer.record
        && let Ok(text) = sealing::decode("the helper", account, generation, record)
    {
        let again = sealing::encode(account, generation, &text);
        assert!(sealing::decode("the helper", account, generation, &again).is_ok());
    }
    let known = [answer.error, answer.message, answer.account];
    let numbers = [answer.id, answer.protocol, answer.generation];
    drop((known, numbers, answer.ok, answer.deleted));
}
