"""The security administrator's list of what waits to be approved."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.identity import proposals, queries
from saas.identity.models import Proposal, Role
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.web.admin import titles
from saas.web.admin.board import admin

COLUMNS = {"what": "申请事项", "who": "人员", "unit": "单位", "reason": "理由", "by": "提出人", "decide": "审批"}


@admin.get("/proposals")
@requires(KernelPermission.IDENTITY_APPROVE)
@fresh
def list_proposals() -> ResponseReturnValue:
    """Show what waits inside the reader's units, oldest first."""
    waiting = queries.list_waiting(g.actor.scopes(KernelPermission.IDENTITY_APPROVE))
    return render_template(
        "admin/list_proposals.html",
        columns=[{"key": key, "label": label} for key, label in COLUMNS.items()],
        rows=[proposal_row(one) for one in waiting],
    )


@admin.post("/proposals/<uuid:proposal>/approve")
@requires(KernelPermission.IDENTITY_APPROVE)
@fresh
def approve_proposal(proposal: UUID) -> ResponseReturnValue:
    """Let a proposal take effect."""
    proposals.approve(find(proposal), by=g.actor)
    flash("已批准，立即生效。", "success")
    return redirect(url_for("admin.list_proposals"), 303)


@admin.post("/proposals/<uuid:proposal>/refuse")
@requires(KernelPermission.IDENTITY_APPROVE)
@fresh
def refuse_proposal(proposal: UUID) -> ResponseReturnValue:
    """Turn a proposal down."""
    proposals.refuse(find(proposal), by=g.actor)
    flash("已驳回。", "success")
    return redirect(url_for("admin.list_proposals"), 303)


def find(proposal: UUID) -> Proposal:
    """A proposal inside the approver's units, locked."""
    return queries.get_proposal(proposal, g.actor.scopes(KernelPermission.IDENTITY_APPROVE))


def proposal_row(proposal: Proposal) -> dict[str, Any]:
    """A proposal as a row: what it would change, and the addresses that decide it."""
    role = queries.find_role(proposal.role_code)
    title = role.title if role else proposal.role_code
    return {
        "what": f"授予角色：{title}" if proposal.kind == "grant" else change_text(proposal, role, title),
        "who": f"{proposal.user.person.name}（{proposal.user.username}）" if proposal.user else "—",
        "unit": proposal.unit.name if proposal.unit else "全市",
        "reason": proposal.reason,
        "by": f"{proposal.proposed_by.person.name} {clock.local(proposal.proposed_at):%m-%d %H:%M}",
        "own": g.actor.id in (proposal.proposed_by_id, proposal.user_id),
        "approve_url": url_for("admin.approve_proposal", proposal=proposal.id),
        "refuse_url": url_for("admin.refuse_proposal", proposal=proposal.id),
    }


def change_text(proposal: Proposal, role: Role | None, title: str) -> str:
    """What a role would gain and lose."""
    old, new = set(role.permissions if role else ()), set(proposal.change["permissions"])
    parts = [f"{'修改' if role else '新增'}角色：{title}"]
    if gained := sorted(new - old):
        parts.append(f"增加{titles.listed(gained)}")
    if lost := sorted(old - new):
        parts.append(f"去掉{titles.listed(lost)}")
    label = titles.LABELS[proposal.change["clearance"]]
    return "；".join([*parts, f"可见级别：{label}"])
