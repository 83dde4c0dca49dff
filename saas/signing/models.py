"""The keys a city signs with."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from saas.crypto.fields import Sealed
from saas.db.base import Model
from saas.db.ids import new_id


class SigningKey(Model):
    """A certificate with its private key, sealed; one is active, those before it are kept to verify what they signed.

    ``chain`` is the certificates of the issuers, PEM, the nearest first; ``test`` says that the issuer is this
    deployment's own test authority and the signature has no legal effect.
    """

    __tablename__ = "signing_key"
    __table_args__ = (
        CheckConstraint("state in ('active', 'retired')", name="state"),
        CheckConstraint("(state = 'retired') = (retired_at is not null)", name="retired"),
        Index("uq_signing_key_active", "state", unique=True, postgresql_where=text("state = 'active'")),
        Index("uq_signing_key_fingerprint", "fingerprint", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    state: Mapped[str] = mapped_column(default="active")
    test: Mapped[bool]
    subject: Mapped[str]
    fingerprint: Mapped[str]
    certificate: Mapped[str]
    chain: Mapped[str] = mapped_column(default="")
    secret = Sealed("signing_key.secret")
    secret_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    not_before: Mapped[datetime]
    not_after: Mapped[datetime]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
