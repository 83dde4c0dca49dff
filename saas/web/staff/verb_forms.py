"""What a verb asks, as a form: whom, where to, which step, and why."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from saas.cases import engine_view, queries, recusing
from saas.cases.access import roles_on
from saas.cases.models import Case
from saas.fields.form import FieldDefinition, FormDefinition, PageDefinition
from saas.identity import queries as identity
from saas.identity.actor import Actor
from saas.identity.models import User
from saas.identity.sessions import actor_of
from saas.workflow.engine import ActorView
from saas.workflow.engine_acts import TITLES, can_go_on, extensible
from saas.workflow.engine_path import goals
from saas.workflow.engine_regions import leaving
from saas.workflow.engine_signing import signing_of
from saas.workflow.engine_values import OUTER
from saas.workflow.process import Definition
from saas.workflow.queries import get_definition

LONGEST = 500  # characters of a reason
WHOLE_CASE = "case"
"""How a form names the case's own task beside those of regions."""
Asked = list[FieldDefinition]


def verb_form(case: Case, verb: str, *, by: Actor) -> FormDefinition:
    """The form of a verb in a case, with the people, states and steps that can be chosen."""
    definition = get_definition(case.process_id)
    fields = tuple(ASKED[verb](case, definition, by))
    return FormDefinition(f"verb.{verb}", TITLES[verb], (PageDefinition("main", TITLES[verb], fields),))


def people(case: Case, definition: Definition, by: Actor, *, who_go_on: bool) -> list[tuple[str, str]]:
    """Who else works on such cases where the case lies; with `who_go_on` only those who could take a next step.

    Who keeps out of the case is not among them.
    """
    roles = {role for step in definition.all_transitions for role in step.by}
    view, out = engine_view.view_of(case), {str(by.id), *recusing.recused(case)}
    return [
        (str(user.id), user.person.name)
        for user in identity.list_holders(roles, case.unit_path)
        if str(user.id) not in out and (held := roles_on(actor_of(user), case))
        if not who_go_on or can_go_on(definition, view, ActorView(str(user.id), held))
    ]


def chosen(user_id: str) -> User:
    """The person a form names, one of those it offered."""
    return identity.get_user(UUID(user_id))


def region_of(values: dict[str, Any]) -> str:
    """The region a form names; the case itself where there was nothing to choose."""
    found = str(values.get("region") or WHOLE_CASE)
    return OUTER if found == WHOLE_CASE else found


def _handed(case: Case, definition: Definition, by: Actor, *, label: str) -> Asked:
    others = people(case, definition, by, who_go_on=True)
    return [*_regions(case), _choice("person", label, others), _reason()]


def _returned(case: Case, _definition: Definition, _by: Actor) -> Asked:
    return [*_regions(case), _reason("办理情况", required=False)]


def _told(case: Case, definition: Definition, by: Actor) -> Asked:
    others = people(case, definition, by, who_go_on=False)
    return [_choice("person", "抄送给谁", others), _reason("附言", required=False)]


def _cosigned(case: Case, definition: Definition, by: Actor) -> Asked:
    steps = [(step.id, step.title) for step, _ in leaving(definition, engine_view.view_of(case))]
    others = people(case, definition, by, who_go_on=False)
    return [
        _choice("action", "哪一步办理以前要加签", steps),
        _choice("person", "请谁签署", others),
        _reason(required=False),
    ]


def _signed(case: Case, definition: Definition, by: Actor) -> Asked:
    view, actor = engine_view.view_of(case), engine_view.actor_view(case, by)
    signings = (signing_of(definition, view, step) for step, _ in leaving(definition, view))
    mine = [(one.transition.id, one.transition.title) for one in signings if one and one.place_for(actor)]
    opinions = (("yes", "同意"), ("no", "不同意"))
    asked = FieldDefinition("agreed", "意见", "radio", required=True, options=opinions)
    return [
        _choice("action", "签署哪一步", mine),
        asked,
        _reason("说明", required=False, hint="不同意的，请写明理由。"),
    ]


def _numbered(_case: Case, _definition: Definition, _by: Actor, *, label: str, required: bool) -> Asked:
    number = FieldDefinition("number", label, "text", required=True, max_length=40)
    return [number, _reason(required=required)]


def _sent_back(case: Case, definition: Definition, _by: Actor) -> Asked:
    states = [(id_, definition.states[id_].title) for id_ in goals(definition, engine_view.view_of(case).log)]
    hint = "退回以后，后面的步骤要重新办理。"
    return [_choice("to", "退回到哪一个环节", states, hint=hint), _reason()]


def _why(_case: Case, _definition: Definition, _by: Actor, *, required: bool = True) -> Asked:
    return [_reason(required=required)]


def _extended(case: Case, definition: Definition, _by: Actor) -> Asked:
    most = max((rule["extend"]["max"] for rule in extensible(definition, engine_view.view_of(case))), default=1)
    hint = f"按期限的单位填写，最多{most}。"
    days = FieldDefinition("days", "延长多少", "integer", required=True, minimum=1, maximum=most, hint=hint)
    return [days, _reason()]


def _regions(case: Case) -> Asked:
    """Which of several tasks is meant; asked only where there are several."""
    waiting = [task for task in queries.list_open_tasks(case) if not (task.region or "").startswith("@")]
    options = [(task.region or WHOLE_CASE, task.title) for task in waiting]
    return [_choice("region", "哪一项工作", options)] if len(options) > 1 else []


def _choice(id_: str, label: str, options: Iterable[tuple[str, str]], hint: str | None = None) -> FieldDefinition:
    return FieldDefinition(id_, label, "choice", required=True, options=tuple(options), hint=hint)


def _reason(label: str = "理由", *, required: bool = True, hint: str | None = None) -> FieldDefinition:
    return FieldDefinition("reason", label, "longtext", required=required, max_length=LONGEST, hint=hint)


ASKED: dict[str, Callable[[Case, Definition, Actor], Asked]] = {
    "pass_on": partial(_handed, label="转给谁办理"),
    "delegate": partial(_handed, label="委派给谁"),
    "hand_back": _returned,
    "copy": _told,
    "cosign": _cosigned,
    "sign": _signed,
    "link": partial(_numbered, label="另一件案件的编号", required=False),
    "merge": partial(_numbered, label="并入哪一件案件（编号）", required=True),
    "send_back": _sent_back,
    "withdraw": _why,
    "suspend": _why,
    "resume": partial(_why, required=False),
    "extend": _extended,
}
