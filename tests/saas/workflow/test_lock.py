"""What the law fixes cannot be published away: every attempt on three packs is refused, with the place."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from saas.workflow.checks import Around
from tests.saas.workflow import packs

Body: TypeAlias = dict[str, Any]
Attempt = Callable[[Body], object]

REQUIRED = {"legal_aid": "check_means", "notary": "approve", "mediation": "accept"}
AUTHOR = {"legal_aid": ("grant", "check_means"), "notary": ("approve", "draft"), "mediation": ("archive", "compile")}
DUTY = {"legal_aid": "review", "notary": "certificate", "mediation": "entrusted"}
RIGHT = {"legal_aid": "objection", "notary": "review", "mediation": "confirmation"}
ROUND = {
    "legal_aid": ("received", "granted"), "notary": ("drafted", "approved"), "mediation": ("pending", "mediating"),
}  # fmt: skip
NOTICE = {"notary": "inactivity", "mediation": "court"}
FIXED = {"legal_aid": "forwarding", "notary": "validity"}

each_pack = pytest.mark.parametrize("name", packs.NAMES)


def step_of(body: Body, id_: str) -> Body:
    found: Body = next(step for step in body["transitions"] if step["id"] == id_)
    return found


def refused(name: str, body: Body, around: Around | None = None) -> set[tuple[str, str]]:
    """The codes and places of what stands against publishing."""
    problems = packs.found(name, body, around=around)
    return {(problem.code, problem.place) for problem in problems if problem.severity == "error"}


@each_pack
def test_a_locked_step_cannot_be_removed(name: str) -> None:
    body = packs.pack(name)
    body["transitions"].remove(step_of(body, REQUIRED[name]))

    assert ("WF304", f"transitions.{REQUIRED[name]}") in refused(name, body)


@each_pack
def test_a_locked_step_cannot_be_gone_round(name: str) -> None:
    body = packs.pack(name)
    start, goal = ROUND[name]
    body["transitions"].append({"id": "round", "title": "直接办理", "from": start, "to": goal, "by": ["clerk"]})

    assert "WF301" in {code for code, _ in refused(name, body)}


@each_pack
def test_a_locked_step_cannot_be_gone_round_through_states_of_the_city(name: str) -> None:
    body = packs.pack(name)
    start, goal = ROUND[name]
    body["states"]["aside"] = {"title": "另办", "public": "办理中", "queue": ["clerk"]}
    body["transitions"] += [
        {"id": "aside", "title": "转另办", "from": start, "to": "aside", "by": ["clerk"]},
        {"id": "back", "title": "另办完毕", "from": "aside", "to": goal, "by": ["clerk"]},
    ]

    assert "WF301" in {code for code, _ in refused(name, body)}


@each_pack
def test_the_way_round_is_shown_step_by_step(name: str) -> None:
    body = packs.pack(name)
    start, goal = ROUND[name]
    body["transitions"].append({"id": "round", "title": "直接办理", "from": start, "to": goal, "by": ["clerk"]})

    shown = [problem.message for problem in packs.found(name, body) if problem.code == "WF301"]

    title = body["states"][start]["title"]
    assert any(f"{title} → 直接办理 → {body['states'][goal]['title']}" in message for message in shown)


@each_pack
def test_a_step_that_runs_beside_a_locked_one_is_refused_where_it_stands(name: str) -> None:
    body = packs.pack(name)
    locked = step_of(body, REQUIRED[name])
    start = locked["from"] if isinstance(locked["from"], str) else locked["from"][0]
    body["transitions"].append({**locked, "id": "beside", "from": start, "by": ["clerk"], "documents": []})

    assert ("WF304", "transitions.beside") in refused(name, body)


@pytest.mark.parametrize(
    ("name", "start", "goal"),
    [
        ("mediation", "mediating", "performed"),
        ("mediation", "ended", "compiled"),
        ("legal_aid", "handling", "archived"),
    ],
)
def test_no_step_of_the_city_goes_past_several_of_the_law(name: str, start: str, goal: str) -> None:
    body = packs.pack(name)
    body["transitions"].append({"id": "jump", "title": "直接办理", "from": start, "to": goal, "by": ["clerk"]})

    assert ("WF304", "transitions.jump") in refused(name, body)


def test_a_step_of_the_law_is_not_taken_before_its_time() -> None:
    body = packs.pack("mediation")
    step_of(body, "agree_written")["from"] = ["mediating", "accepted"]

    assert ("WF304", "transitions.agree_written") in refused("mediation", body)


@pytest.mark.parametrize(
    ("start", "goal"), [("mediating", "withdrawn"), ("refused", "pending"), ("agreed", "mediating")]
)
def test_a_city_may_go_back_or_aside(start: str, goal: str) -> None:
    body = packs.pack("mediation")
    body["transitions"].append({"id": "aside", "title": "另行办理", "from": start, "to": goal, "by": ["director"]})

    assert refused("mediation", body) == set()


@each_pack
def test_a_locked_step_cannot_be_led_elsewhere(name: str) -> None:
    body = packs.pack(name)
    end = next(id_ for id_, state in body["states"].items() if state.get("end"))
    step_of(body, REQUIRED[name])["to"] = end

    assert ("WF304", f"transitions.{REQUIRED[name]}") in refused(name, body)


@each_pack
def test_a_step_cannot_be_given_to_its_own_author(name: str) -> None:
    body = packs.pack(name)
    later, _ = AUTHOR[name]
    step_of(body, later)["not_same_as"] = []

    assert ("WF304", f"transitions.{later}.not_same_as") in refused(name, body)


@each_pack
def test_a_step_cannot_be_given_to_other_roles(name: str) -> None:
    body = packs.pack(name)
    step_of(body, REQUIRED[name])["by"] += ["system"]

    assert ("WF304", f"transitions.{REQUIRED[name]}.by") in refused(name, body)


def _clock(name: str, clock: str, **changes: object) -> set[tuple[str, str]]:
    body = packs.pack(name)
    body["clocks"][clock] |= changes
    return refused(name, body)


@each_pack
def test_a_duty_cannot_be_lengthened_but_shortened(name: str) -> None:
    n = packs.pack(name)["clocks"][DUTY[name]]["n"]

    assert ("WF304", f"clocks.{DUTY[name]}.n") in _clock(name, DUTY[name], n=n + 1)
    assert _clock(name, DUTY[name], n=n - 1) == set()


@each_pack
def test_a_right_cannot_be_shortened_but_lengthened(name: str) -> None:
    n = packs.pack(name)["clocks"][RIGHT[name]]["n"]

    assert ("WF304", f"clocks.{RIGHT[name]}.n") in _clock(name, RIGHT[name], n=n - 1)
    assert _clock(name, RIGHT[name], n=n + 1) == set()


@pytest.mark.parametrize("name", sorted(NOTICE))
def test_a_notice_cannot_be_shortened(name: str) -> None:
    n = packs.pack(name)["clocks"][NOTICE[name]]["n"]

    assert ("WF304", f"clocks.{NOTICE[name]}.n") in _clock(name, NOTICE[name], n=n - 1)


@pytest.mark.parametrize("name", sorted(FIXED))
@pytest.mark.parametrize("change", [-1, 1])
def test_a_fixed_limit_stays(name: str, change: int) -> None:
    n = packs.pack(name)["clocks"][FIXED[name]]["n"]

    assert ("WF304", f"clocks.{FIXED[name]}.n") in _clock(name, FIXED[name], n=n + change)


@each_pack
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("unit", "month"), ("kind", "right"), ("kind", "notice"), ("start", ["archive"]), ("stop", ["archive"]),
        ("pause", ["archive"]), ("roll", False), ("setting", "own.days"),
    ],
)  # fmt: skip
def test_what_a_duty_counts_and_from_when_stays(name: str, key: str, value: object) -> None:
    assert ("WF304", f"clocks.{DUTY[name]}.{key}") in _clock(name, DUTY[name], **{key: value})


@each_pack
def test_a_right_cannot_become_a_duty(name: str) -> None:
    assert ("WF304", f"clocks.{RIGHT[name]}.kind") in _clock(name, RIGHT[name], kind="duty")


@pytest.mark.parametrize(
    ("name", "extend"),
    [("notary", {"on": "go_on", "max": 30}), ("mediation", {"on": "extend", "field": "extra_days", "max": 60})],
)
def test_an_extension_cannot_be_lengthened(name: str, extend: Body) -> None:
    assert ("WF304", f"clocks.{DUTY[name]}.extend") in _clock(name, DUTY[name], extend=extend)


@each_pack
def test_an_invariant_cannot_be_dropped(name: str) -> None:
    body = packs.pack(name)
    body["invariants"].pop(0)

    assert ("WF304", "invariants") in refused(name, body)


def test_a_limit_the_pack_leaves_to_a_setting_stays_within_its_bounds() -> None:
    body = packs.pack("mediation")
    body["clocks"]["acceptance"]["n"] = 4
    around = Around(limits={"mediation.acceptance_workdays": (1, 3)} | dict.fromkeys(
        ("mediation.mediation_days", "mediation.revisit_days"), (1, 30)))  # fmt: skip

    assert ("WF304", "clocks.acceptance.n") in refused("mediation", body, around)


def test_a_flag_of_the_pack_cannot_be_touched_by_steps_of_the_city() -> None:
    body = packs.pack("mediation")
    body["transitions"].append(
        {"id": "forget", "title": "取消确认标记", "from": "confirmed", "to": "confirmed", "by": ["director"],
         "flags": {"clear": ["court_confirmed"]}}
    )  # fmt: skip

    assert ("WF304", "transitions.forget.flags") in refused("mediation", body)


def inserted(**changes: object) -> Body:
    """Mediation with the city's own look at agreements put in before they are in force."""
    body = packs.pack("mediation")
    body["states"]["looking"] = {"title": "协议审核", "public": "正在审核协议", "queue": ["director"]}
    step_of(body, "agree_written")["to"] = "looking"
    body["transitions"] += [
        {"id": "looked", "title": "审核通过", "from": "looking", "to": "agreed", "by": ["director"], "law": "本市规定"},
        {"id": "unlooked", "title": "退回修改", "from": "looking", "to": "mediating", "by": ["director"], **changes},
    ]
    return body


def test_a_city_may_put_its_own_step_in_between() -> None:
    assert refused("mediation", inserted()) == set()


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "performed"},
        {"to": "archived"},
        {"id": "looked2", "to": "ended"},
    ],
)
def test_what_is_put_in_between_leads_where_the_pack_does(changes: Body) -> None:
    assert ("WF304", "transitions.agree_written") in refused("mediation", inserted(**changes))


def test_what_is_put_in_between_ends_no_case_and_goes_on() -> None:
    ended, stuck = inserted(), inserted()
    ended["states"]["looking"]["end"] = True
    stuck["transitions"] = stuck["transitions"][:-2]

    assert ("WF304", "transitions.agree_written") in refused("mediation", ended)
    assert ("WF304", "transitions.agree_written") in refused("mediation", stuck)
