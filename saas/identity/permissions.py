"""What may be done, named on every route; a route that names nothing stops the start."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import PermissionDeniedError, ProofNeededError

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed_in"
SIGN_IN_ENDPOINT = "web.sign_in"
PROOF_ENDPOINT = "web.ask_proof"
PROOF_NEEDED = "离上次验证身份已经超过5分钟。为保护数据，请先再验证一次身份，然后重新提交。"
PROOF_HEADER = "X-Reauthenticate"
NOT_ALLOWED = "您的账号没有使用这项功能的权限。如工作需要，请联系本单位的系统管理员开通。"


class KernelPermission(StrEnum):
    """The permissions that mean the same in every line of work."""

    WORK = "work.read"
    CASE_READ = "case.read"
    CASE_OPEN = "case.open"
    CASE_ACT = "case.act"
    CASE_ASSIGN = "case.assign"
    FILE_ADD = "file.add"
    DOCUMENT_READ = "document.read"
    DOCUMENT_VOID = "document.void"
    CASE_EXPORT = "case.export"
    DOSSIER_EXPORT = "dossier.export"
    DOSSIER_WHOLE = "dossier.whole"
    EXPORT_APPROVE = "export.approve"
    CASE_LABEL = "case.label"
    UNMASK = "personal.unmask"
    AUDIT_READ = "audit.read"
    AUDIT_VERIFY = "audit.verify"
    STATISTICS = "statistics.read"
    ADMIN = "tenant.admin"
    IDENTITY_READ = "identity.read"
    IDENTITY_MANAGE = "identity.manage"
    IDENTITY_APPROVE = "identity.approve"
    CONFIGURE = "config.edit"
    CONFIG_APPROVE = "config.approve"
    CONFIG_READ = "config.read"


TITLES: Mapping[str, str] = {
    KernelPermission.WORK: "查看待办",
    KernelPermission.CASE_READ: "查看案件",
    KernelPermission.CASE_OPEN: "登记收件",
    KernelPermission.CASE_ACT: "办理案件",
    KernelPermission.CASE_ASSIGN: "指派承办人和协办人",
    KernelPermission.CASE_LABEL: "调整案件的级别",
    KernelPermission.FILE_ADD: "添加材料",
    KernelPermission.DOCUMENT_READ: "查看文书",
    KernelPermission.DOCUMENT_VOID: "作废、补发和更正文书",
    KernelPermission.CASE_EXPORT: "导出案件列表",
    KernelPermission.EXPORT_APPROVE: "审批批量导出",
    KernelPermission.DOSSIER_EXPORT: "导出卷宗",
    KernelPermission.DOSSIER_WHOLE: "导出完整卷宗",
    KernelPermission.UNMASK: "查看完整的个人信息",
    KernelPermission.STATISTICS: "查看统计",
    KernelPermission.AUDIT_READ: "查看操作日志",
    KernelPermission.AUDIT_VERIFY: "核验操作日志",
    KernelPermission.ADMIN: "系统设置",
    KernelPermission.IDENTITY_READ: "查看账号和权限",
    KernelPermission.IDENTITY_MANAGE: "管理账号、提出授权",
    KernelPermission.IDENTITY_APPROVE: "审批授权",
    KernelPermission.CONFIGURE: "设计流程、修改配置",
    KernelPermission.CONFIG_APPROVE: "审核并发布流程和配置",
    KernelPermission.CONFIG_READ: "查看流程和配置",
}

DUTIES: Mapping[str, frozenset[str]] = {
    "system": frozenset({KernelPermission.ADMIN, KernelPermission.IDENTITY_MANAGE, KernelPermission.CONFIGURE}),
    "security": frozenset({KernelPermission.IDENTITY_APPROVE, KernelPermission.CONFIG_APPROVE}),
    "audit": frozenset({KernelPermission.AUDIT_READ, KernelPermission.AUDIT_VERIFY}),
}
"""The three duties of administration by the permissions that make them; no role and no account has two of them."""

DUTY_TITLES: Mapping[str, str] = {"system": "系统管理", "security": "安全管理", "audit": "审计管理"}

READING = frozenset(
    {
        KernelPermission.CASE_READ,
        KernelPermission.DOCUMENT_READ,
        KernelPermission.DOSSIER_EXPORT,
        KernelPermission.DOSSIER_WHOLE,
        KernelPermission.STATISTICS,
        KernelPermission.AUDIT_READ,
        KernelPermission.AUDIT_VERIFY,
        KernelPermission.IDENTITY_READ,
        KernelPermission.CONFIG_READ,
    }
)
"""What may be held beside the duty of audit: it changes nothing but the record of who looked."""

CASEWORK = frozenset(
    {
        KernelPermission.WORK,
        KernelPermission.CASE_READ,
        KernelPermission.CASE_OPEN,
        KernelPermission.CASE_ACT,
        KernelPermission.CASE_ASSIGN,
        KernelPermission.CASE_LABEL,
        KernelPermission.CASE_EXPORT,
        KernelPermission.FILE_ADD,
        KernelPermission.DOCUMENT_READ,
        KernelPermission.DOCUMENT_VOID,
        KernelPermission.DOSSIER_EXPORT,
        KernelPermission.DOSSIER_WHOLE,
        KernelPermission.UNMASK,
    }
)
"""What nobody holds who administers the system or its security: they see no case."""


class UndeclaredRouteError(Exception):
    """Routes that name no permission, or one that nothing declares."""


def requires(permission: str) -> Callable[[View], View]:
    """Only who holds this permission somewhere may call the view; the view narrows it to units."""

    def mark(view: View) -> View:
        # Function attributes have no type; the dictionary is where the attribute lives.
        view.__dict__["permission"] = str(permission)
        return view

    return mark


def public(view: View) -> View:
    """Anybody may call the view."""
    return requires(PUBLIC)(view)


def signed_in(view: View) -> View:
    """Anybody with an account may call the view."""
    return requires(SIGNED_IN)(view)


def fresh(view: View) -> View:
    """The view also wants the person to have proved who they are within five minutes, by the database's clock.

    A page is left for the proof and come back to; what changes something is refused with the way there. Put it on
    the page with the form as well, so that nobody types in vain.
    """
    view.__dict__["fresh"] = True
    return view


def permission_of(app: Flask, endpoint: str) -> str | None:
    """The permission named on the view of an endpoint, None where it names none."""
    permission: str | None = getattr(app.view_functions[endpoint], "permission", None)
    return permission


def declared_permissions(app: Flask) -> frozenset[str]:
    """Every permission of the kernel and of the app's lines of work."""
    lines = app.extensions.get("fengqiao.domains", ())
    own = {str(permission) for line in lines for permission in line.permissions}
    return frozenset({PUBLIC, SIGNED_IN, *KernelPermission, *own})


def undeclared_routes(app: Flask) -> Iterator[str]:
    """The endpoints whose view names no declared permission, each with what it names."""
    known = declared_permissions(app)
    for endpoint in sorted(app.view_functions):
        permission = permission_of(app, endpoint)
        if permission not in known:
            yield f"{endpoint} ({permission or 'no permission'})"


def check_routes(app: Flask) -> None:
    """Refuse to start while any route names no permission."""
    if faults := list(undeclared_routes(app)):
        message = f"routes without a declared permission: {', '.join(faults)}"
        raise UndeclaredRouteError(message)


def enforce() -> ResponseReturnValue | None:
    """Before the view: send strangers to the sign-in page, refuse who lacks the permission."""
    if request.endpoint is None:
        return None
    permission = permission_of(current_app, request.endpoint)
    if permission == PUBLIC:
        return None
    if not g.actor.is_authenticated:
        return ask_to_sign_in()
    if permission is None or not (permission == SIGNED_IN or g.actor.may(permission)):
        raise PermissionDeniedError(NOT_ALLOWED)
    if getattr(current_app.view_functions[request.endpoint], "fresh", False) and not g.get("is_fresh"):
        return _ask_for_proof()
    return None


def ask_to_sign_in() -> ResponseReturnValue:
    """Where to sign in, and where to come back to; a script-made request is told to load that page."""
    here = _here()
    if request.headers.get("HX-Request"):
        answer = make_response("", 401)
        answer.headers["HX-Redirect"] = url_for(SIGN_IN_ENDPOINT)
        return answer
    return redirect(url_for(SIGN_IN_ENDPOINT, next=here), 303)


def _here() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _ask_for_proof() -> ResponseReturnValue:
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return redirect(url_for(PROOF_ENDPOINT, next=_here()), 303)
    came_from = urlsplit(request.headers.get("Referer", "")).path or None
    address = url_for(PROOF_ENDPOINT, next=came_from)
    if request.headers.get("HX-Request"):
        answer = make_response("", 403)
        answer.headers["HX-Redirect"] = answer.headers[PROOF_HEADER] = address
        return answer
    raise ProofNeededError(PROOF_NEEDED, address=address)
