"""What a plan would do with every running case: the dry run."""

from functools import lru_cache
from uuid import UUID

from sqlalchemy import insert

from saas import clock
from saas.cases.models import Case
from saas.cases.timing import Entered
from saas.db.session import db
from saas.moving import queries
from saas.moving.models import Move, MovedCase
from saas.workflow import verdicts
from saas.workflow.difference import only_words
from saas.workflow.queries import get_definition, get_version
from saas.workflow.replay import Taken
from saas.workflow.verdicts import BLOCKED, Names, Standing, Verdict

MOVED = "@moved"
"""The entry in the log of a case that was moved."""


def judge_all(move: Move) -> None:
    """Write down the verdict on every running case of the plan's version; changes no case."""
    judge = _Judge(move)
    for cases in queries.running_cases(move.from_id):
        db.session.execute(insert(MovedCase), [_row(move, case, judge(case)) for case in cases])


def judge_one(move: Move, case: Case) -> Verdict:
    """The verdict on one case as it stands now."""
    return _Judge(move)(case)


class _Judge:
    """A plan with its two versions read."""

    def __init__(self, move: Move) -> None:
        """Read both versions."""
        self._old, self._new = get_definition(move.from_id), get_definition(move.to_id)
        self._names = Names(move.names["states"], move.names["steps"])
        self._words_only = _differ_in_words(move.from_id, move.to_id)

    def __call__(self, case: Case) -> Verdict:
        """The verdict on a case."""
        return verdicts.judge(self._old, self._new, standing(case), self._names, words_only=self._words_only)


@lru_cache(maxsize=256)
def _differ_in_words(old: UUID, new: UUID) -> bool:
    """Compared once per process: what is published never changes."""
    return only_words(get_version(old).body, get_version(new).body)


def standing(case: Case) -> Standing:
    """A case as the verdict sees it: the steps that count, and where earlier plans put it.

    What was withdrawn or sent back past has to be gone through again and is left out, with the verbs that say so.
    What was entered is opened only where a condition asks for it.
    """
    taken = [
        Taken(step.action, step.actor_id, Entered(step), clock.local(step.happened_at).date(), step.to_state)
        for step in case.steps
        if step.drawn or step.action == MOVED
    ]
    return Standing(case.state, taken, case.regions or {})


def _row(move: Move, case: Case, verdict: Verdict) -> dict[str, object]:
    return {
        "move_id": move.id,
        "case_id": case.id,
        "verdict": verdict.kind,
        "from_state": case.state,
        "to_state": verdict.state,
        "reasons": list(verdict.reasons),
        "state": "kept" if verdict.kind == BLOCKED else "waiting",
        "judged": case.revision,
    }
