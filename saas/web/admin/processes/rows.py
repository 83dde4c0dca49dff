"""The draft as a list: states with their steps as sentences, ways of opening, limits, roles, rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas.web.admin.processes.desk import Desk, named
from saas.web.admin.processes.panel import guards
from saas.workflow.difference.words import UNITS
from saas.workflow.editing import parts
from saas.workflow.engine_acts import TITLES
from saas.workflow.process import Definition


@dataclass(frozen=True)
class Line:
    """One part in the list: where it stands, what it is called, what is said of it, and the law that keeps it."""

    place: str
    title: str
    told: str
    law: str | None = None
    locked: bool = False


@dataclass(frozen=True)
class StateLine(Line):
    """A state with the steps that lead from it."""

    tags: Sequence[str] = ()
    steps: Sequence[Line] = ()
    regions: Sequence[str] = ()


def states(desk: Desk) -> list[StateLine]:
    """Every state in its order."""
    return [_state(desk, id_, state) for id_, state in desk.body.get("states", {}).items()]


def _state(desk: Desk, id_: str, state: Mapping[str, Any]) -> StateLine:
    place = f"states.{id_}"
    leaving = [one for one in desk.body.get("transitions", []) if id_ in parts.source_list(one)]
    tags = [
        *(["开始"] if desk.body.get("initial") == id_ else []),
        *(["办结"] if state.get("end") else []),
        *([str(state["phase"])] if state.get("phase") else []),
    ]
    lock = desk.lock(place)
    return StateLine(
        place,
        state["title"],
        _who(desk, state),
        lock.law if lock else None,
        lock is not None,
        tags,
        [step(desk, one) for one in leaving],
        [str(region["title"]) for region in state.get("regions", {}).values()],
    )


def _who(desk: Desk, state: Mapping[str, Any]) -> str:
    if state.get("end"):
        return ""
    roles = named(desk.titles("roles"), state.get("queue", ()))
    people = "、".join([*(["承办人"] if state.get("handler") else []), *([roles] if roles else [])])
    return f"办理人：{people}" if people else "还没有写明由谁办理"


def step(desk: Desk, one: Mapping[str, Any]) -> Line:
    """A step as a sentence: who does it, what is filled in and issued, under how many conditions, where it leads."""
    place = f"transitions.{one['id']}"
    lock = desk.lock(place)
    told = [
        f"由{named(desk.titles('roles'), one['by'])}办理",
        f"去向“{desk.title('states', one['to'])}”",
        *_paper(desk, one),
    ]
    if count := len(guards(one)):
        told.append(f"{count}个条件")
    if others := one.get("not_same_as"):
        told.append(f"须与“{named(desk.actions, others)}”不是同一人")
    if sign := one.get("sign"):
        told.append(f"须{named(desk.titles('roles'), sign['by'])}会签")
    return Line(place, one["title"], "，".join(told), one.get("law"), lock is not None)


def _paper(desk: Desk, one: Mapping[str, Any]) -> list[str]:
    form = [f"填写“{dict(desk.forms).get(one['form'], one['form'])}”"] if one.get("form") else []
    issued = [f"生成“{named(desk.documents, one['documents'])}”"] if one.get("documents") else []
    return [*form, *issued]


def ways(desk: Desk) -> list[Line]:
    """Every way of opening a case."""
    return [_way(desk, one) for one in desk.body.get("opens", [])]


def _way(desk: Desk, one: Mapping[str, Any]) -> Line:
    place = f"opens.{one['id']}"
    to = one.get("to", desk.body.get("initial"))
    told = [f"由{named(desk.titles('roles'), one['by'])}提出", f"去向“{desk.title('states', to)}”", *_paper(desk, one)]
    return Line(place, one["title"], "，".join(told), one.get("law"), desk.lock(place) is not None)


def clocks(desk: Desk) -> list[Line]:
    """Every limit."""
    return [_clock(desk, id_, one) for id_, one in desk.body.get("clocks", {}).items()]


def _clock(desk: Desk, id_: str, one: Mapping[str, Any]) -> Line:
    place = f"clocks.{id_}"
    unit = UNITS.get(one["unit"], one["unit"])
    long = f"{one['n']}{unit}" if one.get("n") is not None else "时长见参数设置"
    told = [long, f"从“{named(desk.actions, one['start'])}”起"]
    if one.get("stop"):
        told.append(f"到“{named(desk.actions, one['stop'])}”止")
    return Line(place, one["title"], "，".join(told), one.get("law"), desk.lock(place) is not None)


def roles(desk: Desk) -> list[Line]:
    """Every role the process names."""
    base = desk.base or {}
    return [
        Line(f"roles.{code}", title, code, None, code in base.get("roles", {})) for code, title in desk.titles("roles")
    ]


def rules(desk: Desk) -> list[Line]:
    """Every rule that no version may break."""
    held = len((desk.base or {}).get("invariants", []))
    found = desk.body.get("invariants", [])
    return [
        Line(f"invariants.{n}", _rule(desk, one), one.get("why", ""), one.get("law"), n < held)
        for n, one in enumerate(found)
    ]


def _rule(desk: Desk, one: Mapping[str, Any]) -> str:
    names = [*desk.titles("states"), *desk.actions]
    if one.get("never"):
        return f"不得由{desk.title('roles', one['never']['by'])}办到“{desk.title('states', one['never']['to'])}”"
    if one.get("separate"):
        return f"“{named(names, one['separate'])}”必须由不同的人办理"
    passed = one.get("must_pass_any") or parts.as_list(one.get("must_pass"))
    return f"必须经过“{named(names, passed)}”，才能到“{named(names, [one.get('before', '')])}”"


def head(desk: Desk) -> str:
    """What is said of the process as a whole."""
    verbs = desk.body.get("verbs", Definition.verbs)
    phases = "、".join(desk.body.get("phases", ())) or "没有分阶段"
    return f"阶段：{phases}。通用操作：{'、'.join(TITLES.get(verb, verb) for verb in verbs) or '没有'}。"
