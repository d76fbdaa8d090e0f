//! A self-signed certificate, for whoever needs no private CA: of a certificate Epic takes the key and nothing else.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use rcgen::{CertificateParams, IsCa, KeyIdMethod, SerialNumber, date_time_ymd};
use ring::digest::{SHA256, digest};
use shared::randomness::Randomness;

use super::common_name::CommonName;
use super::error::CertificateError;
use super::public_key::PublicKey;
use super::reading::ReadCertificate;
use super::request;
use super::signing::signed;

/// How long a certificate is good for. Two years: long enough that nobody renews in haste, short enough that somebody
/// still knows how. The key may live longer, under another certificate.
pub(super) const VALIDITY_DAYS: u16 = 730;
/// How far the clock of whoever reads it may be behind ours. ACM PCA takes an hour as well.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_hours(1);

/// Makes a certificate for `public_key`, in the name of `name`, signed by `sign` with the same key. It is good for whole
/// days (UTC): from today's beginning (yesterday's, shortly after midnight), for [`VALIDITY_DAYS`] and what is left of today.
///
/// # Errors
/// [`CertificateError::Write`], or what `sign` says.
pub(super) async fn self_signed(
    public_key: &PublicKey,
    name: &CommonName,
    now: Timestamp,
    randomness: &Randomness,
    sign: impl AsyncFnOnce(Vec<u8>) -> Result<Vec<u8>, CertificateError>,
) -> Result<ReadCertificate, CertificateError> {
    let parameters = parameters(public_key, name, now, randomness).ok_or(CertificateError::Write)?;
    let certificate = signed(public_key, |key| parameters.self_signed(key), sign).await?;
    ReadCertificate::from_der(certificate.der()).ok_or(CertificateError::Write)
}

fn parameters(
    public_key: &PublicKey,
    name: &CommonName,
    now: Timestamp,
    randomness: &Randomness,
) -> Option<CertificateParams> {
    let mut parameters = request::parameters(name);
    let day = |time: Timestamp| Offset::UTC.to_datetime(time).date();
    let first = day(now.checked_sub(CLOCK_SKEW).ok()?);
    // From today, which the first day need not be; and one day more, since today may nearly be over.
    let end = day(now).checked_add((i32::from(VALIDITY_DAYS) + 1).days()).ok()?;
    let midnight = |date: Date| {
        let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
        Some(date_time_ymd(i32::from(date.year()), month, day))
    };
    (parameters.not_before, parameters.not_after) = (midnight(first)?, midnight(end)?);
    parameters.serial_number = Some(serial_number(randomness));
    // "CA: false", said and not just left out.
    parameters.is_ca = IsCa::ExplicitNoCa;
    // RFC 7093, section 2, method 1: the first 160 bits of the SHA-256 hash of the key.
    let identifier = digest(&SHA256, public_key.bytes()).as_ref().get(..20)?.to_vec();
    parameters.key_identifier_method = KeyIdMethod::PreSpecified(identifier);
    Some(parameters)
}

/// 127 random bits (RFC 5280 asks for a positive number of at most 20 bytes, and uniqueness).
fn serial_number(randomness: &Randomness) -> SerialNumber {
    let number = u128::from_be_bytes(randomness.bytes()) >> 1;
    SerialNumber::from(number.max(1).to_be_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use x509_cert::der::Encode as _;
    use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};

    use super::*;
    use crate::certificate::test_key::{TestKey, verifies};

    #[test]
    fn it_is_signed_with_its_own_key_and_whoever_changes_it_breaks_that() {
        let certificate = TestKey::new().certificate("Careline", "2026-03-01T12:00:00Z");
        assert!(verifies(&certificate));

        let der = certificate.inner().to_der().unwrap();
        let mut renamed = der.clone();
        let name = der.windows(8).position(|bytes| bytes == b"Careline").unwrap();
        renamed[name] = b'D';
        assert!(!verifies(&ReadCertificate::from_der(&renamed).unwrap()));
        let mut other_signature = der;
        *other_signature.last_mut().unwrap() ^= 1;
        assert!(!verifies(&ReadCertificate::from_der(&other_signature).unwrap()));
    }

    #[test]
    fn it_is_for_signatures_of_no_ca_and_good_for_two_years() {
        let key = TestKey::new();
        // Shortly after midnight: for a clock that is behind it is still the day before.
        let certificate = key.certificate("Careline", "2026-03-01T00:20:00Z");
        assert_eq!(certificate.common_name(), Some("Careline"));
        assert!(certificate.is_self_issued() && certificate.is_for(&key.public_key));
        assert_eq!(certificate.not_before().to_string(), "2026-02-28T00:00:00Z");
        assert_eq!(certificate.not_after().to_string(), "2028-03-01T00:00:00Z");
        let body = &certificate.inner().tbs_certificate;
        let (critical, usage) = body.get::<KeyUsage>().unwrap().unwrap();
        assert!(critical && usage.digital_signature() && !usage.key_cert_sign() && !usage.key_encipherment());
        assert!(!body.get::<BasicConstraints>().unwrap().unwrap().1.ca);
    }

    #[tokio::test]
    async fn a_signer_that_fails_leaves_no_certificate() {
        let (key, name) = (TestKey::new(), "Careline".parse().unwrap());
        let sign = async |_| Err(CertificateError::SameName);
        let made = self_signed(&key.public_key, &name, Timestamp::UNIX_EPOCH, &Randomness::system(), sign).await;
        assert!(matches!(made, Err(CertificateError::SameName)));
    }

    #[test]
    fn a_serial_number_is_positive_whatever_the_bits() {
        for byte in [0x00, 0xff] {
            let number = serial_number(&Randomness::from_fn(move |buffer| buffer.fill(byte))).to_bytes();
            assert!(number.len() <= 20 && number[0] < 0x80 && number.iter().any(|byte| *byte != 0), "{number:?}");
        }
    }
}
