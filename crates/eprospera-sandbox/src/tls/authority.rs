//! A certificate authority (RFC 5280) that can sign for this computer only.
//!
//! A person adds it to the trust roots of a browser, so its name constraints (§4.2.1.10) keep it to
//! loopback: if its key is ever stolen, it opens no other connection of that browser.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CidrSubnet, DistinguishedName, DnType,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, PublicKeyData as _,
    SerialNumber,
};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use sha2::{Digest as _, Sha256};
use x509_parser::prelude::{FromDer as _, X509Certificate};

/// What the name of each authority begins with. A part of the key's hash follows, so that two are
/// told apart in a list of a browser.
const NAME: &str = "eprospera sandbox CA ";

/// For how long an authority is valid.
const LIFETIME_DAYS: i64 = 730;

/// An authority with less time left is to be renewed.
const MIN_LEFT: Duration = Duration::from_secs(30 * 24 * 3600);

/// Clocks that are behind by less than this many days accept a fresh certificate.
const BACKDATED_DAYS: i64 = 2;

/// A certificate authority for `127.0.0.0/8`, `::1` and `localhost`, of this sandbox's own.
#[derive(Clone)]
pub struct Authority(Arc<Signer>);

struct Signer {
    issuer: Issuer<'static, KeyPair>,
    certificate: String,
    expires: SystemTime,
}

/// Why the authority cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthorityError {
    /// The text has no private key.
    #[error("its key is not a private key in PEM form")]
    Key,
    /// The text has no certificate.
    #[error("its certificate is not a certificate in PEM form")]
    Certificate,
    /// It is the authority of someone else.
    #[error("it was not made by `eprospera sandbox`")]
    Foreign,
    /// The key is another one's.
    #[error("its key and its certificate do not belong together")]
    Mismatch,
    /// A certificate could not be made.
    #[error("cannot make a certificate: {0}")]
    Failed(String),
}

impl From<rcgen::Error> for AuthorityError {
    fn from(error: rcgen::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl Authority {
    /// Makes a new one with a P-256 key.
    pub fn generate() -> Result<Self, AuthorityError> {
        Self::certified(KeyPair::generate()?, today())
    }

    /// Takes one that [`generate`](Self::generate) has made, from the PEM of its certificate and its
    /// key. It may have expired.
    pub fn from_pem(certificate: &[u8], key: &[u8]) -> Result<Self, AuthorityError> {
        let key = read_key(key)?;
        let (text, der) = read_certificate(certificate)?;
        let params = of_authority(&key, today());
        let fresh = params.self_signed(&key)?;
        let parsed = |der| X509Certificate::from_der(der).map(|(_, certificate)| certificate);
        let given = parsed(&der).map_err(|_| AuthorityError::Certificate)?;
        let fresh = parsed(fresh.der()).map_err(|_| AuthorityError::Certificate)?;
        if !common_name(&given).starts_with(NAME) || limits(&given) != limits(&fresh) {
            return Err(AuthorityError::Foreign);
        }
        if given.public_key().raw != fresh.public_key().raw
            || given.subject().as_raw() != fresh.subject().as_raw()
        {
            return Err(AuthorityError::Mismatch);
        }
        let expires = since_1970(given.validity().not_after.timestamp());
        Ok(Self::of(Issuer::new(params, key), &text, expires))
    }

    /// A fresh certificate for the key of an authority.
    pub fn from_key_pem(key: &[u8]) -> Result<Self, AuthorityError> {
        Self::certified(read_key(key)?, today())
    }

    /// The certificate in PEM, for the clients that have to trust it.
    pub fn certificate_pem(&self) -> &str {
        &self.0.certificate
    }

    /// The private key in PEM, to keep it. Who has it can pretend to be this computer's sandbox.
    pub fn key_pem(&self) -> String {
        self.0.issuer.key().serialize_pem()
    }

    /// When the certificate expires.
    pub fn expires(&self) -> SystemTime {
        self.0.expires
    }

    /// Whether a new certificate for the same key is due. A client that trusts the old one trusts what
    /// the renewed authority signs until the old one expires.
    pub fn is_due(&self) -> bool {
        self.0.expires < SystemTime::now() + MIN_LEFT
    }

    fn certified(key: KeyPair, today: Date) -> Result<Self, AuthorityError> {
        let params = of_authority(&key, today);
        let certificate = params.self_signed(&key)?.pem();
        let expires = since_1970(params.not_after.unix_timestamp());
        Ok(Self::of(Issuer::new(params, key), &certificate, expires))
    }

    fn of(issuer: Issuer<'static, KeyPair>, certificate: &str, expires: SystemTime) -> Self {
        Self(Arc::new(Signer {
            issuer,
            // On Windows a certificate is made with other ends of lines than it is read with: it is said
            // in the same words at each start.
            certificate: certificate.replace("\r\n", "\n"),
            expires,
        }))
    }

    /// Signs a certificate that is valid for some days.
    pub(crate) fn sign(
        &self,
        mut params: CertificateParams,
        key: &KeyPair,
        days: i64,
    ) -> Result<Certificate, AuthorityError> {
        valid(&mut params, today(), days);
        Ok(params.signed_by(key, &self.0.issuer)?)
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Authority")
    }
}

fn read_key(text: &[u8]) -> Result<KeyPair, AuthorityError> {
    let text = std::str::from_utf8(text).map_err(|_| AuthorityError::Key)?;
    let key = KeyPair::from_pem(text).map_err(|_| AuthorityError::Key)?;
    if key.algorithm() == &rcgen::PKCS_ECDSA_P256_SHA256 {
        Ok(key)
    } else {
        Err(AuthorityError::Foreign)
    }
}

/// The first certificate of a text, and nothing else that is there.
fn read_certificate(text: &[u8]) -> Result<(String, CertificateDer<'static>), AuthorityError> {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    const END: &str = "-----END CERTIFICATE-----";
    let der = CertificateDer::from_pem_slice(text).map_err(|_| AuthorityError::Certificate)?;
    let text = String::from_utf8_lossy(text);
    let begin = text.find(BEGIN).ok_or(AuthorityError::Certificate)?;
    let rest = &text[begin..];
    let end = rest.find(END).ok_or(AuthorityError::Certificate)?;
    Ok((format!("{}\n", &rest[..end + END.len()]), der))
}

fn since_1970(seconds: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap_or(0))
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// From some days before `today` to some days after it.
fn valid(params: &mut CertificateParams, today: Date, days: i64) {
    let at = |date: Date| {
        let part = |number: i8| u8::try_from(number).unwrap_or(1);
        rcgen::date_time_ymd(date.year().into(), part(date.month()), part(date.day()))
    };
    params.not_before = at(today.saturating_sub(BACKDATED_DAYS.days()));
    params.not_after = at(today.saturating_add(days.days()));
    let serial: [u8; 16] = rand::random();
    params.serial_number = Some(SerialNumber::from_slice(&serial));
}

/// All that is the same whenever it is made of the same key, and the dates.
fn of_authority(key: &KeyPair, today: Date) -> CertificateParams {
    let mut params = CertificateParams::default();
    let hash = Sha256::digest(key.subject_public_key_info());
    let part: String = hash
        .iter()
        .take(4)
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    params.distinguished_name = named(&format!("{NAME}{part}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![
            GeneralSubtree::DnsName("localhost".to_owned()),
            GeneralSubtree::IpAddress(CidrSubnet::V4([127, 0, 0, 0], [255, 0, 0, 0])),
            GeneralSubtree::IpAddress(CidrSubnet::V6(
                std::net::Ipv6Addr::LOCALHOST.octets(),
                [255; 16],
            )),
        ],
        excluded_subtrees: Vec::new(),
    });
    valid(&mut params, today, LIFETIME_DAYS);
    params
}

pub(super) fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

fn common_name<'a>(certificate: &'a X509Certificate<'_>) -> &'a str {
    let name = certificate.subject().iter_common_name().next();
    name.and_then(|name| name.as_str().ok()).unwrap_or_default()
}

/// The extensions that say what an authority may sign.
fn limits<'a>(certificate: &'a X509Certificate<'_>) -> Vec<(String, &'a [u8])> {
    let extensions = certificate.extensions().iter();
    let limits = extensions.filter(|extension| extension.critical);
    let mut limits: Vec<_> = limits
        .map(|limit| (limit.oid.to_id_string(), limit.value))
        .collect();
    limits.sort_unstable();
    limits
}

#[cfg(test)]
mod tests;
