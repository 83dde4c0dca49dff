"""How a person works: leave, what the person is good at and looks after, the most open cases."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.cases.assigning import skill_lists
from saas.errors import InvalidInputError
from saas.fields.views import FieldView
from saas.identity import queries, staffing
from saas.identity.models import User
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.identity.staff_models import AREA, StaffLeave
from saas.web.admin import fields
from saas.web.admin.board import admin
from saas.web.admin.changes import account, back

HERE = "admin.show_work"
LONGEST = 400  # characters of a list of codes
COLUMNS = {"days": "休假", "reason": "事由", "end": "操作"}


@admin.get("/accounts/<username>/work")
@requires(KernelPermission.IDENTITY_READ)
def show_work(username: str) -> ResponseReturnValue:
    """Show how a person works."""
    user = queries.get_account(username, g.actor.scopes(KernelPermission.IDENTITY_READ))
    return render_template("admin/show_work.html", **page_values(user, {}))


@admin.post("/accounts/<username>/leave")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def add_leave(username: str) -> ResponseReturnValue:
    """Enter a leave."""
    user, form = account(username), request.form
    try:
        staffing.add_leave(
            user,
            _day(form.get("starts_on", "")),
            _day(form.get("ends_on", "")),
            form.get("reason", "")[: fields.REASON],
            by=g.actor,
        )
    except InvalidInputError as error:
        return refused(user, error)
    return back(user, "休假已登记，这些天不再建议由此人承办。", HERE)


@admin.post("/accounts/<username>/leave/<uuid:leave>/end")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def end_leave(username: str, leave: UUID) -> ResponseReturnValue:
    """Take a leave back."""
    user = account(username)
    staffing.end_leave(user, leave, by=g.actor)
    return back(user, "休假已取消。", HERE)


@admin.post("/accounts/<username>/work")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def set_work(username: str) -> ResponseReturnValue:
    """Say what a person is good at and looks after, and how many cases are the most."""
    user = account(username)
    codes: dict[str, Sequence[str]] = {key: request.form.getlist(key) for key in skill_lists()}
    try:
        codes[AREA] = _areas(request.form.get(AREA, ""))
        staffing.set_work(user, codes, _cap(request.form.get("cap", "")), by=g.actor)
    except InvalidInputError as error:
        return refused(user, error)
    return back(user, "办案安排已保存。", HERE)


def refused(user: User, error: InvalidInputError) -> ResponseReturnValue:
    """The page again, with what was typed and why it was not taken."""
    return render_template("admin/show_work.html", **page_values(user, error.fields)), error.status


def page_values(user: User, errors: dict[str, str]) -> dict[str, Any]:
    """What the page draws; what was typed stays."""
    return {
        "user": user,
        "may_change": g.actor.may(KernelPermission.IDENTITY_MANAGE) and g.is_fresh,
        "may_manage": g.actor.may(KernelPermission.IDENTITY_MANAGE),
        "columns": [{"key": key, "label": label} for key, label in COLUMNS.items()],
        "rows": [leave_row(user, leave) for leave in queries.list_leave(user)],
        "leave_fields": [fields.shown(field, errors) for field in leave_fields()],
        "work_fields": [fields.shown(field, errors) for field in work_fields(user)],
        "errors": list(errors.items()),
    }


def leave_row(user: User, leave: StaffLeave) -> dict[str, str]:
    """A leave, with the address that takes it back."""
    return {
        "days": f"{leave.starts_on} 至 {leave.ends_on}",
        "reason": leave.reason,
        "end_url": url_for("admin.end_leave", username=user.username, leave=leave.id),
    }


def leave_fields() -> list[FieldView]:
    """The questions about a leave."""
    typed = {name: request.form.get(name, "") for name in ("starts_on", "ends_on", "reason")}
    days = (("starts_on", "从哪一天"), ("ends_on", "到哪一天"))
    return [
        *(FieldView(name, name, label, "date", typed[name], required=True) for name, label in days),
        fields.text("reason", "事由", typed["reason"], hint="例如“年休假”。", longest=fields.REASON),
    ]


def work_fields(user: User) -> list[FieldView]:
    """The questions about skills, places and the most cases, with what is known or was typed."""
    codes, sent = queries.codes_of(user), request.form if request.endpoint == "admin.set_work" else None
    ticks = [
        FieldView(key, key, title, "multichoice", sent.getlist(key) if sent else codes.get(key, []), options=options)
        for key, (title, options) in skill_lists().items()
    ]
    areas = sent.get(AREA, "") if sent else "、".join(codes.get(AREA, []))
    cap = sent.get("cap", "") if sent else str(user.case_cap or "")
    hint = "填区划代码，例如 110115001，用顿号隔开；填上级代码就包括它的下级。不填表示都负责。"
    return [
        *ticks,
        FieldView(AREA, AREA, "负责的地方", "text", areas, hint=hint, maxlength=LONGEST),
        FieldView(
            "cap", "cap", "最多同时在办的件数", "text", cap, hint="不填表示不限制。", inputmode="numeric", maxlength=3
        ),
    ]


def _areas(text: str) -> Sequence[str]:
    found = text[:LONGEST].replace("，", "、").replace(",", "、").replace(" ", "、").split("、")
    codes = [code for code in found if code]
    if any(not code.isascii() or not code.isdigit() for code in codes):
        raise InvalidInputError({AREA: "请填写区划代码，只有数字，用顿号隔开。"})
    return codes


def _cap(text: str) -> int | None:
    # What is no number is none of a number of cases either: the service says what is expected.
    return (int(text) if text.isascii() and text.isdigit() else 0) if (text := text.strip()) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
