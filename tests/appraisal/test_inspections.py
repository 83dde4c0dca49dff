"""Double-random inspection over the register: drawn by a seed anybody can use again, nobody against recusal."""

from datetime import timedelta
from itertools import cycle

import pytest
from sqlalchemy import true

from blueprints.appraisal.inspections import INSPECTIONS
from blueprints.appraisal.registers import REGISTERS
from saas import clock
from saas.db.session import TenantRef
from saas.errors import PermissionDeniedError, RefusedError
from saas.identity.actor import SYSTEM
from saas.indicators import services as indicators
from saas.inspections import queries, services
from saas.inspections.draw import draw
from saas.inspections.grading import Entered
from saas.inspections.models import Plan
from saas.inspections.services import Planned
from saas.registers import services as registers
from saas.registers.models import RegisterEntry
from tests.appraisal.factory import APPRAISER, BUREAU, HEAD, OFFICER
from tests.conftest import InTenant
from tests.mediation.factory import actor, body

INSTITUTION, APPRAISERS = REGISTERS
KIND = INSPECTIONS[0]
POINTS = {code: most for code, _, most in KIND.criteria}


def institution(place: int, **changed: object) -> RegisterEntry:
    """An institution in the register of the bureau."""
    values = {"name": f"第{place}司法鉴定所", "licence": f"1100990{place:02}", "class": "forensic", "scope": ["02"]}
    return registers.add(INSTITUTION, values | changed, body(BUREAU), by=actor(OFFICER))


def plan(share: int = 50) -> Plan:
    """A plan over the institutions of the district, its lists fixed."""
    by, today = actor(HEAD), clock.today()
    planned = Planned("年度双随机抽查", str(body(BUREAU).id), share, today, today, today + timedelta(days=30))
    made = services.plan(KIND, planned, by=by)
    services.freeze(made, by=by)
    return made


def test_institutions_are_drawn_inspected_published_and_mended(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        for place in range(1, 5):
            institution(place)
        made, head = plan(), actor(HEAD)
        services.draw(made, by=head)
        items = queries.list_drawn(made)
        people = [str(one.user_id) for one in queries.list_inspectors(made)]
        again = draw(str(made.seed), [one.ref for one in queries.list_items(made)], 50, people, 2, {})
        assert [item.ref for item in items] == list(again.objects)
        low = {code: most // 2 for code, most in POINTS.items()}
        today = clock.today()
        services.record(made, items[0], Entered(today, POINTS), by=actor(OFFICER))
        failed = Entered(today, low, "", "登记不完整。", today + timedelta(days=30))
        for item in items[1:]:
            services.record(made, item, failed, by=actor(OFFICER))
        services.publish(made, by=head)
        for item in items[1:]:
            services.rectify(made, item, today, "已经补齐，复查合格。", by=head)
        services.close(made, by=head)
        report, grades = indicators.report(str(today.year), true(), "本市"), [item.grade for item in items]

    found = {row["code"]: row["value"] for row in report["indicators"]}
    assert grades[:2] == ["qualified", "filed"]
    assert (found["appraisal.inspected"], found["appraisal.inspected_bad"]) == (len(grades), len(grades) - 1)


def test_an_inspector_is_not_drawn_against_recusal(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        institution(11)
        made, head = plan(share=100), actor(HEAD)
        inspectors = queries.list_inspectors(made)
        assert len(inspectors) == 2
        for item in queries.list_items(made):
            services.recuse(made, item, inspectors[0], "曾在该所任职", by=head)
        with pytest.raises(RefusedError) as refused:
            services.draw(made, by=head)

        assert {reason.law for reason in refused.value.reasons} == {KIND.law}
        assert made.seed is None


def test_an_appraiser_keeps_no_register_and_plans_no_inspection(beijing: TenantRef, in_tenant: InTenant) -> None:
    today = clock.today()
    with in_tenant(beijing):
        with pytest.raises(PermissionDeniedError):
            registers.add(INSTITUTION, {"name": "某所", "licence": "1"}, body(BUREAU), by=actor(APPRAISER))
        with pytest.raises(PermissionDeniedError):
            services.plan(KIND, Planned("抽查", str(body(BUREAU).id), 1, today, today, today), by=actor(APPRAISER))


def test_ten_institutions_and_their_people_are_imported_and_counted(zunyi: TenantRef, in_tenant: InTenant) -> None:
    rows = [
        {"名称": f"遵义第{place}司法鉴定所", "司法鉴定许可证号": f"5203990{place:02}", "鉴定大类": "法医类"}
        for place in range(1, 11)
    ]
    with in_tenant(zunyi):
        unit = body("遵义市司法局")
        taken = registers.import_rows(INSTITUTION, rows, unit, by=SYSTEM)
        people = [
            {"姓名": f"鉴定人{n}", "司法鉴定人执业证号": f"P{n:03}", "鉴定大类": "法医类", "执业机构": name}
            for n, name in zip(range(139), cycle(row["名称"] for row in rows), strict=False)
        ]
        more = registers.import_rows(APPRAISERS, people, unit, by=SYSTEM)
        report = indicators.report(str(clock.today().year), true(), "本市")

    found = {row["code"]: row["value"] for row in report["indicators"]}
    assert (taken.added, more.added, taken.refused, more.refused) == (10, 139, (), ())
    assert (found["appraisal.institutions"], found["appraisal.appraisers"]) == (10, 139)
