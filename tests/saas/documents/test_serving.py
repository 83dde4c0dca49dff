"""A service is written down with what its way asks for, and only of a document that is printed and valid."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from saas import clock
from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from saas.documents import queries, serving, voiding
from saas.documents.serving import Handover
from saas.documents.ways import WAYS
from saas.errors import ConflictError, InvalidInputError
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.documents.issued import failed, issued, printed

DIRECTOR = "zhaoxh"
COMPLETE = {
    "direct": {"received_by": "赵小雨", "relation": "妹妹"},
    "left": {"witness": "王五（居委会主任）", "place": "大兴区兴丰街道一号院"},
    "post": {"postal_number": "1122334455"},
    "electronic": {"place": "13900001234"},
    "entrusted": {"received_by": "遵义市司法局 李某"},
    "announced": {"place": "人民法院报2026年11月22日第8版"},
}


def handover(way: str = "direct", changed: Mapping[str, str] | None = None) -> Handover:
    told: dict[str, Any] = {"recipient": "赵小燕", "way": way, "served_on": clock.today(), **(changed or {})}
    return Handover(**told)


@pytest.mark.parametrize("way", WAYS)
def test_a_service_is_kept_with_what_was_written_down(beijing: TenantRef, in_tenant: InTenant, way: str) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        document = printed(case)
        made = serving.serve(document, case, handover(way, COMPLETE[way]), by=factory.actor(DIRECTOR))
        db.session.flush()

        assert queries.list_services([document.id]) == [made]
        assert (made.recipient, made.way, made.detail, made.recorded_by) == ("赵小燕", way, COMPLETE[way], "赵兴华")
        assert queries.is_served(document.id)
        event = db.session.query(AuditEvent).filter_by(subject_id=str(document.id), action="document.served").one()
        assert event.detail == {"number": document.number, "service": way, "day": str(clock.today())}


@pytest.mark.parametrize(
    ("way", "missing"),
    [
        ("left", {"witness", "place"}),
        ("post", {"postal_number"}),
        ("electronic", {"place"}),
        ("entrusted", {"received_by"}),
        ("announced", {"place"}),
        ("carrier pigeon", {"way"}),
    ],
)
def test_each_way_asks_for_what_proves_it(beijing: TenantRef, in_tenant: InTenant, way: str, missing: set[str]) -> None:
    with in_tenant(beijing):
        document = printed(factory.open_application())
        assert set(serving.faults(document, handover(way))) == missing


def test_who_takes_it_for_another_says_how_they_are_related(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        document = printed(factory.open_application())
        assert set(serving.faults(document, handover(changed={"received_by": "赵小雨"}))) == {"relation"}
        assert serving.faults(document, handover(changed={"received_by": "赵小燕"})) == {}


@pytest.mark.parametrize(
    ("days", "sentence"), [(1, "不能晚于今天"), (-1, "不能早于文书的制作日期"), (0, None)], ids=str
)
def test_the_day_is_neither_before_the_document_nor_to_come(
    beijing: TenantRef, in_tenant: InTenant, days: int, sentence: str | None
) -> None:
    with in_tenant(beijing):
        document = printed(factory.open_application())
        found = serving.faults(document, replace(handover(), served_on=clock.today() + timedelta(days=days)))
        assert (sentence is None and found == {}) or str(sentence) in found["served_on"]


def test_nobody_and_no_day_and_what_is_too_long_are_refused_together(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        wrong = Handover(" ", "direct", None, remark="长" * 201)
        with pytest.raises(InvalidInputError) as caught:
            serving.serve(printed(case), case, wrong, by=factory.actor(DIRECTOR))
        assert set(caught.value.fields) == {"recipient", "served_on", "remark"}


def test_what_is_not_printed_or_void_is_not_served(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case, actor = factory.open_application(), factory.actor(DIRECTOR)
        void = printed(case)
        voiding.void(void, case, "写错", by=actor)
        for document, word in ((issued(case), "正在生成"), (failed(case), "待重做"), (void, "已经作废")):
            with pytest.raises(ConflictError, match=word):
                serving.serve(document, case, handover(), by=actor)
