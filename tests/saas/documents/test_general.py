"""The forms of no line of work: how papers were served, the state of a file."""

from dataclasses import replace
from typing import Any

import pytest

from saas.documents import receipt, render, review
from saas.documents.form import Snapshot
from saas.documents.ways import WAYS
from saas.errors import InvalidInputError

SHOT = Snapshot(
    tenant={},
    unit={"name": "兴丰司法所"},
    case={"number": "2026000123", "title": "张某与李某纠纷", "kind_title": "邻里纠纷"},
    parties=[{"name": "张某"}, {"name": "李某"}],
)


def served(**service: object) -> dict[str, Any]:
    return receipt.FORM.load(receipt.receipt(replace(SHOT, extra={"service": service})))


def test_a_receipt_before_anything_is_known_names_the_case_and_its_parties() -> None:
    values = served()
    assert (values["matter"], values["recipient"]) == ("邻里纠纷", "张某、李某")
    assert values["papers"] == []
    assert values["received_on"] == values["way"] == ""


def test_who_takes_a_paper_for_another_stands_apart_from_the_recipient() -> None:
    by_another = served(received_by="王某", relation="妻子", served_on="2026-11-22")
    by_himself = served(received_by="张某", served_on="2026-11-22")
    assert (by_another["received_by"], by_another["taken_by"]) == ("", "王某")
    assert (by_himself["received_by"], by_himself["taken_by"]) == ("张某", "")
    assert by_himself["received_on"] == "2026年11月22日"


def test_the_number_of_the_letter_stands_first_among_the_remarks() -> None:
    assert served(postal_number="1234567890123", remark="改址")["remark"] == ["邮件号码：1234567890123", "改址"]


@pytest.mark.parametrize("way", WAYS)
def test_a_receipt_has_a_box_for_every_way_of_service(way: str) -> None:
    markup = render.html(receipt.FORM, served(way=way, recipient="张某"))
    assert f'<span class="box">√</span>{WAYS[way].title}' in markup


def test_a_way_of_service_nobody_knows_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        served(way="pigeon")


def test_the_review_of_a_file_says_what_its_maker_knows() -> None:
    made = review.review(
        replace(SHOT, extra={"pieces": 6, "pages": 10, "statement": "一\n二", "compiled_on": "2026-11-06"})
    )
    values = review.FORM.load(made)
    assert (values["pieces"], values["pages"], values["statement"]) == ("6", "10", ["一", "二"])
    assert values["compiled_on"] == "2026年11月6日"
