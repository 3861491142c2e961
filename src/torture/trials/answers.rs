//! Answers of the provider that fail, break, lie or differ.

use crate::torture::judge;
use crate::torture::process::Exit;
use crate::torture::stage::Stage;
use crate::torture::trial::{Stop, Storm, failed};
use crate::torture::words;

/// What the provider asks to wait, and the shortest wait that counts as that, in milliseconds: the
/// log has the time of arrival.
const RETRY_AFTER_RULE: &str = "token:429=2*1";
const SHORTEST_WAIT_MS: i64 = 1900;

/// The provider fails while CLIENT runs; then all is well again.
pub(super) async fn storm(stage: &Stage<'_>, storm: Storm) -> Result<String, Stop> {
    stage.begin().await?;
    stage.fault(storm.rule)?;
    let mark = stage.mark();
    for _ in 0..storm.runs {
        stage.ask().await?;
    }
    stage.bounded(mark, storm.runs)?;
    if storm.is_lossy {
        let mut events = stage.events_since(mark).into_iter();
        if !events.any(|event| judge::has_rotated(&event)) {
            return failed("the client sent no refresh although its access token had expired");
        }
        return stage.after_loss().await.map(str::to_owned);
    }
    stage.calm().await?;
    Ok(survived(stage, mark))
}

/// What the client did in a storm.
pub(super) fn survived(stage: &Stage<'_>, mark: u64) -> String {
    let events = stage.events_since(mark);
    let sent = events
        .iter()
        .filter(|event| judge::is_refresh(event))
        .count();
    match sent {
        0 => "the session was kept; no token request was sent meanwhile".to_owned(),
        1 => "the session was kept; 1 token request in all".to_owned(),
        _ => format!("the session was kept; {sent} token requests in all"),
    }
}

/// The provider says how long to wait.
pub(super) async fn retry_after(stage: &Stage<'_>) -> Result<String, Stop> {
    stage.begin().await?;
    stage.fault(RETRY_AFTER_RULE)?;
    let mark = stage.mark();
    stage.ask().await?;
    stage.bounded(mark, 1)?;
    let events = stage.events_since(mark);
    let times = events.iter().filter(|event| judge::is_refresh(event));
    let times: Vec<_> = times
        .filter_map(|event| milliseconds(&event.time))
        .collect();
    if let [first, second, ..] = times.as_slice()
        && second - first < SHORTEST_WAIT_MS
    {
        return failed(format!(
            "the provider asked to wait 2 s (Retry-After), and the client asked again after {} ms",
            second - first
        ));
    }
    stage.calm().await?;
    Ok(survived(stage, mark))
}

fn milliseconds(time: &str) -> Option<i64> {
    time.parse::<jiff::Timestamp>()
        .ok()
        .map(jiff::Timestamp::as_millisecond)
}

/// A captive portal that redirects every request to its page.
pub(super) async fn portal_redirect(stage: &Stage<'_>) -> Result<String, Stop> {
    stage.begin().await?;
    let page = stage.sandbox.url();
    stage.fault(&format!("any:302={page}/"))?;
    let mark = stage.mark();
    for _ in 0..2 {
        stage.ask().await?;
    }
    stage.bounded(mark, 2)?;
    stage.calm().await?;
    Ok(survived(stage, mark))
}

/// The provider repeats the refresh token in the description of an error.
pub(super) async fn token_echoed(stage: &Stage<'_>) -> Result<String, Stop> {
    stage.begin().await?;
    stage.fault("token:echo*1")?;
    let mark = stage.mark();
    let run = stage.start()?.end(stage.plan.timeout).await;
    stage.note(&run);
    if run.exit == Exit::TimedOut {
        return failed(format!(
            "the client {}",
            judge::ended(&run.exit, stage.plan.timeout)
        ));
    }
    let events = stage.events_since(mark);
    if !events.iter().any(judge::is_refresh) {
        return failed("the client sent no refresh although its access token had expired");
    }
    for (stream, text) in [("stdout", &run.stdout), ("stderr", &run.stderr)] {
        if words::has_refresh_token(text) {
            return failed(format!(
                "the client wrote its refresh token to {stream}, where the provider's error had \
                 repeated it"
            ));
        }
    }
    if words::has_jwt(&run.stderr) {
        return failed("the client wrote an access token to stderr");
    }
    stage.calm().await?;
    Ok("neither stdout nor stderr showed the refresh token, and the session was kept".to_owned())
}

/// One refresh is answered in an unusual way; the refresh after it is the test.
pub(super) async fn unusual(
    stage: &Stage<'_>,
    rule: &str,
    must_answer: bool,
) -> Result<String, Stop> {
    stage.begin_short().await?;
    stage.fault(rule)?;
    let mark = stage.mark();
    let answer = stage.ask().await?;
    if must_answer {
        answer.token("when it got this answer")?;
    }
    stage.bounded(mark, 1)?;
    stage.sandbox.clear_faults();
    stage.expire().await;
    stage.keep_tokens(true)?;
    stage.calm().await?;
    Ok("the session was kept, and the next refresh worked".to_owned())
}

/// One answer does not say how long its token lives.
pub(super) async fn expires_in_missing(stage: &Stage<'_>) -> Result<String, Stop> {
    stage.begin().await?;
    stage.fault("token:expires-in=absent*1")?;
    let mark = stage.mark();
    stage.ask().await?.token("when it got this answer")?;
    stage.calm().await?;
    stage.bounded(mark, 2)?;
    Ok("the client gave the token, and the next process a working one".to_owned())
}
