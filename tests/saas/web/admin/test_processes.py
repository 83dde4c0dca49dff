"""Shaping a process without script: every act a form, what is refused shown again, nobody overwritten."""

import gzip
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from saas.db.counting import Counted
from saas.db.session import TenantRef
from saas.workflow import drafts
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.web.staff.sending import send

BodyOf = Callable[[str], dict[str, Any]]
Counting = Callable[[], AbstractContextManager[Counted]]
MEDIATION = "mediation.dispute"
STATE = {"part": "states", "title": "质量审核", "queue": ["director"], "public": "正在审核"}
STEP = {
    "part": "transitions",
    "title": "交审",
    "from": ["pending"],
    "to": "accepted",
    "by": ["director"],
    "when-0-field": "case.flags",
    "when-0-relation": "contains",
    "when-0-value": "urgent",
}
CLOCK = {
    "part": "clocks",
    "kind": "duty",
    "title": "审核期限",
    "n": "3",
    "unit": "workday",
    "start": ["apply"],
    "stop": ["accept"],
    "law": "本市规定",
}


@pytest.fixture
def draft(admin: Browser) -> str:
    """The address of a new draft of mediation in 北京市."""
    answer = send(admin, "/admin/processes", {"process": MEDIATION})
    assert answer.status_code == 303
    return str(answer.location)


def cursor_of(admin: Browser, draft: str) -> str:
    return str(re.findall(r'name="cursor" value="(\d+)"', admin.get(draft).text)[0])


def step(admin: Browser, draft: str, way: str, **fields: str) -> TestResponse:
    """Undo or redo, as who saw the newest edit unless another is said."""
    return send(admin, draft, {"cursor": cursor_of(admin, draft)} | fields, f"{draft}/{way}")


def ask(admin: Browser, draft: str, name: str, **fields: object) -> TestResponse:
    """Send one act from the list, as who saw the newest edit unless another is said."""
    shell = {"cursor": cursor_of(admin, draft), "view": "list"}
    return send(admin, draft, shell | fields, f"{draft}/acts/{name}")


def act(admin: Browser, draft: str, name: str, **fields: object) -> str:
    """Do one act; where it leads."""
    answer = ask(admin, draft, name, **fields)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


@pytest.fixture
def body_of(beijing: TenantRef, in_tenant: InTenant) -> BodyOf:
    """The body of a draft by its address."""

    def read(draft: str) -> dict[str, Any]:
        with in_tenant(beijing):
            return drafts.get_draft(UUID(draft.rsplit("/", 1)[-1])).body

    return read


def place(location: str) -> str:
    return location.partition("at=")[2]


def test_the_list_says_how_many_cases_stand_on_which_version(admin: Browser, draft: str) -> None:
    page = admin.get("/admin/processes").text

    assert "北京市人民调解" in page
    assert re.search(r"第\d+版", page)
    assert draft in page


def test_a_draft_is_shown_as_a_list_and_as_a_map(admin: Browser, draft: str) -> None:
    for address in (draft, f"{draft}/map"):
        page = admin.get(f"{address}?at=transitions.archive").text
        assert "办理事项：归档" in page
        assert "人民调解法第二十七条" in page


def test_who_only_reads_sees_no_form_and_sends_none(admin: Browser, security: Browser, draft: str) -> None:
    page = security.get(f"{draft}/map?at=states.pending").text

    assert "环节：待受理" in page
    assert "/acts/" not in page
    assert send(security, draft, {"at": "states.refused", "cursor": "0"}, f"{draft}/acts/remove").status_code == 403


def test_a_state_is_added_changed_moved_and_removed(admin: Browser, draft: str, body_of: BodyOf) -> None:
    new = place(act(admin, draft, "add", **STATE))
    act(admin, draft, "change", at=new, title="审核", queue=["director"], next="请等待")
    act(admin, draft, "move", step=f"up {new}")
    state = new.removeprefix("states.")

    assert body_of(draft)["states"][state] == {"title": "审核", "queue": ["director"], "next": "请等待"}
    assert list(body_of(draft)["states"])[-2] == state
    assert "移动" not in admin.get(draft).text
    act(admin, draft, "remove", at=new)
    assert state not in body_of(draft)["states"]


def test_a_step_is_added_with_its_condition_in_rows(admin: Browser, draft: str, body_of: BodyOf) -> None:
    new = place(act(admin, draft, "add", **STEP)).removeprefix("transitions.")
    step = next(one for one in body_of(draft)["transitions"] if one["id"] == new)
    page = admin.get(f"{draft}?at=transitions.{new}").text

    assert step["when"] == [{"that": '"urgent" in case.flags', "refuse": "须案件标记包含urgent，才能办理。"}]
    assert re.search(r'name="when-0-value"[^>]*value="urgent"', page)
    assert "1个条件" in page


def test_a_condition_may_ask_for_an_answer_of_the_steps_own_form(admin: Browser, draft: str, body_of: BodyOf) -> None:
    row = {"when-0-field": "form.extra_days", "when-0-relation": "le", "when-0-value": "10"}
    act(admin, draft, "change", at="transitions.extend", title="延长期限", by=["mediator", "director"], to="mediating",
        form="mediation.extend", law="双方当事人同意", **row)  # fmt: skip

    step = next(one for one in body_of(draft)["transitions"] if one["id"] == "extend")
    assert step["when"][0]["that"] == "form.extra_days <= 10"
    assert body_of(draft)["fields"]["form.extra_days"] == "int"


@pytest.mark.parametrize(
    ("fields", "input_"),
    [
        (STATE | {"title": ""}, "title"),
        (STEP | {"by": [], "to": ""}, "by"),
        (STEP | {"when-0-value": ""}, "when-0-field"),
        (STEP | {"message-to": "citizen"}, "message-title"),
        (STEP | {"sign-by": ["director"], "sign-mode": "ratio", "sign-ratio": "0"}, "sign-ratio"),
        (CLOCK | {"n": "drei"}, "n"),
        ({"part": "roles", "title": "评查员"}, "code"),
        (STATE | {"title": "长" * 61}, "title"),
    ],
)
def test_what_is_wrong_is_told_at_its_input_and_nothing_typed_is_lost(
    admin: Browser, draft: str, body_of: BodyOf, fields: dict[str, Any], input_: str
) -> None:
    before = body_of(draft)

    answer = ask(admin, draft, "add", **fields)

    assert answer.status_code == 422
    assert f'id="{input_}-error"' in answer.text
    assert (fields["title"] or 'id="title"') in answer.text
    assert body_of(draft) == before


def test_a_limit_a_rule_and_a_way_are_added(admin: Browser, draft: str, body_of: BodyOf) -> None:
    clock = place(act(admin, draft, "add", **CLOCK)).removeprefix("clocks.")
    act(admin, draft, "add", part="invariants", must_pass="accept", before="archived", law="人民调解法")
    act(admin, draft, "add", part="opens", title="来信", by=["clerk"], form="mediation.apply")

    body = body_of(draft)
    assert body["clocks"][clock] | {"title": ""} == {
        "title": "",
        "kind": "duty",
        "n": 3,
        "unit": "workday",
        "start": ["apply"],
        "stop": ["accept"],
        "law": "本市规定",
    }
    assert body["invariants"][-1] == {"must_pass": "accept", "before": "archived", "law": "人民调解法"}
    assert body["opens"][-1]["title"] == "来信"


def test_the_law_cannot_be_taken_away_or_loosened_from_the_form(admin: Browser, draft: str, body_of: BodyOf) -> None:
    before = body_of(draft)
    removed = ask(admin, draft, "remove", at="transitions.archive")
    act(admin, draft, "change", at="transitions.archive", title="归档入库", by=["director"], to="archived")

    step = next(one for one in body_of(draft)["transitions"] if one["id"] == "archive")
    old = next(one for one in before["transitions"] if one["id"] == "archive")
    assert removed.status_code == 422
    assert "法定流程的一部分（人民调解法第二十七条），不能删除" in removed.text
    assert (step["not_same_as"], step["from"]) == (old["not_same_as"], old["from"])
    assert step["title"] == "归档入库"


def test_an_act_is_undone_and_done_again(admin: Browser, draft: str, body_of: BodyOf) -> None:
    before = body_of(draft)
    act(admin, draft, "add", **STATE)
    after = body_of(draft)

    step(admin, draft, "undo", view="map")
    assert body_of(draft) == before
    assert "没有可以撤销的修改" in step(admin, draft, "undo", view="list").text
    step(admin, draft, "redo")
    assert body_of(draft) == after


def test_undoing_never_takes_away_what_was_not_seen(admin: Browser, draft: str, body_of: BodyOf) -> None:
    seen = cursor_of(admin, draft)
    act(admin, draft, "add", **STATE)
    answers = [step(admin, draft, "undo", cursor=seen, view=view) for view in ("list", "forms")]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert all("刚刚修改了这份草稿" in answer.text for answer in answers)
    assert "质量审核" in [state["title"] for state in body_of(draft)["states"].values()]


@pytest.mark.parametrize("query", ["at=states", "at=states.", "at=invariants.²", "new=insert&at=transitions."])
def test_an_address_that_names_no_part_shows_the_draft(admin: Browser, draft: str, query: str) -> None:
    assert admin.get(f"{draft}?{query}").status_code == 200


def test_every_fault_under_review_leads_to_its_place(
    admin: Browser, draft: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    asked = {"id": "x_1", "label": "楼层", "type": "choice", "list": "none"}
    with in_tenant(beijing):
        kept = drafts.get_draft(UUID(draft.rpartition("/")[2]))
        body = deepcopy(kept.body) | {"extra_fields": {"mediation.apply": [{"page": "matter", "field": asked}]}}
        for state in body["states"].values():
            state.pop("end", None)
        drafts.edit(kept, body, "弄坏", cursor=0, by=factory.actor("wanghy"))
    page = admin.get(f"{draft}/review").text
    links = re.findall(r'<a class="tap tap-start" href="([^"]+)"', page.partition('id="faults"')[2])

    assert {draft, f"{draft}/forms/mediation.apply?question=x_1#panel"} <= set(links)
    assert [link for link in links if admin.get(unescape(link)).status_code != 200] == []


def test_the_later_of_two_is_told_who_was_quicker_and_keeps_what_was_typed(
    admin: Browser, draft: str, body_of: BodyOf
) -> None:
    seen = cursor_of(admin, draft)
    act(admin, draft, "add", **STATE)
    before = body_of(draft)

    answer = ask(admin, draft, "change", at="states.pending", cursor=seen, title="待受理", public="我写的话")

    assert answer.status_code == 409
    assert "王海燕：添加环节“质量审核”" in answer.text
    assert "我写的话" in answer.text
    assert body_of(draft) == before
    assert re.search(rf'name="cursor" value="{int(seen) + 1}"', answer.text)


def test_a_finding_leads_to_its_place(admin: Browser, draft: str) -> None:
    new = place(act(admin, draft, "add", **STATE))

    page = admin.get(draft).text

    assert "案件走不到“质量审核”" in page
    assert f'href="{draft}?at={new}"' in page
    assert "个问题" in page
    assert "mark-error" in admin.get(f"{draft}/map").text


@pytest.mark.parametrize("act_", ["place", "connect", "insert", "arrange", "head", "move"])
def test_an_act_with_nothing_in_it_changes_nothing(admin: Browser, draft: str, body_of: BodyOf, act_: str) -> None:
    before = body_of(draft)

    assert ask(admin, draft, act_).status_code in {303, 422}
    assert body_of(draft) == before
    assert ask(admin, draft, "burn").status_code == 404


def test_a_script_is_given_the_desk_without_its_frame(admin: Browser, draft: str) -> None:
    answer = admin.get(f"{draft}?at=states.pending", headers={"HX-Request": "true"})

    assert "<html" not in answer.text
    assert "环节：待受理" in answer.text


def test_the_pages_ask_the_database_a_fixed_number_of_times(
    admin: Browser, draft: str, count_queries: Counting
) -> None:
    with count_queries() as few:
        admin.get(draft)
    for _ in range(3):
        act(admin, draft, "add", **STATE)
    with count_queries() as more:
        admin.get(draft)

    assert more.count == few.count <= 20


def test_the_list_of_a_whole_process_is_not_heavy(admin: Browser, draft: str) -> None:
    assert len(gzip.compress(admin.get(f"{draft}?at=transitions.archive").data)) < 20_000


def test_a_review_put_into_a_lawful_step_leaves_nothing_to_mend(admin: Browser, draft: str, body_of: BodyOf) -> None:
    new = place(act(admin, draft, "insert", at="transitions.compile", title="审核", action="审核通过", by=["director"]))

    assert not re.search(r"检查：\d+个问题", admin.get(draft).text)
    act(admin, draft, "remove", at=new)
    step = next(one for one in body_of(draft)["transitions"] if one["id"] == "compile")
    assert step["to"] == "compiled"


def test_a_draft_is_begun_only_from_what_the_city_runs(admin: Browser) -> None:
    assert send(admin, "/admin/processes", {"process": "nothing.known"}).status_code == 422
