"""What is done to the entries of registers, and what is refused."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from saas import clock
from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from saas.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from saas.identity.actor import Actor, Granted
from saas.identity.permissions import KernelPermission
from saas.registers import access, catalogue, choices, keeping, queries, services
from saas.registers.models import RegisterEntry
from saas.registers.queries import Wanted
from tests.conftest import InTenant
from tests.mediation.factory import actor, body
from tests.saas.registers import factory

EVERYTHING = Wanted()


def names(username: str, wanted: Wanted = EVERYTHING) -> list[str]:
    """The committees that somebody's list shows."""
    query = queries.entries_of(actor(username), factory.register(), wanted, clock.today())
    return [entry.name for entry in queries.list_entries(query, offset=0, limit=50)]


def test_a_new_entry_is_active_and_says_in_columns_what_lists_show(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        entry = factory.add(name="甲村调委会")

        assert (entry.status, entry.kind, entry.key_value) == ("active", "village", "甲村调委会")
        assert entry.expires_on == date(2026, 12, 31)
        assert entry.answers["insurance_no"] == "BX-0001"


def test_what_identifies_a_person_lies_sealed(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        committee = factory.add(name="乙村调委会")
        values = {"name": "王芳", "kind": "full_time", "committee": str(committee.id), "phone": "13900001111"}
        entry = services.add(factory.register(factory.MEDIATOR), values, body("兴丰司法所"), by=actor(factory.KEEPER))
        db.session.flush()
        db.session.expire_all()

        assert "phone" not in entry.values
        assert entry.answers["phone"] == "13900001111"


def test_every_act_is_in_the_record_and_in_the_history(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        by, entry = actor(factory.KEEPER), factory.add(name="丙村调委会")
        services.change(entry, factory.committee(name="丙村调委会", members=7), by=by)
        services.set_status(entry, "paused", "换届中", by=by)
        db.session.flush()
        db.session.expire_all()
        acts = db.session.scalars(select(AuditEvent.action).where(AuditEvent.subject_id == str(entry.id)))

        assert sorted(acts) == ["register.added", "register.changed", "register.status_set"]
        assert [one.status for one in entry.changes] == ["paused", "active", "active"]
        assert entry.changes[1].fields == {"members": [5, 7]}
        assert entry.changes[0].reason == "换届中"


def test_a_change_that_changes_nothing_leaves_no_trace(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        entry = factory.add(name="丁村调委会")
        services.change(entry, factory.committee(name="丁村调委会"), by=actor(factory.KEEPER))

        assert entry.revision == 0


def test_the_unique_field_is_unique_in_the_whole_city(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        factory.add(name="戊村调委会")

        with pytest.raises(InvalidInputError) as refused:
            factory.add("大兴区司法局", by="zhangwei", name="戊村调委会")
        assert set(refused.value.fields) == {"name"}


def test_a_form_drawn_before_somebody_else_changed_the_entry_is_refused(
    in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        by, entry = actor(factory.KEEPER), factory.add(name="己村调委会")
        services.change(entry, factory.committee(name="己村调委会", members=3), by=by, revision=0)

        with pytest.raises(ConflictError):
            services.set_status(entry, "paused", "换届", by=by, revision=0)


@pytest.mark.parametrize(("status", "reason", "fault"), [("active", "有", "status"), ("paused", " ", "reason")])
def test_a_status_is_set_to_another_one_and_for_a_reason(
    in_tenant: InTenant, beijing: TenantRef, status: str, reason: str, fault: str
) -> None:
    with in_tenant(beijing):
        entry = factory.add(name=f"{fault}村调委会")

        with pytest.raises(InvalidInputError) as refused:
            services.set_status(entry, status, reason, by=actor(factory.KEEPER))
        assert set(refused.value.fields) == {fault}


def test_a_record_is_of_a_declared_kind_and_of_no_day_to_come(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        by, committee = actor(factory.KEEPER), factory.add(name="庚村调委会")
        values = {"name": "李强", "kind": "part_time", "committee": str(committee.id)}
        entry = services.add(factory.register(factory.MEDIATOR), values, body("兴丰司法所"), by=by)
        record = services.add_record(entry, "培训", {"subject": "民法典", "hours": 8}, clock.today(), by=by)

        assert record.answers == {"subject": "民法典", "hours": 8}
        with pytest.raises(InvalidInputError):
            services.add_record(entry, "培训", {}, date(2999, 1, 1), by=by)
        with pytest.raises(NotFoundError):
            services.add_record(entry, "旅游", {}, clock.today(), by=by)


def test_who_only_reads_the_register_adds_nothing(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing), pytest.raises(PermissionDeniedError):
        factory.add("兴和人民调解委员会", by="sunli", name="辛村调委会")


def test_an_entry_is_seen_from_the_units_above_it_and_not_from_beside(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        entry = factory.add("大兴区司法局", by="zhangwei", name="区级调委会")
        factory.add(name="街道调委会")

        assert {"区级调委会", "街道调委会"} <= set(names("zhangwei"))
        assert "街道调委会" in names(factory.KEEPER)
        assert "区级调委会" not in names(factory.KEEPER)
        assert "街道调委会" not in names("sunli")
        with pytest.raises(NotFoundError):
            queries.get_entry(entry.id, factory.register(), actor(factory.KEEPER))


def test_no_city_sees_anothers_entries(in_tenant: InTenant, beijing: TenantRef, zunyi: TenantRef) -> None:
    with in_tenant(beijing):
        factory.add(name="只在北京的调委会")
    with in_tenant(zunyi):
        assert db.session.scalars(select(RegisterEntry.name)).all() == []


def test_a_list_is_narrowed_by_word_status_kind_and_day(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        factory.add(name="壬村调委会", term_to="2026-12-01")
        factory.add(name="癸社区调委会", kind="residents", term_to="2099-12-31")
        ended = factory.add(name="子村调委会")
        services.set_status(ended, "dissolved", "撤村", by=actor(factory.KEEPER))

        assert names(factory.KEEPER, Wanted(text="壬村")) == ["壬村调委会"]
        assert names(factory.KEEPER, Wanted(kind="residents")) == ["癸社区调委会"]
        assert names(factory.KEEPER, Wanted(text="子村", status="dissolved")) == ["子村调委会"]
        assert "癸社区调委会" not in names(factory.KEEPER, Wanted(due="soon"))
        assert "壬村调委会" in names(factory.KEEPER, Wanted(due="soon"))


def test_only_active_entries_near_a_unit_can_be_chosen(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        gone = factory.add(name="丑村调委会")
        services.set_status(gone, "dissolved", "撤村", by=actor(factory.KEEPER))
        factory.add(name="寅村调委会")
        db.session.flush()
        here = dict(choices.options(factory.COMMITTEE, body("兴丰街道人民调解委员会").path, public_only=False))
        elsewhere = dict(choices.options(factory.COMMITTEE, body("通州区人民调解委员会").path, public_only=False))

        assert "寅村调委会" in here.values()
        assert "丑村调委会" not in here.values()
        assert "寅村调委会" not in elsewhere.values()
        assert choices.name(str(gone.id)) == "丑村调委会"


def test_rules_are_told_what_lies_open_of_a_chosen_entry(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        entry = factory.mediator("兴丰司法所", term_to="2026-12-31")
        db.session.flush()
        told = choices.told({"mediator": str(entry.id), "gone": str(uuid4())})

        assert told.keys() == {"mediator"}
        assert (told["mediator"]["active"], told["mediator"]["expires_on"]) == (True, "2026-12-31")
        assert "phone" not in told["mediator"]["values"]


def test_the_figures_of_a_register_count_its_active_entries_and_those_that_run_out(
    in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        by = actor(factory.KEEPER)
        before = queries.counts_of(by, access.readable(by), clock.today())[factory.COMMITTEE]
        factory.add(name="卯村调委会", term_to="2026-12-01")
        factory.add(name="辰村调委会", term_to="2099-12-31")
        after = queries.counts_of(by, access.readable(by), clock.today())[factory.COMMITTEE]

        assert (after.total - before.total, after.active - before.active, after.soon - before.soon) == (2, 2, 1)


def test_the_unique_value_of_a_register_without_one_is_nothing(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        assert keeping.key_of(catalogue.find(factory.MEDIATOR).register, {"name": "王芳"}) is None


def test_only_what_lies_where_lists_may_be_taken_out_is_taken_out(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        here, register = factory.add(name="可导出调委会"), factory.register()
        there = factory.add("大兴区司法局", by="zhangwei", name="只可看调委会")
        db.session.flush()
        reads = Granted("a", "a", "", None, "", frozenset({register.read}))
        takes = Granted("b", "b", here.unit_path, None, "", frozenset({KernelPermission.CASE_EXPORT}))
        reader, day = Actor(uuid4(), "李四", "staff", (reads, takes)), clock.today()
        seen = queries.list_entries(queries.entries_of(reader, register, EVERYTHING, day), offset=0, limit=500)
        taken = queries.list_entries(queries.entries_to_export(reader, register, EVERYTHING, day), offset=0, limit=500)

        assert {here.id, there.id} <= {one.id for one in seen}
        assert here.id in {one.id for one in taken}
        assert there.id not in {one.id for one in taken}
