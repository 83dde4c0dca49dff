"""Documents of the city's own: what they may name, and every fault with its code and place."""

from collections.abc import Callable
from typing import Any

import pytest

from saas.workflow import papers
from saas.workflow.checks import check
from saas.workflow.definition import parse
from tests.saas.workflow.test_sketch import fresh

Change = Callable[[dict[str, Any]], object]
FAULTS: dict[str, tuple[Change, str, str]] = {
    "a name that is none": (
        lambda body: body["papers"][0].update(paragraphs=["{form.nothing}"]),
        "PP901",
        "papers.own.p1.notice",
    ),
    "a side nobody asks for": (
        lambda body: body["papers"][0].update(paragraphs=["{party.respondent}："]),
        "PP901",
        "papers.own.p1.notice",
    ),
    "half a brace": (
        lambda body: body["papers"][0].update(paragraphs=["您好{case.number"]),
        "PP901",
        "papers.own.p1.notice",
    ),
    "one code twice": (
        lambda body: body["papers"].append(dict(body["papers"][0])),
        "PP902",
        "papers.own.p1.notice",
    ),
    "a document nobody makes": (
        lambda body: body["transitions"][2].update(documents=[]),
        "PP903",
        "papers.own.p1.notice",
    ),
    "an empty document": (
        lambda body: body["papers"][0].update(paragraphs=[" "]),
        "PP904",
        "papers.own.p1.notice",
    ),
    "a number without a running number": (lambda body: body.update(number="XS-{year}"), "PP905", "number"),
    "a number in small letters": (lambda body: body.update(number="xs{year}{n}"), "PP905", "number"),
    "a number that opens an object": (lambda body: body.update(number="{year}{n.__class__}"), "PP905", "number"),
    "a page for a way citizens may not take": (
        lambda body: body["opens"][0].update(by=["clerk"]),
        "PP906",
        "page",
    ),
    "a figure of no step": (
        lambda body: body["figures"][0].update(event=["never"]),
        "PP907",
        "figures.own.p1.finished",
    ),
    "a sum of words": (
        lambda body: body["figures"][0].update(amount_field="q1"),
        "PP908",
        "figures.own.p1.finished",
    ),
    "a document that may lack an answer": (
        lambda body: body["forms"][1]["pages"][0]["fields"][0].update(required=False),
        "PU603",
        "papers.own.p1.notice",
    ),
    "a document made before the question": (
        lambda body: body["transitions"][0].update(documents=["own.p1.notice"]),
        "PU603",
        "papers.own.p1.notice",
    ),
}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_every_fault_is_found_at_its_place(name: str) -> None:
    change, code, place = FAULTS[name]
    body = fresh()
    change(body)
    parsed = parse(body)
    found = check(parsed, parsed.forms, {paper.code for paper in parsed.papers}, set())

    assert (code, place) in {(one.code, one.place) for one in found}


def test_names_are_written_and_read_in_words_people_know() -> None:
    parsed = parse(fresh())
    known = papers.known_names(parsed, parsed.forms)
    text = "{party.applicant}：{form.result}"

    assert papers.in_words(text, known) == "{申请人姓名}：{办理结果}"
    assert papers.in_names("{申请人姓名}：{办理结果}", known) == text


def test_questions_with_the_same_words_are_told_apart_by_their_ids() -> None:
    known = {"form.q1": "日期", "form.q2": "日期"}

    assert papers.offered(known) == ["日期", "form.q2"]
    assert papers.in_names("{日期}{form.q2}", known) == "{form.q1}{form.q2}"


def test_what_has_no_value_leaves_a_gap() -> None:
    assert papers.fill("于{today}办理", {}) == "于＿＿＿＿办理"
