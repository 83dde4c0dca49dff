"""A dispute from a citizen's phone to the bound file: by written agreement in 北京市, by word of mouth in 遵义市."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from saas import clock
from saas.cases.queries import get_case
from saas.config import Config
from saas.db.session import TenantRef
from saas.documents.queries import list_documents
from tests.conftest import InTenant
from tests.journeys.citizens import Application, apply
from tests.journeys.conftest import OpenPage, SignIn
from tests.journeys.desk import attach, step, width_of
from tests.journeys.dossiers import Dossier, export
from tests.mediation import factory
from tests.portal.applying import id_number
from tests.saas.files.samples import pdf, png
from tests.saas.web.staff.sending import employ

pytestmark = pytest.mark.browser

BEIJING = Application("张小满", id_number(), "13900005678", "李大寒", "大兴区 兴丰街道")
ZUNYI = Application("冯春分", id_number("99010119850505124"), "13900006789", "陈立冬", "汇川区 上海路街道")
COMMITTEE = "上海路街道人民调解委员会"
TODAY = str(clock.today())
PREFIXES = {"main": "", "sub": "副-"}
SESSION = {
    "held_at": f"{TODAY}T00:00",
    "place": "调委会调解室",
    "mode": "onsite",
    "informed": True,
    "recorder": "郑洁",
    "content": "双方陈述意见，调解员释明法律规定，双方同意继续协商。",
    "result": "双方达成一致",
}
AGREEMENT = {
    "agreed_facts": "楼上院墙滴水造成邻居墙面受损，双方对责任没有异议。",
    "terms": "乙方七日内改装滴水管。\n乙方赔偿甲方维修费五千元。",
    "performance_mode": "一次性银行转账",
    "perform_by": str(clock.today() + timedelta(days=7)),
    "agreed_amount": "5000",
    "effective_on": TODAY,
    "recorder": "郑洁",
}
COURT = {"court_name": "大兴区人民法院", "applied_on": TODAY, "jointly": True}
FILED = {"filed_on": TODAY, "court_case_number": "（2026）京0115民特1号"}
RULED = {"ruled_on": TODAY, "ruling_number": "（2026）京0115民特1号裁定"}
PERFORMED = {"performance": "in_time", "performed_on": TODAY}
REVISIT = {
    "revisited_on": TODAY,
    "revisit_mode": "phone",
    "performance_found": "已经按协议履行完毕",
    "satisfaction": "satisfied",
}
COMPILED = {"retention": "y10", "statement": "无"}
SCORES = {
    "lawful_acceptance": "15",
    "complete_materials": "14",
    "standard_documents": "14",
    "proper_evidence": "13",
    "correct_law": "15",
    "timely_revisit": "10",
    "proper_binding": "14",
    "opinion": "材料齐全，程序合法，装订规范。",
}
ACCEPTED = {"is_civil": True, "both_agree": True, "not_taken": True}


def begin(page: Page, number: str) -> None:
    """The director finds the application in the list, takes it on and names the mediator."""
    page.goto(f"/staff/work?q={number}")
    page.get_by_role("link", name=number).click()
    page.get_by_role("link", name="材料", exact=True).click()
    expect(page.get_by_role("link", name="漏水照片.png")).to_be_visible()
    step(page, number, "受理", ACCEPTED)


def appoint(page: Page, number: str, mediator: str) -> None:
    step(page, number, "确定调解员", {"handler": mediator})
    expect(page.get_by_role("region", name="案件概要")).to_contain_text("调解中")


def close(page: Page, number: str) -> None:
    """Perform, visit again and bind."""
    step(page, number, "登记履行完毕", PERFORMED)
    step(page, number, "登记回访", REVISIT)
    receipt = ("收条.png", "image/png", png((50, 30)))
    attach(page, number, "performance", receipt)
    attach(page, number, "identity", ("身份证复印件.pdf", "application/pdf", pdf(2)))
    step(page, number, "立卷", COMPILED)


def archive(page: Page, number: str) -> None:
    step(page, number, "归档", {"checked": True})
    expect(page.get_by_role("region", name="案件概要")).to_contain_text("已归档")
    assert width_of(page) <= (page.viewport_size or {"width": 0})["width"]


def user_id(username: str) -> str:
    return str(factory.actor(username).id)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_written_agreement_is_confirmed_performed_archived_and_bound(
    size: str,
    open_page: OpenPage,
    sign_in: SignIn,
    drain_jobs: Callable[[], None],
    beijing: TenantRef,
    in_tenant: InTenant,
) -> None:
    number = apply(open_page("/"), BEIJING)
    with in_tenant(beijing):
        handler = user_id("zhengjie")
    director, mediator = sign_in("wugang", size), sign_in("zhengjie", size)
    begin(director, number)
    appoint(director, number, handler)
    step(mediator, number, "登记调解记录", SESSION)
    step(mediator, number, "达成书面协议", AGREEMENT)
    attach(mediator, number, "agreement", ("签字协议.pdf", "application/pdf", pdf(3)))
    step(mediator, number, "申请司法确认", COURT)
    step(mediator, number, "登记法院立案", FILED)
    step(mediator, number, "登记裁定有效", RULED)
    close(mediator, number)
    archive(director, number)
    drain_jobs()
    dossier = export(director, number, drain_jobs)
    check(dossier, issued(number, "liujg", beijing, in_tenant), BEIJING)
    seen_by_the_citizen(open_page("/progress"), number, BEIJING)


def test_an_oral_agreement_is_performed_archived_reviewed_and_bound(
    open_page: OpenPage,
    sign_in: SignIn,
    drain_jobs: Callable[[], None],
    zunyi: TenantRef,
    in_tenant: InTenant,
    config: Config,
) -> None:
    with in_tenant(zunyi):
        names = [employ(COMMITTEE, role, config.demo_password) for role in ("director", "mediator")]
        handler = user_id(names[1])
    number = apply(open_page("/", tenant=zunyi), ZUNYI)
    director, mediator = (sign_in(name, "desk", zunyi) for name in names)
    begin(director, number)
    appoint(director, number, handler)
    step(mediator, number, "登记调解记录", SESSION)
    step(mediator, number, "达成口头协议", AGREEMENT | {"parties_waive_writing": True})
    close(mediator, number)
    archive(director, number)
    bureau = sign_in("tanghua", "desk", zunyi)
    step(bureau, number, "抽取评查", {"reason": "按比例随机抽取"})
    step(bureau, number, "登记评查结果", SCORES)
    drain_jobs()
    dossier = export(director, number, drain_jobs)
    check(dossier, issued(number, "yangxue", zunyi, in_tenant), ZUNYI)
    assert any("案卷评查表" in page and "95" in page for page in dossier.pages)
    seen_by_the_citizen(open_page("/progress", tenant=zunyi), number, ZUNYI)


def seen_by_the_citizen(page: Page, number: str, what: Application) -> None:
    page.get_by_label("受理编号").fill(number)
    page.get_by_label("查询码").fill(what.phone[-4:])
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已办结")


def issued(number: str, username: str, tenant: TenantRef, in_tenant: InTenant) -> list[tuple[str, str]]:
    """Title and number of every document of the case."""
    with in_tenant(tenant):
        case = get_case(number, factory.actor(username), permission="audit.read")
        return [(document.title, document.number) for document in list_documents(case.id)]


def check(dossier: Dossier, documents: list[tuple[str, str]], what: Application) -> None:
    """Every number of the catalogue is the page it names; every document and both parties stand in the text."""
    whole = "".join(dossier.pages)
    assert len(documents) >= 6
    for title, number in documents:
        assert number in whole, title
    assert what.applicant in whole
    assert what.respondent in whole
    for part in (part for part in dossier.manifest["parts"] if part["number"]):
        first = part["number"]
        last = first + len(part["pages"]) - 1
        pages = str(first) if first == last else f"{first}—{last}"
        listed = catalogue(dossier, part["volume"])
        assert f"{part['title']}{pages}" in listed, (part["title"], listed)
        assert dossier.labels[part["start"]] == f"{PREFIXES[part['volume']]}{first}", part["title"]
        assert re.search(rf"^{first}(\D|$)|(^|\D){first}$", dossier.pages[part["start"]]), dossier.pages[part["start"]]
    assert sum(len(part["pages"]) for part in dossier.manifest["parts"]) == len(dossier.pages)


def catalogue(dossier: Dossier, volume: str) -> str:
    """The text of the pages of a volume's catalogue."""
    parts = (part for part in dossier.manifest["parts"] if part["volume"] == volume)
    part = next(part for part in parts if "目录" in part["title"])
    return "".join(dossier.pages[part["start"] : part["start"] + len(part["pages"])])
