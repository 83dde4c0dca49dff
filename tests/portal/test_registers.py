"""The registers that everybody may read."""

from saas.db.session import TenantRef
from saas.registers import services
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation.factory import actor, body
from tests.saas.registers import factory

PAGE = f"/registers/{factory.COMMITTEE}"


def test_a_visitor_reads_the_public_answers_of_active_entries(
    visitor: Browser, in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        factory.add(name="公开村调委会", telephone="01069243101", insurance_no="BX-SECRET")
        gone = factory.add(name="撤销村调委会")
        services.set_status(gone, "dissolved", "撤村", by=actor(factory.KEEPER))
    shown = visitor.get(PAGE).get_data(as_text=True)

    assert "公开村调委会" in shown
    assert "01069243101" in shown
    assert "BX-SECRET" not in shown
    assert "撤销村调委会" not in shown


def test_a_mediator_is_shown_with_his_committee_and_never_with_his_number(
    visitor: Browser, in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        committee = factory.add(name="名册村调委会")
        values = {"name": "秦明", "kind": "full_time", "committee": str(committee.id), "phone": "13900007777"}
        services.add(factory.register(factory.MEDIATOR), values, body("兴丰司法所"), by=actor(factory.KEEPER))
    shown = visitor.get(f"/registers/{factory.MEDIATOR}?q=秦明").get_data(as_text=True)

    assert "名册村调委会" in shown
    assert "专职" in shown
    assert "13900007777" not in shown


def test_a_visitor_searches_by_name_and_kind(visitor: Browser, in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        factory.add(name="检索行业调委会", kind="trade")
        factory.add(name="检索村调委会", kind="village")
    shown = visitor.get(f"{PAGE}?q=检索&kind=trade").get_data(as_text=True)

    assert "检索行业调委会" in shown
    assert "检索村调委会" not in shown
    assert "没有找到" in visitor.get(f"{PAGE}?q=没有这个名字").get_data(as_text=True)


def test_the_first_page_leads_to_the_registers_and_an_unknown_one_is_not_found(visitor: Browser) -> None:
    assert "/registers" in visitor.get("/").get_data(as_text=True)
    assert PAGE in visitor.get("/registers").get_data(as_text=True)
    assert visitor.get("/registers/no.such").status_code == 404
