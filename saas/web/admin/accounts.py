"""Finding accounts, looking at one, making one."""

from typing import Any

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.db.session import db
from saas.errors import InvalidInputError
from saas.fields.views import FieldView
from saas.identity import first_password, queries, services
from saas.identity.models import Grant, Proposal, User
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.identity.queries import Wanted
from saas.organisation import queries as organisation
from saas.organisation.models import Unit
from saas.web.admin import fields
from saas.web.admin.board import admin
from saas.web.paging import wanted as wanted_page

STATES = (("", "全部"), ("active", "使用中"), ("disabled", "已停用"), ("without", "没有角色"), ("guest", "限时账号"))
COLUMNS = {"name": "姓名", "username": "账号", "unit": "所在单位", "roles": "角色", "state": "状态"}
PHONE_LENGTH = 24
GUESTS = {"auditor": "上级审计（限时）", "break_glass": "应急查看（限时）"}


@admin.get("/accounts")
@requires(KernelPermission.IDENTITY_READ)
def list_accounts() -> ResponseReturnValue:
    """Show the accounts of the reader's units, by name."""
    page, scopes = wanted_page(), g.actor.scopes(KernelPermission.IDENTITY_READ)
    wanted = Wanted(request.args.get("q", "").strip()[: fields.LONGEST], request.args.get("state", ""))
    found = db.session.scalars(queries.list_accounts(wanted, scopes).offset(page.offset).limit(page.limit)).unique()
    return render_template(
        "admin/list_accounts.html",
        fields=filter_fields(wanted),
        applied=bool(wanted.text) + bool(wanted.state),
        columns=[{"key": key, "label": label} for key, label in COLUMNS.items()],
        rows=[account_row(user) for user in found],
        page=page.of(queries.count_accounts(wanted, scopes)),
        may_manage=g.actor.may(KernelPermission.IDENTITY_MANAGE),
        guests=[f"{user.person.name}：{guest_term(user)}" for user in queries.list_guests()],
    )


@admin.get("/accounts/new")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def new_account() -> ResponseReturnValue:
    """Show the form of a new account."""
    return render_template("admin/new_account.html", **form_values({}))


@admin.post("/accounts")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def open_account() -> ResponseReturnValue:
    """Make an account without rights; the link for its owner is answered to the very post, since nothing keeps it."""
    username = request.form.get("username", "").strip()
    try:
        unit = find_unit(request.form.get("unit", ""))
        token = first_password.invite(username, read_name(), by=g.actor, phone=read_phone(), unit=unit)
    except InvalidInputError as error:
        return render_template("admin/new_account.html", **form_values(error.fields)), error.status
    link = url_for("web.first_sign_in", token=token, _external=True)
    return render_template("admin/account_made.html", username=username, link=link)


@admin.get("/accounts/<username>")
@requires(KernelPermission.IDENTITY_READ)
def show_account(username: str) -> ResponseReturnValue:
    """Show an account with its roles, what is asked for it, and what can be done with it."""
    user = queries.get_account(username, g.actor.scopes(KernelPermission.IDENTITY_READ))
    return render_template("admin/show_account.html", **page_values(user, {}))


def page_values(user: User, errors: dict[str, str]) -> dict[str, Any]:
    """What the page of an account draws."""
    scopes = g.actor.scopes(KernelPermission.IDENTITY_MANAGE)
    places = fields.units(scopes)
    asked = {name: request.form.get(name, "") for name in ("role", "unit", "reason")}
    grant = [
        fields.choice("role", "角色", fields.roles(queries.list_roles()), asked["role"]),
        fields.choice("unit", "在哪个单位", places, asked["unit"] or (user.unit.code if user.unit else "")),
        fields.reason(asked["reason"]),
    ]
    target = FieldView("target", "target", "新单位", "choice", "", options=[("", "请选择"), *places], required=True)
    return {
        "user": user,
        "facts": facts(user),
        "grants": [grant_row(user, grant) for grant in user.grants],
        "waiting": [waiting_row(one) for one in queries.list_waiting_for(user)],
        "own": user.id == g.actor.id,
        "may_manage": g.actor.may(KernelPermission.IDENTITY_MANAGE),
        "is_fresh": g.is_fresh,
        "grant_fields": [fields.shown(field, errors) for field in grant],
        "move_field": fields.shown(target, errors),
        "errors": list(errors.items()),
    }


def facts(user: User) -> list[dict[str, Any]]:
    """Who the account belongs to, and how it stands."""
    rows = [("姓名", user.person.name), ("账号", user.username), ("电话", user.person.phone)]
    rows += [("所在单位", user.unit.name if user.unit else None), ("状态", state_of(user)[0])]
    if user.guest:
        rows.append(("限时账号", guest_term(user)))
    return [{"label": label, "value": value} for label, value in rows]


def guest_term(user: User) -> str:
    """Why a guest is here and when the account ends."""
    assert user.guest is not None, "a guest's account says why it is there"
    assert user.expires_at is not None, "and until when"
    return f"{GUESTS[user.guest]}，到 {clock.local(user.expires_at):%Y-%m-%d %H:%M} 为止"


def account_row(user: User) -> dict[str, Any]:
    """An account as a row of the list."""
    return {
        "name": user.person.name,
        "url": url_for("admin.show_account", username=user.username),
        "username": user.username,
        "unit": user.unit.name if user.unit else "—",
        "roles": "、".join(dict.fromkeys(grant.role.title for grant in user.grants)) or "没有角色",
        "state": state_of(user),
    }


def state_of(user: User) -> tuple[str, str]:
    """How an account stands, in words and tone."""
    if not user.active:
        return "已停用", "neutral"
    if user.expires_at and user.expires_at <= clock.now():
        return "已到期", "neutral"
    return ("限时", "warning") if user.guest else ("使用中", "success")


def grant_row(user: User, grant: Grant) -> dict[str, Any]:
    """A role held, with the address that takes it back."""
    return {
        "role": grant.role.title,
        "unit": grant.unit.name,
        "revoke_url": url_for("admin.revoke_grant", username=user.username, grant=grant.id),
    }


def waiting_row(proposal: Proposal) -> dict[str, Any]:
    """A proposal that waits, with the address that takes it back."""
    role = queries.find_role(proposal.role_code)
    return {
        "role": role.title if role else proposal.role_code,
        "unit": proposal.unit.name if proposal.unit else "全市",
        "by": f"{proposal.proposed_by.person.name}，{clock.local(proposal.proposed_at):%Y-%m-%d %H:%M}",
        "reason": proposal.reason,
        "withdraw_url": url_for("admin.withdraw_proposal", proposal=proposal.id),
    }


def form_values(errors: dict[str, str]) -> dict[str, Any]:
    """What the form of a new account draws; what was typed stays."""
    typed = {name: request.form.get(name, "") for name in ("name", "username", "phone", "unit")}
    hint = "小写字母、数字、点、横线和下划线，例如 zhangwei。"
    drawn = [
        fields.text("name", "姓名", typed["name"]),
        fields.text("username", "账号", typed["username"], hint=hint, longest=services.USERNAME_LENGTH),
        fields.choice(
            "unit", "所在单位", fields.units(g.actor.scopes(KernelPermission.IDENTITY_MANAGE)), typed["unit"]
        ),
        FieldView("phone", "phone", "手机号码", "phone", typed["phone"], inputmode="tel", maxlength=PHONE_LENGTH),
    ]
    return {
        "fields": [fields.shown(field, errors) for field in drawn],
        "errors": list(errors.items()),
    }


def filter_fields(wanted: Wanted) -> list[FieldView]:
    """The filter of the list."""
    return [
        FieldView("filter-q", "q", "姓名、账号或单位", "text", wanted.text, maxlength=fields.LONGEST),
        FieldView("filter-state", "state", "状态", "choice", wanted.state, options=STATES, required=True),
    ]


def read_name() -> str:
    """The name of the person.

    Raises:
        InvalidInputError: It is missing.
    """
    if name := request.form.get("name", "").strip()[: fields.LONGEST]:
        return name
    raise InvalidInputError({"name": "请填写姓名。"})


def read_phone() -> str | None:
    """The person's telephone number, if it was given."""
    return request.form.get("phone", "").strip()[:PHONE_LENGTH] or None


def find_unit(code: str, field: str = "unit") -> Unit:
    """A unit inside those the actor administers.

    Raises:
        InvalidInputError: There is none of that code there.
    """
    unit = organisation.find_by_code(code) if code else None
    if unit is None or not g.actor.may_at(KernelPermission.IDENTITY_MANAGE, unit.path):
        raise InvalidInputError({field: "请选择单位。"})
    return unit
