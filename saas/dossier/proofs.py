"""How the export of a file is proven in the record of acts."""

from dataclasses import dataclass

from sqlalchemy import func, select

from saas.audit.models import AuditAnchored, AuditEvent, AuditSealed
from saas.db.session import db
from saas.dossier.actions import DossierAudit
from saas.dossier.models import DossierExport


@dataclass(frozen=True)
class Proof:
    """How the entry of an export in the record of acts is proven: its seal, and whether that is put down outside."""

    seal: int | None
    is_anchored: bool


def find_proof(digest: str) -> Proof | None:
    """How the export of a file is proven, by the file's digest; None where no export has it.

    The one that made the file counts: others, where nothing had changed, were given the same file.
    """
    exports = select(DossierExport).where(DossierExport.digest == digest)
    export = db.session.scalars(exports.order_by(DossierExport.finished_at, DossierExport.id).limit(1)).first()
    if export is None:
        return None
    seal = db.session.scalar(
        select(AuditSealed.seal_n)
        .join(AuditEvent, AuditEvent.id == AuditSealed.event_id)
        .where(
            AuditEvent.case_id == export.case_id,
            AuditEvent.subject_id == str(export.id),
            AuditEvent.action == DossierAudit.EXPORTED,
        )
    )
    anchored = db.session.scalar(select(func.max(AuditAnchored.seal_n)))
    return Proof(seal, is_anchored=seal is not None and anchored is not None and seal <= anchored)
