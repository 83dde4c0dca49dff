"""Looking at the platform as somebody else meets it: menu, reach and permissions as facts, never a case."""

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.audit import services as audit
from saas.cases import queries as cases
from saas.cases.queries import Filter
from saas.identity import queries
from saas.identity.actions import RightsAction
from saas.identity.actor import Actor, Granted
from saas.identity.permissions import KernelPermission, requires
from saas.identity.sessions import actor_of
from saas.web.admin import titles
from saas.web.admin.board import admin
from saas.web.menu import open_to


@admin.get("/accounts/<username>/view")
@requires(KernelPermission.IDENTITY_MANAGE)
def view_as(username: str) -> ResponseReturnValue:
    """Show what a person could open and how far it reaches; recorded in the audit."""
    user = queries.get_account(username, g.actor.scopes(KernelPermission.IDENTITY_MANAGE))
    audit.record(RightsAction.VIEWED, user, by=g.actor, detail={"username": user.username})
    actor = actor_of(user)
    return render_template(
        "admin/view_as.html",
        user=user,
        entries=[item.title for item in open_to(actor)] if user.active else [],
        reach=reach(actor),
        rows=[row for granted in actor.grants for row in permission_rows(granted)],
        columns=[
            {"key": "permission", "label": "可以做什么"},
            {"key": "role", "label": "来自角色"},
            {"key": "unit", "label": "范围"},
            {"key": "clearance", "label": "可见级别"},
        ],
        back=url_for("admin.show_account", username=user.username),
    )


def permission_rows(granted: Granted) -> list[dict[str, str]]:
    """What one grant allows, a row each."""
    return [
        {
            "permission": titles.of(permission),
            "role": granted.role_title,
            "unit": f"{granted.unit_name}及下级",
            "clearance": titles.LABELS[granted.clearance],
        }
        for permission in sorted(granted.permissions)
    ]


def reach(actor: Actor) -> list[dict[str, str]]:
    """How much the person's lists hold: numbers, nothing of what is counted."""
    seen = cases.count_cases(cases.cases_of(actor, Filter()))
    waiting = cases.count_waiting(cases.open_tasks(actor, Filter(), clock.today()), clock.today())["all"]
    exported = cases.count_cases(cases.cases_of(actor, Filter(), permission=KernelPermission.CASE_EXPORT))
    return [
        {"label": "能查到的案件", "value": f"{seen} 件"},
        {"label": "待办", "value": f"{waiting} 件"},
        {"label": "能导出的案件", "value": f"{exported} 件"},
    ]
