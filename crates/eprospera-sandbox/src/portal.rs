//! What every endpoint shares: set-up, keys, and the mutable state behind short locks.
//!
//! No lock is ever held across an await or a signature.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::client_text::SecretFinder;
use crate::clock::Clock;
use crate::crypto::key_ring::Keys;
use crate::crypto::mac::MacKey;
use crate::faults::injection::Faults;
use crate::http::request_log::RequestLog;
use crate::model::browser_sessions::BrowserSessions;
use crate::model::client::Client;
use crate::model::device_codes::DeviceCodes;
use crate::model::grants::Grants;
use crate::model::refresh_token::RefreshTokenContent;
use crate::options::Options;
use crate::people::persona::Persona;
use crate::reason::Reason;
use crate::recording::exchange::Content;
use crate::recording::recorder::Recorder;
use crate::recording::redaction::Redactor;
use crate::steering::sessions::SteeringSessions;

/// The running portal under one set-up. What requests change is behind pointers, so that another
/// set-up can take it over.
pub(crate) struct Portal {
    /// All but the people.
    pub(crate) options: Options,
    pub(crate) personas: Vec<Arc<Persona>>,
    /// Origin and issuer, without a slash at its end.
    pub(crate) issuer: String,
    /// Origin of the file service, without a slash at its end.
    pub(crate) files: String,
    /// In PEM, where https is spoken.
    pub(crate) ca_certificate: Option<Arc<str>>,
    /// Keeps cursors and signed URLs from being invented.
    pub(crate) mac: MacKey,
    pub(crate) control_token: String,
    /// Browsers that may steer.
    pub(crate) steering: Arc<SteeringSessions>,
    /// Who was chosen while it runs to be approved without pages.
    pub(crate) approval: Arc<ChosenApproval>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) faults: Arc<Faults>,
    pub(crate) request_log: Arc<RequestLog>,
    /// For the inspector.
    pub(crate) recorder: Arc<Recorder>,
    /// Turns `true`, or its sender goes, when the sandbox stops.
    pub(crate) stopping: watch::Receiver<bool>,
    pub(crate) state: Arc<Mutex<SharedState>>,
}

/// Who is approved without pages.
#[derive(Clone, Default)]
pub(crate) enum Approval {
    /// The persona that the options name.
    #[default]
    AsStarted,
    Everything(String),
    Nothing,
}

/// What was chosen about it while the sandbox runs.
#[derive(Default)]
pub(crate) struct ChosenApproval(Mutex<Approval>);

impl ChosenApproval {
    pub(crate) fn choose(&self, approval: Approval) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = approval;
    }

    fn get(&self) -> Approval {
        let chosen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        chosen.clone()
    }
}

/// All that changes while requests are served.
#[derive(Default)]
pub(crate) struct SharedState {
    pub(crate) browsers: BrowserSessions,
    pub(crate) grants: Grants,
    pub(crate) devices: DeviceCodes,
}

impl SharedState {
    /// Forgets what expired, and gives its memory back.
    pub(crate) fn sweep(&mut self, now: i64) {
        self.browsers.sweep(now);
        self.devices.sweep(now);
        self.grants.sweep(now);
    }

    /// Ends every session, with all that waits for a person; says how many there were.
    pub(crate) fn end_all(&mut self, now: i64) -> usize {
        self.browsers.forget_all();
        self.devices.forget_all();
        self.grants.revoke_all(now)
    }
}

impl SharedState {
    /// Ends the sessions of people who are gone.
    fn sign_out(&mut self, now: i64, is_gone: impl Fn(&str) -> bool) {
        let families = self.grants.families.iter();
        let of_gone = families.filter(|(_, grant)| is_gone(&grant.consent.persona));
        let of_gone: Vec<u64> = of_gone.map(|(number, _)| *number).collect();
        for family in of_gone {
            let why = "its person was taken out of the sandbox";
            self.grants.revoke_family(family, now, why);
        }
    }
}

impl Portal {
    pub(crate) fn state(&self) -> MutexGuard<'_, SharedState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The portal with another set-up: who is signed in, the clock, keys and the request log stay.
    /// People who are gone are signed out. Rules for failures start anew only if others are asked
    /// for.
    pub(crate) fn with_options(&self, options: Options, personas: Vec<Arc<Persona>>) -> Self {
        let is_gone = |id: &str| personas.iter().all(|persona| persona.id != id);
        self.state().sign_out(self.clock.now(), is_gone);
        let faults = if options.faults == self.options.faults {
            Arc::clone(&self.faults)
        } else {
            Arc::new(Faults::new(&options.faults))
        };
        let approval = if options.auto_approve == self.options.auto_approve {
            Arc::clone(&self.approval)
        } else {
            Arc::default()
        };
        Self {
            options,
            personas,
            faults,
            approval,
            steering: Arc::clone(&self.steering),
            issuer: self.issuer.clone(),
            files: self.files.clone(),
            ca_certificate: self.ca_certificate.clone(),
            mac: self.mac.clone(),
            control_token: self.control_token.clone(),
            clock: Arc::clone(&self.clock),
            keys: Arc::clone(&self.keys),
            request_log: Arc::clone(&self.request_log),
            recorder: Arc::clone(&self.recorder),
            stopping: self.stopping.clone(),
            state: Arc::clone(&self.state),
        }
    }

    /// The portal as it was when it started, with the set-up of now. It shares nothing with this
    /// one that a request changes: one that is still open cannot bring anything back.
    pub(crate) fn afresh(&self) -> Self {
        Self {
            mac: MacKey::random(),
            approval: Arc::default(),
            clock: Arc::default(),
            keys: Arc::new(self.keys.before_rotations()),
            faults: Arc::new(Faults::new(&self.options.faults)),
            request_log: Arc::new(RequestLog::new(self.options.on_event.clone())),
            recorder: Arc::new(self.recorder.afresh()),
            state: Arc::default(),
            ..self.with_options(self.options.clone(), self.personas.clone())
        }
    }

    /// Takes secrets out of what is kept of a request or an answer.
    pub(crate) fn redactor<'a>(
        &'a self,
        open: &'a dyn Fn(&str) -> Option<RefreshTokenContent>,
        sent_by_sandbox: bool,
    ) -> Redactor<'a> {
        Redactor {
            control_token: &self.control_token,
            clients: &self.options.clients,
            open,
            sent_by_sandbox,
            content: Content::default(),
        }
    }

    /// The client registered under an id, or why there is none.
    pub(crate) fn registered(&self, id: &str) -> Result<&Client, Reason> {
        self.client(id).ok_or_else(|| {
            let known: Vec<_> = self
                .options
                .clients
                .iter()
                .map(|client| &*client.id)
                .collect();
            let known = known.join(", ");
            Reason::new(
                format!("client_id is not registered; the clients here are {known}"),
                format!(
                    "send one of these as `client_id`: {known}; or register yours: `eprospera sandbox \
                     --client ID[:SECRET]=REDIRECT_URI`"
                ),
            )
        })
    }

    /// The client registered under an id; of two, the later.
    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        let mut clients = self.options.clients.iter().rev();
        clients.find(|client| client.id == id)
    }

    pub(crate) fn persona(&self, id: &str) -> Option<&Arc<Persona>> {
        self.personas.iter().find(|persona| persona.id == id)
    }

    /// Who signs in and consents without pages.
    pub(crate) fn auto_approved(&self) -> Option<&Arc<Persona>> {
        match self.approval.get() {
            Approval::Everything(id) => self.persona(&id),
            Approval::Nothing => None,
            Approval::AsStarted => match self.options.auto_approve.as_deref()? {
                "" => self.personas.first(),
                id => self.persona(id),
            },
        }
    }

    /// Resolves when the sandbox stops.
    pub(crate) async fn stopped(&self) {
        let mut stopping = self.stopping.clone();
        // An error means that the handle is gone, which is a stop as well.
        drop(stopping.wait_for(|stop| *stop).await);
    }
}

impl SecretFinder for Portal {
    fn secret_in(&self, text: &str) -> Option<&'static str> {
        self.redactor(&|_| None, false).disguised_or_random(text)
    }
}
