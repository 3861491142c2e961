//! CLIENT is killed, asked to end, or stopped, at the moments that matter.

use std::time::{Duration, Instant};

use rand::RngExt as _;

use crate::torture::group::Signal;
use crate::torture::judge;
use crate::torture::stage::Stage;
use crate::torture::trial::{Stop, failed};

const ROUNDS: usize = 6;
/// Rounds in which the answer may be lost with the process; no client can avoid all of these.
const MAX_LOSSES: usize = ROUNDS / 2;
/// How long the second process may run while the first is stopped, before that goes on.
const STOPPED_FOR: Duration = Duration::from_secs(5);

/// Every system kills; only Unix asks a process to end, or stops it.
fn require_signals() -> Result<(), Stop> {
    if cfg!(unix) {
        return Ok(());
    }
    Err(Stop::Skipped("this system has no signals".to_owned()))
}

/// Killed at a random moment of a run, a few times.
pub(super) async fn killed_at_random(stage: &Stage<'_>) -> Result<String, Stop> {
    stage.begin_short().await?;
    let started = Instant::now();
    stage.ask().await?.token("before the first kill")?;
    let usual = started.elapsed();
    let mut losses = 0;
    for round in 1..=ROUNDS {
        stage.expire().await;
        let mark = stage.mark();
        let delay = usual.mul_f64(stage.rng.borrow_mut().random_range(0.0..1.1));
        let running = stage.start()?;
        tokio::time::sleep(delay).await;
        running.send(Signal::Kill);
        let run = running.end(stage.plan.timeout).await;
        stage.note(&run);
        // What is under way at the sandbox when the client dies is carried out.
        tokio::time::sleep(Duration::from_millis(100)).await;
        let was_rotated = stage.events_since(mark).iter().any(judge::has_rotated);
        stage.expire().await;
        let answer = stage.ask().await?;
        if answer.is_token() {
            stage.kept(&answer)?;
        } else if was_rotated {
            losses += 1;
            stage.set_up().await?;
        } else {
            return failed(format!(
                "kill {round} of {ROUNDS} cost the session although no refresh had been granted: {}",
                why(stage, &answer)
            ));
        }
    }
    stage.keep_tokens(true)?;
    stage.expire().await;
    stage.calm().await?;
    if losses > MAX_LOSSES {
        return failed(format!(
            "{losses} of {ROUNDS} kills cost the session: what a refresh brings is stored too late"
        ));
    }
    Ok(match losses {
        0 => format!("{ROUNDS} kills, and the session was kept each time"),
        _ => format!("{ROUNDS} kills; {losses} came while the new token was on its way"),
    })
}

fn why(stage: &Stage<'_>, answer: &judge::Answer) -> String {
    match stage.kept(answer) {
        Err(Stop::Failed(reason)) => reason,
        _ => "the session is alive".to_owned(),
    }
}

/// Killed when the sandbox has rotated the refresh token and has not answered.
pub(super) async fn killed_after_commit(stage: &Stage<'_>) -> Result<String, Stop> {
    stage.begin().await?;
    stage.fault("token:hang-after-commit*1")?;
    let mark = stage.mark();
    let running = stage.start()?;
    let was_rotated = stage.rotated(mark).await;
    running.send(Signal::Kill);
    let run = running.end(stage.plan.timeout).await;
    stage.note(&run);
    if !was_rotated {
        return failed("the client sent no refresh although its access token had expired");
    }
    stage.after_loss().await.map(str::to_owned)
}

/// SIGTERM while the refresh is under way.
pub(super) async fn terminated(stage: &Stage<'_>) -> Result<String, Stop> {
    require_signals()?;
    stage.begin().await?;
    stage.fault("token:slow=1500ms*1")?;
    let running = stage.start()?;
    if !stage.struck().await {
        return failed("the client sent no refresh although its access token had expired");
    }
    running.send(Signal::Terminate);
    let run = running.end(stage.plan.timeout).await;
    stage.note(&run);
    // The sandbox answers in any case.
    tokio::time::sleep(Duration::from_secs(2)).await;
    stage.calm().await?;
    Ok(match run.exit.code() {
        Some(code) => format!("the client ended with {code} and kept the session"),
        None => "the client kept the session".to_owned(),
    })
}

/// SIGSTOP while the refresh is under way; another process runs; SIGCONT.
pub(super) async fn stopped(stage: &Stage<'_>) -> Result<String, Stop> {
    require_signals()?;
    stage.begin().await?;
    stage.fault("token:slow=1500ms*1")?;
    let begun = stage.begun();
    let first = stage.start()?;
    if !stage.struck().await {
        return failed("the client sent no refresh although its access token had expired");
    }
    first.send(Signal::Stop);
    let second = stage.start()?;
    let second = stage.answer(second, begun);
    let goes_on = async {
        tokio::time::sleep(STOPPED_FOR).await;
        first.send(Signal::Continue);
        stage.answer(first, begun).await
    };
    let (first, second) = futures_util::future::join(goes_on, second).await;
    let answers = [first, second];
    if stage.unasked(begun.since, &answers) > 0 {
        return failed(judge::SHOWED_NOTHING);
    }
    let reuses = stage.evidence().reuses;
    for answer in answers {
        match answer {
            Err(Stop::Failed(reason)) if reuses > 0 => {
                return failed(format!(
                    "the second process sent the refresh token that the stopped one had sent: {reason}"
                ));
            }
            answer => {
                answer?;
            }
        }
    }
    stage.calm().await?;
    Ok(
        "the second process sent nothing that the stopped one had sent, and the session was kept"
            .to_owned(),
    )
}
