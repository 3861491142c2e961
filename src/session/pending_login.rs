//! Logins that one command begins and a later one finishes. What only their answers can match, or ask
//! for, is sealed in the store beside the session: until it is used, until it has expired, or until the
//! person signs out.
//!
//! A login is of one profile, issuer and client, as its session will be, and is used once: the command that goes
//! on with it takes it out of the store first, under a lock. Of those that have ended, only the id and
//! the end are remembered, so that a late command learns why there is nothing to finish. This module
//! sends nothing and knows no answer.

mod ended;
mod record;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::{Clock, Seconds};
use crate::crypto;
use crate::file_sharing;
use crate::private_file;
use crate::provider::Provider;
use crate::store::{self, Entry, Guard, Store};

use super::{Error, SessionStore};

pub(crate) use ended::{EndedLogin, EndingCause};
pub(crate) use record::{PendingLogin, PendingMethod};

use ended::EndedLogins;
use record::PendingRecord;

/// How many logins of one profile may be pending. The oldest makes room for one more.
const MOST_PENDING: usize = 8;

/// How long a login whose answer is pasted may take: the code in the answer lives for minutes only.
pub(crate) const PASTED_LOGIN_LIFETIME: Seconds = 15 * 60;

/// How many of the id's hexadecimal digits there are. An id is no secret: it only tells the few logins of
/// one profile apart.
const ID_LENGTH: usize = 8;

/// How long a command waits for another one that adds or takes a login.
const LOCK_TIMEOUT: Duration = Duration::from_secs(20);

/// What there is to finish.
#[derive(Debug)]
pub(crate) enum Lookup {
    Found(Box<PendingLogin>),
    /// It is the one that was asked for, and it can no longer be finished.
    Ended(EndedLogin),
    /// No login has this id; these are pending.
    Unknown(Vec<PendingLogin>),
    /// None was named, and several are pending.
    Several(Vec<PendingLogin>),
    /// None was named, and none is pending; the one that ended last.
    Nothing(Option<EndedLogin>),
}

/// The pending logins of one identity in a store.
pub(crate) struct PendingLogins {
    store: Arc<dyn Store>,
    entry: Entry,
    provider: &'static Provider,
    clock: Clock,
}

/// The right to ask about one login's answer. Only one process of this machine has it at a time.
pub(crate) struct Turn {
    lock_file: PathBuf,
    _guard: Guard,
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Under its lock: a process that waits for it makes a file of its own.
        drop(file_sharing::remove_file(&self.lock_file));
    }
}

impl SessionStore {
    /// The logins that are to become this store's session.
    pub(crate) fn pending_logins(&self) -> PendingLogins {
        PendingLogins {
            store: Arc::clone(&self.store),
            entry: Entry::PendingLogins(self.identity.clone()),
            provider: self.provider,
            clock: self.clock,
        }
    }
}

impl PendingLogins {
    /// An id that no other login has.
    pub(crate) fn new_id() -> Result<String, Error> {
        let mut id = crypto::random_name()?;
        id.truncate(ID_LENGTH);
        Ok(id)
    }

    /// The logins that can be finished, the oldest first.
    pub(crate) fn list(&self) -> Result<Vec<PendingLogin>, Error> {
        if !self.store.contains(&self.entry)? {
            return Ok(Vec::new());
        }
        let mut logins = self.read()?;
        self.split_off_expired(&mut logins);
        let ended = self.ended()?;
        logins.retain(|login| ended.find(&login.id).is_none());
        Ok(logins)
    }

    /// The login of an id, or the only one.
    pub(crate) fn find(&self, id: Option<&str>) -> Result<Lookup, Error> {
        let mut pending = self.list()?;
        let wanted = |login: &PendingLogin| id.is_none_or(|id| login.id == id);
        if let Some(id) = id {
            return Ok(match pending.iter().position(wanted) {
                Some(index) => Lookup::Found(Box::new(pending.swap_remove(index))),
                None => match self.ending_of(id)? {
                    Some(ended) => Lookup::Ended(ended),
                    None => Lookup::Unknown(pending),
                },
            });
        }
        Ok(match pending.len() {
            0 => Lookup::Nothing(self.last_ended()?),
            1 => Lookup::Found(Box::new(pending.remove(0))),
            _ => Lookup::Several(pending),
        })
    }

    /// Keeps a login for a later command.
    pub(crate) async fn add(&self, login: PendingLogin) -> Result<(), Error> {
        let guard = self.lock().await?;
        let (mut logins, mut ended) = self.swept(&guard)?;
        while logins.len() >= MOST_PENDING {
            let oldest = logins.remove(0);
            ended.add(oldest.id, EndingCause::Displaced, self.clock.now());
        }
        self.write_ended(&ended, &guard)?;
        logins.push(login);
        self.write(logins, &guard)
    }

    /// Takes a login out of the store, for the command that goes on with it: from now on it is used. `None` where
    /// another command was faster.
    pub(crate) async fn take(
        &self,
        id: &str,
        cause: EndingCause,
    ) -> Result<Option<PendingLogin>, Error> {
        let guard = self.lock().await?;
        let (mut logins, mut ended) = self.swept(&guard)?;
        let Some(index) = logins.iter().position(|login| login.id == id) else {
            return Ok(None);
        };
        let login = logins.remove(index);
        // First, so that a command that is killed between the two leaves nothing that could be used twice.
        ended.add(login.id.clone(), cause, self.clock.now());
        self.write_ended(&ended, &guard)?;
        self.write(logins, &guard)?;
        Ok(Some(login))
    }

    /// Puts a login back of which nothing was sent.
    pub(crate) async fn put_back(&self, login: PendingLogin) -> Result<(), Error> {
        let guard = self.lock().await?;
        let (mut logins, mut ended) = self.swept(&guard)?;
        ended.forget(&login.id);
        logins.insert(0, login);
        self.write(logins, &guard)?;
        self.write_ended(&ended, &guard)
    }

    /// Waits until no other process of this machine asks about the answer to a login.
    pub(crate) async fn turn(&self, id: &str, wait: Duration) -> Result<Turn, Error> {
        let lock_file = self.store.beside(&self.entry, &format!("{id}.lock"));
        let path = lock_file.clone();
        let waiting = tokio::task::spawn_blocking(move || private_file::lock(&path, wait));
        let guard = waiting.await.expect("taking a lock does not panic")?;
        Ok(Turn {
            lock_file,
            _guard: guard,
        })
    }

    /// Erases all of them, and what is remembered of those that have ended. Says whether there were any.
    pub(crate) fn erase(&self, wait: Duration) -> Result<bool, Error> {
        // Most often there is nothing, and no lock and no key is needed to see that.
        if !self.store.contains(&self.entry)? && !self.ended_file().exists() {
            return Ok(false);
        }
        let guard = self.store.lock(&self.entry, wait)?;
        let was_there = self.store.delete(&self.entry, &guard)?;
        private_file::remove(&self.ended_file())?;
        Ok(was_there)
    }

    async fn lock(&self) -> Result<Guard, Error> {
        let (store, entry) = (Arc::clone(&self.store), self.entry.clone());
        let waiting = tokio::task::spawn_blocking(move || store.lock(&entry, LOCK_TIMEOUT));
        Ok(waiting.await.expect("taking a lock does not panic")?)
    }

    /// The logins that can be finished, and those that have ended: what has expired has moved over.
    fn swept(&self, _guard: &Guard) -> Result<(Vec<PendingLogin>, EndedLogins), Error> {
        let mut logins = self.read()?;
        let mut ended = self.ended()?;
        logins.retain(|login| ended.find(&login.id).is_none());
        for expired in self.split_off_expired(&mut logins) {
            ended.add(expired.id, EndingCause::Expired, expired.expires_at);
        }
        Ok((logins, ended))
    }

    fn split_off_expired(&self, logins: &mut Vec<PendingLogin>) -> Vec<PendingLogin> {
        let now = self.clock.now();
        let (pending, expired) = std::mem::take(logins)
            .into_iter()
            .partition(|login| login.expires_at > now);
        *logins = pending;
        expired
    }

    /// How a login ended, also one that has expired and was not swept since.
    fn ending_of(&self, id: &str) -> Result<Option<EndedLogin>, Error> {
        if let Some(ended) = self.ended()?.find(id) {
            return Ok(Some(ended.clone()));
        }
        let expired = self.read()?.into_iter().find(|login| login.id == id);
        Ok(expired.map(EndedLogin::expired))
    }

    fn last_ended(&self) -> Result<Option<EndedLogin>, Error> {
        let ended = self.ended()?;
        let mut expired = self.read()?;
        expired.retain(|login| ended.find(&login.id).is_none());
        let expired = expired.into_iter().map(EndedLogin::expired);
        let all = expired.chain(ended.last().cloned());
        Ok(all.max_by_key(|ended| ended.at))
    }

    fn read(&self) -> Result<Vec<PendingLogin>, Error> {
        let Some(text) = self.store.get(&self.entry)? else {
            return Ok(Vec::new());
        };
        let mut logins = PendingRecord::parse(&text)?.logins;
        // Another provider must never see what these would send.
        logins.retain(|login| login.provider == self.provider.name);
        Ok(logins)
    }

    fn write(&self, logins: Vec<PendingLogin>, guard: &Guard) -> Result<(), Error> {
        if logins.is_empty() {
            self.store.delete(&self.entry, guard)?;
            return Ok(());
        }
        let text = PendingRecord::of(logins).to_text();
        Ok(self.store.put(&self.entry, &text, guard)?)
    }

    fn ended(&self) -> Result<EndedLogins, Error> {
        let bytes = private_file::read(&self.ended_file()).map_err(store::Error::from)?;
        Ok(EndedLogins::parse(bytes.as_deref().map(Vec::as_slice)))
    }

    fn write_ended(&self, ended: &EndedLogins, _guard: &Guard) -> Result<(), Error> {
        let path = self.ended_file();
        if ended.is_empty() {
            private_file::remove(&path)?;
            return Ok(());
        }
        private_file::remove_leftovers(&path)?;
        Ok(private_file::replace(&path, &ended.bytes())?)
    }

    fn ended_file(&self) -> PathBuf {
        self.store.beside(&self.entry, "ended")
    }
}

#[cfg(test)]
mod tests;
