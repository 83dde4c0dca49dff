from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from blueprints import mediation
from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from saas.errors import ConflictError, InvalidInputError, NotFoundError
from saas.identity.actor import Actor
from saas.workflow import definition, drafts, inspecting, offers, queries
from saas.workflow.models import ProcessVersion
from saas.workflow.offers import Offer
from saas.workflow.threeway import CITY
from tenants import context
from tests import offering, shaping
from tests.mediation import factory

KEY = factory.PROCESS
PACKS = Path(mediation.__file__).parent / "processes"


@pytest.fixture(autouse=True)
def city(app: Flask, zunyi: TenantRef) -> Iterator[None]:
    """遵义市, whose drafts and versions of the test are undone afterwards."""
    with context.entered(app, zunyi):
        yield
        db.session.rollback()


@pytest.fixture
def law(app: Flask, tmp_path: Path) -> Iterator[None]:
    """The law's seven days are five."""
    with offering.raised(app, tmp_path):
        yield


def admin() -> Actor:
    return factory.actor("luoyong")


def publish(days: int) -> ProcessVersion:
    """The city's process with days of its own, before the law changes."""
    body = deepcopy(queries.current_version(KEY).body)
    body["clocks"]["entrusted_summary"]["n"] = days
    return shaping.publish(body)


def offered() -> Offer:
    return offers.get_offer(KEY)


def days_of(body: dict[str, Any]) -> int:
    return int(body["clocks"]["entrusted_summary"]["n"])


def test_nothing_is_offered_while_the_pack_is_the_one_the_city_stands_on() -> None:
    assert offers.list_offers() == []
    with pytest.raises(NotFoundError):
        offers.get_offer(KEY)


@pytest.mark.usefixtures("law")
def test_a_new_version_of_the_pack_is_offered_with_what_it_changes() -> None:
    offer = offered()
    assert (offer.since, offer.version, offer.draft) == (offering.NOW, offering.NEXT, None)
    assert [change.sentence for change in offer.news()] == [f"时限“{offering.TITLE}”：时限由“7”改为“5”"]
    assert [change.sentence for change in offer.effects()] == [f"时限“{offering.TITLE}”：时限由“7”改为“5”"]


def test_a_city_that_is_as_strict_already_is_told_that_nothing_changes(app: Flask, tmp_path: Path) -> None:
    publish(5)
    with offering.raised(app, tmp_path):
        merged = offered().merged()
        assert offered().effects() == []
    assert merged is not None
    assert merged.conflicts == ()


@pytest.mark.usefixtures("law")
def test_taking_over_makes_a_draft_and_leaves_what_is_in_force() -> None:
    before = queries.current_version(KEY)
    draft = offers.take_over(offered(), {}, by=admin())
    assert draft.body["base"] == {"key": KEY, "version": offering.NEXT}
    assert (days_of(draft.body), days_of(before.body)) == (5, 7)
    assert draft.body["clocks"]["mediation"]["n"] == 20, "the city's own limit stays"
    assert queries.current_version(KEY).id == before.id


@pytest.mark.usefixtures("law")
def test_a_draft_that_took_the_law_over_has_no_fault() -> None:
    draft = offers.take_over(offered(), {}, by=admin())
    assert [one for one in drafts.problems_of(draft) if one.severity == "error"] == []


@pytest.mark.usefixtures("law")
def test_a_draft_that_did_not_take_the_law_over_cannot_be_published_looser() -> None:
    draft = drafts.start(KEY, by=admin())
    assert [one.code for one in drafts.problems_of(draft) if one.severity == "error"] == ["VR902"]


@pytest.mark.usefixtures("law")
def test_taking_over_can_be_undone_step_by_step_and_is_in_the_record() -> None:
    draft = offers.take_over(offered(), {}, by=admin())
    assert [one.what for one in drafts.list_edits(draft)] == [f"采用第{offering.NEXT}版法定流程", "建立草稿"]
    kept = select(AuditEvent.action).where(AuditEvent.subject_id == str(draft.id)).order_by(AuditEvent.id)
    assert list(db.session.scalars(kept)) == ["process.draft.started", "process.draft.edited"]


def test_a_stricter_city_has_to_choose(app: Flask, tmp_path: Path) -> None:
    publish(3)
    with offering.raised(app, tmp_path):
        with pytest.raises(InvalidInputError) as refused:
            offers.take_over(offered(), {}, by=admin())
        assert list(refused.value.fields) == [offering.LIMIT]
        assert days_of(offers.take_over(offered(), {offering.LIMIT: CITY}, by=admin()).body) == 3


def test_a_looser_city_cannot_choose(app: Flask, tmp_path: Path) -> None:
    publish(6)
    with offering.raised(app, tmp_path):
        assert days_of(offers.take_over(offered(), {offering.LIMIT: CITY}, by=admin()).body) == 5


@pytest.mark.usefixtures("law")
def test_two_drafts_of_one_offer_are_refused() -> None:
    draft = offers.take_over(offered(), {}, by=admin())
    assert offered().draft == draft
    with pytest.raises(ConflictError, match="已经为新版法定流程建立了草稿"):
        offers.take_over(offered(), {}, by=admin())


@pytest.mark.usefixtures("law")
def test_what_was_published_on_the_new_pack_is_no_longer_offered() -> None:
    shaping.publish(offers.take_over(offered(), {}, by=admin()).body)
    assert offers.list_offers() == []


def test_without_the_old_file_nothing_is_merged(app: Flask, tmp_path: Path) -> None:
    with offering.raised(app, tmp_path, is_kept=False):
        offer = offered()
        assert (offer.old, offer.merged(), offer.news(), offer.effects()) == (None, None, [], [])
        with pytest.raises(ConflictError, match="原文"):
            offers.take_over(offer, {}, by=admin())


def test_a_draft_whose_old_pack_was_not_kept_is_compared_with_the_new_one(app: Flask, tmp_path: Path) -> None:
    with offering.raised(app, tmp_path, is_kept=False):
        problems = drafts.problems_of(drafts.start(KEY, by=admin()))

    assert (offering.LIMIT, "WF304", "error") in [(one.place, one.code, one.severity) for one in problems]
    assert ("VR902", "warning") in [(one.code, one.severity) for one in problems]


def test_what_stands_on_the_first_pack_of_mediation_is_still_lawful() -> None:
    body = definition.load(PACKS / "people_mediation.v1.yaml")

    problems = inspecting.problems_of(definition.parse(body))

    assert [problem for problem in problems if problem.severity == "error"] == []
