"""Who is proposed for a case in the database: who counts, what is kept with the step, who keeps out."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from saas import clock
from saas.cases import assigning, recusing
from saas.cases.models import Case
from saas.db.counting import Counted
from saas.db.session import TenantRef, db
from saas.errors import InvalidInputError, NotFoundError, RefusedError
from saas.identity import queries as identity
from saas.identity import staffing
from saas.identity.models import User
from saas.identity.staff_models import AREA
from saas.workflow.assignment import Ranking
from saas.workflow.queries import get_definition
from tests.conftest import InTenant
from tests.mediation import factory

Counting = Callable[[], AbstractContextManager[Counted]]


@pytest.fixture
def in_beijing(beijing: TenantRef, in_tenant: InTenant) -> Iterator[None]:
    """A transaction in 北京市 that is undone: leave and skills must not reach other tests."""
    with in_tenant(beijing):
        yield
        db.session.rollback()


def accepted() -> Case:
    """A dispute that waits for its mediator."""
    case = factory.open_application()
    factory.act(case, "accept", factory.ACCEPTED, "zhaoxh")
    return case


def user(username: str) -> User:
    """An account of the starter."""
    found = identity.find_user(username)
    assert found is not None
    return found


def ranking(case: Case) -> Ranking:
    """How the candidates of the appointment stand."""
    step = get_definition(case.process_id).find_transition("appoint")
    assert step is not None
    found = assigning.ranking_for(case, step)
    assert found is not None
    return found


def reason_of(case: Case, username: str) -> str:
    """What the ranking says of somebody who is not free."""
    mine = next(one for one in ranking(case).ranked if one.id == str(user(username).id))
    assert mine.place is None
    return mine.reason


def appoint(case: Case, username: str) -> None:
    """Give the case to somebody."""
    values = {"chosen_by": "appointed", "handler": str(user(username).id), "helpers": None}
    factory.act(case, "appoint", values, "zhaoxh")


@pytest.mark.usefixtures("in_beijing")
def test_those_who_hold_the_role_at_the_body_are_ranked_in_one_statement(count_queries: Counting) -> None:
    case = accepted()
    ranking(case)
    with count_queries() as counted:
        found = ranking(case)

    assert counted.count == 1, "\n".join(counted.statements)
    holders = identity.list_holders(["mediator"], case.unit_path)
    assert {one.name for one in found.ranked} == {one.person.name for one in holders}


@pytest.mark.usefixtures("in_beijing")
def test_a_case_that_was_given_counts_for_the_next_one() -> None:
    def open_cases() -> int:
        told = next(one.reason for one in ranking(accepted()).ranked if one.name == "孙丽")
        return int(told.split()[1])

    before = open_cases()
    appoint(accepted(), "sunli")

    assert open_cases() == before + 1


@pytest.mark.usefixtures("in_beijing")
def test_a_leave_a_skill_a_place_and_a_limit_stand_in_the_reason() -> None:
    case, person, today = accepted(), user("sunli"), clock.today()
    by = factory.actor("zhaoxh")
    staffing.add_leave(person, today, today + timedelta(3), "年休假", by=by)
    staffing.set_work(person, {"mediation.kind": ["01"], AREA: ["110116"]}, None, by=by)
    db.session.flush()
    reason = reason_of(case, "sunli")

    assert reason.startswith("休假至")
    assert "专长不含邻里纠纷" in reason
    assert "不负责这个地方" in reason


@pytest.mark.usefixtures("in_beijing")
def test_who_has_as_many_cases_as_may_be_is_full() -> None:
    case = accepted()
    appoint(accepted(), "sunli")
    staffing.set_work(user("sunli"), {}, 1, by=factory.actor("zhaoxh"))
    db.session.flush()

    assert "已满（最多 1 件）" in reason_of(case, "sunli")


@pytest.mark.usefixtures("in_beijing")
def test_the_ranking_and_the_choice_are_kept_with_the_step() -> None:
    case = accepted()
    before = ranking(case)
    appoint(case, "sunli")
    step = case.steps[-1]
    assert step.proposal is not None

    assert step.proposal["chosen"] == str(user("sunli").id)
    assert assigning.kept(step.proposal).ranked == before.ranked


@pytest.mark.usefixtures("in_beijing")
def test_a_handler_chosen_by_hand_stays_in_the_form() -> None:
    case = accepted()
    assert assigning.suggested(case, ranking(case)) == getattr(ranking(case).proposed, "id", None)
    appoint(case, "sunli")

    assert assigning.suggested(case, ranking(case)) == str(user("sunli").id)


@pytest.mark.usefixtures("in_beijing")
def test_who_keeps_out_is_neither_given_the_case_nor_acts_in_it() -> None:
    case = accepted()
    recusing.recuse(case, "sunli", "当事人的亲属", by=factory.actor("zhaoxh"))
    with pytest.raises(RefusedError) as given:
        appoint(case, "sunli")
    recusing.recuse(case, "zhaoxh", "当事人的亲属", by=factory.actor("zhaoxh"))
    with pytest.raises(RefusedError) as acting:
        appoint(case, "zhoumin")

    assert [reason.field for reason in given.value.reasons] == ["handler"]
    assert "本案回避" in reason_of(case, "sunli")
    assert ["回避" in reason.sentence for reason in acting.value.reasons] == [True]


@pytest.mark.usefixtures("in_beijing")
def test_a_recusal_that_ended_counts_no_longer() -> None:
    case, by = accepted(), factory.actor("zhaoxh")
    one = recusing.recuse(case, "sunli", "当事人的亲属", by=by)
    db.session.flush()
    recusing.end_recusal(case, one.id, by=by)
    appoint(case, "sunli")

    assert recusing.recused(case) == []
    with pytest.raises(NotFoundError):
        recusing.end_recusal(case, one.id, by=by)


@pytest.mark.usefixtures("in_beijing")
def test_a_recusal_needs_somebody_and_a_reason() -> None:
    case, by = accepted(), factory.actor("zhaoxh")
    with pytest.raises(InvalidInputError) as wrong:
        recusing.recuse(case, "nobody", " ", by=by)

    assert set(wrong.value.fields) == {"username", "reason"}


@pytest.mark.usefixtures("in_beijing")
def test_a_draw_cannot_be_drawn_again_until_it_pleases() -> None:
    case = accepted()
    step = get_definition(case.process_id).find_transition("appoint")
    assert step is not None
    seed = assigning.seed_of(case, step)

    assert assigning.seed_of(case, step) == seed
    assert assigning.seed_of(accepted(), step) != seed


@pytest.mark.usefixtures("in_beijing")
def test_a_leave_is_refused_with_every_reason() -> None:
    today = clock.today()
    with pytest.raises(InvalidInputError) as wrong:
        staffing.add_leave(user("sunli"), today, today - timedelta(1), "", by=factory.actor("zhaoxh"))

    assert set(wrong.value.fields) == {"ends_on", "reason"}


@pytest.mark.usefixtures("in_beijing")
def test_a_leave_that_was_taken_back_is_gone() -> None:
    person, today, by = user("sunli"), clock.today(), factory.actor("zhaoxh")
    leave = staffing.add_leave(person, today, today, "病假", by=by)
    db.session.flush()
    assert [one.id for one in identity.list_leave(person)] == [leave.id]
    staffing.end_leave(person, leave.id, by=by)
    assert identity.list_leave(person) == []
