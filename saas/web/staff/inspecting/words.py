"""Plans and their objects as plain values for the pages."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from flask import g, url_for

from saas import clock
from saas.identity.actor import Actor
from saas.inspections import checks
from saas.inspections.declaration import InspectionKind
from saas.inspections.models import Item, Plan, Recusal

TONES = {"planned": "neutral", "frozen": "neutral", "drawn": "info", "published": "success", "closed": "neutral"}
PERIOD = "{}至{}"


def state(made: Plan) -> tuple[str, str]:
    """The state of a plan in words, with its tone."""
    return checks.STATES[made.state], TONES[made.state]


def plan_row(made: Plan, kind: InspectionKind, grades: Mapping[str | None, int]) -> dict[str, Any]:
    """A line of the list of plans."""
    drawn = sum(grades.values())
    return {
        "title": made.title,
        "url": url_for("staff.show_inspection", plan=made.id),
        "kind": kind.title,
        "unit": made.unit.name,
        "state": state(made),
        "due": str(made.due_on),
        "done": f"{drawn - grades.get(None, 0)}／{drawn}" if drawn else "—",
    }


def facts(made: Plan, kind: InspectionKind) -> list[dict[str, str]]:
    """What a plan says, and what the draw rests on."""
    lines = {
        "类别": kind.title,
        "依据": kind.law,
        "制定单位": made.unit.name,
        "检查内容": made.content or "—",
        "检查的期间": PERIOD.format(made.starts_on, made.ends_on),
        "抽取比例": f"{made.share}%，每个对象 {made.per_object} 名检查人员",
        "完成时限": str(made.due_on),
        "制定人": f"{made.planned_by}，{moment(made.planned_at)}",
    }
    more = {
        "名单摘要": f"{made.digest}（{moment(made.frozen_at)} 锁定）" if made.digest else "",
        "抽取种子": f"{made.seed}（{moment(made.drawn_at)} 产生）" if made.seed else "",
        "公布": f"{made.published_by}，{moment(made.published_at)}" if made.published_at else "",
    }
    shown = lines | {label: value for label, value in more.items() if value}
    return [{"label": label, "value": value} for label, value in shown.items()]


def moment(at: datetime | None) -> str:
    """A moment as people read it."""
    return f"{clock.local(at):%Y-%m-%d %H:%M}" if at else ""


def publish_by(kind: InspectionKind, made: Plan, last: date | None) -> str:
    """By when the results are to be published, once the last one is there."""
    if last is None or made.published_at is not None:
        return ""
    return str(last + timedelta(days=kind.publish_days))


def item_row(made: Plan, kind: InspectionKind, item: Item, by: Actor) -> dict[str, Any]:
    """A line of the list of objects, with what the reader may do about it."""
    titles = dict(kind.outcomes)
    return {
        "title": item.title,
        "unit": item.unit_name or "—",
        "inspectors": "、".join(one.inspector.name for one in checks.current(item)) or "—",
        "grade": (titles.get(item.grade, item.grade), grade_tone(kind, item)) if item.grade else None,
        "amended": [amendment(kind, one) for one in item.amended],
        "points": item.points if item.points is not None else "—",
        "rectify": rectifying(item),
        "links": links(made, kind, item, by),
    }


def amendment(kind: InspectionKind, before: Mapping[str, Any]) -> str:
    """What a published result was before, and why it was changed."""
    title = dict(kind.outcomes).get(before["grade"], before["grade"])
    return f"原为“{title}”，{before['by']}更正：{before['reason']}"


def grade_tone(kind: InspectionKind, item: Item) -> str:
    """The tone of a result."""
    return "danger" if item.grade in kind.failing else "success"


def rectifying(item: Item) -> str:
    """How far putting right what was found has come."""
    if item.rectify_by is None:
        return "—"
    if item.rectified_on is not None:
        return f"{item.rectified_on} 已整改"
    late = "，已超期" if item.rectify_by < clock.today() else ""
    return f"{item.rectify_by} 前整改{late}"


def links(made: Plan, kind: InspectionKind, item: Item, by: Actor) -> list[dict[str, str]]:
    """What the reader may do about an object."""
    mine, plans = checks.inspects(item, by), by.may_at(kind.plan, made.unit_path)
    offered = {
        "staff.ask_result": ("登记结果" if item.grade is None else "更正结果", made.state == "drawn" and mine),
        "staff.ask_out": ("登记回避", made.state in {"frozen", "drawn"} and item.grade is None and (mine or plans)),
        "staff.ask_amendment": ("复核更正", made.state == "published" and can_amend(made, kind, item, by)),
        "staff.ask_rectified": ("登记整改", waits_for_repair(made, item) and (mine or plans)),
    }
    return [
        {"label": label, "url": url_for(endpoint, plan=made.id, item=item.id)}
        for endpoint, (label, shown) in offered.items()
        if shown
    ]


def can_amend(made: Plan, kind: InspectionKind, item: Item, by: Actor) -> bool:
    """Whether the reader may change a published result."""
    return by.may_at(kind.publish, made.unit_path) and not checks.had_a_hand(item, by)


def waits_for_repair(made: Plan, item: Item) -> bool:
    """Whether something found in an object is still to be put right."""
    return made.state in {"drawn", "published"} and item.rectify_by is not None and item.rectified_on is None


def recusal_row(one: Recusal) -> dict[str, str]:
    """A line of the list of those who keep out."""
    return {
        "name": one.inspector.name,
        "item": one.item.title,
        "reason": one.reason,
        "since": moment(one.since),
        "when": "抽取以后" if one.late else "抽取以前",
    }


def waiting_row(item: Item) -> dict[str, str]:
    """A line of what waits for the reader."""
    return {
        "title": item.title,
        "url": url_for("staff.ask_result", plan=item.plan_id, item=item.id),
        "plan": item.plan.title,
        "due": str(item.plan.due_on),
    }


def acts(made: Plan, kind: InspectionKind, waiting: int, wrong: int) -> list[dict[str, str]]:
    """The reader's acts that are next, given how many objects wait for a result and how many are to be put right."""
    can_plan = g.actor.may_at(kind.plan, made.unit_path)
    offered = {
        "staff.freeze_inspection": ("锁定名单", made.state == "planned" and can_plan),
        "staff.draw_inspection": ("随机抽取", made.state == "frozen" and can_plan),
        "staff.publish_inspection": (
            "公布结果",
            made.state == "drawn" and not waiting and g.actor.may_at(kind.publish, made.unit_path),
        ),
        "staff.close_inspection": ("结束检查", made.state == "published" and not wrong and can_plan),
    }
    return [
        {"label": label, "url": url_for(endpoint, plan=made.id)}
        for endpoint, (label, shown) in offered.items()
        if shown
    ]
