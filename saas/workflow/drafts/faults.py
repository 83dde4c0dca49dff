"""What stands against publishing a draft."""

import hashlib
from collections.abc import Sequence

from saas.errors import RefusedError
from saas.workflow import definition, inspecting, surroundings
from saas.workflow.drafts.queries import versions_around
from saas.workflow.engine import Reason
from saas.workflow.examples import problems_of_scenarios
from saas.workflow.models import Draft
from saas.workflow.problem import Problem
from saas.workflow.process import Definition


def problems_of(draft: Draft) -> list[Problem]:
    """Everything wrong with a draft, with its surroundings; a body that cannot be read has only those of its shape."""
    try:
        parsed = definition.parse(draft.body)
    except definition.DefinitionError as error:
        return error.problems
    found = inspecting.problems_of(parsed)
    if not any(problem.severity == "error" for problem in found):
        found += problems_of_scenarios(parsed, draft.body)  # nothing can be played on what does not hold together
    return [*found, *_behind(parsed), *_overtaken(draft)]


def _behind(parsed: Definition) -> list[Problem]:
    """A fault where the law's pack has a newer version than the one the draft stands on.

    Where the old pack was not kept, nothing can be merged: the draft was compared with the new one; this is a doubt.
    """
    newest, since = surroundings.pack(parsed.key), surroundings.stands_on(parsed)
    if newest is None or newest["version"] <= since:
        return []
    severity = "error" if surroundings.earlier_pack(parsed.key, since) else "warning"
    told = f"法定流程已有第{newest['version']}版，这份草稿仍依据第{since}版"
    message = f"{told}，请先到“新版法定流程”页面采用新版，再在新的草稿里修改"
    return [Problem("VR902", severity, "definition", message)]


def refuse_faults(problems: Sequence[Problem], title: str = "流程还有问题，不能发布") -> None:
    """Refuse with all faults at once.

    Raises:
        RefusedError: There are faults.
    """
    faults = [problem for problem in problems if problem.severity == "error"]
    if faults:
        reasons = [Reason(fault.code, fault.message, field=fault.place) for fault in faults]
        raise RefusedError(reasons, title=title)


def mark_of(problem: Problem) -> str:
    """A short name for a warning that stays the same as long as what it says."""
    said = f"{problem.code} {problem.place} {problem.message}"
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _overtaken(draft: Draft) -> list[Problem]:
    """A doubt where somebody published another version since the draft was begun."""
    began, last = versions_around(draft)
    if last is None or last == began:
        return []
    message = f"草稿从第{began or 0}版开始修改，其间第{last}版已经发布，发布这份草稿会盖过那一版的改动，请对照后确认"
    return [Problem("VR901", "warning", "definition", message)]
