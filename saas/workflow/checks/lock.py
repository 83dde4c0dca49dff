"""Whether a city's process removes or loosens anything of the statutory pack it stands on (WF304)."""

from collections.abc import Iterator, Mapping
from typing import Any

from saas.workflow import overlay, tightening
from saas.workflow.checks.matter import Matter
from saas.workflow.problem import Problem


def check(matter: Matter) -> Iterator[Problem]:
    """Everything looser than the base, each at its own place."""
    if matter.base is None:
        return
    try:
        overlay.difference(matter.base, matter.definition.body)
    except overlay.OverlayError as refused:
        yield from refused.problems
    for id_, old in (matter.base.get("clocks") or {}).items():
        mine = matter.definition.clocks.get(id_)
        if mine and old.get("n") is None and mine.get("n") is not None:
            yield from _against_setting(matter, f"clocks.{id_}.n", old, mine["n"])


def _against_setting(matter: Matter, place: str, old: Mapping[str, Any], n: int) -> Iterator[Problem]:
    """A limit the pack leaves to a setting may be fixed, but within the bounds of the setting."""
    low, high = (matter.around.limits or {}).get(old.get("setting", ""), (None, None))
    if old.get("kind") in {"duty", "fixed"} and high is not None and n > high:
        yield tightening.locked(place, f"法定最长{high}，只能更短，不能改成{n}，请改正")
    if old.get("kind") in {"right", "notice", "fixed"} and low is not None and n < low:
        yield tightening.locked(place, f"法定最短{low}，只能更长，不能改成{n}，请改正")
