"""Which city a request is for is decided by its host."""

from flask import Flask

from saas.db.session import TenantRef
from tests.browsers import Browser
from tests.conftest import OpenAt, SignIn


def test_a_host_nobody_has_is_not_found(app: Flask) -> None:
    response = app.test_client().get("/sign-in", base_url="http://nowhere.localhost/")

    assert response.status_code == 404


def test_a_city_is_reached_at_its_own_host_with_any_port_and_case(app: Flask, zunyi: TenantRef) -> None:
    response = app.test_client().get("/sign-in", base_url="http://ZunYi.localhost:8000/")

    assert response.status_code == 200
    assert "遵义" in response.get_data(as_text=True)


def test_a_header_does_not_choose_the_city(client: OpenAt, zunyi: TenantRef) -> None:
    page = client(zunyi).get("/sign-in", headers={"X-Tenant": "beijing", "X-Forwarded-Host": "beijing.localhost"})

    assert "遵义" in page.get_data(as_text=True)


def test_the_platform_host_serves_no_page_of_a_city(app: Flask) -> None:
    assert Browser(app, None).get("/sign-in").status_code == 404


def test_a_cookie_of_one_city_is_unknown_in_another(
    app: Flask, as_user: SignIn, beijing: TenantRef, zunyi: TenantRef
) -> None:
    cookie = as_user("sunli").get_cookie("fengqiao_session", domain="beijing.localhost")
    assert cookie is not None
    elsewhere = Browser(app, zunyi)
    elsewhere.set_cookie("fengqiao_session", cookie.value, domain="zunyi.localhost")

    assert elsewhere.get("/staff").status_code == 303
