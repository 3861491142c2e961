//! How well a client keeps a rotating session: trials, each with a sandbox and folders of its own.
//!
//! It judges any client by what the sandbox sees and by what a run prints. It must not know how this
//! program keeps its own session, and prints nothing itself. docs/torture.md has the contract.

mod captured;
pub(crate) mod catalogue;
mod group;
mod home;
mod judge;
mod plan;
mod process;
pub(crate) mod report;
mod stage;
mod trial;
mod trials;
mod words;

use std::ffi::OsString;
use std::time::Instant;

use futures_util::{StreamExt as _, stream};

use crate::error::{Error, Kind};

pub(crate) use home::Given;
pub(crate) use plan::Plan;
pub(crate) use trial::{Evidence, Finished, Trial, Verdict};

use judge::Answer;
use process::{Exit, Running};
use stage::Stage;
use trial::{Script, Stop};

/// More processes than this disturb trials that run beside them.
const MAX_BESIDE_OTHERS: usize = 20;

/// Kills what trials left running when it is dropped.
pub(crate) struct Orphans(process::Present);

impl Orphans {
    pub(crate) fn adopt() -> Self {
        let present = process::Present::look();
        process::adopt_orphans();
        process::raise_file_limit();
        Self(present)
    }
}

impl Drop for Orphans {
    fn drop(&mut self) {
        process::kill_orphans(&self.0);
    }
}

/// What is wrong with CLIENT or its set-up before any trial.
pub(crate) enum Unfit {
    /// CLIENT cannot be started.
    NotRun(OsString, std::io::Error),
    Other(Error),
}

impl From<Error> for Unfit {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

/// Signs CLIENT in and runs it once without any fault: the rehearsal. What fails here would fail every trial.
pub(crate) async fn check(plan: &Plan<'_>) -> Result<(), Unfit> {
    let stage = Stage::open(plan, "rehearsal").await.map_err(stopped)?;
    let checked = fits(&stage).await;
    stage.close().await;
    checked
}

async fn fits(stage: &Stage<'_>) -> Result<(), Unfit> {
    stage.keep_tokens(true).map_err(stopped)?;
    let hint = "docs/torture.md says what a client has to do; `eprospera sandbox torture --list` shows the trials";
    if let Err(stop) = stage.run_set_up().await {
        let error = stopped(stop);
        let Unfit::Other(error) = error else {
            return Err(error);
        };
        let error = Error::of_kind(Kind::LoginRequired, error.sentence());
        return Err(error
            .of_another_program()
            .hint("the set-up has to sign the client in, without a person")
            .into());
    }
    let begun = stage.begun();
    let running = match stage.try_start() {
        Ok(running) => running,
        Err(error) => {
            let program = stage.plan.words.first().cloned().unwrap_or_default();
            return Err(Unfit::NotRun(program, error));
        }
    };
    let run = Running::end(running, stage.plan.timeout).await;
    let said = words::telling_line(&run.stderr);
    let said = said.map_or_else(String::new, |line| format!("; it wrote: {line}"));
    let limit = stage.plan.timeout;
    match stage.judged(&run, begun) {
        Ok(Answer::Token(_) | Answer::Asked(_)) => Ok(()),
        Ok(Answer::Refused(exit)) => {
            let how = judge::ended(&exit, limit);
            let error = Error::login_required(format!("in the rehearsal, the client {how}{said}"));
            let error = error.of_another_program();
            Err(Unfit::Other(match stage.plan.setup {
                Some(_) => error.hint(hint),
                None => error.hint("sign it in with `--setup 'COMMAND'`").hint(hint),
            }))
        }
        Err(Stop::Failed(reason)) => {
            let kind = match run.exit {
                Exit::TimedOut => Kind::Timeout,
                _ if reason.contains("never issued") => Kind::Untrusted,
                _ => Kind::Usage,
            };
            let error = Error::of_kind(kind, format!("in the rehearsal, {reason}{said}"));
            Err(Unfit::Other(error.hint(hint)))
        }
        Err(stop) => Err(stopped(stop)),
    }
}

fn stopped(stop: Stop) -> Unfit {
    Unfit::Other(match stop {
        Stop::Failed(reason) | Stop::Skipped(reason) => Error::failure(reason),
        Stop::Broken(error) => error,
    })
}

/// Runs trials; those that start many processes alone, the others beside each other. Each is
/// handed over when it is over.
pub(crate) async fn run(
    plan: &Plan<'_>,
    trials: &[&'static Trial],
    over: &mut dyn FnMut(Finished),
) {
    let is_alone = |trial: &&&'static Trial| match trial.script {
        Script::AtExpiry(processes) => processes > MAX_BESIDE_OTHERS,
        _ => false,
    };
    let (alone, beside): (Vec<_>, Vec<_>) = trials.iter().partition(is_alone);
    for trial in alone {
        over(run_one(plan, trial).await);
    }
    // What takes longest begins first, so that nothing waits for it at the end.
    let (long, short): (Vec<_>, Vec<_>) = beside
        .into_iter()
        .partition(|trial| trial.script.takes_long());
    let mut running = stream::iter(long.into_iter().chain(short))
        .map(|trial| run_one(plan, trial))
        .buffer_unordered(plan.jobs.max(1));
    while let Some(finished) = running.next().await {
        over(finished);
    }
}

async fn run_one(plan: &Plan<'_>, trial: &'static Trial) -> Finished {
    let begun = Instant::now();
    let (verdict, evidence) = match Stage::open(plan, trial.name).await {
        Ok(stage) => {
            let outcome = trials::run(trial.script, &stage).await;
            let evidence = stage.evidence();
            stage.close().await;
            (outcome, evidence)
        }
        Err(stop) => (Err(stop), Evidence::default()),
    };
    let verdict = match verdict {
        Ok(reason) => Verdict::Passed(reason),
        Err(Stop::Failed(reason)) => Verdict::Failed(reason),
        Err(Stop::Skipped(reason)) => Verdict::Skipped(reason),
        // Nothing is known of the client, and what is unknown does not pass.
        Err(Stop::Broken(error)) => {
            Verdict::Failed(format!("the trial could not go on: {}", error.sentence()))
        }
    };
    Finished {
        trial,
        verdict,
        evidence,
        duration: begun.elapsed(),
    }
}
