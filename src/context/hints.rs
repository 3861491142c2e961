//! Hints for this run: commands with the flags that it was called with, and what listens where.

use super::Context;
use crate::env;
use crate::error::{Error, Kind, SessionFlags};
use crate::oauth::RedirectUri;
use crate::provider;
use crate::settings::SettingSource;

/// Where the sandbox listens unless told otherwise.
const SANDBOX_PORT: u16 = 8787;

/// For a command of `exec --proxy`: it has neither the key of the store nor a token, and needs neither.
const BEHIND_A_PROXY: &str = "send the request to the proxy that this command was started with: \
     `curl -H \"Authorization: Bearer $EPROSPERA_API_CAPABILITY\" \
     \"$EPROSPERA_API_URL/api/v1/me/natural-person\"`. The session itself can be used only outside `exec --proxy`";

/// What to do about the certificate of an issuer of this machine: it is most likely the sandbox's.
const SANDBOX_CERTIFICATE: &str =
    "if this is the sandbox, `eprospera sandbox --tls` prints where its certificate is";

impl Context {
    /// An error whose hints are for this run: with its flags in the commands, and the ways of signing in.
    pub(crate) fn explained(&self, error: Error) -> Error {
        let error = match self.nothing_listens() {
            Some(hint) => error.unless_reachable(&hint),
            None => error,
        };
        let error = if self.is_on_this_machine_over_https() {
            error.if_untrusted(SANDBOX_CERTIFICATE)
        } else {
            error
        };
        let error = match error.kind() {
            Kind::LoginRequired | Kind::Store if self.environment.text(env::API_URL).is_some() => {
                error.only_hint(BEHIND_A_PROXY)
            }
            Kind::LoginRequired if self.has_key_of_the_official_tool() => error.hint(format!(
                "or give the key in {} to this program as {}",
                env::OFFICIAL_API_KEY,
                env::TOKEN
            )),
            _ => error,
        };
        error
            .with_flags(&self.session_flags())
            .auth_methods(|| self.auth_methods())
    }

    /// Whether a key is where only the official tool looks for it.
    fn has_key_of_the_official_tool(&self) -> bool {
        let has = |name| self.environment.text(name).is_some();
        has(env::OFFICIAL_API_KEY) && !has(env::TOKEN) && !has(env::TOKEN_FILE)
    }

    /// A sentence whose commands have the flags of this run.
    pub(crate) fn with_flags(&self, sentence: &str) -> String {
        self.session_flags().apply(sentence)
    }

    /// A command that works in another shell of this user: with every value that neither the
    /// configuration nor the program gives by itself.
    pub(crate) fn whole_command(&self, arguments: &str) -> Result<String, Error> {
        let settings = self.settings()?;
        let is_fleeting = |source: SettingSource| {
            use SettingSource as S;
            matches!(source, S::Flag(_) | S::Variable(_) | S::LastLogin)
        };
        let uris = &settings.redirect_uris;
        let texts: Vec<_> = uris.value.iter().map(RedirectUri::as_str).collect();
        let client_id = settings.client_id.as_ref();
        let client_id = client_id.filter(|client_id| is_fleeting(client_id.source));
        let (profile, issuer, store) = (&settings.profile, &settings.issuer, &settings.store);
        let of = |source, value: String| is_fleeting(source).then_some(value);
        let is_default = profile.source == SettingSource::Default;
        let ca_file = self.flags.ca_file.as_ref();
        let flags = SessionFlags::new([
            ("--profile", (!is_default).then(|| profile.value.clone())),
            (
                "--issuer",
                of(issuer.source, issuer.value.as_str().to_owned()),
            ),
            (
                "--client-id",
                client_id.map(|client_id| client_id.value.clone()),
            ),
            ("--redirect-uri", of(uris.source, texts.join(" "))),
            ("--store", of(store.source, store.value.to_string())),
            ("--ca-file", ca_file.map(|file| file.display().to_string())),
        ]);
        let command = flags.apply(&format!("`eprospera {arguments}`"));
        Ok(command.trim_matches('`').to_owned())
    }

    fn session_flags(&self) -> SessionFlags {
        let flags = &self.flags;
        let uris = (!flags.redirect_uris.is_empty()).then(|| flags.redirect_uris.join(" "));
        let ca_file = flags
            .ca_file
            .as_ref()
            .map(|file| file.display().to_string());
        SessionFlags::new([
            ("--profile", flags.profile.clone()),
            ("--issuer", flags.issuer.clone()),
            ("--client-id", flags.client_id.clone()),
            ("--redirect-uri", uris),
            ("--store", flags.store.clone()),
            ("--ca-file", ca_file),
        ])
    }

    fn is_on_this_machine_over_https(&self) -> bool {
        let settings = self.settings.get();
        let issuer = settings.map(|settings| &settings.issuer.value);
        issuer.is_some_and(|issuer| issuer.is_loopback() && !issuer.is_plain_loopback())
    }

    /// What to do about an issuer of this machine that cannot be reached: it is most likely the sandbox,
    /// and the network has no part in it.
    fn nothing_listens(&self) -> Option<String> {
        let settings = self.settings.get()?;
        let issuer = &settings.issuer.value;
        if !issuer.is_plain_loopback() {
            return None;
        }
        let is_sandbox = provider::built_in(&settings.profile.value)
            .is_some_and(|(_, profile)| profile.loopback_only);
        let command = match issuer.endpoint("/").port_or_known_default() {
            Some(port) if port != SANDBOX_PORT => format!("`eprospera sandbox --port {port}`"),
            _ => "`eprospera sandbox`".to_owned(),
        };
        Some(if is_sandbox {
            format!("the sandbox is not running: start it in another terminal: {command}")
        } else {
            format!(
                "nothing listens at {issuer}; if that is the sandbox, start it in another terminal: {command}"
            )
        })
    }
}
