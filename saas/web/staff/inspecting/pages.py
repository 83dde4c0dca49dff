"""The list of inspections, the page of one, and the sheet with which anybody can draw again."""

import json
from typing import Any
from uuid import UUID

from flask import g, render_template
from flask.typing import ResponseReturnValue

from saas import clock
from saas.identity.permissions import signed_in
from saas.inspections import queries, sheet
from saas.inspections.declaration import InspectionKind
from saas.inspections.models import Plan
from saas.web.paging import wanted as wanted_page
from saas.web.sending import send_bytes
from saas.web.staff.board import staff
from saas.web.staff.inspecting import words

MOST_WAITING = 50
COLUMNS = {
    "title": "检查",
    "kind": "类别",
    "unit": "制定单位",
    "state": "状态",
    "due": "完成时限",
    "done": "已登记／抽取",
}
WAITING = {"title": "对象", "plan": "检查", "due": "完成时限"}
ITEMS = {
    "title": "对象",
    "unit": "单位",
    "inspectors": "检查人员",
    "grade": "结论",
    "points": "得分",
    "rectify": "整改",
    "links": "操作",
}
RECUSALS = {"name": "回避的人", "item": "对象", "reason": "理由", "when": "时间", "since": "登记"}
JSON = "application/json"


@staff.get("/inspections")
@signed_in
def list_inspections() -> ResponseReturnValue:
    """Show what waits for the reader, and the plans he may see."""
    page, query = wanted_page(), queries.plans_of(g.actor)
    found, known = queries.page(query, offset=page.offset, limit=page.limit), queries.kinds()
    grades = queries.count_grades([one.id for one in found])
    return render_template(
        "staff/list_inspections.html",
        kinds=queries.kinds_of(g.actor, ("plan",)),
        waiting=[words.waiting_row(one) for one in queries.list_waiting(g.actor, limit=MOST_WAITING)],
        waiting_total=queries.count_waiting(g.actor),
        waiting_columns=columns(WAITING),
        columns=columns(COLUMNS),
        rows=[words.plan_row(one, known[one.kind], grades.get(one.id, {})) for one in found],
        page=page.of(queries.count(query)),
    )


@staff.get("/inspections/<uuid:plan>")
@signed_in
def show_inspection(plan: UUID) -> ResponseReturnValue:
    """Show a plan: its lists, the draw, the results, and what is to be done next."""
    made = queries.get_plan(plan, g.actor)
    return render_template("staff/show_inspection.html", **page_values(made))


@staff.get("/inspections/<uuid:plan>/draw.json")
@signed_in
def download_draw(plan: UUID) -> ResponseReturnValue:
    """Send the lists, the seed and the outcome."""
    return send_sheet(queries.get_plan(plan, g.actor))


@staff.get("/inspections/<uuid:plan>/print")
@signed_in
def print_inspection(plan: UUID) -> ResponseReturnValue:
    """Show everything of a plan on one page, to be printed."""
    made = queries.get_plan(plan, g.actor)
    kind = queries.get_kind(made.kind)
    return render_template(
        "staff/print_inspection.html",
        plan=made,
        facts=words.facts(made, kind),
        columns=columns({key: label for key, label in ITEMS.items() if key != "links"}),
        rows=[words.item_row(made, kind, one, g.actor) for one in queries.list_drawn(made)],
        inspectors=[one.name for one in queries.list_inspectors(made)],
        recusal_columns=columns(RECUSALS),
        recusals=[words.recusal_row(one) for one in queries.list_recusals(made)],
    )


def send_sheet(made: Plan) -> ResponseReturnValue:
    """The sheet of a draw as a file."""
    data = json.dumps(sheet.sheet(made), ensure_ascii=False, indent=2).encode()
    return send_bytes(data, JSON, f"抽取记录{clock.today():%Y%m%d}.json")


def columns(named: dict[str, str]) -> list[dict[str, str]]:
    """Columns as the table draws them."""
    return [{"key": key, "label": label} for key, label in named.items()]


def page_values(made: Plan) -> dict[str, Any]:
    """What the page of a plan draws."""
    kind, page = queries.get_kind(made.kind), wanted_page()
    drawn = made.drawn_at is not None
    query = queries.drawn_items(made) if drawn else queries.items_of(made)
    found = queries.page(query, offset=page.offset, limit=page.limit)
    waiting, wrong = queries.count_open(made)
    return {
        "plan": made,
        "kind": kind,
        "facts": words.facts(made, kind),
        "state": words.state(made),
        "acts": words.acts(made, kind, waiting, wrong),
        "next": what_is_next(made, kind, waiting, wrong),
        "columns": columns(ITEMS),
        "rows": [words.item_row(made, kind, one, g.actor) for one in found],
        "page": page.of(queries.count(query)),
        "inspectors": [one.name for one in queries.list_inspectors(made)],
        "recusal_columns": columns(RECUSALS),
        "recusals": [words.recusal_row(one) for one in queries.list_recusals(made)],
        "agrees": sheet.agrees(made) if drawn else None,
        "grades": grade_cards(made, kind),
    }


def what_is_next(made: Plan, kind: InspectionKind, waiting: int, wrong: int) -> str:
    """What the inspection waits for, in a sentence."""
    due = words.publish_by(kind, made, queries.last_recorded(made) if not waiting else None)
    sentences = {
        "planned": "请锁定名单。锁定以后，对象和检查人员不能再改，系统记下名单的摘要。",
        "frozen": "请先登记回避，再随机抽取。抽取时产生种子，任何人都可以用它重新计算。",
        "drawn": f"还有 {waiting} 项没有登记结果。" if waiting else f"结果已经登记齐全，请在 {due} 前公布。",
        "published": f"还有 {wrong} 项没有登记整改情况。" if wrong else "整改已经全部登记，可以结束。",
        "closed": "这次检查已经结束。",
    }
    return sentences[made.state]


def grade_cards(made: Plan, kind: InspectionKind) -> list[dict[str, Any]]:
    """How many objects have which grade."""
    grades = queries.count_grades([made.id]).get(made.id, {})
    return (
        [
            {"label": title, "value": grades.get(code, 0), "tone": "danger" if code in kind.failing else "success"}
            for code, title in kind.outcomes
        ]
        if made.state not in {"planned", "frozen"}
        else []
    )
