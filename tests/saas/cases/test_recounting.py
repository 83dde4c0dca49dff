"""Limits are counted anew after a change of the calendar, whatever one of the cases has come to."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from saas import clock
from saas.cases import recounting
from saas.cases.clock_models import Clock, ClockMove
from saas.cases.models import Case
from saas.config import Config
from saas.crypto import rings
from saas.crypto.suites import SealBrokenError
from saas.db.session import TenantRef, db
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.cases.damage import break_step, extended


def _from_here() -> dict[str, Any]:
    """Count what comes now: other tests have left more limits than are counted at once."""
    last = db.session.scalar(select(Clock.id).order_by(Clock.id.desc()).limit(1))
    return {"cause": "放假安排", "after": str(last) if last else None}


def _limit(case: Case) -> Clock:
    return next(row for row in case.clocks if row.code == "mediation")


def test_a_damaged_case_keeps_its_days_and_the_others_are_counted(
    in_tenant: InTenant, beijing: TenantRef, caplog: pytest.LogCaptureFixture
) -> None:
    with in_tenant(beijing):
        wanted = _from_here()
        damaged, whole = extended(), factory.mediating()
        right, wrong = _limit(whole).due_on, clock.today() + timedelta(days=1)
        for case in (damaged, whole):
            _limit(case).due_on = wrong
        db.session.flush()
        break_step(damaged, "extend")
        recounting.recount(wanted)
        db.session.flush()

        assert (_limit(damaged).due_on, _limit(whole).due_on) == (wrong, right)
        moved = select(ClockMove.case_id).where(ClockMove.case_id.in_([damaged.id, whole.id]))
        assert db.session.scalars(moved).all() == [whole.id]
        said = f"limit {_limit(damaged).id} of case {damaged.id} cannot be read: SealBrokenError"
        assert said in caplog.messages
        db.session.rollback()


def test_without_the_keys_of_the_city_no_case_is_passed_over(
    app: Flask, in_tenant: InTenant, beijing: TenantRef, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_tenant(beijing):
        wanted = _from_here()
        extended()
    monkeypatch.setitem(app.extensions, rings.EXTENSION, {})
    monkeypatch.setitem(app.extensions, "fengqiao.config", replace(config, master_key="n" * 32))

    with pytest.raises(SealBrokenError, match="FENGQIAO_MASTER_KEY"), in_tenant(beijing):
        recounting.recount(wanted)
