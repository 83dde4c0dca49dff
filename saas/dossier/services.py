"""Asking for a dossier and taking it away."""

from typing import BinaryIO

from saas import clock
from saas.audit.services import record
from saas.cases.models import Case
from saas.db.session import db
from saas.dossier import archive
from saas.dossier.actions import DossierAudit
from saas.dossier.models import DossierExport
from saas.errors import ConflictError
from saas.files.downloads import Download, prepare
from saas.identity.actor import Actor
from saas.jobs import queue

JOB = "dossier.build"
PDF = "application/pdf"


def request_export(case: Case, *, by: Actor) -> DossierExport:
    """Ask for the dossier of a case; it is made by a job after the transaction. Flushes, to have its id."""
    export = DossierExport(case_id=case.id, requested_by=by.name, requested_by_id=by.id, requested_at=clock.now())
    db.session.add(export)
    db.session.flush()
    record(DossierAudit.REQUESTED, export, by=by, case=case)
    queue.enqueue(JOB, {"export": str(export.id)}, key=f"{JOB}:{export.id}")
    return export


def pack(export: DossierExport, out: BinaryIO, *, by: Actor) -> None:
    """Write the archive of a finished export for the browser; who took it is recorded.

    Raises:
        ConflictError: It is not finished.
    """
    archive.write(export, out)
    detail = {"digest": export.digest, "form": "archive"}
    record(DossierAudit.DOWNLOADED, export, by=by, case=export.case, detail=detail)


def download(export: DossierExport, *, by: Actor) -> Download:
    """The finished file for the browser; who took it is recorded.

    Raises:
        ConflictError: It is not finished.
    """
    if export.state != "ready" or export.storage_key is None:
        raise ConflictError("卷宗还没有制作完成，请稍后再下载。", title="卷宗还在制作")
    record(DossierAudit.DOWNLOADED, export, by=by, case=export.case, detail={"digest": export.digest})
    return prepare(f"卷宗 {export.case.number}.pdf", PDF, export.storage_key)
