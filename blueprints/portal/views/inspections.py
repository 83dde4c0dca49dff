"""Published inspections: who was drawn, what came of it, and how to draw again."""

import json
from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from blueprints.portal.blueprint import views
from saas import clock
from saas.identity.permissions import public
from saas.inspections import checks, queries, sheet
from saas.inspections.declaration import InspectionKind
from saas.inspections.models import Item, Plan
from saas.web.paging import wanted
from saas.web.sending import send_bytes

COLUMNS = {"title": "检查", "kind": "类别", "unit": "检查单位", "published": "公布日期"}
ITEMS = {"title": "对象", "unit": "单位", "inspectors": "检查人员", "grade": "结论", "rectified": "整改"}


@views.get("/inspections")
@public
def list_inspections() -> ResponseReturnValue:
    """Show the inspections whose results were published."""
    page, kinds = wanted(), queries.kinds()
    found = queries.list_published(offset=page.offset, limit=page.limit)
    return render_template(
        "portal/list_inspections.html",
        columns=[{"key": key, "label": label} for key, label in COLUMNS.items()],
        rows=[_plan_row(one, kinds[one.kind]) for one in found],
        page=page.of(queries.count_published()),
    )


@views.get("/inspections/<uuid:plan>")
@public
def show_inspection(plan: UUID) -> ResponseReturnValue:
    """Show what was drawn, the results and the seed."""
    made, page = queries.get_published(plan), wanted()
    kind, drawn = queries.get_kind(made.kind), queries.drawn_items(made)
    grades = queries.count_grades([made.id])[made.id]
    return render_template(
        "portal/show_inspection.html",
        plan=made,
        kind=kind,
        steps=sheet.HOW,
        facts=_facts(made, kind),
        grades=[{"label": title, "value": grades.get(code, 0)} for code, title in kind.outcomes],
        columns=[{"key": key, "label": label} for key, label in ITEMS.items()],
        rows=[_item_row(one, kind) for one in queries.page(drawn, offset=page.offset, limit=page.limit)],
        page=page.of(queries.count(drawn)),
    )


@views.get("/inspections/<uuid:plan>/draw.json")
@public
def download_draw(plan: UUID) -> ResponseReturnValue:
    """Send the lists, the seed and the outcome."""
    data = json.dumps(sheet.sheet(queries.get_published(plan)), ensure_ascii=False, indent=2).encode()
    return send_bytes(data, "application/json", "抽取记录.json")


def _plan_row(made: Plan, kind: InspectionKind) -> dict[str, Any]:
    published = f"{clock.local(made.published_at):%Y-%m-%d}" if made.published_at else ""
    return {"title": made.title, "id": made.id, "kind": kind.title, "unit": made.unit.name, "published": published}


def _facts(made: Plan, kind: InspectionKind) -> list[dict[str, str]]:
    facts = {
        "类别": kind.title,
        "依据": kind.law,
        "检查单位": made.unit.name,
        "检查内容": made.content or "—",
        "检查的期间": f"{made.starts_on}至{made.ends_on}",
        "抽取比例": f"{made.share}%，每个对象 {made.per_object} 名检查人员",
        "名单摘要": made.digest or "",
        "抽取种子": made.seed or "",
    }
    return [{"label": label, "value": value} for label, value in facts.items()]


def _item_row(item: Item, kind: InspectionKind) -> dict[str, str]:
    amended = "（经复核更正）" if item.amended else ""
    repaired = "已整改" if item.rectified_on else "正在整改"
    return {
        "title": item.title,
        "unit": item.unit_name or "—",
        "inspectors": "、".join(one.inspector.name for one in checks.current(item)),
        "grade": f"{dict(kind.outcomes).get(item.grade or '', '—')}{amended}",
        "rectified": repaired if item.rectify_by else "—",
    }
