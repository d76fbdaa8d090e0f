//! A certificate for a key, and the files that go with it.

use std::fmt;
use std::path::Path;

use jiff::Timestamp;
use shared::clock::Clock;
use shared::randomness::Randomness;

use super::change::Announce;
use super::common_name::CommonName;
use super::directory::{Directory, File, FileState};
use super::error::CertificateError;
use super::existing::{Asked, Reason};
use super::kms_key::KmsKey;
use super::private_ca::PrivateCas;
use super::private_ca::error::PrivateCaError;
use super::reading::ReadCertificate;
use super::request::CertificateRequest;
use super::self_signed::self_signed;

/// The certificate, in PEM.
pub const CERTIFICATE_FILE: &str = "certificate.pem";
/// What a private CA's certificate is verified with, in PEM: the private CA's own certificate first, its root's last.
pub const CHAIN_FILE: &str = "chain.pem";
/// The public key, in PEM (`SubjectPublicKeyInfo`).
pub const PUBLIC_KEY_FILE: &str = "public-key.pem";
/// The JWK Set.
pub const KEY_SET_FILE: &str = "jwks.json";

/// Who signs the certificate.
#[derive(Debug, Clone)]
pub enum Issuer {
    /// Its own key.
    SelfSigned,
    /// A private CA of this name, made if it is not there.
    PrivateCa {
        /// The private CA's common name.
        name: CommonName,
        /// Where it is, or will be.
        private_cas: PrivateCas,
    },
}

/// What is to be there in the end.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// The certificate's common name.
    pub name: CommonName,
    /// Who signs it.
    pub issuer: Issuer,
    /// The JWK Set, as it is to stand in its file.
    pub key_set: &'a str,
    /// Where the files are to be.
    pub directory: &'a Path,
}

/// What became of the certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The one that was there will do.
    Kept,
    /// A self-signed one was made.
    SelfSigned(Reason),
    /// A private CA issued one.
    Issued {
        /// Why.
        reason: Reason,
        /// Whether the private CA was made for it.
        private_ca_created: bool,
    },
}

/// What is there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provisioned {
    /// What became of the certificate.
    pub outcome: Outcome,
    /// When the certificate ends.
    pub not_after: Timestamp,
    /// The files, and what became of them.
    pub files: Vec<File>,
}

impl Provisioned {
    /// Whether all was there already.
    pub fn changed_nothing(&self) -> bool {
        self.outcome == Outcome::Kept && self.files.iter().all(|file| file.state == FileState::Unchanged)
    }
}

impl fmt::Display for Provisioned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.not_after;
        match &self.outcome {
            Outcome::Kept => writeln!(f, "the certificate is kept: it is for this key, and valid until {end}")?,
            Outcome::SelfSigned(reason) => {
                writeln!(f, "a self-signed certificate was made ({reason}), valid until {end}")?;
            }
            Outcome::Issued { reason, private_ca_created } => {
                let private_ca = if *private_ca_created { "a new private CA" } else { "the private CA" };
                writeln!(f, "{private_ca} issued a certificate ({reason}), valid until {end}")?;
            }
        }
        for file in &self.files {
            writeln!(f, "{file}")?;
        }
        if self.changed_nothing() { writeln!(f, "nothing was changed") } else { Ok(()) }
    }
}

/// Sees to it that there is a certificate for `key` as it is wanted, and its files. Run again it finds them and changes
/// nothing; then it asks nothing of ACM PCA, so that a private CA that is gone by now is not missed until the certificate
/// nears its end.
///
/// # Errors
/// [`CertificateError`]; what was done until then is found by the next run. A file that can't be written is found out
/// before anything is changed in AWS.
pub async fn provision(
    wanted: &Wanted<'_>,
    key: &KmsKey,
    clock: &Clock,
    randomness: &Randomness,
    announce: &mut Announce<'_>,
) -> Result<Provisioned, CertificateError> {
    let private_ca = match &wanted.issuer {
        Issuer::SelfSigned => None,
        Issuer::PrivateCa { name, .. } => Some(name),
    };
    if private_ca == Some(&wanted.name) {
        return Err(CertificateError::SameName);
    }
    let directory = Directory::at(wanted.directory)?;
    let public_key = key.public_key();
    let mut files = vec![
        directory.put(PUBLIC_KEY_FILE, public_key.to_pem().ok_or(CertificateError::Write)?.as_bytes())?,
        directory.put(KEY_SET_FILE, wanted.key_set.as_bytes())?,
    ];

    let now = clock.now();
    let (certificate, chain) = (directory.read(CERTIFICATE_FILE)?, directory.read(CHAIN_FILE)?);
    let asked = Asked { key: public_key, name: &wanted.name, private_ca, now };
    let made = match (asked.of(certificate.as_deref(), chain.as_deref()), &wanted.issuer) {
        (Ok(there), issuer) => Made {
            outcome: Outcome::Kept,
            not_after: there.not_after(),
            certificate: certificate.unwrap_or_default(),
            chain: chain.filter(|_| matches!(issuer, Issuer::PrivateCa { .. })),
        },
        (Err(reason), Issuer::SelfSigned) => {
            let sign = async |message| key.sign(message).await.map_err(CertificateError::Key);
            let certificate = self_signed(public_key, &wanted.name, now, randomness, sign).await?;
            Made::of(Outcome::SelfSigned(reason), &certificate, None)?
        }
        (Err(reason), Issuer::PrivateCa { name, private_cas }) => {
            // Before the private CA: it costs nothing, and shows whether KMS signs.
            let request = CertificateRequest::new(key, &wanted.name).await?;
            let private_ca = private_cas.find_or_create(name, announce).await?;
            let issued = private_cas.issue(&private_ca, &wanted.name, &request, now, announce).await?;
            if !issued.certificate.is_for(public_key) {
                return Err(PrivateCaError::OtherKey.into());
            }
            let outcome = Outcome::Issued { reason, private_ca_created: private_ca.created };
            Made::of(outcome, &issued.certificate, Some(issued.chain.as_slice()))?
        }
    };
    // The certificate last: where it is, so is what it is verified with.
    files.extend(match &made.chain {
        Some(chain) => Some(directory.put(CHAIN_FILE, chain)?),
        None => directory.remove(CHAIN_FILE)?,
    });
    files.push(directory.put(CERTIFICATE_FILE, &made.certificate)?);
    Ok(Provisioned { outcome: made.outcome, not_after: made.not_after, files })
}

/// What is to stand in the files.
struct Made {
    outcome: Outcome,
    not_after: Timestamp,
    certificate: Vec<u8>,
    chain: Option<Vec<u8>>,
}

impl Made {
    fn of(
        outcome: Outcome,
        certificate: &ReadCertificate,
        chain: Option<&[ReadCertificate]>,
    ) -> Result<Self, CertificateError> {
        let chain = chain.map(|chain| chain.iter().map(ReadCertificate::to_pem).collect::<Result<String, _>>());
        Ok(Self {
            outcome,
            not_after: certificate.not_after(),
            certificate: certificate.to_pem()?.into_bytes(),
            chain: chain.transpose()?.map(String::into_bytes),
        })
    }
}
