"""The figures of appraisal on matters made through the services."""

from sqlalchemy import true

from saas import clock
from saas.db.session import TenantRef
from saas.indicators import services as indicators
from tests.appraisal import factory
from tests.appraisal.factory import APPRAISER, act
from tests.conftest import InTenant

RESULTS = {"satisfy": 22, "pass_test": 6, "fail_test": 5}
KINDS = ("02", "04", "05", "06", "07", "11")


def values() -> dict[str, object]:
    """The figures of this year by what stands behind the line's name."""
    report = indicators.report(str(clock.today().year), true(), "本市")
    return {row["code"].removeprefix("appraisal."): row["value"] for row in report["indicators"]}


def test_thirty_three_tests_come_out_as_the_city_reported_them(zunyi: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(zunyi):
        results = [result for result, number in RESULTS.items() for _ in range(number)]
        for place, result in enumerate(results):
            factory.result_of(
                f"第{place % 6 + 1}司法鉴定所", KINDS[place % 6], result, officer="chuming", unit="汇川区司法局"
            )
        found = values()

    assert (found["tests"], found["tests_with_result"]) == (33, 33)
    assert (found["tests_satisfied"], found["tests_passed"], found["tests_failed"]) == (22, 6, 5)
    assert found["tests_satisfied_rate"] == "66.67"


def test_opinions_are_counted_by_what_became_of_them(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        before = values()
        cases = [factory.issued() for _ in range(3)]
        for case, action in zip(cases, ("admitted", "admitted", "not_admitted"), strict=True):
            act(case, action, {"judgment": "（2026）京0115民初1号", "note": None}, APPRAISER)
        elsewhere = {"again_by": "明诚司法鉴定中心", "elsewhere_ground": "a5", "reason": "法院另行委托"}
        act(cases[0], "again_elsewhere", elsewhere, APPRAISER)
        after = values()

    assert [int(str(after[one])) - int(str(before[one])) for one in ("accepted", "issued", "concluded")] == [3, 3, 3]
    assert (after["admission_rate"], after["again_rate"]) == ("66.67", "33.33")
