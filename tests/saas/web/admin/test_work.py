"""How a person works, as the administrator enters it."""

import re
from datetime import timedelta

from saas import clock
from saas.db.session import TenantRef
from saas.identity import queries
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.saas.web.staff.sending import send


def page_of(username: str) -> str:
    return f"/admin/accounts/{username}/work"


def test_a_leave_is_entered_shown_and_taken_back(admin: Browser, somebody: str) -> None:
    today = clock.today()
    leave = {"starts_on": str(today), "ends_on": str(today + timedelta(4)), "reason": "年休假"}
    answer = send(admin, page_of(somebody), leave, f"/admin/accounts/{somebody}/leave")
    shown = admin.get(page_of(somebody)).text
    end = re.search(rf'action="(/admin/accounts/{somebody}/leave/[^"]+/end)"', shown)
    assert end is not None
    send(admin, page_of(somebody), {}, end[1])

    assert answer.status_code == 303
    assert f"{today} 至 {today + timedelta(4)}" in shown
    assert "没有登记休假。" in admin.get(page_of(somebody)).text


def test_a_wrong_leave_is_refused_at_its_fields_and_stays(admin: Browser, somebody: str) -> None:
    leave = {"starts_on": "2026-13-01", "ends_on": "2020-01-01", "reason": "探亲"}
    answer = send(admin, page_of(somebody), leave, f"/admin/accounts/{somebody}/leave")

    assert answer.status_code == 422
    assert "请填写开始日期。" in answer.text
    assert "请填写今天以后的日期。" in answer.text
    assert 'value="探亲"' in answer.text


def test_skills_places_and_the_most_cases_are_kept(
    admin: Browser, somebody: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    sent = {"mediation.kind": ["02", "17"], "area": "110115001，110115002", "cap": "8"}
    answer = send(admin, page_of(somebody), sent)
    shown = admin.get(page_of(somebody)).text

    assert answer.status_code == 303
    assert 'value="110115001、110115002"' in shown
    with in_tenant(beijing):
        user = queries.find_user(somebody)
        assert user is not None
        assert user.case_cap == 8
        assert queries.codes_of(user) == {"area": ["110115001", "110115002"], "mediation.kind": ["02", "17"]}


def test_what_is_no_number_is_refused_and_stays(admin: Browser, somebody: str) -> None:
    most = send(admin, page_of(somebody), {"cap": "很多"})
    places = send(admin, page_of(somebody), {"area": "兴丰街道"})

    assert (most.status_code, places.status_code) == (422, 422)
    assert "请填写 1 到 999 之间的数" in most.text
    assert 'value="很多"' in most.text
    assert "请填写区划代码" in places.text


def test_the_account_leads_there(admin: Browser, somebody: str) -> None:
    assert page_of(somebody) in admin.get(f"/admin/accounts/{somebody}").text


def test_who_approves_reads_but_does_not_change(security: Browser, somebody: str) -> None:
    page = security.get(page_of(somebody))

    assert page.status_code == 200
    assert "<form" not in page.text.split("<h1")[1]
