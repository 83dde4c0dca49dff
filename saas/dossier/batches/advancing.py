"""Which case of a batch is next: a few at a time, so that one batch does not fill the city's queue.

A batch is locked while it is decided, so that of two workers that finish at once one sees what the other did.
"""

from saas.db.session import db
from saas.dossier.batches import queries
from saas.dossier.batches.models import DossierBatch, DossierBatchItem
from saas.jobs import queue

ITEM_JOB, PACK_JOB = "dossier.batch.item", "dossier.batch.pack"
AT_ONCE = 2  # cases of one batch that are made side by side


def begin(batch: DossierBatch) -> None:
    """Start on the first cases."""
    _start(batch, AT_ONCE)


def finish(item: DossierBatchItem, *, problem: str | None = None) -> None:
    """Note that a case is finished, and start the next one, or put the archive together after the last."""
    db.session.flush()
    batch = queries.get_batch(item.batch_id, for_update=True)
    item.state, item.problem = ("failed", problem) if problem else ("done", None)
    db.session.flush()
    batch.state, batch.done = "running", queries.count_finished(batch.id)
    _start(batch, 1)
    if batch.done == batch.total:
        queue.enqueue(PACK_JOB, {"batch": str(batch.id)}, key=f"{PACK_JOB}:{batch.id}")


def _start(batch: DossierBatch, most: int) -> None:
    for item in queries.list_waiting(batch.id, most):
        item.state = "running"
        payload = {"batch": str(batch.id), "seq": item.seq}
        queue.enqueue(ITEM_JOB, payload, key=f"{ITEM_JOB}:{batch.id}:{item.seq}")
    db.session.flush()
