"""The city's code lists: what can be chosen in forms, in which order, under which names."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.cases import codelists
from saas.cases.codelists import Entry
from saas.domain import domains, form_for
from saas.errors import AppError, ConflictError, InvalidInputError, NotFoundError
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import fields
from saas.web.admin.board import admin
from saas.workflow.papers import steps_of
from saas.workflow.process import Definition
from saas.workflow.queries import current_definitions

COLUMNS = {"title": "代码表", "line": "业务", "entries": "条目", "used": "用在"}
ENTRY_COLUMNS = {"title": "名称", "code": "代码", "source": "来源", "state": "状态", "acts": "操作"}


@admin.get("/lists")
@requires(KernelPermission.CONFIG_READ)
def list_lists() -> ResponseReturnValue:
    """Show every code list."""
    return render_template("admin/lists/list_lists.html", **lists_values({}))


@admin.post("/lists")
@requires(KernelPermission.CONFIGURE)
def make_list() -> ResponseReturnValue:
    """Make a list of the city's own."""
    try:
        key = codelists.make(request.form.get("title", ""), by=g.actor)
    except InvalidInputError as error:
        return render_template("admin/lists/list_lists.html", **lists_values(error.fields)), error.status
    flash("代码表已建立，请添加条目。", "success")
    return redirect(url_for("admin.show_list", key=key), 303)


@admin.get("/lists/<key>")
@requires(KernelPermission.CONFIG_READ)
def show_list(key: str) -> ResponseReturnValue:
    """Show the entries of a list."""
    return render_template("admin/lists/show_list.html", **list_values(key, {}))


@admin.post("/lists/<key>/entries")
@requires(KernelPermission.CONFIGURE)
def add_entry(key: str) -> ResponseReturnValue:
    """Add an entry."""
    try:
        entry = codelists.add(key, request.form.get("title", ""), by=g.actor)
    except (InvalidInputError, ConflictError) as error:
        return refused(key, error)
    flash(f"已增加“{entry.title}”。", "success")
    return redirect(url_for("admin.show_list", key=key), 303)


@admin.post("/lists/<key>/entries/<code>/rename")
@requires(KernelPermission.CONFIGURE)
def rename_entry(key: str, code: str) -> ResponseReturnValue:
    """Call an entry otherwise."""
    try:
        codelists.rename(key, code, request.form.get("title", ""), by=g.actor)
    except InvalidInputError as error:
        return refused(key, error, code)
    flash("名称已修改，已有案件也显示新名称。", "success")
    return redirect(url_for("admin.show_list", key=key, _anchor=f"rename-{code}"), 303)


@admin.post("/lists/<key>/entries/<code>/move")
@requires(KernelPermission.CONFIGURE)
def move_entry(key: str, code: str) -> ResponseReturnValue:
    """Move an entry one place."""
    by = -1 if request.form.get("by") == "-1" else 1
    codelists.move(key, code, by, by=g.actor)
    flash("顺序已调整。", "success")
    return redirect(url_for("admin.show_list", key=key, _anchor=f"{'up' if by < 0 else 'down'}-{code}"), 303)


@admin.post("/lists/<key>/entries/<code>/open")
@requires(KernelPermission.CONFIGURE)
def open_entry(key: str, code: str) -> ResponseReturnValue:
    """Let an entry be chosen again."""
    return set_open(key, code, active=True)


@admin.post("/lists/<key>/entries/<code>/close")
@requires(KernelPermission.CONFIGURE)
def close_entry(key: str, code: str) -> ResponseReturnValue:
    """Let an entry be chosen no longer."""
    return set_open(key, code, active=False)


def set_open(key: str, code: str, *, active: bool) -> ResponseReturnValue:
    """Open or close an entry and show the list."""
    try:
        codelists.set_open(key, code, active=active, by=g.actor)
    except ConflictError as error:
        return refused(key, error)
    flash("已启用。" if active else "已停用：新的表单里不能再选，已有案件不变。", "success")
    return redirect(url_for("admin.show_list", key=key), 303)


def refused(key: str, error: AppError, code: str = "") -> ResponseReturnValue:
    """The list again, with what was typed and why it was not taken."""
    told = error.fields if isinstance(error, InvalidInputError) else {"main": error.message}
    return render_template("admin/lists/show_list.html", **list_values(key, told, renaming=code)), error.status


def lists_values(errors: dict[str, str]) -> dict[str, Any]:
    """What the page of all lists draws."""
    definitions = current_definitions()
    own = codelists.own_rows()
    titles = codelists.list_titles()
    lines = {line.name: line.title for line in domains()}
    rows = [
        {
            "title": titles[key],
            "line": lines.get(key.partition(".")[0], "本市增加的代码表"),
            "url": url_for("admin.show_list", key=key),
            "entries": len(codelists.merged(declared, own.get(key, {}))),
            "used": "、".join(uses(key, definitions)) or "还没有表单使用",
        }
        for key, declared in codelists.all_lists().items()
    ]
    title = fields.text("title", "新代码表的名称", request.form.get("title", ""), longest=codelists.LONGEST)
    return {
        "columns": [{"key": key, "label": label} for key, label in COLUMNS.items()],
        "rows": rows,
        "title_field": fields.shown(title, errors),
        "errors": list(errors.items()),
        "may_edit": g.actor.may(KernelPermission.CONFIGURE),
    }


def uses(key: str, definitions: list[Definition]) -> list[str]:
    """The questions that choose from a list, each once, in words."""
    found = (
        f"{definition.title}“{field.label}”"
        for definition in definitions
        for step in steps_of(definition)
        if step.form
        for field in form_for(definition, step.form).fields
        if field.list == key
    )
    return list(dict.fromkeys(found))


def list_values(key: str, errors: dict[str, str], *, renaming: str = "") -> dict[str, Any]:
    """What the page of a list draws.

    Raises:
        NotFoundError: there is no such list.
    """
    titles = codelists.list_titles()
    if key not in titles:
        raise NotFoundError
    typed = request.form.get("title", "")
    new = fields.text("title", "新条目的名称", "" if renaming else typed, longest=codelists.LONGEST)
    return {
        "title": titles[key],
        "columns": [{"key": name, "label": label} for name, label in ENTRY_COLUMNS.items()],
        "rows": [entry_row(key, one, typed if one.code == renaming else one.title) for one in codelists.entries(key)],
        "used": uses(key, current_definitions()),
        "add_url": url_for("admin.add_entry", key=key),
        "new_field": fields.shown(new, {} if renaming else errors),
        "errors": [(f"rename-{renaming}" if renaming else name, told) for name, told in errors.items()],
        "may_edit": g.actor.may(KernelPermission.CONFIGURE),
        "longest": codelists.LONGEST,
    }


def entry_row(key: str, one: Entry, typed: str) -> dict[str, Any]:
    """An entry as a row, with what can be done to it."""
    at: dict[str, Any] = {"key": key, "code": one.code}
    national = one.declared is not None
    source = "规定的条目" if national else "本市增加"
    return {
        "title": one.title,
        "typed": typed,
        "code": one.code,
        "source": f"{source}，原名“{one.declared}”" if national and one.title != one.declared else source,
        "active": one.active,
        "state": "可选" if one.active else "已停用",
        "rename_url": url_for("admin.rename_entry", **at),
        "move_url": url_for("admin.move_entry", **at),
        "switch_url": url_for("admin.close_entry" if one.active else "admin.open_entry", **at),
    }
