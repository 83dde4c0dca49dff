"""The city's whole configuration as a file: taken out, and one sent in looked at before it is taken over."""

import base64
import binascii
import zlib
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.configuration import bringing, collecting, comparing, reading
from saas.configuration.parcel import LARGEST, PARTS, Parcel, ParcelError
from saas.db.session import current_tenant
from saas.errors import ConflictError, InvalidInputError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import fields
from saas.web.admin.board import admin
from saas.web.sending import send_bytes
from saas.web.sizes import takes_files
from saas.workflow.models import Draft
from saas.workflow.problem import Problem

MEDIA_TYPE = "application/json"


@admin.get("/configuration")
@requires(KernelPermission.CONFIG_READ)
def show_configuration() -> ResponseReturnValue:
    """Offer the file, and ask for one."""
    return asking([], {})


@admin.get("/configuration/file")
@requires(KernelPermission.CONFIGURE)
def export_configuration() -> ResponseReturnValue:
    """Send the city's configuration."""
    data = collecting.export(by=g.actor)
    return send_bytes(data, MEDIA_TYPE, f"{current_tenant().name}配置{clock.today():%Y%m%d}.json")


@admin.post("/configuration/check")
@requires(KernelPermission.CONFIGURE)
@takes_files
def check_configuration() -> ResponseReturnValue:
    """Show what a file would change; nothing of it is kept."""
    upload, parts = request.files.get("file"), chosen()
    faults = {} if parts else {"parts": "请至少选择一项。"}
    if upload is None or not upload.filename:
        faults["file"] = "请选择要导入的文件。"
    if upload is None or faults:
        return asking([], faults), InvalidInputError.status
    data = upload.read(LARGEST + 1)
    try:
        return confirming(reading.read(data), parts, data)
    except ParcelError as error:
        return asking(error.problems, {}), error.status


@admin.post("/configuration")
@requires(KernelPermission.CONFIGURE)
def import_configuration() -> ResponseReturnValue:
    """Take over what was looked at."""
    data, parts = unpacked(request.form.get("file", "")), chosen()
    try:
        parcel = reading.read(data)
        _, made = bringing.bring(parcel, parts, by=g.actor, seen=request.form.get("seen", ""))
    except ParcelError as error:
        return asking(error.problems, {}), error.status
    except ConflictError as error:
        return confirming(parcel, parts, data, warning=error.message), error.status
    flash(told(made), "success")
    return redirect(url_for("admin.list_processes" if made else "admin.show_configuration"), 303)


def chosen() -> list[str]:
    """The parts that are to be taken over."""
    return [part for part in PARTS if part in request.form.getlist("parts")]


def told(made: list[Draft]) -> str:
    """What happened, and what is to be done next."""
    if not made:
        return "配置已导入。"
    titles = "、".join(f"“{draft.title}”" for draft in made)
    return f"配置已导入。{titles}已建立草稿，请逐个检查后提交，由另一人审核发布。"


def asking(problems: list[Problem] | tuple[Problem, ...], faults: dict[str, str]) -> str:
    """The page that offers the file and asks for one, with why one was not taken."""
    ticked = chosen() if request.method == "POST" else list(PARTS)
    hint = "从本系统导出的 .json 文件。选好以后先看变化，确认以后才会导入。"
    file = FieldView("file", "file", "配置文件", "file", [], hint=hint, required=True, accept=".json")
    asked = [file, fields.ticks("parts", "导入哪些内容", list(PARTS.items()), ticked)]
    return render_template(
        "admin/configuration/show.html",
        asked=[fields.shown(one, faults) for one in asked],
        errors=list(faults.items()),
        problems=[{"place": one.place, "message": one.message} for one in problems],
        may_edit=g.actor.may(KernelPermission.CONFIGURE),
    )


def confirming(parcel: Parcel, parts: list[str], data: bytes, *, warning: str | None = None) -> str:
    """The page that says what would change; a ParcelError where something stands against it."""
    planned = comparing.plan(parcel, parts)
    if planned.problems:
        raise ParcelError(planned.problems)
    groups: list[dict[str, Any]] = [
        {"id": part, "title": PARTS[part], "said": [one.sentence for one in planned.changes if one.part == part]}
        for part in parts
    ]
    return render_template(
        "admin/configuration/confirm.html",
        facts=[{"label": "来自", "value": parcel.city}, {"label": "导出时间", "value": parcel.made_at}],
        groups=groups,
        parts=parts,
        file=packed(data),
        seen=planned.mark,
        warning=warning,
        nothing=not planned.changes,
    )


def packed(data: bytes) -> str:
    """A file as a hidden field carries it from one page to the next: nothing is kept in between."""
    return base64.b64encode(zlib.compress(data, 9)).decode()


def unpacked(sent: str) -> bytes:
    """The file in a hidden field, one byte too long at most; empty where it is none."""
    try:
        return zlib.decompressobj().decompress(base64.b64decode(sent, validate=True), LARGEST + 1)
    except (binascii.Error, ValueError, zlib.error):
        return b""
