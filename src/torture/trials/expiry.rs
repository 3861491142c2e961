//! Many processes that need a token at the same moment, and one after the other.

use crate::torture::judge::{self, Answer};
use crate::torture::stage::Stage;
use crate::torture::trial::{Stop, failed};

/// Processes that wait for one slow answer.
const WAITERS: usize = 10;
const SLOW_ANSWER: &str = "token:slow=3s";
/// The first of many waits, so that the others meet it, however far apart a busy machine starts them.
const FIRST_IS_SLOW: &str = "token:slow=500ms*1";
const REFRESHES: usize = 5;

/// The access token expires, and so many processes want another one at once.
pub(super) async fn at_expiry(stage: &Stage<'_>, processes: usize) -> Result<String, Stop> {
    stage.begin().await?;
    if processes > 1 {
        stage.fault(FIRST_IS_SLOW)?;
    }
    let sent = all_answered(stage, processes).await?;
    stage.calm().await?;
    Ok(match processes {
        1 => format!("the client got a new token with {}", refreshes(sent)),
        _ => format!(
            "all {processes} processes got a working token with {}",
            refreshes(sent)
        ),
    })
}

/// The provider takes 3 s to answer; the processes that wait for the first one must not lose
/// patience and send what it has sent.
pub(super) async fn slow_answer(stage: &Stage<'_>) -> Result<String, Stop> {
    stage.begin().await?;
    stage.fault(SLOW_ANSWER)?;
    let sent = all_answered(stage, WAITERS).await?;
    stage.calm().await?;
    Ok(format!(
        "all {WAITERS} processes waited and got a working token with {}",
        refreshes(sent)
    ))
}

fn refreshes(count: usize) -> String {
    match count {
        1 => "1 refresh".to_owned(),
        _ => format!("{count} refreshes"),
    }
}

/// Requires a working token of every process; says how many refreshes that took.
async fn all_answered(stage: &Stage<'_>, processes: usize) -> Result<usize, Stop> {
    let mark = stage.mark();
    let answers = stage.ask_at_once(processes).await?;
    let events = stage.events_since(mark);
    let sent = events
        .iter()
        .filter(|event| judge::is_refresh(event))
        .count();
    let unasked = stage.unasked(mark, &answers);
    let mut good = 0;
    let mut why = None;
    for answer in answers {
        match answer {
            Ok(Answer::Refused(exit)) => {
                let who = if processes == 1 {
                    "it"
                } else {
                    "one of those without"
                };
                let how = judge::ended(&exit, stage.plan.timeout);
                why.get_or_insert(format!("{who} {how}"));
            }
            Ok(_) => good += 1,
            Err(Stop::Failed(reason)) => {
                why.get_or_insert(reason);
            }
            Err(stop) => return Err(stop),
        }
    }
    if unasked > 0 {
        good -= unasked;
        why.get_or_insert(judge::SHOWED_NOTHING.to_owned());
    }
    let Some(why) = why else {
        return Ok(sent);
    };
    let end = stage.sandbox.end_of_session(stage.session.get());
    let end = end.map_or_else(
        || "the session is alive".to_owned(),
        |end| format!("the session ended because {end}"),
    );
    let got = match processes {
        1 => "the client got no working token".to_owned(),
        _ => format!("{good} of {processes} processes got a working token"),
    };
    failed(format!("{got}, with {}; {end}; {why}", refreshes(sent)))
}

/// What one process has refreshed is there for the next.
pub(super) async fn stored_after_refresh(stage: &Stage<'_>) -> Result<String, Stop> {
    stage.begin().await?;
    stage
        .ask()
        .await?
        .token("after the access token had expired")?;
    let mark = stage.mark();
    let answer = stage.ask().await?;
    stage.kept(&answer)?;
    let events = stage.events_since(mark);
    let sent = events
        .iter()
        .filter(|event| judge::is_refresh(event))
        .count();
    if sent > 0 {
        return failed(format!(
            "a second process sent {} although the first had just got a token for an hour: the new \
             token was not stored, or not read",
            refreshes(sent)
        ));
    }
    Ok("a second process used the token that the first had stored".to_owned())
}

/// Five expiries, each met by a new process.
pub(super) async fn five_refreshes(stage: &Stage<'_>) -> Result<String, Stop> {
    stage.begin_short().await?;
    for number in 1..=REFRESHES {
        let answer = stage.ask().await?;
        answer.token(&format!("after expiry {number} of {REFRESHES}"))?;
        stage.expire().await;
    }
    stage.keep_tokens(true)?;
    stage.calm().await?;
    Ok(format!(
        "{REFRESHES} refreshes in a row, each in a new process, kept the session"
    ))
}
