"""What the box on a case's page says besides the main steps: regions, signatures, other operations, linked cases."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from saas import clock
from saas.cases import access, engine_view, queries
from saas.cases.models import Case, Task
from saas.identity.actor import Actor
from saas.workflow.engine import Available, CaseView
from saas.workflow.engine_acts import TITLES
from saas.workflow.engine_regions import leaving, standing
from saas.workflow.engine_signing import Place, Signing, signing_of
from saas.workflow.engine_values import same
from saas.workflow.engine_verbs import offered
from saas.workflow.process import Definition

LINKS = {"related": "关联案件", "merged": "并入"}


def parts(
    case: Case, definition: Definition, view: CaseView, by: Actor, allowed: Sequence[Available], *, can_act: bool
) -> dict[str, Any]:
    """Everything the box shows below the main steps; `allowed` are the steps the reader can take."""
    return {
        "regions": regions(case, definition, view, by, allowed),
        "signings": signings(case, definition, view, by, can_act=can_act),
        "verbs": verbs(case, definition, view, by) if can_act else [],
        "links": links(case),
    }


def regions(
    case: Case, definition: Definition, view: CaseView, by: Actor, allowed: Sequence[Available]
) -> list[dict[str, Any]]:
    """The things that go on side by side: where each stands, and what the reader can do in it."""
    found = definition.states[case.state].regions if case.state in definition.states else {}
    if not found:
        return []
    waiting = {task.region: task for task in queries.list_open_tasks(case)}
    now = standing(definition, case.state, view.regions)
    return [
        {
            "title": region.title,
            "state": region.states[now[id_]].title,
            "done": now[id_] in region.final,
            "steps": [one.action for one in allowed if one.region == id_],
            "take_url": _take_url(case, waiting.get(id_), by),
        }
        for id_, region in found.items()
    ]


def signings(case: Case, definition: Definition, view: CaseView, by: Actor, *, can_act: bool) -> list[dict[str, Any]]:
    """The steps that wait for signatures: who has signed, who has not, and whether the reader can."""
    actor = engine_view.actor_view(case, by)
    found = [one for step, _ in leaving(definition, view) if (one := signing_of(definition, view, step))]
    return [
        {
            "title": one.transition.title,
            "complete": one.complete,
            "how": _how(one),
            "places": [{"title": place.title, "signed": _signed(case, place)} for place in one.places],
            "against": [_opinion(case, person, one.transition.id) for person in one.against],
            "sign_url": _sign_url(case) if can_act and one.place_for(actor) else None,
        }
        for one in found
    ]


def verbs(case: Case, definition: Definition, view: CaseView, by: Actor) -> list[dict[str, str]]:
    """The verbs the reader can use now; signing stands with the signatures."""
    names = offered(definition, view, engine_view.actor_view(case, by))
    return [
        {"title": TITLES[name], "url": url_for("staff.show_verb", number=case.number, verb=name)}
        for name in names
        if name != "sign"
    ]


def links(case: Case) -> list[dict[str, str]]:
    """The cases that belong together with this one."""
    found = []
    for one in queries.list_links(case):
        other = one.other if one.case_id == case.id else one.case
        title = LINKS[one.kind] if one.kind == "related" or one.case_id == case.id else "并入本件"
        found.append({"title": title, "number": other.number, "url": url_for("staff.show_case", number=other.number)})
    return found


def verb_lines(entered: dict[str, Any]) -> list[str]:
    """What was entered with a verb, in words."""
    labels = {
        "person_name": "对象",
        "action_title": "步骤",
        "agreed_title": "意见",
        "to_title": "退回到",
        "number": "案件编号",
        "days": "延长",
        "reason": "说明",
        "missing": "没有经过",
    }
    return [f"{label}：{entered[name]}" for name, label in labels.items() if entered.get(name)]


def _take_url(case: Case, task: Task | None, by: Actor) -> str | None:
    if task is None or task.assignee_id is not None or not access.roles_on(by, case) & set(task.roles):
        return None
    return url_for("staff.take_case", number=case.number, region=task.region)


def _how(signing: Signing) -> str:
    words = {"all": "全部同意后办理", "any": "有一人同意即可办理", "sequence": "按顺序签署，全部同意后办理"}
    return words.get(signing.mode, f"{signing.ratio}%以上同意后办理")


def _signed(case: Case, place: Place) -> str | None:
    return _opinion(case, place.by, None) if place.signed else None


def _opinion(case: Case, person: object, action: str | None) -> str:
    """The last signature of a person: name and moment, with what was said."""
    for step in reversed(case.steps):
        if step.action == "@sign" and same(step.actor_id, str(person)) and action in (None, step.input["action"]):
            said = f"：{step.input['reason']}" if action and step.input.get("reason") else ""
            return f"{step.actor_name} {clock.local(step.happened_at):%m-%d %H:%M}{said}"
    return ""


def _sign_url(case: Case) -> str:
    return url_for("staff.show_verb", number=case.number, verb="sign")
