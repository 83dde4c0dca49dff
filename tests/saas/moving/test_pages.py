from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from saas import clock
from saas.db.session import TenantRef, db
from saas.workflow import drafts, queries
from saas.workflow.models import Draft
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn
from tests.mediation import factory
from tests.saas.moving.conftest import Change, published, quicker, with_check
from tests.saas.web.staff.sending import send

KEY = factory.PROCESS
MOVES = f"/admin/processes/{KEY}/moves"


@pytest.fixture
def admin(as_user: SignIn, city: TenantRef) -> Browser:
    """The system administrator."""
    return as_user("wanghy", city)


@pytest.fixture
def security(as_user: SignIn, city: TenantRef) -> Browser:
    """The security administrator."""
    return as_user("qianfang", city)


@pytest.fixture
def drafted(city: TenantRef, in_tenant: InTenant) -> Callable[[Change], str]:
    """Makes a draft of mediation with a change; the address of its pages."""

    def make(change: Change) -> str:
        with in_tenant(city):
            draft = drafts.start(KEY, by=factory.actor("wanghy"))
            body = deepcopy(draft.body)
            change(body)
            drafts.edit(draft, body, "修改", cursor=0, by=factory.actor("wanghy"))
            return f"/admin/processes/{draft.id}"

    return make


def stored(city: TenantRef, in_tenant: InTenant, base: str) -> Draft:
    with in_tenant(city):
        draft = drafts.get_draft(UUID(base.rpartition("/")[2]))
        db.session.expunge(draft)
    return draft


def approval(city: TenantRef, in_tenant: InTenant, base: str, **changed: str) -> dict[str, str]:
    """What the second person fills in: a reason for each warning, and the first day."""
    with in_tenant(city):
        marks = [drafts.mark_of(one) for one in drafts.problems_of(drafts.get_draft(UUID(base.rpartition("/")[2])))]
    return {f"accepted-{mark}": "已经核对。" for mark in marks} | {"valid_from": str(clock.today())} | changed


def retitled(title: str) -> Change:
    return lambda body: body.update(title=title)


def checked_and_quicker(body: dict[str, Any]) -> None:
    with_check(body)
    quicker(body)


def lost(body: dict[str, Any]) -> None:
    body["states"]["lost"] = {"title": "孤立的环节", "public": "办理中", "queue": ["director"]}


def test_a_draft_goes_from_its_author_to_the_second_person_and_into_force(
    admin: Browser, security: Browser, drafted: Callable[[Change], str], city: TenantRef, in_tenant: InTenant
) -> None:
    base = drafted(retitled("转版市的人民调解"))
    page = admin.get(f"{base}/review").text
    assert "名称由“北京市人民调解”改为“转版市的人民调解”" in page
    assert "<svg" in page
    assert send(admin, f"{base}/review", {}, f"{base}/submit").status_code == 303
    assert "同意并发布" not in admin.get(f"{base}/review").text

    published = send(security, f"{base}/review", approval(city, in_tenant, base), f"{base}/publish")
    assert published.status_code == 303
    listed = security.get(f"/admin/processes/{KEY}/versions").text
    assert "钱芳" in listed
    with in_tenant(city):
        assert queries.current_version(KEY).body["title"] == "转版市的人民调解"


def test_a_draft_with_a_fault_shows_the_way_to_it_and_stays_a_draft(
    admin: Browser, drafted: Callable[[Change], str], city: TenantRef, in_tenant: InTenant
) -> None:
    base = drafted(lost)
    answer = send(admin, f"{base}/review", {}, f"{base}/submit")

    assert answer.status_code == 422
    assert f'href="{base}?at=states.lost"' in answer.text
    assert stored(city, in_tenant, base).state == "draft"


def test_who_sends_back_says_why_and_loses_nothing_typed(
    admin: Browser, security: Browser, drafted: Callable[[Change], str], city: TenantRef, in_tenant: InTenant
) -> None:
    base = drafted(retitled("退回的"))
    send(admin, f"{base}/review", {}, f"{base}/submit")
    empty = send(security, f"{base}/review", {"reason": " "}, f"{base}/send-back")
    assert (empty.status_code, 'id="reason-error"' in empty.text) == (422, True)
    send(security, f"{base}/review", {"reason": "请写明依据。"}, f"{base}/send-back")

    assert stored(city, in_tenant, base).reason == "请写明依据。"
    assert "请写明依据。" in admin.get(f"{base}/review").text


def test_a_day_that_has_passed_and_a_missing_reason_are_told_where_they_are(
    admin: Browser, security: Browser, drafted: Callable[[Change], str], city: TenantRef, in_tenant: InTenant
) -> None:
    base = drafted(lambda body: body["states"]["withdrawn"].pop("public"))
    send(admin, f"{base}/review", {}, f"{base}/submit")
    past = str(clock.today() - timedelta(days=1))
    answer = send(security, f"{base}/review", {"valid_from": past}, f"{base}/publish")

    assert answer.status_code == 422
    assert 'id="valid_from-error"' in answer.text
    assert "请写明为什么可以这样" in answer.text
    assert f'value="{past}"' in answer.text
    assert send(admin, f"{base}/review", {}, f"{base}/recall").status_code == 303
    assert send(admin, f"{base}/review", {}, f"{base}/discard").status_code == 303
    assert stored(city, in_tenant, base).state == "discarded"


def test_the_author_who_also_approves_is_told_to_ask_somebody_else(
    security: Browser, drafted: Callable[[Change], str], city: TenantRef, in_tenant: InTenant
) -> None:
    base = drafted(retitled("自己审的"))
    with in_tenant(city):
        draft = drafts.get_draft(UUID(base.rpartition("/")[2]))
        drafts.edit(draft, draft.body, "再改", cursor=draft.cursor, by=factory.actor("qianfang"))
        drafts.submit(draft, by=factory.actor("wanghy"))

    assert "您编辑过这份草稿，不能审核" in security.get(f"{base}/review").text
    assert send(security, f"{base}/review", approval(city, in_tenant, base), f"{base}/publish").status_code == 403


def test_running_cases_are_moved_and_brought_back_by_their_page(
    admin: Browser,
    security: Browser,
    drafted: Callable[[Change], str],
    city: TenantRef,
    in_tenant: InTenant,
    drain_jobs: Callable[[], None],
) -> None:
    with in_tenant(city):
        case = factory.open_application()
        factory.act(case, "accept", factory.ACCEPTED, "zhaoxh")
        number, before = case.number, queries.current_version(KEY).version
    base = drafted(checked_and_quicker)
    send(admin, f"{base}/review", {}, f"{base}/submit")
    send(security, f"{base}/review", approval(city, in_tenant, base), f"{base}/publish")

    form = f"{MOVES}/new?old={before}&new={before + 1}"
    assert "在“已受理”的" in admin.get(form).text
    sent = {"state-accepted": "accepted", "reason": "", "stop_after": "10"}
    refused = send(admin, form, sent, f"{MOVES}?old={before}&new={before + 1}")
    assert (refused.status_code, 'id="reason-error"' in refused.text) == (422, True)
    made = send(admin, form, sent | {"reason": "统一增加复核"}, f"{MOVES}?old={before}&new={before + 1}")
    drain_jobs()

    page = made.location
    tried = admin.get(page).text
    assert "走不通，按指定的环节转，须另一人确认：1件" in tried
    assert number in tried
    assert "按新版本，办到现在应该在“待复核”" in tried
    assert send(admin, page, {}, f"{page}/start").status_code == 403
    assert send(security, page, {}, f"{page}/confirm").status_code == 303
    drain_jobs()
    assert "已转" in admin.get(page).text

    assert send(admin, page, {}, f"{page}/undo").status_code == 303
    drain_jobs()
    done = admin.get(page).text
    assert "已撤销" in done
    assert "统一增加复核" in admin.get(MOVES).text


def test_a_plan_under_way_asks_again_by_script(
    admin: Browser, city: TenantRef, in_tenant: InTenant, drain_jobs: Callable[[], None]
) -> None:
    with in_tenant(city):
        newest = published(quicker)[1].version
    address = f"{MOVES}?old={newest}&new={newest - 1}"
    made = send(admin, f"{MOVES}/new?old={newest}&new={newest - 1}", {"reason": "试", "stop_after": "10"}, address)
    waiting = admin.get(made.location, headers={"HX-Request": "true"}).text
    assert 'hx-trigger="every 1s"' in waiting
    assert "<html" not in waiting
    drain_jobs()
    assert send(admin, made.location, {}, f"{made.location}/drop").status_code == 303


def test_versions_are_compared_in_words_and_on_the_map(
    admin: Browser, drafted: Callable[[Change], str], city: TenantRef, in_tenant: InTenant, security: Browser
) -> None:
    base = drafted(with_check)
    send(admin, f"{base}/review", {}, f"{base}/submit")
    send(security, f"{base}/review", approval(city, in_tenant, base), f"{base}/publish")
    with in_tenant(city):
        newest = queries.current_version(KEY).version
    page = admin.get(f"/admin/processes/{KEY}/compare?old=1&new={newest}").text

    assert "增加环节“待复核”：等待“调委会主任”办理" in page
    assert "步骤“受理”：去向改为“待复核”" in page
    assert "mark-added" in page
    assert admin.get(f"/admin/processes/{KEY}/compare?old=99&new=1").status_code == 404
    assert admin.get("/admin/processes/no.such/versions").status_code == 404
