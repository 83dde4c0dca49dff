"""Examples kept with a process: whether they still come out as they say, and making one of what was played."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from operator import ge, le
from typing import Any

from saas import text
from saas.workflow.checks import Problem
from saas.workflow.process import Definition
from saas.workflow.simulation.acts import Act, Context, person_of, role_of
from saas.workflow.simulation.player import Played, play

MOST_ACTS = 200


STRICTER: Mapping[str, Callable[[str, str], bool]] = {"duty": le, "right": ge, "notice": ge}
"""By kind of limit, whether a day is as strict as the one of the law: days in ISO form sort as days do."""


def scenario_problems(definition: Definition, context: Context, base: Mapping[str, Any] | None = None) -> list[Problem]:
    """What does not agree in a definition's scenarios, each an SC801.

    A scenario of the process's own keeps it from being published. One taken over unchanged from the statutory body
    `base` is a doubt: a city may lawfully put a step of its own on the way, and end a duty earlier.
    """
    taken = taken_over(definition, base)
    return [
        Problem(
            "SC801",
            "warning" if scenario["id"] in taken else "error",
            f"scenarios.{scenario['id']}",
            f"场景“{scenario['title']}”：{sentence}",
        )
        for scenario in definition.scenarios
        for sentence in disagreements(definition, scenario, context, inherited=scenario["id"] in taken)
    ]


def taken_over(definition: Definition, base: Mapping[str, Any] | None) -> frozenset[str]:
    """The ids of the scenarios that stand in the statutory body just so."""
    theirs = [dict(one) for one in (base or {}).get("scenarios", ())]
    return frozenset(one["id"] for one in definition.scenarios if one in theirs)


def disagreements(
    definition: Definition, scenario: Mapping[str, Any], context: Context, *, inherited: bool = False
) -> list[str]:
    """What does not agree between a scenario and the definition, each a sentence; nothing when all does.

    The days of an inherited scenario are the law's: a stricter one agrees with them.
    """
    if len(scenario["acts"]) > MOST_ACTS:
        return [f"步骤超过{MOST_ACTS}个，请拆成几个场景。"]
    try:
        acts = acts_of(scenario)
    except ValueError:
        return ["有一步的日期不是存在的日期，请改正。"]
    played, expected = play(definition, acts, context), scenario["expect"]
    return list(_compared(definition, acts, played, expected, inherited=inherited))


def acts_of(scenario: Mapping[str, Any]) -> list[Act]:
    """The acts of a scenario; a ValueError where a day does not exist."""
    return [act_from(one) for one in scenario["acts"]]


def act_from(plain: Mapping[str, Any]) -> Act:
    """An act as it is written down; a ValueError where its day does not exist."""
    return Act(plain["action"], plain["by"], date.fromisoformat(plain["on"]), plain.get("answers") or {})


def as_plain(act: Act) -> dict[str, Any]:
    """An act as it is written down, without the questions left open."""
    answers = {name: value for name, value in act.answers.items() if value is not None}
    return {"action": act.action, "by": act.by, "on": str(act.on)} | ({"answers": answers} if answers else {})


def as_scenario(key: str, title: str, acts: Sequence[Act], played: Played) -> dict[str, Any]:
    """What was played as a scenario that expects just what came of it.

    Where the last act was refused, the scenario expects that it is.
    """
    expected: dict[str, Any] = {"state": played.state or "", "path": list(played.path)}
    if played.documents:
        expected["documents"] = list(played.documents)
    if played.readings:
        expected["due"] = {code: str(reading.due_on) for code, reading in played.readings.items()}
    if played.refused:
        expected["refused"] = played.refused[0].code
    return {"id": key, "title": title, "acts": [as_plain(act) for act in acts], "expect": expected}


def _compared(
    definition: Definition, acts: Sequence[Act], played: Played, expected: Mapping[str, Any], *, inherited: bool
) -> Iterator[str]:
    """Every difference; one that was stopped on its way is told by where it was stopped alone."""
    if len(played.done) < len(acts) and not _is_refused_as_expected(acts, played, expected):
        yield _stopped(definition, acts[len(played.done)], played)
        return
    if "refused" in expected and not played.refused:
        yield f"最后一步应当被拒绝（{expected['refused']}），实际办成了。"
    if (played.state or "") != expected["state"]:
        yield f"应当到“{_state(definition, expected['state'])}”，实际停在“{_state(definition, played.state)}”。"
    if "path" in expected and list(played.path) != expected["path"]:
        yield f"应当经过{_way(definition, expected['path'])}，实际经过{_way(definition, played.path)}。"
    if "documents" in expected and list(played.documents) != expected["documents"]:
        yield f"应当制作的文书是{_listed(expected['documents'])}，实际是{_listed(played.documents)}。"
    yield from _late(definition, played, expected.get("due") or {}, inherited=inherited)


def _is_refused_as_expected(acts: Sequence[Act], played: Played, expected: Mapping[str, Any]) -> bool:
    is_last = len(played.done) == len(acts) - 1
    return is_last and expected.get("refused") in {reason.code for reason in played.refused}


def _stopped(definition: Definition, act: Act, played: Played) -> str:
    role = definition.roles.get(role_of(act.by), role_of(act.by))
    who = role if person_of(act.by) == role_of(act.by) else f"{role}{person_of(act.by)}"
    why = " ".join(reason.sentence for reason in played.refused)
    where = f"第{len(played.done) + 1}步“{definition.title_of(act.action)}”"
    return f"{where}（{text.chinese_date(act.on)}，{who}）没有办成：{why}"


def _late(definition: Definition, played: Played, due: Mapping[str, str], *, inherited: bool) -> Iterator[str]:
    for code, day in due.items():
        title = definition.clocks[code]["title"] if code in definition.clocks else code
        reading = played.readings.get(code)
        if reading is None:
            yield f"期限“{title}”应当到{day}，实际没有起算。"
        elif not _agrees(definition.clocks[code]["kind"], str(reading.due_on), day, inherited=inherited):
            yield f"期限“{title}”应当到{day}，实际到{reading.due_on}。"


def _agrees(kind: str, day: str, expected: str, *, inherited: bool) -> bool:
    return day == expected or (inherited and kind in STRICTER and STRICTER[kind](day, expected))


def _state(definition: Definition, state: str | None) -> str:
    return definition.state_title(state) if state else "还没有立案"


def _way(definition: Definition, path: Sequence[str]) -> str:
    return " → ".join(_state(definition, state) for state in path) or "（没有）"


def _listed(codes: Sequence[str]) -> str:
    return "、".join(codes) or "（没有）"
