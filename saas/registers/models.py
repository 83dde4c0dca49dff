"""An entry of a register, the dated records on it, and what was changed of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saas.crypto.fields import SealedJson
from saas.db.base import Model
from saas.db.ids import new_id
from saas.organisation.models import Unit


class RegisterEntry(Model):
    """An institution, person or place in a register, kept by a unit.

    ``name``, ``kind``, ``key_value`` and ``expires_on`` repeat what the answers say, so that lists and figures open
    nothing. Answers that are sensitive or identify a person lie sealed apart from the others. ``revision`` grows with
    every change; ``warned_for`` is the last day of which people were told that it comes.
    """

    __tablename__ = "register_entry"
    __table_args__ = (
        UniqueConstraint("register", "key_value"),
        Index("ix_register_entry_unit_path", "unit_path", postgresql_ops={"unit_path": "text_pattern_ops"}),
        Index("ix_register_entry_register_status", "register", "status"),
        Index("ix_register_entry_expires_on", "expires_on", postgresql_where="expires_on is not null"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    register: Mapped[str]
    name: Mapped[str]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str]
    status: Mapped[str]
    kind: Mapped[str | None]
    key_value: Mapped[str | None]
    expires_on: Mapped[date | None]
    warned_for: Mapped[date | None]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    secret = SealedJson("register_entry.secret")
    secret_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    unit: Mapped[Unit] = relationship()
    records: Mapped[list["RegisterRecord"]] = relationship(
        back_populates="entry",
        order_by=lambda: (RegisterRecord.happened_on.desc(), RegisterRecord.id.desc()),
    )
    changes: Mapped[list["RegisterChange"]] = relationship(back_populates="entry", order_by="RegisterChange.seq.desc()")

    @property
    def answers(self) -> dict[str, Any]:
        """Everything that is known of it, by field; opens what is sealed."""
        return {**self.values, **self.secret}


class RegisterRecord(Model):
    """Something that happened to an entry on a day: a training, a check, a subsidy."""

    __tablename__ = "register_record"
    __table_args__ = (Index("ix_register_record_entry_id", "entry_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("register_entry.id"))
    kind: Mapped[str]
    happened_on: Mapped[date]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    secret = SealedJson("register_record.secret")
    secret_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    by_id: Mapped[UUID | None]
    by_name: Mapped[str]
    recorded_at: Mapped[datetime]
    entry: Mapped[RegisterEntry] = relationship(back_populates="records")

    @property
    def answers(self) -> dict[str, Any]:
        """Everything that was recorded, by field; opens what is sealed."""
        return {**self.values, **self.secret}


class RegisterChange(Model):
    """What was done to an entry, and how it stood after it: status, kind and unit tell every day's figures.

    ``fields`` are the answers that changed, each as what it was and what it became.
    """

    __tablename__ = "register_change"
    __table_args__ = (UniqueConstraint("entry_id", "seq"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("register_entry.id"))
    seq: Mapped[int]
    action: Mapped[str]
    status: Mapped[str]
    kind: Mapped[str | None]
    unit_path: Mapped[str]
    reason: Mapped[str | None]
    fields = SealedJson("register_change.fields")
    fields_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    by_id: Mapped[UUID | None]
    by_name: Mapped[str]
    made_at: Mapped[datetime]
    entry: Mapped[RegisterEntry] = relationship(back_populates="changes")
