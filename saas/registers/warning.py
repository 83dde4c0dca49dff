"""Telling who keeps a register of licences, terms and certificates that run out: of each day once."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from saas import clock, text
from saas.audit import services as audit
from saas.identity import queries as identity
from saas.identity.actor import SYSTEM
from saas.messages import services as messages
from saas.registers import queries
from saas.registers.actions import RegisterAudit
from saas.registers.catalogue import all_registers
from saas.registers.declaration import Register
from saas.registers.models import RegisterEntry

AT_ONCE = 200  # entries of a register looked at in one transaction
LISTED = 20  # entries named in one message


def warn(most: int = AT_ONCE) -> int:
    """Tell people of the entries that run out soon; how many were looked at."""
    return sum(_warn(one.register, most) for one in all_registers() if one.register.expires_field)


def _warn(register: Register, most: int) -> int:
    found = queries.lock_ending(register, clock.today(), most)
    told: defaultdict[UUID, list[RegisterEntry]] = defaultdict(list)
    keepers: dict[str, Sequence[UUID]] = {}
    for entry in found:
        if entry.unit_path not in keepers:
            keepers[entry.unit_path] = identity.nearest_holders(register.write, entry.unit_path)
        for user_id in keepers[entry.unit_path]:
            told[user_id].append(entry)
        entry.warned_for = entry.expires_on
        detail = {"register": register.key, "ends": str(entry.expires_on)}
        audit.record(RegisterAudit.WARNED, entry, by=SYSTEM, detail=detail)
    for user_id, entries in told.items():
        messages.tell_user(user_id, f"{register.title}：有{len(entries)}条即将到期", _words(entries))
    return len(found)


def _words(entries: Sequence[RegisterEntry]) -> str:
    named = "；".join(_ends(entry) for entry in entries[:LISTED])
    rest = f"；另有{len(entries) - LISTED}条，请在名录中查看" if len(entries) > LISTED else ""
    return f"{named}{rest}。请核对，需要延续、换证或者换届的，请及时办理并修改名录。"


def _ends(entry: RegisterEntry) -> str:
    day = entry.expires_on
    assert day is not None, "what has no end does not run out"
    return f"“{entry.name}”{text.chinese_date(day)}{'已经到期' if day < clock.today() else '到期'}"
