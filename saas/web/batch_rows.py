"""Batches of dossiers as pages draw them, and what a batch has in common with a dossier that is made alone."""

from typing import Any

from flask import url_for

from saas import clock
from saas.config_parts import MEGABYTE
from saas.dossier.batches import queries
from saas.dossier.batches.models import DossierBatch
from saas.dossier.batches.register import VARIANTS
from saas.dossier.models import DossierExport

STATES = {
    "queued": ("等待制作", "info"),
    "running": ("正在制作", "info"),
    "ready": ("已完成", "success"),
    "failed": ("未成功", "danger"),
}


def row_of(batch: DossierBatch) -> dict[str, Any]:
    """A batch as a row of a list and as the head of its page."""
    return {
        "name": f"{clock.local(batch.requested_at):%Y-%m-%d %H:%M}，{batch.total} 件",
        "url": url_for("dossiers.show_batch", batch_id=batch.id),
        "file_url": url_for("dossiers.download_batch", batch_id=batch.id),
        **making_of(batch),
        "step": "打包" if batch.done == batch.total else "逐件制作卷宗",
    }


def making_of(made: DossierBatch | DossierExport) -> dict[str, Any]:
    """How far a dossier or a batch of them is, and what was made."""
    return {
        "unfinished": made.state in queries.UNFINISHED,
        "state": made.state,
        "state_tag": STATES[made.state],
        "variant": VARIANTS[made.variant],
        "done": made.done,
        "total": made.total,
        "problem": made.problem,
        "digest": made.digest,
        "pages": made.pages,
        "size_text": f"{made.size / MEGABYTE:.1f} MB" if made.size else None,
        "requested": f"{clock.local(made.requested_at):%Y-%m-%d %H:%M}",
        "finished": f"{clock.local(made.finished_at):%Y-%m-%d %H:%M}" if made.finished_at else None,
    }


def failed_of(batch: DossierBatch) -> list[dict[str, str]]:
    """The cases of a batch of which no dossier could be made, each with its sentence."""
    return [{"number": item.case.number, "problem": item.problem or ""} for item in queries.list_failed(batch.id)]
