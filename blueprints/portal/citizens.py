"""Who a citizen has proved to be in this browser, and which cases are theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from blueprints.portal import memory
from saas.audit import services as audit
from saas.cases import queries as cases
from saas.cases.actions import CaseAudit
from saas.cases.models import Case
from saas.identity.actor import Actor
from saas.web.requests import remembered, renew

CITIZEN = "portal.citizen"


@dataclass(frozen=True)
class Citizen:
    """A person who proved a phone, or whom a provider knows by name.

    Attributes:
        phone: The proved number, eleven digits; empty if none was.
        name: As the provider says.
        number: Of the identity card, as the provider says.
        verified: Whether name and number were checked by the provider.
        issuer: The provider; with ``subject`` it names the person.
        subject: The provider's own name for the person.
    """

    phone: str = ""
    name: str = ""
    number: str = ""
    verified: bool = False
    issuer: str = ""
    subject: str = ""


def here() -> Citizen | None:
    """The citizen signed in in this browser."""
    found: Mapping[str, str] | None = remembered(CITIZEN)
    return Citizen(**found) if found else None  # type: ignore[arg-type]


def enter(citizen: Citizen) -> None:
    """Sign a citizen in: the browser gets a cookie never used before and keeps what it had begun."""
    renew(CITIZEN, asdict(citizen))


def list_cases(citizen: Citizen, *, by: Actor) -> Sequence[Case]:
    """The cases of which the citizen is an applicant, newest first; this browser may see them from now on.

    That they were opened is recorded once, as it is where a code opens one.

    A number can pass to somebody else: it opens the progress, a name checked by the provider opens the papers too.
    """
    own = cases.list_cases_of_id_number(citizen.number) if citizen.verified and citizen.number else []
    called = cases.list_cases_of_phone(citizen.phone) if citizen.phone else []
    proven = {case.id for case in own}
    found = {case.id: case for case in (*own, *called)}
    for case in memory.keep_cases([(case, case.id in proven) for case in found.values()]):
        detail = {"found": True, "by": "identity" if case.id in proven else "own_phone"}
        audit.record(CaseAudit.QUERIED, case, by=by, case=case, detail=detail)
    return sorted(found.values(), key=lambda case: (case.opened_at, case.id), reverse=True)
