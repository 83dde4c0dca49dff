"""What is issued again or put right has a number of its own, names the old one, and both are kept."""

import pytest
from sqlalchemy import select

from saas.audit.models import AuditEvent
from saas.cases.models import Case
from saas.config import current_config
from saas.db.session import TenantRef, db
from saas.documents import editing, jobs, queries, replacing, voiding
from saas.documents.models import Document
from saas.documents.pages import page_texts
from saas.errors import ConflictError, InvalidInputError
from saas.files import store
from saas.numbering.models import Counter
from tests.conftest import InTenant
from tests.mediation import factory
from tests.printing import squeezed
from tests.saas.documents.issued import APPLICATION, failed, issued, printed

DIRECTOR = "zhaoxh"


def correct(document: Document, case: Case, reason: str = "事实有误", **changed: str) -> Document:
    sent = {name.replace("__", "-"): value for name, value in changed.items()}
    return replacing.correct(document, APPLICATION, case, sent, reason, by=factory.actor(DIRECTOR))


def reissue(document: Document, case: Case, reason: str = "当事人遗失") -> Document:
    return replacing.reissue(document, APPLICATION, case, reason, by=factory.actor(DIRECTOR))


def taken() -> int:
    return sum(db.session.scalars(select(Counter.last).where(Counter.kind == APPLICATION.code)))


def test_what_is_issued_again_says_the_same_under_a_new_number(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        old = printed(case)
        new = reissue(old, case)
        assert (new.relation, new.replaces_id, old.state) == ("reissue", old.id, "ready")
        assert new.number != old.number
        kept = {name: value for name, value in new.values.items() if name not in {"number", editing.NOTE}}
        assert kept == {name: value for name, value in old.values.items() if name != "number"}
        assert new.values["number"] == new.number
        assert queries.find_successor(old.id) is new


def test_the_print_says_that_it_was_issued_again_and_which_it_stands_in_for(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        old = printed(case)
        new = reissue(old, case)
        jobs.make(new)
        text = squeezed("".join(page_texts(store.get(str(new.storage_key)))))
        assert squeezed(f"补发，原编号：{old.number}") in text
        assert squeezed(new.number) in text


def test_a_mistake_is_put_right_in_paragraphs_and_in_what_a_party_is_called(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        old = printed(case)
        before = dict(old.values)
        new = correct(old, case, value__facts="第一段。\n\n第二段。", value__applicants__0__name="赵小雁")
        assert new.values["facts"] == ["第一段。", "第二段。"]
        assert new.values["applicants"][0]["name"] == "赵小雁"
        assert new.values["requests"] == before["requests"]
        assert (old.values, old.state) == (before, "ready")
        assert "更正，原编号" in new.values[editing.NOTE]


def test_a_refused_correction_names_each_text_and_takes_no_number(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        old = printed(case)
        before = taken()
        with pytest.raises(InvalidInputError) as caught:
            correct(old, case, "", value__facts="", value__amount="长" * 81, value__requests="请\U000f0000求")
        assert set(caught.value.fields) == {"value-facts", "value-amount", "value-requests", "reason"}
        assert "U+F0000" in caught.value.fields["value-requests"]
        assert taken() == before


def test_a_correction_that_changes_nothing_is_refused(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        old = printed(case)
        same = {one.id: one.value for one in editing.texts_of(APPLICATION, old.values)}
        with pytest.raises(InvalidInputError) as caught:
            replacing.correct(old, APPLICATION, case, same, "核对", by=factory.actor(DIRECTOR))
        assert "没有改动" in caught.value.fields["form"]


def test_the_number_and_what_only_decides_how_others_are_printed_are_no_texts(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        found = editing.texts_of(APPLICATION, issued(factory.open_application()).values)
        ids = {one.id for one in found}
        assert {"value-facts", "value-applicants-0-name", "value-applicants-0-phone", "value-issued_on"} <= ids
        assert ids.isdisjoint({"value-number", "value-applicants-0-kind"})
        assert next(one.label for one in found if one.id == "value-applicants-0-name") == "申请人1：姓名或名称"


def test_one_document_stands_in_for_another_and_no_second(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        old = printed(case)
        new = reissue(old, case)
        for act in (reissue, lambda document, of: correct(document, of, value__facts="改。")):
            with pytest.raises(ConflictError, match="代替") as caught:
                act(old, case)
            assert new.number in caught.value.message


def test_a_chain_names_the_one_before_and_not_the_first(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        first = printed(case)
        second = reissue(first, case)
        jobs.make(second)
        third = correct(second, case, value__facts="改。")
        assert second.number in third.values[editing.NOTE]
        assert first.number not in str(third.values)


def test_what_is_being_printed_waits_and_what_failed_is_only_put_right(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        waiting, broken = issued(case), failed(case)
        with pytest.raises(ConflictError, match="正在生成"):
            reissue(waiting, case)
        with pytest.raises(ConflictError, match="还没有生成成功"):
            reissue(broken, case)
        made = correct(broken, case, value__facts="换成常用字。")
        assert broken.state == "void"
        assert made.number in str(broken.void_reason)
        events = select(AuditEvent.action).where(AuditEvent.subject_id == str(broken.id), AuditEvent.high)
        assert "document.voided" in db.session.scalars(events).all()


def test_a_void_document_may_be_issued_again(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        old = printed(case)
        voiding.void(old, case, "误作废", by=factory.actor(DIRECTOR))
        assert reissue(old, case).replaces_id == old.id


def test_the_own_number_is_replaced_wherever_the_document_names_itself() -> None:
    values = {"number": "甲〔2026〕第1号", "paragraphs": ["见甲〔2026〕第1号。"], "rows": [{"no": "甲〔2026〕第12号"}]}
    new = editing.renumbered(values, "甲〔2026〕第1号", "甲〔2026〕第9号")
    assert new == {
        "number": "甲〔2026〕第9号",
        "paragraphs": ["见甲〔2026〕第9号。"],
        "rows": [{"no": "甲〔2026〕第12号"}],
    }


def test_a_number_that_ends_with_its_count_is_not_taken_for_the_beginning_of_another() -> None:
    values = {"number": "甲-1", "papers": ["见甲-1和甲-12，另见2甲-1。"]}
    assert editing.renumbered(values, "甲-1", "甲-9") == {"number": "甲-9", "papers": ["见甲-9和甲-12，另见2甲-1。"]}


def test_what_the_city_added_stays_with_what_is_put_right(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        old = issued(factory.open_application())
        values = old.values | {"added_rows": [{"label": "门牌", "text": "一号"}], editing.NOTE: "（补发）"}
        new = editing.rewritten(APPLICATION, values, {"value-facts": "改。"}, current_config().fonts_dir)
        assert new["added_rows"] == [{"label": "门牌", "text": "一号"}]
        assert editing.NOTE not in new
