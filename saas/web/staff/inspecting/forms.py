"""What is written down of a single object: who keeps out, the result, what was put right."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import InvalidInputError, NotFoundError
from saas.fields.views import FieldView
from saas.identity.permissions import signed_in
from saas.inspections import checks, queries, services
from saas.inspections.declaration import InspectionKind
from saas.inspections.grading import CRITERION, Entered
from saas.inspections.models import Inspector, Item, Plan
from saas.web.staff.board import staff
from saas.web.staff.inspecting import asked, words

Act = Callable[[Plan, Item], object]
Errors = Mapping[str, str]
REASON = 200


@staff.get("/inspections/<uuid:plan>/recusals/<uuid:item>")
@signed_in
def ask_out(plan: UUID, item: UUID) -> ResponseReturnValue:
    """Ask who keeps out of an object."""
    return out_page(*found(plan, item), {})


@staff.post("/inspections/<uuid:plan>/recusals/<uuid:item>")
@signed_in
def keep_out(plan: UUID, item: UUID) -> ResponseReturnValue:
    """Keep an inspector out of an object."""

    def act(made: Plan, one: Item) -> None:
        services.recuse(made, one, inspector_in(made), asked.text("reason", REASON), by=g.actor)

    return done(plan, item, act, out_page, "已登记回避，即时生效。")


@staff.get("/inspections/<uuid:plan>/results/<uuid:item>")
@signed_in
def ask_result(plan: UUID, item: UUID) -> ResponseReturnValue:
    """Ask for the result of an object."""
    made, one = found(plan, item)
    checks.own_object(queries.get_kind(made.kind), one, g.actor)
    return result_page(made, one, {})


@staff.post("/inspections/<uuid:plan>/results/<uuid:item>")
@signed_in
def record_result(plan: UUID, item: UUID) -> ResponseReturnValue:
    """Write down the result of an object."""

    def act(made: Plan, one: Item) -> None:
        services.record(made, one, entered_for(queries.get_kind(made.kind)), by=g.actor)

    return done(plan, item, act, result_page, "检查结果已经登记。")


@staff.get("/inspections/<uuid:plan>/amendments/<uuid:item>")
@signed_in
def ask_amendment(plan: UUID, item: UUID) -> ResponseReturnValue:
    """Ask what a published result is changed to, and why."""
    return amendment_page(*found(plan, item), {})


@staff.post("/inspections/<uuid:plan>/amendments/<uuid:item>")
@signed_in
def amend_result(plan: UUID, item: UUID) -> ResponseReturnValue:
    """Change a published result upon an objection."""

    def act(made: Plan, one: Item) -> None:
        entered = replace(entered_for(queries.get_kind(made.kind)), inspected_on=one.inspected_on)
        services.amend(made, one, entered, asked.text("reason", REASON), by=g.actor)

    return done(plan, item, act, amendment_page, "已经更正，原来的结果和理由保留在记录中。")


@staff.get("/inspections/<uuid:plan>/rectifications/<uuid:item>")
@signed_in
def ask_rectified(plan: UUID, item: UUID) -> ResponseReturnValue:
    """Ask what has been put right."""
    return rectified_page(*found(plan, item), {})


@staff.post("/inspections/<uuid:plan>/rectifications/<uuid:item>")
@signed_in
def note_rectified(plan: UUID, item: UUID) -> ResponseReturnValue:
    """Note what has been put right."""

    def act(made: Plan, one: Item) -> None:
        services.rectify(made, one, asked.day("rectified_on"), asked.text("rectified"), by=g.actor)

    return done(plan, item, act, rectified_page, "整改情况已经登记。")


def found(plan: UUID, item: UUID, *, for_update: bool = False) -> tuple[Plan, Item]:
    """A plan the reader may see, and an object of it."""
    made = queries.get_plan(plan, g.actor, for_update=for_update)
    return made, queries.get_item(made, item, for_update=for_update)


def done(
    plan: UUID, item: UUID, act: Act, again: Callable[[Plan, Item, Errors], str], told: str
) -> ResponseReturnValue:
    """Do something about an object and show its plan; the form comes back where something is wrong."""
    made, one = found(plan, item, for_update=True)
    try:
        act(made, one)
    except InvalidInputError as error:
        return again(made, one, error.fields), error.status
    flash(told, "success")
    return redirect(url_for("staff.show_inspection", plan=plan), 303)


def inspector_in(made: Plan) -> Inspector:
    """The inspector who was chosen.

    Raises:
        InvalidInputError: Nobody was.
    """
    chosen = next((one for one in queries.list_inspectors(made) if str(one.id) == asked.text("inspector")), None)
    if chosen is None:
        raise InvalidInputError({"inspector": "请选择回避的人。"})
    return chosen


def entered_for(kind: InspectionKind) -> Entered:
    """The result as it was sent."""
    return Entered(
        inspected_on=asked.day("inspected_on"),
        scores={code: asked.number(f"{CRITERION}{code}") for code, _, _ in kind.criteria},
        grade=asked.text("grade"),
        findings=asked.text("findings"),
        rectify_by=asked.day("rectify_by"),
    )


def out_page(made: Plan, item: Item, errors: Errors) -> str:
    """The form of a recusal: the planner chooses anybody, an inspector himself."""
    plans = g.actor.may_at(queries.get_kind(made.kind).plan, made.unit_path)
    people = [one for one in queries.list_inspectors(made) if plans or one.user_id == g.actor.id]
    if not people:
        raise NotFoundError
    options = [(str(one.id), one.name) for one in people]
    lead = "与检查对象有利害关系、可能影响公正的，应当回避。回避的人不会被抽中；已经抽中的，按种子的顺序由下一人接替。"
    views = [
        view("inspector", "回避的人", "choice", options[0][0] if len(options) == 1 else "", errors, options=options),
        view("reason", "理由", "text", "", errors, maxlength=REASON),
    ]
    return page(made, item, "登记回避", lead, views, errors)


def result_page(made: Plan, item: Item, errors: Errors) -> str:
    """The form of a result: points by criterion or a grade, findings, and by when they are to be put right."""
    views = [view("inspected_on", "检查日期", "date", item.inspected_on, errors), *result_views(made, item, errors)]
    return page(made, item, "登记检查结果", "", views, errors)


def amendment_page(made: Plan, item: Item, errors: Errors) -> str:
    """The form of a changed result: the same, and why."""
    why = view("reason", "异议和更正的理由", "text", "", errors, maxlength=REASON)
    lead = "对公布的结果有异议的，由没有登记过这一项结果的人复核。"
    return page(made, item, "复核更正", lead, [*result_views(made, item, errors), why], errors)


def result_views(made: Plan, item: Item, errors: Errors) -> list[FieldView]:
    """The questions of a result."""
    kind = queries.get_kind(made.kind)
    scores = [
        view(f"{CRITERION}{code}", title, "integer", item.scores.get(code), errors, unit=f"分（最多 {most}）")
        for code, title, most in kind.criteria
    ]
    grade = [] if scores else [view("grade", "结论", "radio", item.grade, errors, options=list(kind.outcomes))]
    titles = "、".join(title for code, title in kind.outcomes if code in kind.failing)
    when = f"结论为“{titles}”的，必须填写。" + ("结论由得分确定，不用填写。" if scores else "")
    return [
        *scores,
        *grade,
        long_view("findings", "检查发现的问题", item.findings, errors, required=False, hint=when),
        view("rectify_by", "整改期限", "date", item.rectify_by, errors, required=False, hint=when),
    ]


def rectified_page(made: Plan, item: Item, errors: Errors) -> str:
    """The form of what was put right."""
    views = [
        view("rectified_on", "完成整改的日期", "date", item.rectified_on, errors),
        long_view("rectified", "整改情况和复查结果", item.rectified, errors),
    ]
    return page(made, item, "登记整改情况", "", views, errors)


def view(name: str, label: str, sort: str, kept: object, errors: Errors, **more: object) -> FieldView:
    """A question with what was typed, or what is kept."""
    value = request.form.get(name, "" if kept is None else str(kept))
    given: dict[str, object] = {"error": errors.get(name), "required": True} | more
    return FieldView(name, name, label, sort, value, **given)  # type: ignore[arg-type]


def long_view(name: str, label: str, kept: object, errors: Errors, **more: object) -> FieldView:
    """A question that is answered in some lines."""
    return view(name, label, "longtext", kept, errors, rows=4, maxlength=asked.LONGEST, **more)


def page(made: Plan, item: Item, heading: str, lead: str, views: list[FieldView], errors: Errors) -> str:
    """A form about an object."""
    facts = {"检查": made.title, "单位": item.unit_name or "—", "检查人员": "、".join(names(item)) or "—"}
    if item.findings:
        facts["检查发现的问题"] = item.findings
    facts["整改"] = words.rectifying(item)
    return render_template(
        "staff/inspection_form.html",
        heading=f"{heading}：{item.title}",
        lead=lead,
        facts=[{"label": label, "value": value} for label, value in facts.items()],
        back=(url_for("staff.show_inspection", plan=made.id), made.title),
        action=request.path,
        label="提交",
        fields=views,
        errors=list(errors.items()),
    )


def names(item: Item) -> list[str]:
    """Who inspects an object now."""
    return [one.inspector.name for one in checks.current(item)]
