//! What every trial works with: a sandbox of its own, folders of its own, and CLIENT.

use std::cell::{Cell, RefCell};
use std::ffi::{OsStr, OsString};
use std::io;
use std::time::Duration;

use eprospera_sandbox::{Event, Options, Sandbox};
use futures_util::future;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::error::Error;

use super::group::Group;
use super::home::Home;
use super::judge::{self, Answer, Begun, Judge};
use super::plan::Plan;
use super::process::{Exit, Launch, Run, Running};
use super::trial::{Evidence, Stop, failed};
use super::words;

/// How long access tokens live at the beginning, and once they are to stay valid.
pub(super) const SHORT: Duration = Duration::from_secs(2);
const LONG: Duration = Duration::from_secs(3600);
/// From then on everybody's clock says that a short-lived token has expired, also one that counts
/// whole seconds.
const EXPIRED_AFTER: Duration = Duration::from_millis(3100);
/// How long a set-up may take.
const SET_UP_TIMEOUT: Duration = Duration::from_secs(120);
/// How long something that happens at the sandbox is waited for.
const EVENT_TIMEOUT: Duration = Duration::from_secs(60);
/// What each further process adds to the time of all that start together.
const EACH_MORE: Duration = Duration::from_secs(1);
/// How often the rules that are left are looked at: that one was used up sends no event.
const POLL_INTERVAL: Duration = Duration::from_millis(5);
/// Lines of a failed set-up that are shown.
const SET_UP_LINES: usize = 5;

pub(super) struct Stage<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) sandbox: Sandbox,
    pub(super) rng: RefCell<StdRng>,
    /// The session that CLIENT has to keep.
    pub(super) session: Cell<u64>,
    options: RefCell<Options>,
    home: Home,
    finished: watch::Receiver<u64>,
    /// When the last tokens were issued at the latest.
    issued: Cell<Instant>,
    seen: RefCell<Evidence>,
    /// What set-ups left running is part of the client, until the trial is over.
    set_ups: RefCell<Vec<Group>>,
}

impl<'a> Stage<'a> {
    pub(super) async fn open(plan: &'a Plan<'a>, name: &str) -> Result<Self, Stop> {
        let (sender, finished) = watch::channel(0);
        let mut options = plan.options.clone();
        options.access_ttl = SHORT;
        options.on_event = Some(std::sync::Arc::new(move |event: &Event| {
            sender.send_replace(event.sequence);
        }));
        let (client, options) = (plan.client)(options)?;
        let sandbox = Sandbox::start(options.clone()).await;
        let sandbox = sandbox.map_err(|error| Stop::Broken(error.into()))?;
        let home = Home::make((plan.given)(sandbox.url(), &client)?, name)?;
        Ok(Self {
            plan,
            sandbox,
            rng: RefCell::new(StdRng::seed_from_u64(seed(plan.seed, name))),
            session: Cell::new(0),
            options: RefCell::new(options),
            home,
            finished,
            issued: Cell::new(Instant::now()),
            seen: RefCell::default(),
            set_ups: RefCell::default(),
        })
    }

    /// Signs in, and lets the access token expire. What is issued from then on lives for an hour.
    pub(super) async fn begin(&self) -> Result<(), Stop> {
        self.begin_short().await?;
        self.keep_tokens(true)
    }

    /// The same, but later tokens are as short-lived.
    pub(super) async fn begin_short(&self) -> Result<(), Stop> {
        self.set_up().await?;
        self.expire().await;
        Ok(())
    }

    /// Whether tokens that are issued from now on stay valid.
    pub(super) fn keep_tokens(&self, is_long: bool) -> Result<(), Stop> {
        let mut options = self.options.borrow_mut();
        options.access_ttl = if is_long { LONG } else { SHORT };
        let changed = self.sandbox.reconfigure(options.clone());
        changed.map_err(|error| Stop::Broken(error.into()))
    }

    /// Waits until the last short-lived token has expired by everybody's clock.
    pub(super) async fn expire(&self) {
        tokio::time::sleep_until(self.issued.get() + EXPIRED_AFTER).await;
    }

    /// Signs in anew; the session that this begins is the one to keep.
    pub(super) async fn set_up(&self) -> Result<(), Stop> {
        if self.plan.setup.is_some() {
            self.run_set_up().await?;
        } else {
            self.ask()
                .await?
                .token("without any fault, at the first sign-in")?;
        }
        let session = self.sandbox.last_session();
        if session == 0 {
            return failed("the sign-in ended well, but the sandbox has seen none");
        }
        self.session.set(session);
        Ok(())
    }

    /// Runs the set-up, if there is one.
    pub(super) async fn run_set_up(&self) -> Result<(), Stop> {
        let Some(line) = &self.plan.setup else {
            return Ok(());
        };
        let mut words = shell();
        words.push(line.clone());
        let running = self.start_words(words)?;
        let (run, group) = running.end_with_group(SET_UP_TIMEOUT).await;
        self.set_ups.borrow_mut().push(group);
        self.issued.set(Instant::now());
        if run.exit == Exit::Code(0) {
            return Ok(());
        }
        let said = format!("{}\n{}", run.stdout, run.stderr);
        let lines = words::last_lines(&said, SET_UP_LINES);
        let how = judge::ended(&run.exit, SET_UP_TIMEOUT);
        failed(if lines.is_empty() {
            format!("the set-up {how} and printed nothing")
        } else {
            format!("the set-up {how}: {}", lines.join(" | "))
        })
    }

    fn launch(&self, words: Vec<OsString>) -> Launch<'_> {
        Launch {
            words,
            removed: &self.plan.removed,
            variables: self.home.variables(),
        }
    }

    /// Starts CLIENT, or says why that is not possible.
    pub(super) fn try_start(&self) -> io::Result<Running> {
        Running::start(&self.launch(self.plan.words.clone()))
    }

    fn not_run(&self, error: &io::Error) -> Stop {
        let program = self.plan.words.first().map(OsString::as_os_str);
        let program = program.unwrap_or(OsStr::new("")).to_string_lossy();
        Stop::Failed(format!("cannot run {program}: {error}"))
    }

    fn start_words(&self, words: Vec<OsString>) -> Result<Running, Stop> {
        let started = Running::start(&self.launch(words));
        started.map_err(|error| self.not_run(&error))
    }

    /// Starts CLIENT so many times. All are there before any runs, where that can be said.
    fn start_at_once(&self, count: usize) -> io::Result<Vec<Running>> {
        let launch = self.launch(self.plan.words.clone());
        let prepared: io::Result<Vec<_>> = (0..count).map(|_| Running::prepare(&launch)).collect();
        let prepared = prepared?;
        prepared.iter().try_for_each(Running::begin)?;
        Ok(prepared)
    }

    /// Starts CLIENT, under the words of another program if there are any.
    pub(super) fn start_under(&self, words: &[&str]) -> Result<Running, Stop> {
        let before = words.iter().map(OsString::from);
        self.start_words(before.chain(self.plan.words.iter().cloned()).collect())
    }

    pub(super) fn start(&self) -> Result<Running, Stop> {
        self.start_under(&[])
    }

    /// Waits for the end of CLIENT, and says what it has shown.
    pub(super) async fn answer(&self, running: Running, begun: Begun) -> Result<Answer, Stop> {
        let run = running.end(self.plan.timeout).await;
        self.note(&run);
        self.judged(&run, begun)
    }

    /// Runs CLIENT once.
    pub(super) async fn ask(&self) -> Result<Answer, Stop> {
        self.ask_under(&[]).await
    }

    pub(super) async fn ask_under(&self, words: &[&str]) -> Result<Answer, Stop> {
        let begun = self.begun();
        let running = self.start_under(words)?;
        self.answer(running, begun).await
    }

    /// Runs CLIENT so many times at once.
    pub(super) async fn ask_at_once(
        &self,
        count: usize,
    ) -> Result<Vec<Result<Answer, Stop>>, Stop> {
        let begun = self.begun();
        let started = self.start_at_once(count);
        let started = started.map_err(|error| self.not_run(&error))?;
        let more = u32::try_from(count).unwrap_or(u32::MAX);
        let limit = self.plan.timeout + EACH_MORE * more;
        let ends = started.into_iter().map(|running| async move {
            let run = running.end(limit).await;
            self.note(&run);
            self.judged(&run, begun)
        });
        Ok(future::join_all(ends).await)
    }

    /// Counts a run among the evidence.
    pub(super) fn note(&self, run: &Run) {
        let mut seen = self.seen.borrow_mut();
        if let Some(code) = run.exit.code() {
            *seen.exit_codes.entry(code).or_default() += 1;
        }
        if let Some(line) = words::telling_line(&run.stderr) {
            seen.last_stderr = Some(line);
        }
        self.issued.set(Instant::now());
    }

    pub(super) fn fault(&self, rule: &str) -> Result<(), Stop> {
        let rule = rule
            .parse()
            .map_err(|error: eprospera_sandbox::FaultError| Stop::Broken(Error::failure(error)))?;
        self.sandbox.add_fault(rule);
        Ok(())
    }

    /// The number of the last request so far.
    pub(super) fn mark(&self) -> u64 {
        *self.finished.borrow()
    }

    fn judge(&self) -> Judge<'_> {
        Judge {
            sandbox: &self.sandbox,
            session: self.session.get(),
            timeout: self.plan.timeout,
        }
    }

    /// What a run shows. A false claim ends the trial.
    pub(super) fn judged(&self, run: &Run, begun: Begun) -> Result<Answer, Stop> {
        judge::answer(&self.judge(), run, begun)
    }

    /// How many of these answers lack a request to userinfo of their own.
    pub(super) fn unasked(&self, mark: u64, answers: &[Result<Answer, Stop>]) -> usize {
        judge::unasked(&self.judge(), mark, answers)
    }

    /// Requires that CLIENT still has the session that the trial began with.
    pub(super) fn kept(&self, answer: &Answer) -> Result<(), Stop> {
        judge::kept(&self.judge(), answer)
    }

    /// Requires that CLIENT did not go on asking: so many runs since a mark.
    pub(super) fn bounded(&self, mark: u64, runs: usize) -> Result<(), Stop> {
        judge::bounded(&self.judge(), mark, runs)
    }

    /// That a run begins now.
    pub(super) fn begun(&self) -> Begun {
        Begun {
            since: self.mark(),
            started: std::time::Instant::now(),
        }
    }

    /// The requests after a mark.
    pub(super) fn events_since(&self, mark: u64) -> Vec<Event> {
        self.judge().events_since(mark)
    }

    /// Waits until the sandbox has rotated a refresh token after a mark. `false` if it did not.
    pub(super) async fn rotated(&self, mark: u64) -> bool {
        let mut finished = self.finished.clone();
        let is_there = |_: &u64| self.events_since(mark).iter().any(judge::has_rotated);
        let waited = tokio::time::timeout(EVENT_TIMEOUT, finished.wait_for(is_there)).await;
        waited.is_ok_and(|found| found.is_ok())
    }

    /// Waits until a request has used up the only rule that there was: it has arrived, and is being
    /// worked on. `false` if none came.
    pub(super) async fn struck(&self) -> bool {
        let wait = async {
            while !self.sandbox.faults().is_empty() {
                tokio::time::sleep(POLL_INTERVAL).await;
            }
        };
        tokio::time::timeout(EVENT_TIMEOUT, wait).await.is_ok()
    }

    /// Asks CLIENT without any fault: it has to have kept its session.
    pub(super) async fn calm(&self) -> Result<(), Stop> {
        self.sandbox.clear_faults();
        let answer = self.ask().await?;
        self.kept(&answer)
    }

    /// Asks CLIENT without any fault after a loss that no client can avoid: it says that it is not
    /// signed in, does not go on asking, and a new sign-in helps.
    pub(super) async fn after_loss(&self) -> Result<&'static str, Stop> {
        self.sandbox.clear_faults();
        let mark = self.mark();
        let answer = self.ask().await?;
        self.bounded(mark, 1)?;
        if answer.is_token() {
            return Ok("the client still had, or got itself, a working session");
        }
        self.sign_in_again().await?;
        Ok("the client said that it is not signed in, and a new sign-in worked")
    }

    /// Signs in anew, after which CLIENT has to give a token of the new session.
    pub(super) async fn sign_in_again(&self) -> Result<(), Stop> {
        self.set_up().await?;
        let answer = self.ask().await?;
        self.kept(&answer)
    }

    /// What CLIENT can write to, temporary files aside.
    pub(super) fn kept_folders(&self) -> Vec<std::path::PathBuf> {
        self.home.kept()
    }

    pub(super) fn evidence(&self) -> Evidence {
        let mut evidence = self.seen.borrow().clone();
        judge::count(&self.sandbox.request_log(), &mut evidence);
        evidence
    }

    /// Ends the sandbox. Processes and folders go with the stage.
    pub(super) async fn close(self) {
        self.set_ups.borrow_mut().clear();
        drop(self.home);
        self.sandbox.stop().await;
    }
}

fn shell() -> Vec<OsString> {
    let words = if cfg!(windows) {
        ["cmd", "/C"]
    } else {
        ["sh", "-c"]
    };
    words.map(OsString::from).to_vec()
}

/// A seed for each trial, so that one that runs alone does the same as among all.
fn seed(seed: u32, name: &str) -> u64 {
    // FNV-1a: the same on every machine and for every release, unlike the standard library's hasher.
    let bytes = name.bytes().chain(seed.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
