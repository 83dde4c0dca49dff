"""The acts on a plan as a whole: fix the lists, draw, publish, end."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from saas.errors import RefusedError
from saas.identity.permissions import signed_in
from saas.inspections import queries, services
from saas.inspections.models import Plan
from saas.web.staff.board import staff
from saas.web.staff.inspecting.pages import page_values

Act = Callable[[Plan], object]


@staff.post("/inspections/<uuid:plan>/freeze")
@signed_in
def freeze_inspection(plan: UUID) -> ResponseReturnValue:
    """Fix the lists."""
    return done(plan, lambda made: services.freeze(made, by=g.actor), "名单已经锁定。请核对名单，登记回避以后再抽取。")


@staff.post("/inspections/<uuid:plan>/draw")
@signed_in
def draw_inspection(plan: UUID) -> ResponseReturnValue:
    """Draw."""
    return done(plan, lambda made: services.draw(made, by=g.actor), "已经抽取，并通知了检查人员。")


@staff.post("/inspections/<uuid:plan>/publish")
@signed_in
def publish_inspection(plan: UUID) -> ResponseReturnValue:
    """Publish the results."""
    return done(plan, lambda made: services.publish(made, by=g.actor), "检查结果已经公布。")


@staff.post("/inspections/<uuid:plan>/close")
@signed_in
def close_inspection(plan: UUID) -> ResponseReturnValue:
    """End the inspection."""
    return done(plan, lambda made: services.close(made, by=g.actor), "这次检查已经结束。")


def done(plan: UUID, act: Act, told: str) -> ResponseReturnValue:
    """Do something to a plan and show it; what stands in the way is said on its page."""
    made = queries.get_plan(plan, g.actor, for_update=True)
    try:
        act(made)
    except RefusedError as error:
        page = page_values(made)
        return render_template("staff/show_inspection.html", **page, reasons=error.reasons), error.status
    flash(told, "success")
    return redirect(url_for("staff.show_inspection", plan=plan), 303)
