"""A citizen at a phone: the application for mediation from the first page to its number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import FilePayload, Page, expect

from tests.saas.files.samples import png


@dataclass(frozen=True)
class Application:
    """Who applies against whom, and where."""

    applicant: str
    id_number: str
    phone: str
    respondent: str
    area: str
    facts: str = "两家因为院墙滴水的事争吵了好几次，一直没有结果。"
    requests: str = "请对方改装滴水管。\n请对方赔偿墙面维修费用。"
    more: Mapping[str, str] = field(default_factory=dict)
    """Answers to what a city asks besides, by the name of the question."""


def apply(page: Page, what: Application) -> str:
    """Send the application with a photograph; its number."""
    page.get_by_role("link", name="申请人民调解").click()
    page.get_by_role("link", name="开始申请").click()
    for name, answers in answers_of(what).items():
        expect(page).to_have_url(re.compile(f"/{name}$"))
        besides = {key: text for key, text in what.more.items() if page.locator(f"#{key}").count()}
        for key, text in {**answers, **besides}.items():
            page.locator(f"#{key}").fill(text)
        particular(page, name, what)
        page.get_by_role("button", name="继续", exact=True).click()
    page.get_by_role("button", name="提交申请").click()
    expect(page).to_have_url(re.compile("/apply/done/"))
    return page.locator("#reference-number").inner_text()


def answers_of(what: Application) -> dict[str, dict[str, str]]:
    """What is typed on each page of the form."""
    return {
        "who": {},
        "applicant": {"applicant_name": what.applicant, "applicant_id_number": what.id_number},
        "contact": {"applicant_phone": what.phone, "applicant_address": "兴华路1号院2单元"},
        "respondent": {"respondent_name": what.respondent},
        "matter": {"facts": what.facts},
        "wish": {"requests": what.requests, "amount": "5000"},
        "evidence": {},
        "promise": {},
    }


def particular(page: Page, name: str, what: Application) -> None:
    """What is chosen, attached and ticked rather than typed."""
    if name == "who":
        page.get_by_role("radio", name="本人").check()
    if name in {"applicant", "respondent"}:
        page.get_by_role("radio", name="个人").check()
    if name == "matter":
        page.get_by_label("纠纷类型").select_option("邻里纠纷")
        page.get_by_label("纠纷发生在哪个乡镇").select_option(what.area)
    if name == "evidence":
        picture = FilePayload(name="漏水照片.png", mimeType="image/png", buffer=png((60, 40)))
        page.get_by_label("证据材料").set_input_files(picture)
    if name == "promise":
        page.locator("#voluntary").check()
