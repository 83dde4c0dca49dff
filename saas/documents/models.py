"""Official forms issued in a case, and how they were served."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from saas.crypto.fields import SealedJson
from saas.db.base import Model
from saas.db.ids import new_id


class Document(Model):
    """One issued document: number, values and dress are frozen when it is issued, the PDF follows by a job.

    ``state`` is queued, ready, failed (待重做) or void (作废: the number stays taken, with the reason); ``digest`` is
    the SHA-256 of the stored PDF, ``content_digest`` that of its bytes before they were signed; ``renderer`` is the
    fingerprint of what printed it. One that stands in for another names it: ``relation`` says whether the same was
    issued again (reissue) or a mistake put right (correction). A failed one is tried again from ``try_at`` on, later
    after each of its ``tries``; ``told_at`` is when people were told of it.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("state in ('queued', 'ready', 'failed', 'void')", name="state"),
        CheckConstraint("relation in ('reissue', 'correction')", name="relation"),
        CheckConstraint("(relation is null) = (replaces_id is null)", name="replaces"),
        CheckConstraint("(state = 'void') = (void_reason is not null)", name="void"),
        UniqueConstraint("form_code", "number"),
        Index("ix_document_case_id", "case_id"),
        Index("ix_document_issued_at", "issued_at", "id"),
        Index("uq_document_replaces_id", "replaces_id", unique=True),
        Index("ix_document_failed", "try_at", postgresql_where=text("state = 'failed'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    step_id: Mapped[UUID | None] = mapped_column(ForeignKey("step_taken.id"))
    form_code: Mapped[str]
    title: Mapped[str]
    number: Mapped[str]
    values = SealedJson("document.values")
    values_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    dress: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    template_digest: Mapped[str]
    renderer: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="queued")
    problem: Mapped[str | None]
    digest: Mapped[str | None]
    content_digest: Mapped[str | None]
    pages: Mapped[int | None]
    storage_key: Mapped[str | None]
    issued_by: Mapped[str]
    issued_at: Mapped[datetime]
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"))
    relation: Mapped[str | None]
    void_reason: Mapped[str | None]
    voided_by: Mapped[str | None]
    voided_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    try_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class DocumentService(Model):
    """That a document was handed to somebody (送达): to whom, how, when; written down once and never changed.

    ``detail`` holds what is personal: ``place``, ``received_by``, ``relation`` (of who took it to the addressee),
    ``witness``, ``postal_number``, ``remark``. ``file_id`` is the signed receipt among the case's attachments.
    """

    __tablename__ = "document_service"
    __table_args__ = (
        CheckConstraint("way in ('direct', 'left', 'post', 'electronic', 'entrusted', 'announced')", name="way"),
        Index("ix_document_service_document_id", "document_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    recipient: Mapped[str]
    way: Mapped[str]
    served_on: Mapped[date]
    detail = SealedJson("document_service.detail")
    detail_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("file.id"))
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
