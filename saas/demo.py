"""Invented cases as plans: what a line of work proposes, and what the loader carries out through the services."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from saas import text

# Division prefixes that were never assigned: no living person has such a number.
PREFIXES = ("990101", "990102", "990203", "990304")
FAMILY = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马苗方俞任袁柳"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志文红梅春燕海波晓东亚楠子涵雨欣浩然思远嘉怡宇轩梓萱"
MOBILE = ("139", "138", "137", "136", "135", "150", "151", "152", "158", "159", "186", "188")


@dataclass(frozen=True)
class DemoAct:
    """A step to be taken so many days after the one before, by a holder of a role."""

    action: str
    values: Mapping[str, Any]
    role: str
    days: int = 0


@dataclass(frozen=True)
class DemoCase:
    """A case to be opened at a body on a day, and the steps it takes."""

    process: str
    way: str
    body: str
    opened_on: date
    values: Mapping[str, Any]
    role: str
    acts: tuple[DemoAct, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """Attachments as category and words written on them."""
    files_before: str = ""
    """The step before which the attachments are added; empty for right after the opening."""


@dataclass(frozen=True)
class DemoEntry:
    """An entry of a register, kept by a body; a question for another entry is answered with that one's name."""

    register: str
    body: str
    values: Mapping[str, Any]
    status: str = ""
    records: tuple[tuple[str, date, Mapping[str, Any]], ...] = ()
    """Dated records as kind, day and values."""


@dataclass(frozen=True)
class DemoBody:
    """A body that takes cases: its name, the town or district it is at, who works there by role."""

    name: str
    areas: Sequence[str]
    people: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """User ids by role, in a fixed order."""


@dataclass(frozen=True)
class DemoSite:
    """A city as a plan needs it."""

    code: str
    name: str
    today: date
    bodies: Sequence[DemoBody]
    entries: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The ids of the invented entries of registers, by the register's key; a plan of cases chooses among them."""


def past(acts: Iterable[DemoAct], opened: date, today: date) -> tuple[DemoAct, ...]:
    """The steps of a case opened on a day that had been taken by today."""
    day, taken = opened, list[DemoAct]()
    for act in acts:
        day += timedelta(days=act.days)
        if day > today:
            break
        taken.append(act)
    return tuple(taken)


def person_name(rng: Random) -> str:
    """An invented name of two or three characters."""
    return rng.choice(FAMILY) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2))))


def id_number(rng: Random, today: date) -> str:
    """An ID number with a valid check digit and a division prefix never assigned; an adult's."""
    born = today - timedelta(days=rng.randint(20 * 366, 75 * 365))
    body = f"{rng.choice(PREFIXES)}{born:%Y%m%d}{rng.randint(1, 999):03d}"
    return body + text.check_digit(body)


def phone(rng: Random) -> str:
    """A mobile number in a real format."""
    return rng.choice(MOBILE) + "".join(str(rng.randint(0, 9)) for _ in range(8))
