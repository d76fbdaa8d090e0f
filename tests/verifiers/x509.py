"""Judges our certificates and requests by another's X.509 (Python's cryptography): are they what they say, and whose?

Standard input is one JSON object: `certificate` or `request` (PEM), `chain` (PEM, of a private CA's certificate),
`kms_public_key` (what KMS says, base64) and `public_key` (PEM, what we say). Standard output is one JSON object of
findings. Nothing is decided here: the test does that.
"""

import base64
import json
import sys

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key, load_pem_public_key


def signature_is_of(public_key, signed, message):
    """Whether a certificate's or request's signature is that of a key."""
    try:
        if isinstance(public_key, rsa.RSAPublicKey):
            public_key.verify(signed.signature, message, padding.PKCS1v15(), signed.signature_hash_algorithm)
        else:
            public_key.verify(signed.signature, message, ec.ECDSA(signed.signature_hash_algorithm))
    except InvalidSignature:
        return False
    return True


def der(public_key):
    return public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def common_name(name):
    return [attribute.value for attribute in name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)]


def is_issued_by(certificate, issuer):
    """Whether the issuer's name and key are on it, and the issuer may issue."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def findings(asked):
    kms = load_der_public_key(base64.b64decode(asked["kms_public_key"]))
    if "request" in asked:
        one = x509.load_pem_x509_csr(asked["request"].encode())
        message, found = one.tbs_certrequest_bytes, {}
    else:
        one = x509.load_pem_x509_certificate(asked["certificate"].encode())
        message = one.tbs_certificate_bytes
        found = {
            "issuer": common_name(one.issuer),
            "days": (one.not_valid_after_utc - one.not_valid_before_utc).days,
            "is_ca": one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca,
        }
    usage = one.extensions.get_extension_for_class(x509.KeyUsage)
    if "chain" in asked:
        chain = x509.load_pem_x509_certificates(asked["chain"].encode())
        links = zip([one, *chain], [*chain, chain[-1]], strict=True)
        found["chain_holds"] = all(is_issued_by(*link) for link in links)
    if "public_key" in asked:
        found["public_key_is_kms"] = der(load_pem_public_key(asked["public_key"].encode())) == der(kms)
    return found | {
        "name": common_name(one.subject),
        "algorithm": one.signature_algorithm_oid._name,
        "key_is_kms": der(one.public_key()) == der(kms),
        "signed_by_its_own_key": signature_is_of(one.public_key(), one, message),
        "may_sign": usage.value.digital_signature,
        "may_issue": usage.value.key_cert_sign,
    }


if __name__ == "__main__":
    json.dump(findings(json.load(sys.stdin)), sys.stdout)
