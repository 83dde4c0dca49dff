"""Answers of the wizard, page by page: what a body says now, and the body with other answers."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from saas.workflow.process import OWN
from saas.workflow.sketch.beginning import (
    CITIZEN,
    CITIZEN_TITLE,
    CLOCK,
    END,
    STATES,
    STEPS,
    WAY,
    Body,
    code_of,
    time_words,
)

HEAD = re.compile(r"([A-Z][A-Z0-9]{1,5})-\{year\}-\{n:04\}")


@dataclass(frozen=True)
class Stages:
    """The three steps in the words of staff and of citizens, and whether another person has to take the last."""

    titles: tuple[str, ...]
    words: tuple[str, ...]
    done_words: str
    other_person: bool


def fits(body: Mapping[str, Any]) -> bool:
    """Whether the wizard can still ask about a body: the parts it made are there."""
    if body.get("domain") != OWN:
        return False
    steps = {one["id"] for one in body["transitions"]}
    forms = {one["key"] for one in body.get("forms", ())}
    known = {*STEPS} <= steps and {*STATES, END} <= set(body["states"]) and CLOCK in body.get("clocks", {})
    return known and _find_way(body) is not None and code_of(body["key"], WAY) in forms and bool(body.get("papers"))


def way_of(body: Mapping[str, Any]) -> Body:
    """The way in that the wizard made."""
    found = _find_way(body)
    assert found is not None, "only a body that fits is asked about"
    return found


def _find_way(body: Mapping[str, Any]) -> Body | None:
    return next((one for one in body["opens"] if one["id"] == WAY), None)


def step_of(body: Mapping[str, Any], step: str) -> Body:
    """One of the three steps."""
    found: Body = next(one for one in body["transitions"] if one["id"] == step)
    return found


def people_of(body: Mapping[str, Any]) -> dict[str, list[str]]:
    """The roles that register and that take each step."""
    register = [role for role in way_of(body)["by"] if role != CITIZEN]
    return {WAY: register, **{step: [*step_of(body, step)["by"]] for step in STEPS}}


def with_people(body: Mapping[str, Any], by: Mapping[str, Sequence[str]], titles: Mapping[str, str]) -> Body:
    """The body with other roles; ``titles`` are those of the city's roles."""
    made = deepcopy(dict(body))
    citizen = [CITIZEN] if CITIZEN in way_of(made)["by"] else []
    way_of(made)["by"] = [*citizen, *by[WAY]]
    for step, state in zip(STEPS, STATES, strict=True):
        step_of(made, step)["by"] = [*by[step]]
        made["states"][state]["queue"] = [*by[step]]
    roles = made["roles"] | {role: titles[role] for some in by.values() for role in some}
    made["roles"] = {role: title for role, title in roles.items() if role not in titles or role in _acting(made)}
    return made


def _acting(body: Mapping[str, Any]) -> set[str]:
    """The roles that something is left to."""
    steps = [*body["opens"], *body["transitions"]]
    return {role for one in (*(step["by"] for step in steps), *_queues(body)) for role in one}


def _queues(body: Mapping[str, Any]) -> list[list[str]]:
    return [state.get("queue", []) for state in body["states"].values()]


def stages_of(body: Mapping[str, Any]) -> Stages:
    """The three steps as they are called."""
    states = body["states"]
    return Stages(
        tuple(step_of(body, step)["title"] for step in STEPS),
        tuple(states[state].get("public", "") for state in STATES),
        states[END].get("public", ""),
        bool(step_of(body, STEPS[-1]).get("not_same_as")),
    )


def with_stages(body: Mapping[str, Any], stages: Stages) -> Body:
    """The body with its steps called otherwise; phases follow the steps."""
    made = deepcopy(dict(body))
    renamed = dict(zip(stages_of(body).titles, stages.titles, strict=True))
    for step, state, title, words in zip(STEPS, STATES, stages.titles, stages.words, strict=True):
        step_of(made, step)["title"] = title
        made["states"][state] |= {"title": f"待{title}", "public": words}
    made["states"][END]["public"] = stages.done_words
    made["phases"] = [renamed.get(phase, phase) for phase in made.get("phases", ())]
    for state in made["states"].values():
        if "phase" in state:
            state["phase"] = renamed.get(state["phase"], state["phase"])
    last = step_of(made, STEPS[-1])
    last.pop("not_same_as", None)
    if stages.other_person:
        last["not_same_as"] = [STEPS[1]]
    return made


def limit_of(body: Mapping[str, Any]) -> Body:
    """The limit: n, unit, law, public."""
    clock: Body = body["clocks"][CLOCK]
    return clock


def with_limit(body: Mapping[str, Any], *, n: int, unit: str, law: str, public: bool) -> Body:
    """The body with another limit; the page for citizens says so too, unless somebody worded it otherwise."""
    made = deepcopy(dict(body))
    page, before = made.get("page"), made["clocks"][CLOCK]
    if page and page.get("time") == time_words(before["n"], before["unit"]):
        page["time"] = time_words(n, unit)
    before |= {"n": n, "unit": unit, "law": law, "public": public}
    return made


def paper_of(body: Mapping[str, Any]) -> Body:
    """The first document."""
    paper: Body = body["papers"][0]
    return paper


def paper_step(body: Mapping[str, Any]) -> str:
    """The step that makes it; empty if none of the three does."""
    code = paper_of(body)["code"]
    return next((step for step in STEPS if code in step_of(body, step).get("documents", ())), "")


def with_paper(body: Mapping[str, Any], *, title: str, paragraphs: Sequence[str], step: str, receipt: bool) -> Body:
    """The body with another document, made by another step; whoever applied is told at that step."""
    made = deepcopy(dict(body))
    paper = paper_of(made)
    paper |= {"title": title, "paragraphs": [*paragraphs], "receipt": receipt}
    for one in STEPS:
        transition = step_of(made, one)
        others = [code for code in transition.get("documents", ()) if code != paper["code"]]
        transition["documents"] = [*others, paper["code"]] if one == step else others
    told = {"to": CITIZEN, "title": f"《{title}》已经制作", "body": "文书可以联系承办机构领取。"}
    step_of(made, step).setdefault("message", told)
    return made


def head_of(body: Mapping[str, Any]) -> str:
    """The letters its case numbers begin with; empty if the number is made up otherwise."""
    found = HEAD.fullmatch(body.get("number") or "")
    return found[1] if found else ""


def with_head(body: Mapping[str, Any], head: str) -> Body:
    """The body whose case numbers begin with these letters."""
    return {**deepcopy(dict(body)), "number": f"{head}-{{year}}-{{n:04}}"}


def page_of(body: Mapping[str, Any]) -> Body | None:
    """What citizens read before they apply; None where they cannot."""
    page: Body | None = body.get("page")
    return page


def with_page(body: Mapping[str, Any], page: Mapping[str, Any] | None) -> Body:
    """The body with another page, or closed to citizens: then staff alone register."""
    made = deepcopy(dict(body))
    staff = [role for role in way_of(made)["by"] if role != CITIZEN]
    made.pop("page", None)
    if page is None:
        way_of(made)["by"] = staff
        return made
    made["page"] = {**page, "way": WAY}
    made["roles"].setdefault(CITIZEN, CITIZEN_TITLE)
    way_of(made)["by"] = [CITIZEN, *staff]
    return made


def figure_of(body: Mapping[str, Any]) -> Body:
    """The first figure; what a new one would be where there is none."""
    figure: Body = next(iter(body.get("figures", ())), {"title": "", "event": [STEPS[-1]]})
    return figure


def with_figure(body: Mapping[str, Any], *, title: str, event: str, amount_field: str | None) -> Body:
    """The body with another first figure: cases in which a step was taken, or the sum of an amount of them."""
    made = deepcopy(dict(body))
    code = figure_of(made).get("code", code_of(made["key"], "finished"))
    amount = {"amount_field": amount_field} if amount_field else {}
    made["figures"] = [{"code": code, "title": title, "event": [event], **amount}, *made.get("figures", ())[1:]]
    return made


def amounts_of(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The questions for amounts that are kept with the case, by id and label."""
    fields = (field for form in body.get("forms", ()) for page in form["pages"] for field in page["fields"])
    return [(one["id"], one["label"]) for one in fields if one["type"] == "money" and one.get("store") == "case"]


def with_title(body: Mapping[str, Any], title: str) -> Body:
    """The body called otherwise, its form and page too where they had its name."""
    made, before = deepcopy(dict(body)), body["title"]
    made["title"] = title
    for part in (*made.get("forms", ()), *filter(None, [made.get("page")])):
        if part["title"] == before:
            part["title"] = title
    return made
