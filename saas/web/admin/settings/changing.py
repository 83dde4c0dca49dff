"""The page of one setting: where it comes from, what it may be, how the next number would look."""

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.configuration import numbers, values
from saas.errors import AppError, ConflictError, InvalidInputError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, requires
from saas.settings import services as settings
from saas.settings.checking import LONGEST
from saas.settings.declaration import Setting
from saas.web.admin import fields
from saas.web.admin.board import admin
from saas.web.admin.settings.listing import UNVERIFIED, changed, shown

YES_NO = (("true", "是"), ("false", "否"))


@admin.get("/settings/<key>")
@requires(KernelPermission.CONFIG_READ)
def show_setting(key: str) -> ResponseReturnValue:
    """Show a setting."""
    setting = values.find(key)
    return page(setting, values.as_text(settings.get(key)), {})


@admin.post("/settings/<key>")
@requires(KernelPermission.CONFIGURE)
def set_setting(key: str) -> ResponseReturnValue:
    """Give a setting a value."""
    setting = values.find(key)
    try:
        values.change(setting, typed(), seen=request.form.get("seen", ""), by=g.actor)
    except (InvalidInputError, ConflictError) as error:
        return refused(setting, error)
    flash(f"“{setting.title}”已保存，从现在起生效。", "success")
    return redirect(url_for("admin.show_setting", key=key), 303)


@admin.post("/settings/<key>/default")
@requires(KernelPermission.CONFIGURE)
def reset_setting(key: str) -> ResponseReturnValue:
    """Go back to a setting's default."""
    setting = values.find(key)
    try:
        values.reset(setting, seen=request.form.get("seen", ""), by=g.actor)
    except (InvalidInputError, ConflictError) as error:
        return refused(setting, error)
    flash(f"“{setting.title}”已恢复默认值。", "success")
    return redirect(url_for("admin.show_setting", key=key), 303)


@admin.post("/settings/<key>/preview")
@requires(KernelPermission.CONFIGURE)
def preview_setting(key: str) -> ResponseReturnValue:
    """Show how the next number would look; nothing is kept."""
    setting = values.find(key)
    try:
        values.read(setting, typed())
    except InvalidInputError as error:
        return refused(setting, error)
    return page(setting, typed(), {})


def typed() -> str:
    """What stands in the field, as it was sent."""
    return request.form.get("value", "").strip()


def refused(setting: Setting, error: AppError) -> ResponseReturnValue:
    """The page again, with what was typed and why it was not taken."""
    told = error.fields if isinstance(error, InvalidInputError) else {"value": error.message}
    return page(setting, typed(), told), error.status


def page(setting: Setting, value: str, errors: Mapping[str, str]) -> str:
    """The page of a setting with a text in its field."""
    own = settings.list_own().get(setting.key)
    return render_template(
        "admin/settings/show_setting.html",
        setting=setting,
        facts=facts(setting, changed(own)),
        asked=fields.shown(question(setting, value), dict(errors)),
        errors=list(errors.items()),
        seen=values.as_text(settings.get(setting.key)),
        next=None if errors or not setting.words else numbers.preview(setting.key, value),
        own=own is not None,
        may_edit=g.actor.may(KernelPermission.CONFIGURE),
    )


def facts(setting: Setting, last: str) -> list[dict[str, str]]:
    """What is to be known of a setting before it is changed."""
    bounds = f"{setting.minimum} 到 {setting.maximum}" if setting.kind == "integer" else "、".join(setting.choices)
    said = {
        "现在的值": shown(setting, settings.get(setting.key)),
        "默认值": shown(setting, settings.default_of(setting.key)),
        "可以填写": bounds,
        "依据": setting.source if setting.verified else f"{setting.source}（{UNVERIFIED}）",
        "最近修改": last,
        "代码": setting.key,
    }
    return [{"label": label, "value": value} for label, value in said.items() if value]


def question(setting: Setting, value: str) -> FieldView:
    """The field that takes the value."""
    common: dict[str, Any] = {"hint": setting.help, "required": setting.default != ""}
    options = YES_NO if setting.kind == "boolean" else tuple((one, one) for one in setting.choices)
    if options:
        return FieldView("value", "value", setting.title, "choice", value, options=options, **common)
    mode = "numeric" if setting.kind == "integer" else None
    return FieldView("value", "value", setting.title, setting.kind, value, inputmode=mode, maxlength=LONGEST, **common)
