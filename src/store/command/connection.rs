//! A conversation with one helper: one question, one answer, each within its time, nothing
//! believed that can be checked.
//!
//! After the first answer that breaks the protocol or does not come, the conversation is over:
//! the helper is ended, and with it goes the lock.

use std::collections::HashMap;
use std::time::Duration;

use super::message::{self, HelperRecord, HelperRequest, HelperResponse, PROTOCOL, place};
use super::process::{Process, ReadError, Start};
use crate::crypto::Unreadable;
use crate::private_file;
use crate::secret::Secret;
use crate::store::error::Error;

/// How long a helper may take to give a lock back, before it is ended.
const UNLOCK_TIMEOUT: Duration = Duration::from_secs(2);

/// A conversation with one helper.
#[derive(Debug)]
pub(super) struct Connection {
    program: String,
    process: Process,
    patience: Duration,
    last_id: u64,
    /// The account whose lock this helper holds.
    locked: Option<String>,
    /// What was last read or written under the lock; 0 where there is nothing.
    generations: HashMap<String, u64>,
    is_over: bool,
}

impl Connection {
    /// Starts a helper and settles the version.
    pub(super) fn open(start: &Start) -> Result<Self, Error> {
        let mut connection = Self {
            program: start.program.clone(),
            process: Process::start(start)?,
            patience: start.patience,
            last_id: 0,
            locked: None,
            generations: HashMap::new(),
            is_over: false,
        };
        let hello = HelperRequest {
            op: "hello",
            protocols: Some([PROTOCOL]),
            client: Some(concat!("eprospera/", env!("CARGO_PKG_VERSION"))),
            ..HelperRequest::default()
        };
        let answer = connection.exchange(hello, start.patience)?;
        match answer.protocol {
            Some(PROTOCOL) => Ok(connection),
            Some(found) => {
                let program = connection.program.clone();
                Err(connection.close_with(Error::HelperVersion { program, found }))
            }
            None => Err(connection.protocol_violation("it does not say which protocol it speaks")),
        }
    }

    /// Whether nothing can be asked any more.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// The generation that was last read or written under the lock.
    pub(super) fn generation(&self, account: &str) -> Option<u64> {
        self.generations.get(account).copied()
    }

    /// The text of an account; `None` when there is none.
    pub(super) fn get(&mut self, account: &str) -> Result<Option<Secret>, Error> {
        let place = place(&self.program, account);
        let Some((generation, wrapped)) = self.fetch(account)? else {
            return Ok(None);
        };
        message::decode(&place, account, generation, &wrapped).map(Some)
    }

    /// Replaces the text of an account, which must be covered by the lock.
    pub(super) fn put(&mut self, account: &str, text: &Secret) -> Result<(), Error> {
        self.process.stderr.never_repeat(text);
        if text.expose().len() > private_file::FILE_SIZE_LIMIT {
            return Err(Error::TooSmall {
                place: place(&self.program, account),
                limit: private_file::FILE_SIZE_LIMIT,
                needed: text.expose().len(),
            });
        }
        if !self.generations.contains_key(account) {
            self.fetch(account)?;
        }
        let known = self.generations.get(account).copied().unwrap_or_default();
        let generation = known.saturating_add(1);
        let wrapped = message::encode(account, generation, text);
        let answer = self.ask(HelperRequest {
            op: "put",
            account: Some(account),
            generation: Some(generation),
            record: Some(wrapped.expose()),
            ..HelperRequest::default()
        })?;
        if answer.generation != Some(generation) {
            return Err(
                self.protocol_violation("it confirmed a different generation than it was given")
            );
        }
        self.generations.insert(account.to_owned(), generation);
        Ok(())
    }

    /// Removes the text of an account; `false` when there was none.
    pub(super) fn delete(&mut self, account: &str) -> Result<bool, Error> {
        let answer = self.ask(HelperRequest {
            op: "delete",
            account: Some(account),
            ..HelperRequest::default()
        })?;
        let Some(deleted) = answer.deleted else {
            return Err(
                self.protocol_violation("it does not say whether there was anything to delete")
            );
        };
        self.generations.insert(account.to_owned(), 0);
        Ok(deleted)
    }

    /// Locks an account, waiting for its holder at most `wait`.
    pub(super) fn lock(&mut self, account: &str, wait: Duration) -> Result<(), Error> {
        let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        let request = HelperRequest {
            op: "lock",
            account: Some(account),
            wait_ms: Some(wait_ms),
            ..HelperRequest::default()
        };
        let patience = wait.saturating_add(self.patience);
        let outcome = self
            .exchange(request, patience)
            .and_then(|answer| self.check_account(account, answer));
        match outcome {
            Ok(_) => {
                self.locked = Some(account.to_owned());
                // What was read before is no longer sure.
                self.generations.clear();
                Ok(())
            }
            Err(Error::Busy { .. }) => Err(Error::Busy { waited: wait }),
            Err(error) => Err(error),
        }
    }

    /// Gives the lock back; by the helper's end where it does not answer.
    pub(super) fn unlock(&mut self) {
        let Some(account) = self.locked.take() else {
            return;
        };
        let request = HelperRequest {
            op: "unlock",
            account: Some(&account),
            ..HelperRequest::default()
        };
        let answered = self
            .exchange(request, UNLOCK_TIMEOUT)
            .and_then(|answer| self.check_account(&account, answer));
        if answered.is_err() {
            self.end();
        }
    }

    /// The conversation is over because the helper said what cannot be.
    pub(super) fn protocol_violation(&mut self, what: &'static str) -> Error {
        let program = self.program.clone();
        self.close_with(Error::HelperProtocol { program, what })
    }

    /// The wrapped text and its generation.
    fn fetch(&mut self, account: &str) -> Result<Option<(u64, Secret)>, Error> {
        let answer = self.ask(HelperRequest {
            op: "get",
            account: Some(account),
            ..HelperRequest::default()
        })?;
        let (generation, wrapped) = match (answer.record, answer.generation) {
            (HelperRecord::Nothing, _) => (0, None),
            (HelperRecord::Record(wrapped), Some(generation @ 1..)) => (generation, Some(wrapped)),
            (HelperRecord::Record(_), _) => {
                return Err(
                    self.protocol_violation("it does not say which generation a record has")
                );
            }
            (HelperRecord::Unsaid, _) => {
                return Err(self.protocol_violation("it does not say whether there is a record"));
            }
        };
        if let Some(wrapped) = &wrapped {
            self.process.stderr.never_repeat(wrapped);
        }
        if self.locked.is_some() {
            let before = self.generations.insert(account.to_owned(), generation);
            if before.is_some_and(|before| before != generation) {
                return Err(self.protocol_violation("a record changed while its lock was held"));
            }
        }
        Ok(wrapped.map(|wrapped| (generation, wrapped)))
    }

    fn ask(&mut self, request: HelperRequest<'_>) -> Result<HelperResponse, Error> {
        let account = request.account.unwrap_or_default().to_owned();
        let answer = self.exchange(request, self.patience)?;
        self.check_account(&account, answer)
    }

    /// An answer that names the account it is about.
    fn check_account(
        &mut self,
        account: &str,
        answer: HelperResponse,
    ) -> Result<HelperResponse, Error> {
        match answer.account {
            Some(ref named) if named == account => Ok(answer),
            Some(named) => {
                let place = place(&self.program, account);
                let found = self.process.stderr.cleaned(&named);
                Err(self.close_with(Unreadable::not_ours(&place, found).into()))
            }
            None => Err(self.protocol_violation("an answer does not name its account")),
        }
    }

    /// One question, one answer.
    fn exchange(
        &mut self,
        mut request: HelperRequest<'_>,
        within: Duration,
    ) -> Result<HelperResponse, Error> {
        if self.is_over {
            return Err(self.exit_error(String::from("it was stopped after its last failure")));
        }
        self.last_id += 1;
        request.id = self.last_id;
        self.process.send(request.to_line());
        let line = match self.process.line(within) {
            Ok(line) => line,
            Err(ReadError::TimedOut) => {
                let program = self.program.clone();
                return Err(self.close_with(Error::HelperTimedOut {
                    program,
                    op: request.op,
                    after: within,
                }));
            }
            Err(ReadError::Ended(how)) => {
                let error = self.exit_error(how);
                return Err(self.close_with(error));
            }
            Err(ReadError::TooLong) => {
                return Err(self.protocol_violation("an answer is longer than any record"));
            }
        };
        let Some(answer) = HelperResponse::parse(&line) else {
            return Err(self.protocol_violation("an answer is not a JSON object of the protocol"));
        };
        match answer.id {
            Some(id) if id == self.last_id => {}
            Some(_) => {
                return Err(
                    self.protocol_violation("it answered a request other than the last one")
                );
            }
            None => {
                return Err(
                    self.protocol_violation("an answer does not say which request it is for")
                );
            }
        }
        match answer.ok {
            Some(true) => Ok(answer),
            Some(false) => Err(self.refused(request.op, &answer)),
            None => Err(self.protocol_violation(
                "an answer does not say whether the request \
                                                 succeeded",
            )),
        }
    }

    /// A refusal is an honest answer: the conversation goes on, unless the lock is lost.
    fn refused(&mut self, op: &'static str, answer: &HelperResponse) -> Error {
        let place = || format!("store helper {}", self.program);
        let words = answer.message.as_deref().unwrap_or("it gave no reason");
        let cause = self.process.stderr.cleaned(words);
        match answer.error.as_deref() {
            Some("busy") => Error::Busy {
                waited: Duration::ZERO,
            },
            Some("denied") => Error::Denied {
                place: place(),
                cause,
            },
            Some("full") => Error::Full { place: place() },
            code => {
                let is_lost = code == Some("lock_lost");
                let program = self.program.clone();
                let error = Error::HelperRefused { program, op, cause };
                // Nothing can be written with this helper any more.
                if is_lost {
                    self.close_with(error)
                } else {
                    error
                }
            }
        }
    }

    fn exit_error(&self, how: String) -> Error {
        Error::HelperEnded {
            program: self.program.clone(),
            how,
        }
    }

    fn close_with(&mut self, error: Error) -> Error {
        self.end();
        error
    }

    fn end(&mut self) {
        self.is_over = true;
        self.locked = None;
        self.process.kill();
    }
}
