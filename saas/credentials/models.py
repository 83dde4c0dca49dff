"""Codes sent to phones, providers of identity, and who they know."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saas.db.base import Model
from saas.db.ids import new_id
from saas.identity.models import User


class PhoneCode(Model):
    """The one code that a browser waits for; a newer one takes its place.

    Nothing here can be read: the browser is the digest of its cookie, number and code are keyed digests.
    """

    __tablename__ = "phone_code"

    browser_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    number_hash: Mapped[bytes] = mapped_column(LargeBinary)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    tries: Mapped[int]
    expires_at: Mapped[datetime]


class IdentityProvider(Model):
    """A server that says who somebody is, for citizens or for staff; its secret is sealed.

    ``number_claim`` is the claim that holds the number of the identity card, empty where none is told.
    """

    __tablename__ = "identity_provider"
    __table_args__ = (
        CheckConstraint("audience in ('citizen', 'staff')", name="audience"),
        UniqueConstraint("audience"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    audience: Mapped[str]
    title: Mapped[str]
    issuer: Mapped[str]
    client_id: Mapped[str]
    client_secret: Mapped[bytes] = mapped_column(LargeBinary)
    number_claim: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class ExternalIdentity(Model):
    """Whom of our users a provider means by a subject; made by an administrator, never by signing in."""

    __tablename__ = "external_identity"
    __table_args__ = (Index("ix_external_identity_user_id", "user_id"),)

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    user: Mapped[User] = relationship()
