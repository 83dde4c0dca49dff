"""The test authority of a deployment: it makes certificates that say of themselves that they have no legal effect.

Its key is derived from the master key, so every process and machine of the deployment has the same one and it lies
nowhere.
"""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import NameOID

from saas import clock
from saas.config import current_config
from saas.crypto.master import master_of
from saas.signing.certificates import TEST, SigningSecret

# The order of the curve P-256 (FIPS 186-5, SP 800-186): a private key is a number below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
WIDE = 48  # bytes taken for a number below the order, so that no number is likelier than another
FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)
YEARS = timedelta(days=3 * 365)
LEEWAY = timedelta(days=1)
RSA_BITS = 3072
LONGEST_NAME = 64  # characters of a common name, X.520
CERTIFYING = {"key_cert_sign": True, "crl_sign": True}
SIGNING = {"digital_signature": True, "content_commitment": True}
USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


def root() -> x509.Certificate:
    """The authority's own certificate, the same bytes every time."""
    key = _key()
    name = _name(f"测试签发机构（{TEST}）")
    made = _builder(name, name, key.public_key(), FIRST, LAST).serial_number(1 + _number("serial") % (1 << 120))
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = made.add_extension(_usage(CERTIFYING), critical=True)
    return made.sign(key, SHA256(), ecdsa_deterministic=True)


def issue(holder: str, *, kind: str = "ec") -> tuple[x509.Certificate, SigningSecret]:
    """A new key with a certificate of three years.

    Args:
        holder: Whose it is, as the certificate names it.
        kind: ``ec`` for P-256 or ``rsa`` for 3,072 bits.
    """
    key: SigningSecret = rsa.generate_private_key(65537, RSA_BITS) if kind == "rsa" else _new()
    authority, now = root(), clock.now()
    made = _builder(_name(holder, TEST), authority.subject, key.public_key(), now - LEEWAY, now + YEARS)
    made = made.serial_number(x509.random_serial_number())
    made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    made = made.add_extension(_usage(SIGNING), critical=True)
    return made.sign(_key(), SHA256()), key


def _new() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _key() -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(_number("key") % (ORDER - 1) + 1, ec.SECP256R1())


def _number(what: str) -> int:
    label = f"test authority of signatures|{what}".encode()
    secret = master_of(current_config()).key.encode()
    return int.from_bytes(HKDF(SHA256(), WIDE, salt=None, info=label).derive(secret), "big")


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    first: datetime,
    last: datetime,
) -> x509.CertificateBuilder:
    identity = x509.SubjectKeyIdentifier.from_public_key(key)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    made = made.not_valid_before(first).not_valid_after(last).add_extension(identity, critical=False)
    by = x509.AuthorityKeyIdentifier.from_issuer_public_key(_key().public_key())
    return made.add_extension(by, critical=False)


def _name(common: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "CN")]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common[:LONGEST_NAME])])


def _usage(allowed: dict[str, bool]) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: allowed.get(use, False) for use in USES})
