"""Whether every limit has its law, its steps, its fields, starts, and stops before a case is over (SL401 to SL408)."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, TypeAlias

import networkx as nx

from saas.workflow.checks.graph import START, Graph, Node, in_words
from saas.workflow.checks.matter import Matter
from saas.workflow.checks.walking import shortest
from saas.workflow.engine_acts import EXTEND, RESUME, SUSPEND
from saas.workflow.problem import Problem, error, warning

Rule: TypeAlias = Mapping[str, Any]
_DAYS = {"day": 1, "workday": 2, "month": 31, "hour": 0}
"""Days that a unit takes at most, roughly: enough to say whether the calendar reaches."""


def check(matter: Matter) -> Iterator[Problem]:
    """Every limit taken by itself."""
    verbs = _verbs(matter)
    for id_, rule in matter.definition.clocks.items():
        place = f"clocks.{id_}"
        for action in _actions(rule):
            if action not in matter.by_id and action not in verbs:
                yield error("SL401", place, f"没有步骤“{action}”，请改正计时的起止")
        yield from _setting(matter, place, rule)
        if not rule.get("law"):
            yield error("SL402", place, "没有写明依据，请填写法律或者规定的条款")
        if not rule["stop"]:
            yield warning("SL404", place, "没有写明哪一步停止计时，会一直计下去，请选择停止的步骤")
        if bool(rule["pause"]) != bool(rule["resume"]):
            yield error("SL405", place, "中止与恢复计时必须成对，请补全")
        yield from _warnings(place, rule)
        yield from _fields(matter, place, rule)
    yield from _horizon(matter)


def _verbs(matter: Matter) -> set[str]:
    """Built-in verbs a clock may name, where they are on: they leave entries in a case's log as steps do."""
    on = {verb for state in matter.definition.states for verb in matter.definition.verbs_at(state)}
    return ({SUSPEND, RESUME} if "suspend" in on else set()) | ({EXTEND} if "extend" in on else set())


def _actions(rule: Rule) -> list[str]:
    extend = [rule["extend"]["on"]] if rule.get("extend") else []
    return [*rule["start"], *rule["stop"], *rule["pause"], *rule["resume"], *extend]


def _setting(matter: Matter, place: str, rule: Rule) -> Iterator[Problem]:
    limits = matter.around.limits
    if rule.get("setting") and limits is not None and rule["setting"] not in limits:
        yield error("SL401", place, f"没有参数“{rule['setting']}”，请改为填写期限的长度")


def _warnings(place: str, rule: Rule) -> Iterator[Problem]:
    shares = [int(share.rstrip("%")) for share in rule["warn"]]
    if 100 in shares:  # noqa: PLR2004  per cent
        yield warning("SL406", place, "提醒设在期限的最后，提醒时已经到期，请设得早一些")
    if len(set(shares)) < len(shares):
        yield warning("SL406", place, "有两个相同的提醒，请去掉一个")


def _fields(matter: Matter, place: str, rule: Rule) -> Iterator[Problem]:
    """The fields a clock reads must be asked by the steps it reads them from.

    A step that does not ask starts or stops the clock on the day it is taken.
    """
    wanted: list[tuple[str, str | None]] = []
    # What a limit presupposes may have been answered at any step before the one it starts with.
    for field in rule.get("given", {}):
        known = any(matter.asks(step, field) for _, step in matter.steps())
        wanted += [] if known else [(rule["start"][0], field)]
    for field, actions in ((rule.get("from"), rule["start"]), (rule.get("until"), rule["stop"] or rule["start"])):
        asked = [action for action in actions if field and matter.asks(matter.by_id.get(action), field)]
        wanted += [] if asked else [(actions[0], field)]
    if rule.get("extend"):
        wanted.append((rule["extend"]["on"], rule["extend"].get("field")))
    for action, field in wanted:
        step = matter.by_id.get(action)
        if step and field and not matter.asks(step, field):
            yield error("SL408", place, f"“{step.title}”的表单里没有字段“{field}”，请补上或改正")


def _horizon(matter: Matter) -> Iterator[Problem]:
    """One doubt for all limits that reach beyond the published calendar."""
    today, until = matter.around.today, matter.around.calendar_until
    if today is None or until is None:
        return
    rules = matter.definition.clocks.values()
    beyond = [rule["title"] for rule in rules if rule.get("n") and today + timedelta(_reach(rule)) > until]
    if beyond:
        words = "、".join(dict.fromkeys(beyond))
        yield warning("SL407", "clocks", f"放假安排只公布到{until}，“{words}”以后的日期是暂算的，公布后请导入工作日历")


def _reach(rule: Rule) -> int:
    return int(rule["n"]) * _DAYS[rule["unit"]]


def check_paths(matter: Matter) -> Iterator[Problem]:
    """Limits that never start, or run on when the case is over."""
    graph = _with_inner(matter)
    reached = nx.descendants(graph, START)
    ends = {("state", state.id) for state in matter.definition.states.values() if state.end}
    for id_, rule in matter.definition.clocks.items():
        starts = [("step", one) for one in rule["start"] if ("step", one) in reached]
        place = f"clocks.{id_}"
        if not starts and all(one in matter.by_id for one in rule["start"]):
            yield error("SL403", place, "起算的步骤都走不到，期限不会开始，请改正")
        stops = {("step", one) for one in rule["stop"]}
        if rule["stop"] and rule["kind"] in {"duty", "fixed"}:
            yield from _unstopped(matter, place, shortest(graph, starts, ends, stops))
        resumed = stops | {("step", one) for one in rule["resume"]}
        paused = [("step", one) for one in rule["pause"] if ("step", one) in reached]
        if rule["resume"] and (path := shortest(graph, paused, ends, resumed)):
            words = in_words(matter.definition, path)
            yield warning("SL405", place, f"可以中止以后不恢复就办结：{words}，请让它经过恢复或者停止的步骤")


def _unstopped(matter: Matter, place: str, path: list[Node] | None) -> Iterator[Problem]:
    if path:
        words = in_words(matter.definition, path)
        yield warning("SL404", place, f"办结时还在计时：{words}，请把其中一步设为停止计时")


def _with_inner(matter: Matter) -> Graph:
    """The flat graph with the steps of regions as circles at their state."""
    graph = matter.graph.copy()
    for step, state in matter.inner.items():
        nx.add_path(graph, [("state", state), ("step", step), ("state", state)])
    return graph
