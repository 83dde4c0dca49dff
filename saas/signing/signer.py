"""What signs for a city: its own key, or a certified provider's service or device that a deployment plugs in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from asn1crypto import pem
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate as ParsedCertificate
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from flask import current_app
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from saas import clock
from saas.db.session import current_tenant
from saas.signing import certificates, queries
from saas.signing.certificates import Certificate
from saas.signing.models import SigningKey

PROVIDER = "fengqiao.signer"
"""The extension of the application under which a deployment puts its own provider, a function without arguments."""

DIGEST = "sha256"


class Signer(Protocol):
    """Who signs, whatever holds the key: hand over what a PDF needs, and sign bytes."""

    @property
    def certificate(self) -> Certificate:
        """Whose signature it is."""

    @property
    def digest(self) -> str:
        """The hash that is signed, by its name in CMS."""

    def for_pdf(self) -> signers.Signer:
        """What puts the signature's own bytes into a PDF's container (CMS)."""

    def sign(self, data: bytes) -> bytes:
        """A detached signature over some bytes: ECDSA as DER, or RSASSA-PKCS1-v1_5, with the digest."""


Provider = Callable[[], Signer | None]


@dataclass(frozen=True)
class OwnKey:
    """The city's own key, opened for as long as something is signed."""

    certificate: Certificate
    secret: str = field(repr=False)
    digest: str = DIGEST

    def for_pdf(self) -> signers.Signer:
        """The signature in software, with all issuers in the container."""
        chain = _parsed(self.certificate.pem)
        store = SimpleCertificateStore.from_certs(chain[1:])  # type: ignore[no-untyped-call]
        return signers.SimpleSigner(
            signing_cert=chain[0], signing_key=PrivateKeyInfo.load(_der(self.secret)), cert_registry=store
        )

    def sign(self, data: bytes) -> bytes:
        """With the key of the certificate; ECDSA by RFC 6979, so that the same bytes have the same signature."""
        key = serialization.load_pem_private_key(self.secret.encode(), password=None)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(data, ec.ECDSA(SHA256(), deterministic_signing=True))
        assert isinstance(key, rsa.RSAPrivateKey), "certificates.check lets only these two in"
        return key.sign(data, padding.PKCS1v15(), SHA256())


def current() -> Signer | None:
    """Who signs for the city of this session; None where nobody does, or its certificate is out of time."""
    provider: Provider = current_app.extensions.get(PROVIDER, own_key)
    signer = provider()
    if signer is None or not signer.certificate.is_valid(clock.now()):
        return None
    return signer


def own_key() -> Signer | None:
    """The key in the city's table; a copy of a city signs nothing in its name."""
    tenant = current_tenant()
    key = queries.find_active() if tenant.id == tenant.origin_id else None
    if key is None or key.secret is None:
        return None
    return OwnKey(certificate_of(key), key.secret)


def certificate_of(key: SigningKey) -> Certificate:
    """The certificate of a key with its issuers."""
    return certificates.read(key.certificate + key.chain)


def _parsed(text: str) -> list[ParsedCertificate]:
    return [ParsedCertificate.load(der) for _, _, der in pem.unarmor(text.encode(), multiple=True)]


def _der(text: str) -> bytes:
    _, _, der = pem.unarmor(text.encode())
    return bytes(der)
