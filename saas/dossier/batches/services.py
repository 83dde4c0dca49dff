"""Asking for many dossiers at once, and taking their archive away."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from saas import clock, redaction
from saas.audit.services import record
from saas.db.session import db
from saas.dossier.actions import DossierAudit
from saas.dossier.batches import advancing
from saas.dossier.batches.models import DossierBatch, DossierBatchItem
from saas.dossier.redaction import check_code
from saas.errors import BadRequestError, ConflictError
from saas.files.downloads import Streamed, stream
from saas.identity.actor import Actor
from saas.settings import services as settings

ZIP = "application/zip"
NOTHING = "筛选结果里没有可以导出卷宗的案件。请返回上一页调整筛选条件。"
TOO_MANY = (
    "筛选结果有 {count:,} 件，一次最多导出 {most:,} 件的卷宗。请返回上一页缩小范围（例如按收件日期），分几次导出。"
)


def most() -> int:
    """How many cases may be in one batch: as the city says, and never more than a list one person takes alone."""
    return int(min(settings.get("dossier.batch_most"), settings.get("export.limit")))


def check_count(count: int) -> None:
    """Refuse a batch of nothing and one that is too long.

    Raises:
        BadRequestError: It is.
    """
    if not count:
        raise BadRequestError(NOTHING, title="没有可以导出的案件")
    if count > most():
        raise BadRequestError(TOO_MANY.format(count=count, most=most()), title="案件太多")


def request_batch(filter_: Mapping[str, Any], cases: Sequence[UUID], *, variant: str, by: Actor) -> DossierBatch:
    """Ask for the dossiers of cases that the actor may export, in this order; flushes, to have its id.

    Raises:
        BadRequestError: There are none, or too many.
        NotFoundError: There is no such variant.
    """
    check_count(len(cases))
    batch = DossierBatch(
        filter=redaction.plain(filter_),
        variant=check_code(variant),
        total=len(cases),
        requested_by=by.name,
        requested_by_id=by.id,
        requested_at=clock.now(),
        items=[DossierBatchItem(seq=seq, case_id=case_id) for seq, case_id in enumerate(cases, start=1)],
    )
    db.session.add(batch)
    db.session.flush()
    detail = {"filter": batch.filter, "variant": batch.variant, "total": batch.total}
    record(DossierAudit.BATCH_REQUESTED, batch, by=by, detail=detail, high=True)
    advancing.begin(batch)
    return batch


def download(batch: DossierBatch, *, by: Actor) -> Streamed:
    """The finished archive for the browser, read from the disk as it is sent; who took it is recorded.

    Raises:
        ConflictError: It is not finished.
    """
    if batch.state != "ready" or batch.storage_key is None:
        raise ConflictError("这批卷宗还没有制作完成，请稍后再下载。", title="卷宗还在制作")
    record(
        DossierAudit.BATCH_DOWNLOADED, batch, by=by, detail={"digest": batch.digest, "total": batch.total}, high=True
    )
    day = clock.local(batch.requested_at)
    return stream(f"卷宗 {day:%Y%m%d-%H%M}（{batch.done} 件）.zip", ZIP, batch.storage_key)
