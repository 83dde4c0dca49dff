"""Putting the heads of seals down outside the database; what could not be put down waits and is tried again."""

from collections.abc import Sequence

from sqlalchemy import func, select

from saas.audit import anchors
from saas.audit.models import AuditAnchored, AuditSeal
from saas.db.session import current_tenant, db

AT_ONCE = 500  # heads; a city that waited for long catches up in steps


def list_due() -> Sequence[AuditSeal]:
    """The city's own seals that were not put down outside yet, oldest first."""
    newest = select(func.coalesce(func.max(AuditAnchored.seal_n), 0)).scalar_subquery()
    due = select(AuditSeal).where(AuditSeal.n > newest, AuditSeal.city_id == current_tenant().id)
    return db.session.scalars(due.order_by(AuditSeal.n).limit(AT_ONCE)).all()


def anchor() -> int:
    """Put down what is due; how many heads.

    A head that was put down and not noted, because the process ended between the two, is put down twice: the same
    line again says nothing wrong.

    Raises:
        AnchorError: The place does not take them; they stay due.
    """
    due, city = list_due(), current_tenant()
    if due:
        anchors.place().add(city.id, [anchors.of_seal(seal, city.origin_id) for seal in due])
        db.session.add(AuditAnchored(seal_n=due[-1].n))
    return len(due)


def tell_of_restore() -> None:
    """Put down that the city was brought back from a backup, so that seals the backup lacks end on purpose."""
    city = current_tenant()
    n = db.session.scalar(select(func.coalesce(func.max(AuditSeal.n), 0)).where(AuditSeal.city_id == city.id)) or 0
    anchors.place().add(city.id, [anchors.of_restore(n, city.origin_id)])
