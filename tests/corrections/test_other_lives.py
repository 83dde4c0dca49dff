"""An investigation and a placement through the services, and the figures that come of them."""

from datetime import timedelta

import pytest

from blueprints.corrections.indicators import INDICATORS
from saas import clock
from saas.cases import services
from saas.cases.models import Case
from saas.db.session import TenantRef
from saas.documents.queries import list_documents
from saas.errors import RefusedError
from saas.files import services as files
from saas.indicators.queries import compute
from tests.conftest import InTenant
from tests.corrections import factory
from tests.corrections.factory import APPROVER, HEAD_OF_OFFICE, HELPER, OFFICER, act, ago
from tests.saas.files.samples import png

COMMISSION = {
    "commission_number": "（2026）委1号",
    "commissioner": "大兴区人民法院",
    "commissioner_kind": "court",
    "procedure": "ordinary",
    "subject_kind": "accused",
    "kind": "probation",
    "workplace": None,
    "offence": "盗窃罪",
    "sentence": None,
    "judged_by": None,
    "judged_on": None,
    "asked_for": "调查社会危险性。",
}
PRISON = {
    "kind": "prison",
    "sender": "某监狱",
    "offence": "盗窃罪",
    "sentence": "有期徒刑二年",
    "ahead": "late",
    "key_person": True,
}


def figures() -> dict[str, object]:
    return compute(INDICATORS, Case.domain == "corrections", clock.today() - timedelta(days=400), clock.today())


def grown(before: dict[str, object], *names: str) -> list[int]:
    after = figures()
    return [int(str(after[f"corrections.{one}"])) - int(str(before[f"corrections.{one}"])) for one in names]


def survey(case: Case, of: str) -> None:
    act(
        case,
        "survey",
        survey_of=of,
        held_at=clock.now().isoformat(),
        place_name="居委会",
        interviewee="周芳",
        interviewee_detail=None,
        recorder="赵琴",
        content="问：请介绍他的表现。答：邻里关系正常。",
    )


def test_two_investigate_and_another_approves_before_the_court_has_it(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        before, today = figures(), str(clock.today())
        values = factory.person() | COMMISSION | {"received_on": today}
        office = factory.body(factory.OFFICE)
        case = services.open_case(factory.SURVEY, "commission", values, by=factory.actor(OFFICER), unit=office)
        appoint = {"handler": str(factory.actor(OFFICER).id), "station": None}
        with pytest.raises(RefusedError, match="不得少于二人"):
            act(case, "appoint", APPROVER, **appoint, investigators="赵磊")
        act(case, "appoint", APPROVER, **appoint, investigators="赵磊、李晓峰")
        discussed = {
            "held_at": clock.now().isoformat(),
            "present": "赵磊",
            "findings": "居所固定，家庭和睦，表现较好。",
        }
        with pytest.raises(RefusedError, match="还没有登记走访"):
            act(case, "discuss", **discussed, opinion_kind="fit", ban_advice=None)
        survey(case, "residence")
        survey(case, "community")
        act(case, "discuss", **discussed, opinion_kind="fit", ban_advice=None)
        act(case, "approve", APPROVER, opinion_text="可以适用社区矫正，没有重大不良影响。", opinion="同意。")
        act(case, "deliver", delivered_on=today, copied_to="人民检察院", deliver_way="direct")

        assert case.state == "delivered"
        assert grown(before, "surveys", "surveys_done", "surveys_returned") == [1, 1, 0]
        assert next(row for row in case.clocks if row.code == "opinion").rule["n"] == 10


def test_a_key_person_is_fetched_helped_and_filed(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        before, today = figures(), str(clock.today())
        values = factory.person() | PRISON | {"notified_on": ago(5), "taken_in_on": ago(700), "released_on": today}
        office = factory.body(factory.OFFICE)
        case = services.open_case(factory.HELP, "from_prison", values, by=factory.actor(HELPER), unit=office)
        verified = {"local": True, "told_on": today, "family": "独居", "family_told": False, "apart": False}
        act(case, "verify", HELPER, **verified, meet_plan="派人接回。")
        met = {"met_on": today, "paper_number": "1号", "content": "已接回。"}
        with pytest.raises(RefusedError, match="必送必接"):
            act(case, "meet", HELPER, **met, meet_way="self")
        act(case, "meet", HELPER, **met, meet_way="fetched")
        placed = dict.fromkeys(("health", "skills", "insured", "hardship")) | {"job": "待业", "risk": "low"}
        placed |= {"help_from": today, "handler": str(factory.actor(HELPER).id)}
        with pytest.raises(RefusedError, match="重点帮教对象"):
            act(case, "file", HEAD_OF_OFFICE, **placed, grade="general")
        act(case, "file", HEAD_OF_OFFICE, **placed, grade="key")
        group = {
            "group_names": "刘洋",
            "group_kinds": ["office"],
            "agreement": "每月走访一次，协助就业。",
            "signed": True,
        }
        act(case, "group", HELPER, **group)
        support = {"support_way": "hired", "supported_on": today, "support_by": "公司", "support_amount": None}
        act(case, "settle", HELPER, **support, content="签订合同")
        freed = {"freed_on": today, "conduct": "表现较好。", "opinion": "同意。"}
        with pytest.raises(RefusedError, match="帮教期限"):
            act(case, "free", HEAD_OF_OFFICE, **freed)
        with clock.business_time(clock.now() + timedelta(days=1900)):
            act(case, "free", HEAD_OF_OFFICE, **freed | {"freed_on": str(clock.today())})
            act(case, "compile", HELPER, retention="y30", statement="无")
            files.add(case, "papers", "释放证明书.png", png((40, 30)), by=factory.actor(HELPER))
            act(case, "archive", HEAD_OF_OFFICE, checked=True, remark=None)

        made = [one.form_code.removeprefix("corrections.") for one in list_documents(case.id)]
        assert made == ["placement_register", "help_agreement", "support", "placement_release"]
        assert grown(before, "expected", "met", "unmet", "helped", "settled") == [1, 1, 0, 1, 1]
        assert case.state == "archived"
