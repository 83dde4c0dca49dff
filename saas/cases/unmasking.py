"""Showing one personal value of a party in full, once, to somebody who says why."""

from uuid import UUID

from saas.audit import services as audit
from saas.cases.actions import CaseAudit
from saas.cases.models import Case, Party
from saas.errors import InvalidInputError, NotFoundError
from saas.identity.actor import Actor

FIELDS = {"id_number": "证件号", "phone": "电话", "address": "住址"}
SHORTEST, LONGEST = 4, 100  # characters of a reason


def find_masked(case: Case, party_id: UUID, name: str) -> Party:
    """The party of a case whose value is to be shown.

    Raises:
        NotFoundError: The case has no such party, or the party no such value.
    """
    for party in case.parties:
        if party.id == party_id and name in FIELDS and getattr(party, f"{name}_mask"):
            return party
    raise NotFoundError


def unmask(case: Case, party: Party, name: str, reason: str, *, by: Actor) -> str:
    """The value in full; who saw it and why is recorded first (个人信息保护法第五十一条).

    Raises:
        InvalidInputError: No reason, or one that says nothing.
    """
    why = reason.strip()
    if not SHORTEST <= len(why) <= LONGEST:
        raise InvalidInputError({"reason": f"请用 {SHORTEST} 到 {LONGEST} 个字说明为什么需要查看。"})
    detail = {"field": name, "reason": why}
    audit.record(CaseAudit.UNMASKED, party, by=by, case=case, detail=detail, high=True, persons=[party.id])
    return str(getattr(party, name))
