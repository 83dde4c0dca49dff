"""The jobs behind a batch: each case by itself, so that what is made stays made, and the archive at the end."""

from typing import Any
from uuid import UUID

from saas import clock
from saas.audit.services import record
from saas.db.session import db
from saas.dossier import jobs, keeping, services
from saas.dossier.actions import DossierAudit
from saas.dossier.batches import advancing, packing, queries
from saas.dossier.batches.advancing import ITEM_JOB, PACK_JOB
from saas.dossier.batches.models import DossierBatch, DossierBatchItem
from saas.identity.actor import SYSTEM, Actor
from saas.jobs.perform import apart
from saas.jobs.registry import job

NOT_MADE = "这个案件的卷宗制作时出错，系统已经重试过几次。请打开案件单独导出；仍然不行的，请联系系统管理员。"
NOT_PACKED = "各案卷宗已经制作，打包时出错，系统已经重试过几次。请稍后重新导出；仍然不行的，请联系系统管理员。"
NONE_MADE = "没有一件卷宗制作成功，请按各案列出的问题处理后重新导出。"
FILE = "dossiers.zip"


def give_up_item(payload: dict[str, Any], _problem: str) -> None:
    """After the last try: the case is noted as not made, and the others go on."""
    item = queries.get_item(UUID(payload["batch"]), payload["seq"])
    if item.state == "running":
        advancing.finish(item, problem=NOT_MADE)


@job(ITEM_JOB, failed=give_up_item)
def make_item(payload: dict[str, Any]) -> None:
    """Make the dossier of one case, or take the one that is there if nothing has changed."""
    batch_id, seq = UUID(payload["batch"]), payload["seq"]
    if queries.get_item(batch_id, seq).state != "running":
        return
    with apart():
        _request(queries.get_item(batch_id, seq))
    item = queries.get_item(batch_id, seq)
    jobs.build({"export": str(item.export_id)})
    item = queries.get_item(batch_id, seq)
    assert item.export is not None
    db.session.refresh(item.export)
    advancing.finish(item, problem=None if item.export.state == "ready" else item.export.problem or NOT_MADE)


def give_up_pack(payload: dict[str, Any], _problem: str) -> None:
    """After the last try: the batch says where it ended."""
    batch = queries.get_batch(UUID(payload["batch"]), for_update=True)
    if batch.state != "ready":
        _fail(batch, NOT_PACKED)


@job(PACK_JOB, failed=give_up_pack)
def pack(payload: dict[str, Any]) -> None:
    """Put the archive together on the disk, keep it, and note its digest; a finished batch is left alone."""
    batch = queries.get_batch(UUID(payload["batch"]))
    if batch.state in {"ready", "failed"}:
        return
    items = queries.list_items(batch.id)
    exports = packing.made_of(items)
    if not exports:
        _fail(batch, NONE_MADE)
        return
    with keeping.workroom(batch.id) as folder:
        path = folder / FILE
        packing.write(batch, items, path)
        batch.size = path.stat().st_size
        batch.storage_key, batch.digest = keeping.keep(path)
    batch.pages = sum(export.pages or 0 for export in exports)
    batch.state, batch.problem, batch.finished_at = "ready", None, clock.now()
    detail = {"digest": batch.digest, "made": len(exports), "total": batch.total, "pages": batch.pages}
    record(DossierAudit.BATCH_EXPORTED, batch, by=SYSTEM, detail=detail, high=True)


def _request(item: DossierBatchItem) -> None:
    """Register the export of a case, unless an earlier try did so."""
    if item.export_id is not None:
        return
    batch = queries.get_batch(item.batch_id)
    by = Actor(batch.requested_by_id, batch.requested_by, "staff")
    item.export_id = services.register(item.case, by=by, variant=batch.variant).id


def _fail(batch: DossierBatch, problem: str) -> None:
    batch.state, batch.problem, batch.finished_at = "failed", problem, clock.now()
    record(DossierAudit.BATCH_FAILED, batch, by=SYSTEM, detail={"problem": problem})
