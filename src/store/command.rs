//! The store behind a helper program: a team's own secret manager (docs/helper-protocol.md).
//!
//! The helper is one process, spoken to in JSON lines. It keeps texts under names and gives out
//! one lock for each; the lock ends when the helper does. This module knows nothing of what
//! the helper keeps its texts in, and believes nothing that it can check.

mod connection;
#[cfg(fuzzing)]
pub(super) mod fuzzing;
pub(super) mod message;
mod process;
mod stderr_capture;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use super::config::StoreConfig;
use super::entry::Entry;
use super::error::Error;
use super::interface::Store;
use super::kind::StoreKind;
use super::probe::{self, ProbeStep};
use crate::crypto::digest;
use crate::private_file;
use crate::private_file::Guard;
use crate::secret::Secret;

use self::connection::Connection;
use self::message::place;
use self::process::Start;

pub(crate) use self::stderr_capture::StderrListener;

/// What keeps the lock of an entry: the helper that took it.
#[derive(Debug)]
pub(super) struct Locked {
    connection: Mutex<Connection>,
}

impl Locked {
    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic of another thread leaves no half-spoken line: each exchange is one call.
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        // Should it not answer, its end gives the lock back.
        self.connection().unlock();
    }
}

/// The helper processes of one store.
#[derive(Default)]
struct Current {
    /// One that waits for the next question.
    idle: Option<Connection>,
    /// The one that holds a lock, while it does.
    held: Weak<Locked>,
}

/// The `command:PROGRAM` store.
pub(super) struct HelperStore {
    start: Start,
    folder: PathBuf,
    current: Mutex<Current>,
}

impl HelperStore {
    pub(super) fn new(program: &str, places: &StoreConfig) -> Self {
        Self {
            start: Start {
                program: program.to_owned(),
                withheld: places.withheld,
                patience: places.patience.deadline,
                listener: places.listener.clone(),
            },
            folder: places.helper_dir.clone(),
            current: Mutex::default(),
        }
    }

    fn current(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the helper that holds a lock if there is one: what it says is the newest.
    fn ask<T>(&self, question: impl Fn(&mut Connection) -> Result<T, Error>) -> Result<T, Error> {
        if let Some(locked) = self.current().held.upgrade() {
            return question(&mut locked.connection());
        }
        let (answer, connection) = self.ask_anew(question)?;
        self.current().idle = Some(connection);
        Ok(answer)
    }

    /// Asks the idle helper, or a new one where the old one has ended meanwhile.
    fn ask_anew<T>(
        &self,
        question: impl Fn(&mut Connection) -> Result<T, Error>,
    ) -> Result<(T, Connection), Error> {
        let idle = self.current().idle.take();
        if let Some(mut connection) = idle {
            match question(&mut connection) {
                Ok(answer) => return Ok((answer, connection)),
                Err(error) if !connection.is_over() => return Err(error),
                Err(_) => {}
            }
        }
        let mut connection = Connection::open(&self.start)?;
        let answer = question(&mut connection)?;
        Ok((answer, connection))
    }

    /// Writes with the helper that holds the lock, and no other.
    fn write<T>(
        &self,
        entry: &Entry,
        guard: &Guard,
        work: impl FnOnce(&mut Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        guard.covers(&self.lock_file(entry))?;
        let locked: &Locked = guard.holder().ok_or(private_file::Error::OtherLock)?;
        work(&mut locked.connection())
    }
}

impl Store for HelperStore {
    fn kind(&self) -> StoreKind {
        StoreKind::Command(self.start.program.clone())
    }

    fn get(&self, entry: &Entry) -> Result<Option<Secret>, Error> {
        let account = entry.account();
        self.ask(|connection| connection.get(&account))
    }

    /// When the helper has ended, one more takes the lock anew and tries: after a rotation, this
    /// text may be all that is left of a session.
    fn put(&self, entry: &Entry, text: &Secret, guard: &Guard) -> Result<(), Error> {
        let account = entry.account();
        self.write(entry, guard, |connection| {
            let Err(error) = connection.put(&account, text) else {
                return Ok(());
            };
            if !connection.is_over() {
                return Err(error);
            }
            match self.put_anew(connection, &account, text) {
                Ok(successor) => *connection = successor,
                Err(again) => {
                    tracing::debug!(error = %again, "another helper does not store it either");
                    return Err(error);
                }
            }
            Ok(())
        })
    }

    fn delete(&self, entry: &Entry, guard: &Guard) -> Result<bool, Error> {
        let account = entry.account();
        self.write(entry, guard, |connection| connection.delete(&account))
    }

    fn set_aside(&self, entry: &Entry, guard: &Guard) -> Result<Option<String>, Error> {
        // Nothing would ever ask for it again; it stays until it is replaced.
        guard.covers(&self.lock_file(entry))?;
        Ok(None)
    }

    fn may_lose_lock(&self) -> bool {
        true
    }

    fn get_intent(&self, entry: &Entry) -> Result<Option<Secret>, Error> {
        let account = intent_account(entry);
        self.ask(|connection| connection.get(&account))
    }

    fn put_intent(&self, entry: &Entry, text: &Secret, guard: &Guard) -> Result<(), Error> {
        let account = intent_account(entry);
        self.write(entry, guard, |connection| connection.put(&account, text))
    }

    fn delete_intent(&self, entry: &Entry, guard: &Guard) -> Result<(), Error> {
        let account = intent_account(entry);
        self.write(entry, guard, |connection| {
            connection.delete(&account).map(drop)
        })
    }

    fn probe(&self) -> Result<(), Error> {
        // One name for all, so that what a killed run left goes with the next: the lock keeps two
        // probes apart.
        let account = String::from("probe:login");
        let mut connection = Connection::open(&self.start)?;
        connection.lock(&account, self.start.patience)?;
        let place = place(&self.start.program, &account);
        probe::run(&place, |step| match step {
            ProbeStep::Write(text) => connection.put(&account, text).map(|()| None),
            ProbeStep::Read => connection.get(&account),
            ProbeStep::Remove if connection.delete(&account)? => Ok(None),
            ProbeStep::Remove => {
                Err(connection.protocol_violation("it does not return what it has just stored"))
            }
        })?;
        connection.unlock();
        Ok(())
    }

    fn location(&self, entry: &Entry) -> String {
        place(&self.start.program, &entry.account())
    }

    /// Nothing is locked there: it only names what this machine keeps for the entry.
    fn lock_file(&self, entry: &Entry) -> PathBuf {
        let helper = &digest(&[&self.start.program])[..8];
        self.folder.join(format!("{}-{helper}.lock", entry.stem()))
    }

    fn lock(&self, entry: &Entry, wait: Duration) -> Result<Guard, Error> {
        // What must be kept here when the helper fails after a rotation needs its folder.
        private_file::ensure_dir(&self.folder)?;
        let account = entry.account();
        let ((), connection) = self.ask_anew(|connection| connection.lock(&account, wait))?;
        let locked = Arc::new(Locked {
            connection: Mutex::new(connection),
        });
        self.current().held = Arc::downgrade(&locked);
        Ok(Guard::of(self.lock_file(entry), locked))
    }
}

impl HelperStore {
    /// Writes under a lock that is taken anew, if no other process has written since it was lost.
    fn put_anew(
        &self,
        lost: &Connection,
        account: &str,
        text: &Secret,
    ) -> Result<Connection, Error> {
        let mut connection = Connection::open(&self.start)?;
        connection.lock(account, self.start.patience)?;
        let found = connection.get(account)?;
        // The text was stored, and only the answer was lost.
        if found.is_some_and(|found| found.equals(text.expose())) {
            return Ok(connection);
        }
        if connection.generation(account) != lost.generation(account) {
            return Err(
                connection.protocol_violation("the record has changed since its lock was lost")
            );
        }
        connection.put(account, text)?;
        Ok(connection)
    }
}

/// The name of an entry's intent record. No profile's name has a colon, so no session has this name.
fn intent_account(entry: &Entry) -> String {
    format!("intent:{}", entry.account())
}
