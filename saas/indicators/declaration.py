"""An indicator as a line of work declares it."""

from dataclasses import dataclass
from typing import Literal

Measure = Literal["cases", "amount", "total", "documents", "late", "days", "entries", "inspected", "ratio"]


@dataclass(frozen=True)
class Indicator:
    """A declared figure over the cases of a process.

    ``event`` is the action that makes a case count, by its business date inside the period; the name
    of a step, or ``open`` for any way in. ``states`` narrows to cases now in these states,
    ``flags`` to cases that carry one, ``same_day`` to cases in which one step of each group was taken on the day of
    the action, ``kinds`` and ``sources`` to cases of a matter and of a way in. ``amount`` adds up the fen of
    ``amount_field``, ``total`` its whole numbers. A ratio names two indicators by code.

    ``documents`` counts what was issued in the period and is not void, ``event`` being the codes of its forms and
    ``words`` what its numbers hold, one of them. ``late`` counts cases in which one of the limits named by ``event``
    was kept too late in the period, or ran out in it and is not kept yet; ``days`` is how many they took on average.

    ``entries`` counts those of the register whose key ``process`` is, as they stood at the end of the period, narrowed
    to ``kinds`` and ``states``.

    ``inspected`` counts what was drawn in inspections of the kind that ``process`` names: results of these grades by
    the day they were inspected, all results without any; or one of ``drawn``, ``published`` and ``rectified``, by the
    day it was.
    """

    code: str
    title: str
    process: str
    measure: Measure = "cases"
    event: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    same_day: tuple[tuple[str, ...], ...] = ()
    sources: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    amount_field: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    unit: str = "件"
    source: str = ""
