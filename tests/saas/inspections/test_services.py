"""The life of an inspection: planned, fixed, drawn, written down, published, put right; and what is refused."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, true

from saas import clock
from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from saas.errors import InvalidInputError, PermissionDeniedError, RefusedError
from saas.indicators import services as indicators
from saas.inspections import queries, services, sheet
from saas.inspections.actions import InspectionAudit
from saas.inspections.grading import Entered
from saas.inspections.sources import Asked, closed_cases
from saas.messages import queries as messages
from saas.registers import services as keeping
from saas.registers.drawables import active_entries
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.inspections import planning
from tests.saas.inspections.conftest import Names
from tests.saas.inspections.planning import TEST
from tests.saas.registers import factory as registers

ELSEWHERE = {InspectionAudit.RECUSED, InspectionAudit.REPLACED, InspectionAudit.AMENDED}


@pytest.fixture(autouse=True)
def _entered(beijing: TenantRef, in_tenant: InTenant, heads: list[str], objects: Names) -> Iterator[None]:
    """Every test in 北京市, with ten objects to draw."""
    assert len(heads) == 4
    objects(10)
    with in_tenant(beijing):
        yield


def test_an_inspection_goes_from_plan_to_end_and_leaves_its_trail() -> None:
    made = planning.drawn(share=25)
    items = queries.list_drawn(made)
    for item, entered in zip(
        items, (planning.scores(40, 55), planning.scores(40, 30), planning.scores(10, 20)), strict=True
    ):
        services.record(made, item, entered, by=planning.inspector_of(item))
    boss = factory.actor("zhangwei")
    services.publish(made, by=boss)
    services.rectify(made, items[2], clock.today(), "已经补正，复查合格。", by=boss)
    services.close(made, by=boss)

    assert [item.grade for item in items] == ["excellent", "qualified", "failed"]
    assert [item.points for item in items] == [95, 70, 30]
    assert made.state == "closed"
    done = db.session.scalars(select(AuditEvent.action).where(AuditEvent.action.startswith("inspection."))).all()
    assert set(done) >= set(InspectionAudit) - ELSEWHERE


def test_anybody_can_draw_again_with_nothing_but_sha256() -> None:
    boss = factory.actor("zhangwei")
    made = planning.plan(share=45)
    services.freeze(made, by=boss)
    out, item = queries.list_inspectors(made)[0], queries.list_items(made)[0]
    services.recuse(made, item, out, "曾在该所任职", by=boss)
    services.draw(made, by=boss)
    told = sheet.sheet(made)

    def sha(text: str) -> str:
        return hashlib.sha256(text.encode("utf-8")).hexdigest()

    ids, people = [one["id"] for one in told["objects"]], [one["id"] for one in told["inspectors"]]
    head = [told["format"], f"share_percent {told['share_percent']}", f"per_object {told['per_object']}"]
    assert sha("\n".join([*head, "objects", *sorted(ids), "inspectors", *sorted(people)])) == told["digest"]
    kept_out = {(one["object"], one["inspector"]) for one in told["recused"]}
    assert kept_out == {(item.ref, str(out.user_id))}
    load, again = dict.fromkeys(people, 0), []
    for one in sorted(ids, key=lambda id_: sha(f"{told['seed']}:{id_}"))[: -(-10 * 45 // 100)]:
        free = [person for person in people if (one, person) not in kept_out]
        pair = sorted(free, key=lambda person: (load[person], sha(f"{told['seed']}:{one}:{person}")))[:2]
        load |= {person: load[person] + 1 for person in pair}
        again.append({"object": one, "inspectors": pair})
    assert told["drawn"] == again
    assert sheet.agrees(made)


def test_a_changed_list_or_seed_no_longer_agrees() -> None:
    made = planning.drawn()
    seed, made.seed = made.seed, "0" * 64
    assert not sheet.agrees(made)

    made.seed = seed
    queries.list_items(made)[0].ref = "other"
    assert not sheet.agrees(made)


def test_who_is_drawn_is_told_once_and_has_it_waiting() -> None:
    made = planning.drawn(title="法律文书专项检查")
    person = planning.inspector_of(queries.list_drawn(made)[0])
    assert person.id is not None

    told = [one for one in messages.list_inbox(person.id, limit=99) if "法律文书专项检查" in one.body]
    waiting = [one for one in queries.list_waiting(person, limit=99) if one.plan_id == made.id]
    assert len(told) == 1
    assert f"检查 {len(waiting)} 项" in told[0].body


def test_who_keeps_out_is_never_drawn_and_a_draw_without_enough_people_is_refused_with_the_article() -> None:
    boss, made = factory.actor("zhangwei"), planning.plan()
    services.freeze(made, by=boss)
    item, people = queries.list_items(made)[0], queries.list_inspectors(made)
    for person in people[:3]:
        services.recuse(made, item, person, "利害关系", by=boss)

    with pytest.raises(RefusedError) as refused:
        services.draw(made, by=boss)

    assert refused.value.reasons[0].law == "评查办法第三条"
    assert item.title in refused.value.message
    assert (made.state, made.seed) == ("frozen", None)


def test_who_turns_out_to_keep_out_is_replaced_by_the_next_of_the_seed() -> None:
    made = planning.drawn()
    item = queries.list_drawn(made)[0]
    before = [one.inspector_id for one in item.assignments]
    services.recuse(made, item, item.assignments[0].inspector, "亲属", by=planning.inspector_of(item))
    now = [one.inspector_id for one in item.assignments if one.ended_at is None]

    assert before[0] not in now
    assert len(set(now) | set(before)) == 3
    assert len(sheet.sheet(made)["replaced"]) == 1
    assert sheet.agrees(made)
    with pytest.raises(RefusedError, match="您不是抽取确定的检查人员"):
        services.record(made, item, planning.scores(40, 60), by=planning.inspector_of(item))


def test_only_who_was_drawn_writes_down_a_result_and_it_can_be_put_right_until_published() -> None:
    made = planning.drawn()
    item = queries.list_drawn(made)[0]
    with pytest.raises(RefusedError) as refused:
        services.record(made, item, planning.scores(40, 60), by=factory.actor("zhangwei"))
    assert refused.value.reasons[0].law == "评查办法第三条"

    person = planning.inspector_of(item)
    with pytest.raises(InvalidInputError) as wrong:
        services.record(made, item, planning.scores(41, 60), by=person)
    assert set(wrong.value.fields) == {"score-form"}
    services.record(made, item, planning.scores(10, 10), by=person)
    services.record(made, item, planning.scores(40, 60), by=person)
    assert (item.grade, item.rectify_by) == ("excellent", None)


def test_results_are_published_when_all_are_there_by_somebody_who_wrote_down_none() -> None:
    made, boss = planning.drawn(), factory.actor("zhangwei")
    with pytest.raises(RefusedError, match="还有 10 项没有登记检查结果"):
        services.publish(made, by=boss)
    planning.record_all(made, planning.scores(40, 60))
    item = queries.list_drawn(made)[0]
    with pytest.raises(PermissionDeniedError):
        services.publish(made, by=planning.inspector_of(item))
    item.recorded_by_id = boss.id
    with pytest.raises(RefusedError, match="登记过这次检查的结果"):
        services.publish(made, by=boss)

    assert made.state == "drawn"


def test_an_inspector_whose_result_another_wrote_down_again_neither_publishes_nor_changes_it() -> None:
    made, boss = planning.drawn(share=10), factory.actor("zhangwei")
    planning.record_all(made, planning.scores(10, 10))
    item = queries.list_drawn(made)[0]
    assert boss.id is not None
    item.assignments[0].inspector.user_id = boss.id  # an inspector who may publish too
    assert item.recorded_by_id != boss.id
    with pytest.raises(RefusedError, match="您是检查人员"):
        services.publish(made, by=boss)
    made.state = "published"
    with pytest.raises(RefusedError, match="您检查过这一项"):
        services.amend(made, item, planning.scores(40, 30), "异议成立", by=boss)


@pytest.mark.parametrize("days", [(date(1, 1, 1), date(2026, 1, 1)), (date(2026, 1, 1), date.max)])
def test_a_period_in_a_year_that_nobody_means_is_refused_when_it_is_planned(days: tuple[date, date]) -> None:
    boss = factory.actor("zhangwei")
    with pytest.raises(InvalidInputError) as wrong:
        services.plan(planning.REVIEW, planning.planned(boss, starts_on=days[0], ends_on=days[1]), by=boss)

    assert set(wrong.value.fields) == {"starts_on"}


def test_what_was_found_has_to_be_put_right_before_the_end() -> None:
    made, boss = planning.drawn(share=10), factory.actor("zhangwei")
    planning.record_all(made, planning.scores(10, 10))
    services.publish(made, by=boss)
    item = queries.list_drawn(made)[0]
    with pytest.raises(RefusedError, match="还有 1 项没有登记整改情况"):
        services.close(made, by=boss)
    with pytest.raises(InvalidInputError) as wrong:
        services.rectify(made, item, clock.today() + timedelta(days=1), " ", by=boss)

    assert set(wrong.value.fields) == {"rectified_on", "rectified"}
    services.rectify(made, item, clock.today(), "补正", by=boss)
    with pytest.raises(RefusedError):
        services.rectify(made, item, clock.today(), "补正", by=boss)


def test_a_published_result_is_changed_upon_objection_by_another_and_keeps_what_it_was() -> None:
    made, boss = planning.drawn(share=10), factory.actor("zhangwei")
    item = queries.list_drawn(made)[0]
    with pytest.raises(RefusedError):
        services.amend(made, item, planning.scores(40, 30), "异议成立", by=boss)
    planning.record_all(made, planning.scores(10, 10))
    services.publish(made, by=boss)
    with pytest.raises(PermissionDeniedError):
        services.amend(made, item, planning.scores(40, 30), "异议成立", by=planning.inspector_of(item))
    with pytest.raises(InvalidInputError) as wrong:
        services.amend(made, item, planning.scores(40, 90), " ", by=boss)
    services.amend(made, item, planning.scores(40, 30), "异议成立", by=boss)

    assert set(wrong.value.fields) == {"score-matter", "reason"}
    assert (item.grade, item.rectify_by) == ("qualified", None)
    assert [(one["grade"], one["points"], one["reason"]) for one in item.amended] == [("failed", 20, "异议成立")]


def test_lists_are_fixed_once_and_only_with_something_to_draw(objects: Names) -> None:
    made, boss = planning.plan(), factory.actor("zhangwei")
    objects(0)
    with pytest.raises(RefusedError, match="没有可以抽取的对象"):
        services.freeze(made, by=boss)
    with pytest.raises(RefusedError, match="名单没有锁定"):
        services.draw(made, by=boss)
    objects(3)
    services.freeze(made, by=boss)
    with pytest.raises(RefusedError, match="名单已锁定"):
        services.freeze(made, by=boss)
    with pytest.raises(PermissionDeniedError):
        services.draw(made, by=factory.actor("hetao"))


def test_a_plan_says_what_is_wrong_at_its_field() -> None:
    boss = factory.actor("zhangwei")
    bad = planning.planned(boss, title=" ", share=0, due_on=clock.today() - timedelta(days=1), unit_id="", ends_on=None)
    with pytest.raises(InvalidInputError) as wrong:
        services.plan(planning.REVIEW, bad, by=boss)
    assert set(wrong.value.fields) == {"title", "share", "due_on", "unit_id", "starts_on"}

    named = planning.planned(boss, inspectors=["sunli", "nobody"])
    with pytest.raises(InvalidInputError) as unknown:
        services.plan(TEST, named, by=boss)
    assert (
        "nobody、sunli" in unknown.value.fields["inspectors"] or "sunli、nobody" in unknown.value.fields["inspectors"]
    )
    with pytest.raises(PermissionDeniedError):
        services.plan(TEST, named, by=factory.actor("sunli"))


def test_named_inspectors_choose_a_grade_where_there_are_no_points() -> None:
    made = planning.drawn(TEST, inspectors=["lixf"])
    items, person = queries.list_drawn(made), factory.actor("lixf")
    later = clock.today() + timedelta(days=9)
    services.record(made, items[0], Entered(clock.today(), grade="good"), by=person)
    services.record(
        made, items[1], Entered(clock.today(), grade="failed", findings="离群", rectify_by=later), by=person
    )

    assert [(item.grade, item.rectify_by) for item in items[:2]] == [("good", None), ("failed", later)]


def test_who_has_had_a_hand_in_a_case_does_not_inspect_it() -> None:
    case = factory.mediating()
    case.closed_at = clock.now()
    boss = factory.actor("zhangwei")
    asked = Asked("mediation.dispute", boss.unit_path or "", clock.today(), clock.today(), planning.RIGHT, boss)
    found = {one.id: one for one in closed_cases(asked)}

    assert {factory.actor("zhaoxh").id, factory.actor("sunli").id} <= set(found[str(case.id)].kept_out)
    assert found[str(case.id)].title == case.number
    elsewhere = Asked(asked.name, asked.path, asked.starts_on, asked.ends_on, planning.RIGHT, factory.actor("hetao"))
    assert closed_cases(elsewhere) == []


def test_the_active_entries_of_a_register_under_the_plan_can_be_drawn() -> None:
    kept = registers.add(name="甲村人民调解委员会")
    ended = registers.add(name="乙村人民调解委员会")
    keeping.set_status(ended, "dissolved", "撤销", by=factory.actor(registers.KEEPER))
    boss, other = factory.actor("zhangwei"), factory.actor("hetao")
    asked = Asked(registers.COMMITTEE, boss.unit_path or "", clock.today(), clock.today(), planning.RIGHT, boss)
    found = {one.id: one.title for one in active_entries(asked)}

    assert found[str(kept.id)] == "甲村人民调解委员会"
    assert str(ended.id) not in found
    assert str(kept.id) not in {one.id for one in active_entries(replace(asked, path=other.unit_path or "", by=other))}


def test_682_files_with_53_excellent_ones_make_100_and_7_77_percent(objects: Names, heads: list[str]) -> None:
    objects(682)
    made = planning.drawn(planning.FILES)
    people = {actor.id: actor for actor in map(factory.actor, heads)}
    best, good = ({code: most - less for code, _, most in planning.FILES.criteria} for less in (0, 3))
    for number, item in enumerate(queries.list_drawn(made)):
        entered = Entered(clock.today(), best if number < 53 else good)
        services.record(made, item, entered, by=people[item.assignments[0].inspector.user_id])
    report = indicators.report(f"{clock.today():%Y-%m}", true(), "全市")
    values = {one["code"]: one["value"] for one in report["indicators"]}

    assert (values["mediation.reviewed"], values["mediation.review_excellent"]) == (682, 53)
    assert values["mediation.review_pass_rate"] == "100.00"
    assert values["mediation.review_excellent_rate"] == "7.77"
