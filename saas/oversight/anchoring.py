"""Putting the heads of seals down outside the database; what could not be put down waits and is tried again."""

from saas.audit import anchors
from saas.audit.models import AuditAnchored
from saas.db.session import current_tenant, db
from saas.oversight import queries

AT_ONCE = 500  # heads; a city that waited for long catches up in steps


def anchor() -> int:
    """Put down what is due; how many heads.

    A head that was put down and not noted, because the process ended between the two, is put down twice: the same
    line again says nothing wrong.

    Raises:
        AnchorError: The place does not take them; they stay due.
    """
    due, city = queries.list_unanchored(AT_ONCE), current_tenant()
    if due:
        anchors.place().add(city.id, [anchors.of_seal(seal, city.origin_id) for seal in due])
        db.session.add(AuditAnchored(seal_n=due[-1].n))
    return len(due)


def tell_of_restore() -> None:
    """Put down that the city was brought back from a backup, so that seals the backup lacks end on purpose."""
    city = current_tenant()
    anchors.place().add(city.id, [anchors.of_restore(queries.newest_own_seal(), city.origin_id)])
