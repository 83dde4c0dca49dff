"""Who is, or was, proposed as handler, as plain values for the pages."""

from typing import Any

from saas import clock
from saas.cases import assigning
from saas.cases.models import Case
from saas.workflow.assignment import STRATEGIES, Ranking


def proposal(ranking: Ranking | None) -> dict[str, Any] | None:
    """The order of the candidates beside the form of a step; None where nobody is proposed."""
    if ranking is None:
        return None
    return {
        "strategy": STRATEGIES[ranking.strategy],
        "nobody": ranking.proposed is None,
        "rows": [{"place": one.place or "—", "name": one.name, "reason": one.reason} for one in ranking.ranked],
    }


def why(case: Case) -> dict[str, Any] | None:
    """Why the last choice fell on the present handler, as it was kept with the step; None where it was not."""
    step = next((one for one in reversed(case.steps) if one.proposal), None)
    if step is None or step.proposal is None or case.handler is None:
        return None
    ranking = assigning.kept(step.proposal)
    first, chosen = ranking.proposed, step.proposal["chosen"]
    as_proposed = first is not None and first.id == chosen
    return {
        **(proposal(ranking) or {}),
        "by": f"{clock.local(step.happened_at):%Y-%m-%d %H:%M} {step.actor_name}",
        "handler": case.handler.person.name,
        "verdict": _verdict(first.name if first else None, as_proposed=as_proposed),
        "seed": ranking.seed,
        "agrees": assigning.agrees(ranking),
    }


def _verdict(first: str | None, *, as_proposed: bool) -> str:
    if first is None:
        return "当时没有可以承办的人，由经办人指定。"
    return "按系统建议的人选确定。" if as_proposed else f"系统建议{first}，由经办人另行指定。"
