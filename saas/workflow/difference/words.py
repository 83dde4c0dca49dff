"""How single values of a definition are said in Chinese."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

UNITS = {"day": "日", "workday": "个工作日", "month": "个月", "hour": "小时"}
KINDS = {"duty": "办理时限", "right": "当事人的权利期限", "notice": "告知期限", "fixed": "固定期限"}
MODES = {"all": "全部同意", "any": "其中一人同意", "sequence": "依次同意", "ratio": "按比例同意"}
STRATEGIES = {"load": "在办最少的人", "rotation": "轮流", "draw": "随机抽取"}
TO = {"citizen": "当事人", "handler": "承办人", "queue": "待办的人"}
VERBS = {
    "pass_on": "转办",
    "delegate": "委派",
    "copy": "抄送",
    "cosign": "加签",
    "link": "关联",
    "merge": "并案",
    "send_back": "退回",
    "withdraw": "撤回",
    "suspend": "中止和恢复计时",
    "extend": "延期",
}


@dataclass(frozen=True)
class Names:
    """What ids are called: roles, states, steps, and, where the caller knows them, forms, documents and rules."""

    roles: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)


def names_of(old: Mapping[str, Any], new: Mapping[str, Any], others: Mapping[str, str]) -> Names:
    """The names in either body; what is new wins."""
    known: tuple[dict[str, str], ...] = ({}, {}, {}, dict(others))
    roles, states, steps, rest = known
    for body in (old, new):
        roles.update(body.get("roles") or {})
        for id_, state, transitions in _places(body):
            states[id_] = str(state.get("title", id_))
            steps.update({str(one.get("id")): str(one.get("title")) for one in transitions})
        steps.update({str(one["id"]): str(one.get("title")) for one in _steps(body)})
        rest.update({str(one.get("key")): str(one.get("title")) for one in body.get("forms") or ()})
        rest.update({str(one.get("code")): str(one.get("title")) for one in body.get("papers") or ()})
    return Names(*known)


def _steps(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*(body.get("opens") or ()), *(body.get("transitions") or ())]


def _places(body: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any], Sequence[Mapping[str, Any]]]]:
    """The states of a body and of its regions, these with their steps."""
    found: list[tuple[str, Mapping[str, Any], Sequence[Mapping[str, Any]]]] = []
    for id_, state in (body.get("states") or {}).items():
        found.append((id_, state, ()))
        for region in (state.get("regions") or {}).values():
            found += [(one, inner, ()) for one, inner in (region.get("states") or {}).items()]
            found.append((id_, state, region.get("transitions") or ()))
    return found


def listed(ids: Any, titles: Mapping[str, str]) -> str:  # noqa: ANN401 - a word or a list of them
    """Ids by their titles, each in quotes."""
    return "、".join(f"“{titles.get(str(one), one)}”" for one in many(ids))


def many(value: Any) -> list[Any]:  # noqa: ANN401 - a word, a list or nothing
    """A value as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def shortened(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """A value in few characters."""
    said = "、".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return said if len(said) <= 60 else f"{said[:58]}…"  # noqa: PLR2004 - what fits on a line
