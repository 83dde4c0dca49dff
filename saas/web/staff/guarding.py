"""Who helps with a case, and how closely it is kept: one page with both."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.audit import services as audit
from saas.cases import guarding, queries
from saas.cases.access import LABELS, allows
from saas.cases.actions import CaseAudit
from saas.cases.models import Case
from saas.cases.people_models import Helper
from saas.errors import InvalidInputError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, requires
from saas.web.staff import asked
from saas.web.staff.board import staff

COLUMNS = {"name": "协办人", "until": "到哪一天", "reason": "理由", "end": "操作"}


@staff.get("/cases/<number>/access")
@requires(KernelPermission.CASE_READ)
def show_access(number: str) -> ResponseReturnValue:
    """Show who helps with a case and its label, with what the reader may change of it."""
    case = queries.get_case(number, g.actor)
    audit.record(CaseAudit.READ, case, by=g.actor, case=case, detail={"tab": "access"})
    return render_template("staff/show_access.html", **page_values(case, {}))


@staff.post("/cases/<number>/helpers")
@requires(KernelPermission.CASE_ASSIGN)
def add_helper(number: str) -> ResponseReturnValue:
    """Let somebody of another unit help with a case."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.CASE_ASSIGN, for_update=True)
    form = request.form
    try:
        guarding.add_helper(
            case,
            form.get("username", ""),
            _day(form.get("until", "")),
            form.get("reason", "")[: asked.LONGEST],
            by=g.actor,
        )
    except InvalidInputError as error:
        return render_template("staff/show_access.html", **page_values(case, error.fields)), error.status
    flash("已添加协办人，即时生效。", "success")
    return redirect(url_for("staff.show_access", number=number), 303)


@staff.post("/cases/<number>/helpers/end")
@requires(KernelPermission.CASE_ASSIGN)
def end_help(number: str) -> ResponseReturnValue:
    """Take somebody's help back at once."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.CASE_ASSIGN, for_update=True)
    guarding.end_help(case, asked.entry(request.form.get("helper", "")), by=g.actor)
    flash("协办已结束，即时生效。", "success")
    return redirect(url_for("staff.show_access", number=number), 303)


@staff.post("/cases/<number>/label")
@requires(KernelPermission.CASE_LABEL)
def set_label(number: str) -> ResponseReturnValue:
    """Keep a case more or less closely."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.CASE_LABEL, for_update=True)
    label = request.form.get("label", -1, type=int)
    try:
        guarding.set_label(case, label, request.form.get("reason", "")[: asked.LONGEST], by=g.actor)
    except InvalidInputError as error:
        page = page_values(case, {}, {f"label-{name}": told for name, told in error.fields.items()})
        return render_template("staff/show_access.html", **page), error.status
    flash("案件级别已调整。", "success")
    return redirect(url_for("staff.show_access", number=number), 303)


def page_values(case: Case, errors: dict[str, str], label_errors: dict[str, str] | None = None) -> dict[str, Any]:
    """What the page draws."""
    wrong = label_errors or {}
    can_assign = allows(g.actor, KernelPermission.CASE_ASSIGN, case)
    return {
        "case": case,
        "columns": [{"key": key, "label": label} for key, label in COLUMNS.items()],
        "rows": [_row(helper) for helper in case.helpers],
        "can_assign": can_assign,
        "end": asked.ending(case, "staff.end_help", "helper", "结束协办") if can_assign else None,
        "can_label": allows(g.actor, KernelPermission.CASE_LABEL, case),
        "label": LABELS[case.label],
        "help_fields": _help_fields({} if wrong else request.form, errors),
        "label_fields": _label_fields(case, request.form if wrong else {}, wrong),
        "errors": [*errors.items(), *wrong.items()],
    }


def _row(helper: Helper) -> dict[str, Any]:
    return {
        "id": helper.id,
        "name": helper.user.person.name,
        "until": f"{clock.local(helper.until):%Y-%m-%d %H:%M} 前",
        "reason": helper.reason,
    }


def _help_fields(sent: Mapping[str, str], errors: Mapping[str, str]) -> list[FieldView]:
    hint, until, wrong = "例如 sunli，可以是其他单位的人员。", sent.get("until", ""), errors.get("until")
    return [
        asked.account("协办人的账号", sent.get("username", ""), errors, hint),
        FieldView("until", "until", "协办到哪一天", "date", until, error=wrong, required=True),
        asked.reason(sent.get("reason", ""), errors.get("reason")),
    ]


def _label_fields(case: Case, sent: Mapping[str, str], errors: Mapping[str, str]) -> list[FieldView]:
    chosen, wrong = sent.get("label", str(case.label)), errors.get("label-label")
    options = [(str(value), title) for value, title in enumerate(LABELS)]
    return [
        FieldView("label-label", "label", "级别", "radio", chosen, error=wrong, options=options, required=True),
        asked.reason(sent.get("reason", ""), errors.get("label-reason"), "label-"),
    ]


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        # Long over: the service says what is expected.
        return date.min
