"""Filling in an application without script."""

import io
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from saas.cases.models import Case, Draft
from saas.config import Config
from saas.db.session import TenantRef, db
from saas.files.models import File
from tests.browsers import Browser, hidden_fields
from tests.conftest import InTenant
from tests.portal.applying import APPLY, apply, fill_in, id_number, pages, picture, send, submit


def text_of(browser: Browser, page: str) -> str:
    return browser.get(f"{APPLY}/{page}").get_data(as_text=True)


def test_a_whole_application_becomes_one_case_with_its_files(
    visitor: Browser, area: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    number = apply(visitor, area)
    with in_tenant(beijing):
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        file = db.session.scalars(select(File).where(File.case_id == case.id)).one()
        assert (file.name, file.category) == ("合同.png", "evidence")
        assert case.steps[0].input["evidence_files"] == [str(file.id)]
        assert case.steps[0].actor_name == "张小满"
        assert case.parties[0].id_number == id_number()


def test_looking_at_a_page_makes_no_draft(visitor: Browser, in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        before = db.session.scalar(select(func.count()).select_from(Draft))
    assert visitor.get(f"{APPLY}/who").status_code == 200
    with in_tenant(beijing):
        assert db.session.scalar(select(func.count()).select_from(Draft)) == before


def test_an_empty_page_comes_back_with_every_error_and_the_title_says_so(visitor: Browser) -> None:
    send(visitor, "contact", {})
    page = text_of(visitor, "contact")
    assert "<title>错误：" in page
    assert "请填写手机号码" in page
    assert 'href="#applicant_phone"' in page
    assert 'aria-invalid="true"' in page


def test_nothing_typed_is_lost_when_a_page_is_refused(visitor: Browser) -> None:
    send(visitor, "contact", {"applicant_phone": "12", "applicant_address": "兴华路1号"})
    page = text_of(visitor, "contact")
    assert 'value="12"' in page
    assert "兴华路1号" in page


@pytest.mark.parametrize("typed", [" 9901 1519 9001 0112 3 ", "１"])
def test_an_id_number_that_cannot_be_is_refused_and_kept(visitor: Browser, typed: str) -> None:
    person = {"applicant_kind": "natural", "applicant_name": "张小满", "applicant_id_number": typed}
    assert send(visitor, "applicant", person).location.endswith("/applicant")
    page = text_of(visitor, "applicant")
    assert "<title>错误：" in page
    assert f'value="{typed}"' in page


def test_spaces_and_a_small_x_in_an_id_number_do_no_harm(visitor: Browser) -> None:
    number = next(found for found in (id_number(f"990115199001{day}123") for day in range(10, 29)) if found[-1] == "X")
    typed = f" {number[:6]} {number[6:14]} {number[14:].lower()} "
    person = {"applicant_kind": "natural", "applicant_name": "张小满", "applicant_id_number": typed}
    assert send(visitor, "applicant", person).location.endswith("/contact")


def test_fields_that_an_answer_brings_are_asked_for_before_they_are_called_missing(visitor: Browser) -> None:
    assert "applicant_uscc" not in text_of(visitor, "applicant")
    firm = {"applicant_kind": "legal", "applicant_name": "兴华物业公司"}
    assert send(visitor, "applicant", firm).location.endswith("/applicant")
    page = text_of(visitor, "applicant")
    assert "applicant_uscc" in page
    assert "applicant_id_number" not in page
    assert "<title>错误：" not in page
    assert "新出现的内容" in page
    send(visitor, "applicant", firm)
    assert "请填写统一社会信用代码" in text_of(visitor, "applicant")


def test_the_last_page_is_where_one_comes_back_to(visitor: Browser) -> None:
    send(visitor, "who", {"on_behalf": "self"})
    assert visitor.get(f"{APPLY}/").location.endswith("/applicant")


def test_a_gap_is_filled_before_the_check_page(visitor: Browser) -> None:
    send(visitor, "who", {"on_behalf": "self"})
    assert visitor.get(f"{APPLY}/check").location.endswith("/applicant")
    assert submit(visitor, f"{APPLY}/who", {}, action=f"{APPLY}/check").location.endswith("/applicant")


def test_the_check_page_lists_every_answer_and_a_change_returns_there(visitor: Browser, area: str) -> None:
    fill_in(visitor, area)
    page = text_of(visitor, "check")
    for words in ("张小满", "李大寒", "邻里纠纷", "兴丰街道", "合同.png", "修改"):
        assert words in page
    answer = send(visitor, "wish", {"requests": "请对方赔偿。"}, "?from=check")
    assert answer.location.endswith("/check")
    assert "请对方赔偿。" in text_of(visitor, "check")


def test_the_same_form_sent_twice_makes_one_case(
    visitor: Browser, area: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    fill_in(visitor, area)
    drawn = text_of(visitor, "check")
    from_first = submit(visitor, f"{APPLY}/check", {})
    with in_tenant(beijing):
        count = db.session.scalar(select(func.count()).select_from(Case))
    again = submit(visitor, f"{APPLY}/who", {}, action=f"{APPLY}/check")
    assert drawn
    assert again.location == from_first.location
    assert visitor.get(f"{APPLY}/check").location == from_first.location
    with in_tenant(beijing):
        assert db.session.scalar(select(func.count()).select_from(Case)) == count


def test_a_bad_file_keeps_no_good_one_out(visitor: Browser) -> None:
    sent = {"_do": "upload", "evidence_files": [picture(), picture("坏.png", b"x"), picture("空.pdf", b"")]}
    submit(visitor, f"{APPLY}/evidence", {"_shown": ["identity_files", "evidence_files"], **sent})
    page = text_of(visitor, "evidence")
    assert "<title>错误：" in page
    assert "“坏.png”没有上传" in page
    assert "这个文件是空的" in page
    assert "移除<span" in page
    assert "合同.png" in page


def test_a_file_that_is_too_large_is_refused_at_its_field(visitor: Browser, config: Config) -> None:
    large, small = (io.BytesIO(b"x" * (config.max_upload_bytes + 1)), "大.pdf"), picture()
    files = [FileStorage(stream, name) for stream, name in (large, small)]
    shell = hidden_fields(text_of(visitor, "evidence"))
    fields = {"_csrf": shell["_csrf"], "_do": "upload", "evidence_files": files}
    # Encoded in memory: the client itself would leave a temporary file open.
    boundary, body = encode_multipart(MultiDict(fields))
    kind = f"multipart/form-data; boundary={boundary}"
    assert visitor.post(f"{APPLY}/evidence", data=body, content_type=kind).status_code == 303
    page = text_of(visitor, "evidence")
    assert "“大.pdf”没有上传：文件超过 20 MB" in page
    assert "移除<span" in page


def test_a_kept_file_can_be_taken_out_again(visitor: Browser) -> None:
    submit(visitor, f"{APPLY}/evidence", {"_do": "upload", "evidence_files": picture()})
    file_id = text_of(visitor, "evidence").split('value="remove:', 1)[1].split('"', 1)[0]
    submit(visitor, f"{APPLY}/evidence", {"_do": f"remove:{file_id}"})
    assert "remove:" not in text_of(visitor, "evidence")


def test_a_page_that_the_form_does_not_have_is_not_found(visitor: Browser) -> None:
    assert visitor.get(f"{APPLY}/no_such_page").status_code == 404


def test_drafts_are_their_browsers_own(
    visitor: Browser, client: Callable[[TenantRef], Browser], beijing: TenantRef
) -> None:
    send(visitor, "contact", {"applicant_phone": "13900005678", "applicant_address": "兴华路1号"})
    assert "兴华路1号" not in client(beijing).get(f"{APPLY}/contact").get_data(as_text=True)


def test_every_page_names_the_hotline(visitor: Browser, area: str) -> None:
    for page, _ in pages(area):
        assert "tel:12348" in text_of(visitor, page)
