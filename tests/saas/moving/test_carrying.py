import pytest
from sqlalchemy import select

from saas import clock
from saas.audit.models import AuditEvent
from saas.cases.models import Case, Task
from saas.db.session import db
from saas.errors import ConflictError, InvalidInputError, PermissionDeniedError
from saas.messages.models import Message
from saas.moving import carrying, judging, queries, services
from saas.moving.models import Move, MovedCase
from saas.workflow.verdicts import Names
from tests.mediation import factory
from tests.saas.moving.conftest import planned, published, quicker, with_check

pytestmark = pytest.mark.usefixtures("inside")


def accepted() -> Case:
    case = factory.open_application()
    factory.act(case, "accept", factory.ACCEPTED, "zhaoxh")
    return case


def judged(move: Move, case: Case) -> MovedCase:
    judging.judge_all(move)
    move.state = "judged"
    return queries.lock_case(move.id, case.id)


def test_a_case_moves_with_its_clocks_and_tells_its_handler_why() -> None:
    case = factory.mediating()
    started = next(row.started_on for row in case.clocks if row.code == "mediation")
    move = planned(*published(quicker))
    carrying.move_case(move, judged(move, case))
    db.session.flush()

    clock_ = next(row for row in case.clocks if row.code == "mediation")
    assert (case.process_id, case.state) == (move.to_id, "mediating")
    assert (clock_.rule["n"], clock_.started_on) == (10, started)
    assert (case.steps[-1].action, case.steps[-1].title) == ("@moved", "转到流程第2版")
    assert case.steps[-1].input["reason"] == "全市统一改用新版流程"
    told = db.session.scalars(select(Message.body).where(Message.user_id == case.handler_id)).all()
    assert any("全市统一改用新版流程" in body for body in told)


def test_a_case_past_a_new_step_waits_for_a_plan_that_says_where_to() -> None:
    case = accepted()
    old, new = published(with_check)
    item = judged(planned(old, new), case)
    assert (item.verdict, item.state, item.to_state) == ("blocked", "kept", "accepted")


def test_a_case_put_into_the_new_step_has_its_task_there() -> None:
    case = accepted()
    move = planned(*published(with_check), {"accepted": "checking"})
    carrying.move_case(move, judged(move, case))
    db.session.flush()

    (task,) = db.session.scalars(select(Task).where(Task.case_id == case.id, Task.done_at.is_(None)))
    assert (case.state, task.state, task.title) == ("checking", "checking", "待复核")
    factory.act(case, "recheck", {}, "zhaoxh")
    assert case.state == "accepted"


def test_what_is_moved_without_a_legal_run_needs_a_second_person() -> None:
    case = accepted()
    move = planned(*published(with_check), {"accepted": "accepted"})
    item = judged(move, case)

    assert (item.verdict, services.needs_second(move)) == ("mapped", True)
    with pytest.raises(PermissionDeniedError):
        services.start(move, by=factory.actor("wanghy"))
    with pytest.raises(PermissionDeniedError):
        services.confirm(move, by=factory.actor("wanghy"))
    carrying.move_case(move, item)
    assert (item.state, item.problem) == ("kept", carrying.UNCONFIRMED)


def test_a_confirmed_plan_writes_what_was_not_passed_into_the_log() -> None:
    case = accepted()
    move = planned(*published(with_check), {"accepted": "accepted"})
    item = judged(move, case)
    services.confirm(move, by=factory.actor("qianfang"))
    carrying.move_case(move, item)

    assert (item.state, move.state, move.confirmed_by) == ("moved", "running", "钱芳")
    assert case.steps[-1].input["missing"] == "按新版本，办到现在应该在“待复核”"


def test_a_case_goes_back_while_nobody_has_acted() -> None:
    case = factory.mediating()
    before = {row.code: (row.rule, row.due_on) for row in case.clocks}
    move = planned(*published(quicker))
    item = judged(move, case)
    carrying.move_case(move, item)
    carrying.bring_back(move, item)

    assert (item.state, case.process_id, case.state) == ("undone", move.from_id, "mediating")
    assert {row.code: (row.rule, row.due_on) for row in case.clocks} == before
    assert [step.title for step in case.steps[-2:]] == ["转到流程第2版", "转回流程第1版"]


def test_a_case_somebody_acted_in_stays() -> None:
    case = factory.mediating()
    move = planned(*published(quicker))
    item = judged(move, case)
    carrying.move_case(move, item)
    factory.act(case, "session", factory.SESSION, "sunli")
    carrying.bring_back(move, item)

    assert (item.state, item.problem, case.process_id) == ("kept", carrying.ACTED, move.to_id)


def test_what_happened_since_the_dry_run_counts() -> None:
    case = factory.open_application()
    move = planned(*published(with_check))
    item = judged(move, case)
    assert item.verdict == "replays"
    factory.act(case, "accept", factory.ACCEPTED, "zhaoxh")
    carrying.move_case(move, item)

    assert (item.state, item.verdict, case.process_id) == ("kept", "blocked", move.from_id)


def test_a_case_that_ended_meanwhile_is_left_alone() -> None:
    case = factory.open_application()
    move = planned(*published(quicker))
    item = judged(move, case)
    factory.act(case, "withdraw", {"remark": None, "reason": "协商解决"}, "zhaoxh")
    carrying.move_case(move, item)

    assert (item.state, item.problem) == ("kept", carrying.CLOSED)


def test_a_moved_case_can_move_again() -> None:
    case = accepted()
    move = planned(*published(with_check), {"accepted": "checking"})
    carrying.move_case(move, judged(move, case))
    move.state = "done"
    again = planned(*published(quicker))
    item = judged(again, case)

    assert item.verdict == "replays"


def test_who_acts_and_why_stands_in_the_record() -> None:
    case = factory.mediating()
    move = planned(*published(quicker))
    carrying.move_case(move, judged(move, case))
    db.session.flush()

    actions = select(AuditEvent.action).where(AuditEvent.subject_id.in_([str(case.id), str(move.id)]))
    assert {"process.move.planned", "case.moved"} <= set(db.session.scalars(actions))


def test_a_plan_needs_a_reason_and_another_version_of_the_same_process() -> None:
    old, new = published(quicker)
    with pytest.raises(InvalidInputError) as refused:
        services.plan(old, old, Names({"no": "such"}), " ", by=factory.actor("wanghy"), stop_after=0)
    assert set(refused.value.fields) == {"reason", "to", "stop_after", "state-no"}
    assert old.valid_to == clock.today() == new.valid_from


def test_of_one_process_one_plan_runs_at_a_time() -> None:
    old, new = published(quicker)
    move = planned(old, new)
    with pytest.raises(ConflictError):
        planned(old, new)
    move.state = "judged"
    services.drop(move, by=factory.actor("wanghy"))
    with pytest.raises(ConflictError):
        services.start(move, by=factory.actor("wanghy"))
    assert planned(old, new).state == "judging"
