"""The record of who did what, and what proves that nobody rewrote it: seals, links, anchors, verifications."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary, SmallInteger, UniqueConstraint, Uuid, false, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model
from saas.db.ids import new_id

DONE, REFUSED = "done", "refused"
OWN_TIME = frozenset({"recorded_at", "xid"})
"""Columns of an event that only the database fills; a city's login may not name them."""


class AuditEvent(Model):
    """One thing done or refused, with its business time and the database's own time and number of the transaction.

    ``persons`` are the ids of the parties that were seen; ``high`` puts the event into the chain of links as well.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_recorded_at", "recorded_at"),
        Index("ix_audit_event_subject", "subject_type", "subject_id"),
        Index("ix_audit_event_case_id", "case_id"),
        Index("ix_audit_event_actor_id", "actor_id"),
        Index("ix_audit_event_persons", "persons", postgresql_using="gin", postgresql_where=text("persons <> '{}'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    action: Mapped[str]
    outcome: Mapped[str] = mapped_column(default=DONE, server_default=DONE)
    high: Mapped[bool] = mapped_column(default=False, server_default=false())
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    case_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    unit_path: Mapped[str | None]
    address: Mapped[str | None]
    request_id: Mapped[str | None]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    persons: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list, server_default="{}")
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    xid: Mapped[int] = mapped_column(BigInteger, server_default=text("(pg_current_xact_id()::text)::bigint"))
    # What the database filled in is read by whoever asks for it; asking at every act is a sixth of the insert.
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - declarative classes say it so


class AuditSeal(Model):
    """A seal over the events recorded since the one before: the root of their tree, chained and signed.

    ``city_id`` is the city that made it, which in a copy is another one for the seals it brought along.
    ``link_n`` and ``link_hash`` are the newest link at that moment, 0 and empty while there is none.
    """

    __tablename__ = "audit_seal"

    n: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    format: Mapped[int] = mapped_column(SmallInteger)
    city_id: Mapped[UUID]
    count: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    root: Mapped[bytes] = mapped_column(LargeBinary)
    link_n: Mapped[int] = mapped_column(BigInteger)
    link_hash: Mapped[bytes] = mapped_column(LargeBinary)
    previous: Mapped[bytes] = mapped_column(LargeBinary)
    head: Mapped[bytes] = mapped_column(LargeBinary)
    mac: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class AuditSealed(Model):
    """Which place an event has under which seal, and its leaf there."""

    __tablename__ = "audit_sealed"
    __table_args__ = (UniqueConstraint("seal_n", "leaf_no"),)

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    seal_n: Mapped[int] = mapped_column(BigInteger)
    leaf_no: Mapped[int]
    leaf: Mapped[bytes] = mapped_column(LargeBinary)


class AuditLink(Model):
    """A link of the chain over events of high value, appended by the database as their transaction commits."""

    __tablename__ = "audit_link"
    __table_args__ = (UniqueConstraint("event_id"),)

    n: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[UUID]
    previous: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    linked_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class AuditAnchored(Model):
    """A seal whose head was put down outside the database; seals above the newest one of these still wait."""

    __tablename__ = "audit_anchored"

    seal_n: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    anchored_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class AuditVerification(Model):
    """What a verification of the whole record found, kept as its report said it."""

    __tablename__ = "audit_verification"
    __table_args__ = (Index("ix_audit_verification_made_at", "made_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    made_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    actor_name: Mapped[str]
    ok: Mapped[bool]
    result: Mapped[dict[str, Any]]


class AuditReport(Model):
    """A day whose seals were told to the auditors."""

    __tablename__ = "audit_report"

    day: Mapped[date] = mapped_column(primary_key=True)
    seals: Mapped[int]
    mailed: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
