from typing import Any

import pytest

from saas.workflow import threeway
from saas.workflow.definition import parse
from saas.workflow.laying import put
from saas.workflow.merge import merge as lay_over
from saas.workflow.overlay import difference
from saas.workflow.threeway import CITY, LAW, Merged
from tests.saas.workflow import packs

Body = dict[str, Any]
NEXT = 9
LIMIT = "clocks.entrusted_summary.n"  # 7 days in the pack of mediation


def raised(**clock: object) -> Body:
    """The pack of mediation as the next version, its limit for entrusted cases changed from 7 days."""
    body = packs.pack("mediation")
    body["version"] = NEXT
    body["clocks"]["entrusted_summary"] |= {"n": 5, **clock}
    return body


def city(n: int = 7, **clock: object) -> Body:
    """遵义市 with a limit of its own."""
    body = packs.city("mediation.zunyi")
    body["clocks"]["entrusted_summary"] |= {"n": n, **clock}
    return body


def merged(new: Body, mine: Body, **choices: str) -> Merged:
    chosen = {place.replace("__", "."): side for place, side in choices.items()}
    return threeway.merge(packs.pack("mediation"), new, mine, chosen)


def limit(found: Merged) -> int:
    return int(found.body["clocks"]["entrusted_summary"]["n"])


@pytest.mark.parametrize("name", packs.CITIES)
def test_a_pack_that_only_has_a_new_number_changes_nothing_but_the_number(name: str) -> None:
    old, mine = packs.pack(name.partition(".")[0]), packs.city(name)
    found = threeway.merge(old, old | {"version": NEXT}, mine)
    assert found.conflicts == ()
    assert found.body == mine | {"version": NEXT, "base": {"key": old["key"], "version": NEXT}}


def test_a_city_that_has_the_new_limit_already_is_unaffected() -> None:
    found = merged(raised(), city(5))
    assert found.conflicts == ()
    assert limit(found) == 5


def test_a_city_that_kept_the_old_limit_gets_the_new_one_unasked() -> None:
    found = merged(raised(), city(7))
    assert (found.conflicts, limit(found)) == ((), 5)


def test_where_the_city_is_looser_than_the_new_law_the_law_holds_and_nothing_is_asked() -> None:
    found = merged(raised(), city(6), clocks__entrusted_summary__n=CITY)
    assert [(one.place, one.is_looser) for one in found.conflicts] == [(LIMIT, True)]
    assert (found.asked, limit(found)) == ([], 5)


@pytest.mark.parametrize(("side", "days"), [(CITY, 3), (LAW, 5)])
def test_where_the_city_is_stricter_it_chooses(side: str, days: int) -> None:
    found = merged(raised(), city(3), clocks__entrusted_summary__n=side)
    assert [one.place for one in found.asked] == [LIMIT]
    assert limit(found) == days


def test_a_place_both_changed_says_what_each_did() -> None:
    (conflict,) = merged(raised(), city(3)).conflicts
    assert conflict.city == ("时限“法院委托调解期限（简易程序）”：时限由“7”改为“3”",)
    assert conflict.law == ("时限“法院委托调解期限（简易程序）”：时限由“7”改为“5”",)


def test_a_right_that_gets_longer_holds_against_a_city_that_is_shorter() -> None:
    new = packs.pack("mediation")
    new["clocks"]["confirmation"]["n"] = 60
    mine = packs.city("mediation.zunyi")
    mine["clocks"]["confirmation"]["n"] = 45
    found = merged(new | {"version": NEXT}, mine)
    assert found.asked == []
    assert found.body["clocks"]["confirmation"]["n"] == 60


def test_the_city_keeps_its_own_steps_and_gets_the_new_ones_of_the_law() -> None:
    new = raised()
    new["states"]["noticed"] = {"title": "已告知", "handler": True, "phase": "受理"}
    new["transitions"].append({"id": "notify", "title": "告知", "from": "accepted", "to": "noticed", "by": ["clerk"]})
    found = merged(new, packs.city("mediation.zunyi"))
    ids = [step["id"] for step in found.body["transitions"]]
    assert {"notify", "draw_review", "file_review"} <= set(ids)
    assert {"noticed", "reviewing", "reviewed"} <= set(found.body["states"])
    assert found.conflicts == ()


def test_what_the_merging_gives_can_be_published_over_the_new_pack() -> None:
    new = raised()
    new["transitions"][0]["documents"] = [*new["transitions"][0].get("documents", []), "mediation.rights"]
    body = merged(new, city(6)).body
    assert lay_over(new, difference(new, body))["clocks"] == body["clocks"]
    assert parse(body).body["base"] == {"key": "mediation.dispute", "version": NEXT}


def test_documents_that_both_added_are_all_asked_for() -> None:
    new, mine = raised(), city()
    new["transitions"][0]["documents"] = [*new["transitions"][0].get("documents", []), "mediation.rights"]
    mine["transitions"][0]["documents"] = [*mine["transitions"][0].get("documents", []), "mediation.record"]
    found = merged(new, mine)
    assert {"mediation.rights", "mediation.record"} <= set(found.body["transitions"][0]["documents"])
    assert found.conflicts == ()


def test_a_step_the_law_gave_up_goes_where_the_city_left_it_alone() -> None:
    new = raised()
    gone = next(step for step in new["transitions"] if step["id"] == "refer")
    new["transitions"].remove(gone)
    found = merged(new, city())
    assert "refer" not in [step["id"] for step in found.body["transitions"]]


def test_a_step_the_law_gave_up_is_asked_about_where_the_city_had_changed_it() -> None:
    new, mine = raised(), city()
    new["transitions"] = [step for step in new["transitions"] if step["id"] != "refer"]
    next(step for step in mine["transitions"] if step["id"] == "refer")["title"] = "转法院"
    (conflict,) = merged(new, mine).asked
    assert conflict.place == "transitions.refer"
    assert conflict.law == ("去掉步骤“转司法途径”",)


def test_parts_that_law_and_city_both_introduced_are_kept_side_by_side() -> None:
    new, mine = raised(), city()
    new["params"] = {"fee": {"title": "收费", "values": {"2026-01-01": 0}}}
    mine["params"] = {"cap": {"title": "上限", "values": {"2026-01-01": 9}}}
    assert set(merged(new, mine).body["params"]) == {"fee", "cap"}


def test_a_value_without_words_of_its_own_is_told_as_it_stands() -> None:
    new, mine = raised(domain_note="甲"), city(domain_note="乙")
    asked = {one.place: one for one in merged(new, mine).conflicts}
    assert asked["clocks.entrusted_summary.domain_note"].law == ("时限“法院委托调解期限（简易程序）”：内容有调整",)


def test_a_body_nobody_changed_stands_on_its_own_version() -> None:
    pack = packs.pack("mediation")
    assert threeway.base_version(pack) == pack["version"]
    assert threeway.base_version(packs.city("mediation.zunyi") | {"version": NEXT}) == pack["version"]


def test_a_part_is_put_in_its_place_among_named_parts() -> None:
    body = {"steps": [{"id": "a", "n": 1}, {"id": "b", "n": 2}]}
    assert put(body, ("steps", "b", "n"), 3) == {"steps": [{"id": "a", "n": 1}, {"id": "b", "n": 3}]}
    assert put(body, ("rules", "c", "n"), 3) == body
