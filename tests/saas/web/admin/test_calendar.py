"""The calendar page: a notice loaded moves limits and says so, and what is wrong with it is said at its field."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from saas import clock
from saas.cases.clock_models import ClockMove
from saas.cases.config_models import CalendarDay, CalendarYear
from saas.db.session import TenantRef, db
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn
from tests.mediation import factory

NOTICE = """2027-01-01 至 2027-01-03 放假
2027-01-24 上班
2027-01-04 至 2027-01-20 放假
2027-05-01 至 2027-05-05 放假
2027-10-01 至 2027-10-07 放假"""


@pytest.fixture(autouse=True)
def _calendar_as_before(beijing: TenantRef, in_tenant: InTenant) -> Iterator[None]:
    """The city's own calendar is empty again afterwards."""
    yield
    with in_tenant(beijing):
        for table in (CalendarDay, CalendarYear, ClockMove):
            db.session.execute(delete(table))


def _send(admin: Browser, year: int, action: str, fields: dict[str, str]) -> TestResponse:
    return admin.submit(f"/admin/calendar?year={year}", fields, action)


def test_next_year_is_provisional_until_its_notice_is_loaded(admin: Browser) -> None:
    assert "还没有公布" in admin.get("/admin/calendar?year=2027").text

    answer = _send(admin, 2027, "/admin/calendar/notice", {"source": "国办发明电〔2026〕9号", "notice": NOTICE})

    assert (answer.status_code, answer.location) == (303, "/admin/calendar?year=2027")
    page = admin.get("/admin/calendar?year=2027").text
    assert "还没有公布" not in page
    assert "国办发明电〔2026〕9号" in page


def test_a_later_notice_makes_no_year_before_it_sure(admin: Browser, beijing: TenantRef, in_tenant: InTenant) -> None:
    later = NOTICE.replace("2027", "2028")
    answer = _send(admin, 2028, "/admin/calendar/notice", {"source": "国办发明电〔2027〕9号", "notice": later})

    assert answer.status_code == 303
    assert "国办发明电〔2027〕9号" in admin.get("/admin/calendar?year=2028").text
    assert "还没有公布" in admin.get("/admin/calendar?year=2027").text
    with in_tenant(beijing), clock.business_time(datetime(2026, 12, 10, 1, 0, tzinfo=UTC)):
        assert next(row for row in factory.mediating().clocks if row.code == "mediation").provisional


def test_limits_that_move_are_listed_and_their_handlers_told(
    admin: Browser, beijing: TenantRef, in_tenant: InTenant, drain_jobs: Callable[[], None]
) -> None:
    with in_tenant(beijing), clock.business_time(datetime(2026, 12, 10, 1, 0, tzinfo=UTC)):
        case = factory.mediating()
        number, old = case.number, next(row.due_on for row in case.clocks if row.code == "mediation")
    assert date(2027, 1, 4) <= old <= date(2027, 1, 20)

    _send(admin, 2027, "/admin/calendar/notice", {"source": "国办发明电〔2026〕9号", "notice": NOTICE})
    drain_jobs()

    page = admin.get("/admin/calendar?year=2027").text
    assert number in page.split("因日历变动而改变的期限")[-1]
    with in_tenant(beijing):
        moved = db.session.scalars(select(ClockMove).where(ClockMove.code == "mediation")).all()
        assert {(one.old_due_on, one.new_due_on) for one in moved if one.case.number == number} == {
            (old, date(2027, 1, 21))
        }
        assert not next(row for row in moved[0].case.clocks if row.code == "mediation").provisional


def test_a_notice_that_cannot_be_read_is_refused_and_kept_in_the_field(admin: Browser) -> None:
    answer = _send(admin, 2027, "/admin/calendar/notice", {"source": "某通知", "notice": "过年放假"})

    assert answer.status_code == 422
    assert "第1行" in answer.text
    assert "过年放假" in answer.text.split("<textarea")[1]


def test_the_city_has_a_day_of_its_own_and_gives_it_back(admin: Browser) -> None:
    own = {"day": "2026-11-25", "working": "no", "own_source": "遵府办〔2026〕1号"}
    _send(admin, 2026, "/admin/calendar/day", own)
    assert 'title="遵府办〔2026〕1号"' in admin.get("/admin/calendar?year=2026").text

    _send(admin, 2026, "/admin/calendar/day", {"day": "2026-11-25", "working": "national"})
    assert "遵府办" not in admin.get("/admin/calendar?year=2026").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"day": "", "working": "no"}, "请选择日期"),
        ({"day": "2026-11-25", "working": ""}, "请选择这一天怎样安排"),
        ({"day": "2026-11-25", "working": "no"}, "请填写依据"),
    ],
)
def test_a_day_without_its_ground_is_refused(admin: Browser, fields: dict[str, str], said: str) -> None:
    answer = _send(admin, 2026, "/admin/calendar/day", fields)

    assert answer.status_code == 422
    assert said in answer.text


def test_a_year_in_other_digits_is_none(admin: Browser) -> None:
    assert admin.get("/admin/calendar?year=²²²²").status_code == 200


def test_a_year_that_no_calendar_is_kept_for_is_not_found(admin: Browser) -> None:
    assert admin.get("/admin/calendar?year=1999").status_code == 404


def test_a_mediator_reads_no_calendar_page(as_user: SignIn) -> None:
    assert as_user("sunli").get("/admin/calendar").status_code == 403
