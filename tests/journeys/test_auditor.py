"""An auditor takes a dossier away, comes back for it, and finds out what was changed in a copy."""

import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from flask import Flask
from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import select, update

from saas.cases.models import Case, Party
from saas.db.session import TenantRef, db
from saas.dossier.models import DossierExport
from tenants.auditing import sealing
from tests.conftest import InTenant
from tests.journeys.conftest import Axe, SignIn
from tests.journeys.dossiers import download, export
from tests.mediation import factory

pytestmark = pytest.mark.browser


@pytest.fixture
def number(beijing: TenantRef, in_tenant: InTenant, drain_jobs: Callable[[], None]) -> str:
    """The number of a dispute whose documents are made."""
    with in_tenant(beijing):
        made = factory.agreed().number
    drain_jobs()
    return made


def ask(page: Page, number: str) -> str:
    """Ask for the dossier; the address of the export."""
    page.goto(f"/audit/cases/{number}")
    page.get_by_role("button", name="导出卷宗", exact=True).click()
    page.wait_for_url("**/dossiers/**")
    return page.url


def test_progress_moves_and_leaving_and_coming_back_keeps_it(
    sign_in: SignIn, number: str, beijing: TenantRef, in_tenant: InTenant, drain_jobs: Callable[[], None], axe: Axe
) -> None:
    page = sign_in("liujg")
    address = ask(page, number)
    expect(page.get_by_text("排队等候制作")).to_be_visible()
    axe(page)
    with in_tenant(beijing):
        halfway = {"state": "running", "step": "人民调解记录", "done": 2, "total": 5}
        db.session.execute(update(DossierExport).where(DossierExport.id == address.rsplit("/", 1)[1]).values(halfway))
    expect(page.get_by_text("正在：人民调解记录")).to_be_visible()
    page.goto("/staff")
    page.get_by_role("link", name="卷宗导出").first.click()
    page.get_by_role("link", name=number).first.click()
    expect(page).to_have_url(address)
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "2")
    drain_jobs()
    expect(page.get_by_role("link", name="下载卷宗")).to_be_visible()


def test_the_file_has_the_pages_and_the_digest_that_were_promised(
    sign_in: SignIn, number: str, drain_jobs: Callable[[], None], axe: Axe
) -> None:
    page = sign_in("liujg")
    ask(page, number)
    drain_jobs()
    dossier = download(page)
    axe(page)
    told = page.locator("main").inner_text()
    assert f"{len(dossier.pages)} 页" in told
    assert hashlib.sha256(dossier.data).hexdigest() in told


def tampered(data: bytes) -> bytes:
    """The file with something drawn over its first numbered page."""
    with pikepdf.open(io.BytesIO(data)) as bound:
        page = next(page for page in bound.pages if str(page.label) == "1")
        page.contents_add(b"q 1 0 0 rg 100 100 50 50 re f Q")
        out = io.BytesIO()
        bound.save(out)
        return out.getvalue()


def verify(page: Page, data: bytes) -> None:
    """Give a file to the auditor's check."""
    page.goto("/audit/verify")
    page.get_by_label("卷宗文件").set_input_files(FilePayload(name="卷宗.pdf", mimeType="application/pdf", buffer=data))
    page.get_by_role("button", name="核验").click()


def test_the_check_accepts_the_original_and_names_the_first_bad_page_of_a_copy(
    sign_in: SignIn, number: str, drain_jobs: Callable[[], None], axe: Axe
) -> None:
    page = sign_in("liujg")
    dossier = export(page, number, drain_jobs, area="audit")
    verify(page, dossier.data)
    expect(page.get_by_text("核验通过")).to_be_visible()
    axe(page)
    verify(page, tampered(dossier.data))
    expect(page.get_by_role("alert")).to_contain_text("第一处问题")
    expect(page.get_by_role("alert")).to_contain_text("人民调解申请书")
    axe(page)


def test_the_archive_is_taken_away_and_checked_where_nothing_of_ours_is(
    sign_in: SignIn, number: str, drain_jobs: Callable[[], None], axe: Axe, tmp_path: Path
) -> None:
    page = sign_in("liujg")
    export(page, number, drain_jobs, area="audit")
    expect(page.get_by_text("已用本市的证书签名")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("link", name="连同核对程序打包下载").click()
    with zipfile.ZipFile(started.value.path()) as packed:
        packed.extractall(tmp_path)
    page.goto("/audit/verify")
    axe(page)
    fingerprint = page.locator("dt", has_text="指纹").locator("xpath=following-sibling::dd").first.inner_text()
    verify(page, (tmp_path / "dossier.pdf").read_bytes())
    expect(page.get_by_text("核验通过")).to_be_visible()
    expect(page.get_by_text("完整，签名以后没有改动")).to_be_visible()
    command = [sys.executable, "-I", str(tmp_path / "verify.py"), "--fingerprint", fingerprint]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, "结论：核对通过" in done.stdout.decode()) == (0, True), done.stdout.decode()


def test_the_record_is_verified_and_says_who_saw_a_person(
    app: Flask, sign_in: SignIn, number: str, beijing: TenantRef, in_tenant: InTenant, axe: Axe
) -> None:
    sealing.seal_city(app, beijing)
    with in_tenant(beijing):
        asked = select(Party).join(Case).where(Case.number == number, Party.seq == 1)
        phone = db.session.scalars(asked).one().phone
    page = sign_in("liujg")
    page.get_by_role("link", name="日志核验").first.click()
    page.get_by_role("button", name="现在核验").click()
    expect(page.get_by_text("最近一次核验通过：记录完整")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="谁看过某人").first.click()
    page.get_by_label("手机号码").fill(str(phone))
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("table").get_by_role("link", name=number).first).to_be_visible()
    axe(page)
