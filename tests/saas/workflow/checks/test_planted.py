"""Faults planted in a sound process: each is found with its code at its place."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from tests.saas.workflow.checks import library
from tests.saas.workflow.checks.library import ACCEPT, APPROVE, CANCEL, LEND, REFUSE

Body: TypeAlias = dict[str, Any]
Plant = Callable[[Body], object]


def step(number: int, **changes: object) -> Plant:
    return lambda body: body["transitions"][number].update(changes)


def way(**changes: object) -> Plant:
    return lambda body: body["opens"][0].update(changes)


def state(name: str, **changes: object) -> Plant:
    return lambda body: (
        body["states"].setdefault(name, {"title": "新", "public": "新", "handler": True}).update(changes)
    )


def clock(**changes: object) -> Plant:
    return lambda body: body["clocks"]["review"].update(changes)


def more(**changes: object) -> Plant:
    plain = {"id": "more", "title": "另一步", "by": ["clerk"]}
    return lambda body: body["transitions"].append(plain | changes)


def rule(**changes: object) -> Plant:
    return lambda body: body["invariants"].append(changes)


def guard(text: str, number: int = ACCEPT) -> Plant:
    return step(number, when=[{"that": text, "refuse": "不行。"}])


def row(number: int, **cells: object) -> Plant:
    return lambda body: body["decisions"]["allowed"]["rules"][number]["if"].update(
        {f"case.{k}": v for k, v in cells.items()}
    )


def inner(region: str, **changes: object) -> Plant:
    return lambda body: body["states"]["packing"]["regions"][region].update(changes)


def question(form: int, number: int, **changes: object) -> Plant:
    return lambda body: body["forms"][form]["pages"][0]["fields"][number].update(changes)


def extra(form: str, **changes: object) -> Plant:
    field = {"id": "extra", "label": "补充", "type": "text"} | {
        k: v for k, v in changes.items() if k not in {"page", "after"}
    }
    asked = {"page": changes.get("page", "book"), "field": field} | (
        {"after": changes["after"]} if "after" in changes else {}
    )
    return lambda body: body.update(extra_fields={form: [asked]})


def paper(text: str) -> Plant:
    return lambda body: body["papers"][0].update(paragraphs=[text])


def trap(body: Body) -> None:
    body["states"] |= {name: {"title": name, "public": "无", "handler": True} for name in ("north", "south")}
    body["transitions"] += [
        {"id": "fall", "title": "进入", "from": "checked", "to": "north", "by": ["clerk"]},
        {"id": "there", "title": "过去", "from": "north", "to": "south", "by": ["clerk"]},
        {"id": "back", "title": "回来", "from": "south", "to": "north", "by": ["clerk"]},
    ]


def unflagged(body: Body) -> None:
    """The only way out asks for a flag that is never set."""
    body["transitions"][LEND]["when"] = [{"that": '"urgent" in case.flags', "refuse": "不行。"}]
    body["transitions"][CANCEL]["when"] = [{"that": '"urgent" in case.flags', "refuse": "不行。"}]


def jammed(body: Body) -> None:
    """A region that waits for a flag only the other way through would set."""
    regions = body["states"]["packing"]["regions"]
    regions["find"]["transitions"][0]["when"] = [{"that": '"carded" in case.flags', "refuse": "不行。"}]
    regions["card"]["transitions"][0]["flags"] = {"set": ["carded"]}
    body["transitions"].pop(CANCEL)


def parallel_law(body: Body) -> None:
    """What goes on in one region need not have happened when the other is done."""
    body["invariants"].append({"must_pass": "find", "before": "make", "law": "借阅规则"})


def cancelled_past(body: Body) -> None:
    """A step that cancels leaves before the book was found."""
    body["transitions"][LEND]["cancel"] = True


def wide(body: Body) -> None:
    rows = [{"if": {"case.days": [n, n], "case.kind": ["child"]}, "then": "no"} for n in range(50)]
    body["decisions"]["allowed"]["rules"] = [*rows, {"if": {"case.days": [50, 365]}, "then": "yes"}]


FIND = {"id": "find", "title": "找到", "from": "wanted", "to": "got", "by": ["keeper"]}
REGIONS = "states.packing.regions"
PLANTED: list[tuple[str, Plant, str, str]] = [
    ("initial state missing", lambda body: (body.update(initial="none"), way(to="asked")(body)), "WF010", "initial"),
    ("step to a missing state", step(ACCEPT, to="nowhere"), "WF010", "transitions.accept"),
    ("step from a missing state", step(ACCEPT, **{"from": ["asked", "nowhere"]}), "WF010", "transitions.accept"),
    ("way to a missing state", way(to="nowhere"), "WF010", "opens.ask"),
    ("region begins nowhere", inner("find", initial="nowhere"), "WF010", f"{REGIONS}.find"),
    ("region ends nowhere", inner("card", final=["made", "nowhere"]), "WF010", f"{REGIONS}.card"),
    ("page of a missing way", lambda body: body["page"].update(way="none"), "PP906", "page"),
    ("step by an unknown role", step(ACCEPT, by=["ghost"]), "WF011", "transitions.accept"),
    ("queue of an unknown role", state("asked", queue=["ghost"]), "WF011", "states.asked"),
    ("agreement of an unknown role", step(LEND, sign={"by": ["ghost"]}), "WF011", "transitions.lend"),
    ("proposal from an unknown role", step(ACCEPT, propose={"role": "ghost"}), "WF011", "transitions.accept"),
    ("answer kept for an unknown role", question(2, 0, read=["ghost"]), "WF011", "forms.loan.note.note"),
    ("two steps of one id", step(ACCEPT, id="lend"), "WF012", "transitions.lend"),
    ("unknown document", step(LEND, documents=["loan.none"]), "WF014", "transitions.lend"),
    ("unknown rule of the law", step(LEND, checks=["unknown"]), "WF015", "transitions.lend"),
    ("another person than of an unknown step", step(LEND, not_same_as=["ghost"]), "WF016", "transitions.lend"),
    (
        "figure counting an unknown step",
        lambda body: body["figures"].append({"code": "own.x", "title": "数", "event": ["ghost"]}),
        "PP907",
        "figures.own.x",
    ),
    (
        "figure of an unknown field",
        lambda body: body["figures"][0].update(amount_field="ghost"),
        "PP908",
        "figures.own.lent",
    ),
    ("handler from an unknown field", step(ACCEPT, assign="ghost"), "WF017", "transitions.accept"),
    ("unknown stage", state("asked", phase="尾声"), "WF018", "states.asked"),
    ("a state nothing leads to", state("alone", end=True), "WF101", "states.alone"),
    (
        "a region's state nothing leads to",
        inner(
            "card",
            final=["made"],
            states={
                "none": {"title": "未办"},
                "made": {"title": "已办"},
                "spared": {"title": "免办"},
                "lost": {"title": "丢失"},
            },
        ),
        "WF101",
        f"{REGIONS}.card.states.lost",
    ),
    (
        "a dead end",
        lambda body: (state("dead")(body), more(**{"from": "asked", "to": "dead"})(body)),
        "WF102",
        "states.dead",
    ),
    ("a circle without a way out", trap, "WF104", "states.north"),
    (
        "no end",
        lambda body: [body["states"][one].update(end=False, queue=["clerk"]) for one in ("lent", "refused")],
        "WF105",
        "states",
    ),
    ("two steps of one title", step(REFUSE, title="准予"), "WF106", "states.checked"),
    (
        "a region that cannot finish",
        inner("find", final=["wanted"], transitions=[FIND]),
        "WF110",
        f"{REGIONS}.find.states.got",
    ),
    ("regions that jam", jammed, "WF111", "states.packing"),
    ("guard that is a number", guard("case.days"), "WF201", "transitions.accept"),
    ("guard not finished", guard("case.days >"), "WF201", "transitions.accept"),
    ("guard with one equals sign", guard("case.days = 3"), "WF201", "transitions.accept"),
    ("guard too long", guard("true && " * 200 + "true"), "WF201", "transitions.accept"),
    ("guard nested too deep", guard("(" * 300 + "true" + ")" * 300), "WF201", "transitions.accept"),
    ("guard with an unknown name", guard("case.day > 1"), "WF202", "transitions.accept"),
    ("guard comparing a number with a text", guard("case.days > 'x'"), "WF202", "transitions.accept"),
    ("guard with a fraction", guard("case.days > 1.5"), "WF202", "transitions.accept"),
    ("guard calling Python", guard("__import__('os') == 1"), "WF202", "transitions.accept"),
    (
        "guard of a region",
        inner("find", transitions=[FIND | {"when": "case.ghost"}]),
        "WF202",
        f"{REGIONS}.find.transitions.find",
    ),
    ("table over an unknown field", lambda body: body["fields"].pop("case.days"), "WF202", "decisions.allowed"),
    (
        "table over a field of another type",
        lambda body: body["fields"].update({"case.kind": "int"}),
        "WF202",
        "decisions.allowed",
    ),
    ("guard on what its form does not ask", guard('form.note == "x"'), "WF203", "transitions.accept"),
    (
        "guard on what is asked later",
        lambda body: (
            question(2, 0, store="case")(body),
            body["fields"].update({"case.note": "string"}),
            guard('case.note == "x"')(body),
        ),
        "WF203",
        "transitions.accept",
    ),
    (
        "guard at the opening on what the case has not got",
        way(when=[{"that": "case.days > 3", "refuse": "不行。"}]),
        "WF203",
        "opens.ask",
    ),
    (
        "guards that overlap",
        guard('decision.allowed == "yes" || decision.allowed == "no"', REFUSE),
        "WF204",
        "states.checked",
    ),
    (
        "guards with a gap",
        lambda body: (guard("case.days > 10", APPROVE)(body), guard("case.days < 10", REFUSE)(body)),
        "WF205",
        "states.checked",
    ),
    ("a flag that is never set", unflagged, "WF111", "states.packing"),
    ("a flag nobody sets before the only step", guard('"urgent" in case.flags', ACCEPT), "WF205", "states.asked"),
    ("guard never true", guard("case.days > 3 && case.days < 2"), "WF206", "transitions.accept"),
    ("guard always true", guard("case.days > 3 || case.days < 9"), "WF206", "transitions.accept"),
    (
        "guard on a word the table never says",
        guard('decision.allowed == "maybe"', APPROVE),
        "WF206",
        "transitions.approve",
    ),
    ("row with an unknown column", row(0, ghost=[1, 2]), "DT300", "decisions.allowed.rows.0"),
    ("row with an unknown value", row(2, kind=["alien"]), "DT300", "decisions.allowed.rows.2"),
    ("row with words for numbers", row(0, days=["many"]), "DT300", "decisions.allowed.rows.0"),
    ("gap of a table", lambda body: body["decisions"]["allowed"]["rules"].pop(2), "DT301", "decisions.allowed"),
    ("gap of one day of a table", row(1, days=["$longest+2", 365]), "DT301", "decisions.allowed"),
    ("overlap of a table", row(1, days=["$longest", 365]), "DT302", "decisions.allowed.rows.1"),
    (
        "row never hit",
        lambda body: (
            body["decisions"]["allowed"].update(hit="first"),
            body["decisions"]["allowed"]["rules"].append({"if": {}, "then": "no"}),
        ),
        "DT303",
        "decisions.allowed.rows.3",
    ),
    (
        "row turned round",
        lambda body: body["decisions"]["allowed"]["rules"].append({"if": {"case.days": [9, 3]}, "then": "no"}),
        "DT303",
        "decisions.allowed.rows.3",
    ),
    ("row with an unknown number", row(0, days=[0, "$shortest"]), "DT304", "decisions.allowed.rows.0"),
    ("table too large to prove", wide, "DT305", "decisions.allowed"),
    ("gap of a table too large to prove", wide, "DT301", "decisions.allowed"),
    ("way round the law", more(**{"from": "asked", "to": "packing"}), "WF301", "invariants.0"),
    ("way round a step of a region", cancelled_past, "WF301", "invariants.1"),
    ("region beside a region", parallel_law, "WF301", "invariants.4"),
    ("forbidden actor", step(APPROVE, by=["head", "system"]), "WF302", "invariants.2"),
    ("duties not separated", step(APPROVE, not_same_as=[]), "WF302", "invariants.3"),
    ("a step against itself", step(ACCEPT, not_same_as=["accept"]), "WF303", "transitions.accept"),
    ("invariant about nothing", rule(must_pass="ghost", before="lent"), "WF305", "invariants.4"),
    ("invariant before nothing", rule(must_pass="accept", before="ghost"), "WF305", "invariants.4"),
    ("invariant against nothing", rule(never={"by": "system", "to": "ghost"}), "WF305", "invariants.4"),
    ("separation from nothing", rule(separate=["accept", "ghost"]), "WF305", "invariants.4"),
    ("clock from an unknown step", clock(start=["ghost"]), "SL401", "clocks.review"),
    ("clock without law", clock(law=""), "SL402", "clocks.review"),
    (
        "clock that never starts",
        lambda body: (
            state("alone", end=True)(body),
            more(**{"from": "alone", "to": "lent"})(body),
            clock(start=["more"], extend=None)(body),
            body["clocks"]["review"].pop("extend"),
        ),
        "SL403",
        "clocks.review",
    ),
    ("clock without a stop", clock(stop=[]), "SL404", "clocks.review"),
    ("clock that runs on past the end", clock(stop=["approve"]), "SL404", "clocks.review"),
    ("pause without resume", clock(resume=[]), "SL405", "clocks.review"),
    ("pause that is not resumed on one way", more(**{"from": "amending", "to": "refused"}), "SL405", "clocks.review"),
    ("warning at the last moment", clock(warn=["100%"]), "SL406", "clocks.review"),
    ("the same warning twice", clock(warn=["50%", "50%"]), "SL406", "clocks.review"),
    ("clock from a day nobody enters", clock(**{"from": "asked_on"}), "SL408", "clocks.review"),
    ("clock until a day nobody enters", clock(until="decided_on"), "SL408", "clocks.review"),
    ("clock for cases nobody tells apart", clock(given={"colour": "red"}), "SL408", "clocks.review"),
    (
        "extension by a field nobody enters",
        clock(extend={"on": "accept", "field": "ghost", "max": 3}),
        "SL408",
        "clocks.review",
    ),
    ("a state nobody looks after", lambda body: body["states"]["asked"].pop("queue"), "AS502", "states.asked"),
    ("a handler who may not be there", step(ACCEPT, only="handler"), "AS502", "transitions.accept"),
    ("a document issued by the machine", step(APPROVE, by=["system"]), "AS503", "transitions.approve"),
    ("no words for citizens", lambda body: body["states"]["asked"].pop("public"), "PU601", "states.asked"),
    (
        "citizens asked without being told",
        lambda body: body["transitions"][0].pop("documents"),
        "PU602",
        "transitions.amend",
    ),
]


def test_the_process_is_sound_before_anything_is_planted() -> None:
    assert library.found(library.body()) == []


@pytest.mark.parametrize(("name", "plant", "code", "place"), PLANTED, ids=[one[0] for one in PLANTED])
def test_a_planted_fault_is_found_at_its_place(name: str, plant: Plant, code: str, place: str) -> None:
    body = library.body()
    plant(body)

    found = library.found(body)

    assert (code, place) in {(problem.code, problem.place) for problem in found}, found
    assert all(problem.message.isprintable() and len(problem.message) > 8 for problem in found)
