//! What KMS returns as a signature, in the form that JWS wants.

use std::borrow::Cow;

use shared::signing_algorithm::SigningAlgorithm;
use spki::der::asn1::UintRef;
use spki::der::{Decode as _, Reader as _, SliceReader};

/// `r` and `s` on P-384, each as long as the curve's order.
const INTEGER_BYTES: usize = 48;

/// The signature that KMS made, for a JWS: an RSA signature is one already; an ECDSA signature comes in DER, where JWS has
/// the two integers side by side, each in its full length (RFC 7518, section 3.4). `None` for what is no such signature.
pub(crate) fn jose_signature(algorithm: SigningAlgorithm, signature: &[u8]) -> Option<Cow<'_, [u8]>> {
    match algorithm {
        SigningAlgorithm::Rs384 => (!signature.is_empty()).then_some(Cow::Borrowed(signature)),
        SigningAlgorithm::Es384 => {
            let (r, s) = ecdsa_sig_value(signature).ok()?;
            let mut both = [0; 2 * INTEGER_BYTES];
            let (left, right) = both.split_at_mut(INTEGER_BYTES);
            for (integer, bytes) in [(r, left), (s, right)] {
                let digits = integer.as_bytes();
                let padding = INTEGER_BYTES.checked_sub(digits.len())?;
                bytes.get_mut(padding..)?.copy_from_slice(digits);
            }
            Some(Cow::Owned(both.to_vec()))
        }
    }
}

/// `Ecdsa-Sig-Value` of RFC 3279, section 2.2.3: what KMS returns of an ECDSA key.
fn ecdsa_sig_value(der: &[u8]) -> spki::der::Result<(UintRef<'_>, UintRef<'_>)> {
    let mut reader = SliceReader::new(der)?;
    let integers = reader.sequence(|reader| Ok((UintRef::decode(reader)?, UintRef::decode(reader)?)))?;
    reader.finish(integers)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// DER's INTEGER: no leading zeros but the one that keeps it positive.
    fn der_integer(bytes: &[u8]) -> Vec<u8> {
        let digits: Vec<u8> = bytes.iter().copied().skip_while(|byte| *byte == 0).collect();
        let zero = if digits.first().is_none_or(|byte| *byte >= 0x80) { &[0][..] } else { &[] };
        let value = [zero, &digits].concat();
        [&[0x02, u8::try_from(value.len()).unwrap()][..], &value].concat()
    }

    fn der(r: &[u8], s: &[u8]) -> Vec<u8> {
        let body = [der_integer(r), der_integer(s)].concat();
        [&[0x30, u8::try_from(body.len()).unwrap()][..], &body].concat()
    }

    proptest! {
        #[test]
        fn the_integers_stand_side_by_side_in_their_full_length(
            r in prop::collection::vec(any::<u8>(), 48),
            s in prop::collection::vec(any::<u8>(), 48),
            zeros in 0_usize..48,
        ) {
            let mut short = r.clone();
            short[..zeros].fill(0);
            let signature = jose_signature(SigningAlgorithm::Es384, &der(&short, &s)).unwrap().into_owned();
            prop_assert_eq!(signature, [short, s].concat());
        }

        #[test]
        fn what_is_no_signature_is_none(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            // Whatever it is, it is not taken for more than it is.
            if let Some(signature) = jose_signature(SigningAlgorithm::Es384, &bytes) {
                prop_assert_eq!(signature.len(), 96);
            }
        }
    }

    #[test]
    fn an_rsa_signature_is_taken_as_it_is() {
        assert_eq!(jose_signature(SigningAlgorithm::Rs384, &[1, 2, 3]).unwrap().as_ref(), [1, 2, 3]);
        assert_eq!(jose_signature(SigningAlgorithm::Rs384, &[]), None);
    }

    #[test]
    fn an_integer_longer_than_the_curve_is_none() {
        assert_eq!(jose_signature(SigningAlgorithm::Es384, &der(&[1; 49], &[1; 48])), None);
        assert_eq!(jose_signature(SigningAlgorithm::Es384, &[&der(&[1; 48], &[1; 48])[..], &[0]].concat()), None);
    }
}
