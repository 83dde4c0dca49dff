"""What is done to an inspection, one verb each, in this order; each writes down what it did."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from saas import clock
from saas.audit import services as audit
from saas.db.ids import new_id
from saas.db.session import db
from saas.errors import InvalidInputError, PermissionDeniedError
from saas.identity.actor import Actor
from saas.inspections import checks, grading, queries, rows, sources
from saas.inspections import draw as drawing
from saas.inspections.actions import InspectionAudit
from saas.inspections.declaration import InspectionKind
from saas.inspections.grading import Entered
from saas.inspections.models import Inspector, Item, Plan

SEED_BYTES = 32
EARLIEST_YEAR, YEARS_AHEAD = 1900, 10
"""What is inspected and by when lies within these years; a slip of the hand does not."""


@dataclass(frozen=True)
class Planned:
    """What a plan says.

    Attributes:
        title: What the inspection is called.
        unit_id: The unit that makes it; what lies below the unit is inspected.
        share: How many percent of the objects are drawn.
        starts_on: First day of the period that is inspected.
        ends_on: Last day of that period.
        due_on: The day by which it is to be inspected.
        content: What is looked at.
        inspectors: The usernames of who may be drawn, where the kind names no role.
    """

    title: str
    unit_id: str
    share: int | None
    starts_on: date | None
    ends_on: date | None
    due_on: date | None
    content: str = ""
    inspectors: Sequence[str] = ()


def plan(kind: InspectionKind, planned: Planned, *, by: Actor) -> Plan:
    """Plan an inspection.

    Raises:
        PermissionDeniedError: The actor may plan none of this kind.
        InvalidInputError: What was filled in does not hold.
    """
    units = checks.choosable(kind, by)
    if not units:
        raise PermissionDeniedError("您没有制定这类检查计划的权限。")
    wrong = _planning_faults(kind, planned, units)
    if wrong:
        raise InvalidInputError(wrong)
    assert planned.starts_on is not None
    assert planned.ends_on is not None
    assert planned.due_on is not None
    assert planned.share is not None
    assert by.id is not None, "a member of staff plans"
    made = Plan(
        id=new_id(),
        kind=kind.key,
        title=planned.title.strip(),
        content=planned.content.strip(),
        unit_id=UUID(planned.unit_id),
        unit_path=checks.path_of(planned.unit_id, {kind.plan}, by),
        starts_on=planned.starts_on,
        ends_on=planned.ends_on,
        due_on=planned.due_on,
        share=planned.share,
        per_object=kind.per_object,
        state="planned",
        planned_by=by.name,
        planned_by_id=by.id,
        planned_at=clock.now(),
    )
    db.session.add(made)
    rows.list_people(made, {one.id: one.person.name for one in queries.list_able(planned.inspectors, kind.work)})
    audit.record(InspectionAudit.PLANNED, made, by=by, detail={"kind": kind.key, "share": made.share})
    return made


def freeze(made: Plan, *, by: Actor) -> str:
    """Fix the lists of objects and inspectors of a plan loaded for update; the digest that says which they were.

    Who has had a hand in an object keeps out of it from now on.

    Raises:
        RefusedError: There is nothing to draw, or not enough people to inspect it.
    """
    kind = queries.get_kind(made.kind)
    checks.allow(made, kind.plan, by)
    checks.at(made, "planned")
    found = sources.collect(kind.objects, _asked(kind, made, by))
    if not found:
        checks.refuse("nothing", "这个范围和期间内没有可以抽取的对象，请另行制定计划。", kind.law)
    if kind.inspectors:
        holders = queries.list_holders(kind.inspectors, made.unit_path)
        rows.list_people(made, {one.id: one.person.name for one in holders})
    db.session.flush()  # the inspectors' rows are asked for
    inspectors = {one.user_id: one for one in queries.list_inspectors(made)}
    if len(inspectors) < made.per_object:
        sentence = f"检查人员名单只有 {len(inspectors)} 人，每个对象需要 {made.per_object} 人。"
        checks.refuse("few", sentence, kind.law)
    items = [rows.item_of(made, one) for one in found]
    db.session.add_all(items)
    rows.keep_out(made, {item.id: one.kept_out for item, one in zip(items, found, strict=True)}, inspectors, by)
    people = [str(one) for one in inspectors]
    made.digest = drawing.digest([one.id for one in found], made.share, people, made.per_object)
    made.state, made.frozen_at = "frozen", clock.now()
    counts = {"objects": len(items), "people": len(people)}
    audit.record(InspectionAudit.FROZEN, made, by=by, detail={"digest": made.digest, **counts})
    return made.digest


def recuse(made: Plan, item: Item, inspector: Inspector, reason: str, *, by: Actor) -> None:
    """Keep an inspector out of an object, before the draw or after it; whoever was drawn is replaced at once.

    The planner keeps out anybody, an inspector himself.

    Raises:
        InvalidInputError: Nothing is said why, or the inspector keeps out of it already.
        RefusedError: The moment has passed, or nobody is left in the place.
    """
    kind = queries.get_kind(made.kind)
    if inspector.user_id != by.id:
        checks.allow(made, kind.plan, by)
    checks.at(made, "frozen", "drawn")
    if item.grade is not None:
        checks.refuse("recorded", "这一项已经登记检查结果，不能再登记回避。", kind.law)
    known = rows.recused(made)[item.ref]
    wrong = {} if reason.strip() else {"reason": "请填写回避的理由。"}
    if str(inspector.user_id) in known:
        wrong["inspector"] = f"{inspector.name}已经在这一项回避。"
    if wrong:
        raise InvalidInputError(wrong)
    rows.keep_out(made, {item.id: {inspector.user_id: reason.strip()}}, {inspector.user_id: inspector}, by)
    about = {"object": item.title, "inspector": inspector.name}
    audit.record(InspectionAudit.RECUSED, made, by=by, detail={**about, "reason": reason.strip()})
    drawn = next((one for one in checks.current(item) if one.inspector_id == inspector.id), None)
    if drawn is not None:
        rows.replace(kind, made, item, drawn, by)


def draw(made: Plan, *, by: Actor) -> None:
    """Make the seed of a plan loaded for update and draw; those drawn are told.

    Raises:
        RefusedError: Too many keep out of an object.
    """
    kind = queries.get_kind(made.kind)
    checks.allow(made, kind.plan, by)
    checks.at(made, "frozen")
    items = {one.ref: one for one in queries.list_items(made)}
    inspectors = {str(one.user_id): one for one in queries.list_inspectors(made)}
    seed = secrets.token_hex(SEED_BYTES)
    try:
        out = drawing.draw(seed, list(items), made.share, list(inspectors), made.per_object, rows.recused(made))
    except drawing.NobodyLeftError as error:
        rows.nobody_left(kind, items[error.drawn])
    made.seed, made.state, made.drawn_at = seed, "drawn", clock.now()
    for position, ref in enumerate(out.objects, start=1):
        items[ref].position = position
        for place, user_id in enumerate(out.pairs[ref], start=1):
            rows.assign(items[ref], inspectors[user_id], place)
    audit.record(InspectionAudit.DRAWN, made, by=by, detail={"seed": seed, "objects": len(out.objects)})
    for user_id, number in Counter(one for pair in out.pairs.values() for one in pair).items():
        rows.tell(made, inspectors[user_id], number)


def record(made: Plan, item: Item, entered: Entered, *, by: Actor) -> None:
    """Write down the result of an object loaded for update, which may be corrected until it is published.

    Raises:
        RefusedError: The actor was not drawn for it, or the results are out.
        InvalidInputError: What was filled in does not hold.
    """
    kind = queries.get_kind(made.kind)
    checks.at(made, "drawn")
    checks.own_object(kind, item, by)
    assert made.drawn_at is not None, "a drawn plan says when"
    wrong = grading.faults(kind, entered, clock.local(made.drawn_at).date(), clock.today())
    if wrong:
        raise InvalidInputError(wrong)
    old = item.grade
    rows.write(kind, item, entered)
    item.recorded_by, item.recorded_by_id, item.recorded_at = by.name, by.id, clock.now()
    about = {"object": item.title, "old": old, "new": item.grade, "points": item.points}
    audit.record(InspectionAudit.RECORDED, item, by=by, detail=about)


def publish(made: Plan, *, by: Actor) -> None:
    """Publish the results of a plan loaded for update.

    Raises:
        PermissionDeniedError: The actor may not publish here.
        RefusedError: Results are missing, or the actor inspected or wrote down some of them.
    """
    kind = queries.get_kind(made.kind)
    checks.allow(made, kind.publish, by)
    checks.at(made, "drawn")
    checks.ready(kind, made, by)
    made.state, made.published_at = "published", clock.now()
    made.published_by, made.published_by_id = by.name, by.id
    audit.record(InspectionAudit.PUBLISHED, made, by=by, detail={"title": made.title})


def amend(made: Plan, item: Item, entered: Entered, reason: str, *, by: Actor) -> None:
    """Change a published result upon an objection; what it was and why it was changed stays with it.

    Raises:
        PermissionDeniedError: The actor may not publish here.
        RefusedError: It is not published, or the actor inspected it or wrote it down.
        InvalidInputError: What was filled in does not hold.
    """
    kind = queries.get_kind(made.kind)
    checks.allow(made, kind.publish, by)
    checks.at(made, "published")
    checks.another(kind, item, by)
    assert item.inspected_on is not None, "a published result says when"
    wrong = grading.faults(kind, entered, item.inspected_on, clock.today())
    if not reason.strip():
        wrong["reason"] = "请写明异议的内容和更正的理由。"
    if wrong:
        raise InvalidInputError(wrong)
    before = {"grade": item.grade, "points": item.points, "reason": reason.strip()}
    item.amended = [*item.amended, {**before, "by": by.name, "at": clock.now().isoformat()}]
    rows.write(kind, item, entered)
    about = {"object": item.title, "old": before["grade"], "new": item.grade, "reason": reason.strip()}
    audit.record(InspectionAudit.AMENDED, item, by=by, detail=about)


def rectify(made: Plan, item: Item, done_on: date | None, what: str, *, by: Actor) -> None:
    """Note that what was found has been put right; by who inspected it or by the planner.

    Raises:
        RefusedError: Nothing was to be put right.
        InvalidInputError: The day or what was done is missing.
    """
    kind = queries.get_kind(made.kind)
    if not checks.inspects(item, by):
        checks.allow(made, kind.plan, by)
    checks.at(made, "drawn", "published")
    if item.rectify_by is None or item.rectified_on is not None:
        checks.refuse("nothing", "这一项没有需要整改的问题，或者已经登记整改情况。", kind.law)
    wrong = {} if what.strip() else {"rectified": "请写明整改情况和复查结果。"}
    if done_on is None or item.inspected_on is None or not item.inspected_on <= done_on <= clock.today():
        wrong["rectified_on"] = "请填写完成整改的日期，不能早于检查日期，不能晚于今天。"
    if wrong:
        raise InvalidInputError(wrong)
    item.rectified_on, item.rectified = done_on, what.strip()
    audit.record(InspectionAudit.RECTIFIED, item, by=by, detail={"object": item.title, "day": str(done_on)})


def close(made: Plan, *, by: Actor) -> None:
    """End a published inspection in which everything has been put right.

    Raises:
        RefusedError: Something has not.
    """
    kind = queries.get_kind(made.kind)
    checks.allow(made, kind.plan, by)
    checks.at(made, "published")
    _, wrong = queries.count_open(made)
    if wrong:
        checks.refuse("wrong", f"还有 {wrong} 项没有登记整改情况，不能结束。", kind.law)
    made.state, made.closed_at = "closed", clock.now()
    audit.record(InspectionAudit.CLOSED, made, by=by, detail={"title": made.title})


def _planning_faults(kind: InspectionKind, planned: Planned, units: Mapping[str, str]) -> dict[str, str]:
    wrong = {} if planned.title.strip() else {"title": "请填写检查名称。"}
    if planned.unit_id not in units:
        wrong["unit_id"] = "请选择制定计划的单位。"
    if planned.share is None or not 1 <= planned.share <= drawing.WHOLE:
        wrong["share"] = "请填写抽取比例，1 至 100 的整数。"
    last = date(clock.today().year + YEARS_AHEAD, 12, 31)
    if planned.starts_on is None or planned.ends_on is None or planned.starts_on > planned.ends_on:
        wrong["starts_on"] = "请填写检查的期间，起始日期不能晚于截止日期。"
    elif planned.starts_on.year < EARLIEST_YEAR or planned.ends_on > last:
        wrong["starts_on"] = f"检查的期间应当在{EARLIEST_YEAR}年以后，不能晚于{last.year}年，请核对年份。"
    if planned.due_on is None or not clock.today() <= planned.due_on <= last:
        wrong["due_on"] = f"请填写完成检查的日期，不能早于今天，不能晚于{last.year}年。"
    return wrong | ({} if kind.inspectors else _naming_faults(kind, planned.inspectors))


def _naming_faults(kind: InspectionKind, named: Sequence[str]) -> dict[str, str]:
    known = {one.username for one in queries.list_able(named, kind.work)}
    strangers = [one for one in named if one not in known]
    if strangers:
        return {"inspectors": f"这些账号不存在，或者没有检查权限：{'、'.join(strangers)}。"}
    if len(known) < kind.per_object:
        return {"inspectors": f"请至少填写 {kind.per_object} 名检查人员的账号。"}
    return {}


def _asked(kind: InspectionKind, made: Plan, by: Actor) -> sources.Asked:
    name = kind.objects.partition(":")[2]
    return sources.Asked(name, made.unit_path, made.starts_on, made.ends_on, kind.plan, by)
