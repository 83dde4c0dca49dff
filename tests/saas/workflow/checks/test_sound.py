"""Correct definitions, in which nothing may be found: a finding that is not true is a fault of the checks."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from tests.saas.workflow import packs
from tests.saas.workflow.checks import library
from tests.saas.workflow.checks.library import ACCEPT, APPROVE, LEND, REFUSE

Body: TypeAlias = dict[str, Any]
Change = Callable[[Body], object]


def again(body: Body) -> None:
    """A circle with a way out."""
    body["transitions"].append(
        {"id": "again", "title": "重新审查", "from": "packing", "to": "checked", "by": ["head"], "cancel": True}
    )


def flagged(body: Body) -> None:
    """A step that waits for a flag another sets."""
    body["transitions"].append(
        {
            "id": "urge",
            "title": "加急",
            "from": "checked",
            "to": "checked",
            "by": ["head"],
            "flags": {"set": ["urgent"]},
        }
    )
    body["transitions"].append(
        {
            "id": "rush",
            "title": "特办",
            "from": "checked",
            "to": "packing",
            "by": ["head"],
            "not_same_as": ["accept"],
            "when": [{"that": '"urgent" in case.flags', "refuse": "先加急。"}],
        }
    )
    body["clocks"]["review"]["stop"].append("rush")


def both_ways(body: Body) -> None:
    """One of two ways past the law."""
    body["transitions"].append(
        {"id": "advance", "title": "先行", "from": "asked", "to": "packing", "by": ["head"], "law": "借阅规则第九条"}
    )
    body["invariants"][0] = {"must_pass_any": ["accept", "advance"], "before": "lent", "law": "借阅规则第九条"}
    body["clocks"]["review"]["stop"].append("advance")


def two_queues(body: Body) -> None:
    body["states"]["asked"]["queue"] = ["clerk", "keeper"]


def signed(body: Body) -> None:
    body["transitions"][LEND]["sign"] = {"by": ["head", "keeper"], "mode": "sequence"}


def proposed(body: Body) -> None:
    body["transitions"][ACCEPT]["propose"] = {"role": "clerk", "strategy": "rotation", "cap": 9}


def first_hit(body: Body) -> None:
    rules = [
        {"if": {"case.kind": ["adult"]}, "then": "yes"},
        {"if": {"case.days": [0, "$longest"]}, "then": "yes"},
        {"if": {}, "then": "no"},
    ]
    body["decisions"]["allowed"] |= {"hit": "first", "rules": rules}


def yes_or_no(body: Body) -> None:
    body["decisions"]["vip"] = {
        "title": "贵宾",
        "inputs": {"case.vip": "bool"},
        "rules": [{"if": {"case.vip": [True]}, "then": "a"}, {"if": {"case.vip": [False]}, "then": "b"}],
    }


def asked_before(body: Body) -> None:
    body["transitions"][ACCEPT]["when"] = [{"that": "case.days <= params.longest", "refuse": "太长。"}]


def asked_perhaps(body: Body) -> None:
    """A guard that asks first whether there is an answer."""
    body["fields"]["case.school"] = "string"
    body["transitions"][ACCEPT]["when"] = [{"that": '!has.case.school || case.school != "x"', "refuse": "不行。"}]


def own_question(body: Body) -> None:
    body["extra_fields"] = {
        "loan.ask": [
            {
                "page": "book",
                "after": "kind",
                "field": {"id": "guardian", "label": "监护人", "type": "text", "show_if": {"kind": "child"}},
            }
        ]
    }


def right_of_readers(body: Body) -> None:
    """A right that lapses when the case is over need not be stopped."""
    body["clocks"]["objection"] = {
        "title": "异议期限",
        "kind": "right",
        "n": 15,
        "unit": "day",
        "start": ["refuse"],
        "stop": ["approve"],
        "law": "借阅规则第十条",
    }


def hours(body: Body) -> None:
    body["clocks"]["find"] = {
        "title": "找书",
        "kind": "duty",
        "n": 24,
        "unit": "hour",
        "start": ["approve"],
        "stop": ["lend", "cancel"],
        "law": "借阅规则第十一条",
        "roll": False,
    }


def no_regions(body: Body) -> None:
    del body["states"]["packing"]["regions"]
    body["invariants"].pop(1)


def nothing_but_a_step(body: Body) -> None:
    for part in ("clocks", "invariants", "decisions", "params", "papers", "figures", "page", "fields"):
        body.pop(part)
    body["forms"] = body["forms"][:1]
    body["states"] = {"asked": body["states"]["asked"], "lent": body["states"]["lent"]}
    body["transitions"] = [{"id": "lend", "title": "借出", "from": "asked", "to": "lent", "by": ["keeper"]}]


def machine(body: Body) -> None:
    """What only lapses may be done by the machine."""
    body["transitions"].append(
        {"id": "lapse", "title": "逾期未补", "from": "amending", "to": "refused", "by": ["system"]}
    )
    body["clocks"]["review"]["stop"].append("lapse")


CHANGES: list[Change] = [
    lambda body: body,
    again,
    flagged,
    both_ways,
    two_queues,
    signed,
    proposed,
    first_hit,
    yes_or_no,
    asked_before,
    asked_perhaps,
    own_question,
    right_of_readers,
    hours,
    no_regions,
    nothing_but_a_step,
    machine,
    lambda body: body["transitions"][REFUSE].update(
        when=[{"that": 'decision.allowed == "no"', "refuse": "符合条件。"}]
    ),
    lambda body: body["transitions"][APPROVE].update(
        comment="required", confirm="确定吗？", message={"to": "citizen", "title": "已准予", "body": "请来取书。"}
    ),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_nothing_is_found_in_a_sound_process(change: Change) -> None:
    body = library.body()
    change(body)

    assert library.found(body) == []


@pytest.mark.parametrize("name", packs.NAMES)
def test_nothing_is_found_in_a_pack(name: str) -> None:
    assert packs.found(name, packs.pack(name)) == []


@pytest.mark.parametrize("name", packs.CITIES)
def test_nothing_is_found_in_a_city_on_its_pack(name: str) -> None:
    assert packs.found(name, packs.city(name)) == []
