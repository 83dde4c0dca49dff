"""The job that makes a dossier, with progress that people can see while it runs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import update

from saas import clock
from saas.audit.services import record
from saas.db.session import db
from saas.dossier import binding, keeping, preparing, queries
from saas.dossier.actions import DossierAudit
from saas.dossier.awake import touch
from saas.dossier.binding import Made
from saas.dossier.models import DossierExport
from saas.dossier.redaction import variant_of
from saas.dossier.services import JOB, reuse
from saas.dossier.sources import source_digest
from saas.errors import AppError, UnavailableError
from saas.identity.actor import SYSTEM
from saas.jobs.registry import job
from saas.signing import pdf as signing

REASON = "卷宗封存"
GAVE_UP = "制作到“{step}”时出错，系统已经重试过几次。请稍后重新导出；仍然不行的，请联系系统管理员。"
FILE = "dossier.pdf"


class ChangedMeanwhileError(UnavailableError):
    """Something of the case changed while its dossier was made; the job is done again."""

    title = "案件正在变动"


@dataclass
class Progress:
    """Writes how far an export is; each note is a short transaction of its own, so that others see it at once."""

    export_id: UUID
    done: int = -1

    def __call__(self, step: str, total: int) -> None:
        """Note the step that begins now; all before it are done."""
        self.done += 1
        self.write(state="running", step=step, done=self.done, total=total, problem=None)
        touch()

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

    What a person has to put right ends the export with a sentence, which tells no more than the file would; anything
    else is tried again by the queue.
    """
    export = queries.get_export(UUID(payload["export"]))
    if export.state == "ready":
        return
    try:
        _build(export)
    except UnavailableError:
        raise
    except AppError as error:
        _fail(export, variant_of(export.variant, export.case).text(error.message))


def _build(export: DossierExport) -> None:
    preparing.prepare(export.case_id)
    source = source_digest(export.case, export.variant)
    same = queries.find_made(export.case_id, export.variant, source)
    if same is not None:
        reuse(export, same)
        detail = {"digest": same.digest, "content_digest": same.content_digest, "pages": same.pages, "reused": True}
        record(DossierAudit.EXPORTED, export, by=SYSTEM, case=export.case, detail=detail, high=True)
        return
    variant = variant_of(export.variant, export.case)
    with keeping.workroom(export.id) as folder:
        made = binding.make(export.case, Progress(export.id), out=folder / FILE, variant=variant)
        db.session.expire_all()
        if source_digest(export.case, export.variant) != source:
            raise ChangedMeanwhileError("案件在制作卷宗时有变动，系统会自动重新制作。")
        _finish(export, made, source)


def _finish(export: DossierExport, made: Made, source: str) -> None:
    """One statement settles the export, so that of two workers only one has made it."""
    stored = made.path.with_suffix(".signed")
    signing.sign(made.path, stored, reason=REASON)
    key, digest = keeping.keep(stored)
    settled = db.session.execute(
        update(DossierExport)
        .where(DossierExport.id == export.id, DossierExport.state != "ready")
        .values(
            state="ready",
            step="制作完成",
            done=DossierExport.total,
            problem=None,
            source_digest=source,
            content_digest=made.content_digest,
            content_size=made.size,
            digest=digest,
            pages=made.pages,
            size=stored.stat().st_size,
            obstacles=list(made.obstacles),
            storage_key=key,
            finished_at=clock.now(),
        )
        .returning(DossierExport.pages)
    ).scalar_one_or_none()
    if settled is not None:
        detail = {"digest": digest, "content_digest": made.content_digest, "pages": settled}
        record(DossierAudit.EXPORTED, export, by=SYSTEM, case=export.case, detail=detail, high=True)


def _fail(export: DossierExport, problem: str) -> None:
    db.session.execute(
        update(DossierExport)
        .where(DossierExport.id == export.id, DossierExport.state != "ready")
        .values(state="failed", problem=problem, finished_at=clock.now())
    )
    record(DossierAudit.FAILED, export, by=SYSTEM, case=export.case, detail={"problem": problem})
