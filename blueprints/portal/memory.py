"""What the browser's session remembers for a citizen: drafts begun here, cases made or found here."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from saas.cases.models import Case
from saas.errors import NotFoundError
from saas.web.requests import remember, remembered

DRAFTS = "portal.drafts"
CASES = "portal.cases"
SENT = "portal.sent"


@dataclass(frozen=True)
class SeenCase:
    """A case this browser may see; ``proven`` if it was made here or opened by its query code.

    The last digits of a phone are known to more people than the query code: they open the progress,
    but neither the papers nor acts.
    """

    id: UUID
    proven: bool


def draft_id(key: str) -> str | None:
    """The id of the draft of an entry that this browser works on."""
    found: str | None = remembered(DRAFTS, {}).get(key)
    return found


def draft_keys() -> list[str]:
    """The entries of which this browser has drafts."""
    return list(remembered(DRAFTS, {}))


def keep_draft(key: str, id_: UUID) -> None:
    """Work on this draft from now on."""
    remember(DRAFTS, {**remembered(DRAFTS, {}), key: str(id_)})


def drop_draft(key: str) -> None:
    """Forget the draft of an entry."""
    remember(DRAFTS, {name: id_ for name, id_ in remembered(DRAFTS, {}).items() if name != key})


def sent_number(key: str) -> str | None:
    """The number of the case that this browser made of an entry last."""
    found: str | None = remembered(SENT, {}).get(key)
    return found


def keep_sent(key: str, case: Case) -> None:
    """Remember a case made here, in the place of the draft it was made from."""
    drop_draft(key)
    remember(SENT, {**remembered(SENT, {}), key: case.number})
    keep_case(case, proven=True)


def keep_case(case: Case, *, proven: bool) -> None:
    """Let this browser see a case; what was proven before stays so."""
    keep_cases([(case, proven)])


def keep_cases(found: Sequence[tuple[Case, bool]]) -> list[Case]:
    """Let this browser see cases, each with whether that is proven; those of which it could not see as much before."""
    known = remembered(CASES, {})
    seen = {
        case.number: {"id": str(case.id), "proven": proven or bool(known.get(case.number, {}).get("proven"))}
        for case, proven in found
    }
    opened = [case for case, _ in found if known.get(case.number) != seen[case.number]]
    if opened:
        remember(CASES, {**known, **seen})
    return opened


def find_case(number: str) -> SeenCase | None:
    """The case of this number if this browser may see it."""
    found = remembered(CASES, {}).get(number)
    return SeenCase(UUID(found["id"]), bool(found["proven"])) if found else None


def get_case(number: str, *, proven: bool = False) -> SeenCase:
    """The case of this number, seen here before.

    Raises:
        NotFoundError: this browser may not see it, or not enough of it.
    """
    found = find_case(number)
    if found is None or (proven and not found.proven):
        raise NotFoundError
    return found
