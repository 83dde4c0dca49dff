"""A process with everything the engine knows: regions, signatures, verbs, a table, a dated number, clocks."""

from copy import deepcopy
from typing import Any

from saas.workflow.definition import Definition, parse

CLOCK: dict[str, Any] = {
    "title": "审查期限",
    "kind": "duty",
    "n": 10,
    "unit": "day",
    "start": ["apply"],
    "stop": ["approve", "reject"],
    "pause": ["@suspend"],
    "resume": ["@resume"],
    "extend": {"on": "@extend", "field": "days", "max": 5, "times": 1, "law": "资助办法第九条"},
    "warn": ["80%"],
    "law": "资助办法第八条",
}
BODY: dict[str, Any] = {
    "format": "casework/1",
    "key": "grant.award",
    "title": "资助",
    "version": 1,
    "domain": "grant",
    "initial": "asked",
    "roles": {"applicant": "申请人", "clerk": "经办人", "expert": "评审人", "head": "负责人", "cashier": "出纳"},
    "fields": {"case.flags": "list", "form.income": "int", "case.applied_on": "date"},
    "verbs": ["pass_on", "delegate", "copy", "cosign", "link", "merge", "send_back", "withdraw", "suspend", "extend"],
    "opens": [{"id": "apply", "title": "申请", "by": ["applicant"], "form": "grant.apply"}],
    "states": {
        "asked": {"title": "待审查", "public": "已收到", "queue": ["clerk"]},
        "reviewed": {"title": "待决定", "public": "决定中", "queue": ["head"], "outcome": "reviewed"},
        "paying": {
            "title": "发放中",
            "public": "发放中",
            "handler": True,
            "regions": {
                "money": {
                    "title": "打款",
                    "initial": "wait",
                    "final": ["paid"],
                    "states": {
                        "wait": {"title": "待打款", "public": "x", "queue": ["cashier"]},
                        "paid": {"title": "已打款", "public": "x"},
                    },
                    "transitions": [
                        {"id": "pay", "title": "打款", "from": "wait", "to": "paid", "by": ["cashier"]},
                        {"id": "unpay", "title": "退款", "from": "paid", "to": "wait", "by": ["cashier"]},
                    ],
                },
                "visit": {
                    "title": "走访",
                    "initial": "open",
                    "final": ["seen"],
                    "states": {
                        "open": {"title": "待走访", "public": "x", "handler": True},
                        "seen": {"title": "已走访", "public": "x"},
                    },
                    "transitions": [
                        {
                            "id": "see",
                            "title": "登记走访",
                            "from": "open",
                            "to": "seen",
                            "by": ["clerk"],
                            "only": "handler",
                            "flags": {"set": ["visited"]},
                        }
                    ],
                },
            },
        },
        "done": {"title": "办结", "public": "办结", "end": True, "outcome": "paid"},
        "refused": {"title": "不予资助", "public": "不予资助", "end": True, "outcome": "refused"},
    },
    "transitions": [
        {
            "id": "review",
            "title": "审查通过",
            "from": "asked",
            "to": "reviewed",
            "by": ["clerk"],
            "assign": "actor",
            "flags": {"set": ["reviewed"]},
            "when": 'decision.need == "yes"',
            "law": "资助办法第五条",
        },
        {"id": "note", "title": "记录", "from": ["asked", "reviewed"], "to": "asked", "by": ["clerk"]},
        {
            "id": "remark",
            "title": "登记情况",
            "from": "reviewed",
            "to": "reviewed",
            "by": ["clerk"],
            "only": "handler",
            "flags": {"set": ["remarked"]},
        },
        {
            "id": "approve",
            "title": "同意资助",
            "from": "reviewed",
            "to": "paying",
            "by": ["head"],
            "not_same_as": ["review"],
            "sign": {"by": ["expert", "cashier"], "mode": "all"},
            "law": "资助办法第六条",
        },
        {"id": "reject", "title": "不予资助", "from": "reviewed", "to": "refused", "by": ["head"]},
        {"id": "close", "title": "办结", "from": "paying", "to": "done", "by": ["head"], "law": "资助办法第七条"},
        {"id": "stop", "title": "停止发放", "from": "paying", "to": "refused", "by": ["head"], "cancel": True},
    ],
    "decisions": {
        "need": {
            "title": "是否困难",
            "inputs": {"form.income": {"int": [0, 100_000]}},
            "rules": [
                {"if": {"form.income": [0, "$limit"]}, "then": "yes", "law": "资助办法第三条"},
                {"if": {"form.income": ["$limit+1", 100_000]}, "then": "no", "law": "资助办法第四条"},
            ],
        }
    },
    "params": {"limit": {"title": "收入标准", "values": {"2025-01-01": 2000, "2026-01-01": 3000}}},
    "clocks": {"review": CLOCK},
    "invariants": [
        {"must_pass": "review", "before": "paying"},
        {"never": {"by": "applicant", "to": "asked"}},
        {"separate": ["reject", "review"], "why": "审查与决定分开"},
    ],
}


def body() -> dict[str, Any]:
    """A copy that may be changed."""
    return deepcopy(BODY)


def definition(**changes: Any) -> Definition:  # noqa: ANN401  any part
    """The parsed process, with some top-level parts replaced."""
    return parse(body() | changes)
