//! The way to the provider: proxy, name, TLS, and whether it is the provider that answers.

use std::fs;

use url::Host;

use super::checkup::{Checkup, set_clock};
use super::code::Code;
use super::row::{Row, State};
use super::survey::{Answer, Findings, Survey};
use crate::cli::DoctorGroup::Network as GROUP;
use crate::env;
use crate::files::{setting, unsetting};
use crate::http::{Error as HttpError, ProxyFailure, TlsFailure};
use crate::oauth::Issuer;
use crate::provider;

pub(super) fn check(checkup: &Checkup<'_>, survey: &Survey) -> Vec<Row> {
    let found = match survey {
        Survey::NotAsked(reason) => return vec![reason.row(GROUP, "answer")],
        Survey::Asked(found) => found,
    };
    let exam = Exam { checkup, found };
    let mut rows = vec![exam.proxy()];
    rows.extend(exam.names());
    rows.extend(exam.tls());
    rows.push(exam.answer(&rows));
    rows
}

/// The code of a request that brought no answer.
pub(super) fn code_of(error: &HttpError) -> Code {
    use HttpError as E;
    match error {
        E::ProxyVariable { .. } => Code::ProxyVariable,
        E::Proxy { failure, .. } => of_proxy(failure),
        E::Tls { failure, .. } => of_tls(failure),
        E::Unreachable { .. } | E::Broken { .. } => Code::Unreachable,
        E::Timeout { .. } | E::Stalled { .. } => Code::TimedOut,
        E::TooLarge { .. } | E::Encoded { .. } => Code::ProviderError,
        E::TrustRoots(_) => Code::TrustRoots,
        E::Setup(_) => Code::SettingInvalid,
    }
}

fn of_proxy(failure: &ProxyFailure) -> Code {
    use ProxyFailure as F;
    match failure {
        F::Unreachable(_) | F::UnknownName(_) | F::Closed => Code::ProxyUnreachable,
        F::NoCredentials(_)
        | F::WrongCredentials(_)
        | F::OtherSchemes { .. }
        | F::UnfitCredentials => Code::ProxyAuth,
        _ => Code::ProxyRefused,
    }
}

fn of_tls(failure: &TlsFailure) -> Code {
    use TlsFailure as F;
    match failure {
        F::UnknownAuthority | F::AuthorityAsServer => Code::TlsUntrusted,
        F::WrongName(_) | F::UnfitName => Code::TlsWrongName,
        F::Expired { .. } => Code::TlsExpired,
        F::NotYetValid { .. } => Code::TlsNotYetValid,
        _ => Code::TlsFailure,
    }
}

struct Exam<'a> {
    checkup: &'a Checkup<'a>,
    found: &'a Findings,
}

impl Exam<'_> {
    fn proxy(&self) -> Row {
        use HttpError as E;
        let error = match (&self.found.proxy, &self.found.proxy_name) {
            (
                Err(
                    error @ (E::ProxyVariable { .. }
                    | E::Proxy { .. }
                    | E::Tls { is_proxy: true, .. }),
                ),
                _,
            )
            | (Err(error @ E::Timeout { .. }), Some(_)) => error,
            (_, Some(proxy)) => {
                return Row::ok(GROUP, "proxy", format!("requests go through {proxy}"));
            }
            (_, None) => return Row::ok(GROUP, "proxy", self.direct()),
        };
        let code = match code_of(error) {
            Code::TimedOut => Code::ProxyUnreachable,
            code => code,
        };
        let fix = self.without_proxy(error);
        Row::failed(GROUP, "proxy", code, error.to_string()).maybe_fix(fix)
    }

    fn direct(&self) -> String {
        let environment = &self.checkup.context.environment;
        let set = (
            environment.first_set(&env::HTTPS_PROXIES),
            environment.first_set(&env::NO_PROXIES),
        );
        match set {
            (Some(proxy), _) if self.found.issuer.is_plain_loopback() => {
                format!(
                    "no proxy is used for an address on this machine, even though {proxy} is set"
                )
            }
            (Some(_), Some(bypass)) => format!("no proxy is used: {bypass} names the host"),
            _ => "no proxy is used".to_owned(),
        }
    }

    /// The command that goes on without the variable that names the proxy.
    fn without_proxy(&self, error: &HttpError) -> Option<String> {
        if let HttpError::ProxyVariable { variable, .. } = error {
            return Some(unsetting(variable));
        }
        let environment = &self.checkup.context.environment;
        let name = environment.first_set(&env::HTTPS_PROXIES)?;
        if code_of(error) == Code::ProxyAuth {
            return Some(setting(name, "http://USER:PASSWORD@HOST:PORT"));
        }
        Some(unsetting(name))
    }

    fn names(&self) -> Option<Row> {
        let Some(names) = &self.found.names else {
            return None;
        };
        let issuer = &self.found.issuer;
        let host = host_of(issuer);
        Some(match names {
            Ok(count) => Row::ok(GROUP, "dns", format!("{host} has {count} addresses")),
            Err(why) => {
                let message = format!("the name {host} cannot be resolved: {why}");
                Row::failed(GROUP, "dns", Code::DnsFailure, message).maybe_fix(self.other_issuer())
            }
        })
    }

    /// The command that leaves an issuer which is not the provider's own.
    fn other_issuer(&self) -> Option<String> {
        let settings = self.checkup.context.settings().ok()?;
        let is_known = provider::Provider::of_issuer(&settings.issuer.value).is_some();
        if is_known || self.checkup.is_sandbox {
            return None;
        }
        self.checkup.leave(&settings.issuer, "issuer")
    }

    fn tls(&self) -> Option<Row> {
        if self.found.issuer.is_plain_loopback() {
            return None;
        }
        let signed = self.found.signer.as_ref();
        let signed = signed.map_or_else(String::new, |by| format!("; signed by {by}"));
        let Err(error) = &self.found.answer else {
            return Some(Row::ok(GROUP, "tls", format!("TLS works{signed}")));
        };
        let code = code_of(error);
        let message = format!("{error}{signed}");
        match error {
            HttpError::TrustRoots(_) => {
                Some(Row::failed(GROUP, "tls", code, message).maybe_fix(self.roots()))
            }
            HttpError::Tls {
                is_proxy: false, ..
            } => {
                let fix = match code {
                    Code::TlsUntrusted => {
                        let path = if cfg!(windows) {
                            r"C:\path\to\authority.pem"
                        } else {
                            "/path/to/authority.pem"
                        };
                        Some(setting(env::CA_FILE, path))
                    }
                    Code::TlsNotYetValid => set_clock(),
                    _ => self.other_issuer(),
                };
                Some(Row::failed(GROUP, "tls", code, message).maybe_fix(fix))
            }
            _ => None,
        }
    }

    /// The command that leaves out the file of trust roots which cannot be used.
    fn roots(&self) -> Option<String> {
        let context = self.checkup.context;
        if context.flags.ca_file.is_some() {
            return None;
        }
        let names = [env::CA_FILE, env::SSL_CERT_FILE, env::SSL_CERT_DIR];
        let set: Vec<_> = names
            .into_iter()
            .filter_map(|name| Some((name, context.environment.get(name)?)))
            .collect();
        let missing = set.iter().find(|(_, path)| fs::metadata(path).is_err());
        let (name, _) = missing.or(set.first())?;
        Some(unsetting(name))
    }

    /// Whether the provider's machine answers, given what was found on the way there.
    fn answer(&self, before: &[Row]) -> Row {
        let is_blocked = before.iter().any(|row| row.state == State::Failed);
        let host = host_of(&self.found.issuer);
        match &self.found.answer {
            Ok(answer) => self.judge(answer, &host),
            Err(_) if is_blocked => {
                Row::blocked(GROUP, "answer", "the connection to the provider failed")
            }
            Err(error) => {
                let message = error.to_string();
                let code = match code_of(error) {
                    Code::Unreachable if self.is_sandbox_profile() => Code::SandboxNotRunning,
                    code => code,
                };
                let fix = match code {
                    Code::SandboxNotRunning => Some("eprospera sandbox".to_owned()),
                    _ => self.other_issuer(),
                };
                Row::failed(GROUP, "answer", code, message).maybe_fix(fix)
            }
        }
    }

    /// Whether the profile in use is one for the sandbox, at its usual address.
    fn is_sandbox_profile(&self) -> bool {
        self.checkup.context.settings().is_ok_and(|settings| {
            let built_in = provider::built_in(&settings.profile.value);
            built_in.is_some_and(|(_, profile)| {
                profile.loopback_only && profile.issuer == Some(settings.issuer.value.as_str())
            })
        })
    }

    fn judge(&self, answer: &Answer, host: &str) -> Row {
        let elsewhere = answer.location.as_ref().filter(|to| {
            (300..400).contains(&answer.status) && !self.found.issuer.is_same_origin(to)
        });
        if let Some(to) = elsewhere {
            let to = to.origin().ascii_serialization();
            let message = format!(
                "{host} redirects to {to}: either the network wants you to sign in first (captive \
                 portal), or this is not the provider's address"
            );
            return self.captive(message);
        }
        if answer.status == 511 || (answer.status == 200 && answer.is_html && self.publishes()) {
            let message = format!(
                "{host} responds with a web page: either the network wants you to sign in first \
                 (captive portal), or this is not the provider's address"
            );
            return self.captive(message);
        }
        let way = match &self.found.proxy_name {
            Some(_) => "through the proxy",
            None => "directly",
        };
        Row::ok(GROUP, "answer", format!("{host} answers {way}"))
    }

    fn publishes(&self) -> bool {
        self.found.metadata.is_some()
    }

    fn captive(&self, message: String) -> Row {
        let row = Row::failed(GROUP, "answer", Code::CaptivePortal, message);
        row.maybe_fix(self.other_issuer())
    }
}

/// Host and port of an issuer.
pub(super) fn host_of(issuer: &Issuer) -> String {
    let url = issuer.endpoint("/");
    let host = match url.host() {
        Some(Host::Ipv6(address)) => format!("[{address}]"),
        Some(host) => host.to_string(),
        None => String::new(),
    };
    url.port()
        .map_or(host.clone(), |port| format!("{host}:{port}"))
}
