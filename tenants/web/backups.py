"""The backups in the folder: which there are, taking one away, making a city of one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, g, make_response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields

from saas.errors import AppError, InvalidInputError
from tenants import facts, placement
from tenants.data import journal
from tenants.tasks import asking, shelf
from tenants.tasks.shelf import Kept
from tenants.web import forms
from tenants.web.blueprint import operators_only, platform
from tenants.web.forms import OperatorSchema, text_field
from tenants.web.frame import frame, moment_text, size_text, who

DOWNLOADED = "backup.downloaded"
COLUMNS = (
    {"key": "code", "label": "城市"},
    {"key": "made", "label": "时间"},
    {"key": "size", "label": "大小", "numeric": True},
    {"key": "by", "label": "经办"},
    {"key": "name", "label": "文件"},
)


class RestoreSchema(OperatorSchema):
    """Under which code a backup becomes a city, and where."""

    code = fields.String(load_default="")
    server = fields.String(load_default=placement.MAIN)


@platform.get("/ops/backups")
@operators_only
def list_backups() -> ResponseReturnValue:
    """Show every backup there is, of cities that have ended too."""
    names = facts.operator_names()
    rows = [_row(kept, names) for kept in shelf.list_backups()]
    return render_template("operator/list_backups.html", **frame(), rows=rows, columns=COLUMNS)


@platform.get("/ops/backups/<name>")
@operators_only
def show_backup(name: str) -> ResponseReturnValue:
    """Show one, with the form to make a city of it."""
    return _page(name, {}, {})


@platform.post("/ops/backups/<name>")
@operators_only
def restore_backup(name: str) -> ResponseReturnValue:
    """Ask for a city to be made of it."""
    key = forms.form_key()
    try:
        given = forms.load(RestoreSchema)
        task = asking.ask_for_restore(name, given["code"], given["server"], by=g.operator.username, key=key)
    except InvalidInputError as error:
        return _page(name, request.form, error.fields, error.status)
    except AppError as error:
        return _page(name, request.form, {"code": error.message}, error.status)
    return redirect(url_for("platform.show_task", task=task), 303)


@platform.get("/ops/backups/<name>/file")
@operators_only
def download_backup(name: str) -> ResponseReturnValue:
    """The sealed file; without the deployment's key nobody can read it."""
    return _send(name, shelf.BACKUP)


@platform.get("/ops/certificates/<name>")
@operators_only
def download_certificate(name: str) -> ResponseReturnValue:
    """The certificate of a city that has ended."""
    return _send(name, shelf.CERTIFICATE)


def _send(name: str, ending: str) -> Response:
    path = shelf.find(name, ending)
    journal.note_on_platform(DOWNLOADED, None, {"file": name}, g.operator.username)
    return send_file(path, as_attachment=True, download_name=name, mimetype="application/octet-stream")


def _page(name: str, typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200) -> Response:
    shelf.find(name, shelf.BACKUP)
    kept = next(kept for kept in shelf.list_backups() if kept.name == name)
    servers = [(server, server) for server in placement.list_places()]
    hint = f"填 {kept.code} 是恢复到原处，要先注销现有的城市；填别的代码，是在旁边建立一个副本。"
    asked = (
        text_field("code", "恢复后的城市代码", hint=hint),
        text_field("server", "数据库服务器", kind="choice", options=servers, value=placement.MAIN),
    )
    page = render_template(
        "operator/show_backup.html",
        **frame(),
        kept=kept,
        row=_row(kept, facts.operator_names()),
        sections=[{"title": None, "fields": forms.filled(asked, typed, errors)}],
        errors=list(errors.items()),
    )
    return make_response(page, status)


def _row(kept: Kept, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": kept.code,
        "made": moment_text(datetime.fromisoformat(kept.made_at)) if kept.made_at else "—",
        "size": size_text(kept.size),
        "by": who(kept.by, names),
        "name": kept.name,
        "url": url_for("platform.show_backup", name=kept.name),
    }
