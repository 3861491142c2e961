//! How a sandbox is set up: lifetimes, clients, personas, failures.
//!
//! It decides nothing; every default that no source fixes is listed in docs/portal.md, Sandbox
//! choices.

use std::time::Duration;

use crate::crypto::key_file::GivenKey;
use crate::crypto::keys::Algorithm;
use crate::faults::fault::Fault;
use crate::http::request_log::Observer;
use crate::model::client::Client;
use crate::model::space::Space;
use crate::people::persona::Persona;
use crate::tls::authority::Authority;

/// How a sandbox behaves.
#[derive(Clone)]
pub struct Options {
    /// Port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// Answers authorize and the first poll of a device for this persona (`""` means the first
    /// one), sharing all its entities, without login or consent page.
    pub auto_approve: Option<String>,
    /// Lifetime of an access token (docs/portal.md, Lifetimes).
    pub access_ttl: Duration,
    /// Lifetime of a refresh token; it restarts with each rotation (docs/portal.md, Sandbox
    /// choices).
    pub refresh_ttl: Duration,
    /// Lifetime of an authorization code (docs/portal.md, Sandbox choices).
    pub code_ttl: Duration,
    /// Lifetime of a device code and its user code (docs/portal.md, Sandbox choices).
    pub device_ttl: Duration,
    /// How long a device waits between two polls (docs/portal.md, Sandbox choices).
    pub device_interval: Duration,
    /// Lifetime of an ID token (docs/portal.md, Sandbox choices).
    pub id_token_ttl: Duration,
    /// How long the URL of a file opens it (docs/portal.md, Downloads).
    pub file_ttl: Duration,
    /// How long a login or consent page may be answered (docs/portal.md, Sandbox choices).
    pub consent_ttl: Duration,
    /// The registered clients. Of two with one id the later counts.
    pub clients: Vec<Client>,
    /// The people who can sign in; the first is the default.
    pub personas: Vec<Persona>,
    /// The Prosper spaces beside the first one.
    pub prosper_spaces: Vec<Space>,
    /// Failures on purpose, tried in order.
    pub faults: Vec<Fault>,
    /// Pause before every answer.
    pub latency: Duration,
    /// How tokens are signed. The portal knows RS256 only.
    pub signing: Algorithm,
    /// The key that signs them, whose algorithm then counts instead of `signing`; a fresh one when
    /// `None`.
    pub signing_key: Option<GivenKey>,
    /// Speaks https, with certificates of this authority; plain http when `None`.
    pub tls: Option<Authority>,
    /// Sends `iss` back with the code (RFC 9207), which the portal does not document.
    pub issuer_parameter: bool,
    /// Serves the older discovery document (docs/portal.md, Discrepancies).
    pub short_discovery: bool,
    /// Status for a missing scope on `/api/v1/me`: 403, or 401 as old pages have it
    /// (docs/portal.md, Discrepancies).
    pub missing_scope_status: u16,
    /// What the `/sandbox/*` routes ask for; random when `None`.
    pub control_token: Option<String>,
    /// Told about every request.
    pub on_event: Option<Observer>,
}

impl Options {
    /// Puts people before those that are there. Of two with one id the first stays.
    pub fn invite(&mut self, people: Vec<Persona>) {
        let mut all = people;
        for other in std::mem::take(&mut self.personas) {
            if all.iter().all(|persona| persona.id != other.id) {
                all.push(other);
            }
        }
        self.personas = all;
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 8787,
            auto_approve: None,
            access_ttl: Duration::from_secs(3600),
            refresh_ttl: Duration::from_secs(180 * 24 * 3600),
            code_ttl: Duration::from_secs(300),
            device_ttl: Duration::from_secs(600),
            device_interval: Duration::from_secs(5),
            id_token_ttl: Duration::from_secs(3600),
            file_ttl: Duration::from_secs(3600),
            consent_ttl: Duration::from_secs(600),
            clients: Client::built_in(),
            personas: Persona::built_in(),
            prosper_spaces: Space::built_in(),
            faults: Vec::new(),
            latency: Duration::ZERO,
            signing: Algorithm::Rs256,
            signing_key: None,
            tls: None,
            issuer_parameter: false,
            short_discovery: false,
            missing_scope_status: 403,
            control_token: None,
            on_event: None,
        }
    }
}
