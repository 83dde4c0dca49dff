"""Notified defence, help by the lawyer on duty and consultations through the services."""

from datetime import timedelta

import pytest

from saas import clock
from saas.cases import services
from saas.db.session import TenantRef
from saas.documents.queries import list_documents
from saas.errors import RefusedError
from tests.conftest import InTenant
from tests.legal_aid import factory

HELP = {
    "organ_name": "大兴分局",
    "applicant_name": "谷雨",
    "categories": ["other"],
    "charge": "盗窃",
    "stage": "investigation",
    "help_items": ["advice"],
    "admits": "yes",
}
PROVIDED = {
    "held_mode": "meeting",
    "provided": ["advice", "witness"],
    "witnessed": "yes",
    "help_opinion": "解答了认罪认罚从宽的规定。",
    "wants_aid": "yes",
}


def test_a_minor_is_defended_by_who_knows_minors_within_three_days(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.notified()
        with pytest.raises(RefusedError) as refusal:
            factory.act(case, "assign", factory.assigning(), factory.DIRECTOR)
        factory.act(case, "assign", factory.assigning(knows_minors=True), factory.DIRECTOR)

        assert [reason.law for reason in refusal.value.reasons] == ["未成年人保护法第一百零四条"]
        stopped = {row.code: row.stopped_on for row in case.clocks}
        assert stopped == {"notice": clock.today(), "assignment": clock.today()}
        made = {document.form_code for document in list_documents(case.id)}
        assert made == {"legal_aid.assignment", "legal_aid.letter"}


def test_who_may_face_death_is_given_a_lawyer_of_three_years(beijing: TenantRef, in_tenant: InTenant) -> None:
    grave = {"situation": "grave", "gravest": "death", "categories": ["other"]}
    with in_tenant(beijing):
        case = factory.notified(**grave)
        with pytest.raises(RefusedError) as refusal:
            factory.act(case, "assign", factory.assigning(practice_years=2), factory.DIRECTOR)
        values = factory.assigning(practice_years=9, provider_kind="grassroots")
        with pytest.raises(RefusedError) as other:
            factory.act(case, "assign", values, factory.DIRECTOR)

        assert [reason.law for reason in refusal.value.reasons] == ["法律援助法第二十六条"]
        assert [reason.law for reason in other.value.reasons] == ["法律援助法第二十五条"]


@pytest.mark.parametrize("organ", ["police", "security", "procuratorate", "court"])
def test_each_authority_has_its_own_notice(beijing: TenantRef, in_tenant: InTenant, organ: str) -> None:
    with in_tenant(beijing):
        told = {"notice_number": "1号", "received_on": str(clock.today()), "help_place": "看守所会见室"}
        asked = HELP | told | {"organ_kind": organ, "requested_at": factory.moment()}
        by = factory.actor(factory.CLERK)
        case = services.open_case(factory.DUTY, "notice", asked, by=by, unit=factory.body())

        assert [document.form_code for document in list_documents(case.id)] == [f"legal_aid.duty_{organ}"]


def test_help_is_given_entered_and_paid_after_the_application_was_handed_on(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        by = factory.actor(factory.CLERK)
        asked = HELP | {"organ_kind": "police", "requested_at": factory.moment()}
        case = services.open_case(factory.DUTY, "request", asked, by=by, unit=factory.body())
        told = {"notice_number": "1号", "received_on": str(clock.today()), "help_place": "看守所会见室"}
        factory.act(case, "notify", told, factory.CLERK)
        duty = {"handler": str(factory.actor(factory.LAWYER).id), "provider_name": "天平所"}
        factory.act(case, "arrange", duty | {"duty_on": str(clock.today())}, factory.DIRECTOR)
        factory.act(case, "provide", PROVIDED | {"held_at": factory.moment()}, factory.LAWYER)
        with pytest.raises(RefusedError) as refusal:
            factory.act(case, "ledger", {"duty_days": 1}, factory.CLERK)
        handed = {"forwarded_at": factory.moment(), "forwarded_to": factory.CENTRE}
        factory.act(case, "forward", handed, factory.LAWYER)
        factory.act(case, "ledger", {"duty_days": 1}, factory.CLERK)
        paid = {"subsidy_kind": "duty_day", "subsidy_count": 1, "subsidy_amount": 40_000, "subsidy_note": True}
        factory.act(case, "subsidise", paid, factory.DIRECTOR)

        assert [reason.law for reason in refusal.value.reasons] == ["法律援助法第三十九条"]
        assert case.state == "archived"


def test_a_letter_is_answered_and_a_question_at_the_window_is_answered_at_once(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    asked = {
        "channel": "letter",
        "applicant_name": "白露",
        "categories": ["woman"],
        "matter_class": "civil",
        "kind": "04",
        "question": "子女不给赡养费怎么办？",
    }
    answer = {"answer": "可以起诉，也可以申请法律援助。", "told_of_aid": True, "consult_result": "aid"}
    with in_tenant(beijing):
        by = factory.actor(factory.CLERK)
        received = {"received_on": str(clock.today() - timedelta(days=1))}
        letter = services.open_case("legal_aid.consultation", "letter", asked | received, by=by, unit=factory.body())
        factory.act(letter, "answer", answer, factory.CLERK)
        now = services.open_case(
            "legal_aid.consultation", "answer_now", asked | answer | {"channel": "visit"}, by=by, unit=factory.body()
        )

        assert (letter.state, now.state, len(letter.clocks), len(now.clocks)) == ("answered", "answered", 1, 0)
        assert [document.form_code for document in list_documents(now.id)] == ["legal_aid.consultation"]
