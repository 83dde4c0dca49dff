"""Planning an inspection."""

from collections.abc import Mapping

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.errors import InvalidInputError, NotFoundError
from saas.fields.views import FieldView
from saas.identity.permissions import signed_in
from saas.inspections import checks, queries, services
from saas.inspections.declaration import InspectionKind
from saas.inspections.services import Planned
from saas.web.staff.board import staff
from saas.web.staff.inspecting import asked


@staff.get("/inspections/new/<kind>")
@signed_in
def ask_inspection(kind: str) -> ResponseReturnValue:
    """Ask what is to be inspected."""
    return page(plannable(kind), {})


@staff.post("/inspections/new/<kind>")
@signed_in
def plan_inspection(kind: str) -> ResponseReturnValue:
    """Keep the plan and show it."""
    found = plannable(kind)
    try:
        made = services.plan(found, planned(), by=g.actor)
    except InvalidInputError as error:
        return page(found, error.fields), error.status
    flash("计划已经制定。请核对以后锁定名单。", "success")
    return redirect(url_for("staff.show_inspection", plan=made.id), 303)


def planned() -> Planned:
    """The plan as it was sent.

    Raises:
        InvalidInputError: a text is too long.
    """
    return Planned(
        title=asked.text("title", asked.TITLE),
        unit_id=asked.text("unit_id"),
        share=asked.number("share"),
        starts_on=asked.day("starts_on"),
        ends_on=asked.day("ends_on"),
        due_on=asked.day("due_on"),
        content=asked.text("content"),
        inspectors=asked.names("inspectors"),
    )


def plannable(key: str) -> InspectionKind:
    """A kind that the reader may plan.

    Raises:
        NotFoundError: There is none of that key.
    """
    kind = queries.get_kind(key)
    if not g.actor.may(kind.plan):
        raise NotFoundError
    return kind


def page(kind: InspectionKind, errors: Mapping[str, str]) -> str:
    """The form; what was typed stays."""
    return render_template(
        "staff/inspection_form.html",
        heading=f"制定检查计划：{kind.title}",
        lead=f"依据：{kind.law}。" if kind.law else "",
        facts=[],
        back=(url_for("staff.list_inspections"), "检查评查"),
        action=url_for("staff.plan_inspection", kind=kind.key),
        label="保存计划",
        fields=fields(kind, errors),
        errors=list(errors.items()),
    )


def fields(kind: InspectionKind, errors: Mapping[str, str]) -> list[FieldView]:
    """What a plan is asked for."""
    units, year = list(checks.choosable(kind, g.actor).items()), clock.today().year
    first = {
        "unit_id": units[0][0] if len(units) == 1 else "",
        "starts_on": f"{year}-01-01",
        "ends_on": f"{year}-12-31",
    }
    given = {**first, "share": "100", **request.form.to_dict()}

    def one(name: str, label: str, sort: str, **more: object) -> FieldView:
        view: dict[str, object] = {"error": errors.get(name), "required": True} | more
        return FieldView(name, name, label, sort, given.get(name, ""), **view)  # type: ignore[arg-type]

    people = "填写账号，用逗号或者换行分开，例如 zhangwei，lixf。"
    named = [] if kind.inspectors else [one("inspectors", "检查人员名单", "longtext", hint=people, rows=3)]
    return [
        one("title", "检查名称", "text", maxlength=asked.TITLE, hint="例如 2026年度案卷评查"),
        one("unit_id", "制定单位", "choice", options=units, hint="检查这个单位和下级单位范围内的对象。"),
        one("content", "检查内容", "longtext", required=False, maxlength=asked.LONGEST, rows=3),
        one("starts_on", "检查的期间，从", "date"),
        one("ends_on", "检查的期间，到", "date", error=errors.get("starts_on")),
        one("share", "抽取比例", "integer", unit="%", hint="1 至 100 的整数，抽取数量有小数的进一。"),
        one("due_on", "完成时限", "date"),
        *named,
    ]
