"""Reading batches."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from saas.cases import access
from saas.cases.models import Case
from saas.db.session import db
from saas.dossier.batches.models import DossierBatch, DossierBatchItem
from saas.dossier.models import DossierExport
from saas.dossier.variants import REDACTED
from saas.errors import NotFoundError
from saas.identity.actor import Actor
from saas.identity.permissions import KernelPermission

MOST_LISTED = 20
UNFINISHED = ("queued", "running")


def get_batch(batch_id: UUID, *, for_update: bool = False) -> DossierBatch:
    """One batch as the database has it now.

    Raises:
        NotFoundError: This city has no such batch.
    """
    statement = select(DossierBatch).where(DossierBatch.id == batch_id).execution_options(populate_existing=True)
    batch = db.session.scalar(statement.with_for_update() if for_update else statement)
    if batch is None:
        raise NotFoundError
    return batch


def get_own(batch_id: UUID, actor: Actor) -> DossierBatch:
    """A batch that the actor asked for, and all cases of which are still within reach.

    Raises:
        NotFoundError: It is somebody else's, or a case of it is kept from the actor by now.
    """
    batch = get_batch(batch_id)
    if batch.requested_by_id != actor.id or _count_outside(batch, actor):
        raise NotFoundError
    return batch


def list_own(actor: Actor) -> Sequence[DossierBatch]:
    """The batches the actor asked for last, newest first."""
    statement = select(DossierBatch).where(DossierBatch.requested_by_id == actor.id)
    newest = statement.order_by(DossierBatch.requested_at.desc(), DossierBatch.id.desc())
    return db.session.scalars(newest.limit(MOST_LISTED)).all()


def get_item(batch_id: UUID, seq: int) -> DossierBatchItem:
    """A case of a batch, with the case and what was exported of it, as the database has it now."""
    statement = select(DossierBatchItem).where(DossierBatchItem.batch_id == batch_id, DossierBatchItem.seq == seq)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def list_items(batch_id: UUID) -> Sequence[DossierBatchItem]:
    """The cases of a batch in their order, each with its export."""
    statement = select(DossierBatchItem).where(DossierBatchItem.batch_id == batch_id)
    whole = statement.options(joinedload(DossierBatchItem.case), joinedload(DossierBatchItem.export))
    return db.session.scalars(whole.order_by(DossierBatchItem.seq)).all()


def list_failed(batch_id: UUID) -> Sequence[DossierBatchItem]:
    """The cases of a batch of which no dossier could be made."""
    statement = select(DossierBatchItem).where(
        DossierBatchItem.batch_id == batch_id, DossierBatchItem.state == "failed"
    )
    return db.session.scalars(statement.options(joinedload(DossierBatchItem.case)).order_by(DossierBatchItem.seq)).all()


def list_waiting(batch_id: UUID, most: int) -> Sequence[DossierBatchItem]:
    """The next cases of a batch that nobody has begun."""
    statement = select(DossierBatchItem).where(
        DossierBatchItem.batch_id == batch_id, DossierBatchItem.state == "waiting"
    )
    return db.session.scalars(statement.order_by(DossierBatchItem.seq).limit(most)).all()


def count_finished(batch_id: UUID) -> int:
    """How many cases of a batch are finished, made or not."""
    statement = select(func.count()).where(
        DossierBatchItem.batch_id == batch_id, DossierBatchItem.state.in_(("done", "failed"))
    )
    return db.session.scalar(statement) or 0


def in_batches() -> Select[UUID | None]:
    """The exports that were made for batches."""
    return select(DossierBatchItem.export_id).where(DossierBatchItem.export_id.is_not(None))


def alone(actor: Actor) -> Select[DossierExport]:
    """What the actor asked for one by one and may still see, newest first, with the cases."""
    return (
        select(DossierExport)
        .join(DossierExport.case)
        .where(
            DossierExport.requested_by_id == actor.id,
            access.reach(actor, KernelPermission.DOSSIER_EXPORT),
            or_(DossierExport.variant == REDACTED, access.reach(actor, KernelPermission.DOSSIER_WHOLE)),
            DossierExport.id.not_in(in_batches()),
        )
        .options(contains_eager(DossierExport.case))
        .order_by(DossierExport.requested_at.desc(), DossierExport.id.desc())
    )


def count_alone(actor: Actor) -> int:
    """How many exports the actor asked for one by one."""
    ids = alone(actor).order_by(None).with_only_columns(DossierExport.id)
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def list_alone(actor: Actor, *, offset: int, limit: int) -> Sequence[DossierExport]:
    """A page of them."""
    return db.session.scalars(alone(actor).offset(offset).limit(limit)).all()


def find_unfinished(case: Case, variant: str, actor: Actor) -> DossierExport | None:
    """What is being made for the actor of a case in this variant."""
    asked = DossierExport.case_id == case.id, DossierExport.variant == variant
    return db.session.scalar(alone(actor).where(*asked, DossierExport.state.in_(UNFINISHED)).limit(1))


def permissions(variant: str) -> tuple[KernelPermission, ...]:
    """What somebody needs at a case to take a dossier of a variant."""
    export = KernelPermission.DOSSIER_EXPORT
    return (export,) if variant == REDACTED else (export, KernelPermission.DOSSIER_WHOLE)


def _count_outside(batch: DossierBatch, actor: Actor) -> int:
    within = [access.reach(actor, permission) for permission in permissions(batch.variant)]
    statement = select(func.count()).select_from(DossierBatchItem).join(DossierBatchItem.case)
    outside = statement.where(DossierBatchItem.batch_id == batch.id, ~Case.id.in_(select(Case.id).where(*within)))
    return db.session.scalar(outside) or 0
