"""A deployment whose pack of mediation has a new version: real files beside each other, as a release brings them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask

from saas.domain import EXTENSION, Domain

LIMIT = "clocks.entrusted_summary.n"
TITLE = "法院委托调解期限（简易程序）"
BEFORE, AFTER = "kind: duty, n: 7, unit: day", "kind: duty, n: 5, unit: day"
VERSION = "\nversion: 1\n"


@contextmanager
def raised(app: Flask, folder: Path, *, is_kept: bool = True) -> Iterator[None]:
    """The application with version 2 of mediation, in which the court's seven days are five.

    Args:
        app: The whole application.
        folder: Where the two files are put.
        is_kept: Whether the release kept the file of version 1.
    """
    before = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = tuple(_raised(line, folder, is_kept=is_kept) for line in before)
    try:
        yield
    finally:
        app.extensions[EXTENSION] = before


def _raised(line: Domain, folder: Path, *, is_kept: bool) -> Domain:
    if line.name != "mediation":
        return line
    (pack,) = line.processes
    text = pack.national.read_text("utf-8")
    assert (text.count(BEFORE), text.count(VERSION)) == (1, 1)
    new = folder / "mediation.yaml"
    new.write_text(text.replace(BEFORE, AFTER).replace(VERSION, VERSION.replace("1", "2")), "utf-8")
    if is_kept:
        shutil.copy(pack.national, folder / "mediation.v1.yaml")
    return replace(line, processes=(replace(pack, national=new),))
