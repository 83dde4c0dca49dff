"""Asking for a dossier and taking it away."""

from contextlib import ExitStack
from tempfile import TemporaryFile

from saas import clock
from saas.audit.services import record
from saas.cases.models import Case
from saas.db.session import db
from saas.dossier import archive, keeping, queries
from saas.dossier.actions import DossierAudit
from saas.dossier.models import DossierExport
from saas.dossier.redaction import check_code
from saas.dossier.sources import source_digest
from saas.dossier.variants import FULL
from saas.files.downloads import Streamed, made_here, stream
from saas.identity.actor import Actor
from saas.jobs import queue

JOB = "dossier.build"
SHARED = (
    *("source_digest", "content_digest", "content_size", "digest", "pages", "size", "obstacles"),
    "storage_key",
)
"""What exports with the same file have in common."""
PDF, ZIP = "application/pdf", "application/zip"


def request_export(case: Case, *, by: Actor, variant: str = FULL.code) -> DossierExport:
    """Ask for the dossier of a case; flushes, to have its id.

    It is made by a job after the transaction. Where nothing has changed since the last one, that one's file is given
    at once, registered as an export of its own.

    Raises:
        NotFoundError: There is no such variant.
    """
    export = register(case, by=by, variant=variant)
    if export.state != "ready":
        queue.enqueue(JOB, {"export": str(export.id)}, key=f"{JOB}:{export.id}")
    return export


def register(case: Case, *, by: Actor, variant: str = FULL.code) -> DossierExport:
    """As :func:`request_export`, for who makes the dossier himself: no job is asked for."""
    export = DossierExport(
        case_id=case.id,
        variant=check_code(variant),
        requested_by=by.name,
        requested_by_id=by.id,
        requested_at=clock.now(),
    )
    db.session.add(export)
    db.session.flush()
    same = queries.find_made(case.id, variant, source_digest(case, variant))
    record(DossierAudit.REQUESTED, export, by=by, case=case, detail={"reused": same.digest} if same else {})
    if same is not None:
        reuse(export, same)
    return export


def reuse(export: DossierExport, same: DossierExport) -> None:
    """Finish an export with the file of another one that was made of the same things."""
    for name in SHARED:
        setattr(export, name, getattr(same, name))
    export.state, export.step, export.problem = "ready", "没有变动，沿用已经制作的卷宗", None
    export.done = export.total = same.total
    export.finished_at = clock.now()


def pack(export: DossierExport, *, by: Actor) -> Streamed:
    """The archive of a finished export for the browser, made on the disk; who took it is recorded.

    Raises:
        ConflictError: It is not finished.
    """
    with ExitStack() as opening:
        packed = opening.enter_context(TemporaryFile())
        archive.write(export, packed)
        note_taken(export, by=by, form="archive")
        return made_here(f"卷宗包 {export.case.number}.zip", ZIP, packed, opening.pop_all().close)


def download(export: DossierExport, *, by: Actor) -> Streamed:
    """The finished file for the browser, read from the disk as it is sent; who took it is recorded.

    Raises:
        ConflictError: It is not finished.
    """
    key = keeping.key_of(export)
    note_taken(export, by=by)
    return stream(f"卷宗 {export.case.number}.pdf", PDF, key)


def note_taken(export: DossierExport, *, by: Actor, **form: str) -> None:
    """Record who took a finished file away."""
    record(DossierAudit.DOWNLOADED, export, by=by, case=export.case, detail={"digest": export.digest, **form})
