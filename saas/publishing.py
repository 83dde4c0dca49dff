"""Publishing the processes of every line of work for a city that has not had them."""

from collections.abc import Collection

from saas.domain import domains
from saas.identity.actor import Actor
from saas.workflow import services
from saas.workflow.models import BEGINNING, ProcessVersion


def publish_packs(division: str, *, by: Actor, known: Collection[str] = ()) -> list[ProcessVersion]:
    """Publish every declared process as the city of this division runs it, but those whose keys it knows already.

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
            valid_from=BEGINNING,
        )
        for line in domains()
        for pack in line.processes
        if pack.key not in known
    ]
