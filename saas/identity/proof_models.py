"""What people prove themselves by: passwords of before, apps, codes, passkeys, links, and what is on its way."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model
from saas.db.ids import new_id


class PastPassword(Model):
    """The digest of a password that is not used any more, so that it does not come back too soon."""

    __tablename__ = "password_past"
    __table_args__ = (Index("ix_password_past_user_id", "user_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    digest: Mapped[str]
    replaced_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class TotpFactor(Model):
    """An authenticator app of a user: the secret sealed under the row's own id, and the last step it was used for.

    One that is being set up has no ``confirmed_at``; a user has at most one of each.
    """

    __tablename__ = "totp_factor"
    __table_args__ = (
        Index("uq_totp_factor_used", "user_id", unique=True, postgresql_where="confirmed_at is not null"),
        Index("uq_totp_factor_offered", "user_id", unique=True, postgresql_where="confirmed_at is null"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(Model):
    """The digest of a code that stands in for the second factor once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "digest"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    used_at: Mapped[datetime | None]


class Passkey(Model):
    """A key of a user's device; we hold its public half and how often it says it has signed."""

    __tablename__ = "passkey"
    __table_args__ = (UniqueConstraint("credential_id"), Index("ix_passkey_user_id", "user_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[str]]
    title: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    used_at: Mapped[datetime | None]


class Ceremony(Model):
    """Something random given to a browser that has to come back from it once, within minutes.

    ``subject`` is what it was given for: a provider's id, or a user's.
    """

    __tablename__ = "ceremony"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    purpose: Mapped[str]
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary)
    subject: Mapped[str]
    created_at: Mapped[datetime]


class AccountLink(Model):
    """A link that lets the holder of its token do one thing once; see :mod:`saas.identity.links`."""

    __tablename__ = "account_link"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_account_link_user_id", "user_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    purpose: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
