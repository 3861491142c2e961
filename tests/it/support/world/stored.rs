//! What is stored for a user, read and changed as the program does it.

use std::path::{Path, PathBuf};

use eprospera::crypto::KeyMaterial;
use eprospera::secret::Secret;
use eprospera::session::{AccessToken, Record};
use eprospera::store::{self, Entry, Identity, StoreConfig, StoreKind};

use super::World;
use crate::run::LONGEST;

impl World {
    /// The stored session, read and written as the program does it.
    pub(crate) fn record(&self) -> Option<Record> {
        let text = self.open_store().get(&self.entry("default")).unwrap()?;
        Some(Record::parse(&text).unwrap())
    }

    pub(crate) fn change_record(&self, change: impl FnOnce(&mut Record)) {
        let (store, entry) = (self.open_store(), self.entry("default"));
        let guard = store.lock(&entry, LONGEST).unwrap();
        let mut record = Record::parse(&store.get(&entry).unwrap().unwrap()).unwrap();
        change(&mut record);
        store.put(&entry, &record.to_text(), &guard).unwrap();
    }

    /// Lets two hours pass for the stored access token, but not for the sandbox.
    pub(crate) fn expire_access_token(&self) {
        self.age_access_token(2 * 3600);
    }

    /// Lets time pass for the stored access token.
    pub(crate) fn age_access_token(&self, seconds: i64) {
        self.change_record(|record| {
            let access = record.access.as_mut().unwrap();
            access.issued_at -= seconds;
            access.expires_at -= seconds;
        });
    }

    /// The stored access token.
    pub(crate) fn access_token(&self) -> String {
        let access: AccessToken = self.record().unwrap().access.unwrap();
        access.token.expose().to_owned()
    }

    /// Makes the provider forget the stored access token, but not the refresh token.
    pub(crate) fn revoke_access_token(&self) {
        let url = format!("{}/api/oauth/revoke", self.url);
        let token = self.access_token();
        let form = [("client_id", "it"), ("token", token.as_str())];
        self.block_on(crate::browser::post(&url, &form));
    }

    /// The stored refresh token.
    pub(crate) fn refresh_token(&self) -> String {
        self.record()
            .unwrap()
            .refresh
            .unwrap()
            .token
            .expose()
            .to_owned()
    }

    pub(crate) fn entry(&self, profile: &str) -> Entry {
        Entry::Session(Identity {
            profile: profile.to_owned(),
            issuer: self.url.clone(),
            client_id: self.client_id.to_owned(),
        })
    }

    pub(crate) fn open_store(&self) -> Box<dyn store::Store> {
        let places = StoreConfig::new(self.path("state"), self.path("keyring"));
        let key = Secret::new(self.store_key.clone());
        let key = move || KeyMaterial::parse(&key).map(Some);
        store::open(&self.store, &places, key)
    }

    /// The one file of a folder of the state, by its extension.
    pub(crate) fn session_file(&self) -> PathBuf {
        let extension = match self.store {
            StoreKind::EncryptedFile => "sealed",
            _ => "json",
        };
        let is_record = |path: &Path| path.extension().is_some_and(|known| known == extension);
        let folder = std::fs::read_dir(self.path("state/sessions")).unwrap();
        let mut files = folder
            .map(|entry| entry.unwrap().path())
            .filter(|path| is_record(path));
        files.next().expect("a stored session")
    }

    /// The file of an entry of a file store.
    pub(crate) fn session_file_of(&self, entry: &Entry) -> PathBuf {
        PathBuf::from(self.open_store().location(entry))
    }

    /// Whether nobody is signed in and no file says otherwise.
    pub(crate) fn nothing_is_stored(&self) -> bool {
        self.record().is_none() && !self.path("state/logins/default.json").exists()
    }
}
