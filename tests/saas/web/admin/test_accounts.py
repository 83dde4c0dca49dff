import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from saas.audit.models import AuditEvent
from saas.config import Config
from saas.db.session import TenantRef, db
from saas.identity import queries, services
from saas.identity.actor import SYSTEM
from saas.identity.models import Proposal, User, WebSession
from tests.browsers import Browser, hidden_fields
from tests.conftest import InTenant, OpenAt
from tests.mediation import factory
from tests.saas.web.staff.sending import send


def url(username: str, *rest: str) -> str:
    return "/".join((f"/admin/accounts/{username}", *rest))


def code_of(body: str, beijing: TenantRef, in_tenant: InTenant) -> str:
    with in_tenant(beijing):
        return factory.body(body).code


def link_on(answer: TestResponse) -> str:
    """The one-time link that an answer shows, as a path."""
    assert answer.status_code == 200
    found = re.search(r"/first-sign-in\?token=[\w-]{43}", answer.text)
    assert found is not None
    return found[0]


def choose(browser: Browser, link: str, password: str) -> TestResponse:
    """Set a password by a link."""
    token = link.partition("=")[2]
    return browser.submit(link, {"token": token, "password": password, "again": password}, "/first-sign-in")


def grow_old(username: str, beijing: TenantRef, in_tenant: InTenant) -> None:
    """Let the proofs of somebody's sessions be six minutes old."""
    with in_tenant(beijing):
        mine = select(User.id).where(User.username == username).scalar_subquery()
        old = func.now() - timedelta(minutes=6)
        db.session.execute(update(WebSession).where(WebSession.user_id == mine).values(proved_at=old))


def waiting(username: str) -> Proposal:
    user = queries.find_user(username)
    assert user is not None
    return db.session.scalars(select(Proposal).where(Proposal.user_id == user.id)).one()


def test_a_new_account_has_no_rights_until_two_people_gave_them(
    admin: Browser,
    security: Browser,
    client: OpenAt,
    as_user: Callable[..., Browser],
    beijing: TenantRef,
    in_tenant: InTenant,
    config: Config,
) -> None:
    unit, username = code_of("兴丰司法所", beijing, in_tenant), f"n{uuid4().hex[:8]}"
    new = {"name": "新人", "username": username, "unit": unit, "phone": ""}
    made = send(admin, "/admin/accounts/new", new, "/admin/accounts")
    choose(client(beijing), link_on(made), config.demo_password)
    asked = {"role": "office_head", "unit": unit, "reason": "新任所长"}
    proposed = send(admin, url(username), asked, url(username, "grants"))
    before = as_user(username).get("/staff/cases").status_code
    with in_tenant(beijing):
        proposal = waiting(username).id
    approved = send(security, "/admin/proposals", {}, f"/admin/proposals/{proposal}/approve")

    assert (made.status_code, proposed.status_code, approved.status_code) == (200, 303, 303)
    assert before == 403
    assert as_user(username).get("/staff/cases").status_code == 200


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"username": "Zhang"}, "username"),
        ({"unit": "nowhere"}, "unit"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_at_its_field(
    admin: Browser, beijing: TenantRef, in_tenant: InTenant, changed: dict[str, str], field: str
) -> None:
    unit = code_of("兴丰司法所", beijing, in_tenant)
    right = {"name": "新人", "username": f"n{uuid4().hex[:8]}", "unit": unit}

    answer = send(admin, "/admin/accounts/new", right | changed, "/admin/accounts")

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_no_administrator_gives_a_password(
    admin: Browser, client: OpenAt, beijing: TenantRef, in_tenant: InTenant, config: Config
) -> None:
    unit, username = code_of("兴丰司法所", beijing, in_tenant), f"n{uuid4().hex[:8]}"
    new = {"name": "新人", "username": username, "unit": unit, "password": config.demo_password}
    made = send(admin, "/admin/accounts/new", new, "/admin/accounts")
    given = {"username": username, "password": config.demo_password}
    early = client(beijing).submit("/sign-in", given).status_code
    link = link_on(made)
    weak = choose(client(beijing), link, "short")
    chosen = [choose(client(beijing), link, config.demo_password).status_code for _ in range(2)]

    assert "密码" not in re.findall(r"<label[^>]*>([^<]+)", admin.get("/admin/accounts/new").text)
    assert (early, weak.status_code, chosen) == (422, 422, [303, 404])
    assert client(beijing).submit("/sign-in", given).status_code == 303
    assert link.rpartition("=")[2] not in admin.get(url(username)).text


def test_an_account_whose_link_was_never_used_gets_another(
    admin: Browser, client: OpenAt, beijing: TenantRef, in_tenant: InTenant, config: Config
) -> None:
    unit, username = code_of("兴丰司法所", beijing, in_tenant), f"n{uuid4().hex[:8]}"
    send(admin, "/admin/accounts/new", {"name": "新人", "username": username, "unit": unit}, "/admin/accounts")
    assert url(username, "reset") in admin.get(url(username)).text

    later = send(admin, url(username, "reset"), {})

    assert choose(client(beijing), link_on(later), config.demo_password).status_code == 303


@pytest.mark.parametrize("act", ["disable", "enable", "move", "grants", "reset"])
def test_after_five_minutes_an_account_is_changed_only_with_a_new_proof(
    admin: Browser, somebody: str, beijing: TenantRef, in_tenant: InTenant, config: Config, act: str
) -> None:
    form = {name: value for name, value in hidden_fields(admin.get(url(somebody)).text).items() if name[0] == "_"}
    grow_old("wanghy", beijing, in_tenant)
    page = admin.get(url(somebody)).text
    refused = admin.post(url(somebody, act), data=form)
    led = admin.get("/admin/accounts/new").location

    assert "提交审批" not in page
    assert f"/reauthenticate?next={url(somebody)}" in page
    assert (refused.status_code, "X-Reauthenticate" in refused.headers) == (403, True)
    assert led == "/reauthenticate?next=/admin/accounts/new"
    proved = send(admin, "/reauthenticate", {"current": config.demo_password, "next": url(somebody)})
    assert proved.location == url(somebody)
    assert "提交审批" in admin.get(url(somebody)).text


def test_the_console_begins_with_the_first_page_one_may_open(
    admin: Browser, security: Browser, client: OpenAt, as_user: Callable[..., Browser], beijing: TenantRef
) -> None:
    assert [browser.get("/admin").location for browser in (admin, security)] == ["/admin/accounts"] * 2
    assert as_user("sunli").get("/admin").status_code == 403
    assert client(beijing).get("/admin").location == "/sign-in?next=/admin"


def test_an_account_that_is_switched_off_is_out_at_once_and_comes_back(
    admin: Browser, as_user: Callable[..., Browser], somebody: str
) -> None:
    person = as_user(somebody)
    send(admin, url(somebody), {}, url(somebody, "disable"))
    out = person.get("/staff/cases").status_code
    send(admin, url(somebody), {}, url(somebody, "enable"))

    assert out == 303
    assert as_user(somebody).get("/staff/cases").status_code == 200


def test_who_is_moved_loses_every_right_at_once(
    admin: Browser, as_user: Callable[..., Browser], somebody: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    person = as_user(somebody)
    target = {"target": code_of("通州区人民调解委员会", beijing, in_tenant)}

    answer = send(admin, url(somebody), target, url(somebody, "move"))

    assert answer.status_code == 303
    assert person.get("/staff/cases").status_code == 303
    assert as_user(somebody).get("/staff/cases").status_code == 403


def test_a_role_is_taken_back_at_once(
    admin: Browser, as_user: Callable[..., Browser], somebody: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    person = as_user(somebody)
    with in_tenant(beijing):
        user = queries.find_user(somebody)
        assert user is not None
        grant = user.grants[0].id

    send(admin, url(somebody), {}, url(somebody, "grants", str(grant), "revoke"))

    assert person.get("/staff/cases").status_code == 303
    assert as_user(somebody).get("/staff/cases").status_code == 403


@pytest.mark.parametrize("act", ["disable", "move"])
def test_nobody_administers_his_own_account(admin: Browser, beijing: TenantRef, in_tenant: InTenant, act: str) -> None:
    target = {"target": code_of("通州区司法局", beijing, in_tenant)}

    assert send(admin, url("wanghy"), target, url("wanghy", act)).status_code == 403


def test_the_last_security_administrator_stays(admin: Browser) -> None:
    answer = send(admin, url("qianfang"), {}, url("qianfang", "disable"))

    assert answer.status_code == 409
    assert "安全管理员" in answer.text


def test_the_list_finds_people_by_name_account_and_unit(admin: Browser) -> None:
    for text in ("孙丽", "sunli", "兴和人民调解委员会"):
        assert "孙丽" in admin.get(f"/admin/accounts?q={text}").text
    assert "孙丽" not in admin.get("/admin/accounts?q=郑洁").text
    assert "没有符合条件的账号" in admin.get("/admin/accounts?q=nobody-of-this-name").text


def test_looking_as_somebody_shows_facts_and_no_case_and_is_recorded(
    admin: Browser, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        number = factory.mediating().number
    page = admin.get(url("sunli", "view")).text

    assert "我的待办" in page
    assert "查看案件" in page
    assert number not in page
    assert "赵小燕" not in page
    with in_tenant(beijing):
        viewed = select(AuditEvent).where(AuditEvent.action == "rights.viewed_as", AuditEvent.actor_name == "王海燕")
        assert db.session.scalars(viewed).first() is not None


def test_a_district_sees_only_its_own_accounts(
    as_user: Callable[..., Browser], beijing: TenantRef, in_tenant: InTenant, config: Config
) -> None:
    username = f"d{uuid4().hex[:8]}"
    with in_tenant(beijing):
        from_district = [("admin", factory.body("通州区司法局").code)]
        services.create_user(services.NewUser(username, "区管理员", config.demo_password, from_district), by=SYSTEM)
    district = as_user(username)

    assert "许宁" in district.get("/admin/accounts").text
    assert "孙丽" not in district.get("/admin/accounts").text
    assert district.get(url("sunli")).status_code == 404
