"""Giving a city a key to sign with: one of the test authority, or one brought in."""

from typing import TYPE_CHECKING

from cryptography import x509
from sqlalchemy import select

from saas import clock
from saas.audit.services import record
from saas.db.session import current_tenant, db
from saas.errors import ConflictError
from saas.signing import authority, certificates, queries
from saas.signing.actions import SigningAudit
from saas.signing.certificates import SigningSecret
from saas.signing.models import SigningKey

if TYPE_CHECKING:
    from saas.identity.actor import Actor


def make_test_key(*, by: "Actor", kind: str = "ec") -> SigningKey:
    """A key with a certificate of the test authority takes the place of the one in force."""
    made, secret = authority.issue(current_tenant().name, kind=kind)
    return _install([made, authority.root()], secret, SigningAudit.MADE, by=by)


def import_key(pem: str, secret: bytes, *, by: "Actor") -> SigningKey:
    """A key that a real authority certified takes the place of the one in force.

    Args:
        pem: The certificate, followed by its issuers'.
        secret: The private key, PEM without a password.
        by: Who brings it in.

    Raises:
        InvalidInputError: It cannot be used; says why.
        ConflictError: The city has or had this certificate already.
    """
    chain, key = certificates.check(pem, secret)
    return _install(chain, key, SigningAudit.IMPORTED, by=by)


def _install(chain: list[x509.Certificate], secret: SigningSecret, action: SigningAudit, *, by: "Actor") -> SigningKey:
    about = certificates.read(certificates.text_of(chain))
    if db.session.scalar(select(SigningKey.id).where(SigningKey.fingerprint == about.fingerprint)):
        raise ConflictError("这张证书已经导入过，不用再导入。")
    before = queries.find_active()
    if before is not None:
        before.state, before.retired_at = "retired", clock.now()
        db.session.flush()
    key = SigningKey(
        test=about.is_test,
        subject=about.subject,
        fingerprint=about.fingerprint,
        certificate=certificates.text_of(chain[:1]),
        chain=certificates.text_of(chain[1:]),
        not_before=about.not_before,
        not_after=about.not_after,
        made_by=by.name,
        made_at=clock.now(),
    )
    key.secret = certificates.secret_text(secret)
    db.session.add(key)
    db.session.flush()
    detail = {"old": before.fingerprint if before else None, "new": about.fingerprint}
    record(action, key, by=by, detail=detail, high=True)
    return key
