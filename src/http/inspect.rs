//! Looks at the way to a server, step by step, for a person who has to know why nothing arrives:
//! the proxy, the name, and who signed the certificate. Nothing of a request is sent.

use std::sync::{Arc, OnceLock};

use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    ClientConfig, DigitallySignedStruct, Error as TlsError, SignatureScheme,
};
use url::{Host, Url};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::proxy::{Protocol, Proxy};
use super::{Client, Error, Request, tunnel};
use crate::clock;

/// The most letters of an authority's name that are shown.
const LONGEST_NAME: usize = 100;

impl Client {
    /// What a message calls the proxy on the way to a server.
    pub(crate) fn proxy_name(&self, url: &Url) -> Option<String> {
        self.proxy_to(url).map(|proxy| proxy.to_string())
    }

    /// Whether the proxy on the way makes a connection.
    pub(crate) async fn try_proxy(&self, url: &Url) -> Result<(), Error> {
        self.check_proxy(&Request::get(url)).await
    }

    /// Who signed the certificate that a server shows, trusted or not. `None` where that cannot be
    /// found out.
    pub(crate) async fn signer(&self, url: &Url) -> Option<String> {
        let looked = self.look_at_certificate(url);
        clock::timeout(self.options.connect_timeout, looked).await?
    }

    async fn look_at_certificate(&self, url: &Url) -> Option<String> {
        let host = url.host_str().filter(|_| url.scheme() == "https")?;
        let port = url.port_or_known_default()?;
        let stream = match self.proxy_to(url) {
            None => TcpStream::connect((bare(host), port)).await.ok()?,
            Some(proxy) => through(&proxy, host, port).await?,
        };
        let witness = Arc::new(Witness::default());
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .ok()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(&witness) as _)
            .with_no_client_auth();
        let name = ServerName::try_from(bare(host).to_owned()).ok()?;
        // It never comes about: the witness has seen enough.
        drop(
            TlsConnector::from(Arc::new(config))
                .connect(name, stream)
                .await,
        );
        issuer_of(witness.seen.get()?)
    }
}

/// A connection that an HTTP proxy makes; the other kinds are not looked through.
async fn through(proxy: &Proxy, host: &str, port: u16) -> Option<TcpStream> {
    if proxy.protocol != Protocol::Http {
        return None;
    }
    let stream = TcpStream::connect((bare(&proxy.host), proxy.port)).await;
    let mut stream = stream.ok()?;
    tunnel::connect(&mut stream, proxy, host, port).await.ok()?;
    Some(stream)
}

/// How many addresses the name of a server has. A literal address needs no lookup: `None`.
pub(crate) async fn resolve(url: &Url) -> Option<Result<usize, String>> {
    let Some(Host::Domain(name)) = url.host() else {
        return None;
    };
    let port = url.port_or_known_default().unwrap_or_default();
    let found = lookup_host((name, port)).await;
    Some(match found {
        Ok(found) => Ok(found.count()),
        Err(error) => {
            let words = error.to_string();
            let known = words.strip_prefix("failed to lookup address information: ");
            Err(known.unwrap_or(&words).to_owned())
        }
    })
}

fn bare(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

/// The organisation and the name of the authority that signed a certificate.
fn issuer_of(certificate: &CertificateDer<'_>) -> Option<String> {
    let (_, parsed) = X509Certificate::from_der(certificate).ok()?;
    let issuer = parsed.issuer();
    let organisation = issuer.iter_organization().next();
    let name = issuer.iter_common_name().next();
    let parts = [organisation, name].into_iter().flatten();
    let parts: Vec<_> = parts.filter_map(|part| part.as_str().ok()).collect();
    let words: String = parts.join(", ").chars().take(LONGEST_NAME).collect();
    let is_own = parsed.issuer() == parsed.subject();
    let words = if words.is_empty() {
        "an authority without a name".to_owned()
    } else {
        words
    };
    Some(if is_own {
        format!("{words} (self-signed)")
    } else {
        words
    })
}

/// Sees the certificate of a server and accepts none, so that no connection can come of it.
#[derive(Debug, Default)]
struct Witness {
    seen: OnceLock<CertificateDer<'static>>,
}

fn refused() -> TlsError {
    TlsError::General("the certificate was only looked at".to_owned())
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        // A second one would be of the same handshake.
        drop(self.seen.set(certificate.clone().into_owned()));
        Err(refused())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        Err(refused())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        Err(refused())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let provider = aws_lc_rs::default_provider();
        provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}
