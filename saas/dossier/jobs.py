"""The job that makes a dossier, with progress that people can see while it runs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import update

from saas import clock
from saas.audit.services import record
from saas.db.session import current_tenant, db
from saas.documents.pages import count_pages
from saas.dossier import binding, queries
from saas.dossier.actions import DossierAudit
from saas.dossier.models import DossierExport
from saas.dossier.services import JOB
from saas.errors import AppError
from saas.files import store
from saas.identity.actor import SYSTEM
from saas.jobs.registry import job
from saas.signing import pdf as signing

REASON = "卷宗封存"
GAVE_UP = "制作到“{step}”时出错，系统已经重试过几次。请稍后重新导出；仍然不行的，请联系系统管理员。"


@dataclass
class Progress:
    """Writes how far an export is; each note is a short transaction of its own, so that others see it at once."""

    export_id: UUID
    done: int = -1

    def __call__(self, step: str, total: int) -> None:
        """Note the step that begins now; all before it are done."""
        self.done += 1
        self.write(state="running", step=step, done=self.done, total=total, problem=None)

    def write(self, **values: Any) -> None:  # noqa: ANN401 - columns of an export.
        """Set columns, unless the export is finished."""
        unfinished = (DossierExport.id == self.export_id) & (DossierExport.state != "ready")
        with db.session.get_bind().engine.begin() as apart:
            apart.execute(update(DossierExport).where(unfinished).values(**values))


def give_up(payload: dict[str, Any], _problem: str) -> None:
    """After the last try: let the export say where it ended."""
    export = queries.get_export(UUID(payload["export"]))
    if export.state != "ready":
        _fail(export, GAVE_UP.format(step=export.step))


@job(JOB, failed=give_up)
def build(payload: dict[str, Any]) -> None:
    """Make the file, keep it, and note its digest; a file that is there already is left alone.

    What a person has to put right ends the export with a sentence; anything else is tried again by the queue.
    """
    export = queries.get_export(UUID(payload["export"]))
    if export.state == "ready":
        return
    try:
        data = binding.make(export.case, Progress(export.id))
    except AppError as error:
        _fail(export, error.message)
        return
    _finish(export, data)


def _finish(export: DossierExport, data: bytes) -> None:
    """One statement settles the export, so that of two workers only one has made it."""
    content, data = data, signing.sign_bytes(data, reason=REASON)
    digest, content_digest = store.digest_of(data), store.digest_of(content)
    settled = db.session.execute(
        update(DossierExport)
        .where(DossierExport.id == export.id, DossierExport.state != "ready")
        .values(
            state="ready",
            step="制作完成",
            done=DossierExport.total,
            problem=None,
            content_digest=content_digest,
            content_size=len(content),
            digest=digest,
            pages=count_pages(content),
            size=len(data),
            storage_key=store.put(data, tenant=current_tenant()),
            finished_at=clock.now(),
        )
        .returning(DossierExport.pages)
    ).scalar_one_or_none()
    if settled is not None:
        detail = {"digest": digest, "content_digest": content_digest, "pages": settled}
        record(DossierAudit.EXPORTED, export, by=SYSTEM, case=export.case, detail=detail, high=True)


def _fail(export: DossierExport, problem: str) -> None:
    db.session.execute(
        update(DossierExport)
        .where(DossierExport.id == export.id, DossierExport.state != "ready")
        .values(state="failed", problem=problem, finished_at=clock.now())
    )
    record(DossierAudit.FAILED, export, by=SYSTEM, case=export.case, detail={"problem": problem})
