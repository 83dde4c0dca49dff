"""Attachments and documents: good files are kept beside bad ones, drafts are marked, strangers get nothing."""

import io
import re
from collections.abc import Callable

import pypdfium2
import pytest

from saas.db.session import TenantRef
from saas.documents.designs.volumes import plain
from saas.domain import get_domain
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn
from tests.designing import published
from tests.mediation import factory
from tests.saas.files import office_samples
from tests.saas.files.samples import pdf, pdf_locked, pdf_with_script_in_names, png
from tests.saas.web.staff.sending import send


def upload(browser: Browser, number: str, category: str, *files: tuple[str, bytes]) -> tuple[int, str]:
    """Attach files; the answer's status and its page, or where it leads."""
    sent = {"category": category, "files": [(io.BytesIO(data), name) for name, data in files]}
    page = f"/staff/cases/{number}?tab=materials"
    answer = send(browser, page, sent, f"/staff/cases/{number}/files")
    return answer.status_code, answer.location or answer.text


def test_files_of_two_kinds_are_attached_and_can_be_read(mediator: Browser, mediating: str) -> None:
    status, page = upload(mediator, mediating, "identity", ("身份证.png", png()), ("户口簿.pdf", pdf(2)))

    assert (status, page) == (303, f"/staff/cases/{mediating}?tab=materials")
    listed = mediator.get(page).text
    assert "身份证.png" in listed
    assert "，2 页" in listed
    address = listed.split('class="tap file-name" href="')[1].split('"')[0]
    assert mediator.get(address).status_code == 200


def test_good_files_are_kept_when_another_is_refused(mediator: Browser, mediating: str) -> None:
    status, page = upload(mediator, mediating, "evidence", ("好.png", png()), ("坏.png", b"not a picture"))

    assert status == 200
    assert "已上传 1 个文件" in page
    assert "坏.png：" in page
    assert '<option value="evidence" selected>' in page
    assert "好.png" in mediator.get(f"/staff/cases/{mediating}?tab=materials").text


def test_each_bad_file_is_refused_for_its_own_reason_and_the_rest_goes_through(
    mediator: Browser, mediating: str
) -> None:
    bad = [
        ("脚本.pdf", pdf_with_script_in_names(), "脚本或动作"),
        ("上锁.pdf", pdf_locked("secret"), "加了密码"),
        ("宏.docx", office_samples.docx(office_samples.MACRO), "宏或控件"),
        ("模板.docx", office_samples.related(("attachedTemplate", "https://x/t", "External")), "外部模板"),
        ("空壳.ofd", office_samples.ofd(first="x"), "不是 OFD"),
    ]
    made = {"说明.docx": office_samples.docx(), "清单.xlsx": office_samples.xlsx(), "公文.ofd": office_samples.ofd()}

    status, page = upload(mediator, mediating, "evidence", *(one[:2] for one in bad), *made.items())

    assert status == 200
    assert "已上传 3 个文件" in page
    for name, _, sentence in bad:
        assert re.search(f"{name}：[^<]*{sentence}", page)
    assert "Word 文档（DOCX）" in page


def test_a_small_picture_of_the_first_page_stands_beside_each_file(
    mediator: Browser, mediating: str, pending: str, as_user: Callable[..., Browser]
) -> None:
    upload(mediator, mediating, "identity", ("户口簿.pdf", pdf(2)), ("说明.docx", office_samples.docx()))
    page = mediator.get(f"/staff/cases/{mediating}?tab=materials").text
    addresses = re.findall(r'<img class="file-preview" src="([^"]+)"', page)

    assert len(addresses) == 1
    shown = mediator.get(addresses[0])
    assert (shown.status_code, shown.mimetype) == (200, "image/png")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert mediator.get(addresses[0].replace(mediating, pending)).status_code == 404
    assert as_user("xuning").get(addresses[0]).status_code == 404
    assert mediator.get(addresses[0].replace("preview.png", "preview.pdf")).status_code == 404


def test_what_the_file_lacks_is_called_as_the_city_calls_it(
    as_user: SignIn, dressed: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(dressed):
        number = factory.mediating().number
        places = plain(get_domain("mediation").volume)
        named = [one | {"title": "本市的调解笔录"} if one["title"] == "人民调解记录" else one for one in places]
        published(volume={"mediation": named})

    page = as_user("sunli", dressed).get(f"/staff/cases/{number}?tab=materials").text

    assert re.search(r"<li>本市的调解笔录：办理“[^”]+”时制作", page)
    assert "<li>人民调解记录" not in page


def test_what_the_file_lacks_stands_with_the_way_to_add_it(mediator: Browser, mediating: str) -> None:
    page = mediator.get(f"/staff/cases/{mediating}?tab=materials").text
    lacking = page.split('<ul class="lacking">')[1].split("</ul>")[0]

    assert re.search(r"人民调解记录：办理“[^”]+”时制作", lacking)
    address = re.search(r'当事人身份证明，<a class="tap no-print" href="([^"]+)"', lacking)
    assert address is not None
    assert '<option value="identity" selected>' in mediator.get(address[1].replace("&amp;", "&")).text


@pytest.mark.parametrize(
    ("category", "files", "sentence"),
    [
        ("identity", (), "请选择要上传的文件。"),
        ("nonsense", (("好.png", png()),), "请选择材料类别。"),
        ("identity", (("空.pdf", b""),), "空.pdf："),
    ],
)
def test_an_upload_that_cannot_be_taken_says_why(
    category: str, files: tuple[tuple[str, bytes], ...], sentence: str, mediator: Browser, mediating: str
) -> None:
    status, page = upload(mediator, mediating, category, *files)

    assert status == 422
    assert sentence in page


def test_a_document_is_made_when_somebody_wants_it_before_its_job_ran(mediator: Browser, agreed: str) -> None:
    page = mediator.get(f"/staff/cases/{agreed}?tab=documents").text
    assert "人民调解协议书" in page
    address = next(part.split('"')[0] for part in page.split('href="') if "/documents/" in part.split('"')[0])
    document = pypdfium2.PdfDocument(mediator.get(address).data)
    assert "赵小燕" in document[0].get_textpage().get_text_range().replace(" ", "")


def test_a_preview_is_marked_and_a_form_that_is_not_the_lines_is_not_found(mediator: Browser, mediating: str) -> None:
    preview = mediator.get(f"/staff/cases/{mediating}/preview/mediation.cover.pdf")
    assert preview.mimetype == "application/pdf"
    assert mediator.get(f"/staff/cases/{mediating}/preview/nothing.pdf").status_code == 404


def test_a_file_is_only_given_out_with_its_own_case(
    mediator: Browser, mediating: str, pending: str, as_user: Callable[..., Browser]
) -> None:
    upload(mediator, mediating, "identity", ("身份证.png", png()))
    page = mediator.get(f"/staff/cases/{mediating}?tab=materials").text
    address = page.split('class="tap file-name" href="')[1].split('"')[0]

    assert mediator.get(address.replace(mediating, pending)).status_code == 404
    assert as_user("xuning").get(address).status_code == 404
