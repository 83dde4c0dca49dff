"""An indicator as a line of work declares it."""

from dataclasses import dataclass
from typing import Literal

Measure = Literal["cases", "amount", "total", "ratio"]


@dataclass(frozen=True)
class Indicator:
    """A declared figure over the cases of a process.

    ``event`` is the action that makes a case count, by its business date inside the period; the name
    of a step, or ``open`` for any way in. ``states`` narrows to cases now in these states,
    ``flags`` to cases that carry one. ``amount`` adds up the fen of ``amount_field``, ``total`` its whole numbers.
    A ratio names two indicators by code.
    """

    code: str
    title: str
    process: str
    measure: Measure = "cases"
    event: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    amount_field: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    unit: str = "件"
    source: str = ""
