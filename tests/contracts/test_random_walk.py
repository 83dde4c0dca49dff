"""Whoever walks through two cities at random, with the ids of both, never meets in one what belongs to the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from saas.config import Config
from saas.db.session import TenantRef, db
from saas.documents.queries import list_documents
from saas.dossier import services as dossiers
from saas.dossier.batches import services as batches
from saas.files import services as files
from saas.identity import services as identity
from saas.identity.actor import SYSTEM
from saas.identity.models import Role
from saas.messages import services as messages
from tenants import context
from tests.browsers import Browser, hidden_fields
from tests.mediation import factory
from tests.portal.applying import PNG

UNITS = {"beijing": ("兴和人民调解委员会", "zhaoxh"), "zunyi": ("汇川区人民调解委员会", "shiqiang")}
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LEAVES = frozenset({"sign_out", "forget"})
LONGEST_WALK = 12


@dataclass(frozen=True)
class Home:
    """A city as the walk knows it.

    Attributes:
        city: Which one.
        browser: Somebody in it who holds every role there is.
        ids: What addresses may be filled with, by the name of the hole.
        marks: Words and ids that are the city's alone.
    """

    city: TenantRef
    browser: Browser
    ids: dict[str, str]
    marks: frozenset[str]
    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Step:
    """One request: in which city, which address, and from which city each hole is filled."""

    here: int
    rule: int
    origins: tuple[int, ...]


def steps() -> st.SearchStrategy[list[Step]]:
    """Walks of a few requests."""
    side = st.integers(0, 1)
    step = st.builds(Step, side, st.integers(0, 10_000), st.tuples(side, side, side, side))
    return st.lists(step, min_size=4, max_size=LONGEST_WALK)


def make_home(app: Flask, city: TenantRef, config: Config) -> Home:
    """A case with all that can hang on one, and somebody who may see everything in the city."""
    unit, username = UNITS[city.code]
    mark = f"{city.code}-{uuid4().hex}"
    with context.transaction(app, city):
        case = factory.open_application(unit, facts=f"{mark}楼上漏水，泡坏了家里的墙面。")
        actor = factory.actor(username)
        assert actor.id
        ids = {
            "number": case.number,
            "file_id": files.add(case, "identity", f"{mark}.png", PNG, by=actor).id,
            "document_id": list_documents(case.id)[0].id,
            "export_id": dossiers.request_export(case, by=actor).id,
            "batch_id": batches.request_batch({}, [case.id], variant="full", by=actor).id,
            "message_id": messages.tell_user(actor.id, f"{mark}请办理", "有一件案件。", case=case).id,
        }
        known = {name: str(value) for name, value in ids.items()}
        top = factory.body(unit).path.split("/")[0]
        name = f"all{uuid4().hex[:8]}"
        sees = (Role.duty.is_(None)) | (Role.duty == "audit")
        roles = [(role, top) for role in db.session.scalars(select(Role.code).where(sees).order_by(Role.code))]
        identity.create_user(identity.NewUser(name, f"{city.code}全能", config.demo_password, roles), by=SYSTEM)
    browser = Browser(app, city)
    browser.sign_in(name, config.demo_password)
    marks = {mark, f"{city.code}全能", city.name, *(value for key, value in known.items() if key != "number")}
    return Home(city, browser, known, frozenset(marks))


@pytest.fixture(scope="module")
def homes(app: Flask, beijing: TenantRef, zunyi: TenantRef, config: Config) -> tuple[Home, Home]:
    return make_home(app, beijing, config), make_home(app, zunyi, config)


def rules(app: Flask) -> list[Rule]:
    """Every address of a city but the one that ends the walker's session."""
    places = (rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("platform."))
    kept = [rule for rule in places if rule.endpoint != "static" and rule.endpoint.split(".")[-1] not in LEAVES]
    return sorted(kept, key=lambda rule: (rule.rule, rule.endpoint))


def fill(rule: Rule, homes: Sequence[Home], origins: Sequence[int]) -> dict[str, str]:
    """What stands in the holes of an address; a hole that names nothing of a city gets a word both have."""
    words = {"action": "accept", "code": "mediation.application", "process": "mediation.dispute", "way": "apply"}
    holes = sorted(rule.arguments)
    return {
        hole: homes[origins[place % len(origins)]].ids.get(hole, words.get(hole, "1"))
        for place, hole in enumerate(holes)
    }


def ask(here: Home, rule: Rule, values: dict[str, str]) -> TestResponse | None:
    """Ask for an address, or send it a form with the right token; None when nothing fits its holes."""
    try:
        built = rule.build({name: rule._converters[name].to_python(value) for name, value in values.items()})
    except ValueError:
        return None
    if built is None:
        return None
    if "POST" not in (rule.methods or ()):
        return here.browser.get(built[1], query_string=values)
    token = hidden_fields(here.browser.get("/progress").get_data(as_text=True))["_csrf"]
    return here.browser.post(built[1], data=values | {"_csrf": token, "_key": str(uuid4()), "category": "identity"})


def told(answer: TestResponse, values: dict[str, str]) -> str:
    """All that an answer says, but for what was asked and is only repeated."""
    said = " ".join((answer.get_data().decode("utf-8", "replace"), *map(str, answer.headers.values())))
    for value in values.values():
        said = said.replace(value, "") if UUIDS.fullmatch(value) and answer.status_code >= 300 else said
    return said


def test_nobody_meets_what_is_of_the_other_city(app: Flask, homes: tuple[Home, Home]) -> None:
    addresses = rules(app)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(steps())
    def walk(taken: list[Step]) -> None:
        for step in taken:
            here, there = homes[step.here], homes[1 - step.here]
            rule = addresses[step.rule % len(addresses)]
            values = fill(rule, homes, step.origins)
            answer = ask(here, rule, values)
            if answer is None:
                continue
            said = told(answer, values)
            assert [mark for mark in there.marks if mark in said] == [], (here.city.code, rule.rule, answer.status_code)
            here.seen.update(UUIDS.findall(said))

    walk()

    assert homes[0].seen & homes[1].seen == set()
    assert all(home.seen for home in homes), "the walk saw nothing at all"


def test_the_walk_finds_its_own(app: Flask, homes: tuple[Home, Home]) -> None:
    found = set()
    for place, home in enumerate(homes):
        for rule in rules(app):
            answer = ask(home, rule, fill(rule, homes, (place,))) if "GET" in (rule.methods or ()) else None
            found |= {mark for mark in home.marks if answer is not None and mark in told(answer, {})}

    # Both cities' texts and files are met by those who may meet them: the marks would be noticed.
    assert {mark for home in homes for mark in home.marks if mark.startswith(home.city.code)} <= found
