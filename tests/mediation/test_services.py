"""A dispute through the services: what is refused, and what an accepted step leaves behind."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from saas import clock
from saas.audit.models import AuditEvent
from saas.calendar import Calendar
from saas.cases import queries, services
from saas.db.session import TenantRef, db
from saas.documents.queries import list_documents
from saas.errors import ConflictError, RefusedError
from saas.identity.actor import citizen
from tests.conftest import InTenant
from tests.mediation import factory


def test_an_application_is_a_case_with_number_document_task_and_record(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()

        assert case.state == "pending"
        assert case.title == "赵小燕与钱大伟邻里纠纷"
        assert [party.gender for party in case.parties] == ["男", None]
        assert [document.form_code for document in list_documents(case.id)] == ["mediation.application"]
        task = queries.open_task(case)
        assert task is not None
        assert task.roles == ["director"]
        actions = db.session.scalars(select(AuditEvent.action).where(AuditEvent.case_id == case.id)).all()
        assert "case.opened" in actions


def test_an_application_goes_to_the_nearest_committee(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        values = factory.application(area="110115001")
        case = services.open_case(factory.PROCESS, "apply", values, by=citizen("赵小燕"))

        assert case.unit.name == "兴丰街道人民调解委员会"


def test_a_committee_where_nobody_works_passes_the_matter_to_the_next_above(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        values = factory.application(area="110115003")
        case = services.open_case(factory.PROCESS, "apply", values, by=citizen("赵小燕"))

        assert case.unit.name == "兴和人民调解委员会"


def test_acceptance_names_every_missing_condition_with_its_article(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        with pytest.raises(RefusedError) as refusal:
            factory.act(case, "accept", factory.ACCEPTED | {"both_agree": False, "not_taken": False}, "zhaoxh")

    assert {reason.law for reason in refusal.value.reasons} == {"人民调解法第十七条", "人民调解法第十八条"}


def test_a_written_agreement_starts_the_thirty_days_for_confirmation(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.agreed()

        clocks = {row.code: row for row in case.clocks}
        assert clocks["confirmation"].due_on >= clock.today() + timedelta(days=30)
        assert clocks["mediation"].stopped_on == clock.today()
        assert "written" in case.flags


def test_a_limit_that_runs_into_a_year_without_a_calendar_is_provisional_and_says_so(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    year = Calendar().published_through.year
    with in_tenant(beijing), clock.business_time(datetime(year, 12, 20, 1, 0, tzinfo=UTC)):
        case = factory.mediating()
        limit = next(row for row in case.clocks if row.code == "mediation")

        assert limit.provisional
        assert limit.due_on >= date(year + 1, 1, 19)
        assert "暂" in "".join(limit.trail)


def test_an_oral_agreement_is_refused_where_the_parties_want_it_in_writing(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        factory.act(case, "session", factory.SESSION, "sunli")
        values = factory.agreement(clock.today(), parties_waive_writing=False)
        with pytest.raises(RefusedError) as refusal:
            factory.act(case, "agree_oral", values, "sunli")

        assert [reason.law for reason in refusal.value.reasons] == ["人民调解法第二十八条"]
        assert case.state == "mediating"


def test_only_the_handler_mediates(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        with pytest.raises(RefusedError, match="承办人"):
            factory.act(case, "session", factory.SESSION, "zhoumin")


def test_a_form_drawn_before_anothers_step_is_a_conflict_that_names_it(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        seen = case.revision
        factory.act(case, "accept", factory.ACCEPTED, "zhaoxh")
        with pytest.raises(ConflictError) as conflict:
            services.act(case, "refuse", {}, by=factory.actor("zhaoxh"), revision=seen)

        assert "赵兴华：受理" in conflict.value.detail[0]


def test_the_archivist_is_not_who_compiled_the_file(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.mediating(mediator="zhaoxh")
        factory.act(case, "session", factory.SESSION, "zhaoxh")
        factory.act(case, "agree_written", factory.agreement(clock.today()), "zhaoxh")
        done = {"performance": "immediate", "performed_on": str(clock.today()), "proof": None}
        factory.act(case, "perform", done, "zhaoxh")
        visit = {
            "revisited_on": str(clock.today()),
            "revisit_mode": "phone",
            "performance_found": "已履行",
            "satisfaction": "satisfied",
            "sued": None,
            "hidden_danger": None,
        }
        factory.act(case, "revisit", visit, "zhaoxh")
        factory.act(case, "compile", {"retention": "y10", "statement": "无"}, "zhaoxh")
        with pytest.raises(RefusedError) as refusal:
            factory.act(case, "archive", {"checked": True, "remark": None}, "zhaoxh")

        sentences = " ".join(reason.sentence for reason in refusal.value.reasons)
        assert "须由另一人办理" in sentences
        assert "当事人身份证明" in sentences
