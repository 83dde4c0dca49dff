"""The rows of an inspection's lists and places, and what is told to whom is drawn; used by the services alone."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NoReturn
from uuid import UUID

from saas import clock
from saas.audit import services as audit
from saas.db.ids import new_id
from saas.db.session import db
from saas.identity.actor import Actor
from saas.inspections import checks, grading, queries, sources
from saas.inspections import draw as drawing
from saas.inspections.actions import InspectionAudit
from saas.inspections.declaration import InspectionKind
from saas.inspections.grading import Entered
from saas.inspections.models import Assignment, Inspector, Item, Plan, Recusal
from saas.messages import services as messages
from saas.text import chinese_date


def item_of(made: Plan, one: sources.Drawable) -> Item:
    """Something that may be drawn, as a row."""
    return Item(
        id=new_id(), plan_id=made.id, ref=one.id, title=one.title, unit_name=one.unit_name, unit_path=one.unit_path
    )


def list_people(made: Plan, names: Mapping[UUID, str]) -> None:
    """Put accounts, each with the name, on the list of those who may be drawn."""
    db.session.add_all(Inspector(id=new_id(), plan_id=made.id, user_id=id_, name=name) for id_, name in names.items())


def keep_out(
    made: Plan,
    kept_out: Mapping[UUID, Mapping[UUID, str]],
    inspectors: Mapping[UUID, Inspector],
    by: Actor,
) -> None:
    """Keep accounts out of items, by the item's id; accounts that are no inspectors are left out."""
    assert by.id is not None, "a member of staff decides"
    db.session.flush()  # the items are named
    db.session.add_all(
        Recusal(
            id=new_id(),
            plan_id=made.id,
            item_id=item_id,
            inspector_id=inspectors[user_id].id,
            reason=reason,
            late=made.seed is not None,
            since=clock.now(),
            by_id=by.id,
        )
        for item_id, people in kept_out.items()
        for user_id, reason in people.items()
        if user_id in inspectors
    )


def recused(made: Plan) -> defaultdict[str, set[str]]:
    """By what the draw knows an object by, the ids of the accounts that keep out of it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in queries.list_recusals(made):
        found[one.item.ref].add(str(one.inspector.user_id))
    return found


def assign(item: Item, inspector: Inspector, place: int, *, instead_of: Assignment | None = None) -> None:
    """Give a place of an object to an inspector; of somebody who had it."""
    db.session.add(
        Assignment(
            id=new_id(),
            item=item,
            inspector=inspector,
            place=place,
            replaces_id=instead_of.id if instead_of else None,
            since=clock.now(),
        )
    )


def replace(kind: InspectionKind, made: Plan, item: Item, drawn: Assignment, by: Actor) -> None:
    """Give the place of somebody who keeps out to the next by the seed, who has never had one in this object."""
    assert made.seed is not None, "only who was drawn is replaced"
    inspectors = {str(one.user_id): one for one in queries.list_inspectors(made)}
    load = queries.count_load(made)
    out = recused(made)[item.ref] | {str(one.inspector.user_id) for one in item.assignments}
    free = drawing.next_free(made.seed, item.ref, {key: load[one.id] for key, one in inspectors.items()}, out)
    if not free:
        nobody_left(kind, item)
    drawn.ended_at = clock.now()
    assign(item, inspectors[free[0]], drawn.place, instead_of=drawn)
    about = {"object": item.title, "old": drawn.inspector.name, "new": inspectors[free[0]].name}
    audit.record(InspectionAudit.REPLACED, made, by=by, detail=about)
    tell(made, inspectors[free[0]], 1)


def write(kind: InspectionKind, item: Item, entered: Entered) -> None:
    """Put a result on an object; what was put right stays with it as long as it fails."""
    item.scores, item.points = dict(entered.scores), grading.points_of(kind, entered.scores)
    item.grade, item.findings = grading.grade_of(kind, entered), entered.findings.strip() or None
    item.inspected_on = entered.inspected_on
    item.rectify_by = entered.rectify_by if item.grade in kind.failing else None
    if item.rectify_by is None:
        item.rectified_on = item.rectified = None


def nobody_left(kind: InspectionKind, item: Item) -> NoReturn:
    """Refuse: too many keep out of an object.

    Raises:
        RefusedError: Always.
    """
    sentence = f"“{item.title}”除去回避的人以后，检查人员不足 {kind.per_object} 人。请增加检查人员，另行制定计划。"
    checks.refuse("nobody_left", sentence, kind.law)


def tell(made: Plan, inspector: Inspector, number: int) -> None:
    """Tell somebody who was drawn."""
    due = chinese_date(made.due_on)
    body = f"“{made.title}”抽取您检查 {number} 项，请在{due}前完成并登记结果。与对象有利害关系的，请先登记回避。"
    messages.tell_user(inspector.user_id, "请完成抽取的检查", body)
