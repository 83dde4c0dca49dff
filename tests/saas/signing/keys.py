"""Keys for tests: of the test authority, and of an authority that is nobody's here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from flask import Flask

from saas.signing import authority, certificates, signer
from saas.signing.signer import OwnKey

LONG = timedelta(days=3650)


def own_key(holder: str = "测试市", kind: str = "ec") -> OwnKey:
    """A key of the test authority; inside an application."""
    made, secret = authority.issue(holder, kind=kind)
    return key_of([made, authority.root()], secret)


def strange_key(holder: str = "别处") -> OwnKey:
    """A key that signed its own certificate."""
    secret = ec.generate_private_key(ec.SECP256R1())
    return key_of([certify(holder, secret.public_key(), holder, secret)], secret)


def key_of(chain: list[x509.Certificate], secret: certificates.SigningSecret) -> OwnKey:
    """A key with its certificates."""
    return OwnKey(certificates.read(certificates.text_of(chain)), certificates.secret_text(secret))


def certify(
    holder: str,
    key: ec.EllipticCurvePublicKey,
    issuer: str,
    by: ec.EllipticCurvePrivateKey,
    until: timedelta = LONG,
) -> x509.Certificate:
    """A plain certificate, two years old."""
    since = datetime.now(UTC) - timedelta(days=730)
    made = x509.CertificateBuilder().subject_name(_name(holder)).issuer_name(_name(issuer)).public_key(key)
    made = made.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(since + until)
    return made.sign(by, SHA256())


@contextmanager
def signing_with(app: Flask, key: OwnKey | None) -> Iterator[None]:
    """An application whose signer holds a key, or none."""
    with app.app_context():
        before = app.extensions.get(signer.PROVIDER)
        app.extensions[signer.PROVIDER] = lambda: key
        try:
            yield
        finally:
            app.extensions.pop(signer.PROVIDER)
            if before is not None:
                app.extensions[signer.PROVIDER] = before


def spoilt(data: bytes, behind: int) -> bytes:
    """A file in whose signature, behind a place, one digit of the value itself is another one.

    The certificates in the container are not signed, the value at its end is what counts.
    """
    start = data.index(b"/Contents <", behind) + len(b"/Contents <")
    at = start + len(data[start : data.index(b">", start)].rstrip(b"0")) - 20
    return data[:at] + (b"0" if data[at : at + 1] != b"0" else b"1") + data[at + 1 :]


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
