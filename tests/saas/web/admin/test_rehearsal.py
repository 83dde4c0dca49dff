"""Trying a draft in the browser: played, kept as a scenario, run over the cases there are."""

import re
from typing import Any
from uuid import UUID

import pytest

from saas.db.session import TenantRef
from saas.rehearsal import jobs, queries
from saas.workflow import drafts
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.own_lines import samples as own
from tests.saas.rehearsal import samples
from tests.saas.web.staff.sending import send

OPEN = {"_action": "apply", "_by": "citizen", "_on": "2026-03-02", "kind": "02", "applicant_kind": "natural"}
ACCEPT = {"_action": "accept", "_by": "director", "_on": "2026-03-03", "is_civil": "true", "both_agree": "true"}


@pytest.fixture
def draft_id(beijing: TenantRef, in_tenant: InTenant) -> UUID:
    """A draft of mediation as it is in force."""
    with in_tenant(beijing):
        return samples.draft_with().id


def address(draft_id: UUID, rest: str = "play") -> str:
    return f"/admin/processes/{draft_id}/{rest}"


def play(browser: Browser, draft_id: UUID, **values: str) -> str:
    """Try a step; the page it leads to."""
    answer = send(browser, address(draft_id), values)
    assert answer.status_code == 303, answer.text
    return browser.get(address(draft_id)).text


def test_a_case_is_played_as_several_people_on_several_days(admin: Browser, draft_id: UUID) -> None:
    assert "还没有立案" in admin.get(address(draft_id)).text
    opened = play(admin, draft_id, **OPEN)
    accepted = play(admin, draft_id, **ACCEPT, not_taken="true")

    assert "待受理" in opened
    assert "人民调解申请书" in opened
    assert "您的调解申请已受理" in accepted
    assert "2026年4月2日到期" in accepted
    assert re.search(r'class="[^"]*mark-current', accepted)


def test_a_step_that_is_refused_says_why_and_keeps_what_was_typed(admin: Browser, draft_id: UUID) -> None:
    play(admin, draft_id, **OPEN)
    page = play(admin, draft_id, **ACCEPT)

    assert "这一步不能办理" in page
    assert "人民调解法第十八条" in page
    assert re.search(r'name="both_agree" value="true"[^>]*checked', page)
    assert "待受理" in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"_on": "soon"}, "_on"), ({"_by": "emperor"}, "_by"), ({"amount": "many"}, "amount"), ({"x": "1"}, "x")],
)
def test_what_cannot_be_read_is_told_at_its_place_and_nothing_is_lost(
    admin: Browser, draft_id: UUID, changed: dict[str, str], field: str
) -> None:
    answer = send(admin, address(draft_id), OPEN | {"facts": "楼上漏水"} | changed)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert "楼上漏水" in answer.text


def test_the_clock_is_moved_by_hand_but_not_back(admin: Browser, draft_id: UUID) -> None:
    play(admin, draft_id, **OPEN)
    moved = send(admin, address(draft_id), {"day": "2026-03-20"}, address(draft_id, "play/clock"))
    late = admin.get(address(draft_id)).text
    back = send(admin, address(draft_id), {"day": "2026-03-01"}, address(draft_id, "play/clock"))

    assert moved.status_code == 303
    assert "已超期11个工作日" in late
    assert back.status_code == 422


def test_a_step_is_taken_back_and_a_play_begun_anew(admin: Browser, draft_id: UUID) -> None:
    play(admin, draft_id, **OPEN)
    play(admin, draft_id, **ACCEPT, not_taken="true")
    send(admin, address(draft_id), {}, address(draft_id, "play/undo"))
    undone = admin.get(address(draft_id)).text
    send(admin, address(draft_id), {}, address(draft_id, "play/restart"))

    assert "您的调解申请已受理" not in undone
    assert "还没有立案" in admin.get(address(draft_id)).text


def sent_back_to_the_door(body: dict[str, Any]) -> None:
    """Let a dispute that was accepted be sent back."""
    for state in ("pending", "accepted"):
        body["states"][state]["verbs"] = ["send_back"]


def test_a_verb_is_played_by_who_may_use_it(admin: Browser, beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        draft_id = samples.draft_with(sent_back_to_the_door).id
    play(admin, draft_id, **OPEN)
    play(admin, draft_id, **ACCEPT, not_taken="true")
    offered = admin.get(address(draft_id) + "?action=@send_back&by=director").text
    sent = {"_action": "@send_back", "_by": "director", "_on": "2026-03-04", "to": "pending", "reason": "材料有误"}
    page = play(admin, draft_id, **sent)

    assert '<option value="pending"' in offered
    assert "退回" in page
    assert "已受理" not in page.partition("办理过程")[0].partition("案件情况")[2]


def test_what_was_played_is_kept_as_a_scenario_of_the_draft(
    admin: Browser, draft_id: UUID, beijing: TenantRef, in_tenant: InTenant
) -> None:
    play(admin, draft_id, **OPEN)
    kept = {"title": "刚收到申请", "cursor": "0"}
    answer = send(admin, address(draft_id), kept, address(draft_id, "play/keep"))
    page = admin.get(address(draft_id, "scenarios")).text

    assert answer.status_code == 303
    assert "刚收到申请" in page
    assert "6 个场景的结果都和预期一样" in page
    with in_tenant(beijing):
        scenario = drafts.get_draft(draft_id).body["scenarios"][-1]
    assert (scenario["id"], scenario["expect"]["state"]) == ("example_1", "pending")


def test_a_scenario_without_a_name_is_not_kept(admin: Browser, draft_id: UUID) -> None:
    play(admin, draft_id, **OPEN)
    answer = send(admin, address(draft_id), {"title": " ", "cursor": "0"}, address(draft_id, "play/keep"))

    assert answer.status_code == 422
    assert 'href="#title"' in answer.text


def test_a_draft_with_a_broken_scenario_of_its_own_cannot_be_published_until_it_is_put_right(
    admin: Browser, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        draft = samples.draft_with(own_scenario, samples.shorter)
        draft_id, key = draft.id, "own"
        assert [one.place for one in drafts.problems_of(draft) if one.severity == "error"] == ["scenarios.own"]
    wrong = admin.get(address(draft_id, "scenarios")).text
    renewed = send(admin, address(draft_id, "scenarios"), {"cursor": "1"}, address(draft_id, f"scenarios/{key}/renew"))

    assert "应当到2026-04-02，实际到2026-03-23" in wrong
    assert renewed.status_code == 303
    with in_tenant(beijing):
        assert [one for one in drafts.problems_of(drafts.get_draft(draft_id)) if one.severity == "error"] == []


def own_scenario(body: dict[str, Any]) -> None:
    """A scenario of the city's own, as long as thirty days are mediated."""
    acts = [
        {"action": "apply", "by": "citizen", "on": "2026-03-02", "answers": {"kind": "02"}},
        {
            "action": "accept",
            "by": "director",
            "on": "2026-03-03",
            "answers": {"is_civil": True, "both_agree": True, "not_taken": True},
        },
    ]
    expected = {"state": "accepted", "due": {"mediation": "2026-04-02"}}
    body["scenarios"] = [*body.get("scenarios", ()), {"id": "own", "title": "受理", "acts": acts, "expect": expected}]


def test_a_scenario_of_the_law_is_a_doubt_where_a_city_put_a_step_on_the_way(
    admin: Browser, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        draft = samples.draft_with(samples.with_review)
        draft_id, problems = draft.id, drafts.problems_of(draft)
    page = admin.get(address(draft_id, "scenarios")).text

    assert {one.severity for one in problems if one.code == "SC801"} == {"warning"}
    assert "4 个法定流程的场景按这份草稿走不出原来的结果" in page
    assert "/remove" not in page


def test_a_scenario_is_opened_in_the_play_and_taken_away(
    admin: Browser, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        draft_id = samples.draft_with(own_scenario).id
    scenarios = address(draft_id, "scenarios")
    opened = send(admin, scenarios, {}, address(draft_id, "scenarios/own/play"))
    page = admin.get(address(draft_id)).text
    removed = send(admin, scenarios, {"cursor": "1"}, address(draft_id, "scenarios/own/remove"))

    assert opened.status_code == removed.status_code == 303
    assert "2026年4月2日到期" in page
    assert "scenario-own" not in admin.get(scenarios).text


def test_a_scenario_kept_while_somebody_else_edited_is_refused_with_who(
    admin: Browser, draft_id: UUID, beijing: TenantRef, in_tenant: InTenant
) -> None:
    play(admin, draft_id, **OPEN)
    with in_tenant(beijing):
        draft = drafts.get_draft(draft_id)
        drafts.edit(draft, samples.body_with(samples.retitled), "改名", cursor=0, by=factory.actor("wanghy"))
    answer = send(admin, address(draft_id), {"title": "一", "cursor": "0"}, address(draft_id, "play/keep"))

    assert answer.status_code == 409
    assert "王海燕" in answer.text


def test_a_run_over_the_cases_is_asked_for_watched_and_read(
    admin: Browser, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        factory.mediating()
        draft_id = samples.draft_with(samples.shorter, samples.with_review).id
    page = address(draft_id, "backtest")
    asked = send(admin, page, {})
    waiting = admin.get(page).text
    with in_tenant(beijing):
        run = queries.find_latest(draft_id)
        assert run is not None
        jobs.try_draft({"run": str(run.id)})
    done = admin.get(page, headers={"HX-Request": "true"}).text

    assert asked.status_code == 303
    assert "排队等候试算" in waiting
    assert "按草稿走不通" in done
    assert "复核" in done
    assert "<html" not in done


def test_a_process_of_the_citys_own_is_played_before_anybody_has_published_it(
    admin: Browser, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        body = own.body()
        body["forms"][0]["pages"][0]["fields"].append(
            {"id": "kind", "label": "类型", "type": "choice", "list": "mediation.kind"}
        )
        draft_id = drafts.create(body, by=factory.actor("wanghy")).id
    form = admin.get(address(draft_id) + "?action=apply&by=citizen").text
    page = play(admin, draft_id, _action="apply", _by="citizen", _on="2026-03-02", kind="02")

    assert "邻里纠纷" in form
    assert "还没有立案" not in page
    assert admin.get(address(draft_id, "scenarios")).status_code == 200
    assert admin.get(address(draft_id, "backtest")).status_code == 200


def test_who_reviews_plays_too_but_keeps_nothing_in_the_draft(security: Browser, draft_id: UUID) -> None:
    page = play(security, draft_id, **OPEN)
    answer = send(security, address(draft_id), {"title": "一", "cursor": "0"}, address(draft_id, "play/keep"))

    assert "待受理" in page
    assert "保存为场景" not in page
    assert answer.status_code == 403


def test_a_draft_that_cannot_be_read_says_what_to_do(admin: Browser, beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        draft_id = samples.draft_with(lambda body: body.pop("initial")).id
    for rest in ("play", "scenarios", "backtest"):
        answer = admin.get(address(draft_id, rest))
        assert answer.status_code == 409
        assert "补充完整" in answer.text
