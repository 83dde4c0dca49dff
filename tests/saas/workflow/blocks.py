"""Random processes built of blocks: steps, choices by a flag, loops, regions; and damage done to them."""

from typing import Any

from hypothesis import strategies as st

FLAGS = ("marked", "urgent")
KINDS = ("step", "choice", "loop", "regions")
Body = dict[str, Any]
flags = st.fixed_dictionaries(
    {},
    optional={
        "set": st.sampled_from(FLAGS).map(lambda one: [one]),
        "clear": st.sampled_from(FLAGS).map(lambda one: [one]),
    },
)


@st.composite
def processes(draw: st.DrawFn, *, damaged: bool) -> Body:
    """The body of a process; a damaged one has lost a step or got a guard nobody promised to fulfil."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=5))
    body: Body = {
        "format": "casework/1",
        "key": "blocks.any",
        "title": "任意流程",
        "version": 1,
        "domain": "blocks",
        "initial": "s0",
        "roles": {"clerk": "经办人", "head": "负责人"},
        "fields": {"case.flags": "list"},
        "verbs": ["send_back", "withdraw"],
        "opens": [{"id": "open", "title": "登记", "by": ["clerk"], "form": "blocks.open"}],
        "states": {},
        "transitions": [],
    }
    for at, kind in enumerate(kinds):
        _BLOCKS[kind](draw, body, at)
    last = f"s{len(kinds)}"
    body["states"][last] = {"title": "办结", "public": "办结", "end": True}
    if damaged:
        _damage(draw, body)
    return body


def _state(title: str) -> Body:
    return {"title": title, "public": title, "queue": ["clerk"]}


def _step(draw: st.DrawFn, id_: str, source: str, to: str, **more: object) -> Body:
    by = draw(st.sampled_from(["clerk", "head"]))
    return {"id": id_, "title": f"步骤{id_}", "from": source, "to": to, "by": [by], "flags": draw(flags), **more}


def _one(draw: st.DrawFn, body: Body, at: int) -> None:
    body["states"][f"s{at}"] = _state(f"环节{at}")
    body["transitions"].append(_step(draw, f"go{at}", f"s{at}", f"s{at + 1}"))
    if draw(st.booleans()):
        body["transitions"].append(_step(draw, f"note{at}", f"s{at}", f"s{at}"))


def _choice(draw: st.DrawFn, body: Body, at: int) -> None:
    """Two ways that share what a flag can say, one of them by a state aside."""
    flag = draw(st.sampled_from(FLAGS))
    body["states"] |= {f"s{at}": _state(f"环节{at}"), f"x{at}": _state(f"旁支{at}")}
    body["transitions"] += [
        _step(draw, f"yes{at}", f"s{at}", f"s{at + 1}", when=f'"{flag}" in case.flags'),
        _step(draw, f"no{at}", f"s{at}", f"x{at}", when=f'!("{flag}" in case.flags)'),
        _step(draw, f"on{at}", f"x{at}", f"s{at + 1}"),
    ]


def _loop(draw: st.DrawFn, body: Body, at: int) -> None:
    body["states"] |= {f"s{at}": _state(f"环节{at}"), f"y{at}": _state(f"复核{at}")}
    body["transitions"] += [
        _step(draw, f"up{at}", f"s{at}", f"y{at}"),
        _step(draw, f"back{at}", f"y{at}", f"s{at}"),
        _step(draw, f"out{at}", f"y{at}", f"s{at + 1}"),
    ]


def _regions(draw: st.DrawFn, body: Body, at: int) -> None:
    """Up to three things side by side, each a chain with a way back, and a step out when all are done."""
    count = draw(st.integers(1, 3))
    state = _state(f"并行{at}")
    state["regions"] = {f"r{at}_{n}": _region(draw, f"r{at}_{n}") for n in range(count)}
    body["states"][f"s{at}"] = state
    body["transitions"].append(_step(draw, f"join{at}", f"s{at}", f"s{at + 1}"))
    if draw(st.booleans()):
        body["transitions"].append(_step(draw, f"log{at}", f"s{at}", f"s{at}"))
    if draw(st.booleans()):
        body["transitions"].append(_step(draw, f"leave{at}", f"s{at}", f"s{at + 1}", cancel=True))


def _region(draw: st.DrawFn, id_: str) -> Body:
    length = draw(st.integers(1, 3))
    names = [f"{id_}_{n}" for n in range(length + 1)]
    steps = [_step(draw, f"{id_}_go{n}", names[n], names[n + 1]) for n in range(length)]
    if draw(st.booleans()):
        steps.append(_step(draw, f"{id_}_back", names[-1], names[0]))
    return {
        "title": f"分支{id_}",
        "initial": names[0],
        "final": [names[-1]],
        "states": {name: _state(name) for name in names},
        "transitions": steps,
    }


def _damage(draw: st.DrawFn, body: Body) -> None:
    """Take a step away, or make it wait for a flag; a repaired process is only the rarer for it."""
    lists = [body["transitions"]]
    lists += [
        region["transitions"] for state in body["states"].values() for region in state.get("regions", {}).values()
    ]
    for _ in range(draw(st.integers(1, 3))):
        chosen = draw(st.sampled_from([some for some in lists if some] or [[]]))
        if not chosen:
            return
        at = draw(st.integers(0, len(chosen) - 1))
        if draw(st.booleans()):
            del chosen[at]
        else:
            chosen[at] = chosen[at] | {"when": f'"{draw(st.sampled_from(FLAGS))}" in case.flags'}


_BLOCKS = {"step": _one, "choice": _choice, "loop": _loop, "regions": _regions}
