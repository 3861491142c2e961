//! Trust roots: a file beside the system's, or files in their place.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::crypto::{CryptoProvider, aws_lc_rs};
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};

use super::super::{Error, Options};
use crate::files;

type Builder = ConfigBuilder<ClientConfig, WantsVerifier>;

/// The TLS of a client that trusts as its options say.
///
/// # Errors
/// [`Error::TrustRoots`] that names the file, and the certificate in it that cannot be used.
pub(in super::super) fn config(options: &Options) -> Result<Arc<ClientConfig>, Error> {
    let mut extra = Vec::new();
    if let Some(path) = &options.extra_roots {
        extra.extend(certificates(path)?);
    }
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .expect("the provider has cipher suites for TLS 1.2 and 1.3");
    let mut config = match &options.only_roots {
        Some(path) => {
            extra.extend(certificates(path)?);
            with_roots(builder, store_of(extra))?
        }
        None => with_system(builder, provider, extra, &options.only_root_folders)?,
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// Every certificate of a PEM file. One that cannot be used is an error: with it left out, somebody
/// would look for the fault at the server.
fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let unusable = |cause: String| {
        Error::TrustRoots(format!(
            "cannot use {} as trust roots: {cause}",
            path.display()
        ))
    };
    let pem = files::read(path, files::CERTIFICATES_LIMIT)
        .map_err(|error| unusable(error.to_string()))?;
    let mut found = Vec::new();
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let damaged = || unusable(format!("certificate {} in it is damaged", found.len() + 1));
        let certificate: CertificateDer<'static> = certificate.map_err(|_| damaged())?;
        webpki::anchor_from_trusted_cert(&certificate).map_err(|_| damaged())?;
        found.push(certificate);
    }
    if found.is_empty() {
        return Err(unusable("it holds no certificate".to_owned()));
    }
    Ok(found)
}

fn store_of(certificates: Vec<CertificateDer<'static>>) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(certificates);
    roots
}

fn with_roots(builder: Builder, roots: RootCertStore) -> Result<ClientConfig, Error> {
    if roots.is_empty() {
        return Err(Error::TrustRoots(
            "this machine has no trust roots".to_owned(),
        ));
    }
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// The roots of some folders, or else those of the system. An empty `SSL_CERT_FILE` or
/// `SSL_CERT_DIR` is not set, which the crate that reads them by itself sees in another way.
#[cfg(not(any(windows, target_vendor = "apple")))]
fn with_system(
    builder: Builder,
    _: Arc<CryptoProvider>,
    extra: Vec<CertificateDer<'static>>,
    folders: &[std::path::PathBuf],
) -> Result<ClientConfig, Error> {
    let mut places: Vec<_> = folders
        .iter()
        .map(|folder| (None, Some(folder.clone())))
        .collect();
    if places.is_empty() {
        let system = openssl_probe::probe();
        places.push((system.cert_file, None));
        places.extend(
            system
                .cert_dir
                .into_iter()
                .map(|folder| (None, Some(folder))),
        );
    }
    let mut found = extra;
    for (file, folder) in places {
        let some = rustls_native_certs::load_certs_from_paths(file.as_deref(), folder.as_deref());
        for error in &some.errors {
            tracing::debug!(%error, "a trust root is left out");
        }
        found.extend(some.certs);
    }
    found.sort_unstable_by(|one, other| one.as_ref().cmp(other.as_ref()));
    found.dedup();
    with_roots(builder, store_of(found))
}

/// The system decides by itself, with the roots of a file beside its own.
#[cfg(any(windows, target_vendor = "apple"))]
fn with_system(
    builder: Builder,
    provider: Arc<CryptoProvider>,
    extra: Vec<CertificateDer<'static>>,
    _: &[std::path::PathBuf],
) -> Result<ClientConfig, Error> {
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(extra, provider)
        .map_err(|_| Error::TrustRoots("the system's trust roots cannot be loaded".to_owned()))?;
    let builder = builder.dangerous();
    let builder = builder.with_custom_certificate_verifier(Arc::new(verifier));
    Ok(builder.with_no_client_auth())
}
