"""A city's local file over the national one."""

from typing import Any

import pytest

from saas.workflow.definition import OverlayError, merge, parse
from saas.workflow.overlay import difference
from tests.saas.workflow import samples

HEAD: dict[str, Any] = {"format": "casework/1", "base": {"key": "library.loan", "version": 1}}


def _merged(**overlay: object) -> dict[str, Any]:
    return merge(samples.body(), HEAD | overlay)


def test_a_city_adds_steps_and_changes_titles() -> None:
    definition = parse(
        _merged(
            title="本市借阅",
            roles={"warden": "督查员"},
            phases=["申请", "审批", "抽查"],
            states={"drawn": {"title": "抽查中", "queue": ["warden"]}, "lent": {"title": "已出借"}},
            transitions=[
                {"id": "draw", "title": "抽查", "from": "lent", "to": "drawn", "by": ["warden"]},
                {"id": "lend", "title": "准予"},
            ],
            invariants=[{"never": {"by": "reader", "to": "lent"}}],
        )
    )

    assert (definition.title, definition.title_of("lend"), definition.states["lent"].end) == ("本市借阅", "准予", True)
    assert definition.title_of("draw") == "抽查"
    assert len(definition.invariants) == 2
    assert definition.base == HEAD["base"]


def test_lists_of_conditions_grow() -> None:
    body = _merged(
        states={"drawn": {"title": "抽查中"}},
        transitions=[{"id": "lend", "documents": ["loan.copy"], "not_same_as": ["take"], "from": "drawn"}],
    )

    lend = parse(body).find_transition("lend")
    assert lend is not None
    assert (lend.documents, lend.not_same_as) == (("loan.slip", "loan.copy"), ("accept", "take"))
    assert lend.sources == ("checked", "drawn")


def test_what_the_base_leaves_open_may_be_set() -> None:
    body = _merged(transitions=[{"id": "accept", "only": "handler", "comment": "required"}])

    accept = parse(body).find_transition("accept")
    assert accept is not None
    assert (accept.only, accept.comment) == ("handler", "required")


@pytest.mark.parametrize(
    ("kind", "n", "accepted"),
    [
        ("duty", 5, True), ("duty", 8, False),
        ("right", 8, True), ("right", 5, False),
        ("notice", 8, True), ("notice", 5, False),
        ("fixed", 7, True), ("fixed", 6, False),
    ],
)  # fmt: skip
def test_a_limit_may_only_get_stricter_for_the_office(kind: str, n: int, *, accepted: bool) -> None:
    base = samples.body()
    base["clocks"]["review"]["kind"] = kind
    overlay = HEAD | {"clocks": {"review": {"n": n}}}

    if accepted:
        assert merge(base, overlay)["clocks"]["review"]["n"] == n
    else:
        with pytest.raises(OverlayError) as refused:
            merge(base, overlay)
        assert [problem.place for problem in refused.value.problems] == ["clocks.review.n"]


def test_a_limit_the_base_leaves_to_a_setting_may_be_fixed() -> None:
    base = samples.body()
    base["clocks"]["review"] |= {"n": None, "setting": "loan.days"}

    assert merge(base, HEAD | {"clocks": {"review": {"n": 3}}})["clocks"]["review"]["n"] == 3
    fixed = merge(base, HEAD | {"clocks": {"review": {"n": 3, "setting": None}}})
    assert "setting" not in fixed["clocks"]["review"]
    assert merge(base, difference(base, fixed)) == fixed


def test_a_setting_is_not_dropped_without_a_limit_in_its_place() -> None:
    base = samples.body()
    base["clocks"]["review"] |= {"n": None, "setting": "loan.days"}

    with pytest.raises(OverlayError, match=r"clocks\.review\.setting"):
        merge(base, HEAD | {"clocks": {"review": {"setting": None}}})


EXTEND = {"on": "take", "field": "days", "max": 3}


@pytest.mark.parametrize("extend", [EXTEND, EXTEND | {"max": 2}])
def test_an_extension_may_get_shorter(extend: dict[str, Any]) -> None:
    assert _merged(clocks={"review": {"extend": extend}})["clocks"]["review"]["extend"] == extend


@pytest.mark.parametrize(
    ("overlay", "place"),
    [
        ({"base": {"key": "library.loan", "version": 2}}, "base"),
        ({"format": "casework/2"}, "format"),
        ({"initial": "lent"}, "definition.initial"),
        ({"phases": ["申请"]}, "phases"),
        ({"fields": {"case.missing": "bool"}}, "fields.case.missing"),
        ({"states": {"asked": None}}, "states.asked"),
        (
            {"transitions": [{"id": "lend", "form": "loan.other"}, {"id": "accept", "form": "loan.other"}]},
            "transitions.accept.form",
        ),
        ({"transitions": [{"id": "accept", "flags": {"set": []}}]}, "transitions.accept.flags"),
        ({"transitions": [{"id": "lend", "cancel": True}]}, "transitions.lend.cancel"),
        ({"verbs": ["extend"]}, "definition.verbs"),
        ({"states": {"asked": {"verbs": ["suspend"]}}}, "states.asked.verbs"),
        ({"clocks": {"review": {"setting": "loan.days"}}}, "clocks.review.setting"),
        ({"states": {"asked": {"end": True}}}, "states.asked.end"),
        ({"transitions": [{"id": "lend", "to": "asked"}]}, "transitions.lend"),
        ({"transitions": [{"id": "lend", "by": ["head", "reader"]}]}, "transitions.lend.by"),
        ({"transitions": [{"id": "lend", "by": []}]}, "transitions.lend.by"),
        ({"transitions": [{"id": "lend", "law": None}]}, "transitions.lend.law"),
        ({"transitions": [{"id": "lend", "comment": "optional"}]}, "transitions.lend.comment"),
        ({"clocks": {"review": {"unit": "workday"}}}, "clocks.review.unit"),
        ({"clocks": {"review": {"law": None}}}, "clocks.review.law"),
        ({"clocks": {"review": {"pause": ["take"]}}}, "clocks.review.pause"),
        ({"clocks": {"review": {"extend": {}}}}, "clocks.review.extend"),
        ({"clocks": {"review": {"extend": EXTEND | {"max": 4}}}}, "clocks.review.extend"),
        ({"clocks": {"review": {"extend": EXTEND | {"times": 2}}}}, "clocks.review.extend"),
        ({"clocks": {"review": {"extend": EXTEND | {"on": "accept"}}}}, "clocks.review.extend"),
    ],
)
def test_nothing_is_removed_or_loosened(overlay: dict[str, Any], place: str) -> None:
    with pytest.raises(OverlayError) as refused:
        _merged(**overlay)

    assert [(problem.code, problem.place) for problem in refused.value.problems] == [("WF304", place)]


def test_an_extension_the_base_does_not_know_is_refused() -> None:
    base = samples.body()
    del base["clocks"]["review"]["extend"]

    with pytest.raises(OverlayError, match="extend"):
        merge(base, HEAD | {"clocks": {"review": {"extend": EXTEND}}})


def test_narrowing_who_may_act_is_allowed() -> None:
    base = samples.body()
    base["transitions"][0]["by"] = ["clerk", "head"]

    merged = merge(base, HEAD | {"transitions": [{"id": "accept", "by": ["head"]}], "clocks": {"new": {"n": 1}}})

    assert merged["transitions"][0]["by"] == ["head"]
    assert merged["clocks"]["new"] == {"n": 1}
