//! The audit file: one line of JSON for each request, with what was asked and how it ended. Neither
//! bodies, queries nor headers are in it.
//!
//! It fails closed: room for a line is taken before a request may pass, and once a line could not be
//! written, no further request may pass until it is.
//! It knows nothing of connections or tokens.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::files::{self, Untrusted};
use crate::private_file::{self, LineFile};
use crate::secret::redact;

/// Of methods and paths that are longer, the beginning is written.
const LONGEST_TEXT: usize = 4096;
/// The lines that wait for a full disk. More requests than this cannot be on their way at once.
const MOST_WAITING: usize = 4096;

/// Requests without the capability come from anybody on the machine, who must not fill the disk: of
/// more in one minute, only the number is written.
const MOST_STRANGERS: u32 = 60;
const STRANGERS_WINDOW: Duration = Duration::from_secs(60);

/// Why the audit cannot be kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AuditError {
    #[error("cannot use {path} for the audit: {source}", path = .path.display())]
    Untrusted { path: PathBuf, source: Untrusted },
    #[error("cannot keep the audit: {0}")]
    File(#[from] private_file::Error),
}

impl AuditError {
    /// What can be done about it.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Untrusted { source, .. } => source.way_out("--audit"),
            Self::File(private_file::Error::Full { .. }) => {
                "free some space; no request is forwarded until then".to_owned()
            }
            Self::File(_) => {
                "name a regular file in an existing folder of yours with `--audit`".to_owned()
            }
        }
    }
}

/// What one request came to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AuditEntry<'a> {
    pub(crate) method: &'a str,
    /// Without its query.
    pub(crate) path: &'a str,
    pub(crate) status: u16,
    /// Of the body of the response.
    pub(crate) bytes_sent: u64,
    pub(crate) duration: Duration,
    /// Whether the request had the capability.
    pub(crate) is_trusted: bool,
    /// Why it did not reach the portal, as the code in the error that was answered.
    pub(crate) refused: Option<&'a str>,
}

#[derive(Serialize)]
struct Line<'a> {
    time: String,
    method: &'a str,
    path: &'a str,
    status: u16,
    bytes_sent: u64,
    duration_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<&'a str>,
    /// How many requests without the capability came before this one and have no line.
    #[serde(skip_serializing_if = "Option::is_none")]
    unlisted: Option<u64>,
}

/// An open audit file.
#[derive(Debug)]
pub(crate) struct Audit(Mutex<State>);

#[derive(Debug)]
struct State {
    file: LineFile,
    /// What could not be written yet, in order.
    waiting: VecDeque<String>,
    strangers: Strangers,
}

/// The requests without the capability in the current minute.
#[derive(Debug)]
struct Strangers {
    since: Instant,
    listed: u32,
    unlisted: u64,
}

impl Strangers {
    fn new() -> Self {
        Self {
            since: Instant::now(),
            listed: 0,
            unlisted: 0,
        }
    }

    /// Counts one more. Nothing when it gets no line, else how many had none before it.
    fn count(&mut self) -> Option<u64> {
        if self.since.elapsed() >= STRANGERS_WINDOW {
            self.since = Instant::now();
            self.listed = 0;
        }
        if self.listed == MOST_STRANGERS {
            self.unlisted += 1;
            return None;
        }
        self.listed += 1;
        Some(std::mem::take(&mut self.unlisted))
    }
}

impl Audit {
    /// Opens the file, or creates it. Refuses one that others could exchange.
    pub(crate) fn open(path: &Path) -> Result<Self, AuditError> {
        let whole = std::path::absolute(path)
            .map_err(|error| private_file::Error::from_io("find", path, error))?;
        let real = files::trusted_path(&whole).map_err(|source| AuditError::Untrusted {
            path: path.to_owned(),
            source,
        })?;
        Ok(Self(Mutex::new(State {
            file: LineFile::open(&real)?,
            waiting: VecDeque::new(),
            strangers: Strangers::new(),
        })))
    }

    /// Whether a request may pass: every line so far has to be in the file, and there has to be room
    /// for that of this request.
    pub(crate) fn admit(&self) -> Result<(), AuditError> {
        let mut state = self.state();
        state.write_waiting()?;
        Ok(state.file.ensure_room()?)
    }

    /// Adds the line of a request. What cannot be written now waits for [`Self::admit`].
    pub(crate) fn record(&self, entry: &AuditEntry) -> Result<(), AuditError> {
        let mut state = self.state();
        let unlisted = if entry.is_trusted {
            0
        } else {
            match state.strangers.count() {
                Some(unlisted) => unlisted,
                None => return Ok(()),
            }
        };
        if state.waiting.len() < MOST_WAITING {
            state.waiting.push_back(line(entry, unlisted));
        }
        state.write_waiting()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn write_waiting(&mut self) -> Result<(), AuditError> {
        while let Some(line) = self.waiting.front() {
            self.file.append(line)?;
            self.waiting.pop_front();
        }
        Ok(())
    }
}

fn line(entry: &AuditEntry, unlisted: u64) -> String {
    let path = redact(bounded(entry.path));
    let line = Line {
        time: format!("{:.3}", jiff::Timestamp::now()),
        method: bounded(entry.method),
        path: &path,
        status: entry.status,
        bytes_sent: entry.bytes_sent,
        duration_ms: u64::try_from(entry.duration.as_millis()).unwrap_or(u64::MAX),
        refused: entry.refused,
        unlisted: (unlisted > 0).then_some(unlisted),
    };
    serde_json::to_string(&line).expect("texts and numbers are JSON")
}

fn bounded(text: &str) -> &str {
    let mut end = text.len().min(LONGEST_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader};

    use serde_json::{Value, json};

    use super::*;

    fn entry(path: &str) -> AuditEntry<'_> {
        AuditEntry {
            method: "GET",
            path,
            status: 200,
            bytes_sent: 12,
            duration: Duration::from_millis(34),
            is_trusted: true,
            refused: None,
        }
    }

    fn lines(path: &Path) -> Vec<Value> {
        let file = BufReader::new(std::fs::File::open(path).unwrap());
        file.lines()
            .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
            .collect()
    }

    #[test]
    fn a_line_has_what_was_asked_and_how_it_ended() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit");
        let audit = Audit::open(&path).unwrap();
        audit.record(&entry("/api/v1/me")).unwrap();
        let refused = AuditEntry {
            status: 403,
            refused: Some("not_allowed"),
            ..entry("/a")
        };
        audit.record(&refused).unwrap();
        let mut lines = lines(&path);
        for line in &mut lines {
            let time = line.as_object_mut().unwrap().remove("time").unwrap();
            let time = time.as_str().unwrap();
            assert!(
                time.parse::<jiff::Timestamp>().is_ok() && time.ends_with('Z'),
                "{time}"
            );
            assert_eq!(time.len(), "2026-01-02T03:04:05.678Z".len());
        }
        let common = json!({"method": "GET", "path": "/api/v1/me", "status": 200, "bytes_sent": 12, "duration_ms": 34});
        assert_eq!(lines[0], common);
        assert_eq!(lines[1]["status"], 403);
        assert_eq!(lines[1]["refused"], "not_allowed");
    }

    #[test]
    fn nothing_that_is_asked_can_make_a_second_line_or_show_a_secret() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit");
        let audit = Audit::open(&path).unwrap();
        let secret = crate::secret::Secret::new("audit-secret-0123456789abcdef".to_owned());
        for text in [
            "/a\n{\"x\":1}\r\u{1b}[31m\u{0}",
            "/\u{2028}\u{85}",
            &format!("/{}", secret.expose()),
            &"/\u{e9}".repeat(LONGEST_TEXT),
        ] {
            audit.record(&entry(text)).unwrap();
        }
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 4);
        assert!(!text.contains(secret.expose()));
        assert!(!text.contains(['\u{1b}', '\r', '\0']));
        assert_eq!(lines(&path).len(), 4);
    }

    #[test]
    fn who_has_no_capability_cannot_fill_the_disk_and_the_number_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit");
        let audit = Audit::open(&path).unwrap();
        let stranger = AuditEntry {
            is_trusted: false,
            status: 401,
            refused: Some("login_required"),
            ..entry("/a")
        };
        for _ in 0..MOST_STRANGERS + 7 {
            audit.record(&stranger).unwrap();
        }
        assert_eq!(lines(&path).len(), MOST_STRANGERS as usize);
        audit.record(&entry("/b")).unwrap();
        assert_eq!(lines(&path).len(), MOST_STRANGERS as usize + 1);
        let an_earlier_minute = Instant::now().checked_sub(STRANGERS_WINDOW).unwrap();
        audit.state().strangers.since = an_earlier_minute;
        audit.record(&stranger).unwrap();
        audit.record(&stranger).unwrap();
        let unlisted: Vec<_> = lines(&path)
            .into_iter()
            .map(|line| line["unlisted"].clone())
            .filter(|unlisted| !unlisted.is_null())
            .collect();
        assert_eq!(unlisted, [7]);
    }

    #[test]
    fn a_file_that_cannot_be_used_is_refused_at_the_start() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            folder.path().to_owned(),
            folder.path().join("absent").join("audit"),
        ] {
            let error = Audit::open(&path).unwrap_err();
            let text = error.to_string();
            assert!(text.contains(&path.display().to_string()), "{text}");
            assert!(error.hint().contains("--audit"), "{}", error.hint());
        }
    }

    #[test]
    fn while_a_line_waits_nothing_may_pass_and_it_is_written_as_soon_as_it_can_be() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        let path = inner.join("audit");
        let audit = Audit::open(&path).unwrap();
        audit.record(&entry("/1")).unwrap();
        std::fs::remove_dir_all(&inner).unwrap();
        assert!(audit.record(&entry("/2")).is_err());
        assert!(audit.admit().is_err());
        std::fs::create_dir(&inner).unwrap();
        audit.admit().unwrap();
        audit.record(&entry("/3")).unwrap();
        let paths: Vec<_> = lines(&path)
            .iter()
            .map(|line| line["path"].clone())
            .collect();
        assert_eq!(paths, ["/2", "/3"]);
    }
}
