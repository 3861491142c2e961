//! A command under way, and the person at the browser of a login.

use std::sync::Arc;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use url::Url;

use super::streams::{self, Reader};
use crate::browser::{Browser, Page};
use crate::run::{KILLED, LONGEST, Output, Run, end_of};

/// A command under way.
#[must_use = "end it and look at its output"]
pub(crate) struct Process {
    runtime: Arc<Runtime>,
    pub(crate) child: Child,
    stdout: Option<Reader>,
    stderr: BufReader<Reader>,
    /// What it has said on stderr, as far as it was waited for.
    pub(crate) seen: String,
}

impl Process {
    pub(crate) fn start(runtime: &Arc<Runtime>, mut command: Command) -> Self {
        let started = async {
            let mut child = command.spawn().unwrap();
            let stdout = child.stdout.take().map(streams::stdout);
            let stderr = child.stderr.take().map(streams::stderr);
            (child, stdout, stderr)
        };
        let (child, stdout, stderr) = runtime.block_on(started);
        Self {
            runtime: Arc::clone(runtime),
            child,
            stdout,
            stderr: BufReader::new(stderr.unwrap()),
            seen: String::new(),
        }
    }

    /// The first line on stdout; the rest is left for the end.
    pub(crate) fn line_of_stdout(&mut self) -> String {
        let stdout = self.stdout.as_mut().unwrap();
        let reading = async {
            let mut line = Vec::new();
            while !line.ends_with(b"\n") {
                line.push(stdout.read_u8().await.unwrap());
            }
            String::from_utf8(line).unwrap()
        };
        let read = async { tokio::time::timeout(LONGEST, reading).await };
        self.runtime.block_on(read).expect("it prints nothing")
    }

    /// The next line on stderr; `None` at its end.
    pub(crate) fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let reading =
            async { tokio::time::timeout(LONGEST, self.stderr.read_line(&mut line)).await };
        let read = self
            .runtime
            .block_on(reading)
            .expect("it says nothing")
            .unwrap();
        self.seen.push_str(&line);
        (read > 0).then_some(line)
    }

    /// Reads stderr until a line has these words.
    pub(crate) fn wait_for(&mut self, words: &str) {
        while let Some(line) = self.line() {
            if line.contains(words) {
                return;
            }
        }
        panic!("it ended without saying {words:?}: {}", self.seen);
    }

    /// Writes to its stdin.
    pub(crate) fn write(&mut self, text: impl AsRef<[u8]>) {
        let stdin = self.child.stdin.as_mut().unwrap();
        let written = async {
            stdin.write_all(text.as_ref()).await?;
            stdin.flush().await
        };
        self.runtime.block_on(written).unwrap();
    }

    /// Waits for its end.
    pub(crate) fn end(self) -> Run {
        let ended = end_of(self.child, self.stdout, Some(self.stderr));
        let output = self.runtime.block_on(ended);
        Run(Output {
            stderr: self.seen + &output.stderr,
            ..output
        })
    }

    /// Ends a sandbox as its user would, and waits for that.
    pub(crate) fn stop(self) -> Output {
        self.terminate().exits(if cfg!(unix) { 0 } else { KILLED })
    }

    /// Ends it by SIGTERM, and waits for that. Windows has nothing like it: there it is killed.
    pub(crate) fn terminate(self) -> Run {
        #[cfg(unix)]
        {
            self.signal(rustix::process::Signal::TERM);
            self.end()
        }
        #[cfg(not(unix))]
        Run(self.kill())
    }

    /// Kills it, and waits for that.
    pub(crate) fn kill(mut self) -> Output {
        self.child.start_kill().unwrap();
        self.end().exits(KILLED)
    }

    /// Lets it stand still, as a machine does that sleeps.
    pub(crate) fn pause(&self) {
        #[cfg(unix)]
        self.signal(rustix::process::Signal::STOP);
        #[cfg(windows)]
        eprospera_inherited_signals::suspend(self.child.id().unwrap()).unwrap();
    }

    /// Lets it go on after a pause.
    pub(crate) fn resume(&self) {
        #[cfg(unix)]
        self.signal(rustix::process::Signal::CONT);
        #[cfg(windows)]
        eprospera_inherited_signals::resume(self.child.id().unwrap()).unwrap();
    }

    /// Sends a signal.
    #[cfg(unix)]
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let id = i32::try_from(self.child.id().unwrap()).unwrap();
        let id = rustix::process::Pid::from_raw(id).unwrap();
        rustix::process::kill_process(id, signal).unwrap();
    }
}

/// A login, and the browser of its person.
#[must_use = "end it and look at its output"]
pub(crate) struct Login {
    pub(crate) process: Process,
    browser: Browser,
    url: Option<Url>,
}

impl Login {
    /// Waits for the authorization URL on stderr, or for the end.
    pub(crate) fn of(mut process: Process, issuer: &str) -> Self {
        let mut url = None;
        while url.is_none() {
            let Some(line) = process.line() else { break };
            url = line
                .starts_with(issuer)
                .then(|| Url::parse(line.trim()).unwrap());
        }
        Self {
            process,
            browser: Browser::new(),
            url,
        }
    }

    /// Whether it has shown an authorization URL.
    pub(crate) fn is_asking(&self) -> bool {
        self.url.is_some()
    }

    /// The authorization URL.
    pub(crate) fn url(&self) -> Url {
        let url = self.url.clone();
        url.unwrap_or_else(|| panic!("no URL in {}", self.process.seen))
    }

    /// A parameter of the authorization URL.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let url = self.url();
        let found = url.query_pairs().find(|(known, _)| known == name);
        found.map(|(_, value)| value.into_owned())
    }

    /// Opens the authorization URL.
    pub(crate) fn visit(&mut self) -> Page {
        let url = self.url();
        if url.scheme() == "https" {
            let trust = self.browser.trust(&url);
            self.process.runtime.block_on(trust);
        }
        self.page(&url)
    }

    /// Opens any address in the same browser.
    pub(crate) fn page(&mut self, url: &Url) -> Page {
        self.process.runtime.block_on(self.browser.open(url))
    }

    /// Opens the authorization URL, whose page may never come.
    pub(crate) fn visit_in_background(&self) -> JoinHandle<Page> {
        let url = self.url();
        let visit = async move { Browser::new().open(&url).await };
        self.process.runtime.spawn(visit)
    }

    /// Signs in as a persona and gives the decision, by the pages.
    pub(crate) fn decide(&mut self, persona: &str, decision: &str) -> Page {
        let (url, browser) = (self.url(), &mut self.browser);
        self.process.runtime.block_on(async {
            let consent = browser.sign_in(&url, persona).await;
            browser.submit(&consent, &[("decision", decision)]).await
        })
    }

    /// Visits when there is something to visit, and waits for the end.
    pub(crate) fn complete(mut self) -> Run {
        if self.is_asking() {
            drop(self.visit());
        }
        self.end()
    }

    /// Waits for the end.
    pub(crate) fn end(self) -> Run {
        self.process.end()
    }
}
