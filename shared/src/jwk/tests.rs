use super::*;

// Public keys made by `openssl genpkey … | openssl pkey -pubout -outform DER`; their private parts were never kept.
const RSA_2048: &[u8] = include_bytes!("rsa-2048.public.der");
const RSA_1024: &[u8] = include_bytes!("rsa-1024.public.der");
const EC_P_384: &[u8] = include_bytes!("p-384.public.der");

#[test]
fn a_key_is_written_as_epic_reads_it() {
    // The modulus and thumbprint were computed with openssl and Python.
    let set = JwkSet { keys: vec![Jwk::from_subject_public_key_info(RSA_2048).unwrap()] };
    let expected = serde_json::json!({"keys": [{
        "kty": "RSA",
        "n": "nLTKRJSN3ykBRi1XWK2sJuqdWTlciG3hVMex2UTgt-PD7Yvn3cH0rp-OBgaWiNkNkPQ6k5P4vDSqgUZCWy8gQYCb3RXFaRdqDDq8aOPe\
              b_58R1IVMXmSw72J0uEYqY8zMJz9GmGPtRLlXAewpTbX0K8Dlquh812z_4q5nXNMXddQVprslRotQBuyC6IQFsThUcMT04rN_EThR0VN\
              HUV4LfcN5O5NuliL1fAMrp56WkM8en5CJ50LSzSvLzjblFMBb4VNmtlC29xHAj9qNah5wqjLRLYgbEAjuEgHbCAKvkYcebt8lWzZxMPd\
              ZImeoBg_7VFA-uDi-kG5VF5JEkJ3Cw",
        "e": "AQAB",
        "alg": "RS384",
        "use": "sig",
        "kid": "xnTed-OIwrj4J9x2qPJ7qeaP3h5Uu85S-7mui-ieifM",
    }]});
    assert_eq!(serde_json::to_value(&set).unwrap(), expected);
}

#[test]
fn the_thumbprint_is_that_of_rfc_7638() {
    // RFC 7638, section 3.1.
    let n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3o\
             knjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZH\
             zu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEg\
             U8awapJzKnqDKgw";
    let key = Parameters::Rsa { n: n.to_owned(), e: "AQAB".to_owned() };
    assert_eq!(thumbprint(&key), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

#[test]
fn a_short_key_is_refused() {
    assert_eq!(Jwk::from_subject_public_key_info(RSA_1024), Err(UnusableKey::Size { bits: 1024 }));
}

#[test]
fn a_key_on_p_384_is_written_with_its_point() {
    let key = Jwk::from_subject_public_key_info(EC_P_384).unwrap();
    // The point and the thumbprint were computed with Python.
    let expected = serde_json::json!({
        "kty": "EC",
        "crv": "P-384",
        "x": "TpSYNd2-2mPmwOWbV-SwNYYX2mkHmpsnDGed4jo0c8RSfcD_N01uAdMxrBUpV3lg",
        "y": "GhnKrG7EvhHXQD9rfhk6Dun85uMHzMh2rUpl122TozT73yrK5fRWt2dbfEG-IuDV",
        "alg": "ES384",
        "use": "sig",
        "kid": "J6YGBj0202VZoYGXAsj0B5FD2mu_YRDpduWbsryEMtk",
    });
    assert_eq!(serde_json::to_value(&key).unwrap(), expected);
    assert_eq!(key.algorithm(), SigningAlgorithm::Es384);
}

#[test]
fn a_key_that_was_stored_is_read_as_it_was() {
    for der in [RSA_2048, EC_P_384] {
        let key = Jwk::from_subject_public_key_info(der).unwrap();
        let stored = serde_json::to_vec(&key).unwrap();
        assert_eq!(crate::json::decode::<Jwk>(&stored).unwrap(), key);
    }
}

#[test]
fn a_key_for_another_algorithm_is_refused() {
    // P-521, and Ed25519.
    let mut other_curve = EC_P_384.to_vec();
    let oid = other_curve.windows(5).position(|bytes| bytes == [0x2b, 0x81, 0x04, 0x00, 0x22]).unwrap();
    other_curve[oid + 4] = 0x23;
    assert_eq!(Jwk::from_subject_public_key_info(&other_curve), Err(UnusableKey::Kind));
    let ed25519 = [&[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00][..], &[7; 32]].concat();
    assert_eq!(Jwk::from_subject_public_key_info(&ed25519), Err(UnusableKey::Kind));
}

#[test]
fn a_compressed_point_is_refused() {
    let mut compressed = EC_P_384.to_vec();
    let point = compressed.len() - 97;
    compressed[point] = 2;
    assert_eq!(Jwk::from_subject_public_key_info(&compressed), Err(UnusableKey::Malformed));
}

#[test]
fn what_is_cut_short_or_goes_on_is_refused() {
    let longer = [RSA_2048, &[0]].concat();
    for der in [&RSA_2048[..RSA_2048.len() - 1], &longer, &[], &RSA_2048[24..]] {
        assert_eq!(Jwk::from_subject_public_key_info(der), Err(UnusableKey::Malformed));
    }
}
