//! A login under way, and the person at its browser.

use std::sync::Arc;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use url::Url;

use crate::browser::{Browser, Page};
use crate::run::{LONGEST, Output, Run, output};

/// A login that waits for its browser.
#[must_use = "end the login and look at its output"]
pub(crate) struct Login {
    runtime: Arc<Runtime>,
    browser: Browser,
    pub(crate) child: Child,
    pub(crate) url: Option<Url>,
    /// Stderr up to the URL.
    pub(crate) seen: String,
    stderr: JoinHandle<String>,
}

impl Login {
    /// Starts a command and waits for the authorization URL on its stderr, or for its end.
    pub(crate) fn start(runtime: &Arc<Runtime>, mut command: Command, issuer: &str) -> Self {
        let (child, url, seen, stderr) = runtime.block_on(async {
            let mut child = command.spawn().unwrap();
            let mut lines = BufReader::new(child.stderr.take().unwrap());
            let (mut seen, mut url) = (String::new(), None);
            while url.is_none() {
                let mut line = String::new();
                let read = tokio::time::timeout(LONGEST, lines.read_line(&mut line)).await;
                if read.expect("the login says nothing").unwrap() == 0 {
                    break;
                }
                url = line
                    .starts_with(issuer)
                    .then(|| Url::parse(line.trim()).unwrap());
                seen.push_str(&line);
            }
            let stderr = tokio::spawn(async move {
                let mut rest = String::new();
                lines.read_to_string(&mut rest).await.unwrap();
                rest
            });
            (child, url, seen, stderr)
        });
        Self {
            runtime: Arc::clone(runtime),
            browser: Browser::new(),
            child,
            url,
            seen,
            stderr,
        }
    }

    /// The authorization URL.
    pub(crate) fn url(&self) -> Url {
        self.url
            .clone()
            .unwrap_or_else(|| panic!("no URL in {}", self.seen))
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
        self.page(&url)
    }

    /// Opens any address in the same browser.
    pub(crate) fn page(&mut self, url: &Url) -> Page {
        let runtime = Arc::clone(&self.runtime);
        runtime.block_on(self.browser.open(url))
    }

    /// Signs in as a persona and gives the decision, by the pages.
    pub(crate) fn decide(&mut self, persona: &str, decision: &str) -> Page {
        let (runtime, url) = (Arc::clone(&self.runtime), self.url());
        runtime.block_on(async {
            let consent = self.browser.sign_in(&url, persona).await;
            self.browser
                .submit(&consent, &[("decision", decision)])
                .await
        })
    }

    /// Waits for its end.
    pub(crate) fn end(self) -> Run {
        let runtime = Arc::clone(&self.runtime);
        runtime.block_on(async move {
            let output = output(self.child).await;
            let rest = self.stderr.await.unwrap();
            Run(Output {
                stderr: format!("{}{rest}", self.seen),
                ..output
            })
        })
    }

    /// Sends a signal.
    #[cfg(unix)]
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let id = i32::try_from(self.child.id().unwrap()).unwrap();
        let id = rustix::process::Pid::from_raw(id).unwrap();
        rustix::process::kill_process(id, signal).unwrap();
    }
}
