//! What a run of CLIENT has shown, by the sandbox's own state.

use std::time::{Duration, Instant};

use eprospera_sandbox::{Event, Sandbox};

use super::process::{Exit, Run};
use super::trial::{Evidence, Stop, failed};

/// Requests to the token endpoint that one run may send. Two attempts are what a careful client
/// makes; twice that is generous, and tells it from one that loops.
pub(super) const MAX_REQUESTS_A_RUN: usize = 5;

/// A run that ended well and has shown no token.
pub(super) const SHOWED_NOTHING: &str =
    "the client exited with 0, but printed no token and did not call userinfo with one that works";

/// What a judgement needs to know of a trial.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub(super) sandbox: &'a Sandbox,
    /// The session that CLIENT has to keep.
    pub(super) session: u64,
    /// How long a run may take.
    pub(super) timeout: Duration,
}

impl Judge<'_> {
    /// The requests after a mark.
    pub(super) fn events_since(&self, mark: u64) -> Vec<Event> {
        let mut events = self.sandbox.request_log();
        events.retain(|event| event.sequence > mark);
        events
    }
}

/// When a run began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Begun {
    /// The number of the last request before.
    pub(super) since: u64,
    pub(super) started: Instant,
}

/// What CLIENT has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It has printed a token that works, of this session.
    Token(u64),
    /// It has called userinfo with a token that works, of this session.
    Asked(u64),
    /// It says that it has no token.
    Refused(Exit),
}

impl Answer {
    pub(super) fn is_token(&self) -> bool {
        !matches!(self, Self::Refused(_))
    }

    /// Requires a token.
    pub(super) fn token(self, when: &str) -> Result<Self, Stop> {
        match &self {
            Self::Refused(exit) => failed(format!(
                "{when}, the client {}",
                ended(exit, Duration::ZERO)
            )),
            _ => Ok(self),
        }
    }
}

/// How a process ended, as the rest of a sentence.
pub(super) fn ended(exit: &Exit, limit: Duration) -> String {
    match exit {
        Exit::Code(code) => format!("exited with {code}"),
        Exit::Signal(signal) => format!("was ended by signal {signal}"),
        Exit::TimedOut => {
            let limit = humantime::format_duration(limit);
            format!("did not end within {limit} and was killed")
        }
    }
}

/// What a run shows. A false claim ends the trial.
pub(super) fn answer(judge: &Judge<'_>, run: &Run, begun: Begun) -> Result<Answer, Stop> {
    match run.exit {
        Exit::TimedOut => failed(format!("the client {}", ended(&run.exit, judge.timeout))),
        Exit::Code(0) if run.is_stdout_cut => failed(
            "the client printed more than 256 KiB on stdout; the contract is one line with the token",
        ),
        Exit::Code(0) => claim(judge, &run.stdout, begun),
        ref exit => Ok(Answer::Refused(exit.clone())),
    }
}

/// What a run that ended with 0 claims to have.
fn claim(judge: &Judge<'_>, stdout: &str, begun: Begun) -> Result<Answer, Stop> {
    let Begun { since, started } = begun;
    let lines: Vec<_> = stdout.lines().map(str::trim).collect();
    let lines: Vec<_> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let token = match lines.as_slice() {
        [token] => *token,
        [] => {
            let events = judge.events_since(since);
            let sessions: Vec<_> = events.iter().filter_map(asked_with).collect();
            let own = sessions.iter().find(|session| **session == judge.session);
            return match own.or(sessions.last()) {
                Some(session) => Ok(Answer::Asked(*session)),
                None => failed(SHOWED_NOTHING),
            };
        }
        many => {
            return failed(format!(
                "the client printed {} lines on stdout; the contract is one line with the token",
                many.len()
            ));
        }
    };
    let Some(known) = judge.sandbox.access_token(token) else {
        return if is_of(token, judge.sandbox.url()) {
            failed(
                "the client exited with 0 and printed a token that does not work: it expired long ago",
            )
        } else {
            failed("the client printed a token that the sandbox never issued")
        };
    };
    if let Some(why) = known.end {
        return failed(format!(
            "the client exited with 0 and printed a token that does not work, because {why}"
        ));
    }
    // A short-lived token may expire while its run ends on a busy machine.
    if known
        .expired_for
        .is_some_and(|passed| passed > started.elapsed())
    {
        return failed(
            "the client exited with 0 and printed a token that had expired when the run began",
        );
    }
    Ok(Answer::Token(known.session))
}

/// The session whose token opened userinfo. A page that stands in for the answer names none.
fn asked_with(event: &Event) -> Option<u64> {
    let is_open = event.endpoint == "userinfo" && event.status == Some(200);
    event.session.filter(|_| is_open)
}

/// How many of these answers, all given since a mark, are without a request to userinfo: one request
/// shows the token of one process.
pub(super) fn unasked(judge: &Judge<'_>, mark: u64, answers: &[Result<Answer, Stop>]) -> usize {
    let claimed = answers.iter().flatten();
    let claimed = claimed.filter(|answer| matches!(answer, Answer::Asked(_)));
    let events = judge.events_since(mark);
    let seen = events.iter().filter_map(asked_with).count();
    claimed.count().saturating_sub(seen)
}

/// Whether a token names an issuer. Nothing is verified: it tells a token that was forgotten from
/// one of another server.
fn is_of(token: &str, issuer: &str) -> bool {
    use base64::Engine as _;
    let claims = token.split('.').nth(1).unwrap_or_default();
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims);
    let claims: Option<serde_json::Value> = claims
        .ok()
        .and_then(|claims| serde_json::from_slice(&claims).ok());
    claims.is_some_and(|claims| claims["iss"] == issuer)
}

/// Requires that CLIENT still has the session that the trial began with.
pub(super) fn kept(judge: &Judge<'_>, answer: &Answer) -> Result<(), Stop> {
    let session = judge.session;
    let end = judge.sandbox.end_of_session(session);
    match answer {
        Answer::Token(found) | Answer::Asked(found) if *found != session => failed(format!(
            "the session was lost: the client has a token of sign-in {found}, not of sign-in \
             {session}"
        )),
        Answer::Token(_) => Ok(()),
        // It asked a while before its run ended.
        Answer::Asked(_) => match end {
            None => Ok(()),
            Some(why) => failed(format!("the session was lost: {why}")),
        },
        Answer::Refused(exit) => {
            let how = ended(exit, judge.timeout);
            failed(match end {
                Some(why) => format!(
                    "the session was lost: without any fault, the client {how}, and the sandbox had \
                     ended the session because {why}"
                ),
                None => format!(
                    "the client gave up although its session is alive: without any fault, it {how}"
                ),
            })
        }
    }
}

/// Requires that CLIENT did not go on asking: so many runs since a mark.
pub(super) fn bounded(judge: &Judge<'_>, mark: u64, runs: usize) -> Result<(), Stop> {
    let events = judge.events_since(mark);
    let sent = events.iter().filter(|event| is_refresh(event)).count();
    let limit = MAX_REQUESTS_A_RUN * runs;
    if sent <= limit {
        return Ok(());
    }
    failed(format!(
        "the client sent {sent} token requests in {runs} {}; {limit} are allowed",
        if runs == 1 { "run" } else { "runs" }
    ))
}

/// A request to the token endpoint that is not the end of a sign-in.
pub(super) fn is_refresh(event: &Event) -> bool {
    let is_sign_in = event
        .grant_type
        .is_some_and(|grant| grant != "refresh_token");
    event.endpoint == "token" && event.method == "POST" && !is_sign_in
}

/// A refresh that was granted, whether the answer was sent or not.
pub(super) fn has_rotated(event: &Event) -> bool {
    is_refresh(event) && event.outcome.contains("the refresh token was rotated")
}

fn is_reuse(event: &Event) -> bool {
    is_refresh(event) && event.outcome.contains("already used")
}

/// Adds what the sandbox has seen.
pub(super) fn count(events: &[Event], evidence: &mut Evidence) {
    let count = |is: fn(&Event) -> bool| events.iter().filter(|event| is(event)).count();
    evidence.refreshes_sent = count(is_refresh);
    evidence.refreshes_granted = count(has_rotated);
    evidence.reuses = count(is_reuse);
}
