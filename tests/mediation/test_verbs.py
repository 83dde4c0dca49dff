"""What can be done to a case without being drawn, through the services: what it leaves behind and what is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from saas import clock
from saas.audit.models import AuditEvent
from saas.cases import queries, recusing, services, verbs
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from saas.documents.queries import list_documents
from saas.errors import ConflictError, InvalidInputError, RefusedError
from saas.identity import queries as identity
from saas.identity.models import User
from saas.messages.models import Message
from tests.conftest import InTenant
from tests.mediation import factory, hands

DIRECTOR, MEDIATOR, HEAD = "zhaoxh", "sunli", "zhangwei"


def user(name: str) -> User:
    found = identity.find_user(name)
    assert found is not None
    return found


def sign(case: Case, *names: str) -> None:
    for name in names:
        verbs.sign(case, "accept", "", agreed=True, by=factory.actor(name))


def accepted(**changed: object) -> Case:
    """A case with its two regions open."""
    case = hands.opened(**changed)  # type: ignore[arg-type]
    sign(case, MEDIATOR, HEAD)
    factory.act(case, "accept", factory.ACCEPTED, DIRECTOR)
    return case


def codes(refusal: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    return [getattr(reason, "code", "") for reason in refusal.value.reasons]


def told(name: str, case: Case) -> list[str]:
    mine = select(Message.title).where(Message.user_id == user(name).id, Message.case_id == case.id)
    return list(db.session.scalars(mine.order_by(Message.sent_at)))


def waiting(case: Case) -> dict[str | None, list[str]]:
    return {task.region: task.roles for task in queries.list_open_tasks(case)}


def test_a_step_waits_for_two_signatures_each_in_its_work_list(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = hands.opened()
        with pytest.raises(RefusedError) as refusal:
            factory.act(case, "accept", factory.ACCEPTED, DIRECTOR)
        assert codes(refusal) == ["sign"]

        sign(case, MEDIATOR)
        assert waiting(case) == {None: ["director"], "@accept:bureau": ["bureau"]}
        sign(case, HEAD)
        factory.act(case, "accept", factory.ACCEPTED, DIRECTOR)

        assert case.state == "accepted"
        assert [step.action for step in case.steps] == ["apply", "@sign", "@sign", "accept"]


def test_regions_go_on_side_by_side_each_with_its_task(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = accepted()
        assert waiting(case) == {None: ["director"], "notice": ["mediator"], "room": ["director"]}
        appoint = {"chosen_by": "appointed", "handler": str(user(MEDIATOR).id), "helpers": None}
        with pytest.raises(RefusedError) as refusal:
            factory.act(case, "appoint", appoint, DIRECTOR)
        assert codes(refusal) == ["region", "region"]

        services.take(case, by=factory.actor(MEDIATOR), region="notice")
        factory.act(case, "tell", {}, MEDIATOR)
        assert (case.state, case.regions) == ("accepted", {"notice": "told", "room": "to_book"})
        factory.act(case, "book", {}, DIRECTOR)
        factory.act(case, "appoint", appoint, DIRECTOR)

        assert (case.state, case.regions, waiting(case)) == ("mediating", {}, {None: []})


def test_what_waits_is_passed_on_and_the_other_is_told(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = accepted()
        with pytest.raises(RefusedError) as refusal:
            verbs.pass_on(case, user("chenjing"), "", by=factory.actor(DIRECTOR))
        assert {"reason", "person"} <= set(codes(refusal))

        verbs.pass_on(case, user("zhoumin"), "调岗", by=factory.actor(MEDIATOR), region="notice")

        task = next(one for one in queries.list_open_tasks(case) if one.region == "notice")
        assert task.assignee_id == user("zhoumin").id
        assert told("zhoumin", case)[-1].startswith("转办")


def test_delegated_work_comes_back(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        case.process_id = hands.version().id
        verbs.delegate(case, user("zhoumin"), "外出", by=factory.actor(MEDIATOR))
        task = queries.open_task(case)
        assert task is not None
        assert (task.assignee_id, task.owner_id) == (user("zhoumin").id, user(MEDIATOR).id)
        factory.act(case, "session", factory.SESSION, "zhoumin")
        with pytest.raises(RefusedError, match="承办人"):
            factory.act(
                case, "end", {"reason": "disagreed", "guidance": "court", "ended_on": str(clock.today())}, "zhoumin"
            )

        verbs.hand_back(case, "已记录", by=factory.actor("zhoumin"))

        assert (task.assignee_id, task.owner_id) == (user(MEDIATOR).id, None)


def test_a_case_is_sent_back_and_what_came_after_counts_no_longer(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = accepted()
        limit = next(row for row in case.clocks if row.code == "acceptance")
        days = [limit.stopped_on]

        verbs.send_back(case, "pending", "申请人不适格，需要重新审查", by=factory.actor(DIRECTOR))

        assert (case.state, case.regions) == ("pending", {})
        assert [step.void for step in case.steps] == [None, None, None, "sent_back", None]
        assert [*days, limit.stopped_on] == [clock.today(), None]
        assert "mediation" not in {row.code for row in case.clocks}
        assert waiting(case)[None] == ["director"]
        with pytest.raises(RefusedError) as refusal:
            factory.act(case, "accept", factory.ACCEPTED, DIRECTOR)
        assert codes(refusal) == ["sign"]


def test_what_was_sent_back_is_done_again_with_its_documents(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = accepted()
        verbs.send_back(case, "pending", "申请人不适格，需要重新审查", by=factory.actor(DIRECTOR))
        sign(case, MEDIATOR, HEAD)

        factory.act(case, "accept", factory.ACCEPTED, DIRECTOR)

        made = [document.form_code for document in list_documents(case.id)]
        assert made.count("mediation.register") == 2


def test_who_took_a_step_takes_it_back_and_the_case_stands_where_it_was(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = accepted()
        factory.act(case, "tell", {}, MEDIATOR)
        with pytest.raises(RefusedError) as refusal:
            verbs.withdraw(case, "点错了", by=factory.actor(DIRECTOR))
        assert codes(refusal) == ["not_yours"]

        verbs.withdraw(case, "点错了", by=factory.actor(MEDIATOR))

        assert case.regions == {"notice": "to_tell", "room": "to_book"}
        assert waiting(case)["notice"] == ["mediator"]
        assert case.data["amount"] == 500_000


def test_a_step_that_made_a_document_is_not_taken_back(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = accepted()
        with pytest.raises(RefusedError) as refusal:
            verbs.withdraw(case, "点错了", by=factory.actor(DIRECTOR))

        assert codes(refusal) == ["gone_out"]


def test_taking_back_a_change_of_handler_gives_the_work_back(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        case.process_id = hands.version().id
        values = {"chosen_by": "appointed", "handler": str(user("zhoumin").id), "helpers": None}
        factory.act(case, "reappoint", values, DIRECTOR)

        verbs.withdraw(case, "选错了人", by=factory.actor(DIRECTOR))

        task = queries.open_task(case)
        assert task is not None
        assert (case.handler_id, task.assignee_id) == (user(MEDIATOR).id, user(MEDIATOR).id)


def test_a_limit_stands_still_runs_again_and_is_extended_once(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = hands.opened()
        limit = next(row for row in case.clocks if row.code == "acceptance")
        due, by = limit.due_on, factory.actor(DIRECTOR)
        verbs.suspend(case, "等待鉴定", by=by)
        seen = [limit.paused]
        verbs.resume(case, "", by=by)
        assert [*seen, limit.paused] == [True, False]

        verbs.extend(case, 2, "案情复杂", by=by)

        assert limit.due_on > due + timedelta(days=1)
        with pytest.raises(RefusedError) as refusal:
            verbs.extend(case, 1, "还要延长", by=by)
        assert codes(refusal) == ["clock"]


def test_somebody_asked_besides_signs_before_the_step(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = hands.opened()
        sign(case, MEDIATOR, HEAD)
        verbs.cosign(case, "accept", user("zhoumin"), "请把关", by=factory.actor(DIRECTOR))
        assert told("zhoumin", case)[-1].startswith("加签")
        with pytest.raises(RefusedError, match="签署"):
            factory.act(case, "accept", factory.ACCEPTED, DIRECTOR)

        sign(case, "zhoumin")

        assert factory.act(case, "accept", factory.ACCEPTED, DIRECTOR).to_state == "accepted"


def test_two_cases_refer_to_one_another_and_one_goes_into_the_other(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case, other, by = hands.opened(), factory.open_application(), factory.actor(DIRECTOR)
        verbs.link(case, other.number, "同一纠纷", by=by)
        with pytest.raises(InvalidInputError):
            verbs.link(case, other.number, "", by=by)
        third = factory.open_application()

        verbs.merge(case, third.number, "重复申请", by=by)

        assert [row.kind for row in queries.list_links(case)] == ["related", "merged"]
        assert (case.outcome, case.closed_at is not None, waiting(case)) == ("merged", True, {})
        with pytest.raises(RefusedError) as refusal:
            factory.act(case, "refuse", {}, DIRECTOR)
        assert "closed" in codes(refusal)


@pytest.mark.parametrize("number", ["2026999999", "self", "closed"])
def test_a_case_goes_only_into_another_open_one(beijing: TenantRef, in_tenant: InTenant, number: str) -> None:
    with in_tenant(beijing):
        case, by = hands.opened(), factory.actor(DIRECTOR)
        closed = factory.open_application()
        closed.closed_at = clock.now()
        names = {"self": case.number, "closed": closed.number}
        with pytest.raises(InvalidInputError) as wrong:
            verbs.merge(case, names.get(number, number), "重复", by=by)

        assert set(wrong.value.fields) == {"number"}


def test_a_copy_tells_somebody_and_is_in_the_record(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = hands.opened()
        verbs.copy(case, user(MEDIATOR), "请知悉", by=factory.actor(DIRECTOR))

        assert told(MEDIATOR, case)[-1].startswith("抄送")
        actions = db.session.scalars(select(AuditEvent.action).where(AuditEvent.case_id == case.id)).all()
        assert "case.copied" in actions


def test_work_that_is_gone_cannot_be_passed_on(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = accepted()
        with pytest.raises(ConflictError, match="没有待办"):
            verbs.pass_on(case, user("zhoumin"), "x", by=factory.actor(MEDIATOR), region="nothing")


@pytest.mark.parametrize("verb", [verbs.pass_on, verbs.delegate])
def test_work_is_not_given_to_somebody_who_keeps_out_of_the_case(
    beijing: TenantRef, in_tenant: InTenant, verb: Callable[..., object]
) -> None:
    with in_tenant(beijing):
        case = accepted()
        recusing.recuse(case, "zhoumin", "当事人的亲属", by=factory.actor(DIRECTOR))
        with pytest.raises(RefusedError) as refusal:
            verb(case, user("zhoumin"), "调岗", by=factory.actor(MEDIATOR), region="notice")

        assert codes(refusal) == ["recused_handler"]
        assert case.steps[-1].action == "accept"


def test_nobody_signs_besides_who_keeps_out_of_the_case(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case, by = hands.opened(), factory.actor(DIRECTOR)
        recusing.recuse(case, "zhoumin", "当事人的亲属", by=by)
        with pytest.raises(RefusedError) as refusal:
            verbs.cosign(case, "accept", user("zhoumin"), "请把关", by=by)

        assert codes(refusal) == ["recused_handler"]


def test_who_keeps_out_of_a_case_neither_takes_its_work_nor_gives_it_away(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case, mediator = accepted(), factory.actor(MEDIATOR)
        recusing.recuse(case, MEDIATOR, "当事人的亲属", by=factory.actor(DIRECTOR))
        with pytest.raises(RefusedError) as taking:
            services.take(case, by=mediator, region="notice")
        with pytest.raises(RefusedError) as giving:
            verbs.pass_on(case, user("zhoumin"), "调岗", by=mediator, region="notice")

        assert (codes(taking), codes(giving)) == (["recused"], ["recused"])
