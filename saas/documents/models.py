"""Official forms issued in a case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from saas.crypto.fields import SealedJson
from saas.db.base import Model
from saas.db.ids import new_id


class Document(Model):
    """One issued document: number and values are frozen when it is issued, the PDF follows by a job.

    ``state`` is queued, ready or failed (待重做); ``digest`` is the SHA-256 of the stored PDF.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("state in ('queued', 'ready', 'failed')", name="state"),
        UniqueConstraint("form_code", "number"),
        Index("ix_document_case_id", "case_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    step_id: Mapped[UUID | None] = mapped_column(ForeignKey("step_taken.id"))
    form_code: Mapped[str]
    title: Mapped[str]
    number: Mapped[str]
    values = SealedJson("document.values")
    values_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    template_digest: Mapped[str]
    state: Mapped[str] = mapped_column(default="queued")
    problem: Mapped[str | None]
    digest: Mapped[str | None]
    pages: Mapped[int | None]
    storage_key: Mapped[str | None]
    issued_by: Mapped[str]
    issued_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
