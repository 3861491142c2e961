//! Trust roots: a file beside the system's, or files and folders in their place.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::crypto::{CryptoProvider, aws_lc_rs};
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};

use zeroize::Zeroizing;

use super::super::error::Error;
use super::super::options::Options;
use super::{TlsFailure, pem};
use crate::files;

type Builder = ConfigBuilder<ClientConfig, WantsVerifier>;
type Certificate = CertificateDer<'static>;

/// How many of the files that were left out a message names.
const SHOWN_FILES: usize = 3;

#[derive(Clone)]
pub(in super::super) struct Trust {
    pub(in super::super) tls: Arc<ClientConfig>,
    left_out: Arc<[String]>,
}

impl Trust {
    /// What a folder of trust roots has that could not be used. It only matters to a person whose
    /// server turns out not to be trusted.
    pub(in super::super) fn left_out(&self) -> Option<String> {
        listed(&self.left_out)
    }
}

impl Error {
    /// Why a handshake failed with a server that was to be trusted so.
    pub(in crate::http) fn tls(
        peer: String,
        failure: TlsFailure,
        trust: Option<&Trust>,
        is_proxy: bool,
    ) -> Self {
        let left_out = trust.and_then(Trust::left_out);
        Self::Tls {
            peer,
            is_proxy,
            left_out: left_out.filter(|_| failure == TlsFailure::UnknownAuthority),
            failure,
        }
    }
}

/// What a client trusts as its options say.
pub(in super::super) fn open(options: &Options) -> Result<Trust, Error> {
    let mut found = FoundRoots::default();
    let files = [&options.extra_roots, &options.only_roots];
    for path in files.into_iter().flatten() {
        found.certificates.extend(bundle(path)?);
    }
    // Elsewhere the variable means nothing to anybody.
    let folders = if cfg!(any(windows, target_vendor = "apple")) {
        &[]
    } else {
        options.only_root_folders.as_slice()
    };
    for folder in folders {
        found.add_folder(folder);
    }
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .expect("the provider has cipher suites for TLS 1.2 and 1.3");
    let left_out = Arc::from(found.left_out);
    let mut tls = if options.only_roots.is_some() || !folders.is_empty() {
        with_roots(builder, found.certificates, &left_out)?
    } else {
        with_system(builder, provider, found.certificates)?
    };
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Trust {
        tls: Arc::new(tls),
        left_out,
    })
}

#[derive(Default)]
struct FoundRoots {
    certificates: Vec<Certificate>,
    left_out: Vec<String>,
}

impl FoundRoots {
    /// The certificates of a folder. As with OpenSSL, a file that cannot be used does not keep the
    /// others from being used.
    fn add_folder(&mut self, folder: &Path) {
        let before = (self.certificates.len(), self.left_out.len());
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.leave_out(unusable(folder, &error)),
        };
        let mut paths = BTreeSet::new();
        for entry in entries {
            let path = entry.map(|entry| entry.path());
            // What OpenSSL looks for are links to the files beside them.
            match path.and_then(|path| path.canonicalize().map_err(|error| named(&path, &error))) {
                Ok(path) => drop(paths.insert(path)),
                Err(error) => self.leave_out(error.to_string()),
            }
        }
        paths.retain(|path| path.is_file());
        for path in paths {
            match read(&path).map(|pem| certificates(&path, &pem)) {
                Ok((certificates, damage)) => {
                    self.certificates.extend(certificates);
                    if let Some(damage) = damage {
                        self.leave_out(damage);
                    }
                }
                Err(unreadable) => self.leave_out(unreadable),
            }
        }
        if (self.certificates.len(), self.left_out.len()) == before {
            self.leave_out(unusable(folder, "it contains no certificate"));
        }
    }

    fn leave_out(&mut self, what: String) {
        tracing::debug!("{what}");
        self.left_out.push(what);
    }
}

fn unusable(path: &Path, cause: impl std::fmt::Display) -> String {
    format!("cannot use {} as trust roots: {cause}", path.display())
}

fn named(path: &Path, cause: &std::io::Error) -> std::io::Error {
    std::io::Error::other(unusable(path, cause))
}

fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, String> {
    files::read(path, files::CERTIFICATES_LIMIT).map_err(|error| unusable(path, error))
}

/// The certificates of a PEM file, and what keeps one of them from being used.
fn certificates(path: &Path, pem: &[u8]) -> (Vec<Certificate>, Option<String>) {
    let mut found = Vec::new();
    let mut damage = None;
    for (index, certificate) in CertificateDer::pem_slice_iter(&pem::plain(pem)).enumerate() {
        let certificate = certificate.ok().filter(|certificate: &Certificate| {
            webpki::anchor_from_trusted_cert(certificate).is_ok()
        });
        match certificate {
            Some(certificate) => found.push(certificate),
            None if damage.is_none() => {
                let cause = format!("certificate {} in the file is damaged", index + 1);
                damage = Some(unusable(path, cause));
            }
            None => {}
        }
    }
    (found, damage)
}

/// Every certificate of a file that a person named. One that cannot be used is an error: with it
/// left out, the fault would seem to be the server's.
fn bundle(path: &Path) -> Result<Vec<Certificate>, Error> {
    let pem = read(path).map_err(Error::TrustRoots)?;
    let (certificates, damage) = certificates(path, &pem);
    match damage {
        Some(damage) => Err(Error::TrustRoots(damage)),
        None if certificates.is_empty() => {
            let words = unusable(path, pem::what_else(&pem));
            Err(Error::TrustRoots(words))
        }
        None => Ok(certificates),
    }
}

/// The first few of some words; `None` where there are none.
fn listed(words: &[String]) -> Option<String> {
    let shown = words.get(..words.len().min(SHOWN_FILES))?.join("; ");
    match words.len() {
        0 => None,
        1..=SHOWN_FILES => Some(shown),
        all => Some(format!("{shown}; and {} more", all - SHOWN_FILES)),
    }
}

fn with_roots(
    builder: Builder,
    certificates: Vec<Certificate>,
    left_out: &[String],
) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(certificates);
    if roots.is_empty() {
        let words =
            listed(left_out).unwrap_or_else(|| "this machine has no trust roots".to_owned());
        return Err(Error::TrustRoots(words));
    }
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// The roots of this machine in PEM, for programs that take them from a file. Empty where there are
/// none.
pub(crate) fn system_roots() -> String {
    let roots = found_in_system();
    roots.iter().fold(String::new(), |text, certificate| {
        text + &pem::encoded(certificate)
    })
}

/// The crate that finds them reads variables by itself, and sees an empty one in another way, so it
/// is only told of places.
#[cfg(not(any(windows, target_vendor = "apple")))]
fn found_in_system() -> Vec<Certificate> {
    let system = openssl_probe::probe();
    let mut places: Vec<(Option<std::path::PathBuf>, Option<std::path::PathBuf>)> =
        vec![(system.cert_file, None)];
    places.extend(
        system
            .cert_dir
            .into_iter()
            .map(|folder| (None, Some(folder))),
    );
    let mut found = Vec::new();
    for (file, folder) in places {
        let some = rustls_native_certs::load_certs_from_paths(file.as_deref(), folder.as_deref());
        for error in &some.errors {
            tracing::debug!(%error, "a trust root is left out");
        }
        found.extend(some.certs);
    }
    distinct(found)
}

#[cfg(any(windows, target_vendor = "apple"))]
fn found_in_system() -> Vec<Certificate> {
    distinct(rustls_native_certs::load_native_certs().certs)
}

fn distinct(mut certificates: Vec<Certificate>) -> Vec<Certificate> {
    certificates.sort_unstable_by(|one, other| one.as_ref().cmp(other.as_ref()));
    certificates.dedup();
    certificates
}

/// The system's roots with these beside them.
#[cfg(not(any(windows, target_vendor = "apple")))]
fn with_system(
    builder: Builder,
    _: Arc<CryptoProvider>,
    mut extra: Vec<Certificate>,
) -> Result<ClientConfig, Error> {
    extra.extend(found_in_system());
    with_roots(builder, distinct(extra), &[])
}

/// The system decides by itself, with the roots of a file beside its own.
#[cfg(any(windows, target_vendor = "apple"))]
fn with_system(
    builder: Builder,
    provider: Arc<CryptoProvider>,
    extra: Vec<Certificate>,
) -> Result<ClientConfig, Error> {
    let verifier = if extra.is_empty() {
        rustls_platform_verifier::Verifier::new(provider)
    } else {
        rustls_platform_verifier::Verifier::new_with_extra_roots(extra, provider)
    };
    let verifier = verifier
        .map_err(|_| Error::TrustRoots("cannot load the system's trust roots".to_owned()))?;
    let builder = builder.dangerous();
    let builder = builder.with_custom_certificate_verifier(Arc::new(verifier));
    Ok(builder.with_no_client_auth())
}
