"""Opening a city in two pages: which division or prepared starter, then everything else at once."""

from collections.abc import Mapping
from typing import Any

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate

from saas.errors import AppError, InvalidInputError
from saas.identity.services import USERNAME_LENGTH
from saas.organisation import divisions
from saas.organisation.divisions import Area
from tenants import placement, starter
from tenants.lifecycle.services import LONGEST_NAME, check_host
from tenants.tasks import asking
from tenants.web import forms
from tenants.web.acts import limit_field
from tenants.web.blueprint import operators_only, platform
from tenants.web.forms import Field, OperatorSchema, text_field
from tenants.web.frame import frame

MOST_FOUND = 30
NAME_WRONG = f"请填写城市名称，不超过{LONGEST_NAME}个字。"
PERSON_WRONG = f"请填写首位管理员的姓名，不超过{LONGEST_NAME}个字。"
ACCOUNT_WRONG = "请填写账号，只能用小写字母、数字、点、横线和下划线。"
WHERE_WRONG = "请先选择行政区划或者起始方案。"


class CitySchema(OperatorSchema):
    """What a new city begins with."""

    code = fields.String(load_default="")
    name = fields.String(load_default="", validate=validate.Length(1, LONGEST_NAME, error=NAME_WRONG))
    host = fields.String(load_default="")
    division = fields.String(load_default="")
    pack = fields.String(load_default="")
    server = fields.String(load_default=placement.MAIN)
    demo = fields.Boolean(load_default=False)
    users = limit_field()
    files = limit_field()
    admin_name = fields.String(load_default="", validate=validate.Length(1, LONGEST_NAME, error=PERSON_WRONG))
    admin_username = fields.String(
        load_default="", validate=validate.Regexp(rf"[a-z0-9._-]{{1,{USERNAME_LENGTH}}}\Z", error=ACCOUNT_WRONG)
    )


@platform.get("/ops/cities/new")
@operators_only
def new_city() -> ResponseReturnValue:
    """Ask where the city is; once that is known, ask for the rest."""
    if _place(request.args):
        return _form(request.args, {})
    wanted = request.args.get("q", "")[:LONGEST_NAME]
    return render_template(
        "operator/choose_division.html",
        **frame(),
        wanted=wanted,
        found=[_found(area) for area in divisions.search(wanted, MOST_FOUND)],
        packs=[{"title": name, "url": url_for("platform.new_city", pack=name)} for name in starter.list_names()],
    )


@platform.post("/ops/cities/new")
@operators_only
def open_city() -> ResponseReturnValue:
    """Ask for the city to be made."""
    key = forms.form_key()
    try:
        given = forms.load(CitySchema)
        task = asking.ask_for_city(given["code"], _arguments(given), by=g.operator.username, key=key)
    except InvalidInputError as error:
        return _form(request.form, error.fields, error.status)
    except AppError as error:
        return _form(request.form, {"code": error.message}, error.status)
    return redirect(url_for("platform.show_task", task=task), 303)


def _arguments(given: Mapping[str, Any]) -> dict[str, Any]:
    """What the task is asked to do; what cannot be is refused here, at its field."""
    if not _place(given):
        raise InvalidInputError({"code": WHERE_WRONG})
    placement.front_of(given["server"])
    kept = ("name", "demo", "server", "admin_username", "admin_name", "pack", "division")
    return {
        **{name: given[name] for name in kept},
        "hosts": [check_host(given["host"])] if given["host"] else [],
        "quotas": {name: given[name] for name in ("users", "files") if given[name]},
    }


def _place(given: Mapping[str, str]) -> str | None:
    """What the city is called there, when a prepared starter or a division was chosen."""
    if given.get("pack"):
        return given["pack"] if given["pack"] in starter.list_names() else None
    division = given.get("division", "")
    found = [area for area in divisions.search(division, 1) if area.code == division] if division.isdigit() else []
    return found[0].name if found else None


def _found(area: Area) -> dict[str, str]:
    return {"title": f"{area.name}（{area.code}）", "url": url_for("platform.new_city", division=area.code)}


def _form(typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200) -> Response:
    place = _place(typed)
    drawn = forms.filled(_fields(place or "", is_pack=bool(typed.get("pack"))), typed, errors)
    page = render_template(
        "operator/new_city.html",
        **frame(),
        place=f"起始方案 {place}" if typed.get("pack") else f"{place}（{typed.get('division')}）",
        division=typed.get("division", ""),
        pack=typed.get("pack", ""),
        sections=[
            {"title": "城市", "fields": drawn[:5]},
            {"title": "用量上限", "intro": "不填表示不限，以后可以调整。", "fields": drawn[5:7]},
            {
                "title": "首位管理员",
                "intro": "开通以后得到一个一次性链接，由管理员本人设置密码。",
                "fields": drawn[7:],
            },
        ],
        errors=list(errors.items()),
    )
    return make_response(page, status)


def _fields(place: str, *, is_pack: bool) -> list[Field]:
    servers = [(name, name) for name in placement.list_places()]
    code = "小写字母、数字和短横线，是网址的第一段，以后不能改。"
    host = "除了由代码得来的网址以外，还可以有一个。不带 http:// 和端口。"
    return [
        text_field("code", "代码", hint=code, maxlength=32),
        text_field("name", "名称", value="" if is_pack else place, maxlength=LONGEST_NAME),
        text_field("host", "另一个网址", hint=host, required=False),
        text_field("server", "数据库服务器", kind="choice", options=servers, value=placement.MAIN),
        text_field("demo", "这是演示城市，使用虚构的人员", kind="boolean", required=False),
        text_field("users", "账号数上限", kind="integer", unit="个", required=False),
        text_field("files", "文件上限", kind="integer", unit="MB", required=False),
        text_field("admin_name", "姓名", maxlength=LONGEST_NAME),
        text_field("admin_username", "账号", hint="小写字母、数字、点、横线和下划线。", maxlength=USERNAME_LENGTH),
    ]
