"""The audited changes of a case: which events are changes, what they are called, and the seals that cover them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from saas.audit import actions as identity
from saas.audit.models import AuditSeal, AuditSealed
from saas.cases.actions import CASE_TITLES
from saas.dossier import actions
from saas.files.services import TITLES as FILE_TITLES
from saas.moving import actions as moving

LONGEST_DETAIL = 200  # characters
OWN = "dossier."
READING = (".read", ".queried", ".downloaded", ".exported")
ACTION_TITLES: Mapping[str, str] = {
    **identity.TITLES,
    **actions.TITLES,
    **moving.TITLES,
    **FILE_TITLES,
    **CASE_TITLES,
    "document.issued": "制作文书",
    "document.rendered": "生成文书",
}
NAMES = {
    "number": "编号",
    "title": "环节",
    "name": "名称",
    "digest": "指纹",
    "old": "原值",
    "new": "新值",
    "form": "文书",
    "pages": "页数",
    "problem": "问题",
    "cause": "原因",
    "due": "到期日",
    "day": "日期",
    "reason": "原因",
    "until": "到期",
    "username": "账号",
}
# Codes and keys that only the system reads; what they mean stands in the other columns and in the timeline.
CODES = frozenset(
    {
        *("action", "from", "to", "way", "task", "category", "form_code", "code"),
        *("clock", "level", "move", "verdict", "service"),
    }
)


@dataclass(frozen=True)
class Sealed:
    """The places of events under seals by event, and these seals as plain values, oldest first."""

    places: Mapping[UUID, Mapping[str, Any]]
    seals: Sequence[Mapping[str, Any]]


def is_change(action: str) -> bool:
    """Whether an audited action changed the case, as opposed to showing or exporting it."""
    return not action.startswith(OWN) and not action.endswith(READING)


def title_of(action: str) -> str:
    """An action in words."""
    return ACTION_TITLES.get(action, action)


def words_of(detail: Mapping[str, Any]) -> str:
    """What an event says besides who and when, in words."""
    shown = {key: value for key, value in sorted(detail.items()) if value and key not in CODES}
    told = "；".join(f"{NAMES.get(key, key)}：{_short(value)}" for key, value in shown.items())
    return told if len(told) <= LONGEST_DETAIL else f"{told[: LONGEST_DETAIL - 1]}…"


def sealed(places: Sequence[AuditSealed], seals: Sequence[AuditSeal], origin: UUID) -> Sealed:
    """Places and seals as plain values; the seal's head is what an anchor outside the database says of the number."""
    return Sealed(
        {row.event_id: {"seal": row.seal_n, "leaf": row.leaf_no, "leaf_digest": row.leaf.hex()} for row in places},
        [
            {
                "n": row.n,
                "format": row.format,
                "count": row.count,
                "root": row.root.hex(),
                "head": row.head.hex(),
                "previous": row.previous.hex(),
                "origin": str(origin),
            }
            for row in seals
        ],
    )


def _short(value: Any) -> str:  # noqa: ANN401 - any JSON value.
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
