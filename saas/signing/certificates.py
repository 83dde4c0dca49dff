"""Certificates: what people see of one, and whether one that is brought in may be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final, Literal

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.x509.oid import NameOID

from saas import clock
from saas.errors import InvalidInputError

TEST = "测试签发，不具有法律效力"
SMALLEST_RSA = 2048  # bits, GB/T 39786-2021 and the tables of PAdES alike
LONGEST_CHAIN = 5
CERTIFICATE: Final = "certificate"
KEY: Final = "key"
SigningSecret = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Certificate:
    """A certificate in words.

    Attributes:
        pem: Itself, followed by its issuers' where they are known.
        subject: Whom it names.
        issuer: Who made it.
        fingerprint: SHA-256 over its bytes, 64 hexadecimal digits.
        not_before: Since when it may be used.
        not_after: Until when.
    """

    pem: str
    subject: str
    issuer: str
    fingerprint: str
    not_before: datetime
    not_after: datetime

    @property
    def is_test(self) -> bool:
        """Whether it says of itself that it proves nothing before a court."""
        return TEST in self.subject or TEST in self.issuer

    def is_valid(self, moment: datetime) -> bool:
        """Whether a signature of a moment is inside its time."""
        return self.not_before <= moment <= self.not_after


def read(pem: str) -> Certificate:
    """What a certificate says, the first of a PEM text.

    Raises:
        ValueError: It is none.
    """
    first = load_all(pem)[0]
    return Certificate(
        pem,
        name_of(first.subject),
        name_of(first.issuer),
        fingerprint_of(first),
        first.not_valid_before_utc,
        first.not_valid_after_utc,
    )


def load_all(pem: str) -> list[x509.Certificate]:
    """Every certificate of a PEM text.

    Raises:
        ValueError: There is none, or one cannot be read.
    """
    return x509.load_pem_x509_certificates(pem.encode())


def fingerprint_of(certificate: x509.Certificate) -> str:
    """The SHA-256 over a certificate's bytes, 64 hexadecimal digits."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def name_of(name: x509.Name) -> str:
    """A distinguished name in words: what it is called first, then the organisation."""
    wanted = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME)
    found = [str(one.value) for oid in wanted for one in name.get_attributes_for_oid(oid)]
    return "，".join(dict.fromkeys(found)) or name.rfc4514_string()


def text_of(certificates: Sequence[x509.Certificate]) -> str:
    """Certificates as PEM."""
    return "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in certificates)


def secret_text(key: CertificateIssuerPrivateKeyTypes) -> str:
    """A private key as PEM, for the seal it is kept under."""
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(encoding, form, serialization.NoEncryption()).decode()


def check(pem: str, secret: bytes) -> tuple[list[x509.Certificate], SigningSecret]:
    """A certificate brought in with its issuers and its private key, ready for use.

    Raises:
        InvalidInputError: With the sentence at ``certificate`` or ``key``: neither can be read, they do not belong
            together, the kind or size is not one we sign with, it is out of its time or may not sign, or an issuer
            of the chain did not sign the one before it.
    """
    chain = _chain(pem)
    key = _secret(secret)
    public = key.public_key()
    if public != chain[0].public_key():
        _refuse(KEY, "私钥与证书不是一对，请确认没有拿错文件。")
    _check_use(chain[0])
    for issued, issuer in pairwise(chain):
        _check_issuer(issued, issuer)
    return chain, key


def _chain(pem: str) -> list[x509.Certificate]:
    try:
        chain = load_all(pem)
    except ValueError as error:
        raise InvalidInputError({CERTIFICATE: "证书读不出来，请提供 PEM 格式的证书文件。"}) from error
    if len(chain) > LONGEST_CHAIN:
        _refuse(CERTIFICATE, f"证书链最多 {LONGEST_CHAIN} 级，请只保留签名证书和它的签发机构证书。")
    return chain


def _secret(secret: bytes) -> SigningSecret:
    try:
        key = serialization.load_pem_private_key(secret, password=None)
    except (ValueError, TypeError) as error:
        raise InvalidInputError({KEY: "私钥读不出来，请提供没有口令的 PEM 格式私钥文件。"}) from error
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= SMALLEST_RSA:
        return key
    raise InvalidInputError({KEY: f"只支持 P-256 或者不短于 {SMALLEST_RSA} 位的 RSA 私钥，国密密钥请接入签章服务。"})


def _check_use(certificate: x509.Certificate) -> None:
    if not certificate.not_valid_before_utc <= clock.now() <= certificate.not_valid_after_utc:
        _refuse(CERTIFICATE, "证书不在有效期内，请更换有效的证书。")
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        _refuse(CERTIFICATE, "这张证书不是签名证书，请选择用途为数字签名的证书。")


def _check_issuer(issued: x509.Certificate, issuer: x509.Certificate) -> None:
    try:
        issued.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature) as error:
        sentence = f"证书链接不上：“{name_of(issued.subject)}”不是由文件中的下一张证书签发的。"
        raise InvalidInputError({CERTIFICATE: sentence}) from error


def _refuse(field: Literal["certificate", "key"], sentence: str) -> None:
    raise InvalidInputError({field: sentence})
