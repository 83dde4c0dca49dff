"""The city's roles: what each may do, and asking that it be changed."""

import re
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.domain import allowed_permissions
from saas.errors import AppError, ConflictError, InvalidInputError, NotFoundError
from saas.identity import proposals, queries
from saas.identity.models import Role
from saas.identity.permissions import DUTY_TITLES, KernelPermission, fresh, requires
from saas.identity.proposals import RoleChange
from saas.web.admin import fields, titles
from saas.web.admin.board import admin

COLUMNS = {"title": "角色", "code": "代码", "duty": "职责", "clearance": "可见级别", "permissions": "权限"}
CODE = re.compile(r"[a-z][a-z0-9_]{1,30}")
ASKED = "申请已提交，安全管理员批准后生效。"


@admin.get("/roles")
@requires(KernelPermission.IDENTITY_READ)
def list_roles() -> ResponseReturnValue:
    """Show every role of the city with what it may do."""
    return render_template(
        "admin/list_roles.html",
        columns=[{"key": key, "label": label} for key, label in COLUMNS.items()],
        rows=[role_row(role) for role in queries.list_roles()],
        may_manage=g.actor.may(KernelPermission.IDENTITY_MANAGE),
    )


@admin.get("/roles/new")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def new_role() -> ResponseReturnValue:
    """Show the form of a new role."""
    return render_template("admin/edit_role.html", **form_values(None, {}))


@admin.post("/roles")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def propose_new_role() -> ResponseReturnValue:
    """Ask for a new role."""
    return propose(request.form.get("code", "").strip(), None)


@admin.get("/roles/<code>")
@requires(KernelPermission.IDENTITY_READ)
def show_role(code: str) -> ResponseReturnValue:
    """Show a role and the form that asks for its change."""
    return render_template("admin/edit_role.html", **form_values(find(code), {}))


@admin.post("/roles/<code>")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def propose_role(code: str) -> ResponseReturnValue:
    """Ask that a role be changed."""
    return propose(code, find(code))


def propose(code: str, role: Role | None) -> ResponseReturnValue:
    """Ask for what the form says; what is wrong is shown again."""
    try:
        change = read_change(code, new=role is None)
        proposals.propose_role(change, request.form.get("reason", "")[: fields.REASON], by=g.actor)
    except (InvalidInputError, ConflictError) as error:
        return render_template("admin/edit_role.html", **form_values(role, told(error))), error.status
    flash(ASKED, "success")
    return redirect(url_for("admin.list_roles"), 303)


def read_change(code: str, *, new: bool) -> RoleChange:
    """The role as the form describes it.

    Raises:
        InvalidInputError: A new role's code is malformed or taken.
    """
    form = request.form
    if new and not CODE.fullmatch(code):
        raise InvalidInputError({"code": "代码用小写字母开头，只能有小写字母、数字和下划线。"})
    if new and queries.find_role(code) is not None:
        raise InvalidInputError({"code": "这个代码已经有角色使用，请换一个。"})
    clearance = form.get("clearance", "0")
    return RoleChange(
        code,
        form.get("title", "")[: fields.LONGEST],
        frozenset(form.getlist("permissions")),
        int(clearance) if clearance in dict(fields.LABELS) else 0,
        allowed_permissions(code),
    )


def told(error: AppError) -> dict[str, str]:
    """The sentences of a refusal by field."""
    return error.fields if isinstance(error, InvalidInputError) else {"title": error.message}


def find(code: str) -> Role:
    """The role of that code.

    Raises:
        NotFoundError: the city has none.
    """
    role = queries.find_role(code)
    if role is None:
        raise NotFoundError
    return role


def role_row(role: Role) -> dict[str, Any]:
    """A role as a row of the list."""
    return {
        "title": role.title,
        "url": url_for("admin.show_role", code=role.code),
        "code": role.code,
        "duty": DUTY_TITLES.get(role.duty or "", "办理业务"),
        "clearance": titles.LABELS[role.clearance],
        "permissions": titles.listed(role.permissions),
    }


def form_values(role: Role | None, errors: dict[str, str]) -> dict[str, Any]:
    """What the form draws: the role as it is, or as it was last typed."""
    sent = request.form if request.method == "POST" else None
    title = sent.get("title", "") if sent else role.title if role else ""
    ticked = sent.getlist("permissions") if sent else list(role.permissions) if role else []
    clearance = sent.get("clearance", "0") if sent else str(role.clearance if role else 0)
    options = [(one, f"{titles.of(one)}（{one}）") for one in sorted(allowed_permissions(role.code if role else ""))]
    drawn = [
        fields.text("title", "角色名称", title),
        fields.ticks("permissions", "可以做什么", options, ticked),
        fields.choice("clearance", "最高可以看到哪一级的案件", fields.LABELS, clearance),
        fields.reason(sent.get("reason", "") if sent else ""),
    ]
    if role is None:
        hint = "建立以后不能修改，例如 archive_keeper。"
        drawn.insert(0, fields.text("code", "代码", sent.get("code", "") if sent else "", hint=hint))
    may = g.actor.may(KernelPermission.IDENTITY_MANAGE)
    return {
        "role": role,
        "facts": [{"label": COLUMNS[key], "value": role_row(role)[key]} for key in COLUMNS] if role else [],
        "fields": [fields.shown(field, errors) for field in drawn] if may and g.is_fresh else [],
        "must_prove": may and not g.is_fresh,
        "action": url_for("admin.propose_role", code=role.code) if role else url_for("admin.propose_new_role"),
        "errors": list(errors.items()),
    }
