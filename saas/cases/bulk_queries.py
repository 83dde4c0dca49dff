"""Reading what was asked for as long lists."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, cast, false, func, or_, select
from sqlalchemy.orm import joinedload

from saas import clock
from saas.audit.models import AuditEvent
from saas.cases.actions import CaseAudit
from saas.cases.bulk_models import BulkExport
from saas.db.session import db
from saas.documents.actions import DocumentAudit
from saas.errors import NotFoundError
from saas.identity.actor import Actor
from saas.identity.models import User
from saas.identity.permissions import KernelPermission
from saas.registers.actions import RegisterAudit

LISTS = (CaseAudit.LISTED, DocumentAudit.LISTED, RegisterAudit.LISTED)
"""What the record calls it when somebody took a list out."""


def get_own(export_id: UUID, actor: Actor) -> BulkExport:
    """What the actor asked for, locked.

    Raises:
        NotFoundError: There is none of his.
    """
    return _locked(select(BulkExport).where(BulkExport.id == export_id, BulkExport.asked_by_id == actor.id))


def get_waiting(export_id: UUID, actor: Actor) -> BulkExport:
    """What somebody of the approver's units asked for, locked.

    Raises:
        NotFoundError: There is none there.
    """
    scopes = actor.scopes(KernelPermission.EXPORT_APPROVE)
    return _locked(select(BulkExport).where(BulkExport.id == export_id, _under(scopes)))


def list_own(actor: Actor) -> Sequence[BulkExport]:
    """What the actor asked for, newest first."""
    query = select(BulkExport).where(BulkExport.asked_by_id == actor.id)
    return db.session.scalars(query.order_by(BulkExport.asked_at.desc(), BulkExport.id).limit(50)).all()


def list_waiting(actor: Actor) -> Sequence[BulkExport]:
    """What waits in the approver's units, oldest first, with who asked."""
    scopes = actor.scopes(KernelPermission.EXPORT_APPROVE)
    query = select(BulkExport).where(BulkExport.state == "waiting", _under(scopes))
    shown = joinedload(BulkExport.asked_by).joinedload(User.person)
    return db.session.scalars(query.options(shown).order_by(BulkExport.asked_at, BulkExport.id)).all()


def taken_today(actor: Actor) -> int:
    """How many rows of lists the actor took out today, registers of numbers among them, as the record knows."""
    morning = datetime.combine(clock.today(), time.min, clock.ZONE)
    taken = func.coalesce(func.sum(cast(AuditEvent.detail["rows"].astext, BigInteger)), 0)
    query = select(taken).where(
        AuditEvent.actor_id == actor.id, AuditEvent.action.in_(LISTS), AuditEvent.happened_at >= morning
    )
    return int(db.session.scalar(query) or 0)


def _under(scopes: Collection[str]) -> ColumnElement[bool]:
    return or_(false(), *(BulkExport.unit_path.startswith(scope, autoescape=True) for scope in scopes))


def _locked(query: Select[BulkExport]) -> BulkExport:
    found = db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFoundError
    return found
