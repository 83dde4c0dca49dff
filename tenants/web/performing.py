"""The page of one act on a city: its form, and what becomes of it."""

from collections.abc import Mapping

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import AppError, InvalidInputError, NotFoundError
from tenants import facts, people
from tenants.facts import Facts
from tenants.web import forms
from tenants.web.acts import ACTS, Act
from tenants.web.blueprint import operators_only, platform
from tenants.web.choice import address_of
from tenants.web.frame import frame

OTHER_CODE = "输入的代码与这个城市的不一样，请核对您要注销的是不是这个城市。"


@platform.get("/ops/cities/<code>/do/<name>")
@operators_only
def show_act(code: str, name: str) -> ResponseReturnValue:
    """Ask what the act has to know."""
    return _page(facts.read(code), name, {}, {})


@platform.post("/ops/cities/<code>/do/<name>")
@operators_only
def do_act(code: str, name: str) -> ResponseReturnValue:
    """Do it, or say at the form why it cannot be done."""
    city, act = facts.read(code), _act(name)
    key = forms.form_key()
    try:
        given = forms.load(act.schema)
        if act.typed and given["code"] != code:
            raise InvalidInputError({"code": OTHER_CODE})
        with forms.once(key) as is_first:
            task = act.perform(city, given, g.operator.username, key) if is_first else None
    except AppError as error:
        return _refused(city, name, error)
    if act.done == "":
        return redirect(url_for("platform.show_task", task=task or key), 303)
    flash(act.done, "success")
    return redirect(url_for("platform.show_city", code=code), 303)


@platform.post("/ops/cities/<code>/admin-link")
@operators_only
def link_admin(code: str) -> ResponseReturnValue:
    """Show a new one-time link for the first administrator; it is shown here and never again."""
    city = facts.read(code)
    token = people.link_first_admin(city.ref, by=g.operator.username)
    link = address_of(city.hosts[0]).rstrip("/") + people.FIRST_PAGE.format(token=token)
    return render_template("operator/admin_link.html", **frame(), city=city.ref, link=link)


def _act(name: str) -> Act:
    if name not in ACTS:
        raise NotFoundError
    return ACTS[name]


def _refused(city: Facts, name: str, error: AppError) -> Response:
    fields = error.fields if isinstance(error, InvalidInputError) else {}
    page = _page(city, name, request.form, fields or {"": error.message})
    page.status_code = error.status
    return page


def _page(city: Facts, name: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    act = _act(name)
    drawn = forms.filled(act.ask(city), typed, errors)
    page = render_template(
        "operator/act.html",
        **frame(),
        city=city.ref,
        name=name,
        act=act,
        sections=[{"title": None, "fields": drawn}] if drawn else [],
        errors=list(errors.items()),
    )
    return make_response(page)
