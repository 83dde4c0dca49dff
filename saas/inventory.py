"""The inventory of personal data: for every column of a city what it holds, why, how long and for whom."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from saas import strict_yaml

SOURCE = Path(__file__).with_suffix(".yaml")
CLASSES = {"none": "非个人信息", "personal": "个人信息", "sensitive": "敏感个人信息"}


@dataclass(frozen=True)
class Profile:
    """What columns of one kind have in common; ``kind`` is a key of :data:`CLASSES`, the rest is for people."""

    kind: str
    purpose: str
    basis: str
    mask: str
    retention: str
    who: str


@dataclass(frozen=True)
class Line:
    """One column and its profile."""

    table: str
    column: str
    profile: Profile


@cache
def list_lines() -> tuple[Line, ...]:
    """Every line, by table, in the order they are written."""
    body = strict_yaml.read(SOURCE)
    profiles = {name: Profile(kind=given.pop("class"), **given) for name, given in body["profiles"].items()}
    return tuple(
        Line(table, column, profiles[name])
        for table, held in body["tables"].items()
        for name, columns in held.items()
        for column in columns
    )
