"""A city of its own whose process gets a second version, so that no other test meets it."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

import pytest
from flask import Flask

from saas.db.session import TenantRef, db
from saas.moving import services
from saas.moving.models import Move
from saas.workflow import queries
from saas.workflow import services as publishing
from saas.workflow.definition import parse
from saas.workflow.models import ProcessVersion
from saas.workflow.surroundings import around
from saas.workflow.verdicts import Names
from tenants import context, provisioning, starter
from tenants.data import deletion
from tests.mediation import factory

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def city(app: Flask) -> Iterator[TenantRef]:
    """A city like 北京市, gone afterwards."""
    with app.app_context():
        made = provisioning.create(provisioning.NewCity("moving", "转版市", starter.load("beijing"), demo=True))
    yield made
    with app.app_context():
        deletion.erase(made)


@pytest.fixture(autouse=True)
def _plain(request: pytest.FixtureRequest) -> None:
    """The process in force is the first one again, where another test of the module left a changed one."""
    if "city" not in request.fixturenames:
        return
    app, city = request.getfixturevalue("app"), request.getfixturevalue("city")
    with context.transaction(app, city):
        if "checking" in queries.current_version(factory.PROCESS).body["states"]:
            first = queries.list_versions(factory.PROCESS)[-1].body

            def as_first(body: dict[str, Any]) -> None:
                body.update(first)

            published(as_first)


@pytest.fixture
def inside(app: Flask, city: TenantRef) -> Iterator[None]:
    """A session in the city, undone afterwards."""
    with context.entered(app, city):
        yield
        db.session.rollback()


def published(change: Change) -> tuple[ProcessVersion, ProcessVersion]:
    """The version in force, and the next one, which differs by a change."""
    old = queries.current_version(factory.PROCESS)
    body = deepcopy(old.body)
    change(body)
    known = around(parse(body))
    who = factory.actor("qianfang")
    new = publishing.publish(body, fields=known.fields, form_codes=known.form_codes, rules=known.rules, by=who)
    return old, new


def with_check(body: dict[str, Any]) -> None:
    """A second look after accepting, which everybody has to pass who is not yet past it."""
    body["states"]["checking"] = {"title": "待复核", "public": "正在复核", "queue": ["director"], "phase": "受理"}
    next(one for one in body["transitions"] if one["id"] == "accept")["to"] = "checking"
    body["transitions"].append(
        {"id": "recheck", "title": "复核", "from": "checking", "to": "accepted", "by": ["director"], "law": "本市规定"}
    )


def quicker(body: dict[str, Any]) -> None:
    """A limit for mediating of ten days, or of one day less than it had."""
    limit = body["clocks"]["mediation"]
    limit["n"] = (limit.get("n") or 11) - 1


def planned(old: ProcessVersion, new: ProcessVersion, states: Mapping[str, str] | None = None, **options: Any) -> Move:  # noqa: ANN401
    """A plan by the system administrator, not yet judged."""
    who = factory.actor("wanghy")
    return services.plan(old, new, Names(states or {}), "全市统一改用新版流程", by=who, **options)
