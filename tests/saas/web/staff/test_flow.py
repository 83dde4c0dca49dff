from saas.db.session import TenantRef
from saas.web.staff import flow
from saas.workflow.queries import get_definition
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory


def test_the_map_marks_where_the_case_stands_and_where_it_has_been(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        drawn = flow.drawn(case, get_definition(case.process_id))

    assert 'class="flow-state mark-current" data-place="states.mediating"' in drawn
    assert 'class="flow-state mark-passed" data-place="states.accepted"' in drawn
    assert 'class="flow-state" data-place="states.agreed"' in drawn


def test_the_course_of_a_case_shows_its_map(director: Browser, beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        number = factory.open_application().number

    assert 'class="flow"' in director.get(f"/staff/cases/{number}?tab=timeline").text
