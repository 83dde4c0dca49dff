"""What is done with an account: switched off and on, moved, given a role to approve, a role taken back."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import AppError, ConflictError, InvalidInputError, PermissionDeniedError
from saas.identity import accounts, proposals, queries
from saas.identity.models import Role, User
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.web.admin.accounts import find_unit, page_values
from saas.web.admin.board import admin


@admin.post("/accounts/<username>/disable")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def disable_account(username: str) -> ResponseReturnValue:
    """Switch an account off at once."""
    user = account(username)
    accounts.disable(user, by=g.actor)
    return back(user, "账号已停用，已经登录的也已退出。")


@admin.post("/accounts/<username>/enable")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def enable_account(username: str) -> ResponseReturnValue:
    """Switch an account on again."""
    user = account(username)
    accounts.enable(user, by=g.actor)
    return back(user, "账号已启用。")


@admin.post("/accounts/<username>/move")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def move_account(username: str) -> ResponseReturnValue:
    """Let a person belong to another unit; the old rights end at once."""
    user = account(username)
    try:
        accounts.move(user, find_unit(request.form.get("target", ""), "target"), by=g.actor)
    except InvalidInputError as error:
        return refused(user, error, error.fields)
    return back(user, "已调动，原来的角色全部收回。请为新单位的工作重新申请角色。")


@admin.post("/accounts/<username>/grants")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def propose_grant(username: str) -> ResponseReturnValue:
    """Ask for a role for a person; the security administrator decides."""
    user = account(username)
    try:
        unit = find_unit(request.form.get("unit", ""))
        proposals.propose_grant(user, chosen_role(), unit, request.form.get("reason", ""), by=g.actor)
    except (InvalidInputError, ConflictError, PermissionDeniedError) as error:
        told = error.fields if isinstance(error, InvalidInputError) else {"role": error.message}
        return refused(user, error, told)
    return back(user, "申请已提交，安全管理员批准后生效。")


@admin.post("/accounts/<username>/grants/<uuid:grant>/revoke")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def revoke_grant(username: str, grant: UUID) -> ResponseReturnValue:
    """Take a role back at once."""
    user = account(username)
    accounts.revoke(user, grant, by=g.actor)
    return back(user, "角色已收回，立即生效。")


@admin.post("/proposals/<uuid:proposal>/withdraw")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
def withdraw_proposal(proposal: UUID) -> ResponseReturnValue:
    """Take back what was asked for."""
    found = queries.get_proposal(proposal, g.actor.scopes(KernelPermission.IDENTITY_MANAGE))
    proposals.withdraw(found, by=g.actor)
    flash("申请已撤回。", "success")
    if found.user is None:
        return redirect(url_for("admin.list_roles"), 303)
    return redirect(url_for("admin.show_account", username=found.user.username), 303)


def account(username: str) -> User:
    """The account inside the units the actor administers, locked."""
    return queries.get_account(username, g.actor.scopes(KernelPermission.IDENTITY_MANAGE), for_update=True)


def chosen_role() -> Role:
    """The role that the form names.

    Raises:
        InvalidInputError: It names none of the city's.
    """
    role = queries.find_role(request.form.get("role", ""))
    if role is None:
        raise InvalidInputError({"role": "请选择角色。"})
    return role


def refused(user: User, error: AppError, told: dict[str, str]) -> ResponseReturnValue:
    """The account's page again, with what was typed and why it was not taken."""
    return render_template("admin/show_account.html", **page_values(user, told)), error.status


def back(user: User, told: str, page: str = "admin.show_account") -> ResponseReturnValue:
    """To a page of the account, with what was done."""
    flash(told, "success")
    return redirect(url_for(page, username=user.username), 303)
