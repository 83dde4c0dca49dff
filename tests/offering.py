"""A deployment whose pack of mediation has a new version: real files beside each other, as a release brings them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask

from blueprints.mediation.domain import DOMAIN
from saas.domain import EXTENSION, Domain
from saas.workflow import definition
from tests import shaping

LIMIT = "clocks.entrusted_summary.n"
TITLE = "法院委托调解期限（简易程序）"
BEFORE, AFTER = "kind: duty, n: 7, unit: day", "kind: duty, n: 5, unit: day"
NOW = int(definition.load(DOMAIN.processes[0].national)["version"])
NEXT = NOW + 1


@contextmanager
def raised(app: Flask, folder: Path, *, is_kept: bool = True) -> Iterator[None]:
    """The application with the next version of mediation, in which the court's seven days are five.

    Args:
        app: The whole application.
        folder: Where the two files are put.
        is_kept: Whether the release kept the file of the version before.
    """
    before = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = tuple(_raised(line, folder, is_kept=is_kept) for line in before)
    try:
        yield
    finally:
        app.extensions[EXTENSION] = before


def publish_days(days: int) -> None:
    """A version of the city's in which the court's seven days are so many."""
    body = shaping.body_with()
    body["clocks"]["entrusted_summary"]["n"] = days
    shaping.publish(body)


def _raised(line: Domain, folder: Path, *, is_kept: bool) -> Domain:
    if line.name != "mediation":
        return line
    pack, *others = line.processes
    text = pack.national.read_text("utf-8")
    before, after = (f"\nversion: {version}\n" for version in (NOW, NEXT))
    assert (text.count(BEFORE), text.count(before)) == (1, 1)
    new = folder / "mediation.yaml"
    new.write_text(text.replace(BEFORE, AFTER).replace(before, after), "utf-8")
    if is_kept:
        shutil.copy(pack.national, folder / f"mediation.v{NOW}.yaml")
    return replace(line, processes=(replace(pack, national=new), *others))
