"""Taking apart what merging puts together, and what a pack locks."""

from typing import Any

import pytest

from saas.workflow.merge import OverlayError, merge
from saas.workflow.overlay import difference
from tests.saas.workflow import packs


@pytest.mark.parametrize("name", packs.CITIES)
def test_what_was_laid_over_a_pack_comes_off_again(name: str) -> None:
    base, body = packs.pack(name.partition(".")[0]), packs.city(name)

    assert merge(base, difference(base, body)) == body


@pytest.mark.parametrize("name", packs.CITIES)
def test_the_difference_says_no_more_than_the_city_did(name: str) -> None:
    base = packs.pack(name.partition(".")[0])

    found = difference(base, packs.city(name))

    assert _leaves(found) - _leaves(packs.overlay(name)) == set()


def _leaves(part: Any, path: str = "") -> set[tuple[str, str]]:  # noqa: ANN401  any part of a body
    """Every value with its path, the items of lists by their ids."""
    if isinstance(part, dict):
        return {leaf for key, value in part.items() for leaf in _leaves(value, f"{path}.{key}")}
    if isinstance(part, list) and part and all(isinstance(one, dict) and "id" in one for one in part):
        return {leaf for one in part for leaf in _leaves(one, f"{path}.{one['id']}")}
    return {(path, repr(part))}


@pytest.mark.parametrize("name", packs.NAMES)
def test_a_pack_differs_from_itself_by_nothing(name: str) -> None:
    assert set(difference(packs.pack(name), packs.pack(name))) == {"format", "base"}


LEFT_OUT = [
    "transitions.check_means", "states.closing", "clocks.review", "clocks.review.public", "clocks.objection.law",
    "invariants.0", "roles.lawyer", "transitions.grant.not_same_as", "transitions.refuse.comment",
    "transitions.grant.when", "transitions.refuse.documents", "decisions.eligibility", "params.income_limit",
    "decisions.eligibility.rules.0", "forms.2", "scenarios.granted", "phases.0", "law", "transitions.report.only",
    "states.handling.regions.agreement", "states.handling.regions.work.transitions.finish",
    "states.handling.regions.agreement.transitions.sign_agreement.law",
]  # fmt: skip


@pytest.mark.parametrize("path", LEFT_OUT)
def test_nothing_of_a_pack_can_be_left_out(path: str) -> None:
    body = packs.pack("legal_aid")
    _remove(body, path)

    with pytest.raises(OverlayError) as refused:
        difference(packs.pack("legal_aid"), body)

    (problem,) = refused.value.problems
    part = ".".join(path.split(".")[:2]).removesuffix(".0").removesuffix(".2")
    assert problem.code == "WF304"
    assert problem.place.startswith(part)


def _remove(body: dict[str, Any], path: str) -> None:
    *parents, last = path.split(".")
    part: Any = body
    for key in parents:
        part = _item(part, key)
    if isinstance(part, list):
        part.remove(_item(part, last))
    else:
        del part[last]


def _item(part: Any, key: str) -> Any:  # noqa: ANN401  any part of a body
    if not isinstance(part, list):
        return part[key]
    named = [one for one in part if isinstance(one, dict) and one.get("id") == key]
    return named[0] if named else part[int(key)]


def test_rows_without_an_article_and_open_numbers_are_the_citys() -> None:
    base, body = packs.pack("legal_aid"), packs.pack("legal_aid")
    rules = body["decisions"]["eligibility"]["rules"]
    rules[1:] = [{"if": {"case.kind": ["general"]}, "then": "pass"}]
    body["params"]["income_limit"]["values"]["2027-01-01"] = 300000

    assert set(difference(base, body)) == {"format", "base", "decisions", "params"}


def test_a_number_that_cites_an_article_stays() -> None:
    base = packs.pack("legal_aid")
    base["params"]["income_limit"]["law"] = "某条例第一条"
    body = packs.pack("legal_aid")
    body["params"]["income_limit"] |= {"law": "某条例第一条", "values": {"2025-01-01": 1}}

    with pytest.raises(OverlayError, match=r"params\.income_limit\.values"):
        difference(base, body)


def test_rows_that_cite_an_article_come_first_where_the_first_row_counts() -> None:
    base = packs.pack("legal_aid")
    base["decisions"]["eligibility"]["hit"] = "first"
    body = {**base, "decisions": {"eligibility": {**base["decisions"]["eligibility"]}}}
    rules = base["decisions"]["eligibility"]["rules"]
    body["decisions"]["eligibility"]["rules"] = [{"if": {}, "then": "fail"}, *rules]

    with pytest.raises(OverlayError, match="最前面"):
        difference(base, body)


BAD: list[dict[str, Any]] = [
    {"transitions": "abc"}, {"transitions": [1]}, {"transitions": [{"title": "无"}]}, {"states": ["a"]},
    {"states": {"a": 1}}, {"clocks": {"review": {"n": "七"}}}, {"clocks": {"review": {"extend": 5}}},
    {"transitions": [{"id": "grant", "by": 5}]}, {"transitions": [{"id": "grant", "from": {"a": 1}}]},
    {"roles": ["a"]}, {"roles": {"a": 1}}, {"verbs": 1}, {"phases": "申请"}, {"extra_fields": {"f": 1}},
    {"states": {"handling": {"regions": {"work": 1}}}}, {"states": {"handling": {"regions": 1}}},
    {"states": {"handling": {"regions": {"work": {"transitions": [{}]}}}}}, {"layout": {"a": 1}},
    {"states": {"handling": {"regions": {"work": {"states": {"a": 1}}}}}}, {"invariants": [1]},
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_changes_of_the_wrong_kind_are_refused_with_their_place(bad: dict[str, Any]) -> None:
    head = {"format": "casework/1", "base": {"key": "legal_aid.civil", "version": 1}}

    with pytest.raises(OverlayError) as refused:
        merge(packs.pack("legal_aid"), head | bad)

    assert {problem.code for problem in refused.value.problems} == {"WF000"}
    assert all(problem.place.startswith(next(iter(bad))) for problem in refused.value.problems)
