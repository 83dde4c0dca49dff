"""The case page's other operations: what is shown to whom, done by a plain form, and refused without losing a word."""

from collections.abc import Callable

import pytest

from saas.cases import queries, recusing
from saas.db.session import TenantRef
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory, hands
from tests.saas.web.staff.sending import as_sent, send

SignIn = Callable[..., Browser]


@pytest.fixture
def number(beijing: TenantRef, in_tenant: InTenant) -> str:
    """A case that waits for two signatures, of a process with every verb."""
    with in_tenant(beijing):
        return hands.opened().number


def page(number: str) -> str:
    return f"/staff/cases/{number}"


def use(browser: Browser, number: str, verb: str, /, **entered: object) -> int:
    address = f"{page(number)}/verbs/{verb}"
    return send(browser, address, dict(entered)).status_code


def test_the_page_says_who_still_has_to_sign_and_lets_him(as_user: SignIn, number: str) -> None:
    mediator, director = as_user("sunli"), as_user("zhaoxh")

    seen = director.get(page(number)).text
    assert "“受理”待签署" in seen
    assert "人民调解员：<span" in seen
    assert f"{page(number)}/verbs/sign" not in seen
    assert f"{page(number)}/verbs/sign" in mediator.get(page(number)).text
    assert use(mediator, number, "sign", action="accept", agreed="yes", reason="材料齐全") == 303

    seen = director.get(page(number)).text
    assert "孙丽" in seen
    assert "同意" in seen


def test_two_persons_sign_and_the_regions_stand_side_by_side(as_user: SignIn, number: str) -> None:
    director = as_user("zhaoxh")
    for name in ("sunli", "zhangwei"):
        assert use(as_user(name), number, "sign", action="accept", agreed="yes") == 303
    assert send(director, f"{page(number)}/act/accept", as_sent(factory.ACCEPTED)).status_code == 303

    seen = director.get(page(number)).text
    assert "告知当事人" in seen
    assert "安排场地" in seen
    assert "登记场地" in seen
    assert "登记告知" not in seen
    mediator = as_user("sunli")
    assert send(mediator, page(number), {}, f"{page(number)}/take?region=notice").status_code == 303
    assert send(mediator, f"{page(number)}/act/tell", {}).status_code == 303
    assert "已告知（已完成）" in director.get(page(number)).text
    assert "签署" in mediator.get(f"{page(number)}?tab=timeline").text


def test_what_is_refused_keeps_what_was_typed_at_the_field(as_user: SignIn, number: str) -> None:
    answer = send(as_user("sunli"), f"{page(number)}/verbs/sign", {"action": "accept", "agreed": "no"})

    assert answer.status_code == 422
    assert "不同意的，请写明理由" in answer.text
    assert 'value="no"' in answer.text


def test_every_verb_has_a_form_and_one_that_cannot_be_used_says_why(as_user: SignIn, number: str) -> None:
    director = as_user("zhaoxh")
    for verb in ("pass_on", "delegate", "copy", "cosign", "link", "merge", "suspend", "extend"):
        shown = director.get(f"{page(number)}/verbs/{verb}")
        assert shown.status_code == 200, verb
        assert "返回案件" in shown.text

    assert "现在不能交回" in director.get(f"{page(number)}/verbs/hand_back").text
    assert director.get(f"{page(number)}/verbs/burn").status_code == 404
    assert director.post(f"{page(number)}/verbs/burn", data={}).status_code in {400, 404}


def test_verbs_that_are_off_are_not_offered(as_user: SignIn, beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        plain = factory.mediating().number
    mediator = as_user("sunli")

    seen = mediator.get(page(plain)).text
    assert "更多操作" in seen
    assert "抄送" in seen
    assert "转办" not in seen
    assert use(mediator, plain, "pass_on", person="x", reason="x") == 422


def test_a_form_drawn_before_anothers_act_is_a_conflict(as_user: SignIn, number: str) -> None:
    director, mediator = as_user("zhaoxh"), as_user("sunli")
    director.get(page(number))
    use(mediator, number, "sign", action="accept", agreed="yes")

    answer = send(
        director, page(number), {"_revision": "1", "reason": "等待材料", "_x": "1"}, f"{page(number)}/verbs/suspend"
    )

    assert answer.status_code == 409
    assert "孙丽：签署" in answer.text
    assert "等待材料" in answer.text


def test_a_chain_of_verbs_by_forms(as_user: SignIn, number: str, beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        other = factory.open_application().number
        person = str(factory.actor("zhoumin").id)
    director = as_user("zhaoxh")
    done = {
        "copy": {"person": person, "reason": "请知悉"},
        "cosign": {"action": "accept", "person": person},
        "suspend": {"reason": "等待鉴定"},
        "resume": {},
        "extend": {"days": "2", "reason": "案情复杂"},
        "link": {"number": other},
    }
    for verb, entered in done.items():
        assert use(director, number, verb, **entered) == 303, verb

    seen = director.get(page(number)).text
    assert "关联案件：<a" in seen
    assert other in seen
    told = director.get(f"{page(number)}?tab=timeline").text
    for words in ("延长：2", "说明：等待鉴定", "对象：周敏", f"案件编号：{other}"):
        assert words in told


def test_what_is_delegated_is_handed_back_and_sent_back_by_forms(
    as_user: SignIn, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        body = hands.body()
        for state in body["states"].values():
            state.pop("regions", None)
        case.process_id = hands.version(body).id
        number, person = case.number, str(factory.actor("zhoumin").id)
    mediator, deputy = as_user("sunli"), as_user("zhoumin")

    assert use(mediator, number, "delegate", person=person, reason="外出") == 303
    assert "周敏" in mediator.get(page(number)).text
    assert use(deputy, number, "hand_back", reason="已办") == 303
    assert use(mediator, number, "pass_on", person=person, reason="调岗") == 303
    assert use(deputy, number, "send_back", to="accepted", reason="另行指派") == 303
    assert "已受理" in deputy.get(page(number)).text
    assert "退回后重新办理" in deputy.get(f"{page(number)}?tab=timeline").text


def test_a_case_that_went_into_another_is_closed_and_the_other_names_it(
    as_user: SignIn, number: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        other = factory.open_application().number
    director = as_user("zhaoxh")

    assert use(director, number, "merge", number=other, reason="重复申请") == 303

    assert "本件已办结" in director.get(page(number)).text
    assert "并入本件：<a" in director.get(page(other)).text


def test_who_keeps_out_of_a_case_is_not_offered_and_is_told_why(
    as_user: SignIn, number: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case, director = queries.get_case(number, factory.actor("zhaoxh")), factory.actor("zhaoxh")
        recusing.recuse(case, "zhoumin", "当事人的亲属", by=director)
        person = str(factory.actor("zhoumin").id)

    assert "周敏" not in as_user("zhaoxh").get(f"{page(number)}/verbs/cosign").text
    assert use(as_user("zhaoxh"), number, "cosign", action="accept", person=person) == 422
    assert "您在本案回避，不能办理。" in as_user("zhoumin").get(f"{page(number)}/verbs/copy").text
    assert use(as_user("zhoumin"), number, "copy", person=person) == 422
