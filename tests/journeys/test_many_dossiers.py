"""An auditor takes fifty dossiers away at once: leaves, comes back, and finds out that one of them is whole."""

import hashlib
import io
import json
import re
import zipfile
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from flask import Flask
from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import select

from saas.cases.models import Party
from saas.db.session import TenantRef, db
from saas.jobs import worker
from tests import queues
from tests.conftest import InTenant, make_city
from tests.journeys.conftest import Axe, SignIn
from tests.journeys.desk import width_of
from tests.journeys.dossiers import read
from tests.mediation import factory

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CASES = 50
PHONE = 390  # pixels


@pytest.fixture(scope="module")
def city(app: Flask) -> TenantRef:
    """A city of its own, in which there is nothing but these cases."""
    return make_city(app, "manyfiles", "试点市", "beijing")


@pytest.fixture
def numbers(app: Flask, city: TenantRef, in_tenant: InTenant) -> list[str]:
    """The numbers of as many cases as the list will find; nothing else waits for the worker."""
    queues.forget(app)
    with in_tenant(city):
        return [factory.open_application(facts=f"第{number}件，楼上漏水。").number for number in range(CASES)]


def ask(page: Page, axe: Axe) -> str:
    """From the auditors' list to the progress of all its dossiers; where it is shown."""
    page.get_by_role("link", name="审计查案").first.click()
    page.get_by_role("link", name=f"导出筛选结果的卷宗（{CASES} 件）").click()
    expect(page.get_by_text(f"{CASES} 件", exact=True)).to_be_visible()
    expect(page.get_by_label("完整卷宗")).to_be_checked()
    page.get_by_label("脱敏卷宗").check()
    axe(page)
    page.get_by_role("button", name=f"确定导出 {CASES} 件").click()
    page.wait_for_url("**/dossiers/batches/**")
    expect(page.get_by_text("排队等候制作")).to_be_visible()
    axe(page)
    return page.url


def watch(page: Page, address: str, working: Future[None]) -> None:
    """See how far it is without touching the page, leave it, and find it again."""
    expect(page.get_by_role("progressbar")).to_have_attribute("value", re.compile(r"[1-9]\d*"), timeout=60_000)
    page.goto("/staff")
    page.get_by_role("link", name="卷宗导出").first.click()
    page.get_by_role("link", name=f"，{CASES} 件").first.click()
    expect(page).to_have_url(address)
    working.result()
    expect(page.get_by_role("link", name="下载压缩包")).to_be_visible(timeout=30_000)


def take(page: Page, axe: Axe) -> zipfile.ZipFile:
    """The archive; its digest is the one that is shown."""
    axe(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="下载压缩包").click()
    data = started.value.path().read_bytes()
    assert hashlib.sha256(data).hexdigest() in page.locator("main").inner_text()
    return zipfile.ZipFile(io.BytesIO(data))


def verify(page: Page, data: bytes) -> None:
    page.goto("/audit/verify")
    page.get_by_label("卷宗文件").set_input_files(FilePayload(name="卷宗.pdf", mimeType="application/pdf", buffer=data))
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_text("核验通过")).to_be_visible()


def kept_values(city: TenantRef, in_tenant: InTenant) -> set[str]:
    """Every name, number and address of the people of these cases."""
    with in_tenant(city):
        parties = db.session.scalars(select(Party)).all()
        found = {value for one in parties for value in (one.name, one.id_number, one.phone, one.address, one.birth)}
    return {str(value) for value in found if value}


def test_an_auditor_takes_fifty_dossiers_and_none_tells_a_masked_value(
    app: Flask,
    city: TenantRef,
    in_tenant: InTenant,
    numbers: list[str],
    sign_in: SignIn,
    axe: Axe,
) -> None:
    page = sign_in("liujg", tenant=city)
    address = ask(page, axe)
    with ThreadPoolExecutor(1) as apart:
        watch(page, address, apart.submit(worker.drain, app))
    packed = take(page, axe)

    manifest = json.loads(packed.read("manifest.json"))
    assert sorted(line["number"] for line in manifest["dossiers"]) == sorted(numbers)
    one = packed.read(f"卷宗 {numbers[0]}.pdf")
    verify(page, one)
    secrets = kept_values(city, in_tenant)
    for number in numbers[:5]:
        dossier = read(packed.read(f"卷宗 {number}.pdf"))
        told = "".join(dossier.pages) + json.dumps(dossier.manifest, ensure_ascii=False)
        assert {secret for secret in secrets if secret in told} == set()
        assert all("脱敏本不作凭证" in text for text in dossier.pages)
    phone = sign_in("liujg", "phone", city)
    for place in ("/audit", "/dossiers", "/dossiers/batches/new", address):
        phone.goto(place)
        assert width_of(phone) <= PHONE, place
        axe(phone)
