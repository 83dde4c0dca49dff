"""Finding cases, the case page, and the steps: what is shown, refused, and never lost."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from saas import clock
from saas.db.counting import Counted
from saas.db.session import TenantRef
from saas.workflow.queries import current_version, get_definition
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.web.staff.sending import as_sent, send

Counting = Callable[[], AbstractContextManager[Counted]]
TABS = ("overview", "materials", "documents", "timeline")
MOST_STATEMENTS = 20


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_shows_who_what_and_what_now_in_few_statements(
    tab: str, mediator: Browser, agreed: str, count_queries: Counting
) -> None:
    mediator.get(f"/staff/cases/{agreed}?tab={tab}")
    with count_queries() as counted:
        page = mediator.get(f"/staff/cases/{agreed}?tab={tab}")

    for words in (agreed, "协议生效", "还剩", "现在该做什么", "登记履行完毕"):
        assert words in page.text
    assert counted.count <= MOST_STATEMENTS, "\n".join(counted.statements)


def test_the_list_costs_the_same_however_many_rows_it_has(
    director: Browser, agreed: str, count_queries: Counting
) -> None:
    director.get("/staff/cases")
    with count_queries() as counted:
        page = director.get("/staff/cases?state=agreed")

    assert agreed in page.text
    assert counted.count <= MOST_STATEMENTS, "\n".join(counted.statements)


@pytest.mark.parametrize("number", ["{agreed}", "2026999999"])
def test_a_case_of_another_body_is_the_same_as_none(number: str, agreed: str, as_user: Callable[..., Browser]) -> None:
    answer = as_user("xuning").get(f"/staff/cases/{number.format(agreed=agreed)}")

    assert answer.status_code == 404
    assert agreed not in answer.text


@pytest.mark.parametrize("address", ["?tab=secrets", "/act/nothing"])
def test_what_a_case_does_not_have_is_not_found(address: str, mediator: Browser, agreed: str) -> None:
    assert mediator.get(f"/staff/cases/{agreed}{address}").status_code == 404


def test_every_step_of_the_process_has_a_form_that_can_be_drawn(
    director: Browser, mediating: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        steps = get_definition(current_version(factory.PROCESS).id).transitions
        names = [step.id for step in steps]
    for name in names:
        page = director.get(f"/staff/cases/{mediating}/act/{name}")
        assert page.status_code == 200, name
        assert "赵小燕" in page.text, name


def test_a_step_is_taken_and_the_case_moves(director: Browser, pending: str) -> None:
    answer = send(director, f"/staff/cases/{pending}/act/accept", as_sent(factory.ACCEPTED))

    assert answer.status_code == 303
    assert "已受理" in director.get(answer.location).text


def test_a_refused_step_keeps_what_was_typed_and_names_every_reason(director: Browser, pending: str) -> None:
    typed = {"difficulty": "major", "remark": "当事人情绪激动，请尽快处理"}
    answer = send(director, f"/staff/cases/{pending}/act/accept", typed)

    assert answer.status_code == 422
    assert "<title>错误：" in answer.text
    for law in ("人民调解法第二条", "人民调解法第十七条", "人民调解法第十八条"):
        assert law in answer.text
    assert typed["remark"] in answer.text
    assert '<option value="major" selected>' in answer.text


def test_missing_fields_are_named_together(mediator: Browser, mediating: str) -> None:
    answer = send(mediator, f"/staff/cases/{mediating}/act/session", {"place": "调解室"})

    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') >= 4
    assert 'value="调解室"' in answer.text


def test_who_saves_later_is_told_who_did_what_and_loses_nothing(
    mediator: Browser, mediating: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    page = f"/staff/cases/{mediating}/act/agree_written"
    with in_tenant(beijing):
        typed = as_sent(factory.agreement(clock.today()) | {"agreed_amount": "5000"})
    typed["_revision"] = "1"
    answer = send(mediator, page, typed)

    assert answer.status_code == 409
    assert "赵兴华：确定调解员" in answer.text
    assert "楼上漏水造成楼下墙面受损" in answer.text
    assert '<input type="hidden" name="_revision" value="3">' in answer.text


def test_somebody_without_the_role_is_told_whose_turn_it_is(mediator: Browser, pending: str) -> None:
    page = mediator.get(f"/staff/cases/{pending}").text

    assert "现在由<strong>调委会主任</strong>办理" in page
    assert "/act/accept" not in page


def test_a_reader_without_the_right_to_act_is_refused(as_user: Callable[..., Browser], pending: str) -> None:
    assert as_user("liujg").get(f"/staff/cases/{pending}/act/accept").status_code == 403


def test_a_document_that_cannot_be_issued_leaves_the_case_as_it_was(
    mediator: Browser, mediating: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    send(mediator, f"/staff/cases/{mediating}/act/session", as_sent(factory.SESSION | {"held_at": "2026-11-20T09:00"}))
    with in_tenant(beijing):
        typed = as_sent(factory.agreement(clock.today(), terms="赔偿五千元，收款人姓名中有\U000f0000字。"))
    answer = send(mediator, f"/staff/cases/{mediating}/act/agree_written", typed | {"agreed_amount": "5000"})

    assert answer.status_code == 422
    assert "收款人姓名中有" in answer.text
    assert "调解中" in answer.text
    assert "调解中" in mediator.get(f"/staff/cases/{mediating}").text
