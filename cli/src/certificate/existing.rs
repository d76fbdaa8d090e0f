//! Whether the certificate that is there already will do.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::common_name::CommonName;
use super::public_key::PublicKey;
use super::reading::ReadCertificate;

/// A certificate with less life left is replaced: whoever comes by in the meantime should not find it expired.
pub(super) const LEAST_LIFE: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Why a certificate is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There was none.
    Absent,
    /// What was there is no certificate.
    Unreadable,
    /// It was for another key.
    OtherKey,
    /// It was in another name.
    OtherName,
    /// It was issued by another, or what shows by whom is not there.
    OtherIssuer,
    /// It had expired, would within 30 days, or was not valid yet.
    NotValid,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "there was none",
            Self::Unreadable => "what was there is no certificate",
            Self::OtherKey => "the one that was there is for another key",
            Self::OtherName => "the one that was there is in another name",
            Self::OtherIssuer => "the one that was there is of another issuer",
            Self::NotValid => "the one that was there is not valid for another 30 days",
        })
    }
}

/// What is asked of a certificate that is there.
pub(super) struct Asked<'a> {
    /// The key that it must be for.
    pub(super) key: &'a PublicKey,
    /// The name that it must be in.
    pub(super) name: &'a CommonName,
    /// The private CA that must have issued it; none where it must be self-signed.
    pub(super) private_ca: Option<&'a CommonName>,
    /// The time.
    pub(super) now: Timestamp,
}

impl Asked<'_> {
    /// The certificate in the file's text, if it will do; `chain` is the chain file's text.
    pub(super) fn of(&self, certificate: Option<&[u8]>, chain: Option<&[u8]>) -> Result<ReadCertificate, Reason> {
        let certificate = ReadCertificate::from_pem(certificate.ok_or(Reason::Absent)?).ok_or(Reason::Unreadable)?;
        if !certificate.is_for(self.key) {
            return Err(Reason::OtherKey);
        }
        if certificate.common_name() != Some(self.name.as_str()) {
            return Err(Reason::OtherName);
        }
        let issuer_is_right = match self.private_ca {
            None => certificate.is_self_issued(),
            Some(private_ca) => {
                let issuer = chain.and_then(ReadCertificate::chain_from_pem).and_then(|chain| chain.into_iter().next());
                certificate.issuer_common_name() == Some(private_ca.as_str())
                    && issuer.is_some_and(|issuer| certificate.is_issued_by(&issuer))
            }
        };
        if !issuer_is_right {
            return Err(Reason::OtherIssuer);
        }
        let is_valid =
            certificate.not_before() <= self.now && certificate.not_after().duration_since(self.now) >= LEAST_LIFE;
        if is_valid { Ok(certificate) } else { Err(Reason::NotValid) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::test_key::TestKey;

    /// Asks a certificate that was self-signed as "Careline" on 2026-03-01, and ends with 2028-03-01.
    #[track_caller]
    fn check(name: &str, private_ca: Option<&str>, now: &str, expected: Option<Reason>) {
        let key = TestKey::new();
        let pem = key.certificate("Careline", "2026-03-01T12:00:00Z").to_pem().unwrap();
        let name = name.parse().unwrap();
        let private_ca = private_ca.map(|name| name.parse().unwrap());
        let now = now.parse().unwrap();
        let asked = Asked { key: &key.public_key, name: &name, private_ca: private_ca.as_ref(), now };
        assert_eq!(asked.of(Some(pem.as_bytes()), None).err(), expected);
    }

    #[test]
    fn one_for_the_same_key_and_name_is_kept_until_30_days_before_its_end() {
        check("Careline", None, "2026-03-01T00:00:00Z", None);
        check("Careline", None, "2028-01-31T00:00:00Z", None);
        check("Careline", None, "2028-01-31T00:00:01Z", Some(Reason::NotValid));
        check("Careline", None, "2026-02-28T23:59:59Z", Some(Reason::NotValid));
    }

    #[test]
    fn one_in_another_name_or_of_another_issuer_is_not() {
        check("Hospital", None, "2026-03-01T00:00:00Z", Some(Reason::OtherName));
        check("Careline", Some("Hospital CA"), "2026-03-01T00:00:00Z", Some(Reason::OtherIssuer));
        // A private CA's certificate says by whom it is only with the chain beside it.
        check("Careline", Some("Careline"), "2026-03-01T00:00:00Z", Some(Reason::OtherIssuer));
    }

    #[test]
    fn one_for_another_key_is_not_and_neither_is_anything_else() {
        let pem = TestKey::new().certificate("Careline", "2026-03-01T12:00:00Z").to_pem().unwrap();
        let (key, name) = (TestKey::new(), "Careline".parse().unwrap());
        let now = "2026-03-01T12:00:00Z".parse().unwrap();
        let asked = Asked { key: &key.public_key, name: &name, private_ca: None, now };
        assert_eq!(asked.of(Some(pem.as_bytes()), None).err(), Some(Reason::OtherKey));
        assert_eq!(asked.of(Some(format!("{pem}{pem}").as_bytes()), None).err(), Some(Reason::Unreadable));
        assert_eq!(asked.of(Some(b"certificate"), None).err(), Some(Reason::Unreadable));
        assert_eq!(asked.of(None, None).err(), Some(Reason::Absent));
    }
}
