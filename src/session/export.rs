//! A session on its way to another machine: sealed, with a header that says whose it is and how
//! new, bound to the seal.
//!
//! Two living copies would end each other, so the exporting side retires, and remembers how far the
//! session had come ([`departure`](super::departure)); what is older than that is never let in
//! again.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::Seconds;
use crate::crypto::{self, Preamble, Sealer, Unreadable};
use crate::store::{self, Guard, Identity};

use super::import_error::ImportError;
use super::{ErasureCause, Error, Record, SessionStore};

const FORMAT: &str = "eprospera-session";
const VERSION: u64 = 1;

/// Whose session an export holds, and how new it is. Readable without the key, and not changeable.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportHeader {
    pub profile: String,
    pub issuer: String,
    pub client_id: String,
    /// How often the session had changed.
    pub generation: u64,
    /// When the person signed in.
    pub signed_in_at: Seconds,
    /// When it was exported.
    pub exported_at: Seconds,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportedSession {
    format: String,
    version: u64,
    /// What is in it.
    pub label: ExportHeader,
    sealed: Value,
}

impl ExportedSession {
    /// Seals a session.
    pub(crate) fn pack(
        identity: &Identity,
        record: &Record,
        sealer: &Sealer,
        now: Seconds,
    ) -> Result<Vec<u8>, store::Error> {
        let label = ExportHeader {
            profile: identity.profile.clone(),
            issuer: identity.issuer.clone(),
            client_id: identity.client_id.clone(),
            generation: record.generation,
            signed_in_at: record.signed_in_at,
            exported_at: now,
        };
        let contents = sealer.seal(&label.account(), &record.to_text())?;
        let exported = Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            label,
            sealed: serde_json::from_slice(&contents).expect("a sealed text is JSON"),
        };
        let mut text = serde_json::to_vec(&exported).expect("texts and numbers always serialise");
        text.push(b'\n');
        Ok(text)
    }

    /// Reads an export without opening it.
    pub(crate) fn parse(place: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        let not_one = || ImportError::NotOne {
            place: place.to_owned(),
        };
        Preamble::check(place, bytes, (FORMAT, VERSION)).map_err(|cause| match cause {
            Unreadable::Newer { .. } => ImportError::Newer(cause),
            _ => not_one(),
        })?;
        serde_json::from_slice(bytes).map_err(|_| not_one())
    }

    /// Opens it.
    ///
    /// # Errors
    /// When the key is another, or anything in it was changed.
    pub(crate) fn open(&self, place: &str, sealer: &Sealer) -> Result<Record, Error> {
        let contents = serde_json::to_vec(&self.sealed).expect("what was parsed serialises");
        let text = sealer.open(place, &self.label.account(), &contents)?;
        Ok(Record::parse(&text)?)
    }
}

impl ExportHeader {
    /// What the seal is bound to: all of it.
    fn account(&self) -> String {
        let label = serde_json::to_string(self).expect("texts and numbers always serialise");
        format!("session-export:{label}")
    }

    /// Whether the session belongs to an identity.
    pub(crate) fn check(&self, identity: &Identity) -> Result<(), ImportError> {
        let theirs = Identity {
            profile: self.profile.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
        };
        if theirs == *identity {
            return Ok(());
        }
        Err(ImportError::Elsewhere {
            theirs: theirs.account(),
            ours: identity.account(),
        })
    }
}

/// The login that a session descends from: generations compare within one alone. The random key that
/// each login makes tells two of one second apart.
pub(super) fn lineage(record: &Record) -> String {
    let key = record.rescue_key.expose();
    crypto::sha256_base64url(&format!(
        "{} {} {key}",
        record.signed_in_at, record.account.subject
    ))
}

impl SessionStore {
    /// Takes over an exported session; `replace` lets it take the place of another login's.
    ///
    /// # Errors
    /// [`Error::ImportError`] while a newer one of the same login is or was here, or another login
    /// is; the session that is here stays as it is.
    pub(crate) fn import(
        &self,
        record: &Record,
        replace: bool,
        guard: &Guard,
    ) -> Result<(), Error> {
        self.require_ours(record)?;
        let here = self.load()?;
        self.refuse_spent(record, here.as_ref())?;
        if let Some(here) = here
            && lineage(&here) != lineage(record)
            && !replace
        {
            let here = here.account.label().to_owned();
            return Err(ImportError::Occupied { here }.into());
        }
        self.replace(record, ErasureCause::Replaced, guard)
    }

    pub(super) fn require_ours(&self, record: &Record) -> Result<(), Error> {
        if self.is_ours(record) {
            return Ok(());
        }
        Err(ImportError::OtherProvider {
            theirs: record.provider.clone(),
            ours: self.provider.name,
        }
        .into())
    }

    /// Refuses a session that was here already in a newer state, `here` being the one that still
    /// is.
    pub(crate) fn refuse_spent(&self, record: &Record, here: Option<&Record>) -> Result<(), Error> {
        let offered = record.generation;
        let lineage_offered = lineage(record);
        if let Some(known) = self.departed(&lineage_offered)?
            && offered < known
        {
            return Err(ImportError::Outdated { offered, known }.into());
        }
        match here {
            Some(here) if lineage(here) == lineage_offered && offered <= here.generation => {
                let known = here.generation;
                Err(ImportError::Outdated { offered, known }.into())
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::KeyMaterial;
    use crate::secret::Secret;
    use crate::session::record::tests::sample;

    fn sealer(digit: &str) -> Sealer {
        let key = Secret::new(digit.repeat(64));
        Sealer::new(move || KeyMaterial::parse(&key).map(Some))
    }

    fn identity() -> Identity {
        Identity {
            profile: "default".to_owned(),
            issuer: "https://portal.example".to_owned(),
            client_id: "c".to_owned(),
        }
    }

    #[test]
    fn an_export_opens_with_its_key_and_its_own_header_alone() {
        let packed = ExportedSession::pack(&identity(), &sample(), &sealer("a"), 5000).unwrap();
        let text = String::from_utf8(packed.clone()).unwrap();
        assert!(!text.contains("\"rt\"") && !text.contains("Ines"));
        let exported = ExportedSession::parse("it", &packed).unwrap();
        exported.label.check(&identity()).unwrap();
        let record = exported.open("it", &sealer("a")).unwrap();
        assert_eq!(record.to_text().expose(), sample().to_text().expose());
        assert!(exported.open("it", &sealer("b")).is_err());
        for (from, to) in [
            ("\"generation\":3", "\"generation\":9"),
            ("\"profile\":\"default\"", "\"profile\":\"other\""),
        ] {
            let altered = text.replace(from, to);
            assert_ne!(altered, text);
            let exported = ExportedSession::parse("it", altered.as_bytes()).unwrap();
            assert!(exported.open("it", &sealer("a")).is_err(), "{to}");
        }
    }

    #[test]
    fn an_export_of_a_newer_version_is_told_apart_from_other_files() {
        let packed = ExportedSession::pack(&identity(), &sample(), &sealer("a"), 5000).unwrap();
        for cut in 0..packed.len() - 1 {
            let parsed = ExportedSession::parse("it", &packed[..cut]);
            assert!(matches!(parsed, Err(ImportError::NotOne { .. })), "{cut}");
        }
        let newer = br#"{"format":"eprospera-session","version":2,"whatever":1}"#;
        let parsed = ExportedSession::parse("it", newer);
        assert!(matches!(
            parsed,
            Err(ImportError::Newer(Unreadable::Newer { version: 2, .. }))
        ));
    }
}
