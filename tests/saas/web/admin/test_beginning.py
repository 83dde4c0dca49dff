"""The wizard in the browser: every page works as it is, nothing typed is lost, and each refusal is at its field."""

import re

import pytest

from saas.db.session import TenantRef
from saas.identity.actor import SYSTEM
from saas.workflow import drafts
from saas.workflow.definition import parse
from saas.workflow.models import Draft
from saas.workflow.sketch.beginning import DAYS
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn

PAGES = ("people", "questions", "steps", "limit", "document", "number", "page", "figure")


def begin(admin: Browser, title: str) -> str:
    """Make a draft; the address of its wizard."""
    answer = admin.submit("/admin/processes/new", {"title": title, "source": "new"})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location).rsplit("/", 1)[0]


def draft_of(address: str) -> Draft:
    return drafts.get_draft(re.search(r"processes/([0-9a-f-]+)/", address)[1])  # type: ignore[index, arg-type]


def as_drawn(page: str) -> dict[str, object]:
    """What a browser would send if nobody touched anything but the button."""
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and ("checked" in tag or ('type="radio"' not in tag and 'type="checkbox"' not in tag)):
            sent.setdefault(name[1], []).append(value[1] if value else "")
    for name, inside in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        sent[name] = [inside.removeprefix("\n").strip()]
    for name, inside in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        sent[name] = [chosen[1] if chosen else ""]
    return dict(sent)


@pytest.fixture
def admin(as_user: SignIn, zunyi: TenantRef) -> Browser:
    return as_user("luoyong", zunyi)


def test_pressing_next_on_every_page_gives_a_process_that_can_be_published(
    admin: Browser, zunyi: TenantRef, in_tenant: InTenant
) -> None:
    address = begin(admin, "办事咨询登记")
    with in_tenant(zunyi):
        before = draft_of(address).body
    for at, page in enumerate(PAGES):
        answer = admin.post(f"{address}/{page}", data=as_drawn(admin.get(f"{address}/{page}").get_data(as_text=True)))
        assert answer.status_code == 303, answer.get_data(as_text=True)
        assert answer.location.endswith(PAGES[at + 1] if at + 1 < len(PAGES) else "/setup")

    assert "检查通过，可以提交审核" in admin.get(address).get_data(as_text=True)
    with in_tenant(zunyi):
        assert parse(draft_of(address).body) == parse(before)
        assert drafts.problems_of(draft_of(address)) == []


def test_answers_come_into_the_draft_and_can_be_undone(admin: Browser, zunyi: TenantRef, in_tenant: InTenant) -> None:
    address = begin(admin, "走访登记")
    admin.submit(f"{address}/limit", {"n": "5", "unit": "day", "law": "市局规定", "public": "true"})
    with in_tenant(zunyi):
        draft = draft_of(address)

        assert draft.body["clocks"]["limit"]["n"] == 5
        assert [edit.what for edit in drafts.list_edits(draft)] == ["设置办理期限", "建立草稿"]
        drafts.undo(draft, cursor=draft.cursor, by=SYSTEM)
        assert draft.body["clocks"]["limit"]["n"] == DAYS


def test_what_is_refused_is_shown_again_at_its_field(admin: Browser) -> None:
    address = begin(admin, "投诉登记")
    sent = {"title_accept": "接收", "title_handle": "接收", "title_finish": "", "words_accept": "收到了"}
    answer = admin.submit(f"{address}/steps", sent)
    page = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert "前面已经有一步叫“接收”" in page
    assert 'href="#title_finish"' in page
    assert 'value="收到了"' in page


def test_a_name_the_document_cannot_fill_in_is_refused_in_words(admin: Browser) -> None:
    address = begin(admin, "信访登记")
    sent = {"paper_title": "告知书", "paragraphs": "{申请人姓名}：请带{身份证复印件}来。", "step": "finish"}
    answer = admin.submit(f"{address}/document", sent)

    assert answer.status_code == 422
    assert "“{身份证复印件}”不是可以填入的内容" in answer.get_data(as_text=True)


def test_two_processes_never_share_the_letters_of_their_numbers(admin: Browser) -> None:
    first, second = begin(admin, "甲类登记"), begin(admin, "乙类登记")
    assert admin.submit(f"{first}/number", {"head": "jl"}).status_code == 303
    answer = admin.submit(f"{second}/number", {"head": "JL"})

    assert answer.status_code == 422
    assert "“甲类登记”已经用了这个字头" in answer.get_data(as_text=True)


def test_who_saves_second_is_told_and_loses_nothing(admin: Browser) -> None:
    address = begin(admin, "巡查登记")
    stale = as_drawn(admin.get(f"{address}/limit").get_data(as_text=True))
    admin.submit(f"{address}/figure", {"figure_title": "巡查办结", "event": "finish", "measure": "cases"})
    answer = admin.post(f"{address}/limit", data=stale | {"n": "7", "law": "市局规定"})
    page = answer.get_data(as_text=True)

    assert answer.status_code == 409
    assert "罗勇：设置统计指标" in page
    assert 'value="市局规定"' in page


def test_questions_are_added_row_by_row(admin: Browser, zunyi: TenantRef, in_tenant: InTenant) -> None:
    address = begin(admin, "线索登记")
    rows = {
        "blocks": ["name", "phone"], "id_1": "q1", "label_1": "什么事", "kind_1": "longtext", "required_1": "true",
        "label_2": "急不急", "kind_2": "radio", "options_2": "急、不急", "label_4": "照片", "kind_4": "file",
        "more": "1",
    }  # fmt: skip
    answer = admin.submit(f"{address}/questions", rows)

    assert answer.location.endswith("/questions")
    with in_tenant(zunyi):
        asked = [field for page in draft_of(address).body["forms"][0]["pages"] for field in page["fields"]]
    assert [one["id"] for one in asked] == ["applicant_name", "applicant_phone", "q1", "q2", "q3_files"]


def test_a_choice_without_options_is_refused(admin: Browser) -> None:
    address = begin(admin, "评价登记")
    rows = {"label_1": "满意吗", "kind_1": "radio", "options_1": "满意", "label_2": "满意吗", "kind_2": "text"}
    page = admin.submit(f"{address}/questions", rows).get_data(as_text=True)

    assert "单选至少要有两个选项" in page
    assert "前面已经问过“满意吗”" in page


def test_a_page_for_citizens_can_be_closed(admin: Browser, zunyi: TenantRef, in_tenant: InTenant) -> None:
    address = begin(admin, "内部登记")
    assert admin.submit(f"{address}/page", {"open": "no"}).status_code == 303
    with in_tenant(zunyi):
        assert "page" not in draft_of(address).body


def test_the_second_person_sees_the_answers_but_no_way_to_change_them(
    admin: Browser, as_user: SignIn, zunyi: TenantRef
) -> None:
    address = begin(admin, "核查登记")
    page = as_user("hejun", zunyi).get(address).get_data(as_text=True)

    assert "核查登记" in page
    assert f"{address}/limit" not in page
    assert f"{address}/limit" in admin.get(address).get_data(as_text=True)


def test_only_who_may_shape_processes_sees_the_wizard(as_user: SignIn, zunyi: TenantRef) -> None:
    assert as_user("shiqiang", zunyi).get("/admin/processes/new").status_code == 403


def test_a_process_without_a_name_is_not_begun(admin: Browser) -> None:
    answer = admin.submit("/admin/processes/new", {"title": " ", "source": "new"})

    assert answer.status_code == 422
    assert "请填写业务名称" in answer.get_data(as_text=True)
