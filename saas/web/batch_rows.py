"""Batches of dossiers as pages draw them."""

from typing import Any

from flask import url_for

from saas import clock
from saas.dossier.batches import queries
from saas.dossier.batches.models import DossierBatch
from saas.dossier.batches.register import VARIANTS

UNFINISHED = ("queued", "running")
STATES = {
    "queued": ("等待制作", "info"),
    "running": ("正在制作", "info"),
    "ready": ("已完成", "success"),
    "failed": ("未成功", "danger"),
}
MEGABYTE = 1024 * 1024


def row_of(batch: DossierBatch) -> dict[str, Any]:
    """A batch as a row of a list and as the head of its page."""
    return {
        "name": f"{clock.local(batch.requested_at):%Y-%m-%d %H:%M}，{batch.total} 件",
        "url": url_for("dossiers.show_batch", batch_id=batch.id),
        "file_url": url_for("dossiers.download_batch", batch_id=batch.id),
        "unfinished": batch.state in UNFINISHED,
        "state": batch.state,
        "state_tag": STATES[batch.state],
        "variant": VARIANTS[batch.variant],
        "step": "打包" if batch.done == batch.total else "逐件制作卷宗",
        "done": batch.done,
        "total": batch.total,
        "problem": batch.problem,
        "digest": batch.digest,
        "pages": batch.pages,
        "size_text": f"{batch.size / MEGABYTE:.1f} MB" if batch.size else None,
        "requested": f"{clock.local(batch.requested_at):%Y-%m-%d %H:%M}",
        "finished": f"{clock.local(batch.finished_at):%Y-%m-%d %H:%M}" if batch.finished_at else None,
    }


def failed_of(batch: DossierBatch) -> list[dict[str, str]]:
    """The cases of a batch of which no dossier could be made, each with its sentence."""
    return [{"number": item.case.number, "problem": item.problem or ""} for item in queries.list_failed(batch.id)]
