"""No certificate has a number or a page before another person approved its text, whatever a city draws."""

from copy import deepcopy
from uuid import uuid4

import pytest

import blueprints
from blueprints.notary.documents.certificate import WORDS
from blueprints.notary.lists import CATEGORIES
from saas import clock
from saas.cases import effects
from saas.cases.models import Case
from saas.cases.queries import get_case
from saas.db.session import TenantRef, db
from saas.documents import replacing
from saas.documents.models import Document
from saas.documents.queries import list_documents
from saas.errors import ConflictError, NotFoundError, RefusedError
from saas.workflow import services as workflow
from saas.workflow.models import ProcessVersion
from saas.workflow.process import Transition
from saas.workflow.queries import current_version, get_definition
from tenants import starter
from tests.conftest import InTenant, SignIn
from tests.notary import factory

LAW = "公证程序规则第四十条"
MATTER = next(line for line in blueprints.discover() if line.name == "notary").processes[0]
FORM = next(form for line in blueprints.discover() for form in line.forms if form.code == "notary.certificate")


def certificates(case: Case) -> list[Document]:
    return [document for document in list_documents(case.id) if document.form_code == FORM.code]


@pytest.mark.parametrize("city", starter.list_names())
def test_only_the_step_after_the_approval_names_the_certificate(city: str) -> None:
    body = workflow.read_pack(MATTER.national, MATTER.local, starter.load(city).division)
    steps = [*body["opens"], *body["transitions"]]

    assert [step["id"] for step in steps if FORM.code in step.get("documents", ())] == ["issue"]
    assert next(step for step in steps if step["id"] == "issue")["from"] == "approved"
    assert [step["id"] for step in steps if step.get("to") == "approved"] == ["approve"]
    assert (FORM.after, FORM.law) == (("approve",), LAW)


def test_a_certificate_cannot_be_looked_at_or_printed_before_its_approval(
    beijing: TenantRef, in_tenant: InTenant, as_user: SignIn
) -> None:
    with in_tenant(beijing):
        number = factory.drafted().number
    browser = as_user(factory.NOTARY)
    page = browser.get(f"/staff/cases/{number}?tab=documents").get_data(as_text=True)
    refused = browser.get(f"/staff/cases/{number}/preview/{FORM.code}.pdf")

    assert refused.status_code == 422
    assert LAW in refused.get_data(as_text=True)
    assert FORM.code not in page
    assert "notary.approval" in page
    assert browser.get(f"/staff/cases/{number}/preview/notary.approval.pdf").status_code == 200


def test_the_draft_is_approved_by_another_person_before_it_is_numbered(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.drafted()
        made = {"proofread": True, "copies": 2}
        with pytest.raises(RefusedError) as refusal:
            factory.act(case, "issue", made, factory.NOTARY)
        assert LAW in {reason.law for reason in refusal.value.reasons}
        with pytest.raises(RefusedError, match="审批人"):
            factory.act(case, "approve", factory.APPROVED, factory.NOTARY)
        assert certificates(case) == []

        factory.act(case, "approve", factory.APPROVED, factory.APPROVER)
        factory.act(case, "issue", made, factory.NOTARY)

        found = certificates(case)[0]
        assert found.number.startswith(f"（{clock.today().year}）京方圆内民证字第")
        assert found.values["office"] == factory.OFFICE
        assert found.title == "公证书"


def test_a_city_that_draws_the_certificate_into_an_earlier_step_gets_none(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.examining()
        body = deepcopy(current_version(factory.MATTER).body)
        step = next(one for one in body["transitions"] if one["id"] == "draft")
        step["documents"] = [FORM.code]
        made = ProcessVersion(
            key=f"early.{uuid4().hex}",
            version=1,
            status="retired",
            body=body,
            digest="made for one case",
            valid_from=clock.today(),
            published_at=clock.now(),
            published_by="测试",
        )
        db.session.add(made)
        db.session.flush()
        case.process_id = made.id

        with pytest.raises(RefusedError) as refusal:
            factory.act(case, "draft", factory.DRAFT, factory.NOTARY)

        assert [(reason.sentence, reason.law) for reason in refusal.value.reasons] == [
            (f"未经“审批”，不能制作或者打印《公证书》（{LAW}）。", LAW)
        ]
        assert (case.state, certificates(case)) == ("examining", [])


def test_the_text_of_a_certificate_is_not_put_right_without_a_new_approval(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.issued()
        document = certificates(case)[0]
        document.state = "ready"
        with pytest.raises(ConflictError, match="经过审批"):
            replacing.correct(document, FORM, case, {}, "笔误", by=factory.actor(factory.HEAD))
        again = replacing.reissue(document, FORM, case, "遗失补发", by=factory.actor(factory.HEAD))

        assert "内民证字第" in again.number
        assert again.number != document.number


def test_a_text_drafted_for_a_correction_is_no_certificate_until_it_is_approved(
    beijing: TenantRef, in_tenant: InTenant, as_user: SignIn
) -> None:
    with in_tenant(beijing):
        case = factory.correcting()
        number, first = case.number, certificates(case)[0]
        first.state = "ready"
        factory.act(case, "redraft", factory.DRAFT, factory.NOTARY)
        with pytest.raises(ConflictError, match="重新审批"):
            replacing.reissue(first, FORM, case, "遗失补发", by=factory.actor(factory.HEAD))
    browser = as_user(factory.NOTARY)

    assert browser.get(f"/staff/cases/{number}/preview/{FORM.code}.pdf").status_code == 422
    with in_tenant(beijing):
        case = get_case(number, factory.actor(factory.APPROVER), for_update=True)
        factory.act(case, "approve", factory.APPROVED, factory.APPROVER)
        factory.act(case, "issue", {"proofread": True, "copies": 2}, factory.NOTARY)
        old, new = certificates(case)
        old.state = new.state = "ready"
        with pytest.raises(ConflictError, match="重新审批"):
            replacing.reissue(old, FORM, case, "遗失补发", by=factory.actor(factory.HEAD))
        replacing.reissue(new, FORM, case, "遗失补发", by=factory.actor(factory.HEAD))


def test_an_approved_text_that_is_taken_back_needs_another_approval(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.drafted()
        factory.act(case, "approve", factory.APPROVED, factory.APPROVER)
        factory.act(case, "withdraw_approval", {"opinion": "当事人要求撤回申请。"}, factory.NOTARY)

        assert case.state == "examining"
        with pytest.raises(RefusedError, match="未经“审批”"):
            effects.form_to_make(case, FORM.code)
        ended = {"end_reason": "withdrawn", "end_text": "当事人书面撤回公证申请。"}
        factory.act(case, "terminate", ended, factory.HEAD)
        assert (case.state, certificates(case)) == ("ended", [])


def test_a_revoked_certificate_is_not_issued_again(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.served()
        document = certificates(case)[0]
        document.state = "ready"
        factory.act(case, "apply_review", factory.reviewed(review_wish="revoke"), factory.CLERK)
        found = {"reviewed_by": "孙强", "found_text": "经核对，公证书证明的事实不存在。"}
        factory.act(case, "decide_revoke", found, factory.HEAD)

        with pytest.raises(ConflictError, match="撤销"):
            replacing.reissue(document, FORM, case, "遗失补发", by=factory.actor(factory.HEAD))


def test_numbers_run_on_within_a_category_without_a_gap(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        given = {
            category: [certificates(factory.issued(category=category))[0].number for _ in range(2)]
            for category, _ in CATEGORIES
        }

    assert set(given) == set(WORDS)
    for category, (first, second) in given.items():
        assert f"京方圆{WORDS[category]}第" in first
        assert _last(second) == _last(first) + 1


def _last(number: str) -> int:
    return int(number.rpartition("第")[2].removesuffix("号"))


def test_the_approval_of_a_city_stays_with_others_than_the_notary(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        definition = get_definition(current_version(factory.MATTER).id)
    approve = definition.find_transition("approve")

    assert isinstance(approve, Transition)
    assert "notary" not in approve.by
    assert {"draft", "redraft", "accept", "accept_green"} <= set(approve.not_same_as)


def test_a_case_of_one_office_is_nothing_to_another(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.applied()
        with pytest.raises(NotFoundError):
            get_case(case.number, factory.actor("gzmeili"))
