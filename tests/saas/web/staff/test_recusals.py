"""Who is proposed and who keeps out, as the console shows it."""

import re

import pytest

from saas.db.session import TenantRef
from saas.identity import queries as identity
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.web.staff.sending import as_sent, send


@pytest.fixture
def accepted(beijing: TenantRef, in_tenant: InTenant) -> str:
    """The number of a dispute that waits for its mediator."""
    with in_tenant(beijing):
        case = factory.open_application()
        factory.act(case, "accept", factory.ACCEPTED, "zhaoxh")
        return case.number


def user_id(username: str, beijing: TenantRef, in_tenant: InTenant) -> str:
    with in_tenant(beijing):
        return str(factory.actor(username).id)


def recuse(director: Browser, number: str, username: str) -> None:
    answer = send(director, f"/staff/cases/{number}/recusals", {"username": username, "reason": "当事人的亲属"})
    assert answer.status_code == 303, answer.text


def test_the_form_names_the_candidates_and_begins_with_the_first(director: Browser, accepted: str) -> None:
    page = director.get(f"/staff/cases/{accepted}/act/appoint").text
    first = re.search(r"<th[^>]*>([^<]+)</th>\s*<td[^>]*>1</td>", page)

    assert first is not None, page
    assert re.search(rf"<option value=\"[^\"]+\" selected>{first[1]}</option>", page)
    assert "建议人选（在办最少的优先）" in page
    assert "在办" in page


def test_the_case_says_why_it_is_this_handler(
    director: Browser, accepted: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    handler = user_id("sunli", beijing, in_tenant)
    send(director, f"/staff/cases/{accepted}/act/appoint", as_sent({"chosen_by": "appointed", "handler": handler}))
    page = director.get(f"/staff/cases/{accepted}").text

    assert "为什么由孙丽承办" in page
    assert "赵兴华确定" in page


def test_who_keeps_out_is_listed_left_out_and_refused(
    director: Browser, accepted: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    recuse(director, accepted, "sunli")
    handler = user_id("sunli", beijing, in_tenant)
    form = director.get(f"/staff/cases/{accepted}/act/appoint").text
    sent = as_sent({"chosen_by": "appointed", "handler": handler})
    answer = send(director, f"/staff/cases/{accepted}/act/appoint", sent)

    assert "当事人的亲属" in director.get(f"/staff/cases/{accepted}/recusals").text
    assert "本案回避" in form
    assert answer.status_code == 422
    assert "这个人在本案回避，请另选承办人。" in answer.text


def test_nobody_free_is_said_and_the_case_stays_where_it_waits(
    director: Browser, accepted: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        holders = identity.list_holders(["mediator"], factory.body("兴和人民调解委员会").path)
        usernames = [one.username for one in holders]
    for username in usernames:
        recuse(director, accepted, username)
    page = director.get(f"/staff/cases/{accepted}/act/appoint").text

    assert "现在没有可以承办的人" in page
    assert "现在由<strong>" not in director.get(f"/staff/cases/{accepted}").text
    assert "已受理" in director.get(f"/staff/cases/{accepted}").text


def test_a_recusal_can_be_taken_back(director: Browser, accepted: str) -> None:
    recuse(director, accepted, "sunli")
    page = director.get(f"/staff/cases/{accepted}/recusals").text
    entry = re.search(r'name="recusal" value="([^"]+)"', page)
    assert entry is not None
    send(director, f"/staff/cases/{accepted}/recusals", {"recusal": entry[1]}, f"/staff/cases/{accepted}/recusals/end")

    assert "现在没有人回避。" in director.get(f"/staff/cases/{accepted}/recusals").text


def test_what_is_missing_is_said_at_its_field(director: Browser, accepted: str) -> None:
    answer = send(director, f"/staff/cases/{accepted}/recusals", {"username": "nobody", "reason": "亲属"})

    assert answer.status_code == 422
    assert "没有这个账号，请核对。" in answer.text
    assert 'value="nobody"' in answer.text


def test_an_unknown_entry_is_not_found(director: Browser, accepted: str) -> None:
    page = f"/staff/cases/{accepted}/recusals"

    assert send(director, page, {"recusal": "x"}, f"{page}/end").status_code == 404


def test_a_mediator_sees_but_does_not_decide(mediator: Browser, accepted: str) -> None:
    page = mediator.get(f"/staff/cases/{accepted}/recusals")

    assert page.status_code == 200
    assert "登记回避" not in page.text
