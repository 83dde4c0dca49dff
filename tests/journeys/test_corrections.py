"""Community corrections from the court's notice to the bound file in 北京市 and 遵义市, and help after prison."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from saas import clock
from saas.cases.queries import get_case
from saas.db.session import TenantRef
from saas.documents.queries import list_documents
from tests.conftest import InTenant
from tests.corrections import factory
from tests.journeys.conftest import SignIn
from tests.journeys.desk import attach, open_step, put, width_of
from tests.journeys.dossiers import export
from tests.portal.applying import id_number
from tests.saas.files.samples import pdf, png

pytestmark = pytest.mark.browser

TODAY = str(clock.today())
NUMBER = id_number("99011519860412001")
PEOPLE = {
    "beijing": ("jzzhaolei", "jzsunhao", "lixf", "大兴区 兴丰街道", "liujg"),
    "zunyi": ("jzyangbo", "jzmaojian", "denglin", "汇川区 上海路街道", "yangxue"),
}
PERSON = {
    "subject_name": "孙立强",
    "subject_id": NUMBER,
    "gender": "male",
    "birth": ("1986", "4", "12"),
    "registered": "青云店镇垡上村12号",
    "residence": "黄村西里8号楼",
}
SENTENCE = {
    "kind": "probation",
    "decider": "区人民法院",
    "decider_kind": "court",
    "offence": "故意伤害罪",
    "sentence": "拘役五个月，缓刑六个月",
    "judged_by": "区人民法院",
    "judged_on": factory.ago(20),
    "effective_on": factory.ago(5),
}
PAPERS = {"notified_on": factory.ago(3), "documents_received_on": TODAY, "papers": ["judgement"], "checked": True}
RECEIPT = {"receipt_to": "区人民法院", "lacking_papers": "无", "copied_to": "区人民检察院"}
ARRIVAL = {"reported_on": TODAY, "identity_checked": True, "how_arrived": "self", "next_on": TODAY, "told": True}
FILE = {
    "crime_facts": "因琐事与他人争执，将对方打伤。",
    "term_from": factory.ago(180),
    "term_until": TODAY,
    "summary_by": factory.ago(31),
    "police_copied": True,
}
GROUP = {
    "group_leader": "赵磊",
    "group_kinds": ["office", "village"],
    "group_names": "赵磊、周芳",
    "group_duty": "司法所负责日常监督管理，居委会每月反馈一次。",
}
DECLARED = {
    "declared_at": f"{TODAY}T00:00",
    "place_name": "司法所宣告室",
    "attended": "矫正小组成员",
    "rules_told": True,
    "rights_told": True,
    "signed": True,
}
BREACH = {
    "violation": "v_rules",
    "happened_at": f"{TODAY}T00:00",
    "place_name": "司法所",
    "facts": "没有按时报告，有通话记录为证。",
    "proof": ["record"],
}
DECIDED = {"decided_facts": "没有按时报告，情节轻微，有通话记录。", "heard": "无"}
RELEASED = {
    "conduct": "遵守监督管理规定，按时报告和学习。",
    "appraisal": "矫正期间表现较好。",
    "advice": "列为一般帮教对象。",
    "released_on": TODAY,
    "declared_how": "open",
    "told_to": "区人民法院、区人民检察院、区公安局",
}
COMPILED = {"retention": "y30", "statement": "无"}


def answer(page: Page, values: Mapping[str, Any]) -> None:
    """Fill in a form; a list ticks several boxes, three parts are year, month and day."""
    for name, value in values.items():
        inputs = page.locator(f'main [name="{name}"]')
        if isinstance(value, list):
            for one in value:
                inputs.locator(f'xpath=self::*[@value="{one}"]').check()
        elif isinstance(value, tuple):
            for place, part in enumerate(value):
                inputs.nth(place).fill(part)
        else:
            put(inputs, value)


def take(page: Page, number: str, title: str, values: Mapping[str, Any]) -> None:
    """Take a step of a case."""
    open_step(page, number, title)
    answer(page, values)
    page.get_by_role("button", name=title, exact=True).click()
    page.wait_for_url(f"**/staff/cases/{number}")


def refused(page: Page, number: str, title: str, values: Mapping[str, Any], law: str) -> None:
    """Try a step and be told the article that stands against it."""
    open_step(page, number, title)
    answer(page, values)
    page.get_by_role("button", name=title, exact=True).click()
    expect(page.locator("main")).to_contain_text(law)


def opened(page: Page, way: str, area: str, values: Mapping[str, Any]) -> str:
    """Open a case at the desk; its number."""
    page.goto(f"/staff/open/{way}")
    page.locator('main [name="area"]').select_option(label=area)
    answer(page, PERSON | values)
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/staff/cases/**")
    return page.url.rpartition("/")[2]


def state(page: Page) -> str:
    return page.get_by_role("region", name="案件概要").inner_text()


def received(page: Page, area: str, handler: str) -> str:
    """From the notice to somebody who serves."""
    number = opened(page, "corrections.supervision/notice", area, SENTENCE)
    take(page, number, "登记收到法律文书", PAPERS)
    take(page, number, "送达回执", RECEIPT)
    take(page, number, "登记按时报到", ARRIVAL)
    take(page, number, "登记建档", FILE | {"handler": handler})
    take(page, number, "确定矫正小组", GROUP)
    take(page, number, "入矫宣告", DECLARED)
    return number


def wrong(officer: Page, office: Page, approver: Page, number: str) -> None:
    """Refused with the article: the device without a ground, a penalty by the wrong level; then the right one."""
    device = {"ground": "ban", "facts": "为加强监督管理，申请使用电子定位。", "months": "3"}
    refused(approver, number, "提请使用电子定位装置", device, "社区矫正法第二十九条")
    take(officer, number, "登记违规事实", BREACH)
    take(officer, number, "提出奖惩建议", {"measure": "admonish", "facts": "没有按时报告，情节轻微。"})
    office.goto(f"/staff/cases/{number}/act/admonish")
    answer(office, DECIDED)
    office.get_by_role("button", name="决定训诫", exact=True).click()
    expect(office.locator("main")).to_contain_text("由县级社区矫正机构办理")
    expect(office.locator("main")).to_contain_text("社区矫正法实施办法第三十四条")
    take(approver, number, "决定训诫", DECIDED)


@pytest.mark.parametrize(("city", "size"), [("beijing", "desk"), ("zunyi", "phone")])
def test_somebody_is_received_serves_is_released_and_the_file_is_bound(
    city: str,
    size: str,
    sign_in: SignIn,
    drain_jobs: Callable[[], None],
    request: pytest.FixtureRequest,
    in_tenant: InTenant,
) -> None:
    tenant: TenantRef = request.getfixturevalue(city)
    names = PEOPLE[city]
    with in_tenant(tenant):
        handler = str(factory.actor(names[0]).id)
    officer, approver = sign_in(names[0], size, tenant), sign_in(names[1], "desk", tenant)
    number = received(officer, names[3], handler)
    assert "在矫" in state(officer)
    if city == "beijing":
        wrong(officer, sign_in(names[2], "desk", tenant), approver, number)
    take(officer, number, "登记个人总结", {"summary_on": TODAY, "summary_text": "今后遵纪守法，认真工作。"})
    take(officer, number, "期满解除", RELEASED)
    take(officer, number, "转安置帮教", {"help_unit": "安置帮教办公室", "advice": "请定期走访。"})
    attach(officer, number, "papers", ("判决书.pdf", "application/pdf", pdf(2)))
    take(officer, number, "立卷", COMPILED)
    take(approver, number, "归档", {"checked": True})
    assert "已归档" in state(approver)
    assert width_of(officer) <= (officer.viewport_size or {"width": 0})["width"]
    drain_jobs()
    dossier = export(approver, number, drain_jobs)
    with in_tenant(tenant):
        case = get_case(number, factory.actor(names[4]), permission="audit.read")
        issued = [document.number for document in list_documents(case.id)]
    whole = "".join(dossier.pages)
    assert len(issued) >= 10
    assert [one for one in issued if one not in whole] == []
    assert "解除社区矫正证明书" in whole


HELPED = {
    "kind": "prison",
    "sender": "某监狱",
    "notified_on": TODAY,
    "taken_in_on": factory.ago(700),
    "offence": "盗窃罪",
    "sentence": "有期徒刑二年",
    "released_on": TODAY,
    "ahead": "late",
}
VERIFIED = {"local": True, "told_on": TODAY, "family": "与父母同住。", "meet_plan": "由家属和司法所一同接回。"}
MET = {"met_on": TODAY, "meet_way": "fetched", "paper_number": "释字第1号", "content": "当日接回。"}
PLACED = {"job": "待业", "risk": "low", "grade": "general", "help_from": str(clock.today() - timedelta(days=1))}
AGREED = {
    "group_names": "刘洋、周芳",
    "group_kinds": ["office", "village"],
    "agreement": "小组每月走访一次，协助就业。",
    "signed": True,
}
SETTLED = {"support_way": "hired", "supported_on": TODAY, "support_by": "物业公司", "content": "签订劳动合同。"}


def test_somebody_comes_back_from_prison_is_met_helped_and_filed(
    sign_in: SignIn, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        handler = str(factory.actor("jzliuyang").id)
    helper, head = sign_in("jzliuyang", "phone"), sign_in("lixf", "desk")
    number = opened(helper, "corrections.placement/from_prison", "大兴区 兴丰街道", HELPED)
    take(helper, number, "核查", VERIFIED)
    take(helper, number, "登记释放衔接", MET)
    take(head, number, "建档和风险评估", PLACED | {"handler": handler})
    take(helper, number, "成立帮教小组", AGREED)
    take(helper, number, "登记就业、就学安置", SETTLED)
    early = {"freed_on": TODAY, "conduct": "表现较好，没有重新犯罪。", "opinion": "同意解除。"}
    refused(head, number, "期满解除帮教", early, "监狱法第六十条")
    take(head, number, "终止帮教", {"end_reason": "other", "reason": "迁往外省，本地不再帮教。"})
    attach(helper, number, "papers", ("释放证明书.png", "image/png", png((40, 30))))
    take(helper, number, "立卷", COMPILED)
    take(head, number, "归档", {"checked": True})

    assert "已归档" in state(head)
