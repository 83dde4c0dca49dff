"""The mediation forms: what they must hold, and what happens to them at the limits."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from blueprints.mediation.documents import FORMS
from blueprints.mediation.documents.parts import items
from blueprints.mediation.documents.sample import CASE, PARTIES, SNAPSHOT
from saas.documents import render
from saas.documents.fonts import missing
from saas.documents.form import Form, strings
from saas.documents.pages import page_texts
from saas.errors import InvalidInputError
from tests.measuring import seal
from tests.mediation.documents_extreme import EXTREME
from tests.printing import FONTS, printing, squeezed

BY_CODE = {form.code.removeprefix("mediation."): form for form in FORMS}
RECORDS = {"investigation": "被调查人（签名、按指印）", "record": "当事人（签名、按指印）"}


@pytest.fixture(scope="module", autouse=True)
def _printing() -> Iterator[None]:
    with printing():
        yield


def texts(form: Form, values: dict[str, Any]) -> list[str]:
    return [squeezed(page) for page in page_texts(render.pdf(render.html(form, values), form.layout))]


def rebuilt(name: str, **case: object) -> dict[str, Any]:
    return BY_CODE[name].build(replace(SNAPSHOT, case=CASE | case))


@pytest.mark.parametrize("name", sorted(BY_CODE))
def test_the_longest_values_are_printed_to_their_end(name: str) -> None:
    form = BY_CODE[name]
    values = form.load(form.build(EXTREME))
    text = "".join(texts(form, values))
    lost = [value for _, value in strings(values) if len(value) > 40 and squeezed(value)[-8:] not in text]
    assert lost == []


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_every_page_of_a_record_has_its_places_to_sign(name: str) -> None:
    pages = texts(BY_CODE[name], BY_CODE[name].build(EXTREME))
    assert len(pages) > 5
    assert all(RECORDS[name] in page for page in pages)


@pytest.mark.parametrize(
    ("case", "value"),
    [
        ({"agreed_facts": ""}, "agreed_facts"),
        ({"terms": ""}, "terms"),
        ({"performance_mode": ""}, "performance_mode"),
        ({"perform_by": None}, "perform_by"),
    ],
)
def test_an_agreement_without_what_article_29_wants_is_refused(case: dict[str, Any], value: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        BY_CODE["agreement"].load(rebuilt("agreement", **case))
    assert list(caught.value.fields) == [value]


def test_the_notice_that_mediation_is_over_names_the_three_ways_left() -> None:
    text = "".join(texts(BY_CODE["termination"], BY_CODE["termination"].blank()))
    assert "仲裁、行政、司法等途径" in text
    assert "第二十六条" in text


def test_a_withdrawal_is_a_reason_to_end() -> None:
    step = {"action": "withdraw", "on": "2026-09-05", "actor": "张春兰", "input": {"reason": "已经和解"}, "answers": {}}
    values = BY_CODE["termination"].build(replace(SNAPSHOT, step=step))
    assert (values["end_reason"], values["reason"]) == ("申请人撤回申请", ["已经和解"])


@pytest.mark.parametrize(
    "sentence", ["选择或者接受人民调解员", "接受调解、拒绝调解或者要求终止调解", "如实陈述纠纷事实", "不收取任何费用"]
)
def test_the_parties_are_told_what_articles_4_23_and_24_say(sentence: str) -> None:
    assert sentence in "".join(texts(BY_CODE["rights"], BY_CODE["rights"].blank()))


def test_the_step_that_asks_for_a_record_fills_it_even_when_a_later_one_was_taken() -> None:
    earlier = {"action": "session", "on": "2026-09-10", "actor": "赵敏", "answers": {}, "input": {"place": "村委会"}}
    assert BY_CODE["record"].build(replace(SNAPSHOT, step=earlier))["place_name"] == "村委会"


@pytest.mark.parametrize(
    ("source", "group"),
    [("application", "application"), ("screening", "initiative"), ("court", "transfer"), ("", "")],
)
def test_the_register_marks_where_the_case_came_from(source: str, group: str) -> None:
    assert rebuilt("register", source=source)["source"] == group


def test_several_parties_of_a_side_are_counted() -> None:
    values = BY_CODE["application"].build(EXTREME)
    assert [person["role"] for person in values["applicants"]] == ["申请人一", "申请人二", "申请人三"]


def test_an_organisation_is_asked_to_seal_the_request_for_confirmation() -> None:
    form = BY_CODE["confirmation_unit"]
    assert "法定代表人（签名）" in "".join(texts(form, form.sample))
    assert form.sample["agreement_number"] == CASE["document_numbers"]["mediation.agreement"]


def test_a_request_between_persons_names_no_organisation() -> None:
    parties = [party | {"kind": "natural"} for party in PARTIES]
    values = BY_CODE["confirmation"].build(replace(SNAPSHOT, parties=parties))
    assert (len(values["individuals"]), values["units"]) == (2, [])


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("1、赔偿\n2．道歉", ["赔偿", "道歉"]),
        ("（一）赔偿", ["赔偿"]),
        ("2026年10月1日前付清", ["2026年10月1日前付清"]),
        ("1. 赔偿\n含误工费\n2. 道歉", ["赔偿", "含误工费", "道歉"]),
        ("3.5万元分两期付清\n1.5万元先付", ["3.5万元分两期付清", "1.5万元先付"]),
        ("5、6号楼的租金由乙方承担", ["5、6号楼的租金由乙方承担"]),
        ("①赔偿\n②道歉", ["赔偿", "道歉"]),
        ("\n\n", []),
    ],
)
def test_numbers_a_person_typed_before_the_terms_are_not_printed_twice(typed: str, printed: list[str]) -> None:
    assert items(typed) == printed


def test_an_agreement_bears_the_day_it_took_effect() -> None:
    form = BY_CODE["agreement"]
    values = form.build(replace(SNAPSHOT, case=CASE | {"effective_on": "2026-09-30"}))

    assert squeezed("".join(texts(form, values))).endswith("2026年9月30日—2—")


def test_marks_of_a_file_review_are_added_up() -> None:
    assert BY_CODE["file_review"].sample["total"] == "96"


@pytest.mark.parametrize("name", sorted(BY_CODE))
def test_a_case_that_has_only_begun_can_be_previewed(name: str) -> None:
    begun = replace(
        SNAPSHOT,
        case={"number": "2026000124", "title": "邻里纠纷", "mediators": []},
        parties=[],
        steps=[],
        document={},
        extra={},
    )
    assert render.preview(BY_CODE[name], begun).startswith(b"%PDF-")


def test_the_fixed_words_of_the_forms_are_in_the_fonts() -> None:
    text = "".join(render.html(form, form.blank()) for form in FORMS)
    assert missing(text, FONTS) == []


def test_the_seal_of_who_has_the_case_is_not_put_over_the_name_of_who_reviews_it() -> None:
    form = BY_CODE["file_review"]
    by_another, by_itself = (
        render.html(form, form.sample | {"reviewer_unit": name}, seal=seal())
        for name in ("兴丰司法所", form.sample["committee"])
    )

    assert "（印章）" in by_another
    assert 'class="seal"' not in by_another
    assert 'class="seal"' in by_itself
