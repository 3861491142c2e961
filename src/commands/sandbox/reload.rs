//! Takes over a configuration that changes while the sandbox runs.
//!
//! The names of the files are looked at several times a second: editors write another file and give
//! it the name of the old one, which a watch of the file itself would miss.

use std::convert::Infallible;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use eprospera_sandbox::{Options, Sandbox};

use super::setup::{self, Setup};
use crate::cli::SandboxArgs;
use crate::context::Context;
use crate::output::line;

/// How often the files are looked at. A change counts once they have stayed the same for as long.
const INTERVAL: Duration = Duration::from_millis(250);

/// What shows that a file has changed; `None` where there is none.
#[derive(Clone, PartialEq, Eq)]
struct Stamp(Vec<Option<(Option<SystemTime>, u64, u64)>>);

impl Stamp {
    fn of(sources: &[PathBuf]) -> Self {
        let stamp = |path: &PathBuf| {
            let found = fs::metadata(path).ok()?;
            Some((found.modified().ok(), found.len(), number(&found)))
        };
        Self(sources.iter().map(stamp).collect())
    }
}

#[cfg(unix)]
fn number(found: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn number(_found: &fs::Metadata) -> u64 {
    0
}

/// What is to be taken over, and from where.
pub(super) struct Watch<'a> {
    pub(super) args: &'a SandboxArgs,
    pub(super) context: &'a Context,
    pub(super) sandbox: &'a Sandbox,
    /// What the run itself adds to each set-up.
    pub(super) adapt: &'a (dyn Fn(&mut Options) + Sync),
}

impl Watch<'_> {
    /// Goes on until it is dropped.
    pub(super) async fn run(&self, setup: &Setup) -> Infallible {
        let mut sources: Vec<_> = setup.sources.clone();
        // A pipe can be read once.
        sources.retain(|path| path.is_file());
        if sources.is_empty() {
            return std::future::pending().await;
        }
        let mut applied = Stamp::of(&sources);
        let mut last = applied.clone();
        let mut ticks = tokio::time::interval(INTERVAL);
        loop {
            ticks.tick().await;
            let now = Stamp::of(&sources);
            let is_settled = now == last;
            last = now;
            if !is_settled || last == applied {
                continue;
            }
            applied = last.clone();
            if let Some(fresh) = self.take_over(setup)
                && fresh != sources
            {
                sources = fresh;
                applied = Stamp::of(&sources);
                last = applied.clone();
            }
        }
    }

    /// Reads the files anew and uses them; returns which they are. Where something is wrong with them,
    /// all stays as it is.
    fn take_over(&self, at_start: &Setup) -> Option<Vec<PathBuf>> {
        let output = self.context.output;
        let setup = setup::read(self.args, self.context).and_then(|mut setup| {
            (self.adapt)(&mut setup.options);
            self.sandbox.reconfigure(setup.options.clone())?;
            Ok(setup)
        });
        match setup {
            Ok(setup) => {
                output.note("the configuration has changed: the sandbox uses it from now on");
                let fixed = setup.fixed.differences(&at_start.fixed);
                if !fixed.is_empty() {
                    output.warn(format!(
                        "what has changed in {} counts from the next start",
                        fixed.join(", ")
                    ));
                }
                Some(setup.sources)
            }
            Err(error) => {
                output.warn(line(&format!("{error}")));
                for detail in error.details_in_words() {
                    output.warn(line(&detail));
                }
                output.note("the sandbox keeps the configuration that it had");
                None
            }
        }
    }
}
