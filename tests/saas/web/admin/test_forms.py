"""The designer of forms without script: every act a form, what is refused shown again, nobody overwritten."""

import re
from collections.abc import Callable

import pytest

from saas.db.session import TenantRef
from saas.workflow import drafts
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.saas.web.staff.sending import send

APPLY = "mediation.apply"


@pytest.fixture
def forms(admin: Browser) -> str:
    """The address of the forms of a new draft of mediation in 北京市."""
    answer = send(admin, "/admin/processes", {"process": "mediation.dispute"})
    return f"{answer.location}/forms"


def act(admin: Browser, page: str, action: str, **fields: object) -> str:
    """Send one of a page's forms; the page it leads to."""
    cursor = re.findall(r'name="cursor" value="(\d+)"', admin.get(page).text)[0]
    answer = send(admin, page, {"cursor": cursor, **fields}, action)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def added(admin: Browser, forms: str, label: str = "楼层", sort: str = "integer", page: str = "matter") -> str:
    """Add a question to the application; its id."""
    form = f"{forms}/{APPLY}"
    where = act(admin, form, f"{form}/questions", sort=sort, to_page=page, new_label=label)
    return str(re.findall(r"question=(\w+)", where)[0])


def order(admin: Browser, forms: str) -> list[str]:
    """The labels of the questions in the order the designer shows them."""
    return re.findall(r"<strong>([^<]+)</strong>", admin.get(f"{forms}/{APPLY}").text)


def test_the_forms_of_a_process_are_listed_with_their_steps(admin: Browser, forms: str) -> None:
    page = admin.get(forms).text

    assert "人民调解申请" in page
    assert "当事人申请" in page
    assert "规定的表单" in page


def test_what_the_law_asks_is_locked(admin: Browser, forms: str) -> None:
    page = admin.get(f"{forms}/{APPLY}").text

    assert page.count("锁定</span>") >= 20
    assert "上移：居民身份证号" not in page


def test_an_added_question_stands_on_its_page_and_its_panel_opens(admin: Browser, forms: str) -> None:
    name = added(admin, forms)
    page = admin.get(f"{forms}/{APPLY}?question={name}").text

    assert "楼层（整数）" in page
    assert order(admin, forms).index("楼层") == order(admin, forms).index("纠纷简要情况") + 1


def test_buttons_move_a_question_within_its_page_and_over_to_the_next(admin: Browser, forms: str) -> None:
    name = added(admin, forms)
    form = f"{forms}/{APPLY}"

    act(admin, form, f"{form}/questions/{name}/move", by="-1")
    assert order(admin, forms).index("楼层") == order(admin, forms).index("纠纷简要情况") - 1
    act(admin, form, f"{form}/questions/{name}/move", by="1")
    act(admin, form, f"{form}/questions/{name}/move", by="1")
    assert order(admin, forms).index("楼层") == order(admin, forms).index("申请事项") - 1


def test_a_drag_puts_a_question_where_buttons_would(admin: Browser, forms: str) -> None:
    name = added(admin, forms)
    form = f"{forms}/{APPLY}"
    act(admin, form, f"{form}/questions/{name}/move", at_page="contact", at="0")

    assert order(admin, forms).index("楼层") == order(admin, forms).index("手机号码") - 1


def test_the_panel_changes_a_question(admin: Browser, forms: str, beijing: TenantRef, in_tenant: InTenant) -> None:
    name = added(admin, forms, "住处", "radio")
    form = f"{forms}/{APPLY}"
    values = {
        "label": "现在住哪里",
        "required": "true",
        "options": "亲友家\n旅馆\n选项二",
        "store": "case",
        "printed": "none",
    }
    act(admin, f"{form}?question={name}", f"{form}/questions/{name}", **values)

    with in_tenant(beijing):
        body = drafts.list_drafts("mediation.dispute")[0].body
    field = body["extra_fields"][APPLY][0]["field"]
    assert field["options"] == [
        {"value": "o3", "label": "亲友家"},
        {"value": "o4", "label": "旅馆"},
        {"value": "o2", "label": "选项二"},
    ]
    assert (field["label"], field["required"], field["print"]) == ("现在住哪里", True, [])


def test_a_condition_is_a_row_of_a_question_and_a_value(admin: Browser, forms: str) -> None:
    name = added(admin, forms)
    form = f"{forms}/{APPLY}"
    act(admin, f"{form}?question={name}", f"{form}/questions/{name}", label="楼层", show_if="kind=02")

    page = admin.get(f"{form}?question={name}").text
    assert '<option value="kind=02" selected>' in page
    assert "有条件" in page


def test_a_question_may_not_stand_before_the_one_it_depends_on(admin: Browser, forms: str) -> None:
    name = added(admin, forms)
    form = f"{forms}/{APPLY}"
    act(admin, f"{form}?question={name}", f"{form}/questions/{name}", label="楼层", show_if="kind=02")
    cursor = re.findall(r'name="cursor" value="(\d+)"', admin.get(form).text)[0]
    answer = send(admin, form, {"cursor": cursor, "at_page": "who", "at": "0"}, f"{form}/questions/{name}/move")

    assert answer.status_code == 422
    assert "必须排在“纠纷类型”的后面" in answer.text


def test_what_is_refused_is_shown_again(admin: Browser, forms: str) -> None:
    name = added(admin, forms, "住处", "radio")
    form = f"{forms}/{APPLY}"
    cursor = re.findall(r'name="cursor" value="(\d+)"', admin.get(form).text)[0]
    sent = {"cursor": cursor, "label": "现在住哪里", "options": "只有一个"}
    answer = send(admin, f"{form}?question={name}", sent, f"{form}/questions/{name}")

    assert answer.status_code == 422
    assert "请至少写两个选项" in answer.text
    assert "现在住哪里" in answer.text
    assert "只有一个" in answer.text


def test_who_saw_an_older_draft_is_told_and_loses_nothing(admin: Browser, forms: str) -> None:
    name = added(admin, forms)
    form = f"{forms}/{APPLY}"
    added(admin, forms, "门牌")
    answer = send(admin, form, {"cursor": "1", "label": "第几层楼"}, f"{form}/questions/{name}")

    assert answer.status_code == 409
    assert "还没有保存" in answer.text
    assert "第几层楼" in answer.text


def test_a_removed_question_comes_back_by_undoing(admin: Browser, forms: str) -> None:
    name = added(admin, forms)
    form = f"{forms}/{APPLY}"
    act(admin, form, f"{form}/questions/{name}/remove")
    assert "楼层" not in order(admin, forms)

    act(admin, forms, f"{forms.removesuffix('/forms')}/undo", view="forms")
    assert "楼层" in order(admin, forms)


@pytest.mark.parametrize(("rest", "name"), [("", "form_title"), ("/pages", "page_title"), ("/questions", "new_label")])
def test_a_name_that_is_too_long_is_told_at_its_field_and_kept(
    admin: Browser, forms: str, rest: str, name: str
) -> None:
    form = act(admin, forms, forms, title="现场勘查登记")
    known = {"sort": "text", "to_page": re.findall(r'data-sort-page="(\w+)"', admin.get(form).text)[0]}
    answer = send(admin, form, {"cursor": "1", name: "长" * 61} | known, f"{form}{rest}")

    assert answer.status_code == 422
    assert f'href="#{name}"' in answer.text
    assert "长" * 61 in answer.text


def test_an_own_form_is_shaped_as_a_whole(admin: Browser, forms: str) -> None:
    where = act(admin, forms, forms, title="现场勘查登记")
    act(admin, where, f"{where}/pages", page_title="照片")
    act(admin, where, where, form_title="勘查登记表", form_intro="到现场后填写。")
    second = re.findall(r"pages/(p_\w+)", admin.get(where).text)[-1]
    act(admin, where, f"{where}/questions", sort="file", to_page=second, new_label="现场照片")
    act(admin, where, f"{where}/pages/{second}", _do="up")

    page = admin.get(where).text
    assert "勘查登记表" in page
    assert page.index("1. 照片") < page.index("现场照片") < page.index("2. 现场勘查登记")


def test_an_own_form_that_no_step_asks_can_go(admin: Browser, forms: str) -> None:
    where = act(admin, forms, forms, title="现场勘查登记")

    assert act(admin, where, f"{where}/remove").endswith("/forms")
    assert where not in admin.get(forms).text


@pytest.mark.parametrize("size", ["phone", "desktop", "a4"])
def test_the_preview_shows_every_question_and_takes_none(admin: Browser, forms: str, size: str) -> None:
    added(admin, forms)
    page = admin.get(f"{forms}/{APPLY}/preview/{size}").text

    assert "楼层" in page
    assert "纠纷简要情况" in page
    assert f"preview-{size}" in page
    assert size == "a4" or "disabled" in page


def test_a_fault_of_a_question_is_named_where_it_is_edited(admin: Browser, forms: str) -> None:
    name = added(admin, forms, "纠纷类型", "text")
    page = admin.get(f"{forms}/{APPLY}").text

    assert "FM708" in page
    assert f"question={name}" in page


def test_whoever_reviews_looks_and_changes_nothing(
    admin: Browser, security: Browser, forms: str, as_user: Callable[..., Browser]
) -> None:
    page = security.get(f"{forms}/{APPLY}").text

    assert "现在只能查看" in page
    assert "添加问题" not in page
    assert as_user("zhaoxh").get(forms).status_code == 403
