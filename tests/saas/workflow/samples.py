"""A small process used by the tests of the workflow."""

from copy import deepcopy
from typing import Any

from saas.workflow.definition import Definition, parse

BODY: dict[str, Any] = {
    "format": "casework/1",
    "key": "library.loan",
    "title": "借阅",
    "version": 1,
    "domain": "library",
    "initial": "asked",
    "roles": {"reader": "读者", "clerk": "馆员", "head": "馆长"},
    "phases": ["申请", "审批"],
    "fields": {"case.missing": "int", "case.flags": "list", "form.days": "int"},
    "opens": [{"id": "ask", "title": "申请", "by": ["reader"], "form": "loan.ask", "documents": ["loan.request"]}],
    "states": {
        "asked": {"title": "待受理", "public": "已收到", "queue": ["clerk"], "phase": "申请"},
        "checked": {"title": "待审批", "public": "审批中", "handler": True, "phase": "审批"},
        "lent": {"title": "已借出", "public": "已借出", "end": True, "outcome": "lent"},
    },
    "transitions": [
        {
            "id": "accept",
            "title": "受理",
            "from": "asked",
            "to": "checked",
            "by": ["clerk"],
            "form": "loan.accept",
            "assign": "handler",
            "when": [{"that": "case.missing == 0", "refuse": "请先补齐材料。", "law": "借阅规则第一条"}],
            "flags": {"set": ["checked"], "clear": ["urgent"]},
            "message": {"to": "citizen", "title": "已受理", "body": "请等待。"},
        },
        {"id": "take", "title": "领办", "from": "checked", "to": "checked", "by": ["clerk"], "assign": "actor"},
        {
            "id": "lend",
            "title": "准予借出",
            "from": ["checked"],
            "to": "lent",
            "by": ["head"],
            "only": "handler",
            "not_same_as": ["accept"],
            "comment": "required",
            "file": "card",
            "law": "借阅规则第二条",
            "documents": ["loan.slip"],
        },
    ],
    "clocks": {
        "review": {
            "title": "审批期限",
            "kind": "duty",
            "n": 7,
            "unit": "day",
            "start": ["ask"],
            "stop": ["lend"],
            "extend": {"on": "take", "field": "days", "max": 3},
            "warn": ["80%"],
            "law": "借阅规则第三条",
        }
    },
    "invariants": [{"must_pass": "accept", "before": "lent", "law": "借阅规则第二条"}],
}


def body() -> dict[str, Any]:
    """A copy of the sample that may be changed."""
    return deepcopy(BODY)


def definition(**changes: Any) -> Definition:  # noqa: ANN401  any part of the sample
    """The parsed sample, with some top-level parts replaced."""
    return parse(body() | changes)
