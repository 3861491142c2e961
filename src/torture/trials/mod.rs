//! What is done in each trial, one file for each kind of trouble.

mod answers;
mod disk;
mod expiry;
mod sessions;
mod signals;

use super::stage::Stage;
use super::trial::{Script, Stop};

/// Runs a script to its end; the sentence says what a client that passed has shown.
pub(super) async fn run(script: Script, stage: &Stage<'_>) -> Result<String, Stop> {
    match script {
        Script::AtExpiry(processes) => expiry::at_expiry(stage, processes).await,
        Script::SlowAnswer => expiry::slow_answer(stage).await,
        Script::StoredAfterRefresh => expiry::stored_after_refresh(stage).await,
        Script::FiveRefreshes => expiry::five_refreshes(stage).await,
        Script::Storm(storm) => answers::storm(stage, storm).await,
        Script::RetryAfter => answers::retry_after(stage).await,
        Script::PortalRedirect => answers::portal_redirect(stage).await,
        Script::TokenEchoed => answers::token_echoed(stage).await,
        Script::Answer(rule, must_answer) => answers::unusual(stage, rule, must_answer).await,
        Script::ExpiresInMissing => answers::expires_in_missing(stage).await,
        Script::KilledAtRandom => signals::killed_at_random(stage).await,
        Script::KilledAfterCommit => signals::killed_after_commit(stage).await,
        Script::Terminated => signals::terminated(stage).await,
        Script::Stopped => signals::stopped(stage).await,
        Script::FullDisk => disk::full(stage).await,
        Script::ReadOnlyStore => disk::read_only(stage).await,
        Script::Clock(seconds) => sessions::clock(stage, seconds).await,
        Script::KeyRotated => sessions::key_rotated(stage).await,
        Script::SignInMeanwhile => sessions::sign_in_meanwhile(stage).await,
        Script::Revoked => sessions::revoked(stage).await,
        Script::Reuse => sessions::reuse(stage).await,
    }
}
