"""Who is proposed as a case's handler: the candidates ranked, the ranking kept with the step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import joinedload

from saas import clock
from saas.cases.assigning_queries import list_candidates
from saas.cases.context import code_lists
from saas.cases.models import Case
from saas.crypto import blind
from saas.db.session import db
from saas.domain import form_for
from saas.fields.form import FieldDefinition
from saas.identity.models import User
from saas.workflow import assignment
from saas.workflow.assignment import Candidate, Ranked, Ranking, Wanted
from saas.workflow.process import Assignment, Definition, Transition, Way
from saas.workflow.queries import current_definitions, get_definition


@dataclass(frozen=True)
class Proposal:
    """How the candidates stand, and their accounts by id: one of them is the handler a moment later."""

    ranking: Ranking
    users: Mapping[str, User]


def proposal_for(case: Case, transition: Transition) -> Proposal | None:
    """How the candidates of a step stand for a case now; None where the step proposes nobody."""
    rule = transition.propose
    if rule is None:
        return None
    asked = _skill_field(get_definition(case.process_id), rule.skill)
    list_key = asked.list if asked else None
    with db.session.no_autoflush:
        rows = list_candidates(case, rule.role, list_key)
    wanted, seed = _wanted(case, rule, list_key), seed_of(case, transition)
    ranking = assignment.rank(rule, map(_candidate, rows), wanted, seed)
    return Proposal(ranking, {str(row.User.id): row.User for row in rows})


def ranking_for(case: Case, transition: Transition) -> Ranking | None:
    """The same without the accounts."""
    found = proposal_for(case, transition)
    return found.ranking if found else None


def account(proposal: Proposal | None, user_id: str) -> User:
    """The account of whom a step gives the case to."""
    known = proposal.users.get(user_id) if proposal else None
    if known is not None:
        return known
    with db.session.no_autoflush:
        return db.session.get_one(User, UUID(user_id), options=[joinedload(User.person)])


def seed_of(case: Case, transition: Transition) -> str:
    """The seed of a draw: nobody outside the program can know it before, and drawing again gives the same."""
    return blind.index_of("step_taken.proposal", f"{case.id} {transition.id} {case.revision}").hex()


def suggested(case: Case, ranking: Ranking | None) -> str | None:
    """Who stands in the form to begin with: the present handler, whoever chose him, else who is proposed."""
    if case.handler_id is not None:
        return str(case.handler_id)
    return ranking.proposed.id if ranking and ranking.proposed else None


def keep(ranking: Ranking, chosen: str | None) -> dict[str, Any]:
    """A ranking as it is kept with the step: who was where and why, the seed, and who was taken in the end."""
    return {
        "strategy": ranking.strategy,
        "seed": ranking.seed,
        "ranked": [vars(one) for one in ranking.ranked],
        "chosen": chosen,
    }


def kept(proposal: Mapping[str, Any]) -> Ranking:
    """A ranking as it was kept."""
    ranked = tuple(Ranked(**one) for one in proposal["ranked"])
    return Ranking(proposal["strategy"], ranked, proposal["seed"])


def agrees(ranking: Ranking) -> bool:
    """Whether a kept draw comes out the same when it is drawn again from its seed."""
    free = [one.id for one in ranking.ranked if one.place is not None]
    return ranking.seed is None or assignment.drawn(free, ranking.seed) == free


def skill_lists() -> dict[str, tuple[str, Sequence[tuple[str, str]]]]:
    """What the processes in force ask people to be good at: by the key of the list its title and entries."""
    found: dict[str, tuple[str, Sequence[tuple[str, str]]]] = {}
    for definition in current_definitions():
        rules = (step.propose for step in definition.all_transitions if step.propose)
        for asked in (_skill_field(definition, rule.skill) for rule in rules):
            if asked and asked.list:
                found[asked.list] = (f"专长：{asked.label}", code_lists(definition.domain).get(asked.list, ()))
    return found


def _skill_field(definition: Definition, field_id: str | None) -> FieldDefinition | None:
    """The field that names a skill, as a step of the process asks for it: others of the line may call theirs alike."""
    steps: list[Way | Transition] = [*definition.opens, *definition.all_transitions]
    keys = dict.fromkeys(step.form for step in steps if step.form)
    fields = (one for key in keys for one in form_for(definition, key).fields)
    return next((one for one in fields if one.id == field_id and one.list), None)


def _wanted(case: Case, rule: Assignment, list_key: str | None) -> Wanted:
    skill = case.data.get(rule.skill) if rule.skill else None
    title = dict(code_lists(case.domain).get(list_key or "", ())).get(str(skill), "")
    area = case.data.get("area")
    return Wanted(str(skill) if skill else None, title, str(area) if area else None)


def _candidate(row: Row[Any]) -> Candidate:
    return Candidate(
        str(row.User.id),
        row.User.person.name,
        frozenset(row.skills or ()),
        tuple(row.areas or ()),
        row.open_cases,
        row.load or 0,
        clock.local(row.last_at).date() if row.last_at else None,
        row.away_until,
        row.recused,
        row.User.case_cap,
    )
