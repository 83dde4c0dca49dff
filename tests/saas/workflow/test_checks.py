"""Faults planted in a process, and the codes that find them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import pytest

from saas.workflow.definition import Problem, check, parse
from tests.saas.workflow import samples


@dataclass(frozen=True)
class _Form:
    field_ids: Collection[str]


FORMS = {"loan.ask": _Form(["book"]), "loan.accept": _Form(["handler"]), "loan.take": _Form(["days"])}
DOCUMENTS = ["loan.request", "loan.slip"]


def _sound() -> dict[str, Any]:
    body = samples.body()
    body["transitions"][1]["form"] = "loan.take"
    return body


def _check(body: dict[str, Any]) -> list[Problem]:
    return check(parse(body), FORMS, DOCUMENTS, ["known"])


def test_a_sound_process_has_no_problem() -> None:
    assert _check(_sound()) == []


def _step(**changes: object) -> Callable[[dict[str, Any]], object]:
    return lambda body: body["transitions"][1].update(changes)


def _state(**changes: object) -> Callable[[dict[str, Any]], object]:
    return lambda body: body["states"]["checked"].update(changes)


def _clock(**changes: object) -> Callable[[dict[str, Any]], object]:
    return lambda body: body["clocks"]["review"].update(changes)


def _more(**step: object) -> Callable[[dict[str, Any]], object]:
    plain = {"id": "more", "title": "另一步", "by": ["clerk"]}
    return lambda body: body["transitions"].append(plain | step)


def _invariant(**rule: object) -> Callable[[dict[str, Any]], object]:
    return lambda body: body["invariants"].append(rule)


@pytest.mark.parametrize(
    ("plant", "codes"),
    [
        (_step(id="lend"), {"WF012", "SL401"}),
        (_step(to="nowhere"), {"WF010"}),
        (_step(by=["ghost"]), {"WF011"}),
        (_state(queue=["ghost"]), {"WF011"}),
        (_step(form="loan.none"), {"WF013", "SL408"}),
        (_step(documents=["loan.none"]), {"WF014"}),
        (_step(checks=["known", "unknown"]), {"WF015"}),
        (_step(not_same_as=["ghost"]), {"WF016"}),
        (_step(assign="book"), {"WF017"}),
        (_state(phase="尾声"), {"WF018"}),
        (_step(title="准予借出"), {"WF106"}),
        (_step(when="case.ghost > 1"), {"WF201"}),
        (_step(when="case.missing"), {"WF201"}),
        (_more(**{"from": "asked", "to": "lent"}), {"WF301"}),
        (_invariant(must_pass="ghost", before="lent"), {"WF303"}),
        (_invariant(must_pass="accept", before="ghost"), {"WF303"}),
        (_invariant(must_pass_any=["accept", "take"], before="lent"), set()),
        (_invariant(never={"by": "head", "to": "lent"}, why="须复核"), {"WF302"}),
        (_invariant(never={"by": "clerk", "to": "lent"}), set()),
        (_clock(start=["ghost"]), {"SL401"}),
        (_clock(law=""), {"SL402"}),
        (_clock(stop=[]), {"SL404"}),
        (_clock(pause=["take"]), {"SL405"}),
        (_clock(**{"from": "asked_on"}), {"SL408"}),
        (_clock(until="asked_on"), {"SL408"}),
        (_clock(given={"colour": "red"}), {"SL408"}),
        (_clock(extend={"on": "take", "max": 3}), set()),
        (lambda body: body["clocks"]["review"].pop("extend"), set()),
        (lambda body: body["states"]["asked"].pop("public"), {"PU601"}),
        (lambda body: body["states"]["checked"].pop("handler"), {"AS502"}),
        (lambda body: body["states"].update(alone={"title": "孤岛", "public": "无", "handler": True}), {"WF101"}),
        (lambda body: body["states"].update(alone={"title": "孤岛", "public": "无", "end": True}), {"WF101"}),
        (lambda body: body["states"]["lent"].update(end=False, handler=True), {"WF105"}),
    ],
)
def test_planted_faults_are_found(plant: Callable[[dict[str, Any]], object], codes: set[str]) -> None:
    body = _sound()
    plant(body)

    assert {problem.code for problem in _check(body)} == codes


def test_a_loop_without_a_way_out_is_found() -> None:
    body = _sound()
    body["states"]["trap"] = {"title": "死循环", "public": "无", "handler": True}
    body["transitions"] += [
        {"id": "fall", "title": "进入", "from": "asked", "to": "trap", "by": ["clerk"]},
        {"id": "stay", "title": "原地", "from": "trap", "to": "trap", "by": ["clerk"]},
    ]

    assert [(problem.code, problem.place) for problem in _check(body)] == [("WF102", "states.trap")]


def test_the_way_round_the_law_is_shown_in_words() -> None:
    body = _sound()
    body["transitions"].append({"id": "rush", "title": "直接借出", "from": "asked", "to": "lent", "by": ["clerk"]})

    (problem,) = _check(body)

    assert "申请 → 待受理 → 直接借出 → 已借出（借阅规则第二条）" in problem.message
    assert problem.severity == "error"
