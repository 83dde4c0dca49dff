"""People are told of limits that run out: each level once, up the ranks, together where there are many."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from saas import clock
from saas.cases import alarms
from saas.cases.clock_models import Clock, ClockAlarm
from saas.cases.models import Case
from saas.db.counting import Counted
from saas.db.session import TenantRef, db
from saas.domain import get_domain
from saas.messages.models import Message
from tenants import limits
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.cases.damage import break_step, extended


@pytest.fixture
def quiet(in_tenant: InTenant, beijing: TenantRef) -> Iterator[None]:
    """Nothing else is due in the city."""
    with in_tenant(beijing):
        db.session.execute(update(Clock).values(alarm_on=None))
    yield
    with in_tenant(beijing):
        db.session.execute(update(Clock).values(alarm_on=None))


def _case() -> Case:
    case = factory.mediating()
    for row in case.clocks:
        row.alarm_on = row.alarm_on if row.code == "mediation" else None
    db.session.flush()
    return case


def _told(case: Case) -> list[tuple[str, str]]:
    query = select(Message).where(Message.case_id == case.id, Message.title == "办理期限提醒").order_by(Message.sent_at)
    names = {factory.actor(name).id: name for name in ("sunli", "zhaoxh")}
    return [(names.get(one.user_id, "other"), one.body) for one in db.session.scalars(query)]


def _ring_after(case: Case, days: int) -> list[str]:
    before = len(_told(case))
    due = next(row for row in case.clocks if row.code == "mediation").due_on
    moment = clock.now() + (due - clock.today()) + timedelta(days=days)
    with clock.business_time(moment):
        alarms.ring()
        db.session.flush()
        return sorted({name for name, _ in _told(case)[before:]})


def _known(names: list[str]) -> list[str]:
    """Those of the starter: other tests may have made further directors of the same committee."""
    return [name for name in names if name != "other"]


@pytest.mark.usefixtures("quiet")
def test_each_level_is_told_once_and_the_ranks_above_join(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        case = _case()

        assert _ring_after(case, -14) == ["sunli"]
        assert _ring_after(case, -14) == []
        assert _known(_ring_after(case, -3)) == ["sunli", "zhaoxh"]
        assert _known(_ring_after(case, 0)) == ["sunli", "zhaoxh"]
        assert _known(_ring_after(case, 1)) == ["sunli", "zhaoxh"]
        assert "other" in _ring_after(case, 3)
        assert any("超期1日" in body for _, body in _told(case))
        levels = set(db.session.scalars(select(ClockAlarm.level).where(ClockAlarm.case_id == case.id)))
        assert levels == {"50%", "80%", "due", "+1", "+3"}


@pytest.mark.usefixtures("quiet")
def test_what_was_missed_is_one_message(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        case = _case()

        _ring_after(case, 1)

        assert len([1 for name, _ in _told(case) if name == "sunli"]) == 1


@pytest.mark.usefixtures("quiet")
def test_many_limits_of_one_person_come_in_one_message(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        cases = [_case() for _ in range(5)]
        due = max(row.due_on for case in cases for row in case.clocks if row.code == "mediation")
        with clock.business_time(clock.now() + (due - clock.today())):
            assert alarms.ring() == 5
            db.session.flush()

        handler = factory.actor("sunli").id
        together = select(Message.body).where(Message.user_id == handler, Message.title == "有5项办理期限需要注意")
        (body,) = db.session.scalars(together)
        assert all(case.number in body for case in cases)


@pytest.mark.usefixtures("quiet")
def test_the_round_goes_through_every_city_and_finds_them_by_the_index(
    app: Flask, in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        case = _case()
        number = case.number
        db.session.execute(
            update(Clock).where(Clock.case_id == case.id, Clock.code == "mediation").values(alarm_on=clock.today())
        )

    assert limits.go_round(app) >= 1

    with in_tenant(beijing):
        waiting = select(func.count()).select_from(Clock).join(Case).where(Case.number == number)
        assert db.session.scalar(waiting.where(Clock.alarm_on <= clock.today())) == 0


@pytest.mark.usefixtures("quiet")
def test_a_damaged_case_waits_for_tomorrow_and_keeps_back_nobody_else(
    in_tenant: InTenant, beijing: TenantRef, caplog: pytest.LogCaptureFixture
) -> None:
    with in_tenant(beijing):
        damaged, whole = extended(), _case()
        break_step(damaged, "extend")
        moment = clock.now() + timedelta(days=40)
        db.session.execute(update(Clock).where(Clock.code == "mediation").values(alarm_on=None))
        for case, late in ((damaged, 2), (whole, 1)):
            mine = update(Clock).where(Clock.case_id == case.id, Clock.code == "mediation")
            db.session.execute(mine.values(alarm_on=clock.today() - timedelta(days=late)))
        with clock.business_time(moment):
            assert alarms.ring() == 2
            db.session.flush()
            assert alarms.ring() == 0
            tomorrow = clock.today() + timedelta(days=1)

        assert _told(damaged) == []
        assert "sunli" in {name for name, _ in _told(whole)}
        (kept,) = [row for row in damaged.clocks if row.code == "mediation"]
        assert kept.alarm_on == tomorrow
        assert caplog.messages == [f"limit {kept.id} of case {damaged.id} cannot be read: SealBrokenError"]
        db.session.rollback()


@pytest.mark.usefixtures("quiet")
def test_who_is_above_many_cases_of_one_body_is_asked_once(
    in_tenant: InTenant, beijing: TenantRef, count_queries: Callable[[], AbstractContextManager[Counted]]
) -> None:
    with in_tenant(beijing):
        cases, ranks = [_case() for _ in range(4)], len(get_domain("mediation").escalation)
        due = max(row.due_on for case in cases for row in case.clocks if row.code == "mediation")
        with clock.business_time(clock.now() + (due - clock.today()) + timedelta(days=3)), count_queries() as counted:
            assert alarms.ring() == 4

    asked = [one for one in counted.statements if "FROM app_user" in one and "role_grant" in one]
    assert 0 < len(asked) <= ranks
