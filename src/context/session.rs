//! The session in use: its store, its keeper, and the refresh token that may begin it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::{Context, no_client_id};
use crate::env;
use crate::error::Error;
use crate::folders;
use crate::output::line;
use crate::private_file;
use crate::provider::Feature;
use crate::secret::{self, Secret};
use crate::session::{self, BootstrapTokens, ProviderClient, Refresher, SessionStore};
use crate::store::{self, Identity, Store};

impl Context {
    /// The store that the settings name.
    pub(crate) fn store(&self) -> Result<Arc<dyn Store>, Error> {
        self.store_of(&self.settings()?.store.value)
    }

    pub(crate) fn store_of(&self, kind: &store::StoreKind) -> Result<Arc<dyn Store>, Error> {
        self.store_with(kind, store::Patience::default())
    }

    /// A store of a kind that must answer soon.
    pub(crate) fn store_within(
        &self,
        kind: &store::StoreKind,
        deadline: Duration,
    ) -> Result<Arc<dyn Store>, Error> {
        let patience = store::Patience {
            deadline,
            ..store::Patience::default()
        };
        self.store_with(kind, patience)
    }

    fn store_with(
        &self,
        kind: &store::StoreKind,
        patience: store::Patience,
    ) -> Result<Arc<dyn Store>, Error> {
        let state = self.folders().state()?;
        let mut places = store::StoreConfig::new(state.to_owned(), PathBuf::new());
        if !kind.is_in_state_folder() {
            // No variable that moves folders moves such a store, nor what belongs to it.
            let user = folders::of_user();
            places.user_lock_dir = user.as_ref().map(|user| user.join("keyring"));
            places.helper_dir = self.beside(kind, "helpers")?;
        }
        places.withheld = &env::SECRETS;
        places.patience = patience;
        if tracing::enabled!(tracing::Level::DEBUG) {
            places.listener = Some(Arc::new(|said| {
                tracing::debug!(helper = %line(said), "store");
            }));
        }
        if self.can_ask() && *kind == store::StoreKind::Keyring {
            let output = self.output;
            places.patience = store::Patience::interactive(move || {
                output.note("waiting for the OS keyring to be unlocked…");
            });
        }
        let (environment, ask) = (self.environment.clone(), self.can_ask());
        let state_dir = state.to_owned();
        Ok(Arc::from(store::open(kind, &places, move || {
            super::secrets::store_key(&environment, ask, Some(&state_dir))
        })))
    }

    /// The store of the session in use. Without a client id there is no session: exit 3.
    pub(crate) fn session_store(&self) -> Result<SessionStore, Error> {
        let settings = self.settings()?;
        if settings.client_id.is_none() {
            return Err(no_client_id(Error::login_required, settings));
        }
        let session_store = self.session_store_in(self.store()?, self.identity()?)?;
        self.restore(&session_store);
        self.bootstrap(&session_store)?;
        Ok(session_store)
    }

    fn restore(&self, session_store: &SessionStore) {
        match session_store.restore_at_once() {
            Ok(true) => self.output.note(
                "the session that an earlier command rescued is back in its store; nothing was lost",
            ),
            Err(error @ session::Error::NotRestored(_)) => {
                self.output.warn(format!(
                    "{}; using it from its rescue file",
                    Error::from(error).sentence()
                ));
            }
            // Reading the session says the same as any other error.
            Ok(false) | Err(_) => {}
        }
    }

    /// The refresh token that may begin a session; with a provider that has none it is somebody
    /// else's, and left alone.
    pub(crate) fn bootstrap_token(&self) -> Result<Option<Secret>, Error> {
        let Some(text) = self.environment.get(env::REFRESH_TOKEN) else {
            return Ok(None);
        };
        if !self.settings()?.provider.value.offers(Feature::Refresh) {
            return Ok(None);
        }
        let text = text
            .to_str()
            .ok_or_else(|| Error::usage(format!("{} is not UTF-8", env::REFRESH_TOKEN)))?;
        let text = secret::strip(text);
        Ok((!text.is_empty()).then(|| Secret::new(text.to_owned())))
    }

    /// Where the refresh tokens are remembered that have begun a session.
    pub(crate) fn bootstrap_tokens(&self) -> Result<BootstrapTokens, Error> {
        let kind = &self.settings()?.store.value;
        // A helper's runners may have homes that last for one run, and a state folder that stays.
        let folder = if *kind == store::StoreKind::Keyring {
            self.beside(kind, "seeds")?
        } else {
            self.folders().state()?.join("seeds")
        };
        Ok(BootstrapTokens::at(folder))
    }

    /// A folder for what belongs to the sessions of a store: for all processes that share the
    /// store the same one, wherever that can be written to.
    fn beside(&self, kind: &store::StoreKind, name: &str) -> Result<PathBuf, Error> {
        let own = (!kind.is_in_state_folder())
            .then(folders::of_user)
            .flatten()
            .filter(|folder| private_file::can_be_written(folder));
        let folder = own.map_or_else(|| self.folders().state().map(Path::to_owned), Ok)?;
        Ok(folder.join(name))
    }

    /// Begins a session with the given refresh token where the store is empty.
    fn bootstrap(&self, session_store: &SessionStore) -> Result<(), Error> {
        let Some(bootstrap_token) = self.bootstrap_token()? else {
            return Ok(());
        };
        if session_store.load()?.is_some() {
            tracing::info!(
                "the stored session is newer than {} and is used instead",
                env::REFRESH_TOKEN
            );
            return Ok(());
        }
        let bootstrap_tokens = self.bootstrap_tokens()?;
        let has_begun = self.block_on(async {
            let guard = session_store.lock(session::LOCK_WAIT).await?;
            Ok(session_store.bootstrap(&bootstrap_token, &bootstrap_tokens, &guard)?)
        })?;
        if has_begun {
            let scopes = &self.settings()?.scopes.value;
            self.remember_session(session_store.identity(), scopes)?;
            self.output.note(format!(
                "the store is empty; starting a session with {}, which cannot be used again",
                env::REFRESH_TOKEN
            ));
        }
        Ok(())
    }

    /// The keeper of an identity's session in a store.
    pub(crate) fn session_store_in(
        &self,
        store: Arc<dyn Store>,
        identity: Identity,
    ) -> Result<SessionStore, Error> {
        let provider = self.settings()?.provider.value;
        Ok(SessionStore::new(store, identity, provider, self.clock))
    }

    /// Refreshes the session of a keeper at its provider.
    pub(crate) fn refresher<'a>(
        &'a self,
        session_store: &'a SessionStore,
        server: &'a ProviderClient,
    ) -> Refresher<'a> {
        let interrupts = self.interrupts;
        Refresher {
            session_store,
            server,
            hold_signals: Box::new(move || Box::new(interrupts.hold())),
            wait: session::LOCK_WAIT,
        }
    }
}
