"""Reading the keys a city signs with."""

from collections.abc import Sequence

from sqlalchemy import select

from saas.db.session import db
from saas.signing.models import SigningKey


def find_active() -> SigningKey | None:
    """The key in force; None where the city has none."""
    return db.session.scalar(select(SigningKey).where(SigningKey.state == "active"))


def list_keys() -> Sequence[SigningKey]:
    """All keys of the city, the newest first."""
    return db.session.scalars(select(SigningKey).order_by(SigningKey.made_at.desc(), SigningKey.id.desc())).all()


def list_certificates() -> Sequence[str]:
    """The certificate of every key the city ever signed with, PEM."""
    return db.session.scalars(select(SigningKey.certificate).order_by(SigningKey.id)).all()
