"""Batches of dossiers and their cases."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saas.cases.models import Case
from saas.db.base import Model
from saas.db.ids import new_id
from saas.dossier.models import DossierExport


class DossierBatch(Model):
    """Many dossiers asked for at once: how far they are, and the archive that was made of them.

    ``filter`` is what the list of cases was narrowed to, ``done`` how many of ``total`` cases are finished, made or
    not. ``size`` is in bytes, ``pages`` are those of all dossiers.
    """

    __tablename__ = "dossier_batch"
    __table_args__ = (
        CheckConstraint("state in ('queued', 'running', 'ready', 'failed')", name="state"),
        CheckConstraint("variant in ('full', 'redacted')", name="variant"),
        Index("ix_dossier_batch_requested_by_id", "requested_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    filter: Mapped[dict[str, Any]] = mapped_column(JSONB)
    variant: Mapped[str]
    state: Mapped[str] = mapped_column(default="queued")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    storage_key: Mapped[str | None]
    digest: Mapped[str | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    pages: Mapped[int | None]
    problem: Mapped[str | None]
    requested_by: Mapped[str]
    requested_by_id: Mapped[UUID | None]
    requested_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    items: Mapped[list["DossierBatchItem"]] = relationship(back_populates="batch", order_by="DossierBatchItem.seq")


class DossierBatchItem(Model):
    """One case of a batch: waiting, running, done with its export, or failed with a sentence."""

    __tablename__ = "dossier_batch_item"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'running', 'done', 'failed')", name="state"),
        Index("ix_dossier_batch_item_export_id", "export_id"),
    )

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("dossier_batch.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    export_id: Mapped[UUID | None] = mapped_column(ForeignKey("dossier_export.id"))
    state: Mapped[str] = mapped_column(default="waiting")
    problem: Mapped[str | None]
    batch: Mapped[DossierBatch] = relationship(back_populates="items")
    case: Mapped[Case] = relationship()
    export: Mapped[DossierExport | None] = relationship()
