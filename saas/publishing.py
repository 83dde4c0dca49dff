"""Publishing the processes of every line of work for a new city."""

from datetime import date

from saas.domain import domains
from saas.identity.actor import Actor
from saas.workflow import services
from saas.workflow.models import ProcessVersion

HELD_SINCE = date(2000, 1, 1)
"""From when a new city's processes hold: before any matter it may still have to enter, which began before it did."""


def publish_packs(division: str, *, by: Actor) -> list[ProcessVersion]:
    """Publish every declared process as the city of this division runs it.

    Raises:
        RefusedError: a definition has faults.
    """
    return [
        services.publish(
            services.read_pack(pack.national, pack.local, division),
            fields=line.fields,
            form_codes={form.code for form in line.forms},
            rules=set(line.rules),
            by=by,
            valid_from=HELD_SINCE,
        )
        for line in domains()
        for pack in line.processes
    ]
