//! The certificate that the sandbox shows. Its key never leaves the memory of the process, and it
//! is made anew before it expires.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose, SanType};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::{CryptoProvider, aws_lc_rs};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

use crate::tls::authority::{Authority, AuthorityError, named};

/// For how long a certificate is valid, in days.
const LIFETIME_DAYS: i64 = 7;

/// After this time the next connection gets a new one.
const MAX_AGE: Duration = Duration::from_secs(2 * 24 * 3600);

/// TLS 1.2 and 1.3 with certificates of an authority, for HTTP/1.1.
pub(crate) fn server_config(authority: &Authority) -> Result<ServerConfig, AuthorityError> {
    let failed = |error: tokio_rustls::rustls::Error| AuthorityError::Failed(error.to_string());
    let provider = Arc::new(aws_lc_rs::default_provider());
    let resolver = ServerCertificate {
        current: Mutex::new((Instant::now(), issue(authority, &provider)?)),
        authority: authority.clone(),
        provider: Arc::clone(&provider),
    };
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(resolver));
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

struct ServerCertificate {
    authority: Authority,
    provider: Arc<CryptoProvider>,
    current: Mutex<(Instant, Arc<CertifiedKey>)>,
}

impl std::fmt::Debug for ServerCertificate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ServerCertificate")
    }
}

impl ResolvesServerCert for ServerCertificate {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.0.elapsed() > MAX_AGE
            && let Ok(fresh) = issue(&self.authority, &self.provider)
        {
            *current = (Instant::now(), fresh);
        }
        Some(Arc::clone(&current.1))
    }
}

/// A certificate for every name of the sandbox, with a key of its own.
fn issue(
    authority: &Authority,
    provider: &CryptoProvider,
) -> Result<Arc<CertifiedKey>, AuthorityError> {
    let mut params = CertificateParams::new(vec!["localhost".to_owned()])?;
    params.subject_alt_names.extend([
        SanType::IpAddress(Ipv4Addr::LOCALHOST.into()),
        SanType::IpAddress(Ipv6Addr::LOCALHOST.into()),
    ]);
    params.distinguished_name = named("eprospera sandbox");
    // With the key identifier of the subject, which strict clients want to see.
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate()?;
    let certificate = authority.sign(params, &key, LIFETIME_DAYS)?;
    let chain = vec![certificate.into()];
    let certified = CertifiedKey::from_der(chain, key.into(), provider);
    let failed = |error: tokio_rustls::rustls::Error| AuthorityError::Failed(error.to_string());
    Ok(Arc::new(certified.map_err(failed)?))
}
