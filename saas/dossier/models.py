"""Exports of whole cases, and copies that were taken away."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saas.cases.models import Case
from saas.db.base import Model
from saas.db.ids import new_id


class DossierExport(Model):
    """A dossier asked for: how far its making is, and the digest of what was made.

    ``variant`` is full, or redacted for readers who may not see everything. ``source_digest`` is the fingerprint of
    everything the file is made of, so that an unchanged case is not bound again; ``content_digest`` is the SHA-256 of
    the bytes before they were signed, of which there are ``content_size``. ``obstacles`` are sentences that say what
    keeps the file from being PDF/A-3b; none is known of files that were made before this was looked at.
    """

    __tablename__ = "dossier_export"
    __table_args__ = (
        CheckConstraint("state in ('queued', 'running', 'ready', 'failed')", name="state"),
        CheckConstraint("variant in ('full', 'redacted')", name="variant"),
        Index("ix_dossier_export_case_id", "case_id"),
        Index("ix_dossier_export_content_digest", "content_digest"),
        Index("ix_dossier_export_digest", "digest"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    variant: Mapped[str] = mapped_column(default="full")
    state: Mapped[str] = mapped_column(default="queued")
    step: Mapped[str] = mapped_column(default="等待制作")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None]
    source_digest: Mapped[str | None]
    content_digest: Mapped[str | None]
    content_size: Mapped[int | None]
    digest: Mapped[str | None]
    pages: Mapped[int | None]
    size: Mapped[int | None]
    obstacles: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True))
    storage_key: Mapped[str | None]
    requested_by: Mapped[str]
    requested_by_id: Mapped[UUID | None]
    requested_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    case: Mapped[Case] = relationship()


class DossierCopy(Model):
    """A copy with a watermark that somebody took away: of which export, and its own digest."""

    __tablename__ = "dossier_copy"
    __table_args__ = (Index("ix_dossier_copy_digest", "digest"), Index("ix_dossier_copy_export_id", "export_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    export_id: Mapped[UUID] = mapped_column(ForeignKey("dossier_export.id"))
    digest: Mapped[str]
    taken_by: Mapped[str]
    taken_by_id: Mapped[UUID | None]
    taken_at: Mapped[datetime]
