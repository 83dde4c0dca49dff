"""The staff's pages of registers."""

from uuid import uuid4

from saas.db.session import TenantRef
from tests.conftest import InTenant, SignIn
from tests.mediation.factory import body
from tests.saas.registers import factory
from tests.saas.web.staff.sending import send

LIST = f"/staff/registers/{factory.COMMITTEE}"


def typed(in_tenant: InTenant, city: TenantRef, **changed: object) -> dict[str, object]:
    """A committee as the form sends it."""
    with in_tenant(city):
        unit = str(body("兴丰司法所").id)
    return {"_unit": unit, **factory.committee(**changed)}


def test_a_committee_is_added_changed_and_given_another_status(
    as_user: SignIn, in_tenant: InTenant, beijing: TenantRef
) -> None:
    browser = as_user(factory.KEEPER)
    sent = typed(in_tenant, beijing, name="巳村调委会")
    page = send(browser, f"{LIST}/new", sent).headers["Location"]
    send(browser, f"{page}/change", sent | {"members": "9"})
    send(browser, page, {"status": "paused", "reason": "换届中"}, f"{page}/status")
    shown = browser.get(page).get_data(as_text=True)

    assert "5人 → 9人" in shown
    assert "理由：换届中" in shown
    assert "暂停" in shown


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    as_user: SignIn, in_tenant: InTenant, beijing: TenantRef
) -> None:
    answer = send(as_user(factory.KEEPER), f"{LIST}/new", typed(in_tenant, beijing, name="午村调委会", members=12))
    shown = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert 'href="#members"' in shown
    assert 'value="午村调委会"' in shown


def test_a_form_that_somebody_overtook_is_shown_again(as_user: SignIn, in_tenant: InTenant, beijing: TenantRef) -> None:
    browser = as_user(factory.KEEPER)
    sent = typed(in_tenant, beijing, name="未村调委会")
    page = send(browser, f"{LIST}/new", sent).headers["Location"]
    send(browser, f"{page}/change", sent | {"members": "4"})
    answer = send(browser, f"{page}/change", sent | {"members": "6", "_revision": "0"})

    assert answer.status_code == 409
    assert 'value="6"' in answer.get_data(as_text=True)


def test_the_list_says_in_words_what_runs_out(as_user: SignIn, in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        factory.add(name="申村调委会", term_to="2026-11-01")
    browser = as_user(factory.KEEPER)
    shown = browser.get(f"{LIST}?q=申村").get_data(as_text=True)

    assert "2026-11-01 已过期" in shown
    assert "即将到期和已过期" in browser.get("/staff/registers").get_data(as_text=True)


def test_a_record_is_written_on_an_entry_with_its_day(as_user: SignIn, in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        committee = str(factory.add(name="酉村调委会").id)
        unit = str(body("兴丰司法所").id)
    browser = as_user(factory.KEEPER)
    mediator = {"_unit": unit, "name": "周明", "kind": "full_time", "committee": committee, "phone": "13900002222"}
    page = send(browser, f"/staff/registers/{factory.MEDIATOR}/new", mediator).headers["Location"]
    send(browser, f"{page}/records/培训", {"happened_on": "2026-03-05", "subject": "民法典", "hours": "8"})
    shown = browser.get(page).get_data(as_text=True)

    assert "学时：8学时" in shown
    assert "2026年3月5日" in shown
    assert "酉村调委会" in shown
    assert "13900002222" not in shown


def test_who_reads_the_register_has_it_in_the_menu_and_no_way_to_change_it(
    as_user: SignIn, in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        entry = factory.add("兴丰街道人民调解委员会", name="戌村调委会")
        page = f"{LIST}/{entry.id}"
    reader = as_user("wugang")

    assert "/staff/registers" in reader.get("/staff").get_data(as_text=True)
    assert "变更状态" not in reader.get(page).get_data(as_text=True)
    assert reader.get(f"{page}/change").status_code == 403
    assert reader.get(f"{LIST}/import").status_code == 403


def test_who_may_read_no_register_has_none_in_the_menu_and_finds_none(as_user: SignIn) -> None:
    stranger = as_user("wanghy")

    assert "/staff/registers" not in stranger.get("/staff").get_data(as_text=True)
    assert stranger.get(LIST).status_code == 404


def test_an_entry_that_is_not_there_is_not_found(as_user: SignIn) -> None:
    assert as_user(factory.KEEPER).get(f"{LIST}/{uuid4()}").status_code == 404
