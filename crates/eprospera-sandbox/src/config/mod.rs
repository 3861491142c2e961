//! A set-up as a person writes it, in a file or with flags: what is left out is as usual.
//!
//! [`Config`] is the one table of what can be set. It touches no disk: files are named here, and
//! read by the caller.

pub(crate) mod reading;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod schema_types;
pub(crate) mod spelling;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use crate::config::spelling::{ClientShape, algorithm, approval, duration, faults, status};
use crate::crypto::keys::Algorithm;
use crate::faults::fault::Fault;
use crate::model::client::Client;
use crate::options::Options;
use crate::people::persona::Persona;
use crate::people::shape::Person;

/// How the request log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One line of text per request.
    Text,
    /// One JSON object per request.
    Json,
    /// No log.
    None,
}

/// Which discovery document is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum DiscoveryShape {
    /// Everything that newer portals announce.
    Full,
    /// As on older portals.
    Short,
}

/// How a sandbox is to be set up. Each setting has the name of its flag.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "Set-up of the e-Próspera sandbox"))]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Port on 127.0.0.1; 0 takes any free one. By default 8787.
    pub port: Option<u16>,
    /// Skips the sign-in and consent pages: `true` for the first person, or the id of one.
    #[serde(default, deserialize_with = "approval")]
    #[cfg_attr(test, schemars(with = "schema_types::Approval"))]
    pub auto_approve: Option<String>,
    /// A file of people in JSON or TOML. A relative path starts at the folder of this file.
    pub data: Option<PathBuf>,
    /// Lifetime of access tokens. By default 1h.
    #[serde(default, deserialize_with = "duration")]
    #[cfg_attr(test, schemars(with = "schema_types::DurationText"))]
    pub access_ttl: Option<Duration>,
    /// Lifetime of refresh tokens. By default 180d.
    #[serde(default, deserialize_with = "duration")]
    #[cfg_attr(test, schemars(with = "schema_types::DurationText"))]
    pub refresh_ttl: Option<Duration>,
    /// Lifetime of authorization codes. By default 5m.
    #[serde(default, deserialize_with = "duration")]
    #[cfg_attr(test, schemars(with = "schema_types::DurationText"))]
    pub code_ttl: Option<Duration>,
    /// Lifetime of device codes. By default 10m.
    #[serde(default, deserialize_with = "duration")]
    #[cfg_attr(test, schemars(with = "schema_types::DurationText"))]
    pub device_ttl: Option<Duration>,
    /// How long a device waits between two polls. By default 5s.
    #[serde(default, deserialize_with = "duration")]
    #[cfg_attr(test, schemars(with = "schema_types::DurationText"))]
    pub device_interval: Option<Duration>,
    /// Lifetime of ID tokens. By default 1h.
    #[serde(default, deserialize_with = "duration")]
    #[cfg_attr(test, schemars(with = "schema_types::DurationText"))]
    pub id_token_ttl: Option<Duration>,
    /// Pause before every response. By default none.
    #[serde(default, deserialize_with = "duration")]
    #[cfg_attr(test, schemars(with = "schema_types::DurationText"))]
    pub latency: Option<Duration>,
    /// How tokens are signed. By default RS256, or what the signing key is for.
    #[serde(default, deserialize_with = "algorithm")]
    #[cfg_attr(test, schemars(with = "schema_types::AlgorithmName"))]
    pub signing: Option<Algorithm>,
    /// A private key in PEM form, whose `kid` stays the same at each start. A relative path starts
    /// at the folder of this file.
    pub signing_key: Option<PathBuf>,
    /// Whether the sandbox speaks https. By default it does if `tls_ca` is set.
    pub tls: Option<bool>,
    /// A folder in which the CA for https is kept, and made on first use. A relative path starts at the
    /// folder of this file.
    pub tls_ca: Option<PathBuf>,
    /// Whether `iss` is sent with each code or error (RFC 9207).
    pub iss: Option<bool>,
    /// The discovery document: `full`, or `short` as on older portals.
    pub discovery: Option<DiscoveryShape>,
    /// The status where a scope is missing: 403, or 401 as in older documentation.
    #[serde(default, deserialize_with = "status")]
    #[cfg_attr(test, schemars(with = "schema_types::MissingScopeStatus"))]
    pub missing_scope_status: Option<u16>,
    /// The format of the request log on stderr.
    pub log: Option<LogFormat>,
    /// A file for who waits until the sandbox is ready. A relative path starts at the folder of this
    /// file.
    pub ready_file: Option<PathBuf>,
    /// Failures on purpose, written `ENDPOINT:ACTION[=ARGUMENT][*COUNT]`.
    #[serde(default, deserialize_with = "faults")]
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub faults: Vec<Fault>,
    /// Clients beside the built-in ones. One with the id of a built-in client replaces it.
    #[serde(default, rename = "clients")]
    pub(crate) client_shapes: Vec<ClientShape>,
    /// People before the built-in ones, as in a file of people.
    #[serde(default, rename = "personas")]
    pub(crate) person_shapes: Vec<Person>,
    /// The same clients, checked.
    #[serde(skip)]
    pub clients: Vec<Client>,
    /// The same people, checked.
    #[serde(skip)]
    pub personas: Vec<Persona>,
    /// Line and column of each setting in its file.
    #[serde(skip)]
    pub(crate) places: BTreeMap<String, (usize, usize)>,
}

impl Config {
    /// The same where `over` says nothing, and what it says otherwise. Failures and people of `over`
    /// come first, its clients last, so that of two with one id they count.
    #[must_use]
    pub fn overridden_by(self, over: Self) -> Self {
        let both = |mut first: Vec<_>, then: Vec<_>| {
            first.extend(then);
            first
        };
        let mut clients = self.clients;
        clients.extend(over.clients);
        let mut personas = over.personas;
        personas.extend(self.personas);
        Self {
            port: over.port.or(self.port),
            auto_approve: over.auto_approve.or(self.auto_approve),
            data: over.data.or(self.data),
            access_ttl: over.access_ttl.or(self.access_ttl),
            refresh_ttl: over.refresh_ttl.or(self.refresh_ttl),
            code_ttl: over.code_ttl.or(self.code_ttl),
            device_ttl: over.device_ttl.or(self.device_ttl),
            device_interval: over.device_interval.or(self.device_interval),
            id_token_ttl: over.id_token_ttl.or(self.id_token_ttl),
            latency: over.latency.or(self.latency),
            signing: over.signing.or(self.signing),
            signing_key: over.signing_key.or(self.signing_key),
            tls: over.tls.or(self.tls),
            tls_ca: over.tls_ca.or(self.tls_ca),
            iss: over.iss.or(self.iss),
            discovery: over.discovery.or(self.discovery),
            missing_scope_status: over.missing_scope_status.or(self.missing_scope_status),
            log: over.log.or(self.log),
            ready_file: over.ready_file.or(self.ready_file),
            faults: both(over.faults, self.faults),
            client_shapes: Vec::new(),
            person_shapes: Vec::new(),
            clients,
            personas,
            places: self.places,
        }
    }

    /// Where a setting is in its file: line and column.
    pub fn place(&self, setting: &str) -> Option<(usize, usize)> {
        self.places.get(setting).copied()
    }

    /// The options of a sandbox, but for what is in other files and where the log goes.
    pub fn options(self) -> Options {
        let mut options = Options::default();
        let usual = options.clone();
        options.invite(self.personas);
        options.clients.retain(|built_in| {
            let mut own = self.clients.iter();
            own.all(|client| client.id != built_in.id)
        });
        options.clients.extend(self.clients);
        Options {
            port: self.port.unwrap_or(usual.port),
            auto_approve: self.auto_approve,
            access_ttl: self.access_ttl.unwrap_or(usual.access_ttl),
            refresh_ttl: self.refresh_ttl.unwrap_or(usual.refresh_ttl),
            code_ttl: self.code_ttl.unwrap_or(usual.code_ttl),
            device_ttl: self.device_ttl.unwrap_or(usual.device_ttl),
            device_interval: self.device_interval.unwrap_or(usual.device_interval),
            id_token_ttl: self.id_token_ttl.unwrap_or(usual.id_token_ttl),
            latency: self.latency.unwrap_or(usual.latency),
            signing: self.signing.unwrap_or(usual.signing),
            issuer_parameter: self.iss.unwrap_or(usual.issuer_parameter),
            short_discovery: self.discovery == Some(DiscoveryShape::Short),
            missing_scope_status: self
                .missing_scope_status
                .unwrap_or(usual.missing_scope_status),
            faults: self.faults,
            ..options
        }
    }
}
