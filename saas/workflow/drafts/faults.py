"""What stands against publishing a draft."""

import hashlib
from collections.abc import Callable, Sequence

from flask import Flask, current_app
from sqlalchemy import func, select

from saas.db.session import db
from saas.errors import RefusedError
from saas.workflow import definition, inspecting
from saas.workflow.engine import Reason
from saas.workflow.models import Draft, ProcessVersion
from saas.workflow.problem import Problem
from saas.workflow.process import Definition

CHECKS = "fengqiao.draft_checks"
Check = Callable[[Definition], Sequence[Problem]]
"""A check of what stands above this package, such as the examples kept with a process, which need a calendar."""


def add_check(app: Flask, check: Check) -> None:
    """Have every draft of the application checked by this too."""
    app.extensions[CHECKS] = (*app.extensions.get(CHECKS, ()), check)


def problems_of(draft: Draft) -> list[Problem]:
    """Everything wrong with a draft, with its surroundings; a body that cannot be read has only those of its shape."""
    try:
        parsed = definition.parse(draft.body)
    except definition.DefinitionError as error:
        return error.problems
    further: Sequence[Check] = current_app.extensions.get(CHECKS, ())
    return [
        *inspecting.problems_of(parsed),
        *_overtaken(draft),
        *(problem for check in further for problem in check(parsed)),
    ]


def refuse_faults(problems: Sequence[Problem]) -> None:
    """Refuse with all faults at once.

    Raises:
        RefusedError: There are faults.
    """
    faults = [problem for problem in problems if problem.severity == "error"]
    if faults:
        reasons = [Reason(fault.code, fault.message, field=fault.place) for fault in faults]
        raise RefusedError(reasons, title="流程还有问题，不能发布")


def mark_of(problem: Problem) -> str:
    """A short name for a warning that stays the same as long as what it says."""
    said = f"{problem.code} {problem.place} {problem.message}"
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _overtaken(draft: Draft) -> list[Problem]:
    """A doubt where somebody published another version since the draft was begun."""
    base = select(ProcessVersion.version).where(ProcessVersion.id == draft.base_version_id).scalar_subquery()
    newest = select(func.max(ProcessVersion.version)).where(ProcessVersion.key == draft.key).scalar_subquery()
    began, last = db.session.execute(select(base, newest)).one()
    if last is None or last == began:
        return []
    message = f"草稿从第{began or 0}版开始修改，其间第{last}版已经发布，发布这份草稿会盖过那一版的改动，请对照后确认"
    return [Problem("VR901", "warning", "definition", message)]
