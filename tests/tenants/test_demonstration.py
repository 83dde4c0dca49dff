"""Invented cases: the published figures of 兴和人民调解委员会, and the same cases for the same seed."""

from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select

from saas.cases.models import Case, Party
from saas.db.session import TenantRef, db
from saas.demo import PREFIXES
from saas.indicators import services as indicators
from saas.organisation.models import Unit
from saas.registers.models import RegisterEntry
from tenants import context, demonstration, provisioning, starter


@pytest.fixture(scope="module")
def city(app: Flask) -> TenantRef:
    """A 北京市 of its own, with the cases of 兴和 and some of every line of work."""
    with app.app_context():
        made = provisioning.create(provisioning.NewCity("shown", "北京市", starter.load("beijing"), demo=True))
    demonstration.load_city(app, made, 150, Random(1))
    return made


@pytest.mark.slow
def test_the_report_of_xinghe_equals_its_published_figures(app: Flask, city: TenantRef) -> None:
    with context.transaction(app, city):
        committee = db.session.scalars(select(Unit).where(Unit.name == "兴和人民调解委员会")).one()
        report = indicators.report("2020..2099", Case.unit_path.startswith(committee.path), committee.name)

    values = {row["code"].removeprefix("mediation."): row["value"] for row in report["indicators"]}
    assert (values["accepted"], values["succeeded"], values["written"], values["under_way"]) == (122, 20, 14, 61)
    assert values["ended"] == 122 - 20 - 61
    assert values["success_rate"] == "32.79"  # 20 of the 61 that came to an end


@pytest.mark.slow
def test_the_registers_have_invented_entries_that_refer_to_one_another_and_are_not_doubled(
    app: Flask, city: TenantRef
) -> None:
    with context.transaction(app, city):
        before = db.session.scalar(select(func.count()).select_from(RegisterEntry))
    demonstration.load_city(app, city, 0, Random(2))
    with context.transaction(app, city):
        entries = db.session.scalars(select(RegisterEntry)).all()
        committees = {str(one.id): one.unit_id for one in entries if one.register == "mediation.committee"}
        mediators = [one for one in entries if one.register == "mediation.mediator"]

        assert len(entries) == before
        assert all(committees[one.answers["committee"]] == one.unit_id and one.records for one in mediators)
        assert mediators


@pytest.mark.slow
def test_nobody_invented_has_a_number_that_was_ever_assigned(app: Flask, city: TenantRef) -> None:
    with context.transaction(app, city):
        parties = db.session.scalars(select(Party).where(Party.id_number_index.is_not(None)))
        numbers = [party.id_number for party in parties]

    assert numbers
    assert {str(number)[:6] for number in numbers} <= set(PREFIXES)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_cases(app: Flask, city: TenantRef, zunyi: TenantRef) -> None:
    def titles(seed: int) -> list[str]:
        with context.transaction(app, zunyi):
            before = db.session.scalar(select(func.count()).select_from(Case)) or 0
        demonstration.load_city(app, zunyi, 3, Random(seed))
        with context.transaction(app, zunyi):
            return list(db.session.scalars(select(Case.title).order_by(Case.recorded_at, Case.number).offset(before)))

    first = titles(7)

    assert len(first) == 3
    assert titles(7) == first
