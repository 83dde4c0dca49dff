"""Kinds of inspections of the tests' own, over objects that are nothing but names, and people to inspect them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from flask import Flask

from saas.config import Config
from saas.db.session import TenantRef
from saas.domain import EXTENSION
from saas.inspections import sources
from saas.inspections.declaration import InspectionKind
from saas.inspections.sources import Asked, Drawable
from tenants import context
from tests.mediation import factory
from tests.saas.inspections.planning import FILES, REVIEW, TEST
from tests.saas.web.staff.sending import employ

Names = Callable[[int], None]


@pytest.fixture
def objects(app: Flask) -> Iterator[Names]:
    """How many objects there are to draw: none until it is said."""
    known = app.extensions[sources.EXTENSION]
    found: list[int] = [0]

    def list_them(asked: Asked) -> Sequence[Drawable]:
        path = factory.body("大兴区司法局").path
        return [Drawable(f"{asked.name}-{number}", f"第{number}卷", path, "大兴区司法局") for number in range(found[0])]

    sources.declare(app, "sample", list_them)
    yield lambda number: found.__setitem__(0, number)
    app.extensions[sources.EXTENSION] = known


@pytest.fixture(autouse=True)
def _kinds(app: Flask) -> Iterator[None]:
    """The tests' own kinds stand beside the declared ones."""
    declared = app.extensions[EXTENSION]
    own: tuple[InspectionKind, ...] = (REVIEW, TEST, FILES)
    app.extensions[EXTENSION] = tuple(
        replace(line, inspections=(*line.inspections, *own)) if line.name == "mediation" else line for line in declared
    )
    yield
    app.extensions[EXTENSION] = declared


@pytest.fixture(scope="module")
def heads(app: Flask, beijing: TenantRef, config: Config) -> list[str]:
    """The usernames of four heads of offices of one district, who may be drawn."""
    with context.transaction(app, beijing):
        return ["lixf", *(employ("兴丰司法所", "office_head", config.demo_password) for _ in range(3))]
