//! `sandbox torture`: how well does a client keep a rotating session?

mod junit_file;

use std::process::ExitCode;
use std::time::Duration;

use eprospera_sandbox::{Algorithm, Client, GivenKey, Options};
use serde_json::json;

use super::super::child;
use super::super::isolated_env::IsolatedEnv;
use super::failure::with_hint;
use super::web_client::{WEB_CLIENT, register_free_ports};
use crate::cli::TortureArgs;
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::nearest::nearest;
use crate::output::{Json, Page, Tone, stdout};
use crate::process;
use crate::torture::report::{self, Report};
use crate::torture::{self, Finished, Given, Orphans, Plan, Trial, Unfit, Verdict, catalogue};
use junit_file::JunitFile;

const TIMEOUT: Duration = Duration::from_secs(60);
/// Most trials wait most of their time.
const JOBS: u8 = 4;

pub(super) fn run(args: &TortureArgs, context: &Context) -> Result<ExitCode, Error> {
    if args.list {
        return list(context);
    }
    check_words(args)?;
    let trials = chosen(&args.only)?;
    let own = args.client.as_deref().map(str::parse::<Client>).transpose();
    let own = own.map_err(|error: eprospera_sandbox::ClientError| Error::usage(error))?;
    let junit = args.junit.as_deref().map(JunitFile::open).transpose()?;
    let client = |options| with_client(own.as_ref(), options);
    let plan = plan(args, &client, &given, context)?;
    let mut report = Report {
        seed: plan.seed,
        finished: Vec::new(),
    };
    let ended = process::parallel_runtime()?.block_on(async {
        let mut signals = context.interrupts.listen()?;
        let _orphans = Orphans::adopt();
        let work = all(&plan, &trials, &mut report, context);
        tokio::select! {
            biased;
            ended = signals.ended(|| ()) => Err(Unfit::Other(ended)),
            outcome = work => outcome,
        }
    });
    let interrupted = match ended {
        Ok(()) => None,
        Err(Unfit::NotRun(program, error)) => {
            return Ok(child::not_run(context, &program, &error));
        }
        Err(Unfit::Other(error)) if is_end(&error) && !report.finished.is_empty() => Some(error),
        Err(Unfit::Other(error)) => return Err(error),
    };
    report
        .finished
        .sort_by_key(|finished| place(finished.trial));
    // A file that cannot be written takes no result away.
    let shown = show(&report, trials.len(), context);
    let written = junit.map_or(Ok(()), |file| file.write(&report.junit()));
    shown?;
    if stdout::is_discarded() {
        context.output.note(outcome(&report));
    }
    written?;
    match interrupted {
        Some(error) => Err(error),
        None if report.of() == 0 => Err(unmeasured(&report)),
        None if report.score() == report.of() => Ok(ExitCode::SUCCESS),
        None => Ok(ExitCode::from(Kind::Failure.code())),
    }
}

/// Refuses words that are empty, as those of a script whose variable is not set.
fn check_words(args: &TortureArgs) -> Result<(), Error> {
    if args
        .command
        .first()
        .is_none_or(|program| program.is_empty())
    {
        return Err(Error::usage("CLIENT is empty")
            .hint("name the client to test behind `--`, such as `-- node client.mjs`"));
    }
    if args.setup.as_ref().is_some_and(|line| line.is_empty()) {
        return Err(Error::usage("the command of `--setup` is empty")
            .hint("leave `--setup` out if the client signs in by itself"));
    }
    if args.only.iter().any(|name| name.trim().is_empty()) {
        return Err(Error::usage("a name in `--only` is empty")
            .hint("`eprospera sandbox torture --list` shows all trials"));
    }
    Ok(())
}

/// Nothing is known of CLIENT when no trial could be run.
fn unmeasured(report: &Report) -> Error {
    let first = report.finished.first();
    let why = first.map_or("there was no trial", |first| first.verdict.reason());
    Error::failure(format!(
        "no trial could be run, so nothing was measured: {why}"
    ))
    .hint("choose other trials with `--only`, or none to run all")
}

fn outcome(report: &Report) -> String {
    format!("{} of {} trials passed", report.score(), report.of())
}

fn plan<'a>(
    args: &TortureArgs,
    client: &'a dyn Fn(Options) -> Result<(Client, Options), Error>,
    given: &'a dyn Fn(&str, &Client) -> Result<Given, Error>,
    context: &Context,
) -> Result<Plan<'a>, Error> {
    let key = GivenKey::generate(Algorithm::Rs256).map_err(Error::failure)?;
    Ok(Plan {
        words: args.command.clone(),
        setup: args.setup.clone(),
        seed: args.seed.unwrap_or_else(rand::random),
        timeout: args.timeout.unwrap_or(TIMEOUT),
        jobs: usize::from(args.jobs.unwrap_or(JOBS)),
        removed: IsolatedEnv::removed(&context.environment),
        options: Options {
            port: 0,
            auto_approve: Some(String::new()),
            signing_key: Some(key),
            ..Options::default()
        },
        client,
        given,
    })
}

/// What `sandbox exec` gives its command.
fn given(issuer: &str, client: &Client) -> Result<Given, Error> {
    let (folder, variables) = IsolatedEnv::new(issuer, client)?.into_parts();
    Ok(Given { folder, variables })
}

fn is_end(error: &Error) -> bool {
    matches!(error.kind(), Kind::Interrupted | Kind::Terminated)
}

/// Checks CLIENT, then runs the trials. Each result is shown as it comes.
async fn all(
    plan: &Plan<'_>,
    trials: &[&'static Trial],
    report: &mut Report,
    context: &Context,
) -> Result<(), Unfit> {
    torture::check(plan).await?;
    let count = trials.len();
    context.output.note(format!(
        "CLIENT signs in and gives a token; running {count} {}, with seed {}",
        if count == 1 { "trial" } else { "trials" },
        plan.seed
    ));
    torture::run(plan, trials, &mut |finished: Finished| {
        report.finished.push(finished);
        let Some(finished) = report.finished.last() else {
            return;
        };
        context.output.note(format!(
            "[{}/{count}] {}: {} ({:.1} s)",
            report.finished.len(),
            finished.trial.name,
            finished.verdict.word(),
            report::seconds(finished)
        ));
    })
    .await;
    Ok(())
}

fn place(trial: &Trial) -> usize {
    let mut names = catalogue::names();
    names
        .position(|name| name == trial.name)
        .unwrap_or_default()
}

/// The trials that were asked for, in the order of the catalogue.
fn chosen(only: &[String]) -> Result<Vec<&'static Trial>, Error> {
    let only: Vec<_> = only.iter().map(|name| name.trim()).collect();
    for name in &only {
        if !catalogue::names().any(|known| known == *name) {
            let near = nearest(name, catalogue::names());
            let hint = near.map(|near| format!("did you mean `{near}`?"));
            let error = Error::usage(format!("there is no trial `{name}`"));
            let error = with_hint(error, hint);
            return Err(error.hint("`eprospera sandbox torture --list` shows all trials"));
        }
    }
    let all = catalogue::TRIALS.iter();
    Ok(all
        .filter(|trial| only.is_empty() || only.contains(&trial.name))
        .collect())
}

/// The OAuth client of a trial, registered with the sandbox.
fn with_client(own: Option<&Client>, mut options: Options) -> Result<(Client, Options), Error> {
    if let Some(own) = own {
        options.clients.push(own.clone());
        return Ok((own.clone(), options));
    }
    let (client, free) = register_free_ports(&options.clients)?;
    let mut clients = options.clients.iter_mut();
    if let Some(web) = clients.find(|client| client.id == WEB_CLIENT) {
        web.redirect_uris.extend(free);
    }
    Ok((client, options))
}

fn list(context: &Context) -> Result<ExitCode, Error> {
    let trials: Vec<_> = catalogue::TRIALS.iter().map(Trial::facts).collect();
    let json = json!({ "trials": trials });
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            let mut group = "";
            for trial in catalogue::TRIALS {
                if trial.group != group {
                    if !group.is_empty() {
                        page.gap();
                    }
                    group = trial.group;
                    page.heading(format!("# {group}"));
                }
                page.gap();
                page.say(trial.name);
                for text in [trial.does, trial.shows, trial.because] {
                    page.paragraph(&format!("  {text}"));
                }
            }
        })?;
    Ok(ExitCode::SUCCESS)
}

/// Shows all results; a failed trial with what was seen.
fn show(report: &Report, wanted: usize, context: &Context) -> Result<(), Error> {
    let json = report.json();
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            let rows = report.finished.iter().map(|finished| {
                [
                    finished.trial.name.to_owned(),
                    finished.verdict.word().to_owned(),
                    format!("{:.1} s", report::seconds(finished)),
                ]
            });
            page.table(["TRIAL", "RESULT", "TIME"], rows);
            for finished in &report.finished {
                if matches!(finished.verdict, Verdict::Passed(_)) {
                    continue;
                }
                page.gap();
                let (name, word) = (finished.trial.name, finished.verdict.word());
                page.heading(format!("{name}: {word}"));
                page.paragraph(finished.verdict.reason());
                if matches!(finished.verdict, Verdict::Failed(_)) {
                    for line in report::advice(finished) {
                        page.paragraph(&line);
                    }
                }
            }
            page.gap();
            let (score, of) = (report.score(), report.of());
            let is_good = score == of && of > 0;
            let tone = if is_good { Tone::Good } else { Tone::Bad };
            page.outcome(outcome(report), tone);
            if report.skipped() > 0 {
                page.say(format!("{} could not be run here", report.skipped()));
            }
            if report.finished.len() < wanted {
                let left = wanted - report.finished.len();
                let trials = if left == 1 { "trial" } else { "trials" };
                page.say(format!("Interrupted: {left} {trials} did not end"));
            }
            if let Some(finished) = report.failed().next() {
                let (name, seed) = (finished.trial.name, report.seed);
                page.say(format!("Repeat one with `--only {name} --seed {seed}`"));
            } else {
                page.say(format!("Seed: {}", report.seed));
            }
        })
}
