"""R39–R46: what every answer tells the browser, what the browser may send, and what an address may say."""

import io
import re
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import text

from saas.config import Config
from saas.db.session import TenantRef, db
from saas.text import check_digit
from saas.web import private
from tests.browsers import POLICY
from tests.conftest import InTenant, OpenAt, SignIn
from tests.contracts.test_every_route import address_of, rules
from tests.mediation import factory
from tests.portal.applying import PNG
from tests.saas.web.staff.sending import send

SECURE = {"base_url": "https://beijing.localhost/"}
READ_ONLY = ("case_file", "party", "step_taken", "task", "document", "file", "app_user", "role_grant", "code_item")
PERSON = factory.APPLICANT_ID[:17] + check_digit(factory.APPLICANT_ID[:17])
FINGERPRINT = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} AS t"


def pages(app: Flask) -> list[str]:
    """Every address that can be read."""
    return [address_of(app, rule) for rule in rules(app) if "GET" in (rule.methods or ())]


def test_r39_every_address_carries_the_one_strict_policy(app: Flask, client: OpenAt, beijing: TenantRef) -> None:
    browser = client(beijing)

    policies = [browser.get(address, **SECURE).headers.getlist("Content-Security-Policy") for address in pages(app)]

    assert len(policies) > 40
    assert all(policy == [POLICY] for policy in policies)
    assert "unsafe" not in POLICY


def test_r40_every_address_says_the_rest_once(app: Flask, client: OpenAt, beijing: TenantRef) -> None:
    browser = client(beijing)
    names = (
        "Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
        "Permissions-Policy",
    )  # fmt: skip

    for address in pages(app):
        headers = browser.get(address, **SECURE).headers
        assert {name: len(headers.getlist(name)) for name in names} == dict.fromkeys(names, 1), address
        assert int(headers["Strict-Transport-Security"].removeprefix("max-age=")) >= 31_536_000


def test_r41_a_form_from_another_site_is_refused_everywhere(app: Flask, client: OpenAt, beijing: TenantRef) -> None:
    browser = client(beijing)

    for rule in rules(app):
        if "POST" in (rule.methods or ()):
            answer = browser.post(address_of(app, rule), headers={"Origin": "https://evil.example"})
            assert answer.status_code in {400, 403, 404}, rule.rule


def test_r41_reading_every_page_changes_nothing(
    app: Flask, beijing: TenantRef, as_user: SignIn, in_tenant: InTenant
) -> None:
    director = as_user("zhaoxh")
    with in_tenant(beijing):
        number = factory.open_application().number

    def state() -> dict[str, str]:
        with in_tenant(beijing):
            return {table: str(db.session.scalar(text(FINGERPRINT.format(table)))) for table in READ_ONLY}

    before = state()
    for address in (*pages(app), f"/staff/cases/{number}", f"/staff/cases/{number}?tab=timeline"):
        director.get(address).close()

    assert state() == before


@pytest.mark.parametrize("address", ["/", "/sign-in", "/staff/work", "/healthz", "/static/none.css"])
def test_r42_no_other_origin_may_read_an_answer(client: OpenAt, beijing: TenantRef, address: str) -> None:
    answer = client(beijing).get(address, headers={"Origin": "https://evil.example"})

    assert not [name for name, _ in answer.headers if name.startswith("Access-Control-")]


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:a()"])
def test_r42_the_door_leads_to_own_pages_only(client: OpenAt, beijing: TenantRef, config: Config, target: str) -> None:
    fields = {"username": "sunli", "password": config.demo_password, "next": target}

    answer = client(beijing).submit("/sign-in", fields)

    assert answer.status_code == 303
    assert answer.location.startswith("/")
    assert "evil" not in answer.location


def test_r43_personal_pages_are_kept_nowhere(as_user: SignIn) -> None:
    browser = as_user("sunli")

    assert browser.get("/staff/work").headers["Cache-Control"] == "no-store"
    gone = browser.submit("/", {}, action="/sign-out")
    assert gone.status_code == 303
    assert "storage" in gone.headers["Clear-Site-Data"]


@pytest.mark.parametrize("address", ["/", "/sign-in", "/progress", "/staff/work", "/nowhere"])
def test_r44_a_page_needs_nothing_of_another_host(as_user: SignIn, address: str) -> None:
    page = as_user("zhaoxh").get(address).text

    assert not re.findall(r'(?:src|href|action|srcset)="(?:https?:)?//[^"]+"', page)


def test_r45_an_upload_comes_back_as_a_file_never_as_a_page(
    beijing: TenantRef, as_user: SignIn, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        number = factory.open_application().number
    director = as_user("zhaoxh")
    where = f"/staff/cases/{number}?tab=materials"
    evil: dict[str, Any] = {
        "category": "identity",
        "files": (io.BytesIO(PNG + b"<html><script>alert(1)</script>"), "证.png"),
    }

    plain = evil | {"files": (io.BytesIO(PNG), "照.png")}

    answers = [send(director, where, sent, f"/staff/cases/{number}/files").status_code for sent in (evil, plain)]
    found = re.findall(rf"/staff/cases/{number}/files/[0-9a-f-]+", director.get(where).text)

    assert answers[0] in {303, 422}
    assert answers[1] == 303
    assert found
    for address in found:
        answer = director.get(address)
        assert answer.mimetype == "image/png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize("value", [PERSON, PERSON.lower(), "13900001234", f"赵小燕 {PERSON}", "+8613900001234"])
def test_r46_no_address_names_a_person_by_number(as_user: SignIn, value: str) -> None:
    answer = as_user("zhaoxh").get(f"/staff/cases?text={quote(value)}")

    assert answer.status_code == 400
    assert "案件编号" in answer.text


@pytest.mark.parametrize("value", ["2026000123", "赵小燕", "110115001", "9" * 30, PERSON[:17] + "A"])
def test_r46_other_numbers_may_be_asked_for(value: str) -> None:
    assert not private.names_a_person(value)


def test_r46_no_form_of_ours_sends_a_persons_number_by_address(app: Flask, as_user: SignIn) -> None:
    browser = as_user("zhaoxh")
    for address in pages(app):
        answer = browser.get(address)
        if answer.mimetype == "text/html":
            for form in re.findall(r'<form[^>]*method="get".*?</form>', answer.text, re.DOTALL | re.IGNORECASE):
                assert not re.search(r'name="[^"]*(?:id_number|phone|password)', form), address
