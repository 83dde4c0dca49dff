"""Voiding, issuing again, putting right and serving as a clerk does it: every reason told, nothing typed lost."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from saas import clock
from saas.audit.models import AuditEvent
from saas.cases import recusing
from saas.cases.queries import get_case
from saas.db.session import TenantRef, db
from saas.documents import jobs, queries
from saas.documents.pages import page_texts
from tests.browsers import Browser, hidden_fields
from tests.conftest import InTenant, SignIn
from tests.mediation import factory
from tests.printing import squeezed
from tests.saas.web.staff.sending import send

Paper = tuple[str, str, str]


@pytest.fixture
def paper(beijing: TenantRef, in_tenant: InTenant) -> Paper:
    """A printed application of a dispute in 孙丽's hands: the address of the case's documents, its own, its number."""
    with in_tenant(beijing):
        case = factory.mediating()
        document = queries.list_documents(case.id)[0]
        jobs.make(document)
        of_case = f"/staff/cases/{case.number}"
        return f"{of_case}?tab=documents", f"{of_case}/documents/{document.id}", document.number


def number_in(text: str) -> str:
    """The new number that a page tells of."""
    return str(re.findall(r"新编号：([^。]+)。", text)[0])


def test_a_void_document_is_struck_with_its_reason_and_marked_when_taken_away(mediator: Browser, paper: Paper) -> None:
    page, address, number = paper
    answer = send(mediator, f"{address}/void", {"reason": "当事人姓名写错"})

    assert (answer.status_code, answer.location) == (303, page)
    shown = mediator.get(page).text
    assert f"<s>{number}</s>" in shown
    assert "孙丽于" in shown
    assert "原因：当事人姓名写错" in shown
    taken = mediator.get(f"{address}.pdf")
    assert "作废" in squeezed("".join(page_texts(taken.data)))
    assert "已经作废" in mediator.get(f"{address}/void").text


def test_a_refused_form_keeps_what_was_typed(mediator: Browser, paper: Paper) -> None:
    _, address, _ = paper
    answer = send(mediator, f"{address}/correct", {"value-facts": "改过的事实", "reason": ""})

    assert answer.status_code == 422
    assert "改过的事实" in answer.text
    assert 'id="reason-error"' in answer.text
    assert 'href="#reason"' in answer.text


def test_what_is_put_right_and_issued_again_is_shown_with_both_numbers(mediator: Browser, paper: Paper) -> None:
    page, address, number = paper
    send(mediator, f"{address}/correct", {"value-facts": "改过的事实。", "reason": "事实有误"})
    shown = mediator.get(page).text
    new = number_in(shown)
    assert f"更正，原编号：{number}" in shown
    assert f"已由 {new}（更正）代替" in shown

    again = mediator.get(f"{address}/reissue").text
    assert f"（{new}）代替" in again
    assert "<textarea" not in again


def test_a_service_is_written_down_and_shown(mediator: Browser, paper: Paper) -> None:
    page, address, number = paper
    blank = squeezed("".join(page_texts(mediator.get(f"{address}/receipt.pdf").data)))
    assert squeezed(number) in blank
    assert mediator.get(f"{address}/receipt.pdf?service={uuid4()}").status_code == 404
    assert "还没有登记送达的文书（1 份）" in mediator.get(page).text
    refused = send(mediator, f"{address}/service", {"recipient": "赵小燕", "way": "left", "witness": "王五"})
    assert refused.status_code == 422
    assert "留置送达的，请写明留在什么地方" in refused.text
    assert 'value="王五"' in refused.text

    sent = {"recipient": "赵小燕", "way": "left", "witness": "王五", "place": "一号院", "served_on": str(clock.today())}
    assert send(mediator, f"{address}/service", sent).status_code == 303
    shown = mediator.get(page).text
    assert f"{clock.today()} 留置送达：赵小燕" in shown
    assert "地点：一号院，见证人：王五" in shown
    filled = re.findall(r'href="([^"]+/receipt\.pdf\?service=[^"]+)"', shown)[0]
    text = squeezed("".join(page_texts(mediator.get(filled).data)))
    assert all(word in text for word in ("送达回证", "赵小燕", "王五", squeezed(number)))
    assert "还没有登记送达的文书" not in shown


def test_all_documents_of_a_case_are_printed_in_one_go_and_each_is_recorded_as_read(
    mediator: Browser, paper: Paper, beijing: TenantRef, in_tenant: InTenant, as_user: Callable[..., Browser]
) -> None:
    page, address, number = paper
    together = f"{address.rpartition('/')[0]}.pdf"
    with in_tenant(beijing):
        case = get_case(address.split("/")[3], factory.actor("sunli"))
        for document in queries.list_documents(case.id)[1:]:
            jobs.make(document)
        numbers, case_id = [one.number for one in queries.list_documents(case.id)], case.id
    assert f'href="{together}"' in mediator.get(page).text

    text = squeezed("".join(page_texts(mediator.get(together).data)))

    assert [text.index(squeezed(one)) for one in numbers] == sorted(text.index(squeezed(one)) for one in numbers)
    with in_tenant(beijing):
        read = select(AuditEvent.detail["number"].astext).where(
            AuditEvent.action == "document.read", AuditEvent.case_id == case_id
        )
        assert set(db.session.scalars(read)) == set(numbers)
    assert as_user("xuning").get(together).status_code == 404
    send(mediator, f"{address}/void", {"reason": "写错"})
    assert squeezed(number) not in squeezed("".join(page_texts(mediator.get(together).data)))


def test_a_form_drawn_before_somebody_acted_is_refused(
    mediator: Browser, paper: Paper, beijing: TenantRef, in_tenant: InTenant
) -> None:
    _, address, _ = paper
    drawn = hidden_fields(mediator.get(f"{address}/void").text)
    with in_tenant(beijing):
        case = get_case(address.split("/")[3], factory.actor("sunli"), for_update=True)
        factory.act(case, "session", factory.SESSION, "sunli")
    answer = mediator.post(f"{address}/void", data=drawn | {"reason": "写错"})

    assert answer.status_code == 409
    assert "写错" in answer.text


def test_a_form_sent_twice_issues_once(
    mediator: Browser, paper: Paper, beijing: TenantRef, in_tenant: InTenant
) -> None:
    _, address, _ = paper
    drawn = hidden_fields(mediator.get(f"{address}/reissue").text) | {"reason": "遗失"}
    answers = [mediator.post(f"{address}/reissue", data=drawn) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    with in_tenant(beijing):
        case = get_case(address.split("/")[3], factory.actor("sunli"))
        assert len([one for one in queries.list_documents(case.id) if one.replaces_id]) == 1


def test_who_keeps_out_of_the_case_does_nothing_to_its_documents(
    mediator: Browser, paper: Paper, beijing: TenantRef, in_tenant: InTenant
) -> None:
    _, address, _ = paper
    with in_tenant(beijing):
        case = get_case(address.split("/")[3], factory.actor("zhaoxh"), for_update=True)
        recusing.recuse(case, "sunli", "当事人的亲属", by=factory.actor("zhaoxh"))
    assert "您在本案回避" in mediator.get(f"{address}/void").text
    refused = send(mediator, f"{address}/void", {"reason": "写错"})
    assert refused.status_code == 422
    assert "您在本案回避" in refused.text
    with in_tenant(beijing):
        assert queries.get_document(UUID(address.rsplit("/", 1)[1])).state == "ready"


def test_who_may_only_read_is_not_offered_and_not_let_in(as_user: SignIn, paper: Paper) -> None:
    page, address, _ = paper
    auditor = as_user("liujg")
    assert "/void" not in auditor.get(page).text
    assert auditor.get(f"{address}/void").status_code == 403


def test_what_failed_says_why_and_is_printed_again_by_a_button(
    mediator: Browser, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        document = queries.list_documents(case.id)[0]
        jobs.give_up({"document": str(document.id)}, "字体中没有“䶮”。")
        page = f"/staff/cases/{case.number}?tab=documents"
        address = f"/staff/cases/{case.number}/documents/{document.id}"
    shown = mediator.get(page).text
    assert "待重做" in shown
    assert "字体中没有“䶮”。" in shown
    assert mediator.get(f"{address}.pdf").status_code == 404
    assert "不能送达" in mediator.get(f"{address}/service").text

    assert send(mediator, page, {}, f"{address}/redo").status_code == 303
    assert "已安排重新生成" in mediator.get(page).text
    assert mediator.get(f"{address}.pdf").status_code == 200
    assert send(mediator, page, {"_key": str(uuid4())}, f"{address}/redo").status_code == 409


def test_looking_at_what_is_to_be_put_right_is_reading_the_document(
    mediator: Browser, paper: Paper, beijing: TenantRef, in_tenant: InTenant
) -> None:
    _, address, _ = paper
    send(mediator, f"{address}/correct", {"value-facts": "", "reason": "写错"})
    with in_tenant(beijing):
        mine = AuditEvent.subject_id == address.rsplit("/", 1)[1]
        actions = db.session.scalars(select(AuditEvent.action).where(mine)).all()
        assert actions.count("document.read") == 2
