//! Clocks and keys that change, and sessions that end or begin elsewhere.

use crate::torture::stage::Stage;
use crate::torture::trial::{Stop, failed};
use crate::torture::trials::answers::survived;

/// The provider's clock is wrong while CLIENT refreshes, and then right again.
pub(super) async fn clock(stage: &Stage<'_>, seconds: i64) -> Result<String, Stop> {
    stage.begin_short().await?;
    stage.sandbox.advance_clock(seconds);
    let mark = stage.mark();
    for _ in 0..2 {
        stage.ask().await?;
    }
    stage.bounded(mark, 2)?;
    // What was issued by the wrong clock is over for every clock: `expires_in` is not to blame
    // that the clock is put right.
    stage.expire().await;
    stage.sandbox.advance_clock(-seconds);
    stage.keep_tokens(true)?;
    stage.calm().await?;
    Ok(survived(stage, mark))
}

/// The provider signs with another key from now on.
pub(super) async fn key_rotated(stage: &Stage<'_>) -> Result<String, Stop> {
    stage.begin().await?;
    let rotated = stage.sandbox.rotate_key().await;
    rotated.map_err(|error| Stop::Broken(crate::error::Error::failure(error)))?;
    let answer = stage.ask().await?;
    stage.kept(&answer)?;
    stage.calm().await?;
    Ok("the client got a token that the new key has signed".to_owned())
}

/// Another process signs in while a refresh of the old session is under way.
pub(super) async fn sign_in_meanwhile(stage: &Stage<'_>) -> Result<String, Stop> {
    if stage.plan.setup.is_none() {
        return Err(Stop::Skipped(
            "without --setup, there is no way to sign in while the client is signed in".to_owned(),
        ));
    }
    stage.begin().await?;
    stage.fault("token:slow=1500ms*1")?;
    let begun = stage.begun();
    let running = stage.start()?;
    if !stage.struck().await {
        return failed("the client sent no refresh although its access token had expired");
    }
    let set_up = stage.run_set_up();
    let refresh = stage.answer(running, begun);
    let (set_up, refresh) = futures_util::future::join(set_up, refresh).await;
    refresh?;
    match set_up {
        // It may refuse while the session is in use; then it is for the person to repeat it.
        Err(Stop::Failed(_)) => stage.run_set_up().await?,
        set_up => set_up?,
    }
    stage.session.set(stage.sandbox.last_session());
    stage.calm().await?;
    Ok("the client has the session of the later sign-in".to_owned())
}

/// All sessions are ended in the provider's settings.
pub(super) async fn revoked(stage: &Stage<'_>) -> Result<String, Stop> {
    stage.begin().await?;
    stage.sandbox.revoke_all();
    says_that_it_ended(stage).await
}

/// A thief sends a used refresh token, and the provider ends the session.
pub(super) async fn reuse(stage: &Stage<'_>) -> Result<String, Stop> {
    stage.begin_short().await?;
    stage.ask().await?.token("before the theft")?;
    stage.sandbox.reuse_refresh_token(stage.session.get());
    stage.expire().await;
    stage.keep_tokens(true)?;
    says_that_it_ended(stage).await
}

/// Requires that CLIENT says so in two runs, without going on asking, and that a new sign-in helps.
async fn says_that_it_ended(stage: &Stage<'_>) -> Result<String, Stop> {
    let signs_in_itself = stage.plan.setup.is_none();
    for _ in 0..2 {
        let mark = stage.mark();
        let answer = stage.ask().await?;
        stage.bounded(mark, 1)?;
        if answer.is_token() && signs_in_itself {
            return Ok("the client noticed, and signed in anew by itself".to_owned());
        }
        if answer.is_token() {
            return failed("the client exited with 0 although its session has ended");
        }
    }
    stage.sign_in_again().await?;
    Ok("the client said that it is not signed in, and a new sign-in worked".to_owned())
}
