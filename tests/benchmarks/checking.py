"""What checking a definition costs, from its text to its findings, beside reading the same YAML alone.

``python -m tests.benchmarks.checking`` prints the rows alone; :func:`measure` from elsewhere.
"""

import json
import sys
from statistics import median
from typing import Any

import yaml

from saas import strict_yaml
from saas.workflow import expr
from saas.workflow.checks import check
from saas.workflow.definition import parse, read_text
from tests.benchmarks.measures import MILLISECONDS, Row, seconds

SHORT, LONG = 12, 500  # steps
TARGETS = {SHORT: 100, LONG: 500}  # milliseconds


def measure(turns: int = 20) -> list[Row]:
    """A definition of 12 steps and one of 500, compiled guards forgotten before every turn.

    Args:
        turns: How often each is timed.
    """
    return [_row(steps, max(3, turns if steps == SHORT else turns // 4)) for steps in (SHORT, LONG)]


def _row(steps: int, turns: int) -> Row:
    text = yaml.safe_dump(definition(steps), allow_unicode=True, sort_keys=False)
    value = median(seconds(lambda: _checked(text)) * MILLISECONDS for _ in range(turns))
    floor = median(seconds(lambda: strict_yaml.read_text(text)) * MILLISECONDS for _ in range(turns))
    faults = [problem for problem in _checked(text) if problem.severity == "error"]
    return Row(
        f"check_{steps}",
        round(value, 2),
        "ms",
        round(floor, 2),
        round(value / floor, 2),
        turns,
        equal=not faults,
        target=f"<= {TARGETS[steps]} ms",
    )


def _checked(text: str) -> list[Any]:
    expr._compile.cache_clear()  # what somebody has just typed was never compiled before
    return check(parse(read_text(text)), {}, [], [])


def definition(steps: int) -> dict[str, Any]:
    """A process of so many steps: a line with ways back, guards, limits, separate duties and a law every ten."""
    names = [f"s{n}" for n in range(steps // 2 + 1)]
    states: dict[str, Any] = {
        name: {"title": f"第{n}步", "public": "办理中", "queue": ["clerk"]} for n, name in enumerate(names)
    }
    states[names[-1]] = {"title": "办结", "public": "已办结", "end": True}
    forward = [
        {"id": f"go_{n}", "title": f"办理{n}", "from": names[n], "to": names[n + 1], "by": ["clerk", "head"],
         "form": "own.note", "when": [{"that": f"case.amount >= {n} || case.urgent", "refuse": "还不具备条件。"}],
         "not_same_as": [f"go_{n - 1}"] if n else []}
        for n in range(len(names) - 1)
    ]  # fmt: skip
    back = [
        {
            "id": f"back_{n}",
            "title": "退回",
            "from": names[n],
            "to": names[n - 1],
            "by": ["head"],
            "comment": "required",
        }
        for n in range(1, steps - len(forward) + 1)
    ]
    tenth = [step["id"] for step in forward[::10]]
    fields = [
        {"id": "amount", "label": "金额", "type": "money", "required": True, "store": "case"},
        {"id": "urgent", "label": "紧急", "type": "boolean", "required": True, "store": "case"},
    ]
    return {
        "format": "casework/1", "key": "bench.line", "title": "长流程", "version": 1, "domain": "bench",
        "initial": names[0], "roles": {"clerk": "经办", "head": "负责人"},
        "fields": {"case.amount": "int", "case.urgent": "bool"},
        "opens": [{"id": "open", "title": "登记", "by": ["clerk"], "form": "own.note"}],
        "states": states, "transitions": [*forward, *back],
        "clocks": {
            f"c_{id_}": {"title": "期限", "kind": "duty", "n": 7, "unit": "day", "start": [id_],
                         "stop": [forward[-1]["id"]], "law": "某规定"}
            for id_ in tenth[:-1]
        },
        "invariants": [{"must_pass": id_, "before": names[-1], "law": "某规定"} for id_ in tenth],
        "forms": [{"key": "own.note", "title": "登记", "pages": [{"id": "note", "title": "登记", "fields": fields}]}],
    }  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(json.dumps([row.as_dict() for row in measure()], indent=2) + "\n")
