//! What a command can end in: a kind with its exit code, a cause, and hints that a user can act on.
//!
//! The `From` implementations at the layers' edges are the policy: which failure ends in which
//! code, and the hint on what to try. Layers below never know an exit code.

mod auth_method;
mod hint;
mod kind;
mod policy;

use std::fmt;
use std::process::ExitCode;
use std::time::Duration;

pub(crate) use auth_method::{AuthMethod, AuthMethods};
pub(crate) use hint::SessionFlags;
use serde_json::{Value, json};

pub use kind::Kind;

use hint::Hint;

/// What went wrong: an error of a layer, or a sentence.
type Source = Box<dyn std::error::Error + Send + Sync>;

/// The error of a command.
#[derive(Debug)]
pub(crate) struct Error {
    kind: Kind,
    source: Source,
    hints: Vec<Hint>,
    flags: SessionFlags,
    http_status: Option<u16>,
    /// In seconds.
    retry_after: Option<u32>,
    /// Whether the same command cannot succeed, whatever the kind says.
    is_final: bool,
    /// In a box, because errors are passed on by value.
    /// `None` where it is another program that has to sign in.
    auth_methods: Option<Box<AuthMethods>>,
    details: Option<Value>,
    silent: bool,
    reported: bool,
}

/// A sentence with a cause.
#[derive(Debug, thiserror::Error)]
#[error("{sentence}")]
struct Explained {
    sentence: String,
    source: Source,
}

impl Error {
    /// An error of a kind, with the layer's own error as its cause.
    /// Outside of this module, the constructors below name the kind.
    fn new(kind: Kind, source: impl Into<Source>) -> Self {
        Self {
            kind,
            source: source.into(),
            hints: Vec::new(),
            flags: SessionFlags::default(),
            http_status: None,
            retry_after: None,
            is_final: false,
            auth_methods: Some(Box::default()),
            details: None,
            silent: false,
            reported: false,
        }
    }

    /// An error of a kind that a check has settled.
    pub(crate) fn of_kind(kind: Kind, source: impl Into<Source>) -> Self {
        Self::new(kind, source)
    }

    /// A flag, an argument, a variable or the configuration has to change.
    pub(crate) fn usage(source: impl Into<Source>) -> Self {
        Self::new(Kind::Usage, source)
    }

    /// A failure without an exit code of its own.
    pub(crate) fn failure(source: impl Into<Source>) -> Self {
        Self::new(Kind::Failure, source)
    }

    /// A person has to sign in.
    pub(crate) fn login_required(source: impl Into<Source>) -> Self {
        Self::new(Kind::LoginRequired, source)
    }

    /// The credential does not open this.
    pub(crate) fn forbidden(source: impl Into<Source>) -> Self {
        Self::new(Kind::Forbidden, source)
    }

    /// What was asked for does not exist.
    pub(crate) fn not_found(source: impl Into<Source>) -> Self {
        Self::new(Kind::NotFound, source)
    }

    /// Something else is in the way.
    pub(crate) fn conflict(source: impl Into<Source>) -> Self {
        Self::new(Kind::Conflict, source)
    }

    /// The time is up.
    pub(crate) fn timeout(source: impl Into<Source>) -> Self {
        Self::new(Kind::Timeout, source)
    }

    /// The credential store, or a file beside it, cannot be used.
    pub(crate) fn store(source: impl Into<Source>) -> Self {
        Self::new(Kind::Store, source)
    }

    /// A security check failed.
    pub(crate) fn untrusted(source: impl Into<Source>) -> Self {
        Self::new(Kind::Untrusted, source)
    }

    /// Ctrl-C.
    pub(crate) fn interrupted(source: impl Into<Source>) -> Self {
        Self::new(Kind::Interrupted, source)
    }

    /// SIGTERM or SIGHUP.
    pub(crate) fn terminated(source: impl Into<Source>) -> Self {
        Self::new(Kind::Terminated, source)
    }

    /// The reader of a pipe has gone: no message, and exit code 0.
    pub(crate) fn broken_pipe() -> Self {
        Self {
            silent: true,
            ..Self::failure("the reader of the output has gone")
        }
    }

    /// The same error, as the cause of what a sentence says.
    #[must_use]
    pub(crate) fn context(self, sentence: impl Into<String>) -> Self {
        let sentence = sentence.into();
        let source = self.source;
        Self {
            source: Box::new(Explained { sentence, source }),
            ..self
        }
    }

    /// Adds what the user can do next: a phrase without a full stop. What a hint of a layer below says
    /// already is not said again.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl AsRef<str>) -> Self {
        let hint = hint.as_ref();
        if !self.hints().iter().any(|known| known.contains(hint)) {
            self.hints.push(hint.into());
        }
        self
    }

    /// Says what the user can do next in place of what was said so far.
    #[must_use]
    pub(crate) fn only_hint(mut self, hint: impl AsRef<str>) -> Self {
        self.hints = vec![hint.as_ref().into()];
        self
    }

    /// Whether the same command may succeed later without any change.
    pub(crate) fn is_retryable(&self) -> bool {
        !self.is_final && self.kind.is_retryable_after(self.http_status)
    }

    /// Says that what was tried is over: the same command cannot succeed later.
    #[must_use]
    pub(crate) fn not_retryable(mut self) -> Self {
        self.is_final = true;
        self
    }

    /// Adds the HTTP status that the server answered.
    #[must_use]
    pub(crate) fn http_status(mut self, status: u16) -> Self {
        self.http_status = Some(status);
        self
    }

    /// Adds how long the server asked to wait before another try.
    #[must_use]
    pub(crate) fn retry_after(self, wait: Option<Duration>) -> Self {
        // Not a moment too early.
        let whole = |wait: Duration| wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let seconds = wait.map(|wait| u32::try_from(whole(wait)).unwrap_or(u32::MAX));
        Self {
            retry_after: seconds.or(self.retry_after),
            ..self
        }
    }

    /// Adds the ways of signing in that are possible here, where signing in is what it takes.
    #[must_use]
    pub(crate) fn auth_methods(mut self, methods: impl FnOnce() -> Vec<AuthMethod>) -> Self {
        if self.kind == Kind::LoginRequired
            && let Some(known) = &mut self.auth_methods
        {
            known.0 = methods();
        }
        self
    }

    /// Says that another program has to sign in. A hint about signing in here would not help.
    #[must_use]
    pub(crate) fn of_another_program(mut self) -> Self {
        self.auth_methods = None;
        self
    }

    /// Adds machine-readable details.
    #[must_use]
    pub(crate) fn details(mut self, details: Value) -> Self {
        self.details = Some(details);
        self
    }

    /// Says in place of the general advice about a server that cannot be reached what is known better.
    #[must_use]
    pub(crate) fn unless_reachable(mut self, better: &str) -> Self {
        let general = Hint::from(hint::UNREACHABLE);
        for hint in &mut self.hints {
            if *hint == general {
                *hint = better.into();
            }
        }
        self
    }

    /// Says more beside the general advice about a server whose certificate is not trusted.
    #[must_use]
    pub(crate) fn if_untrusted(self, more: &str) -> Self {
        let is_untrusted = self.hints.contains(&Hint::from(hint::UNTRUSTED));
        if is_untrusted { self.hint(more) } else { self }
    }

    /// Gives the commands that the hints suggest the flags of this run, so that they can be copied.
    #[must_use]
    pub(crate) fn with_flags(self, flags: &SessionFlags) -> Self {
        Self {
            flags: flags.clone(),
            ..self
        }
    }

    /// The kind.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether nothing is to be printed and the exit is 0.
    pub(crate) fn is_silent(&self) -> bool {
        self.silent
    }

    /// The same error, which has been printed.
    #[must_use]
    pub(crate) fn reported(self) -> Self {
        Self {
            reported: true,
            ..self
        }
    }

    /// Whether it has been printed, before what was left to do was done.
    pub(crate) fn is_reported(&self) -> bool {
        self.reported
    }

    /// What happened, without causes.
    pub(crate) fn message(&self) -> String {
        self.source.to_string()
    }

    /// The chain of causes below the message, without those that the one above names itself.
    pub(crate) fn causes(&self) -> Vec<String> {
        let mut causes = Vec::new();
        let mut above = self.message();
        let mut next = self.source.source();
        while let Some(cause) = next {
            let text = cause.to_string();
            if !above.ends_with(&text) {
                causes.push(text.clone());
                above = text;
            }
            next = cause.source();
        }
        causes
    }

    /// The message with its causes, as one sentence.
    pub(crate) fn sentence(&self) -> String {
        let mut sentence = self.message();
        for cause in self.causes() {
            sentence.push_str(": ");
            sentence.push_str(&cause);
        }
        sentence
    }

    /// What the user can do.
    pub(crate) fn hints(&self) -> Vec<String> {
        self.hints
            .iter()
            .map(|hint| hint.with(&self.flags))
            .collect()
    }

    /// The details in words, one line each.
    pub(crate) fn details_in_words(&self) -> Vec<String> {
        let words = |value: &Value| match value.as_str() {
            Some(text) => text.to_owned(),
            None => value.to_string(),
        };
        match &self.details {
            None => Vec::new(),
            Some(Value::Array(details)) => details.iter().map(words).collect(),
            Some(details) => vec![words(details)],
        }
    }

    fn hints_in_one_line(&self) -> String {
        let mut line = String::new();
        for hint in self.hints() {
            match line.chars().next_back() {
                None => {}
                Some('.' | '?') => line.push(' '),
                Some(_) => line.push_str("; "),
            }
            line.push_str(&hint);
        }
        line
    }

    /// The error as the one JSON object of JSON output.
    pub(crate) fn to_json(&self) -> Value {
        let mut error = json!({ "code": self.kind.name(), "message": self.sentence() });
        if !self.hints.is_empty() {
            error["hint"] = json!(self.hints_in_one_line());
        }
        if let Some(status) = self.http_status {
            error["http_status"] = json!(status);
        }
        let is_retryable = self.is_retryable();
        error["retryable"] = json!(is_retryable);
        if let Some(seconds) = self.retry_after.filter(|_| is_retryable) {
            error["retry_after_seconds"] = json!(seconds);
        }
        if self.kind == Kind::LoginRequired
            && let Some(methods) = &self.auth_methods
        {
            error["auth_methods"] = json!(methods);
        }
        if let Some(details) = &self.details {
            error["details"] = details.clone();
        }
        json!({ "error": error })
    }

    /// The exit code of the process.
    pub(crate) fn exit_code(&self) -> ExitCode {
        if self.silent {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(self.kind.code())
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(formatter)
    }
}

#[cfg(test)]
mod tests;
