"""What stands in the way of an act on an inspection: the wrong moment, the wrong person."""

from collections.abc import Collection
from typing import NoReturn

from saas.errors import PermissionDeniedError, RefusedError
from saas.identity.actor import Actor
from saas.inspections import queries
from saas.inspections.declaration import InspectionKind
from saas.inspections.models import Assignment, Item, Plan
from saas.workflow.engine import Reason

STATES = {
    "planned": "已制定，名单没有锁定",
    "frozen": "名单已锁定，没有抽取",
    "drawn": "已抽取，正在检查",
    "published": "结果已公布",
    "closed": "已结束",
}


def allow(plan: Plan, permission: str, by: Actor) -> None:
    """Let only those go on who hold the permission where the plan is made.

    Raises:
        PermissionDeniedError: The actor does not.
    """
    if not by.may_at(permission, plan.unit_path):
        raise PermissionDeniedError("这份检查计划不在您的权限范围内，请由制定计划的单位办理。")


def at(plan: Plan, *states: str) -> None:
    """Let only a plan in one of these states go on.

    Raises:
        RefusedError: It stands elsewhere.
    """
    if plan.state not in states:
        refuse("state", f"这份计划现在的状态是“{STATES[plan.state]}”，不能办理这一步。请刷新页面。")


def refuse(code: str, sentence: str, law: str | None = None) -> NoReturn:
    """Refuse with one reason.

    Raises:
        RefusedError: Always.
    """
    raise RefusedError([Reason(code, sentence, law=law)])


def current(item: Item) -> list[Assignment]:
    """Who inspects it now."""
    return [one for one in item.assignments if one.ended_at is None]


def inspects(item: Item, by: Actor) -> bool:
    """Whether the actor inspects it now."""
    return any(one.inspector.user_id == by.id for one in current(item))


def own_object(kind: InspectionKind, item: Item, by: Actor) -> None:
    """Let only those write down a result who were drawn for the object and do not keep out of it.

    Raises:
        RefusedError: The actor was not.
    """
    if not inspects(item, by) or not by.may(kind.work):
        refuse("not_drawn", "您不是抽取确定的检查人员，不能登记这一项的检查结果。", kind.law)


def ready(kind: InspectionKind, plan: Plan, by: Actor) -> None:
    """Let results be published only when all are there, and by somebody who neither inspected nor wrote down any.

    Raises:
        RefusedError: Some are missing, or the actor had a hand in them.
    """
    waiting, _ = queries.count_open(plan)
    if waiting:
        refuse("waiting", f"还有 {waiting} 项没有登记检查结果，全部登记以后才能公布。", kind.law)
    if queries.has_inspected(plan, by):
        refuse("same_person", "您是检查人员，或者登记过这次检查的结果，请由其他有公布权限的人核对后公布。", kind.law)


def another(kind: InspectionKind, item: Item, by: Actor) -> None:
    """Let a published result be changed only by somebody who neither inspected the object nor wrote it down.

    Raises:
        RefusedError: The actor did.
    """
    if had_a_hand(item, by):
        refuse("same_person", "您检查过这一项，或者登记过它的结果，请由其他有公布权限的人复核。", kind.law)


def had_a_hand(item: Item, by: Actor) -> bool:
    """Whether the actor inspects an object or wrote down its result."""
    return item.recorded_by_id == by.id or inspects(item, by)


def choosable(kind: InspectionKind, by: Actor) -> dict[str, str]:
    """The units where the actor may plan, id by name."""
    held = (one for one in by.grants if kind.plan in one.permissions and one.unit_id is not None)
    return {str(one.unit_id): one.unit_name for one in held}


def path_of(unit_id: str, permissions: Collection[str], by: Actor) -> str:
    """What the actor reaches from a unit by one of the permissions."""
    return next(
        one.path for one in by.grants if str(one.unit_id) == unit_id and set(permissions) & set(one.permissions)
    )
